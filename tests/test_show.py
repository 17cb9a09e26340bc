"""`cardlint show`: the JSON keeps its contract on every card, the picture shows it and never breaks a terminal."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from real_cards import SEEDS, needs_seeds
from rich.cells import cell_len

from cardlint.card.card import parse
from cardlint.card.claims.claim import How, Reason
from cardlint.commands.show.data import MOST_COPIED
from cardlint.commands.show.show import show_json, show_picture
from cardlint.commands.show.why import QUESTIONS, MissingLineError, explain_line, why_json, why_picture
from cardlint.source import Folder, Source, read

SNAPSHOTS = Path(__file__).parent / "snapshots"

COUNT = {"type": "integer", "minimum": 0}
STRING = {"type": "string"}
NULLABLE = {"type": ["string", "null"]}
STRINGS = {"type": "array", "items": STRING}


def closed(optional=(), **properties):
    """The schema of an object with these keys and no others."""
    required = [key for key in properties if key not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


PLACE = closed(line={"type": "integer", "minimum": 1}, column={"type": "integer", "minimum": 1}, offset=COUNT)
SPAN = {"start": PLACE, "end": PLACE}
KINDS = [
    *("description", "intended-use", "out-of-scope", "limitations", "bias", "ethical-considerations", "training-data"),
    *("training-procedure", "hyperparameters", "evaluation", "results", "environmental-impact"),
    *("technical-specifications", "compute", "how-to-use", "license", "citation", "contact", "framework-versions"),
]
OWN = {
    "heading": {"level": {"enum": [1, 2, 3, 4, 5, 6]}, "text": STRING},
    "paragraph": {"text": STRING},
    "list": {"ordered": {"type": "boolean"}},
    "list_item": {"checked": {"type": "boolean"}},
    "table": {},
    "table_row": {"cells": STRINGS},
    "code_block": {"language": STRING, "text": STRING},
    "block_quote": {},
    "thematic_break": {},
    "html": {"text": STRING},
    "footnote": {"label": STRING},
    "math": {"text": STRING},
}
CHILDREN = {"type": "array", "items": {"$ref": "#/$defs/block"}}
BLOCK = {
    "required": ["type"],
    "properties": {"type": {"enum": list(OWN)}},
    "allOf": [
        {
            "if": {"properties": {"type": {"const": kind}}},
            "then": closed(optional=("checked",), type=STRING, **own, **SPAN, children=CHILDREN),
        }
        for kind, own in OWN.items()
    ],
}
SECTION = closed(
    title=STRING,
    level={"enum": [1, 2, 3, 4, 5, 6]},
    kinds={"type": "array", "items": {"enum": KINDS}},
    state={"enum": ["filled", "placeholder", "empty"]},
    **SPAN,
)
CLAIM = closed(
    optional=("unit", "vague", "path"),
    metric=STRING,
    label=STRING,
    text=STRING,
    value={"type": "string", "pattern": r"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$"},
    unit={"const": "percent"},
    source={
        "enum": ["model-index", "eval-results", "summary", "results-row", "table", "fenced", "prose", "repository"]
    },
    vague={"const": True},
    grounds=closed(optional=("path",), how={"enum": [how.value for how in How]}, path=STRING, **SPAN),
    dataset=NULLABLE,
    split=NULLABLE,
    task=NULLABLE,
    config=NULLABLE,
    variant=NULLABLE,
    setting=NULLABLE,
    path=STRING,
    **SPAN,
)
FACT = closed(
    fact=STRING, card=STRINGS, files=STRINGS, verdict={"enum": ["agree", "differ", "alone"]}, path=STRING, **SPAN
)
UNATTRIBUTED = closed(text=STRING, reason={"enum": [reason.value for reason in Reason]}, **SPAN)
RESULTS = closed(columns=STRINGS, rows={"type": "array", "items": STRINGS}, **SPAN)
SCHEMA = {
    **closed(
        schema_version={"const": 1},
        path=STRING,
        metadata={
            "oneOf": [
                {"type": "null"},
                closed(**SPAN, data={}),
                closed(**SPAN, data={"type": "null"}, error=closed(message=STRING, **SPAN)),
            ]
        },
        blocks=CHILDREN,
        generator=NULLABLE,
        sections={"type": "array", "items": SECTION},
        claims={"type": "array", "items": CLAIM},
        unattributed={"type": "array", "items": UNATTRIBUTED},
        repository={"type": "array", "items": FACT},
        training=closed(
            hyperparameters={"type": "object", "additionalProperties": STRING},
            results={"type": "array", "items": RESULTS},
        ),
    ),
    "$defs": {"block": BLOCK},
}
VALIDATOR = Draft202012Validator(SCHEMA)

CARD = """\
---
license: mit
tags: [owls, night, sound, birds, forest, dusk, audio, small, edge, field]
model-index:
- name: owl-listener
  results:
  - task: {type: audio-classification, name: Audio Classification}
    dataset: {type: night/owls, name: Owls at Night, config: barn, split: train}
    metrics:
    - {type: accuracy, value: 0.9312, name: Accuracy}
    - {type: f1, value: 0.81, name: F1}
