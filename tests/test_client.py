"""huggingface_hub's own reader beside ours: where it raises we say why, and what it writes has no error.

`ModelCard.load` reads a card as every Python tool that builds on it does. Whenever it raises, some error or warning
must name the cause at its place; what it raises at and we pass over on purpose is in `PASSED_OVER`, with the reason.
"""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from extras import require
from real_cards import needs_archive, sample

from cardlint import lint, parse, read
from cardlint.card.yaml.nodes import Mapping, Scalar, Sequence, resolve
from cardlint.finding import Severity
from cardlint.registry import load_rules
from cardlint.testing import decode_escapes, read_cases

require("huggingface_hub")
from huggingface_hub import EvalResult, ModelCard, ModelCardData  # noqa: E402
from huggingface_hub.repocard import metadata_load  # noqa: E402

CASES = Path(__file__).parent / "rules"

# What stands in a card for many of its errors: none of them is reported by itself.
WHOLE_CARD = {"unrendered-template", "conflict-marker", "flattened-card", "irregular-newlines", "undecodable-text"}
# By the type of what is raised and the words in it, the rules that name the cause.
CAUSES = [
    (UnicodeDecodeError, "", {"undecodable-text"}),
    (yaml.YAMLError, "", {"invalid-yaml", "client-unreadable-yaml"}),
    (ValueError, "should be a dict", {"not-a-mapping"}),
    (ValueError, "`model_index`", {"invalid-model-index"}),
    # a date that is in no calendar, an escape of no character
    (ValueError, "", {"client-unreadable-yaml", "invalid-yaml"}),
    (OverflowError, "", {"invalid-yaml"}),
    (TypeError, "", {"client-unreadable-yaml", "wrong-type"}),
]


def writes_no_dataset(card, error):
    """spaCy and HuggingPics write no dataset by design; the Hub accepts the results, and only the client wants one."""
    signs = ("\n- spacy\n", "library_name: spacy")
    by_design = card.generator is not None and card.generator.indexes_no_dataset
    return "'dataset'" in str(error) and (by_design or any(sign in card.source.text for sign in signs))


PASSED_OVER = [writes_no_dataset]


def refusal(path):
    """What the client raises at a card, None for one that it reads; whatever it may be, it is the answer."""
    try:
        ModelCard.load(path)
    except Exception as error:  # noqa: BLE001
        return error
    return None


def unexplained(data, path):
    """Why what the client raises at a card has no explanation of ours; nothing where all is well."""
    path.write_bytes(data)
    error = refusal(path)
    if error is None:
        return ""
    card = parse(read(data, "README.md"))
    findings = [found for found in lint(card).findings if found.severity >= Severity.WARNING]
    if any(passes(card, error) for passes in PASSED_OVER) or any(f.rule.name in WHOLE_CARD for f in findings):
        return ""
    names = next((rules for kind, words, rules in CAUSES if isinstance(error, kind) and words in str(error)), set())
    causes = [found for found in findings if found.rule.name in names]
    if not causes:
        return f"{type(error).__name__}: {error}; we say {[found.rule.name for found in findings]}"
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        opening = card.source.line_index(card.front_matter.opening.start)
        marks = {mark.line + opening + 1 for mark in (error.problem_mark, error.context_mark) if mark}
        if marks.isdisjoint(lines_of(causes)):
            return f"{error}: at lines {sorted(marks)}, ours at {sorted(lines_of(causes))}"
    return ""


def lines_of(findings):
    """The lines, from 0, that findings and their related places reach over, with the one behind a line end."""
    lines = set()
    for found in findings:
        for span in (found.span, *(related.span for related in found.problem.related)):
            lines |= set(range(found.source.line_index(span.start), found.source.line_index(span.end) + 2))
    return lines


def case_cards():
    for path in sorted(CASES.glob("*.md")):
        for case in read_cases(path.read_text("utf-8")):
            yield f"{path.name}:{case.line}", decode_escapes(case.card)
    for name, rule in load_rules().items():
        for card in (*rule.manual.bad, *rule.manual.good):
            yield name, decode_escapes(card)


