"""`cardlint suggest`: the fixes of the rules as YAML, written on request, and a card for a folder without one."""

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from cardlint.card.card import parse
from cardlint.cli.app import app
from cardlint.commands.suggest.proposal import KEYS, NotReadyError, propose
from cardlint.registry import load_rules
from cardlint.source import Folder, read

MIT = """MIT License

Copyright (c) 2026 Coastlab

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software.
"""
ADAPTER = json.dumps({"base_model_name_or_path": "coastlab/lighthouse", "peft_type": "LORA", "r": 8}, indent=2)
BERT = json.dumps({"architectures": ["BertForMaskedLM"], "model_type": "bert"})
MERGE = """\
models:
  - model: coastlab/lighthouse
  - model: coastlab/harbour
merge_method: slerp
dtype: bfloat16
"""
SPACY = json.dumps({
    "lang": "nl", "name": "tide", "version": "1.0.0", "spacy_version": ">=3.6.0,<3.7.0", "pipeline": ["ner"],
    "performance": {"ents_f": 0.8123456789},
})  # fmt: skip
LEROBOT = {"dataset": {"repo_id": "coastlab/grasps", "root": None}, "policy": {"type": "act"}}
BODY = "# Owls\n\nA net that hears owls.\n"
CARD = f"---\ntags:\n- owls\n---\n\n{BODY}"


@pytest.fixture(autouse=True)
def _here(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)


def put(**files):
    for name, text in files.items():
        Path(name.replace("__", ".")).write_text(text, encoding="utf-8", newline="")


def suggest(*arguments):
    return CliRunner().invoke(app, ["suggest", *arguments])


def metadata(text):
    return yaml.safe_load(text.split("---")[1])


def test_every_rule_with_suggestions_adds_its_keys():
    rules = load_rules()
    assert all(rules[name].info.fix is not None for name in KEYS)
    # the rules that say that something is missing in the metadata, except those of whole parts of a card
    missing = {
        name for name, rule in rules.items() if name.startswith("missing-") and rule.reads_metadata and rule.info.fix
    }
    assert missing <= set(KEYS)


def test_what_is_shown_is_yaml_with_the_places():
    put(README__md=CARD, adapter_config__json=ADAPTER, LICENSE=MIT)
    result = suggest()
    assert result.exit_code == 0
    assert yaml.safe_load(result.stdout) == {
        "base_model": "coastlab/lighthouse",
        "base_model_relation": "adapter",
        "library_name": "peft",
    }
    assert "base_model: coastlab/lighthouse  # adapter_config.json, line 2\n" in result.stdout
    assert "# license: mit                   # LICENSE, line 1\n" in result.stdout
    assert Path("README.md").read_text() == CARD


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "card",
    [
        pytest.param(CARD, id="metadata"),
        pytest.param(BODY, id="no metadata"),
        pytest.param(f"\ufeff{BODY}", id="byte order mark"),
        pytest.param(f"---\n{{}}\n---\n\n{BODY}", id="nothing in braces"),
        pytest.param(f"---\n# nothing yet\ntags: [owls]\n---\n{BODY}", id="comment"),
    ],
)
def test_writing_adds_what_is_proved_and_keeps_the_rest(card, line_end):
    card = card.replace("\n", line_end)
    put(README__md=card, adapter_config__json=ADAPTER, LICENSE=MIT)
    assert suggest("--write").stderr == "Added `base_model`, `base_model_relation` and `library_name` to README.md.\n"
    written = Path("README.md").read_bytes().decode()
    added = {"base_model": "coastlab/lighthouse", "base_model_relation": "adapter", "library_name": "peft"}
    assert metadata(written) == ({"tags": ["owls"]} if "tags" in card else {}) | added
    assert written.endswith(BODY.replace("\n", line_end))
    assert written.startswith("\ufeff") == card.startswith("\ufeff")
    assert written.count("\r\n") == (written.count("\n") if line_end == "\r\n" else 0)
    assert suggest("--write").stderr == ""
    assert Path("README.md").read_bytes().decode() == written


