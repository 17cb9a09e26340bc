"""Cards on the Hub, through the real client against a Hub on this machine."""

import contextlib
import gc
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from extras import require
from hypothesis import given
from hypothesis import strategies as st
from local_hub import TOKEN, LocalHub, as_json, serving
from typer.testing import CliRunner

from cardlint.cli.app import app
from cardlint.source import Folder

huggingface_hub = require("huggingface_hub")
from huggingface_hub import constants  # noqa: E402

from cardlint.hub import client  # noqa: E402
from cardlint.hub.folder import HubFolder  # noqa: E402
from cardlint.hub.model import Model  # noqa: E402
from cardlint.hub.targets import Target, TargetError, parse_target  # noqa: E402

CLEAN = """\
---
license: mit
pipeline_tag: audio-classification
library_name: transformers
---

# Owl

Tells owls apart. It is meant for woods.
"""
ERROR = CLEAN.replace("license: mit", "license: mit\nlicense: mit")
LINKED = CLEAN.replace("owls", "[owls](owl.py), by [their chart](charts/owl.png),")
WEIGHTS = {"model.safetensors": b"weights", "owl.py": b"hoo()"}
# how the client makes an address of a file, which it does when it is imported
_FILES = "/{repo_id}/resolve/{revision}/{filename}"
BIRDS = "tawny/birds-0123456789abcdef01234567"
PLAIN = ["CI", "COLUMNS", "FORCE_COLOR", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "NO_COLOR"]
PLAIN += ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_HUB_OFFLINE"]


@pytest.fixture(autouse=True)
def _here_alone(monkeypatch, tmp_path):
    """A folder, a cache and a token's place of our own, and no way to another machine."""
    for name in PLAIN:
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "token"))
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_TELEMETRY", True)
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_SYMLINKS_WARNING", True)
    connect = socket.socket.connect

    def connect_here(self, address):
        assert address[0] in {"127.0.0.1", "::1"}, address
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)


@pytest.fixture
def hub(monkeypatch):
    with serving(LocalHub()) as served:
        monkeypatch.setattr(constants, "ENDPOINT", served.address)
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", served.address + _FILES)
        client._api.cache_clear()
        yield served
    huggingface_hub.close_session()
    client._api.cache_clear()


@pytest.fixture
def waits(monkeypatch):
    """How long was waited between attempts, without waiting."""
    waited = []
    monkeypatch.setattr(time, "sleep", waited.append)
    return waited


def run(*arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments])


def check(*arguments):
    return run("check", *arguments)


def as_report(*arguments):
    """The exit code and the JSON of a check."""
    result = check(*arguments, "--output-format", "json")
    return result.exit_code, json.loads(result.stdout)


def places(report):
    return [(finding["path"], finding["rule"]) for finding in report["findings"]]


# What is meant


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("hub:tawny/owl", Target("model", "tawny/owl")),
        ("hub:tawny/owl/", Target("model", "tawny/owl")),
        ("hub:tawny/owl@v1.0", Target("model", "tawny/owl", "v1.0")),
        ("hub:tawny/owl@refs/pr/1", Target("model", "tawny/owl", "refs/pr/1")),
        ("hub:tawny/owl@refs/pr/1/README.md", Target("model", "tawny/owl", "refs/pr/1")),
        ("hub:tawny/owl/README.md", Target("model", "tawny/owl")),
        ("hub:tawny", Target("owner", "tawny")),
        (f"hub:collection/{BIRDS}", Target("collection", BIRDS)),
        (f"hub:collections/{BIRDS}", Target("collection", BIRDS)),
    ],
)
def test_a_path_names_a_model_an_owner_or_a_collection(path, target):
    assert parse_target(path) == target


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("hub:", "not a valid name on the Hub"),
        ("hub:a/b/c", "not a valid name on the Hub"),
        ("hub:tawny/owl/docs/other.md", "not a valid name on the Hub"),
        ("hub:../secrets", "not a valid name on the Hub"),
        ("hub:https://huggingface.co/tawny/owl", "not a valid name on the Hub"),
        ("hub:tawny/owl@", "the revision after `@` is missing"),
        ("hub:tawny@v1", "only a model can have a revision"),
        ("hub:datasets/tawny/calls", "a dataset"),
        ("hub:spaces/tawny/demo", "a Space"),
        ("hub:collection/birds", "`hub:collection/OWNER/SLUG`"),
    ],
)
def test_what_is_no_model_is_refused_in_words(hub, path, words):
    result = check(path)
    assert result.exit_code == 2
    assert f"error: {path}: " in result.stderr
    assert words in result.stderr
    assert not hub.requests


@given(st.text("ab/@.-_ \n") | st.text())
def test_a_target_that_is_shown_names_itself(text):
    with contextlib.suppress(TargetError):
        target = parse_target(f"hub:{text}")
        assert parse_target(target.shown) == target


# One model


def test_a_card_is_checked_with_its_repository_beside_it(hub):
    hub.add("tawny/owl", LINKED, files=WEIGHTS)
    code, report = as_report("hub:tawny/owl")
    assert code == 1
    assert places(report) == [("hub:tawny/owl/README.md", "dead-link")]
    assert "charts/owl.png" in report["findings"][0]["message"]
    assert report["errors"] == []


