"""A card as a whole: any bytes make one, its facts are those it states, and line ends change nothing."""

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from real_cards import SEEDS, needs_archive, needs_seeds, sample

from cardlint.card.card import parse
from cardlint.card.frontmatter import FrontMatterState
from cardlint.card.markdown.tree import Row
from cardlint.card.numbers.number import agree, parse_number
from cardlint.card.text.sections import SectionState
from cardlint.card.yaml.nodes import Alias, resolve
from cardlint.config.selection import ActiveRule
from cardlint.linting.linter import lint
from cardlint.registry import load_rules
from cardlint.source import Source, read

RULES = load_rules()
# Line ends are all that this one looks at.
ACTIVE = [ActiveRule(rule, {}, None) for rule in RULES.values() if rule.name != "irregular-newlines"]

CARD = """\
---
license: apache-2.0
tags:
- generated_from_trainer
metrics:
- accuracy
model-index:
- name: small-model
  results:
  - task:
      type: text-classification
    dataset:
      name: Reviews
      type: reviews
      config: en
      split: validation
    metrics:
    - name: Accuracy
      type: accuracy
      value: 0.9340
    - type: f1
      value: '93.1 %'
    - type: notes
      value: words
---

# small-model

This model judges reviews. It achieves the following results on the evaluation set:
- Loss: 0.2500
- **Accuracy**: 0.934
- Runtime: 12.5

## Model description

More information needed

## Uses

### Direct Use

- **For whom:** [More Information Needed]

### Downstream Use

## Training hyperparameters

The following hyperparameters were used during training:
- learning_rate: 5e-05
- train_batch_size: 16
- optimizer: AdamW with betas=(0.9,0.999)

### Training results

| Training Loss | Epoch | Step | Validation Loss | Accuracy |
|:-------------:|:-----:|:----:|:---------------:|:--------:|
| No log        | 1.0   | 10   | 0.3             | 0.91     |
| 0.2           | 2.0   | 20   | 0.2500          | **0.934**|

### Framework versions

- Transformers 4.40.1
- Pytorch: 2.3.0+cu121
"""


def look_at_everything(card):
    """Ask for every view of a card, and for the inline elements of all its text."""
    seen = [card.sections, card.placeholders, card.claims, card.training, card.metadata.comments, card.conflicts]
    seen += [card.template_tags, card.has_foreign_metadata, card.is_lfs_pointer]
    for section in card.sections:
        seen += [section.kinds, section.span, section.state, list(section.walk())]
    for block in card.body.walk():
        contents = [cell.content for cell in block.cells] if isinstance(block, Row) else []
        if hasattr(block, "content"):
            contents.append(block.content)
        seen += [card.body.plain(content) for content in contents]
    for node in card.metadata.walk():
        seen.append(resolve(node).span if isinstance(node, Alias) else node.span)
    return seen


@given(st.one_of(st.text(), st.text(st.sampled_from("-\n\r :ab#*|>[]`\"'\ufeff\0&!{}%\t"))))
@example("---\na: [\n---\n")
@example("\ud800")
@example("--- license: mit --- # a ## b")
def test_any_text_is_a_card(text):
    look_at_everything(parse(Source("README.md", text)))


@given(st.binary())
def test_any_bytes_are_a_card(data):
    look_at_everything(parse(read(data)))


@given(st.integers(0, len(CARD)), st.text(max_size=5), st.integers(0, 40))
def test_a_card_with_a_piece_changed_is_linted(place, text, gone):
    card = parse(Source("README.md", CARD[:place] + text + CARD[place + gone :]))
    look_at_everything(card)
    assert not lint(card, ACTIVE, known=RULES).bugs


@given(st.integers(0, len(CARD)), st.integers(0, len(CARD)))
def test_a_part_of_a_card_is_linted(start, end):
    card = parse(Source("README.md", CARD[start:end]))
    look_at_everything(card)
    assert not lint(card, ACTIVE, known=RULES).bugs