thumbnail:
---

# Owl listener 🦉

A small net that hears owls. It achieves the following results on the evaluation set:
- Loss: 0.2100
- Accuracy: 0.9312
- F1: 0.9001

## Intended uses & limitations

More information needed

## How to use

```python
listen("hoot")
```

- [x] barn owls
- [ ] 森のフクロウ

## License

## Training procedure

### Training hyperparameters

The following hyperparameters were used during training:
- learning_rate: 3e-05
- train_batch_size: 8
- seed: 7
- num_epochs: 3
- optimizer: Adam with betas=(0.9,0.999) and epsilon=1e-08

### Training results

| Training Loss | Epoch | Step | Validation Loss | Accuracy | F1     |
|:-------------:|:-----:|:----:|:---------------:|:--------:|:------:|
| No log        | 1.0   | 100  | 0.4400          | 0.8700   | 0.8400 |
| 0.3100        | 2.0   | 200  | 0.2100          | 0.9312   | 0.9001 |
| 0.1200        | 3.0   | 300  | 0.2900          | 0.9280   | 0.8950 |

### Framework versions

- Transformers 4.40.0
- Datasets 2.19.0
"""

FLATTENED = (
    "--- license: mit tags: - owls metrics: - accuracy model-index: - name: owl-listener results: [] --- "
    "# owl-listener This model hears owls. "
    "It achieves the following results on the evaluation set: - Loss: 0.2100 - Accuracy: 0.9312 "
    "## Model description More information needed ## Training procedure ### Training results "
    "| Training Loss | Epoch | Step | Validation Loss | Accuracy | |:---:|:---:|:---:|:---:|:---:| "
    "| 0.3100 | 1.0 | 100 | 0.2100 | 0.9312 | ### Framework versions - Transformers 4.40.0"
)


def card_of(text, path="README.md"):
    return parse(Source(path, text))


def shown(text):
    """The object of a card, which must be strict JSON and keep the schema."""
    output = show_json(card_of(text))
    output.encode()
    assert output.endswith("}\n")
    answer = json.loads(output, parse_constant=pytest.fail)
    VALIDATOR.validate(answer)
    return answer


def data_of(yaml):
    return shown(f"---\n{yaml}\n---\n")["metadata"]["data"]


def picture(text, *, width=80, color=False, unicode=True):
    return show_picture(card_of(text), width=width, color=color, unicode=unicode)


def places(answer):
    """Every start and end in an answer."""
    if isinstance(answer, dict):
        if "offset" in answer and "line" in answer:
            yield answer
        else:
            for value in answer.values():
                yield from places(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from places(value)


def check_places(answer, text):
    source = Source("README.md", text)
    parts = {key: answer[key] for key in ("blocks", "sections", "claims", "training")}
    if answer["metadata"]:
        parts["metadata"] = {key: answer["metadata"][key] for key in ("start", "end")}
    for place in places(parts):
        position = source.position(place["offset"])
        assert 0 <= place["offset"] <= len(text)
        assert (place["line"], place["column"]) == (position.line, position.column)


def check_order(blocks, start, end):
    """Blocks stand in their parent, in order."""
    for block in blocks:
        assert start <= block["start"]["offset"] <= block["end"]["offset"] <= end
        check_order(block["children"], block["start"]["offset"], block["end"]["offset"])
    starts = [block["start"]["offset"] for block in blocks]
    assert starts == sorted(starts)


@pytest.mark.parametrize("text", [CARD, FLATTENED, CARD.replace("\n", "\r\n"), "\ufeff" + CARD, ""])
def test_places_point_into_the_file_as_it_is(text):
    answer = shown(text)
    check_places(answer, text)
    check_order(answer["blocks"], 0, len(text))
    for claim in answer["claims"]:
        assert text[claim["start"]["offset"] : claim["end"]["offset"]] == claim["text"]
    for section in answer["sections"]:
        assert text.startswith("#", section["start"]["offset"])
        assert section["title"] in text[section["start"]["offset"] : section["end"]["offset"]]


def test_keys_stand_in_the_order_of_the_contract():
    answer = shown(CARD)
    assert list(answer) == [
        "schema_version", "path", "metadata", "blocks", "generator", "sections", "claims", "training",
        "unattributed", "repository",
    ]  # fmt: skip
    assert list(answer["metadata"]) == ["start", "end", "data"]
    assert list(answer["blocks"][0]) == ["type", "level", "text", "start", "end", "children"]
    assert list(answer["sections"][0]) == ["title", "level", "kinds", "state", "start", "end"]
    assert list(answer["claims"][0]) == [
        "metric", "label", "text", "value", "source", "dataset", "split", "task", "config", "variant",
        "setting", "grounds", "start", "end",
    ]  # fmt: skip
    assert answer["generator"] is None


def test_facts_of_a_card():
    answer = shown(CARD)
    assert [(section["title"], section["kinds"], section["state"]) for section in answer["sections"]] == [
        ("Owl listener 🦉", [], "filled"),
        ("Intended uses & limitations", ["intended-use", "limitations"], "placeholder"),
        ("How to use", ["how-to-use"], "filled"),
        ("License", ["license"], "empty"),
        ("Training procedure", ["training-procedure"], "filled"),
        ("Training hyperparameters", ["hyperparameters"], "filled"),
        ("Training results", ["results"], "filled"),
        ("Framework versions", ["framework-versions"], "filled"),
    ]
    claims = [(claim["metric"], claim["value"], claim["source"], claim["split"]) for claim in answer["claims"]]
    assert claims[:5] == [
        ("accuracy", "0.9312", "model-index", "train"),
        ("f1", "0.81", "model-index", "train"),
        ("loss", "0.2100", "summary", None),
        ("accuracy", "0.9312", "summary", None),
        ("f1", "0.9001", "summary", None),
    ]
    assert answer["training"]["hyperparameters"]["learning_rate"] == "3e-05"
    (results,) = answer["training"]["results"]
    assert results["columns"][0] == "Training Loss"
    assert results["rows"][0] == ["No log", "1.0", "100", "0.4400", "0.8700", "0.8400"]


def test_every_type_of_block():
    text = (
        "# A *b* `c`\n\nx [y](z)\nw\n\n3. one\n\n- [x] two\n- [ ] three\n- four\n\n> five\n\n---\n\n"
        "<div>\nsix\n</div>\n\n```py r\n  7\n```\n\n| a | b\\|c |\n|---|---|\n| *d* | e |\n\n$$\nn^2\n$$\n\n"
        "[^n]: note\n"
    )
    blocks = shown(text)["blocks"]
    brief = [{key: block[key] for key in block if key not in {"start", "end", "children"}} for block in blocks]
    assert brief == [
        {"type": "heading", "level": 1, "text": "A b c"},
        {"type": "paragraph", "text": "x y w"},
        {"type": "list", "ordered": True},
        {"type": "list", "ordered": False},
        {"type": "block_quote"},
        {"type": "thematic_break"},
        {"type": "html", "text": "<div>\nsix\n</div>"},
        {"type": "code_block", "language": "py", "text": "  7"},
        {"type": "table"},
        {"type": "math", "text": "n^2"},
        {"type": "footnote", "label": "n"},
    ]
    assert [row["cells"] for row in blocks[8]["children"]] == [["a", "b|c"], ["d", "e"]]
    items = blocks[3]["children"]
    assert [item.get("checked") for item in items] == [True, False, None]
    assert [item["children"][0]["text"] for item in items] == ["two", "three", "four"]
    assert [item["children"][0]["type"] for item in items] == ["paragraph"] * 3


def test_claims_keep_their_digits_and_their_unit():
    bullets = "- Accuracy: 93.40 %\n- R2: \u22120.50\n- Wer: 1E-05\n"
    claims = shown(f"It achieves the following results on the evaluation set:\n{bullets}")["claims"]
    assert [(claim["text"], claim["value"], claim.get("unit")) for claim in claims] == [
        ("93.40 %", "93.40", "percent"),
        ("\u22120.50", "-0.50", None),
        ("1E-05", "1E-05", None),
    ]
    assert [Decimal(claim["value"]) for claim in claims] == [Decimal("93.40"), Decimal("-0.50"), Decimal("0.00001")]


@pytest.mark.parametrize(
    ("yaml", "data"),
    [
        ("a: no\nb: off\nc: 010\nd: 0o17\ne: 0x1F", {"a": "no", "b": "off", "c": 10, "d": 15, "e": 31}),
        ("a: 1e-3\nb: 5.\nc: .5\nd: +7\ne: -0.0", {"a": 0.001, "b": 5, "c": 0.5, "d": 7, "e": 0}),
        ("a: ~\nb:\nc: 'null'\nd: True\ne: '1'", {"a": None, "b": None, "c": "null", "d": True, "e": "1"}),
        ("a: .inf\nb: -.INF\nc: .nan", {"a": ".inf", "b": "-.INF", "c": ".nan"}),
        ("a: 1e999\nb: 1e-999", {"a": "1e999", "b": "1e-999"}),
        ("a: 2024-01-02\nb: 12:30:45\nc: 1_000", {"a": "2024-01-02", "b": "12:30:45", "c": "1_000"}),
        ("a: 1\nb: 2\na: 3", {"a": 3, "b": 2}),
        ("1: x\ntrue: y\n~: z\n? [p, q]\n: w", {"1": "x", "true": "y", "~": "z", "[p, q]": "w"}),
        ("a: &x [1, {b: 2}]\nc: *x", {"a": [1, {"b": 2}], "c": [1, {"b": 2}]}),
        ("- 1\n- [a, []]", [1, ["a", []]]),
        ("# nothing", None),
        (
            "base: &b {x: 1, y: 2}\nuse:\n  x: 0\n  <<: *b\n  z: 3",
            {"base": {"x": 1, "y": 2}, "use": {"x": 0, "y": 2, "z": 3}},
        ),
        ("a:\n  <<: [{x: 1}, {x: 2, y: 3}]\n  y: 4", {"a": {"x": 1, "y": 4}}),
        ("a:\n  '<<': {x: 1}", {"a": {"<<": {"x": 1}}}),
        ("a:\n  <<: text", None),
    ],
)
def test_data_is_what_the_hub_reads(yaml, data):
    assert data_of(yaml) == data


@pytest.mark.parametrize(
    "digits", ["0.7648", "0.93406545752766511234", "123456789012345678901234567890", "2.50", "1e+30"]
)
def test_numbers_are_not_rounded(digits):
    output = show_json(card_of(f"---\na: {digits}\n---\n"))
    assert json.loads(output, parse_float=Decimal)["metadata"]["data"]["a"] == Decimal(digits)


def test_integers_beyond_every_double_stay_as_they_are_written():
    hexadecimal = "0x" + "f" * 5000
    assert data_of(f"a: {hexadecimal}\nb: {'9' * 400}") == {"a": hexadecimal, "b": "9" * 400}


@pytest.mark.parametrize(
    "grown",
    [
        "*a{0}, *a{0}, *a{0}, *a{0}, *a{0}, *a{0}, *a{0}, *a{0}",
        "{{<<: *m{0}, k{0}: [*a{0}, *a{0}, *a{0}, *a{0}]}}, {{? *a{0} : *a{0}}}",
    ],
)
def test_an_alias_bomb_does_not_go_off(grown):
    lines = ["a0: &a0 [bang]", "m0: &m0 {bang: bang}"]
    for level in range(1, 30):
        lines.append(f"a{level}: &a{level} [{grown.format(level - 1)}]")
        lines.append(f"m{level}: &m{level} {{<<: *m{level - 1}, n{level}: *a{level}}}")
    text = "\n".join(["---", *lines, "---", "# Bomb"])
    output = show_json(card_of(text))
    assert len(output) < 8 * MOST_COPIED
    assert re.search(r'"\*a\d+"', output)
    VALIDATOR.validate(json.loads(output))
    assert len(picture(text).splitlines()) < 200


def test_many_copies_of_a_long_text_are_bounded():
    yaml = f"a: &a {'x' * 100_000}\nb: [{', '.join(['*a'] * 1000)}]"
    items = data_of(yaml)["b"]
    assert len(items) == 1000
    assert items[0] == "x" * 100_000
    assert items[-1] == "*a"
    assert sum(map(len, items)) < 2 * MOST_COPIED


def test_deep_metadata():
    yaml = "a: " + "[" * 99 + "]" * 99
    assert json.dumps(data_of(yaml)) == '{"a": ' + "[" * 99 + "]" * 99 + "}"
    chain = ["a0: &a0 [x]", *(f"a{n}: &a{n} [[[[[[[[[[*a{n - 1}]]]]]]]]]]" for n in range(1, 50))]
    assert '"*a' in show_json(card_of("\n".join(["---", *chain, "---"])))


def test_a_line_that_says_that_one_is_left_out_is_not_drawn():
    for count in range(1, 12):
        index = "".join(f"- {{name: m{number}, results: [{{a: 1}}]}}\n" for number in range(count))
        drawn = picture(f"---\nmodel-index:\n{index}---\n# Owls\n")
        left_out = [int(number) for number in re.findall(r"… (\d+) more", drawn)]
        assert 1 not in left_out
        assert sum(left_out) + len(set(re.findall(r"\bm\d+\b", drawn))) == count


def test_broken_metadata_says_where():
    answer = shown("---\nlicense: mit\ntags: [owls\n---\n# Owls\n")
    assert answer["metadata"]["data"] is None
    assert answer["metadata"]["error"]["start"]["line"] in {2, 3}
    assert "broken YAML on line" in picture("---\nlicense: mit\ntags: [owls\n---\n# Owls\n")


@pytest.mark.parametrize("text", ["", "# Owls\n", "---\nlicense: mit\n# Owls\n", "Hello\n\n---\nlicense: mit\n---\n"])
def test_no_metadata_is_null(text):
    assert shown(text)["metadata"] is None
    assert "Metadata" in picture(text)


def test_undecodable_bytes_and_line_separators():
    output = show_json(parse(read(b"# a \xff b\n\nc\xe2\x80\xa8d\n")))
    assert json.loads(output)["blocks"][0]["text"] == "a \ufffd b"
    assert "\u2028" not in output


@needs_seeds
def test_seeds():
    states = {}
    for path in sorted(SEEDS.glob("*.md")):
        text = path.read_text("utf-8")
        answer = shown(text)
        check_places(answer, text)
        check_order(answer["blocks"], 0, len(text))
        placeholders = [part["title"] for part in answer["sections"] if part["state"] == "placeholder"]
        claims = {(claim["source"], claim["metric"]): claim["value"] for claim in answer["claims"]}
        states[path.name[:3]] = (placeholders, claims, answer)
        assert "\x1b" not in picture(text, width=60, unicode=False)
    blank = ["Model description", "Intended uses & limitations", "Training and evaluation data"]
    assert [states[name][0] for name in ("000", "001", "003", "004")] == [blank, blank[1:], blank, []]
    assert states["001"][1]["model-index", "f1"] == "0.9340654575276651"
    assert states["001"][1]["summary", "f1"] == "0.9341"
    assert states["004"][2]["metadata"]["data"]["model-index"][0]["results"] == []
    assert states["002"][2]["metadata"]["data"]["model-index"][0]["name"] == "outputs"


@needs_seeds
def test_the_picture_of_a_seed_says_what_agrees():
    (path,) = SEEDS.glob("000_*")
    drawn = picture(path.read_text("utf-8"), unicode=False)
    assert "= 3 agree  ! 0 differ" in drawn
    assert "> step 20000: the reported row; highest Accuracy, F1" in drawn


@pytest.mark.parametrize(("name", "unicode"), [("show.txt", True), ("show-ascii.txt", False)])
def test_snapshot(name, unicode):
    drawn = picture(CARD, unicode=unicode)
    snapshot = SNAPSHOTS / name
    assert drawn == snapshot.read_text("utf-8"), f"if this is meant, write it to {snapshot.name}"


def test_the_ledger_marks_what_differs():
    drawn = picture(CARD)
    claims = drawn[drawn.index("Claims") :]
    assert re.search(r"^✓  Accuracy +0\.9312 +0\.9312 +0\.9312$", claims, re.MULTILINE)
    assert re.search(r"^✗  F1 +0\.81 +0\.9001 +0\.9001$", claims, re.MULTILINE)
    assert "night/owls / barn / train" in claims


def test_without_color_there_is_no_escape_and_with_it_the_words_are_the_same():
    colored = picture(CARD, color=True)
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == picture(CARD)


@pytest.mark.parametrize("name", ["NO_COLOR", "FORCE_COLOR", "COLUMNS", "TTY_COMPATIBLE"])
def test_the_environment_changes_nothing(monkeypatch, name):
    before = picture(CARD), picture(CARD, color=True)
    monkeypatch.setenv(name, "1")
    assert (picture(CARD), picture(CARD, color=True)) == before


@pytest.mark.parametrize("width", [1, 40, 60, 100, 160])
def test_no_line_is_wider_than_asked(width):
    for line in picture(CARD, width=width).splitlines():
        assert cell_len(line) <= max(width, 40)
        assert line == line.rstrip()


def test_ascii_is_ascii():
    assert picture(CARD.replace("🦉", "").replace("森のフクロウ", ""), unicode=False).isascii()


def test_the_cards_text_is_neither_markup_nor_command():
    text = '---\nlicense: "[red]\\e[31m\\x9b1m"\ntags: [\'[/]\', "\\u202e"]\n---\n# [bold]A\x1b[2J :smile: \x07\n'
    drawn = picture(text)
    assert "[bold]A" in drawn
    assert "[red]" in drawn
    assert ":smile:" in drawn
    assert not re.search("[\0-\x09\x0b-\x1f\x7f-\x9f\u202e]", drawn)


def test_what_is_long_is_folded():
    sections = "".join(f"## Part {number}\n\ntext\n\n" for number in range(1000))
    keys = "\n".join(f"key{number}: {number}" for number in range(1000))
    rows = "".join(f"| {number} | 0.{number} |\n" for number in range(1000))
    table = f"| Step | Validation Loss |\n|---|---|\n{rows}"
    drawn = picture(f"---\n{keys}\n---\n# Long\n\n{table}\n{sections}")
    assert "… 960 more" in drawn
    assert "… 881 more sections" in drawn
    assert re.search(r"… \d+ more rows", drawn)
    assert len(drawn.splitlines()) < 250


@pytest.mark.parametrize("count", [1_200, pytest.param(12_000, marks=pytest.mark.slow)])
def test_a_huge_front_matter(count):
    metrics = "\n".join(f"    - type: m{number}\n      value: 0.{number}" for number in range(count))
    text = f"---\nmodel-index:\n- name: big\n  results:\n  - metrics:\n{metrics}\n---\n"
    assert len(shown(text)["claims"]) == count
    assert f"… {count - 40} more rows" in picture(text)


def test_no_secret_is_shown_whole():
    secret = "hf_" + "KqWzRtYpLm" * 3 + "Hsdf"  # put together here, so that no scanner takes it for one
    text = f"---\nlicense: {secret}\n{secret}: x\n---\n# {secret}\n\nlog in with `{secret}`\n\n```\n{secret}\n```\n"
    for output in (show_json(card_of(text)), picture(text, width=120)):
        assert secret[:6] in output
        assert secret[:7] not in output


def test_no_line_of_a_key_is_shown():
    lines = ["MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw" + 4 * letter + 24 * "bXq7" for letter in "cdefg"]
    head, foot = (f"-----{word} PRIVATE KEY-----" for word in ("BEGIN", "END"))
    escaped = "\\n".join([head, *lines, foot])
    key = "\n".join([head, *lines, foot])
    text = f'---\nlicense: "{escaped}"\n---\n# Key\n\n{key}\n\n- {key}\n\n```\n{key}\n```\n'
    for output in (show_json(card_of(text)), picture(text, width=120)):
        assert "PRIVATE" in output or "-----B" in output
        assert "MIIEv" not in output


FRAGMENTS = st.sampled_from(
    [
        *(
            "---\n",
            "\n",
            "\n\n",
            "# A\n",
            "### b\n",
            "- x: 1\n",
            "> q\n",
            "```\n",
            "[^a]: b\n",
            "$$\n",
            "model-index:\n",
        ),
        *(
            "| Step | Loss |\n|--|--|\n| 1 | 2 |\n",
            "- name: a\n  results:\n  - metrics:\n    - type: wer\n      value: 1\n",
        ),
        *("&a [*a]\n", "<<: *a\n", "a: &a b\n", "--- license: mit tags: - a --- # b ", "\t", "\r", "\0", "\x1b[31m"),
        *("## Model description More information needed ", "\ud800", "\u202e", "森", "👩\u200d🚀"),
        "It achieves the following results on the evaluation set:\n- Wer: 5 %\n",
        "The following hyperparameters were used during training:\n- seed: 1\n",
    ]
)
CARDS = st.one_of(st.text(), st.lists(st.one_of(FRAGMENTS, st.text(max_size=8)), max_size=30).map("".join))


@settings(deadline=None)
@given(CARDS)
def test_any_text_has_its_json(text):
    answer = shown(text)
    check_places(answer, text)
    check_order(answer["blocks"], 0, len(text))


@settings(max_examples=examples(60), deadline=None)
@given(CARDS, st.integers(1, 200), st.booleans())
def test_any_text_has_its_picture(text, width, unicode):
    drawn = picture(text, width=width, unicode=unicode)
    assert drawn.endswith("\n")
    assert not re.search("[\0-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", drawn)
    assert max(cell_len(line) for line in drawn.splitlines()) <= max(width, 40)


def test_rich_is_imported_only_for_the_picture():
    import subprocess
    import sys

    code = "import sys, cardlint.commands.show.show; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


ACCURACIES = ("0.50", "0.61", "0.7", "0.75", "0.93")


def drawn_curves(losses, **kind):
    rows = "".join(f"| {loss} | {step}00 | {accuracy} |\n" for step, (loss, accuracy) in enumerate(losses, 1))
    drawn = picture(f"# Owls\n\n| Validation Loss | Step | Accuracy |\n|---|---|---|\n{rows}", **kind)
    return drawn[drawn.index("Training results") :]


def test_results_are_drawn_as_curves():
    losses = [*zip(("4.0", "3.0", "2.0", "1.5", "1.0"), ACCURACIES, strict=True)]
    drawn = drawn_curves(losses)
    assert "Validation Loss  4.0 → 1.0" in drawn
    assert "Accuracy  0.50 → 0.93" in drawn
    top = drawn[drawn.index("Accuracy  0.50") :].splitlines()[1]
    assert re.search(r"█+ +4\.0 +█+ +0\.93$", top)
    assert drawn_curves(losses, unicode=False).isascii()
    assert "→" not in drawn_curves(losses[:4])  # few points are read faster as numbers


def test_steep_curves_are_drawn_by_powers_of_ten():
    losses = [*zip(("1000", "100", "10", "1", "nan", "0.1"), (*ACCURACIES, "0.94"), strict=True)]
    drawn = drawn_curves(losses).splitlines()
    (start,) = (index for index, line in enumerate(drawn) if line.startswith("Validation Loss  1000"))
    assert [line[0] for line in drawn[start + 1 : start + 5]] == ["█", "█", "█", "█"]
    assert [line[5:7].strip() for line in drawn[start + 1 : start + 5]] != ["", "", "", ""]


@pytest.mark.parametrize("texts", [("1e400",) * 6, ("1e300", "-1e300") * 3, ("5e-324", "1e300") * 3, ("0.5",) * 6])
def test_curves_of_any_numbers(texts):
    assert drawn_curves([*zip(texts, (*ACCURACIES, "1e400"), strict=True)])


def test_the_ledger_has_a_column_for_tables_and_one_for_sentences():
    metrics = "    - {type: accuracy, value: 0.9}\n    - {type: wer, value: 12.3}\n"
    result = "  - dataset: {type: barn, name: barn}\n    metrics:\n"
    head = f"---\nmodel-index:\n- name: owls\n  results:\n{result}{metrics}---\n"
    table = "| Dataset | Accuracy |\n|---|---|\n| barn | 0.90 |\n| loft | 0.95 |\n"
    drawn = picture(f"{head}# owls\n\n{table}\nIt has a WER of 14.1 %.\n")
    claims = drawn[drawn.index("Claims") :]
    assert "✓ 1 agree  ✗ 1 differ  · 1 stated once" in claims
    assert re.search(r"^ +model-index +table +prose$", claims, re.MULTILINE)
    assert re.search(r"^✓  accuracy +0\.9 +0\.90$", claims, re.MULTILINE)
    assert re.search(r"^✗  wer +12\.3 +14\.1 %$", claims, re.MULTILINE)
    assert re.search(r"^·  Accuracy +0\.95$", claims, re.MULTILINE)


def test_a_claim_of_another_file_says_where_it_stands(tmp_path):
    (tmp_path / ".eval_results").mkdir()
    (tmp_path / ".eval_results" / "owls.yaml").write_text("- dataset: {id: a/b, task_id: c}\n  value: 0.4\n", "utf-8")
    card = parse(Source("README.md", "# owls\n"), Folder(tmp_path))
    (claim,) = json.loads(show_json(card))["claims"]
    assert claim["path"] == ".eval_results/owls.yaml"
    assert claim["start"] == {"line": 2, "column": 10, "offset": 42}


WHY = """\
---
model-index:
- name: owl
  results:
  - task: {type: audio-classification}
    dataset: {type: night/owls, name: Owls}
    metrics:
    - {type: accuracy, value: 0.91}