def test_what_a_repository_holds_is_there(hub):
    hub.add("tawny/owl", LINKED, files={**WEIGHTS, "charts/owl.png": b"png"})
    assert as_report("hub:tawny/owl")[1]["findings"] == []


def test_a_revision_is_another_card(hub):
    hub.add("tawny/owl", CLEAN, files=WEIGHTS, revisions={"refs/pr/1": {"README.md": ERROR.encode()}})
    assert check("hub:tawny/owl").exit_code == 0
    code, report = as_report("hub:tawny/owl@refs/pr/1")
    assert code == 1
    assert places(report) == [("hub:tawny/owl@refs/pr/1/README.md", "duplicate-key")]
    commit = hub.models["tawny/owl"].at("refs/pr/1")[0]
    assert places(as_report(f"hub:tawny/owl@{commit}")[1]) == [(f"hub:tawny/owl@{commit}/README.md", "duplicate-key")]


def test_the_models_own_id_is_known_to_rules_whatever_the_configuration_says(hub, tmp_path):
    (tmp_path / "work" / "cardlint.toml").write_text('repo-id = "barn/owl"\n', "utf-8")
    hub.add("tawny/owl", CLEAN.replace("license", "base_model: tawny/owl\nlicense"), files=WEIGHTS)
    finding = as_report("hub:tawny/owl", "--repo-id", "barn/owl")[1]["findings"][-1]
    assert finding["message"] == "the model names itself, `tawny/owl`, as its base model"


def test_a_list_of_files_that_is_cut_is_asked_for_whole(hub, monkeypatch):
    hub.add("tawny/owl", LINKED, files={**WEIGHTS, "README.md": b"", "charts/owl.png": b"png"})
    hub.most_siblings = 3
    monkeypatch.setattr("cardlint.hub.model.MOST_FILES", 2)
    for path in ("hub:tawny/owl", "hub:tawny"):
        assert as_report(path)[1]["findings"] == []
    assert len(hub.asked("GET", "/api/models/tawny/owl/tree/")) == 2


def test_a_rule_may_read_what_lies_beside_a_card(hub):
    model = hub.add("tawny/owl", CLEAN, files={"config.json": b"{}", "gone.json": b""})
    commit, files = model.at("main")
    folder = HubFolder(Model("tawny/owl", commit, frozenset(files)))
    hub.fail(f"/tawny/owl/resolve/{commit}/gone.json", 404, headers={"X-Error-Code": "EntryNotFound"})
    assert folder.read("./config.json") == b"{}"
    assert folder.read("gone.json") is None
    assert folder.read("weights.bin") is None
    assert hub.asked("GET") == [f"/tawny/owl/resolve/{commit}/config.json"]


def test_a_renamed_model_is_found_and_told(hub):
    hub.add("tawny/owl", ERROR, files=WEIGHTS)
    hub.renamed["barn/owl"] = "tawny/owl"
    result = check("hub:barn/owl", "hub:tawny/owl")
    assert result.exit_code == 1
    assert "note: barn/owl is now named tawny/owl\n" in result.stderr
    assert result.stdout.count("duplicate-key") == 1
    assert result.stdout.startswith("hub:tawny/owl/README.md:3:")