def test_facts():
    card = parse(Source("README.md", CARD))
    assert card.front_matter.state is FrontMatterState.VALID
    assert {section.title: section.state.value for section in card.sections} == {
        "small-model": "filled",
        "Model description": "placeholder",
        "Uses": "placeholder",
        "Direct Use": "placeholder",
        "Downstream Use": "empty",
        "Training hyperparameters": "filled",
        "Training results": "filled",
        "Framework versions": "filled",
    }
    assert [(claim.metric, claim.text, claim.source) for claim in card.claims] == [
        ("accuracy", "0.9340", "model-index"),
        ("f1", "93.1 %", "model-index"),
        ("loss", "0.2500", "summary"),
        ("accuracy", "0.934", "summary"),
        ("loss", "0.3", "results-row"),
        ("accuracy", "0.91", "results-row"),
        ("loss", "0.2500", "results-row"),
        ("accuracy", "0.934", "results-row"),
    ]
    assert {name: bullet.text for name, bullet in card.training.hyperparameters.items()} == {
        "learning_rate": "5e-05",
        "train_batch_size": "16",
        "optimizer": "AdamW with betas=(0.9,0.999)",
    }
    assert card.training.results[0].rows == (
        ("No log", "1.0", "10", "0.3", "0.91"),
        ("0.2", "2.0", "20", "0.2500", "0.934"),
    )
    assert card.training.versions == {"Transformers": "4.40.1", "Pytorch": "2.3.0+cu121"}
    assert [placeholder.label for placeholder in card.placeholders] == ["", "For whom"]


def test_a_claim_says_what_it_is_about():
    claim = parse(Source("README.md", CARD)).claims[0]
    assert (claim.task, claim.dataset, claim.config, claim.split) == (
        "text-classification",
        "reviews",
        "en",
        "validation",
    )
    assert str(claim.value) == "0.9340"
    assert (claim.label, claim.unit) == ("Accuracy", None)


def test_every_fact_stands_where_its_span_says():
    card = parse(Source("README.md", CARD))
    for claim in card.claims:
        assert card.source.slice(claim.span).strip("'") == claim.text
    for bullet in card.training.hyperparameters.values():
        assert card.source.slice(bullet.span) == bullet.text
        assert card.source.slice(bullet.whole) == f"- {bullet.label}: {bullet.text}"
    for section in card.sections:
        assert card.source.slice(section.span).startswith("#" * section.level + " " + section.title)


@pytest.mark.parametrize(
    ("bullet", "label", "text"),
    [
        ("Accuracy: 0.9", "Accuracy", "0.9"),
        ("**Accuracy:** 0.9", "Accuracy", "0.9"),
        ("**Accuracy**: **0.9**", "Accuracy", "0.9"),
        ("`seed`: `42`", "seed", "42"),
        ("`seed` = 42", "seed", "42"),
        ("optim: adamw_8bit", "optim", "adamw_8bit"),
        ("name: _a_b_", "name", "a_b"),
        ("a: ", "a", ""),
        ("words", None, None),
    ],
)
def test_bullets(bullet, label, text):
    source = Source("README.md", f"The following hyperparameters were used:\n- {bullet}\n")
    found = list(parse(source).training.hyperparameters.values())
    assert [(one.label, one.text, source.slice(one.span)) for one in found] == (
        [] if label is None else [(label, text, text)]
    )


def test_sections_of_sections():
    card = parse(Source("README.md", "text\n\n# a\n\n### b\n\nwords\n\n## c\n\n# d\n"))
    assert [(section.title, section.parent.title if section.parent else None) for section in card.sections] == [
        ("a", None),
        ("b", "a"),
        ("c", "a"),
        ("d", None),
    ]
    assert [section.title for section in card.sections[0].walk()] == ["a", "b", "c"]
    assert [section.own_state for section in card.sections] == [
        SectionState.EMPTY,
        SectionState.FILLED,
        SectionState.EMPTY,
        SectionState.EMPTY,
    ]
    assert card.source.slice(card.sections[0].span).endswith("## c")


def test_a_metric_that_aliases_repeat_is_one_claim():
    text = (
        "---\nm: &m\n- {type: accuracy, value: 0.5}\nmodel-index:\n- results:\n  - metrics: *m\n  - metrics: *m\n---\n"
    )
    assert len(parse(Source("README.md", text)).claims) == 1