---

# owl

## Results

| Metric | owl | Lake-7B |
|---|---|---|
| Accuracy | 0.91 | 0.85 |

It has 12 layers. BERT reaches an accuracy of 0.70. The model reaches about 95.0% recall.
"""


def why(line, text=WHY):
    return {number.text: number for number in explain_line(parse(read(text.encode())), line)}


def test_why_gives_the_five_answers_of_each_number():
    claim, other = why(17).values()
    assert claim.is_claim
    assert [(answer.question, answer.holds) for answer in claim.answers] == [(name, True) for name in QUESTIONS]
    assert claim.compared == ("agrees with 0.91 in the metadata (line 8)",)
    assert not other.is_claim
    assert {answer.question: answer.words for answer in other.answers}["subject"] == "another model: Lake-7B"


def test_why_names_the_question_that_is_open():
    numbers = why(19)
    questions = {
        text: next(answer.question for answer in number.answers if answer.holds is False)
        for text, number in numbers.items()
    }
    assert questions == {"12": "metric", "0.70": "subject", "95.0%": "absolute"}


def test_why_says_in_a_word_why_a_value_is_not_compared():
    text = WHY.replace("| Metric | owl |", "| Metric | owl (int8) |").replace("| 0.91 |", "| 0.93 |")
    assert why(17, text)["0.93"].compared == ("not compared with 0.91 in the metadata (line 8): setting",)


def test_why_of_a_number_in_the_metadata():
    assert why(8)["0.91"].is_claim


@pytest.mark.parametrize("line", [0, 99])
def test_why_of_a_line_that_is_not_there(line):
    with pytest.raises(MissingLineError, match="20 lines"):
        why(line)


@needs_seeds
@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.md")), ids=lambda path: path.name)
def test_why_of_every_line_of_a_seed(path):
    card = parse(read(path.read_bytes()))
    for line in range(1, len(card.original.lines) + 1):
        document = json.loads(why_json(card, line))
        assert all(list(number["answers"]) == list(QUESTIONS) for number in document["numbers"])
        drawn = why_picture(card, line, width=60, color=False, unicode=False)
        assert all(cell_len(text) <= 60 for text in drawn.splitlines())


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("## Lighthouse\n\nText.\n\n# Usage\n\nLoad it.\n", "Lighthouse"),
        ("<h1>Lighthouse<h1/>\n\nText.\n\n# Summary\n\nSmall.\n", "Lighthouse"),
        ("[![chat](badge.svg)](https://example.org)\n\n## Usage\n\nLoad it.\n", "no title"),
    ],
)
def test_the_picture_begins_with_the_title_that_the_rules_read(body, title):
    card = parse(Source("README.md", body))
    assert show_picture(card, width=80, color=False, unicode=True).splitlines()[0].strip() == title
    assert (card.title.text if card.title else "no title") == title


# What the files beside a card state


BESIDE = {
    "eval_results.json": '{"eval_accuracy": 0.93124999, "eval_f1": 0.71234, "eval_loss": 0.21, "eval_runtime": 3.1}',
    "adapter_config.json": '{"base_model_name_or_path": "night/ears", "peft_type": "LORA", "r": 16, "lora_alpha": 32}',
    "LICENSE": "Permission is hereby granted, free of charge, to any person obtaining a copy of this software to deal "
    "in the Software without restriction, including without limitation the rights to use, copy, modify, sublicense, "
    "and/or sell copies of the Software.",
}
OF_ADAPTER = """\
---
license: apache-2.0
base_model: night/ears
---