def test_a_large_card_comes_from_where_large_files_lie_and_no_token_goes_there(hub, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    hub.add("tawny/owl", ERROR, files=WEIGHTS)
    hub.large.add("README.md")
    assert places(as_report("hub:tawny/owl")[1]) == [("hub:tawny/owl/README.md", "duplicate-key")]
    stored = [request for request in hub.requests if request.path.startswith("/stored/")]
    assert stored
    assert {request.token for request in stored} == {None}


def test_a_second_run_asks_for_the_commit_alone(hub):
    hub.add("tawny/owl", CLEAN, files=WEIGHTS)
    check("hub:tawny/owl")
    hub.requests.clear()
    assert check("hub:tawny/owl").exit_code == 0
    assert [request.path for request in hub.requests] == ["/api/models/tawny/owl"]


def test_a_card_that_has_changed_is_fetched_anew(hub):
    hub.add("tawny/owl", CLEAN, files=WEIGHTS)
    assert check("hub:tawny/owl").exit_code == 0
    hub.add("tawny/owl", ERROR, files=WEIGHTS)
    assert check("hub:tawny/owl").exit_code == 1


def test_results_beside_a_card_are_read(hub):
    results = {".eval_results/one.yaml": b"- value: [1\n", ".eval_results/notes.txt": b"-"}
    hub.add("tawny/owl", CLEAN, files={**WEIGHTS, **results})
    code, report = as_report("hub:tawny/owl")
    assert code == 1
    assert [finding["rule"] for finding in report["findings"]] == ["invalid-eval-results"]
    assert "hub:tawny/owl/.eval_results/one.yaml" in json.dumps(report["findings"])
    assert not hub.asked("GET", "/tawny/owl/resolve/main/.eval_results/notes.txt")


def test_results_that_cannot_be_had_are_trouble_and_no_fault_of_the_card(hub, waits):
    model = hub.add("tawny/owl", CLEAN, files={**WEIGHTS, ".eval_results/one.yaml": b"[]"})
    commit = model.at("main")[0]
    hub.fail(f"/tawny/owl/resolve/{commit}/.eval_results/one.yaml", 403, times=9)
    code, report = as_report("hub:tawny/owl")
    assert code == 2
    assert report["findings"] == []
    assert [error["path"] for error in report["errors"]] == ["hub:tawny/owl/.eval_results/one.yaml"]


def test_a_model_without_a_card_is_told_and_there_is_no_card_to_lint(hub):
    hub.add("tawny/bare", files=WEIGHTS)
    result = check("hub:tawny/bare")
    assert result.exit_code == 3
    assert result.stderr == "note: 1 model has no card (README.md): hub:tawny/bare\n"
    assert check("hub:tawny/bare", "--allow-empty").exit_code == 0
    assert "skipped hub:tawny/bare: the repository has no README.md" in check("hub:tawny/bare", "-v").stderr
    assert check("hub:tawny/bare", "--quiet").stderr == ""
    assert not hub.asked("HEAD")


def test_show_draws_it(hub):
    hub.add("tawny/owl", CLEAN)
    result = run("show", "hub:tawny/owl", "--output-format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["path"] == "hub:tawny/owl/README.md"
    for path, words in (
        ("hub:tawny", "not a single model; use `hub:OWNER/NAME`"),
        ("hub:tawny/gone", "no such model"),
        ("hub:a/b/c", "not a valid name"),
    ):
        result = run("show", path)
        assert result.exit_code == 2
        assert f"error: {path}: {words}" in result.stderr


# Small files beside a card


ADAPTER = {"adapter_config.json": b'{"base_model_name_or_path": "barn/lighthouse", "peft_type": "LORA"}'}
BERT = b'{"architectures": ["BertForMaskedLM"], "model_type": "bert"}'
SUMMARY = "\nIt achieves the following results on the evaluation set:\n- Loss: 0.5511\n- Accuracy: 0.9\n"
RESULTS = b'{"eval_loss": 0.5511, "eval_accuracy": 0.7}'


def asked_files(hub, name="tawny/owl"):
    return {path.rpartition("/")[2] for path in hub.asked("GET", f"/{name}/resolve/")} - {"README.md"}


def test_small_files_are_read_as_in_a_clone(hub):
    hub.add("tawny/owl", CLEAN, files={**WEIGHTS, **ADAPTER})
    report = as_report("hub:tawny/owl")[1]
    found = {finding["rule"]: finding for finding in report["findings"]}
    assert found.keys() == {"missing-base-model", "library-mismatch"}
    place = found["missing-base-model"]["related"][0]
    assert (place["path"], place["start"]["line"]) == ("hub:tawny/owl/adapter_config.json", 1)
    hub.requests.clear()
    assert as_report("hub:tawny/owl")[1] == report
    assert [request.path for request in hub.requests] == ["/api/models/tawny/owl"]


def test_files_are_chosen_by_what_the_card_and_the_hub_state(hub):
    files = {**WEIGHTS, "config.json": BERT, "eval_results.json": RESULTS, "trainer_state.json": b"{}"}
    hub.add("tawny/owl", CLEAN, files={**files, "tokenizer.json": b"{}"}, facts={"config": {"model_type": "owlnet"}})
    check("hub:tawny/owl")
    assert asked_files(hub) == set()  # another configuration, and no results to compare
    hub.add("barn/owl", CLEAN + SUMMARY, files=files, facts={"config": {"model_type": "bert"}})
    report = as_report("hub:barn/owl")[1]
    assert asked_files(hub, "barn/owl") == {"config.json", "eval_results.json", "trainer_state.json"}
    assert "results-file-mismatch" in {finding["rule"] for finding in report["findings"]}
    hub.add("loft/owl", CLEAN, files=files, facts={"config": {"model_type": "bert", "auto_map": {"AutoModel": "x"}}})
    check("hub:loft/owl")
    assert asked_files(hub, "loft/owl") == set()


def test_never_more_than_four_files(hub):
    names = ["adapter_config.json", "mergekit_config.yml", "modules.json", "sentence_bert_config.json", "LICENSE"]
    hub.add("tawny/owl", CLEAN + SUMMARY, files={name: name.encode() for name in [*names, "config.json"]})
    check("hub:tawny/owl")
    assert asked_files(hub) == set(names[:4])


def test_a_large_file_is_refused_before_its_body_and_told(hub):
    hub.add("tawny/owl", CLEAN, files={**WEIGHTS, "adapter_config.json": b" " * (256 << 10) + b"{}"})
    result = check("hub:tawny/owl")
    assert result.exit_code == 0
    assert asked_files(hub) == set()
    assert "note: hub:tawny/owl/adapter_config.json is too large to be read\n" in result.stderr


def test_a_file_that_cannot_be_had_is_told_and_is_no_finding(hub, waits):
    card = CLEAN.replace("transformers", "peft")
    model = hub.add("tawny/owl", card, files={**WEIGHTS, **ADAPTER, "config.json": BERT})
    hub.fail(f"/tawny/owl/resolve/{model.at('main')[0]}/adapter_config.json", 403, times=9)
    code, report = as_report("hub:tawny/owl")
    assert code == 2
    assert report["findings"] == []
    assert [error["path"] for error in report["errors"]] == ["hub:tawny/owl/adapter_config.json"]


def test_a_result_without_a_file_does_not_hold_once_the_file_can_be_had(hub, waits, monkeypatch, tmp_path):
    monkeypatch.setenv("CARDLINT_CACHE_DIR", str(tmp_path / "results"))
    model = hub.add("tawny/owl", CLEAN, files={**WEIGHTS, **ADAPTER})
    hub.fail(f"/tawny/owl/resolve/{model.at('main')[0]}/adapter_config.json", 403, times=3)
    first = as_report("hub:tawny/owl")
    hub.faults.clear()
    assert first[1]["findings"] == []
    assert as_report("hub:tawny/owl")[1]["findings"] != []


@pytest.mark.parametrize(
    ("parameters", "found"),
    [({"BF16": 3_212_749_824}, True), ({"BF16": 6_900_000_000, "I64": 512}, False), ({"I32": 3_000_000_000}, False)],
)
def test_parameters_that_the_hub_states_are_compared_without_a_further_request(hub, parameters, found):
    card = CLEAN.replace("# Owl", "# Owl 7B")
    facts = {"config": {"model_type": "bert"}, "safetensors": {"parameters": parameters, "total": 1}}
    hub.add("tawny/owl-7b", card, files={**WEIGHTS, "config.json": BERT}, facts=facts)
    report = as_report("hub:tawny/owl-7b")[1]
    assert ("size-mismatch" in {finding["rule"] for finding in report["findings"]}) == found
    assert asked_files(hub, "tawny/owl-7b") == {"config.json"}


@pytest.mark.parametrize("lacking", ["all_results.json", "trainer_state.json"])
def test_a_result_is_contradicted_only_if_every_file_could_be_had(hub, waits, lacking):
    log = {"log_history": [{"step": 1, "eval_accuracy": 0.7}]}
    files = {**WEIGHTS, "all_results.json": RESULTS, "trainer_state.json": json.dumps(log).encode()}
    model = hub.add("tawny/owl", CLEAN + SUMMARY, files=files)
    assert "results-file-mismatch" in {finding["rule"] for finding in as_report("hub:tawny/owl")[1]["findings"]}
    model.files["new.txt"] = b"another commit"
    hub.fail(f"/tawny/owl/resolve/{model.at('main')[0]}/{lacking}", 403, times=9)
    assert "results-file-mismatch" not in {finding["rule"] for finding in as_report("hub:tawny/owl")[1]["findings"]}


@pytest.mark.parametrize(("files", "found"), [(("owl.gguf",), True), (("mmproj-owl.gguf", "owl.gguf"), False)])
def test_parameters_in_gguf_are_compared_unless_there_are_parts_of_several_kinds(hub, files, found):
    facts = {"gguf": {"total": 3_212_749_824, "architecture": "llama"}}
    hub.add("tawny/owl", CLEAN.replace("# Owl", "# Owl 7B"), files=dict.fromkeys(files, b"GGUF"), facts=facts)
    rules = {finding["rule"]: finding for finding in as_report("hub:tawny/owl")[1]["findings"]}
    assert ("size-mismatch" in rules) == found
    assert not found or rules["size-mismatch"]["related"][0]["path"] == "hub:tawny/owl/owl.gguf"


def test_rules_make_no_request_for_what_was_not_chosen(hub):
    files = {**WEIGHTS, "tokenizer_config.json": b"{}", "results.json": b'{"mean_reward": 1, "std_reward": 1}'}
    hub.add("tawny/owl", CLEAN, files=files, facts={"config": {}})
    check("hub:tawny/owl")
    assert asked_files(hub) == set()


def test_suggestions_for_a_card_on_the_hub(hub):
    hub.add("tawny/owl", CLEAN.replace("library_name: transformers\n", ""), files={**WEIGHTS, **ADAPTER})
    result = run("suggest", "hub:tawny/owl")
    assert result.exit_code == 0
    assert "library_name: peft\n" in result.stdout
    assert run("suggest", "hub:tawny/owl", "--write").exit_code == 2


# Many models


def test_all_models_of_an_owner_are_checked_page_by_page(hub):
    for number in range(20):
        hub.add(f"tawny/owl-{number:02}", ERROR if number % 5 == 0 else CLEAN, files=WEIGHTS)
    hub.add("barn/owl", ERROR)
    code, report = as_report("hub:tawny")
    assert code == 1
    assert report["summary"]["cards"] == 20
    assert [path for path, _ in places(report)] == [f"hub:tawny/owl-{number:02}/README.md" for number in (0, 5, 10, 15)]
    assert len(hub.asked("GET", "/api/models")) == 7
    hub.requests.clear()
    assert as_report("hub:tawny") == (code, report)
    assert {request.path for request in hub.requests} == {"/api/models"}


def test_results_of_an_earlier_run_hold_while_the_repository_is_the_same(hub, monkeypatch, tmp_path):
    monkeypatch.setenv("CARDLINT_CACHE_DIR", str(tmp_path / "results"))
    model = hub.add("tawny/owl", LINKED, files=WEIGHTS)
    first = as_report("hub:tawny/owl")
    with monkeypatch.context() as patch:
        patch.setattr("cardlint.run.judge.lint", None)
        assert as_report("hub:tawny/owl") == first
    model.files["charts/owl.png"] = b"png"
    assert first[0] == 1
    assert as_report("hub:tawny/owl")[0] == 0


def test_one_model_that_fails_never_stops_the_others(hub):
    hub.add("tawny/a", ERROR, files=WEIGHTS)
    hub.add("tawny/b", CLEAN, files=WEIGHTS, gated=True)
    hub.add("tawny/c", files=WEIGHTS)
    hub.add("tawny/d", ERROR, files=WEIGHTS, disabled=True)
    hub.add("tawny/e", ERROR, files=WEIGHTS)
    code, report = as_report("hub:tawny")
    assert code == 2
    assert [path for path, _ in places(report)] == ["hub:tawny/a/README.md", "hub:tawny/e/README.md"]
    assert [error["path"] for error in report["errors"]] == ["hub:tawny/b", "hub:tawny/d"]
    assert report["summary"]["skipped"] == 1


def test_a_list_that_leaves_out_what_was_asked_for_is_filled_in(hub):
    hub.add("tawny/owl", LINKED, files=WEIGHTS)
    hub.faults["/api/models"] = [as_json([{"_id": "0", "id": "tawny/owl"}])]
    assert [rule for _, rule in places(as_report("hub:tawny")[1])] == ["dead-link"]


def test_an_owner_whom_nobody_knows_is_no_success(hub):
    result = check("hub:nobody", "--allow-empty")
    assert result.exit_code == 2
    assert "error: hub:nobody: no visible models for user or organization `nobody`\n" in result.stderr


def test_many_models_without_a_card_are_counted(hub):
    for number in range(6):
        hub.add(f"tawny/bare-{number}", files=WEIGHTS)
    hub.add("tawny/owl", CLEAN, files=WEIGHTS)
    result = check("hub:tawny")
    assert result.exit_code == 0
    assert result.stderr == (
        "note: 6 models have no card (README.md): hub:tawny/bare-0, hub:tawny/bare-1, hub:tawny/bare-2 and 3 more; "
        "`--verbose` lists all\n"
    )


def test_the_models_of_a_collection_are_checked_and_what_else_is_in_it_is_skipped(hub):
    hub.add("tawny/owl", ERROR, files=WEIGHTS)
    hub.add("barn/owl", ERROR, files=WEIGHTS)
    hub.collections[BIRDS] = [("model", "tawny/owl"), ("dataset", "tawny/calls"), ("model", "barn/owl"), ("paper", "1")]
    result = check(f"hub:collection/{BIRDS}", "-v")
    assert result.exit_code == 1
    assert result.stdout.count("duplicate-key") == 2
    assert f"skipped hub:collection/{BIRDS}: tawny/calls: a dataset, not a model" in result.stderr


def test_each_card_is_checked_once_and_paths_mix(hub, tmp_path):
    hub.add("tawny/owl", ERROR, files=WEIGHTS)
    hub.add("tawny/pygmy", ERROR, files=WEIGHTS)
    (tmp_path / "work" / "README.md").write_text(ERROR, "utf-8")
    code, report = as_report("hub:tawny/owl", ".", "hub:tawny", "hub:tawny/owl")
    assert code == 1
    assert report["summary"]["cards"] == 3
    assert [path for path, _ in places(report)] == [
        "README.md",
        "hub:tawny/owl/README.md",
        "hub:tawny/pygmy/README.md",
    ]


def test_a_list_of_files_may_name_models(hub, tmp_path):
    hub.add("tawny/owl", CLEAN, files=WEIGHTS)
    hub.add("barn/owl", CLEAN, files=WEIGHTS)
    (tmp_path / "work" / "models.txt").write_text("hub:tawny/owl\nhub:barn/owl\n", "utf-8")
    assert check("--files-from", "models.txt", "--show-files").stdout.splitlines() == [
        "hub:tawny/owl/README.md",
        "hub:barn/owl/README.md",
    ]


def test_several_processes_write_the_same_bytes(hub):
    for number in range(70):
        hub.add(f"tawny/owl-{number:02}", LINKED if number % 3 else ERROR, files=WEIGHTS)
    one = check("hub:tawny", "--output-format", "json")
    two = check("hub:tawny", "--output-format", "json", "--jobs", "2")
    assert one.exit_code == two.exit_code == 1
    assert one.stdout == two.stdout


# What goes wrong


def test_a_private_model_wants_a_token(hub, monkeypatch, tmp_path):
    hub.add("tawny/owl", CLEAN, files=WEIGHTS, private=True)
    result = check("hub:tawny/owl")
    assert result.exit_code == 2
    assert "no such model, or a private one; log in with `hf auth login` or set `HF_TOKEN`" in result.stderr
    (tmp_path / "token").write_text(TOKEN, "utf-8")  # as `hf auth login` does
    assert check("hub:tawny/owl").exit_code == 0
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    assert check("hub:tawny").exit_code == 0
    result = check("hub:tawny/gone")
    assert "error: hub:tawny/gone: no such model, or a private one that your token cannot read\n" in result.stderr


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("hub:tawny/gated", "gated: accept its terms on {address}/tawny/gated; log in with `hf auth login`"),
        ("hub:tawny/disabled", "disabled on the Hub"),
        ("hub:tawny/owl@gone", "no such revision"),
        ("hub:tawny/gone", "no such model, or a private one; log in with `hf auth login`"),
        ("hub:collection/tawny/gone", "no such collection, or a private one; log in with `hf auth login`"),
    ],
)
def test_what_cannot_be_had_is_told_in_words(hub, path, words):
    hub.add("tawny/owl", CLEAN)
    hub.add("tawny/gated", CLEAN, gated=True)
    hub.add("tawny/disabled", CLEAN, disabled=True)
    result = check(path)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {path}: {words.format(address=hub.address)}")
    assert result.stderr.count("\n") == 1