def real_cards(count):
    """A sample of the corpus without the largest, with which PyYAML is slow."""
    return [(name, data) for name, data in sample(count, seed=11) if len(data) < 60_000]


@pytest.fixture(scope="module")
def readme(tmp_path_factory):
    return tmp_path_factory.mktemp("card") / "README.md"


def test_what_the_client_raises_at_in_our_cases_is_explained(readme):
    wrong = {name: why for name, data in case_cards() if (why := unexplained(data, readme))}
    assert not wrong


@needs_archive
def test_what_the_client_raises_at_in_real_cards_is_explained(readme):
    wrong = {name: why for name, data in real_cards(1000) if (why := unexplained(data, readme))}
    assert not wrong


def front_matter(yaml_text):
    return f"---\n{yaml_text}\n---\n\n# Lighthouse\n\nIt finds lighthouses.\n".encode()


RESULT = (
    "model-index:\n- name: m\n  results:\n  - task: {type: t}\n    dataset: {type: d, name: D}\n    metrics: [{%s}]"
)


# Each was seen to raise.
@pytest.mark.parametrize(
    ("yaml_text", "rule", "line", "column"),
    [
        ("tags: 5", "wrong-type", 2, 7),
        ("tags: true", "ambiguous-scalar", 2, 7),
        ("license: mit\n1: x", "client-unreadable-yaml", 3, 1),
        ("no: x", "client-unreadable-yaml", 2, 1),
        ("ignore_metadata_errors: 1", "client-unreadable-yaml", 2, 1),
        ("eval_results: 1", "client-unreadable-yaml", 2, 1),
        ("a: \tb", "client-unreadable-yaml", 2, 4),
        ("a: b\n\t\nc: d", "client-unreadable-yaml", 3, 1),
        ("a: 0.918177\t", "client-unreadable-yaml", 2, 12),
        ("a: [=]", "client-unreadable-yaml", 2, 5),
        ("a: 2023-02-29", "client-unreadable-yaml", 2, 4),
        ("a: 'x\x80'", "client-unreadable-yaml", 2, 6),
        ("a: x\u2028y", "client-unreadable-yaml", 2, 5),
        ("a: &x 1\nb: &x 2", "client-unreadable-yaml", 3, 4),
        ("- a", "not-a-mapping", 2, 1),
        ("a", "not-a-mapping", 2, 1),
        ("model-index: a", "invalid-model-index", 2, 14),
        ("model-index: [a]", "invalid-model-index", 2, 15),
        ("model-index:\n- results: []", "invalid-model-index", 3, 3),
        ("model-index:\n- name: a", "invalid-model-index", 3, 3),
        ("model-index:\n- name: a\n  results: [{}]", "invalid-model-index", 4, 13),
        (RESULT % "value: 1", "invalid-model-index", 7, 16),
        (RESULT % "type: x", "invalid-model-index", 7, 16),
        ((RESULT % "type: x, value: 1") + "\n    source: {name: a}", "invalid-model-index", 8, 5),
    ],
)
def test_what_the_client_raises_at_is_found_where_it_stands(readme, yaml_text, rule, line, column):
    data = front_matter(yaml_text)
    readme.write_bytes(data)
    assert refusal(readme) is not None
    source = read(data, "README.md")
    places = {(f.rule.name, source.position(f.span.start)) for f in lint(parse(source)).findings if f.severity >= 1}
    assert (rule, line, column) in {(name, place.line, place.column) for name, place in places}


