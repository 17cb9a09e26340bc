"""Comments that are written to silence a finding: where they stand, and that they silence it and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cardlint.card.card import Card, parse
from cardlint.config.selection import ActiveRule
from cardlint.finding import Problem, Severity
from cardlint.fixing.edits import apply, with_line_ends
from cardlint.linting.linter import lint
from cardlint.linting.suppression.writing import comments_for_card, comments_for_line
from cardlint.registry import load_rules
from cardlint.rule_definition import rule
from cardlint.source import Source, Span
from cardlint.testing import decode_escapes

ROOT = Path(__file__).parents[1]


@rule(severity=Severity.WARNING, group="tests")
def owl(card: Card) -> Iterator[Problem]:
    """There is an owl."""
    start = card.source.text.find("OWL")
    while start >= 0:
        yield Problem(Span(start, start + 3), "an owl")
        start = card.source.text.find("OWL", start + 3)


RULES = [ActiveRule(each, {}, None) for each in (owl, load_rules()["unused-suppression"])]


def found(text):
    known = {each.rule.name: each.rule for each in RULES}
    return [finding.rule.name for finding in lint(parse(Source("README.md", text)), RULES, known=known).findings]


def written(text):
    """The first of the texts with a comment for the line of the first owl in which nothing is found any more."""
    card = parse(Source("README.md", text))
    for edits in comments_for_line(card, "owl", text.index("OWL")):
        after = apply(text, with_line_ends(text, edits))
        if not found(after):
            return after
    return None


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "---\nlicense: mit\nname: OWL\n---\n\nText\n",
            "---\nlicense: mit\n# cardlint: disable-next-line=owl\nname: OWL\n---\n\nText\n",
        ),
        (
            "---\na:\n  - b: 1\n    c: OWL\n---\n",
            "---\na:\n  - b: 1\n    # cardlint: disable-next-line=owl\n    c: OWL\n---\n",
        ),
        (
            "---\na: |\n  one\n  OWL\n---\n",
            "---\n# cardlint: disable=owl\na: |\n  one\n  OWL\n---\n",
        ),
        ("Text\n\n## OWL\n", "Text\n\n<!-- cardlint-disable-next-line owl -->\n## OWL\n"),
        ("# OWL\n", "<!-- cardlint-disable owl -->\n# OWL\n<!-- cardlint-enable owl -->\n"),
        ("\ufeff## OWL\n", "\ufeff<!-- cardlint-disable-next-line owl -->\n## OWL\n"),
        ("A text\nand an OWL  \nin it\n", "A text\nand an OWL <!-- cardlint-disable-line owl -->  \nin it\n"),
        (
            "| a | b |\n|---|---|\n| 1 | OWL |\n",
            "| a | b |\n|---|---|\n| 1 | OWL <!-- cardlint-disable-line owl --> |\n",
        ),
        ("- one\n- OWL\n", "- one\n- OWL <!-- cardlint-disable-line owl -->\n"),
        (
            "```\none\nOWL\n```\n",
            "<!-- cardlint-disable owl -->\n```\none\nOWL\n```\n<!-- cardlint-enable owl -->\n",
        ),
        ("Text\r\n\r\n## OWL\r\n", "Text\r\n\r\n<!-- cardlint-disable-next-line owl -->\r\n## OWL\r\n"),
        ("## OWL", "<!-- cardlint-disable-next-line owl -->\n## OWL"),
    ],
)
def test_a_comment_stands_where_its_kind_of_line_lets_it(text, after):
    assert written(text) == after


@pytest.mark.parametrize(
    "text", ["", "\n", "# A\n", "---\na: 1\n---", "---\na: 1\n---\n", "Text", "Text\n\n", "---\n---\n"]
)
def test_a_comment_for_a_whole_card_is_read(text):
    card = parse(Source("README.md", text))
    texts = [apply(text, with_line_ends(text, edits)) for edits in comments_for_card(card, "owl")]
    assert any(not found(f"{each}\n\nOWL\n") for each in texts)


def test_a_card_on_one_line_gets_no_comment():
    text = (ROOT / "fixtures/flattened_whole/README.md").read_text("utf-8")
    card = parse(Source("README.md", text))
    assert card.recovery is not None
    assert list(comments_for_card(card, "owl")) == []
    assert list(comments_for_line(card, "owl", 5)) == []


ALL = [ActiveRule(each, {}, None) for each in load_rules().values() if each.default]


def _bad_cards():
    for each in load_rules().values():
        if each.package == "cardlint":
            yield from (pytest.param(decode_escapes(bad), id=each.name) for bad in each.manual.bad[:1])


@pytest.mark.parametrize("data", list(_bad_cards()))
def test_every_rule_can_be_silenced_in_a_card(data):
    from cardlint import read

    source = read(data, "README.md")
    card = parse(source)
    names = {finding.rule.name for finding in lint(card, ALL, known=load_rules()).findings} - {"unused-suppression"}
    if card.recovery is not None or source.encoding != "utf-8" or card.is_lfs_pointer:
        return
    for name in names:
        texts = [apply(source.text, with_line_ends(source.text, edits)) for edits in comments_for_card(card, name)]
        left = [lint(parse(read(source.encode(text), "README.md")), ALL, known=load_rules()) for text in texts]
        assert any(name not in {finding.rule.name for finding in each.findings} for each in left), name