def test_a_token_that_is_refused_is_told(hub, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "hf_worn_out")
    hub.add("tawny/owl", CLEAN)
    for path in ("hub:tawny/owl", "hub:tawny"):
        result = check(path)
        assert result.exit_code == 2
        assert f"error: {path}: the Hub rejected your token" in result.stderr
        assert "worn_out" not in result.stderr


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 8),
        ({"Retry-After": "9" * 99}, 3600),
        ({"RateLimit": '"api";r=0;t=55', "RateLimit-Policy": '"fixed window";"api";q=500;w=300'}, 56),
        ({}, 1),
    ],
)
def test_a_model_is_asked_for_again_when_the_hub_wants(hub, waits, headers, seconds):
    hub.add("tawny/owl", CLEAN, files=WEIGHTS)
    hub.fail("/api/models/tawny/owl", 429, headers=headers)
    result = check("hub:tawny/owl")
    assert result.exit_code == 0
    assert waits == [seconds]
    assert f"note: retrying in {seconds} s: 429" in result.stderr


def test_a_wait_of_the_client_is_one_note_with_its_reason(hub, waits):
    hub.add("tawny/owl", CLEAN, files=WEIGHTS)
    hub.fail("/tawny/owl/resolve/main/README.md", 503, times=2)  # the first request is not repeated
    assert check("hub:tawny/owl").stderr == "note: retrying in 1 s: HTTP Error 503\n"