def findings(text):
    """Every finding with its places as people count them."""
    source = Source("README.md", text)
    result = lint(parse(source), ACTIVE, known=RULES)
    assert not result.bugs
    return [
        (
            finding.rule.name,
            finding.message,
            source.position(finding.span.start),
            source.position(finding.span.end),
            [source.position(place.span.start) for place in finding.problem.related if place.source is None],
        )
        for finding in result.findings
    ]


def check_line_ends(text):
    regular = re.sub("\r\r\n|\r\n|\r", "\n", text)
    expected = findings(regular)
    for end in ("\r\n", "\r", "\r\r\n"):
        assert findings(regular.replace("\n", end)) == expected, repr(end)
    return expected


BROKEN = [
    CARD,
    CARD.replace("value: 0.9340", "value: 0.87"),
    CARD.replace("license: apache-2.0", "license: apache-2.0\nlicense: mit"),
    CARD.replace("- accuracy\nmodel", "- accuracy: b: c\nmodel"),
    CARD.replace("tags:\n- gen", "tags:\n\t- gen"),
    CARD.replace("---\n\n# small", "----\n\n# small"),
    "\n".join(CARD.split("\n---\n\n")),
    "# Title\n\n" + CARD,
    "\ufeff" + CARD,
    CARD.replace("---\nlicense", "--- \nlicense"),
    CARD.replace("## Uses", "<<<<<<< ours\n## Uses\n=======\n## Use\n>>>>>>> theirs"),
    CARD.replace("small-model\n", "{{ model_name }}\n"),
    CARD.replace("## Uses", "<!-- cardlint-disable-next-line -->\n\n## Uses"),
    CARD.replace("size: 16", "size: 16\n- gradient_accumulation_steps: 2\n- total_train_batch_size: 16"),
    "---\n- a\n---\n",
    "---\n\n---\n# Title\n",
    "",
    "# Title\n",
    "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_line_ends_change_no_finding(number):
    check_line_ends(BROKEN[number])


def test_those_cards_have_findings():
    assert len({name for text in BROKEN for name, *_ in findings(text)}) >= 10


@needs_archive
def test_line_ends_change_no_finding_of_real_cards():
    for _, data in sample(100, seed=6):
        text = read(data).text
        if len(text) < 60_000:
            check_line_ends(text)


def seeds():
    return [parse(read(path.read_bytes(), path.name)) for path in sorted(SEEDS.glob("*.md"))]


@needs_seeds
def test_the_seeds_line_ends():
    for card in seeds():
        check_line_ends(card.original.text)


@needs_seeds
def test_the_seeds_facts():
    cards = seeds()
    assert [card.recovery is not None for card in cards] == [False, True, False, False, True]
    placeholders = [[s.kinds for s in card.sections if s.state is SectionState.PLACEHOLDER] for card in cards]
    three = [("description",), ("intended-use", "limitations"), ("training-data", "evaluation")]
    assert placeholders == [three, three[1:], [], three, []]
    assert not any(section.state is SectionState.EMPTY for card in cards for section in card.sections)
    evaluated = [
        [(claim.metric, str(claim.value)) for claim in card.claims if claim.source == source]
        for card in cards
        for source in ("model-index", "summary")
    ]
    assert evaluated == [
        [("accuracy", "0.7648"), ("f1", "0.7648")],
        [("loss", "0.5842"), ("accuracy", "0.7648"), ("f1", "0.7648")],
        [("accuracy", "0.934"), ("f1", "0.9340654575276651")],
        [("loss", "0.1526"), ("accuracy", "0.934"), ("f1", "0.9341")],
        [("accuracy", "0.8386491557223265")],
        [("loss", "0.7927"), ("accuracy", "0.8386")],
        [
            ("accuracy", "0.5504"),
            ("f1", "0.5457527808330634"),
            ("precision", "0.5428695841337288"),
            ("recall", "0.5504"),
        ],
        [("loss", "1.0560"), ("accuracy", "0.5504"), ("f1", "0.5458"), ("precision", "0.5429"), ("recall", "0.5504")],
        [],
        [("loss", "0.0852"), ("accuracy", "0.9804")],
    ]
    rates = [card.training.hyperparameters["learning_rate"].text for card in cards]
    assert rates == ["5e-05", "2e-05", "2e-05", "5e-05", "2e-05"]
    batches = [card.training.hyperparameters["train_batch_size"].text for card in cards]
    assert batches == ["16", "124", "64", "16", "16"]
    assert [len(card.training.hyperparameters) for card in cards] == [13, 7, 7, 8, 8]
    assert [[len(table.rows) for table in card.training.results] for card in cards] == [[9], [5], [5], [3], [3]]


@pytest.mark.parametrize(
    ("text", "value", "percent"),
    [
        ("0.93", "0.93", False),
        (" 0.930 ", "0.930", False),
        ("93.4%", "93.4", True),
        ("93.4 %", "93.4", True),
        ("93,4 %", None, False),
        ("-1", "-1", False),
        ("+.5", "0.5", False),
        ("\u22120.5", "-0.5", False),
        ("5.", "5", False),
        ("5e-05", "0.00005", False),
        ("1E3", "1E+3", False),
        ("1e9999", "1E+9999", False),
        ("1e-9999", "1E-9999", False),
        ("1e10000", None, False),
        ("0.1e-10000", None, False),
        ("1e999999999", None, False),
        ("1e9999999999", None, False),
        pytest.param("9" * 10_001, None, False, id="10,001 digits"),
        ("0,93", None, False),
        ("1,234", None, False),
        ("12.3.4", None, False),
        ("NaN", None, False),
        ("nan", None, False),
        ("inf", None, False),
        ("\u221e", None, False),
        ("０.９３", None, False),
        ("٣", None, False),
        ("1_000", None, False),
        ("0x1f", None, False),
        ("0.93 ± 0.1", None, False),
        ("~0.93", None, False),
        ("**0.93**", None, False),
        (".", None, False),
        ("%", None, False),
        ("", None, False),
    ],
)
def test_numbers(text, value, percent):
    number = parse_number(text)
    assert (number is None) == (value is None)
    if number:
        assert number.value == Decimal(value)
        assert (number.percent, number.text) == (percent, text.strip())


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("0.934", "0.934", True),
        ("0.9340", "0.934", True),
        # rounded, cut off, and neither
        ("0.9346", "0.935", True),
        ("0.9346", "0.934", True),
        ("0.9346", "0.936", False),
        ("0.9346", "0.933", False),
        ("0.9345", "0.935", True),
        ("0.93451", "0.9345", True),
        ("0.91", "0.934", False),
        # percent and fraction
        ("0.934", "93.4%", True),
        ("0.934", "93.4", True),
        ("0.934", "93", True),
        ("93.4%", "0.9344", True),
        ("93.4%", "0.9351", False),
        ("0.5", "5", False),
        # exponents
        ("5e-05", "0.00005", True),
        ("5e-5", "5.0E-05", True),
        ("5e-5", "5e-4", False),
        ("0.92", "0.92e-03", False),
        # signs
        ("-0.5", "-0.50", True),
        ("-0.5", "0.5", False),
        ("-0.56", "-0.5", True),
        ("0", "0.0", True),
        ("-0.0", "0.0", True),
        # beyond any metric
        ("1e9999", "1e9999", True),
        ("1e9999", "1", False),
        ("1e-9999", "0.5", False),
        ("9" * 5_000, "9" * 5_000, True),
    ],
)
def test_agreement(one, other, expected):
    first, second = parse_number(one), parse_number(other)
    assert agree(first, second) is expected
    assert agree(second, first) is expected


NUMBERS = st.from_regex(r"-?[0-9]{1,4}(\.[0-9]{1,6})?(e-?[0-9]{1,2})?( ?%)?", fullmatch=True)


@given(NUMBERS, NUMBERS)
def test_agreement_goes_both_ways(one, other):
    first, second = parse_number(one), parse_number(other)
    assert agree(first, first)
    assert agree(first, second) == agree(second, first)


@given(st.decimals(0, 1, places=8), st.integers(1, 7))
def test_a_number_agrees_with_itself_rounded_and_in_percent(value, places):
    exact = parse_number(f"{value:f}")
    assert agree(exact, parse_number(f"{value:.{places}f}"))
    assert agree(exact, parse_number(f"{value * 100:.{places}f}%"))