# Owl listener

A small net that hears owls. It achieves the following results on the evaluation set:
- Loss: 0.2100
- Accuracy: 0.9312
- F1: 0.8123

## Adapter

- LoRA rank: 8
"""


def card_beside(folder, text, files=BESIDE):
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return parse(read(text.encode(), (folder / "README.md").as_posix()), Folder(folder))


def test_the_ledger_has_a_column_for_files(tmp_path):
    drawn = show_picture(card_beside(tmp_path, OF_ADAPTER), width=80, color=False, unicode=True)
    claims = drawn[drawn.index("Claims") : drawn.index("Repository")]
    assert "✓ 2 agree  ✗ 1 differ  · 0 stated once" in claims
    assert re.search(r"^ +summary +files$", claims, re.MULTILINE)
    assert re.search(r"^✓  Accuracy +0\.9312 +0\.931249…$", claims, re.MULTILINE)
    assert re.search(r"^✗  F1 +0\.8123 +0\.71234$", claims, re.MULTILINE)
    assert "runtime" not in claims


def test_facts_of_files_are_drawn_beside_those_of_the_card(tmp_path):
    drawn = show_picture(card_beside(tmp_path, OF_ADAPTER), width=80, color=False, unicode=True)
    facts = drawn[drawn.index("Repository") :]
    assert "✓ 1 agree  ✗ 2 differ  · 3 stated once" in facts
    assert re.search(r"^✓  base model +night/ears +night/ears +adapter_config\.json:1$", facts, re.MULTILINE)
    assert re.search(r"^·  library +peft +adapter_config\.json:1$", facts, re.MULTILINE)
    assert re.search(r"^✗  license +apache-2\.0 +mit +LICENSE:1$", facts, re.MULTILINE)
    assert re.search(r"^✗  rank +8 +16 +adapter_config\.json:1$", facts, re.MULTILINE)


def test_facts_and_results_of_files_are_in_json(tmp_path):
    answer = json.loads(show_json(card_beside(tmp_path, OF_ADAPTER)))
    VALIDATOR.validate(answer)
    assert [(fact["fact"], fact["card"], fact["files"], fact["verdict"]) for fact in answer["repository"]] == [
        ("base model", ["night/ears"], ["night/ears"], "agree"),
        ("relation", [], ["adapter"], "alone"),
        ("library", [], ["peft"], "alone"),
        ("license", ["apache-2.0"], ["mit"], "differ"),
        ("rank", ["8"], ["16"], "differ"),
        ("alpha", [], ["32"], "alone"),
    ]
    claims = [claim for claim in answer["claims"] if claim["source"] == "repository"]
    assert [(claim["metric"], claim["value"]) for claim in claims] == [
        ("accuracy", "0.93124999"),
        ("f1", "0.71234"),
        ("loss", "0.21"),
    ]
    assert all(claim["path"].endswith("eval_results.json") for claim in claims)


def test_a_file_of_another_evaluation_is_not_drawn_as_a_contradiction(tmp_path):
    text = "# Owls\n\nResults on the test set:\n\n| Metric | Value |\n|---|---|\n| F1 | 0.8123 |\n"
    drawn = show_picture(
        card_beside(tmp_path, text, {"eval_results.json": '{"eval_f1": 0.71}'}), width=80, color=False, unicode=True
    )
    assert "✗ 0 differ" in drawn[drawn.index("Claims") :]


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_about_files_is_wider_than_asked(tmp_path, width):
    long = {"adapter_config.json": BESIDE["adapter_config.json"].replace("night/ears", f"night/{'ears-' * 15}x")}
    drawn = show_picture(card_beside(tmp_path, OF_ADAPTER, {**BESIDE, **long}), width=width, color=False, unicode=True)
    assert max(map(cell_len, drawn.splitlines())) <= width


def test_a_card_without_files_has_no_part_about_them():
    assert "Repository" not in picture(OF_ADAPTER)
    assert shown(OF_ADAPTER)["repository"] == []