@pytest.mark.skipif(int(huggingface_hub.__version__.split(".")[0]) < 2, reason="the client asks for files only")
def test_lists_and_files_are_asked_for_again(hub, waits):
    hub.add("tawny/owl", CLEAN, files=WEIGHTS)
    hub.collections[BIRDS] = [("model", "tawny/owl")]
    hub.fail("/api/models", 429, headers={"Retry-After": "3"})
    hub.fail("/tawny/owl/resolve/main/README.md", 503, times=3)
    hub.fail(f"/api/collections/{BIRDS}", 502)
    assert check("hub:tawny", f"hub:collection/{BIRDS}").exit_code == 0
    assert len(waits) >= 3


def test_a_file_whose_connection_is_reset_is_asked_for_again(hub, waits):
    hub.add("tawny/owl", CLEAN, files=WEIGHTS)
    hub.cut["/tawny/owl/resolve/main/README.md"] = 1
    result = check("hub:tawny/owl")
    assert result.exit_code == 0
    assert len(waits) == 1
    hub.add("tawny/hawk", CLEAN, files=WEIGHTS)
    hub.cut["/tawny/hawk/resolve/main/README.md"] = 99
    result = check("hub:tawny/hawk")
    assert result.exit_code == 2
    assert "cannot be reached" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize(("status", "words"), [(429, "too many requests"), (503, "the Hub answered with status 503")])