ACCURACY = EvalResult(
    task_type="image-classification",
    dataset_type="owner/coast",
    dataset_name="Coast",
    metric_type="accuracy",
    metric_value=0.87,
)
F1 = EvalResult(
    task_type="image-classification",
    task_name="Image Classification",
    dataset_type="owner/coast",
    dataset_name="Coast",
    dataset_split="test",
    dataset_config="no",
    dataset_revision="5503434ddd753f426f4b38109466949a1217c2bb",
    dataset_args={"years": 3},
    metric_type="f1",
    metric_value="0.86 +/- 0.02",
    metric_name="F1",
    metric_args={"average": "macro"},
    source_url="https://example.org/board",
    source_name="board",
)
SHAPES = {
    "nothing": {},
    "a license": {"license": "mit"},
    "Norwegian": {"language": "no", "license": "apache-2.0"},
    "languages": {"language": ["en", "no", "yue"], "language_bcp47": ["zh-HK"], "license": "mit"},
    "a license of one's own": {"license": "other", "license_name": "coast-1.0", "license_link": "LICENSE"},
    "a result": {"license": "mit", "model_name": "lighthouse", "eval_results": [ACCURACY]},
    "results": {"license": "mit", "model_name": "lighthouse", "eval_results": [ACCURACY, F1], "metrics": ["f1"]},
    "base models": {"base_model": ["coastlab/light", "coastlab/house"], "base_model_relation": "merge"},
    "lists": {
        "base_model": "coastlab/light",
        "datasets": ["coastlab/fog", "squad"],
        "library_name": "keras",
        "metrics": ["accuracy"],
        "pipeline_tag": "image-classification",
        "tags": ["coast", "no", "3.10", "1e-3", "010"],
    },
    "the rest": {
        "license": "mit",
        "co2_eq_emissions": {"emissions": 1e-5, "source": "a meter", "training_type": "fine-tuning"},
        "extra_gated_fields": {"Name": "text", "Year": "date_picker"},
        "inference": {"parameters": {"top_k": 3}},
        "instance_prompt": None,
        "thumbnail": None,
        "widget": [{"text": "What does the harbour hear?", "example_title": "no"}],
    },
}


@pytest.mark.parametrize("shape", SHAPES)
def test_what_the_client_writes_has_no_error(shape, tmp_path):
    require("jinja2")  # which renders its templates, and does not come with it
    data = ModelCardData(**SHAPES[shape])
    template = tmp_path / "template.md"
    template.write_text("---\n{{ card_data }}\n---\n\n# {{ model_id }}\n\n{{ words }}\n", "utf-8")
    cards = [
        ModelCard.from_template(data),
        ModelCard.from_template(data, model_id="lighthouse", developers="Coast Lab", model_summary="Finds lights."),
        ModelCard.from_template(data, template_path=template, model_id="lighthouse", words="It finds lighthouses."),
        ModelCard(f"---\n{data.to_yaml()}\n---\n\n# lighthouse\n"),
    ]
    for card in cards:
        found = lint(parse(read(str(card).encode(), "README.md"))).findings
        assert not [finding for finding in found if finding.severity is Severity.ERROR]


def test_digits_that_the_client_writes_without_quotes():
    """Digits behind a nought with an eight or a nine are text to PyYAML, which leaves their quotes out."""
    data = ModelCardData(model_name="a", eval_results=[EvalResult(**vars(F1) | {"dataset_revision": "0123456789"})])
    card = read(f"---\n{data.to_yaml()}\n---\n".encode(), "README.md")
    found = [finding for finding in lint(parse(card)).findings if finding.severity is Severity.ERROR]
    assert [(finding.rule.name, card.slice(finding.span)) for finding in found] == [
        ("invalid-model-index", "0123456789")
    ]


def as_python(node):
    """A node as huggingface_hub has it; dates as text, and numbers as floats."""
    match resolve(node):
        case Mapping() as mapping:
            return {as_python(entry.key): as_python(entry.value) for entry in mapping.entries}
        case Sequence() as sequence:
            return [as_python(item) for item in sequence.items]
        case Scalar() as scalar:
            value = scalar.python
            return float(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def plain(value):
    match value:
        case dict():
            return {plain(key): plain(item) for key, item in value.items()}
        case list():
            return [plain(item) for item in value]
        case dt.date():
            return value.isoformat()
        case bool():
            return value
        case int() | float():
            return float(value)
    return value


@needs_archive
def test_real_metadata_are_read_as_the_client_reads_them(readme):
    compared = 0
    for _, data in real_cards(300):
        card = parse(read(data, "README.md"))
        readme.write_bytes(data)
        if card.recovery is None and refusal(readme) is None:
            loaded = metadata_load(readme)
            if loaded:
                compared += 1
                assert as_python(card.metadata.root) == plain(loaded)
    assert compared > 200