def test_a_card_that_lacks_nothing_is_told_so():
    put(README__md=CARD)
    assert suggest("--write").stderr == "note: the repository shows nothing that README.md lacks\n"


def test_a_license_is_added_only_if_asked_for():
    put(README__md=CARD, adapter_config__json=ADAPTER, LICENSE=MIT)
    assert suggest("--write", "--unsafe-fixes").exit_code == 0
    assert metadata(Path("README.md").read_text())["license"] == "mit"


def test_parents_that_a_merge_lost_are_added_to_the_key():
    card = f"---\nbase_model: coastlab/lighthouse\n---\n\n{BODY}"
    put(README__md=card, mergekit_config__yml=MERGE)
    assert "# in place of the card's `base_model`: mergekit_config.yml, line 3" in suggest().stdout
    suggest("--write")
    assert metadata(Path("README.md").read_text()) == {"base_model": ["coastlab/lighthouse", "coastlab/harbour"]}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"config__json": BERT}, {"library_name": "transformers", "pipeline_tag": "fill-mask"}),
        (
            {
                "config__json": BERT.replace("BertForMaskedLM", "WhisperForConditionalGeneration").replace(
                    "bert", "whisper"
                )
            },
            {"library_name": "transformers", "pipeline_tag": "automatic-speech-recognition"},
        ),
        ({"meta__json": SPACY}, {"library_name": "spacy", "language": "nl"}),
        ({"meta__json": SPACY.replace('"nl"', '"xx"')}, {"library_name": "spacy"}),
        ({"meta__json": SPACY.replace('"nl"', '"no"')}, {"library_name": "spacy", "language": "no"}),
        ({"meta__json": '{"lang": "nl", "name": "tide", "version": "1"}'}, None),
        (
            {"train_config__json": json.dumps(LEROBOT)},
            {"library_name": "lerobot", "datasets": ["coastlab/grasps"]},
        ),
        (
            {"train_config__json": json.dumps({**LEROBOT, "dataset": {"repo_id": "coastlab/x", "root": "/data/x"}})},
            {"library_name": "lerobot"},
        ),
        (
            {"results__json": '{"mean_reward": 243.1, "std_reward": 22.9, "is_deterministic": true}'},
            {"library_name": "stable-baselines3", "pipeline_tag": "reinforcement-learning"},
        ),
        ({"config__json": '{"model_type": "owlnet", "architectures": ["OwlNet"]}'}, None),
        ({"config__json": BERT.replace("{", '{"auto_map": {}, ', 1)}, None),
    ],
)
def test_files_that_prove_something_and_files_that_do_not(files, expected):
    put(README__md=CARD, **files)
    assert yaml.safe_load(suggest().stdout) == expected


def test_results_that_lack_only_a_dataset_are_shown_to_fill_in_with_all_digits():
    card = f"{CARD}\nIt achieves the following results on the evaluation set:\n- Loss: 0.5511\n- Accuracy: 0.8342\n"
    put(README__md=card, eval_results__json='{"eval_loss": 0.55107, "eval_accuracy": 0.83415926}')
    result = suggest()
    assert "#       value: 0.83415926\n" in result.stdout
    assert yaml.safe_load(result.stdout) is None


def test_results_on_a_known_dataset_are_for_the_author_to_decide():
    front = (
        "pipeline_tag: text-classification\ndatasets:\n- coastlab/tides\nmodel-index:\n- name: tide\n  results: []\n"
    )
    summary = "It achieves the following results on the evaluation set:\n- Loss: 0.5511\n- Accuracy: 0.8342\n"
    put(README__md=f"---\n{front}---\n\n# tide\n\n{summary}", eval_results__json='{"eval_accuracy": 0.83415926}')
    suggest("--write", "--unsafe-fixes")
    (model,) = metadata(Path("README.md").read_text())["model-index"]
    assert model["results"][0]["metrics"] == [{"type": "accuracy", "value": 0.83415926}]