def test_patience_has_an_end(hub, waits, status, words):
    hub.add("tawny/owl", CLEAN, files=WEIGHTS)
    hub.fail("/api/models/tawny/owl", status, times=99)
    result = check("hub:tawny/owl")
    assert result.exit_code == 2
    assert len(waits) == 2
    assert words in result.stderr.splitlines()[-1]


def test_a_list_that_breaks_off_keeps_what_it_had(hub, waits):
    for number in range(5):
        hub.add(f"tawny/owl-{number}", CLEAN, files=WEIGHTS)
    hub.faults["/api/models"] = [as_json([hub.describe("tawny/owl-0", "main")], _next(hub)), *[(404, {}, b"")] * 9]
    code, report = as_report("hub:tawny")
    assert code == 2
    assert report["summary"]["cards"] == 1
    assert [error["path"] for error in report["errors"]] == ["hub:tawny"]


def _next(hub):
    return {"Link": f'<{hub.address}/api/models?author=tawny&cursor=3>; rel="next"'}


@pytest.mark.parametrize(
    "answer",
    [
        (200, {"Content-Type": "text/html"}, b"<html>Welcome to the airport's wireless network</html>"),
        (200, {"Content-Type": "application/json"}, b'{"hello": "world"}'),
        (200, {"Content-Type": "application/json"}, b"[1]"),
        (200, {"Content-Type": "application/json"}, b"7"),
        (200, {"Content-Type": "application/json"}, b"[" * 9999),
        (200, {}, b""),
        (418, {"X-Error-Message": "\x1b[31mteapot"}, b"\x1b]0;title\x07"),
    ],
)
def test_an_endpoint_that_is_no_hub_is_told(hub, waits, answer):
    hub.add("tawny/owl", CLEAN, files=WEIGHTS)
    for path in ("/api/models/tawny/owl", "/api/models", f"/api/collections/{BIRDS}"):
        hub.faults[path] = [answer] * 9
    result = check("hub:tawny/owl", "hub:tawny", f"hub:collection/{BIRDS}")
    assert result.exit_code == 2
    lines = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    assert len(lines) == 3
    if answer[0] == 200:
        assert all("did not answer like the Hub; check `HF_ENDPOINT`" in line for line in lines)
    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize("name", ["../../etc", "tawny/\x1b[31mowl", "tawny/" + "o" * 99])
