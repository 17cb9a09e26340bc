"""The results in `.eval_results/*.yaml` beside a card."""

import pytest
import yaml
from examples import examples
from extras import require
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cardlint.card.card import parse
from cardlint.registry import load_rules
from cardlint.source import Folder, read
from cardlint.testing import check_rule

RULE = load_rules()["invalid-eval-results"]
CARD = "---\nlicense: mit\n---\n\n# Owl\n"
RESULTS = """\
# measured in spring
- dataset: {id: owner/birds, task_id: calls, revision: "0123456"}
  value: 20.90
  date: "2026-03-01"
  source:
    url: https://example.org/traces
    name: Traces
    user: owl
    org: owls
  notes: quiet nights
- dataset: &same
    id: owner/birds
    task_id: flight
  value: "0.4"
- dataset: *same
"""


@pytest.fixture
def card(tmp_path):
    """A function that makes a card with these files in its folder of results."""

    def make(path="models/README.md", **files):
        folder = tmp_path / ".eval_results"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            folder.joinpath(name.replace("_", ".")).write_bytes(text if isinstance(text, bytes) else text.encode())
        return parse(read(CARD.encode(), path), Folder(tmp_path))

    return make


def test_every_value_stands_where_it_is_written(card):
    (file,) = card(birds_yaml=RESULTS).eval_results
    first, second, third = file.results
    assert file.source.path == "models/.eval_results/birds.yaml"
    values = {
        name: file.source.slice(node.span)
        for name in ("dataset", "task", "revision", "value", "date", "url", "name", "user", "organization", "notes")
        if (node := getattr(first, name)) is not None
    }
    assert values == {
        "dataset": "owner/birds",
        "task": "calls",
        "revision": '"0123456"',
        "value": "20.90",
        "date": '"2026-03-01"',
        "url": "https://example.org/traces",
        "name": "Traces",
        "user": "owl",
        "organization": "owls",
        "notes": "quiet nights",
    }
    assert file.source.slice(second.span).startswith("dataset: &same")
    assert (second.revision, second.url, second.notes) == (None, None, None)
    assert third.dataset is second.dataset
    assert third.value is None


def test_files_come_by_name_and_others_do_not(card):
    found = card("README.md", b_yaml="[]", a_yaml="[]", c_yml="[]", d_json="[]").eval_results
    assert [file.source.path for file in found] == [".eval_results/a.yaml", ".eval_results/b.yaml"]


def test_what_is_no_yaml_or_no_file_has_an_error(card, tmp_path):
    broken = card(a_yaml="- dataset: [owner/birds\n")
    (tmp_path / ".eval_results" / "b.yaml").mkdir()
    first, second = broken.eval_results
    assert first.error is not None
    assert second.error is not None
    assert second.error.reason == "the file cannot be opened"
    assert not first.results
    assert not second.results


def test_a_byte_order_mark_is_no_yaml(card):
    (file,) = card(a_yaml=b"\xef\xbb\xbf- value: 1\n").eval_results
    assert file.source.slice(file.results[0].value.span) == "1"


def test_without_a_folder_there_is_nothing_to_ask(tmp_path):
    assert parse(read(CARD.encode())).eval_results == ()
    folder = Folder(tmp_path)
    assert parse(read(CARD.encode()), folder).eval_results == ()
    assert folder.asked == {".eval_results": False}
    assert folder.listed == folder.opened == {}


def test_the_folder_remembers_what_was_read(card):
    parsed = card(a_yaml="[]")
    assert len(parsed.eval_results) == 1
    assert parsed.folder.listed == {".eval_results": ("a.yaml",)}
    assert parsed.folder.opened == {".eval_results/a.yaml": b"[]"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(50))
@given(st.binary(max_size=60) | st.text("-:{}[]&*#'\"| \nadtesvu1", max_size=60))
def test_any_bytes_can_be_read(card, data):
    parsed = card(a_yaml=data)
    for result in parsed.eval_results[0].results:
        assert result.span.start <= result.span.end
    for problem in RULE.check(parsed):
        (place,) = problem.related
        assert 0 <= place.span.start <= place.span.end <= len(place.source.text)


# What huggingface_hub makes of the same files.

TEXTS = st.text("abc -", min_size=1, max_size=5).map(str.strip).filter(bool)
VALUES = st.none() | st.integers(-9, 9) | TEXTS | st.lists(TEXTS, max_size=1)
DATASETS = st.dictionaries(st.sampled_from(("id", "task_id", "revision")), VALUES)
SOURCES = st.dictionaries(st.sampled_from(("url", "name", "user", "org")), VALUES)
ITEMS = st.fixed_dictionaries(
    {}, optional={"dataset": VALUES | DATASETS, "value": VALUES, "source": VALUES | SOURCES, "notes": VALUES}
)


def findings(text):
    return check_rule(RULE, CARD, files={".eval_results/a.yaml": text})


@settings(max_examples=examples(60))
@given(st.lists(ITEMS, max_size=3))
def test_what_the_client_cannot_read_is_found(items):
    client = require("huggingface_hub")
    text = yaml.safe_dump(items)
    try:
        client.parse_eval_result_entries(yaml.safe_load(text))
    except (AttributeError, KeyError, TypeError, ValueError):
        assert findings(text)


@settings(max_examples=examples(40))
@given(
    st.lists(
        st.fixed_dictionaries(
            {"dataset_id": TEXTS, "task_id": TEXTS, "value": st.integers() | st.floats(0, 100) | TEXTS},
            optional={
                "dataset_revision": st.text("abcdef", min_size=8, max_size=8),
                "date": st.dates().map(str) | st.datetimes().map(lambda moment: moment.isoformat()),
                "source_url": st.just("https://example.org"),
                "notes": TEXTS,
            },
        ),
        max_size=3,
    )
)
def test_what_the_client_writes_is_right(entries):
    client = require("huggingface_hub")
    made = [client.EvalResultEntry(**entry) for entry in entries]
    assert not findings(yaml.safe_dump(client.eval_result_entries_to_yaml(made)))