@pytest.mark.parametrize(
    "card", ["---\ntags: [owls\n---\n\n# Owls\n", "---\ntags: [owls]\n\n# Owls\n", "---\n- a\n---\n"]
)
def test_metadata_that_cannot_be_read_is_left_alone(card):
    put(README__md=card, adapter_config__json=ADAPTER)
    result = suggest("--write")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot read its metadata" in result.stderr
    assert Path("README.md").read_text() == card


def test_a_suppressed_rule_suggests_nothing():
    put(
        README__md=f"---\n# cardlint: disable-file=missing-library\ntags: [owls]\n---\n\n{BODY}",
        adapter_config__json=ADAPTER,
    )
    assert "library_name" not in suggest().stdout


# A folder without a card


def test_a_folder_without_a_card_gets_one_with_headings_and_facts():
    put(adapter_config__json=ADAPTER, LICENSE=MIT, eval_results__json='{"eval_f1": 0.81234, "eval_runtime": 3.1}')
    shown = suggest(".")
    assert shown.exit_code == 0
    assert not Path("README.md").exists()
    assert "license: mit" not in shown.stdout
    assert "# license: mit  # LICENSE, line 1\n" in shown.stderr
    assert suggest("--write").stderr.endswith("Wrote README.md.\n")
    text = Path("README.md").read_text()
    assert text == shown.stdout
    assert set(metadata(text)) == {"base_model", "base_model_relation", "library_name"}
    assert "- F1: 0.81234\n" in text
    assert "runtime" not in text
    card = parse(read(text.encode()))
    assert not card.placeholders
    kinds = {kind for section in card.sections for kind in section.kinds}
    assert kinds >= {"description", "intended-use", "limitations", "training-data", "evaluation"}


def test_a_folder_without_a_model_gets_none():
    put(notes__txt="tides")
    result = suggest(".", "--write")
    assert (result.exit_code, result.stdout) == (3, "")
    assert not Path("README.md").exists()


def test_weights_that_prove_nothing_get_a_card_without_metadata():
    put(model__gguf="")
    assert suggest(".").stdout.startswith(f"# {Path.cwd().name}\n\n## Model description\n")


def test_a_new_card_has_the_name_of_the_repository():
    put(model__gguf="")
    assert suggest("--repo-id", "coastlab/owl-7b").stdout.startswith("# owl-7b\n")


def test_a_card_in_another_case_is_the_card():
    put(readme__md=CARD, adapter_config__json=ADAPTER)
    assert suggest("--write").exit_code == 0
    assert "peft" in Path("readme.md").read_text()


# Edges


@pytest.mark.parametrize("arguments", [["-", "--write"], ["hub:coastlab/owls", "--write"], ["gone/README.md"]])
def test_what_cannot_be_read_or_written_is_an_error(arguments):
    result = suggest(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")


def test_standard_input_is_read_beside_the_files_of_this_folder():
    put(adapter_config__json=ADAPTER)
    result = CliRunner().invoke(app, ["suggest", "-"], input=CARD)
    assert "library_name: peft" in result.stdout


def test_text_of_others_cannot_disturb_the_terminal():
    body = (
        "# Owls\n\nIt achieves the following results on the evaluation set:\n- F1 \x1b[31mred: 0.81\n- Accuracy: 0.9\n"
    )
    put(README__md=f"---\ntags: [owls]\n---\n\n{body}")
    assert "\x1b" not in suggest().stdout


def test_a_card_is_not_read_at_a_distance(tmp_path):
    (tmp_path / "README.md").write_text(CARD)
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "adapter_config.json").write_text(ADAPTER)
    assert propose(read(CARD.encode()), Folder(tmp_path)).proved == ()


def test_a_flattened_card_is_to_be_fixed_first(tmp_path):
    text = "--- license: mit tags: - owls --- # Owls ## Model description A net that hears owls. " * 3
    source = read(text.encode())
    if parse(source).recovery is None:
        pytest.skip("not taken for a flattened card")
    with pytest.raises(NotReadyError):
        propose(source, Folder(tmp_path))