def test_a_name_that_no_hub_would_give_is_told(hub, name):
    files = [{"rfilename": "README.md"}]
    hub.faults["/api/models/tawny/owl"] = [as_json({"id": name, "sha": "main", "siblings": files})]
    result = check("hub:tawny/owl")
    assert result.exit_code == 2
    assert "did not answer like the Hub" in result.stderr.splitlines()[-1]
    assert all(line.isprintable() for line in result.stderr.splitlines())


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # the client leaves the connection open
def test_a_way_that_leads_nowhere_is_told(hub, waits):
    hub.faults["/api/models/tawny/owl"] = [(302, {"Location": "http://[bad"}, b"")] * 9
    result = check("hub:tawny/owl")
    gc.collect()
    assert result.exit_code == 2
    assert f"error: hub:tawny/owl: {hub.address} cannot be reached: " in result.stderr


def test_files_that_no_hub_serves_are_told(hub, waits):
    hub.add("tawny/owl", CLEAN, files=WEIGHTS)
    hub.faults["/tawny/owl/resolve/main/README.md"] = [(200, {}, b"<html>")] * 9
    result = check("hub:tawny/owl")
    assert result.exit_code == 2
    assert "did not answer like the Hub" in result.stderr


def test_no_network_is_told(hub, waits, monkeypatch):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}"
        monkeypatch.setattr(constants, "ENDPOINT", address)
        client._api.cache_clear()
        result = check("hub:tawny/owl")
    assert result.exit_code == 2
    assert f"error: hub:tawny/owl: {address} cannot be reached: " in result.stderr


def test_offline_the_cache_must_do(hub, monkeypatch):
    hub.add("tawny/owl", LINKED.replace("license: mit", "license: mit\nlicense: mit"), files=WEIGHTS)
    hub.add("tawny/pygmy", CLEAN, files=WEIGHTS)
    assert len(as_report("hub:tawny/owl")[1]["findings"]) == 2
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    hub.requests.clear()
    code, report = as_report("hub:tawny/owl")
    assert code == 1
    assert places(report) == [("hub:tawny/owl/README.md", "duplicate-key")]
    assert check("hub:tawny/owl").stderr == (
        "note: offline: cards are read from the cache, without the other files of their repositories\n"
    )
    result = check("hub:tawny/pygmy", "hub:tawny")
    assert result.exit_code == 2
    assert "error: hub:tawny: lists are not cached, and `HF_HUB_OFFLINE` is set\n" in result.stderr
    assert "error: hub:tawny/pygmy: not in the cache, and `HF_HUB_OFFLINE` is set\n" in result.stderr
    assert not hub.requests


def test_a_cache_that_cannot_be_written_is_told(hub, monkeypatch, tmp_path):
    hub.add("tawny/owl", CLEAN, files=WEIGHTS)
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "file" / "cache"))
    result = check("hub:tawny/owl")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: hub:tawny/owl: ")
    assert str(tmp_path / "file") in result.stderr


# With everything else that cardlint does


def test_nothing_is_ever_written_to_the_hub(hub, tmp_path):
    hub.add("tawny/owl", ERROR, files=WEIGHTS)
    for option in ("--fix", "--fix-only"):
        result = check(".", "hub:tawny/owl", option)
        assert result.exit_code == 2
        assert "cardlint does not write to the Hub" in result.stderr
    assert not hub.requests
    result = check("hub:tawny/owl", "--diff")
    assert result.exit_code == 1
    assert result.stdout.startswith("--- a/hub:tawny/owl/README.md\n")
    assert ERROR.encode() in [path.read_bytes() for path in (tmp_path / "cache").rglob("README.md")]
    assert {request.method for request in hub.requests} == {"GET", "HEAD"}
    assert "--fix" not in check("hub:tawny/owl").stdout
    assert list((tmp_path / "work").iterdir()) == []


def test_git_knows_nothing_of_the_hub(hub):
    result = check("hub:tawny/owl", "--changed")
    assert result.exit_code == 2
    assert "git cannot tell" in result.stderr
    assert "standard input" in check("hub:tawny/owl", "-").stderr


def test_the_configuration_is_that_of_the_working_folder(hub, monkeypatch, tmp_path):
    hub.add("tawny/owl", ERROR, files=WEIGHTS)
    hub.add("tawny/tests", ERROR, files=WEIGHTS)
    hub.add("barn/owl", ERROR, files=WEIGHTS)
    settings = (
        'include = ["cards/**"]\nexclude = ["hub:*/tests"]\n[per-file-ignores]\n"hub:barn/*" = ["duplicate-key"]\n'
    )
    (tmp_path / "work" / "cardlint.toml").write_text(settings, "utf-8")
    (tmp_path / "work" / "below").mkdir()
    for folder in (tmp_path / "work", tmp_path / "work" / "below"):
        monkeypatch.chdir(folder)
        report = as_report("hub:tawny", "hub:barn/owl")[1]
        assert places(report) == [("hub:tawny/owl/README.md", "duplicate-key")]
        assert report["summary"]["skipped"] == 1
    assert not hub.asked("HEAD", "/tawny/tests")
    assert places(as_report("hub:barn/owl", "--isolated")[1]) == [("hub:barn/owl/README.md", "duplicate-key")]


