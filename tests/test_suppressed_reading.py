"""Rules read a card as if the comments that suppress their findings were not there."""

import pytest

from cardlint.card.card import parse
from cardlint.config.selection import ActiveRule
from cardlint.finding import Safety
from cardlint.fixing.rounds import fix_card
from cardlint.linting.linter import lint
from cardlint.linting.suppression.suppressions import find_suppressions
from cardlint.registry import load_rules
from cardlint.source import Source

RULES = load_rules()
ACTIVE = [ActiveRule(rule, {}, None) for rule in RULES.values() if rule.default]

CARD = """---
license: mit
tags:
- generated_from_trainer
---

# owls

This model is a fine-tuned version of [coast/owl](https://huggingface.co/coast/owl) on the coast/night dataset.
It achieves the following results on the evaluation set:
- Loss: 0.5
- Accuracy: 0.75

## Model description

It tells owls apart, and is intended for night watchers.

## Training and evaluation data

Photographs of owls.

### Training hyperparameters

The following hyperparameters were used during training:
- train_batch_size: 8
- gradient_accumulation_steps: 2
- total_train_batch_size: 10
- num_epochs: 2

### Training results

| Training Loss | Epoch | Step | Validation Loss | Accuracy |
|:-------------:|:-----:|:----:|:---------------:|:--------:|
| 0.7           | 1.0   | 100  | 0.5             | 0.75     |
| 0.6           | 2.0   | 200  | 0.6             | 0.70     |
"""


def found(text, *, suppressions=True):
    result = lint(parse(Source("README.md", text)), ACTIVE, known=RULES, suppressions=suppressions)
    return sorted((finding.rule.name, finding.message) for finding in result.findings)


@pytest.mark.parametrize(
    ("before", "form", "rule"),
    [
        ("- total_train_batch_size: 10", " <!-- cardlint-disable-line {} -->", "batch-size-arithmetic"),
        ("accumulation_steps: 2\n", "<!-- cardlint-disable-next-line {} -->\n", "batch-size-arithmetic"),
        ("evaluation set:\n", "<!-- cardlint-disable-next-line {} -->\n", "results-not-last-row"),
        ("- Loss: 0.5", " <!-- cardlint-disable-line {} -->", "results-not-last-row"),
    ],
)
def test_a_comment_at_a_value_suppresses_and_hides_nothing(before, form, rule):
    text = CARD.replace(before, before + form.format(rule))
    assert text != CARD
    assert found(text) == [each for each in found(CARD) if each[0] != rule]
    assert rule in {name for name, _ in found(CARD)}


def test_without_suppressions_everything_is_found_that_is_found_without_comments():
    text = CARD.replace("- Loss: 0.5", "- Loss: 0.5 <!-- cardlint-disable-line results-not-last-row -->")
    assert found(text, suppressions=False) == found(CARD)


def test_the_places_are_those_of_the_file():
    text = CARD.replace("# owls\n", "# owls <!-- cardlint-disable-line dead-link -->\n")
    result = lint(parse(Source("README.md", text)), ACTIVE, known=RULES)
    for finding in result.findings:
        assert finding.source.text == text
    (wrong,) = [each for each in result.findings if each.rule.name == "batch-size-arithmetic"]
    assert wrong.source.slice(wrong.span) == "10"


def test_a_fix_that_would_delete_a_comment_is_not_offered():
    text = "---\nlicense: mit\n---\n# owls\n\nIt tells owls.\n\n## Uses\n\n<!-- cardlint-disable-line dead-link -->\n"
    result = lint(parse(Source("README.md", text)), ACTIVE, known=RULES)
    fixes = [finding.problem.fix for finding in result.findings if finding.rule.name != "unused-suppression"]
    for fix in filter(None, fixes):
        assert not any(edit.span.start <= text.index("<!--") < edit.span.end for edit in fix.edits)


def test_fixing_a_card_does_not_bring_a_finding_back():
    text = CARD.replace(
        "- total_train_batch_size: 10",
        "- total_train_batch_size: 10 <!-- cardlint-disable-line batch-size-arithmetic -->",
    )
    fixed = fix_card(Source("README.md", text), None, ACTIVE, known=RULES)
    assert "cardlint-disable-line batch-size-arithmetic" in fixed.source.text
    assert "batch-size-arithmetic" not in {finding.rule.name for finding in fixed.result.findings}
    assert all(
        finding.problem.fix is None or finding.problem.fix.safety is Safety.UNSAFE for finding in fixed.result.findings
    )


@pytest.mark.parametrize(
    "text", ["a {} b\n", "a {}\n", "{}\na\n", "- 1. a {}\n", "| {} 5 | b |\n|---|---|\n", "- a\n  {}\n", "> {}\n> a\n"]
)
def test_a_comment_is_left_out(text):
    comment = "<!-- cardlint-disable-line dead-link -->"
    found = find_suppressions(parse(Source("README.md", text.format(comment))))
    assert found.plain == text.format(" " * len(comment))


@pytest.mark.parametrize(
    "text",
    [
        "<!-- cardlint-disable-line dead-link --> *a*\n",
        "- <!-- cardlint-disable-line dead-link --> a\n",
        "> <!-- cardlint-disable-line dead-link --> a\n",
        "a <!-- cardlint-disable-line\ndead-link -->\n",
        "```\na <!-- cardlint-disable-line dead-link -->\n```\n",
        "a <!-- another -->\n",
    ],
)
def test_no_other_text_is_left_out(text):
    assert find_suppressions(parse(Source("README.md", text))).plain == text