def test_a_baseline_knows_cards_on_the_hub_by_their_paths(hub, monkeypatch, tmp_path):
    hub.add("tawny/owl", ERROR, files=WEIGHTS)
    (tmp_path / "work" / "README.md").write_text(CLEAN, "utf-8")
    assert check("hub:tawny/owl", "--write-baseline").exit_code == 0
    recorded = json.loads((tmp_path / "work" / ".cardlint-baseline.json").read_text("utf-8"))
    assert [entry["path"] for entry in recorded["findings"]] == ["hub:tawny/owl/README.md"]
    (tmp_path / "work" / "below").mkdir()
    monkeypatch.chdir(tmp_path / "work" / "below")
    assert check("hub:tawny/owl", "--baseline", "../.cardlint-baseline.json").exit_code == 0
    monkeypatch.chdir(tmp_path / "work")
    result = check(".", "--baseline", ".cardlint-baseline.json")
    assert result.exit_code == 0
    assert result.stderr == ""


@pytest.mark.parametrize("style", ["full", "concise", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "html"])
def test_every_format_names_the_card_as_the_hub_does(hub, monkeypatch, tmp_path, style):
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    hub.add("tawny/owl", ERROR, files=WEIGHTS)
    written = check("hub:tawny/owl", "--output-format", style).stdout
    assert "tawny/owl/README.md" in written
    assert "work/hub" not in written
    assert str(tmp_path) not in written


def test_the_extra_that_is_missing_is_named(monkeypatch):
    for module in [name for name in sys.modules if name.startswith("cardlint.hub.")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    for command in ("check", "show"):
        result = run(command, "hub:tawny/owl")
        assert result.exit_code == 2
        assert "needs huggingface_hub; install it with " in result.stderr
        assert "[hub]" in result.stderr
        assert result.stderr.count("\n") == 1


def test_a_client_that_is_too_old_is_named(monkeypatch):
    for module in [name for name in sys.modules if name.startswith("cardlint.hub.")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "huggingface_hub.utils", ModuleType("huggingface_hub.utils"))
    result = check("hub:tawny/owl")
    assert result.exit_code == 2
    assert f"needs a newer huggingface_hub than {huggingface_hub.__version__}" in result.stderr


# What lies beside a card

NAMES = st.lists(st.sampled_from(["a", "b", "c.txt", "README.md"]), min_size=1, max_size=3).map("/".join)
QUESTIONS = st.text("ab./c") | NAMES | st.sampled_from([".", "", "./a", "a//b", "a/../b", "../a", "/a"])


@given(files=st.frozensets(NAMES, min_size=1), name=QUESTIONS)
def test_a_repository_answers_as_its_clone_does(tmp_path_factory, files, name):
    # no file is a folder as well
    files = frozenset(file for file in files if not any(other.startswith(f"{file}/") for other in files))
    clone = tmp_path_factory.mktemp("clone")
    for file in files:
        (clone / file).parent.mkdir(parents=True, exist_ok=True)
        (clone / file).write_text("", "utf-8")
    (clone / ".git").mkdir()
    if _leads_nowhere_else(name, clone):
        repository, folder = HubFolder(Model("tawny/owl", "0" * 40, files)), Folder(clone)
        assert repository.has(name) == folder.has(name)
        assert repository.names(name) == tuple(each for each in folder.names(name) if each != ".git")


def _leads_nowhere_else(name, clone):
    """Whether a name stays within the repository, and is no way over what is not there."""
    path = Path(os.path.normpath(clone / name))
    return path.is_relative_to(clone) and (clone / name).exists() == path.exists()


# The command itself


def command(hub, tmp_path, *arguments):
    environment = {**os.environ, "HF_ENDPOINT": hub.address, "HF_HOME": str(tmp_path / "home")}
    return subprocess.Popen(
        [sys.executable, "-m", "cardlint", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )


def test_the_command_finds_its_way_by_the_environment(hub, tmp_path):
    hub.add("tawny/owl", ERROR, files=WEIGHTS)
    with command(hub, tmp_path, "check", "hub:tawny/owl", "hub:tawny/gone") as child:
        output, errors = child.communicate(timeout=60)
    assert child.returncode == 2
    assert output.startswith("hub:tawny/owl/README.md:3:1: error[duplicate-key] ")
    assert errors.startswith("error: hub:tawny/gone: no such model")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
@pytest.mark.parametrize("path", ["/api/models/tawny/owl", "/tawny/owl/resolve/main/README.md"])
def test_control_c_ends_a_wait(hub, tmp_path, path):
    hub.add("tawny/owl", CLEAN, files=WEIGHTS)
    hub.fail(path, 429, times=99, headers={"Retry-After": "3600", "RateLimit": '"api";r=0;t=3600'})
    with command(hub, tmp_path, "check", "hub:tawny/owl") as child:
        assert "note: " in child.stderr.readline()
        os.killpg(child.pid, signal.SIGINT)
        _, errors = child.communicate(timeout=30)
    assert child.returncode == 130
    assert "Traceback" not in errors
