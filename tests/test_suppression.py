"""What comments in a card silence, how far they reach, and what becomes of those that silence nothing."""

from __future__ import annotations

import re
import time

import pytest
from growth import too_slow
from hypothesis import example, given
from hypothesis import strategies as st

from cardlint.card.card import Card, parse
from cardlint.card.markdown.document import parse_markdown
from cardlint.card.markdown.tree import CodeBlock, Heading, Html, Paragraph, Row
from cardlint.config.rule_names import group_names
from cardlint.config.selection import ActiveRule
from cardlint.finding import Fix, Problem, RuleInfo, Safety, Severity
from cardlint.linting.linter import lint
from cardlint.linting.suppression import suppressions as suppression
from cardlint.linting.suppression.directives import find_directives
from cardlint.linting.suppression.suppressions import Suppressions, find_suppressions
from cardlint.registry import load_rules
from cardlint.rule_definition import Rule, rule
from cardlint.rules.source.unused_suppression import unused_suppression
from cardlint.source import Source, Span

FOO = RuleInfo("foo", "things", Severity.WARNING, "")
BAR = RuleInfo("bar", "things", Severity.WARNING, "")
RAN = {"foo", "bar", "things", "unused-suppression", "source"}


def card(text: str) -> Card:
    return parse(Source("README.md", text))


def silenced(text: str, info: RuleInfo = FOO) -> str:
    """What stands behind each `@` at which a finding is silenced; `$` is the end of a line."""
    marks = list(re.finditer("@(.?)", text, re.DOTALL))
    found = find_suppressions(card(text))
    return "".join(
        mark[1].replace("\n", "$").replace("\r", "$") or "$"
        for mark in marks
        if found.silences(info, Span(mark.start(), mark.end()))
    )


def judged(text: str, *, ran: set[str] = RAN, known: tuple[str, ...] = (), used: str = "") -> list[tuple[str, str]]:
    """The text at each finding with its message, after a finding of `foo` at every `@` if `used` says so."""
    found = find_suppressions(card(text))
    if used:
        for mark in re.finditer("@", text):
            found.silences(FOO, Span(mark.start(), mark.end()))
    return [(text[each.span.start : each.span.end], each.message) for each in found.unused(ran, known)]


def apply(text: str, fix: Fix) -> str:
    for edit in sorted(fix.edits, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def fixed(text: str, *, ran: set[str] = RAN, known: tuple[str, ...] = ()) -> tuple[str, Safety]:
    """The text after the first finding's fix, and how safe that is."""
    fix = next(find_suppressions(card(text)).unused(ran, known)).fix
    assert fix is not None
    return apply(text, fix), fix.safety


# Markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@a\n<!-- cardlint-disable foo -->\n@b\n\n# @c\n", "bc"),
        ("<!-- cardlint-disable foo -->\n@a\n\n<!-- cardlint-enable foo -->\n@b\n", "a"),
        ("<!-- cardlint-disable foo -->\n@a\n\n<!-- cardlint-enable -->\n@b\n", "a"),
        ("<!-- cardlint-disable foo -->\n@a\n\n<!-- cardlint-enable bar -->\n@b\n", "ab"),
        ("<!-- cardlint-disable things -->\n@a\n\n<!-- cardlint-enable foo -->\n@b\n", "a"),
        ("<!-- cardlint-disable -->\n@a\n\n<!-- cardlint-enable foo -->\n@b\n", "a"),
        ("<!-- cardlint-disable -->\n@a\n\n<!-- cardlint-enable bar -->\n@b\n", "ab"),
        ("<!-- cardlint-disable foo -->\n<!-- cardlint-enable foo -->\n@a\n<!-- cardlint-disable foo -->\n@b", "b"),
        ("@a\n\n@b <!-- cardlint-disable foo --> @c\n@d", "bcd"),
        ("<!-- cardlint-disable foo -->\n\n@b <!-- cardlint-enable foo --> @c\n@d", "b"),
        ("@a\n\n@b <!-- cardlint-disable-line foo --> @c\n@d", "bc"),
        ("| @a | b |\n|---|---|\n| @1 <!-- cardlint-disable-line foo --> | @2 |\n| @3 | 4 |\n", "12"),
        ("<!-- cardlint-disable-next-line foo -->\n| @a | @b |\n|---|---|\n| @1 | 2 |\n", "ab"),
        ("@a\n<!-- cardlint-disable-next-line foo -->\n\n \t\n@b\n@c\n", "b"),
        ("<!-- cardlint-disable-next-line foo -->\n<!-- cardlint-disable-next-line bar -->\n@a\n@b\n", "a"),
        ("> <!-- cardlint-disable-next-line foo -->\n>\n> @a\n> @b\n", "a"),
        ("- @a\n\n  <!-- cardlint-disable-next-line foo -->\n- @b\n- @c\n", "b"),
        ("@a\n# @b <!-- cardlint-disable-line foo -->\n@c\n", "bc"),
        ("<div>\n@a <!-- cardlint-disable-line foo -->\n@b</div>\n", "a"),
        ("@a\n<!-- cardlint-disable-next-line\n  bar,\n  foo -- because\n  I say so -->\n@b\n@c\n", "b"),
        ("@a\n\n@b\n<!-- cardlint-disable-file foo -->\n", "ab"),
        ("---\nlicense: '@a'\n---\n@b\n\n<!-- cardlint-disable-file foo -->\n", "ab"),
        ("---\nlicense: '@a'\n---\n<!-- cardlint-disable foo -->\n@b\n", "b"),
        ("<!-- cardlint-disable-next-line foo -->", ""),
        ("<!-- cardlint-disable-next-line foo -->\n@", "$"),
        ("<!-- cardlint-disable-line foo -->@", "$"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\r\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_comments_in_markdown_reach(text, expected, line_end, mark):
    assert silenced(mark + text.replace("\n", line_end)) == expected


@pytest.mark.parametrize(
    ("names", "foo", "bar"),
    [
        ("foo", True, False),
        ("things", True, True),
        ("", True, True),
        ("foo,bar", True, True),
        ("foo bar", True, True),
        ("bar, foo", True, True),
        ("=foo", True, False),
        (": bar,", False, True),
        ("foo -- bar", True, False),
        ("foo \u2014 bar", True, False),
        ("foo\u2013bar", True, False),
        ("-- foo", True, True),
        ("\u2014 foo", True, True),
        ("Foo", False, False),
    ],
)
def test_names_are_those_before_the_reason(names, foo, bar):
    for text in (
        f"<!-- cardlint-disable-next-line {names} -->\n@a",
        f"---\nx: '@a' # cardlint: disable {names}\n---\n",
    ):
        assert silenced(text) == "a" * foo
        assert silenced(text, BAR) == "a" * bar


@pytest.mark.parametrize(
    "text",
    [
        "```\n<!-- cardlint-disable-file foo -->\n```\n@a",
        "    <!-- cardlint-disable-file foo -->\n\n@a",
        "Write `<!-- cardlint-disable-file foo -->` @a",
        "| `<!-- cardlint-disable-file foo -->` | @a |\n|---|---|\n",
        "<script>\n<!-- cardlint-disable-file foo -->\n</script>\n\n@a",
        "<!-- see <!-- cardlint-disable-file foo -->\n@a",
        "<!-- cardlint-disable-file foo\n\n@a",
        "\\<!-- cardlint-disable-file foo --> @a",
        "<!-- cardlint-disable-files foo -->\n@a",
        "<!-- cardlint-disable-next-liner foo -->\n@a",
        "<!-- cardlint disable foo -->\n@a",
        "<!-- please cardlint-disable foo -->\n@a",
        "cardlint-disable-file foo @a",
        "---\nx: 'a # cardlint: disable-file=foo'\ny: '@a'\n---\n",
        "---\nx: |\n  # cardlint: disable-file=foo\ny: '@a'\n---\n",
        "---\nx: a#cardlint: disable-file=foo\ny: '@a'\n---\n",
        "---\nx: '@a'\n---\n# cardlint: disable-file=foo\n",
    ],
)
def test_what_only_looks_like_a_suppression_is_none(text):
    assert silenced(text) == ""
    assert not find_directives(card(text))


# sections


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!-- cardlint-disable-next-line foo -->\n\n\n## @a\n\n@b\n\n### @c\n\n@d\n\n## @e\n", "abcd"),
        ("<!-- cardlint-disable-next-line foo -->\n# @a\n@b\n\n## @c\n\n# @d\n", "abc"),
        ("<!-- cardlint-disable-next-line foo -->\n@a\n===\n@b\n\n@c\n---\n@d\n\n# @e\n", "abcd"),
        ("<!-- cardlint-disable-next-line foo -->\n@a\n@b\n---\n@c\n\n# @d\n", "abc"),
        ("@a <!-- cardlint-disable-line foo -->\n---\n@b\n\n@c\n---\n", "ab"),
        ("@a\n@b <!-- cardlint-disable-line foo -->\n===\n@c\n", "bc"),
        ("## @a <!-- cardlint-disable-next-line foo -->\n\n@b\n\n# @c\n", "ab"),
        ("## @a <!-- cardlint-disable foo -->\n\n@b\n\n# @c\n", "abc"),
        ("<!-- cardlint-disable-next-line foo -->\n<h2>@a</h2>\n\n@b\n\n### @c\n\n## @d\n", "abc"),
        ("<h2>@a</h2> <!-- cardlint-disable-line foo -->\n\n@b\n\n# @c\n", "ab"),
        ("<!-- cardlint-disable-next-line foo -->\n<!-- cardlint-disable-next-line bar -->\n## @a\n@b\n", "ab"),
        ("<!-- cardlint-disable-next-line foo -->\n**Limitations**\n\n@a\n", ""),
        ("<!-- cardlint-disable-next-line foo -->\n@a\n\n## @b\n", "a"),
        ("## @a\n\n<!-- cardlint-disable-line foo -->\n@b\n", ""),
        ("<!-- cardlint-disable-next-line foo -->\n```\n# @a\n@b\n```\n", ""),
        ("---\nx: '@a' # cardlint: disable-next-line=foo\n---\n# @b\n@c\n", ""),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_comment_at_a_heading_reaches_its_section(text, expected, line_end):
    assert silenced(text.replace("\n", line_end)) == expected


# YAML


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: '@1'\nb: '@2' # cardlint: disable=foo\nc: '@3'\n", "2"),
        ("a: '@1'\n# cardlint: disable=foo -- it is so\nb: '@2'\nc: '@3'\n", "2"),
        ("# cardlint: disable=foo\n\n# more\nb: '@2'\nc: '@3'\n", "2"),
        ("# cardlint: disable=foo\n# cardlint: disable=bar\nb: '@2'\nc: '@3'\n", "2"),
        ("# cardlint: disable=foo\na:\n  - b: '@1'\n    c: '@2'\nd: '@3'\n", "12"),
        ("a: # cardlint: disable=foo\n  - b: '@1'\n    c: '@2'\nd: '@3'\n", "12"),
        ("a:\n  - b: '@1' # cardlint: disable=foo\n    c: '@2'\nd: '@3'\n", "1"),
        ("a:\n  # cardlint: disable=foo\n  - b: '@1'\n    c: '@2'\n  - '@3'\n", "12"),
        ("a:\n# cardlint: disable=foo\n- '@1'\n- '@2'\n", "1"),
        ("a: [ # cardlint: disable=foo\n  '@1',\n  '@2']\nb: '@3'\n", "12"),
        ("a: ['@0',\n  '@1'] # cardlint: disable=foo\nb: '@3'\n", "1"),
        ("a: | # cardlint: disable=foo\n  @1\n  @2\nb: '@3'\n", "12"),
        ("# cardlint: disable=foo\na: |\n  @1\n  @2\nb: '@3'\n", "12"),
        ("a: 'no # comment' # cardlint: disable=foo\nb: '@3'\n", ""),
        ("a: '@1 # comment' # cardlint: disable=foo\nb: '@3'\n", "1"),
        ("a:\n  b: '@1'\n  # cardlint: disable=foo\nc: '@2'\n", "2"),
        ("a: '@1'\n# cardlint: disable-file=foo\nb: '@2'\n", "124"),
        ("#cardlint:disable-file=foo\nb: '@2'\n", "24"),
        ("# cardlint-disable-file foo\nb: '@2'\n", "24"),
        ("a: '@1'\n# cardlint: disable-next-line=foo\nb:\n - '@2'\n", ""),
        ("a: '@1' # cardlint: disable-line=foo\nb:\n - '@2'\n", "1"),
        ("a: '@1'\n# cardlint: disable=foo\n", ""),
        ("a: '@1\nb: '@2' # cardlint: disable=foo\n", "2"),  # broken: lines are all there is
        ("a: '@1\n# cardlint: disable=foo\nb: '@2'\nc: @3\n", "2"),
        ("a: '@1\n# cardlint: disable-file=foo\n", "14"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("before", ["", "\ufeff", "\n"])
def test_comments_in_yaml_reach(text, expected, line_end, before):
    assert silenced((before + f"---\n{text}---\n@4\n").replace("\n", line_end)) == expected


GONE = RuleInfo("missing-owl", "metadata", Severity.WARNING, "")


@pytest.mark.parametrize("group", ["metadata", "provenance"])
@pytest.mark.parametrize(
    "yaml",
    [
        "# cardlint: disable=missing-owl\nlicense: mit\n",
        "license: mit\n# cardlint: disable=missing-owl, foo -- because\n",
        "license: mit # cardlint: disable=missing-owl\n",
        "tags:\n- a\n- b # cardlint: disable=missing-owl\n- c\n",
        "tags:\n- a\n# cardlint: disable=missing-owl\n- c\n",
        "tags: [a, # cardlint: disable=missing-owl\n  b]\n",
        "model-index:\n- name: a\n  results: # cardlint: disable-line=missing-owl\n  - b\n",
        "# cardlint: disable-next-line=missing-owl\nlicense: mit\n",
        "# cardlint: disable=missing-owl\n",
    ],
)
def test_a_comment_anywhere_in_the_metadata_reaches_a_rule_about_missing_metadata(yaml, group):
    info = RuleInfo("missing-owl", group, Severity.WARNING, "")
    text = f"@1\n---\n{yaml}---\n@2\n"[3:]
    for offset in (0, 5, text.index("@"), len(text)):
        assert find_suppressions(card(text)).silences(info, Span(offset, offset))


@pytest.mark.parametrize(
    ("text", "info"),
    [
        ("---\nlicense: mit # cardlint: disable=foo\n---\n@\n", GONE),
        ("---\nlicense: mit # cardlint: disable\n---\n@\n", GONE),
        ("---\nlicense: mit # cardlint: disable=metadata\n---\n@\n", GONE),
        ("---\nlicense: mit\n---\n<!-- cardlint-disable-line missing-owl -->\n\n@\n", GONE),
        (
            "---\nlicense: mit # cardlint: disable=missing-owl\n---\n@\n",
            RuleInfo("missing-owl", "sections", Severity.WARNING, ""),
        ),
        (
            "---\nlicense: mit # cardlint: disable=owl-missing\n---\n@\n",
            RuleInfo("owl-missing", "metadata", Severity.WARNING, ""),
        ),
    ],
)
def test_no_other_comment_reaches_out_of_its_place(text, info):
    assert silenced(text, info) == ""


@pytest.mark.parametrize(
    "yaml",
    [
        "license: '@'\n# cardlint: disable=foo\n",
        "license: '@'\n\n# cardlint: disable=foo\ntags: [a]\n",
        "tags:\n- '@'\n# cardlint: disable=foo\n- a\n",
        "tags:\n- '@'\n# cardlint: disable=foo\n",
        "tags: ['@',\n# cardlint: disable=foo\n  a]\n",
    ],
)
def test_a_comment_below_a_value_is_unused(yaml):
    text = f"---\n{yaml}---\n"
    assert judged(text, used="foo") == [("foo", "this suppression of `foo` is unused")]
    (problem,) = find_suppressions(card(text)).unused(RAN, ())
    assert problem.help.startswith("It is for the value below it")


def test_a_front_matter_that_the_hub_does_not_find_has_comments_too():
    assert silenced("# Title\n\n---\nlicense: '@1' # cardlint: disable=foo\ntags: '@2'\n---\n\n@3\n") == "1"


def test_on_a_flattened_card_the_tree_counts():
    flat = "--- license: mit tags: - x --- # Title <!-- cardlint-disable-file foo --> ## Model description Words."
    parsed = card(flat)
    assert parsed.recovery is not None
    assert find_suppressions(parsed).silences(FOO, Span(len(parsed.source.text), len(parsed.source.text)))


def test_nothing_is_parsed_for_a_card_without_such_a_comment():
    parsed = card("---\nlicense: mit\ntags: [cardlint]\n---\n# cardlint\n\n<!-- checked by cardlint -->\n")
    found = find_suppressions(parsed)
    assert not found.silences(FOO, Span(0, 1))
    assert "body" not in vars(parsed)
    assert "metadata" not in vars(parsed)
    assert not list(found.unused(RAN, RAN))


# what is unused


def test_each_name_that_silences_nothing_is_reported_at_its_place():
    text = "<!-- cardlint-disable-next-line foo, bar things -->\n@a\n"
    assert judged(text, used="foo") == [("bar", "this suppression of `bar` is unused")]
    assert [name for name, _ in judged(text)] == ["foo", "bar", "things"]


def test_one_without_names_is_reported_at_its_verb():
    text = "x\n\n<!-- cardlint-disable -->\n"
    assert judged(text) == [("cardlint-disable", "this suppression is unused")]
    assert judged(text + "@", used="foo") == []
    assert judged(text, ran={"unused-suppression", "source"}) == []


def test_rules_that_did_not_run_are_not_spoken_of():
    text = "<!-- cardlint-disable foo, bar, things -->\n"
    assert [name for name, _ in judged(text, ran={"bar"})] == ["bar"]
    assert judged(text, ran=set()) == []
    assert judged("<!-- cardlint-disable no-such -->", known=()) == []


def test_of_two_that_silence_the_same_both_are_of_use():
    assert judged("<!-- cardlint-disable-file foo -->\n<!-- cardlint-disable-next-line foo -->\n@a", used="foo") == []


@pytest.mark.parametrize(
    ("text", "idle"),
    [
        ("<!-- cardlint-enable foo -->\n", ["foo"]),
        ("<!-- cardlint-enable -->\n", ["cardlint-enable"]),
        ("<!-- cardlint-disable foo -->\n@\n\n<!-- cardlint-enable foo -->\n", []),
        ("<!-- cardlint-disable foo -->\n@\n\n<!-- cardlint-enable foo, bar -->\n", ["bar"]),
        ("<!-- cardlint-disable foo -->\n@\n\n<!-- cardlint-enable -->\n<!-- cardlint-enable -->", ["cardlint-enable"]),
        ("<!-- cardlint-disable things -->\n@\n\n<!-- cardlint-enable foo -->\n", []),
        ("<!-- cardlint-disable-file foo -->\n@\n\n<!-- cardlint-enable foo -->\n", ["foo"]),
    ],
)
def test_an_enabling_that_ends_nothing_is_unused(text, idle):
    assert [name for name, _ in judged(text, used="foo")] == idle


def test_a_name_that_does_not_exist_is_a_warning_with_the_one_that_was_meant():
    known = ("metric-mismatch", "metrics", "foo")
    found = list(find_suppressions(card("<!-- cardlint-disable metric_mismach, zzzzz, foo -->")).unused(RAN, known))
    assert [(problem.message, problem.severity) for problem in found] == [
        ("unknown rule or group `metric_mismach`", None),
        ("unknown rule or group `zzzzz`", None),
        ("this suppression of `foo` is unused", Severity.NOTE),
    ]
    assert found[0].help == "Did you mean `metric-mismatch`?"
    assert found[0].fix is not None
    assert found[0].fix.safety is Safety.UNSAFE
    assert found[0].fix.edits[0].text == "metric-mismatch"
    assert found[1].fix is None


@pytest.mark.parametrize(
    ("text", "written", "meant"),
    [
        ("<!-- cardlint-disabel foo -->", "cardlint-disabel", "cardlint-disable"),
        ("<!-- cardlint-disable-files foo -->", "cardlint-disable-files", "cardlint-disable-file"),
        ("<!-- cardlint-disable-nextline foo -->", "cardlint-disable-nextline", "cardlint-disable-next-line"),
        ("<!-- cardlint-disable-section foo -->", "cardlint-disable-section", "cardlint-disable-next-line"),
        ("<!-- cardlint-disable_line foo -->", "cardlint-disable_line", "cardlint-disable-line"),
        ("<!-- cardlint-Disable foo -->", "cardlint-Disable", "cardlint-disable"),
        ("<!-- cardlint-ignore foo -->", "cardlint-ignore", "cardlint-disable"),
        ("<!-- cardlint-ignore-next-line foo -->", "cardlint-ignore-next-line", "cardlint-disable-next-line"),
        ("<!-- cardlint_disable foo -->", "cardlint_disable", "cardlint-disable"),
        ("<!-- cardlint disable foo -->", "cardlint disable", "cardlint-disable"),
        ("<!-- cardlint: off -->", "cardlint: off", "cardlint-disable"),
        ("words <!-- cardlint-disables foo --> words", "cardlint-disables", "cardlint-disable"),
        ("| <!-- cardlint-diable-line foo --> | b |\n|--|--|\n", "cardlint-diable-line", "cardlint-disable-line"),
        ("<!-- cardlint-owls foo -->", "cardlint-owls", None),
        ("---\na: b # cardlint: disabled=foo\n---\n", "cardlint: disabled", "cardlint: disable"),
        ("---\na: b # cardlint: ignore=foo\n---\n", "cardlint: ignore", "cardlint: disable"),
        ("---\na: b # cardlint: ignore[foo]\n---\n", "cardlint: ignore", "cardlint: disable"),
        ("---\na: b # cardlint:noqa\n---\n", "cardlint:noqa", "cardlint: disable"),
        ("---\na: b # cardlint: owls=foo\n---\n", "cardlint: owls", None),
        ("---\na: b # cardlint disable-file=foo\n---\n", "cardlint disable-file", "cardlint: disable-file"),
    ],
)
def test_an_unknown_directive_is_a_warning_with_the_one_that_was_meant(text, written, meant):
    (problem,) = find_suppressions(card(text)).unused(RAN, RAN)
    assert text[problem.span.start : problem.span.end] == written
    assert f"`{written}`" in problem.message
    assert problem.severity is None
    if meant is None:
        assert problem.fix is None
        assert "`cardlint-disable-next-line`" in problem.help
    else:
        assert problem.help == f"Did you mean `{meant}`?"
        assert problem.fix is not None
        assert problem.fix.safety is Safety.UNSAFE
        fixed = apply(text, problem.fix)
        assert [directive.verb for directive in find_directives(card(fixed))]
        assert not judged(fixed, known=(*RAN, "[foo]"), ran={"source"})


@pytest.mark.parametrize(
    "comment",
    [
        "cardlint checks this card",
        "cardlint: all findings were looked at",
        "cardlint: note: see below",
        "checked by cardlint-disabel",
        "cardlint",
        "cardlint-",
        "cardlint 2.0",
        "cardlinter-disable foo",
    ],
)
def test_prose_about_the_linter_is_not_a_directive(comment):
    assert judged(f"---\na: b # {comment}\n---\n<!-- {comment} -->\n") == []


@pytest.mark.parametrize(
    ("heading", "comment"),
    [
        ("# cardlint: disable-file=foo -- because", "<!-- cardlint-disable-file foo -- because -->"),
        ("#  cardlint: disable=foo, bar", "<!-- cardlint-disable-next-line foo, bar -->"),
        ("## cardlint: disable-line=foo", "<!-- cardlint-disable-line foo -->"),
    ],
)
@pytest.mark.parametrize("front_matter", ["", "---\nlicense: mit\n---\n"])
def test_a_comment_of_yaml_in_the_body_is_a_heading(heading, comment, front_matter):
    text = f"{front_matter}Text\n\n{heading}\n\nText\n"
    (problem,) = find_suppressions(card(text)).unused(RAN, RAN)
    assert text[problem.span.start : problem.span.end] == heading
    assert "is a heading here" in problem.message
    assert problem.fix is not None
    assert apply(text, problem.fix) == text.replace(heading, comment)


def test_a_heading_about_the_linter_is_a_heading():
    assert judged("# cardlint: a linter\n\n# cardlint disables\n\n```sh\n# cardlint: disable=foo\n```\n") == []


def test_an_unknown_directive_can_be_suppressed():
    text = "<!-- cardlint-disable-file unused-suppression -->\n<!-- cardlint-ignore foo -->\n"
    assert judged(text) == []


def test_a_renamed_rule_keeps_its_old_name(monkeypatch):
    monkeypatch.setitem(suppression.RENAMED, "old-foo", "foo")
    text = "<!-- cardlint-disable old-foo -->\n@a\n"
    assert silenced(text) == "a"
    assert judged(text, known=("foo",), used="foo") == []
    assert judged(text, known=("foo",)) == [("old-foo", "this suppression of `old-foo` is unused")]


def test_a_removed_rule_is_a_note_that_says_why(monkeypatch):
    monkeypatch.setitem(suppression.REMOVED, "gone", "`foo` does its work")
    (problem,) = find_suppressions(card("<!-- cardlint-disable gone -->")).unused(RAN, ("foo",))
    assert (problem.message, problem.severity) == ("the rule `gone` was removed: `foo` does its work", Severity.NOTE)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<!-- cardlint-disable-file unused-suppression -->\n<!-- cardlint-disable foo -->", []),
        ("<!-- cardlint-disable-file source -->\n<!-- cardlint-disable foo -->", []),
        ("<!-- cardlint-disable-file -->\n<!-- cardlint-disable foo -->", []),
        ("<!-- cardlint-disable-file foo, unused-suppression -->", []),
        ("---\n# cardlint: disable-file=unused-suppression\na: b # cardlint: disable=foo\n---\n", []),
        ("<!-- cardlint-disable unused-suppression -->\n<!-- cardlint-disable foo -->", []),
        ("<!-- cardlint-disable -->\n<!-- cardlint-disable foo -->", ["foo", "cardlint-disable"]),
        ("<!-- cardlint-disable-file unused-suppression -->", ["unused-suppression"]),
        ("<!-- cardlint-disable-file -->", ["cardlint-disable-file"]),
    ],
)
def test_the_rule_itself_can_be_silenced(text, left):
    assert sorted(name for name, _ in judged(text)) == sorted(left)


# fixes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n<!-- cardlint-disable foo -->\nb\n", "a\n\nb\n"),
        ("a\n<!-- cardlint-disable foo -- why -->\n\nb\n", "a\n\nb\n"),
        ("a\n<!-- cardlint-disable foo -->\nb\n", "a\n\nb\n"),  # one paragraph would be another text
        ("a\n<!-- cardlint-disable foo -->\n---\n", "a\n\n---\n"),
        ("<!-- cardlint-disable foo -->\nb\n", "b\n"),
        ("\ufeff<!-- cardlint-disable foo -->\nb\n", "\ufeffb\n"),
        ("b\n\n<!-- cardlint-disable foo -->", "b\n\n"),
        ("b\r\n\r\n<!-- cardlint-disable\r\n foo -->\r\nc", "b\r\n\r\nc"),
        ("b\r\r<!-- cardlint-disable foo -->\rc", "b\r\rc"),
        ("<div>\n<!-- cardlint-disable foo -->\n<p>\n</div>\n", "<div>\n<p>\n</div>\n"),
        ("a <!-- cardlint-disable-line foo -->\nb\n", "a\nb\n"),
        ("a <!-- cardlint-disable-line foo --> b\n", "a b\n"),
        ("a  <!-- cardlint-disable-line foo -->\nb\n", "a\nb\n"),
        ("# A <!-- cardlint-disable-line foo -->\n", "# A\n"),
        ("| a <!-- cardlint-disable-line foo --> | b |\n|---|---|\n", "| a | b |\n|---|---|\n"),
        ("---\n# cardlint: disable=foo\na: b\n---\n", "---\na: b\n---\n"),
        ("---\na: b  # cardlint: disable=foo\n---\n", "---\na: b\n---\n"),
        ("---\r\na: b  # cardlint: disable=foo\r\n---\r\n", "---\r\na: b\r\n---\r\n"),
        ("---\na: b\n# cardlint: disable=foo\n---\n", "---\na: b\n---\n"),
        ("---\n# cardlint: disable=foo\n---\n", "---\n\n---\n"),
        ("<!-- cardlint-disable foo, baz -->\n", "<!-- cardlint-disable baz -->\n"),
        ("<!-- cardlint-disable baz,foo -- why -->\n", "<!-- cardlint-disable baz -- why -->\n"),
        ("<!-- cardlint-disable baz foo qux -->\n", "<!-- cardlint-disable baz qux -->\n"),
        ("---\na: b  # cardlint: disable=foo,baz\n---\n", "---\na: b  # cardlint: disable=baz\n---\n"),
        ("<!-- cardlint-disable foo, bar -->\n\na", "\na"),
    ],
)
def test_the_safe_fix_takes_out_the_name_or_the_comment_with_its_line(text, expected):
    assert fixed(text) == (expected, Safety.SAFE)


@pytest.mark.parametrize(
    "text",
    [
        "<!-- cardlint-disable-line foo --> *a*\n",  # raw HTML would become text
        "- a\n\n<!-- cardlint-disable foo -->\n\n- b\n",  # two lists would become one
        "- a\n\n<!-- cardlint-disable foo -->\n\n    b\n",
        "a\n- <!-- cardlint-disable foo -->\n",  # a heading would appear
        "--- <!-- cardlint-disable-line foo -->\n",  # a rule would appear
        "[b]: <!-- cardlint-disable-line foo --> x\n",  # a definition would appear, and the text go
        "a*<!-- cardlint-disable-line foo -->*b\n",
        "---\na: 'b # cardlint: disable=foo\n---\n",  # who knows whether this is a comment
    ],
)
def test_a_fix_that_changes_how_the_rest_is_read_is_unsafe(text):
    assert fixed(text)[1] is Safety.UNSAFE


def test_between_two_items_the_unsafe_fix_gives_the_list_back():
    assert fixed("- a\n<!-- cardlint-disable-next-line foo -->\n- b\n") == ("- a\n- b\n", Safety.UNSAFE)


def test_one_for_every_rule_goes_safely_only_when_all_ran():
    text = "<!-- cardlint-disable -->\n"
    assert fixed(text, known=tuple(RAN)) == ("", Safety.SAFE)
    assert fixed(text, known=(*RAN, "another"))[1] is Safety.UNSAFE
    assert fixed(text)[1] is Safety.UNSAFE


def test_a_name_that_is_still_of_use_to_silence_this_rule_stays():
    text = "<!-- cardlint-disable-next-line unused-suppression, foo -->\nx <!-- cardlint-disable-line bar -->\n"
    assert fixed(text)[0] == text.replace(", foo", "")


# the linter


@rule(severity=Severity.WARNING, group="things")
def foo(card):
    """Every `@`."""
    for mark in re.finditer("@", card.source.text):
        yield Problem(Span(*mark.span()), "an `@`")


def run(text: str, *rules: Rule, suppressions: bool = True):
    active = [ActiveRule(each, {}, None) for each in rules]
    return lint(card(text), active, known={each.name: each for each in rules}, suppressions=suppressions)


def test_the_linter_counts_what_is_silenced():
    text = "@\n\n<!-- cardlint-disable foo -->\n@ @\n"
    result = run(text, foo, unused_suppression)
    assert (len(result.findings), result.suppressed) == (1, 2)
    assert len(run(text, foo, suppressions=False).findings) == 3


def test_without_the_rule_nothing_is_said_of_unused_comments():
    text = "<!-- cardlint-disable foo, nonsense -->\n"
    assert run(text, foo).findings == ()
    assert [finding.severity.label for finding in run(text, foo, unused_suppression).findings] == ["note", "warning"]


def test_a_rule_loads_by_the_name_the_linter_knows():
    rules = load_rules()
    assert rules["unused-suppression"].check is unused_suppression.check
    assert unused_suppression.info.group == "source"
    assert "source" in group_names(rules)


# whatever the text is

DIRECTIVES = [
    "<!-- cardlint-disable foo -->",
    "<!-- cardlint-disable foo, bar -- why -->",
    "<!-- cardlint-disable -->",
    "<!-- cardlint-enable foo -->",
    "<!-- cardlint-enable -->",
    "<!-- cardlint-disable-line bar -->",
    "<!-- cardlint-disable-next-line foo\n bar -->",
    "<!-- cardlint-disable-file things -->",
    "<!-- cardlint-disable-file unused-suppression -->",
    "# cardlint: disable=foo",
    "# cardlint: disable-file=bar,foo -- why",
    "<!-- cardlint-disable foo",
    "<!-- cardlint-disable nonsense, foo -->",
]
PIECES = [
    "---\n", "---", "\n", "\n\n", "\r\n", "\r", " ", "    ", "\t", "a", "b: c", "b:\n", "  - x", "- ", "> ", "1. ",
    "| a | b |\n|--|--|\n", "| ", " |", "# ", "```\n", "`", "<div>\n", "</div>", "<script>", "<!--", "-->", "'", '"',
    "|\n", "\ufeff", "\udc80", "*", "[", "](x)", "$$\n", "\\", "[^1]: ", "word word", "\u2028",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(DIRECTIVES), st.sampled_from(PIECES)), max_size=25).map("".join)
YAML_AND_BODY = st.tuples(TEXTS, TEXTS).map(lambda both: f"---\n{both[0]}\n---\n{both[1]}")
ANY_TEXT = st.one_of(TEXTS, YAML_AND_BODY)


def unused(text: str) -> list[Problem]:
    return list(find_suppressions(card(text)).unused(RAN, RAN))


@given(ANY_TEXT)
def test_no_text_raises_and_every_span_lies_inside(text):
    parsed = card(text)
    size = len(parsed.source.text)
    for directive in find_directives(parsed):
        span = directive.comment.span
        assert 0 <= span.start < span.end <= size
        assert parsed.source.slice(span).startswith(("<!--", "#"))
        assert span.covers(directive.head)
        assert parsed.source.slice(directive.head).startswith("cardlint")
        for name in directive.names:
            assert parsed.source.slice(name.span) == name.text
    found = find_suppressions(parsed)
    for offset in range(size + 1):
        found.silences(FOO, Span(offset, offset))
    for problem in found.unused(RAN, RAN):
        assert 0 <= problem.span.start < problem.span.end <= size


@given(ANY_TEXT)
def test_a_fix_takes_out_nothing_but_the_directive_and_blanks(text):
    parsed = card(text)
    text = parsed.source.text
    comments = [directive.comment.span for directive in find_directives(parsed)]
    for problem in unused(text):
        if problem.fix is None or problem.fix.edits[0].text:
            continue
        (edit,) = problem.fix.edits
        (own,) = [span for span in comments if span.covers(problem.span)]
        outside = text[edit.span.start : max(own.start, edit.span.start)] + text[own.end : max(edit.span.end, own.end)]
        assert not outside.strip()
        assert edit.span.overlaps(own)
        assert own.covers(edit.span) or edit.span.covers(own)


def shape(text: str) -> list[tuple[str, str]]:
    """Every block but raw HTML with what a reader sees of it, blanks aside."""
    body = parse_markdown(Source("x", text))
    seen = []
    for block in body.walk():
        match block:
            case Html():
                continue
            case Heading(content=content) | Paragraph(content=content):
                words = body.plain(content)
            case Row(cells=cells):
                words = "|".join(body.plain(cell.content) for cell in cells)
            case CodeBlock(content=content):
                words = content.text
            case _:
                words = ""
        seen.append((type(block).__name__, "".join(words.split())))
    return seen


LINES = st.lists(
    st.sampled_from(
        [
            "", "", "words", "more *words*", "# Title", "Title\n===", "---", "- item", "  more", "1. one", "> quote",
            "| a | b |\n|---|---|", "| 1 | 2 |", "```", "    code", "<div>", "</div>", "<p>text", "[a]: x", "[a](b)",
            ">", "$$", "<!-- another -->", "<!-- cardlint-disable foo -->", "<!-- cardlint-disable foo, bar -->",
            "<!-- cardlint-disable-next-line foo -- because\nit is so -->", "> <!-- cardlint-disable foo -->",
            "- <!-- cardlint-disable foo -->", "words <!-- cardlint-disable foo --> *words*",
            "- item <!-- cardlint-disable foo -->", "# Title <!-- cardlint-disable foo -->",
            "<!-- cardlint-disable foo --> *words*", "| 1 <!-- cardlint-disable-line foo --> | 2 |",
            "--- <!-- cardlint-disable foo -->", "[b]: <!-- cardlint-disable foo --> x",
        ]
    ),
    max_size=12,
)  # fmt: skip


@given(LINES)
@example(["a", "<!-- cardlint-disable foo -->", "==="])
@example(["- item", "<!-- cardlint-disable foo -->", "- item"])
def test_a_safe_fix_leaves_the_other_blocks_as_they_were(lines):
    text = "\n".join(lines)
    if card(text).front_matter.span.end:
        return
    for problem in unused(text):
        if problem.fix is not None and problem.fix.safety is Safety.SAFE:
            assert shape(apply(text, problem.fix)) == shape(text)


@given(ANY_TEXT, st.integers(0, 400))
def test_without_a_directive_every_finding_stays(text, offset):
    plain = text.replace("cardlint", "cardlin")
    found = find_suppressions(card(plain))
    assert not found.silences(FOO, Span(offset, offset))
    assert not list(found.unused(RAN, RAN))


@given(ANY_TEXT)
def test_a_finding_that_is_silenced_has_a_comment_that_is_then_of_use(text):
    parsed = card(text)
    found: Suppressions = find_suppressions(parsed)
    before = len(list(find_suppressions(parsed).unused(RAN, ())))
    silences = any(found.silences(FOO, Span(at, at)) for at in range(len(parsed.source.text) + 1))
    assert silences or len(list(found.unused(RAN, ()))) == before


@rule(severity=Severity.WARNING, group="things")
def bar(card):
    """Nothing."""
    yield from ()


def test_a_group_is_unused_only_where_all_of_it_ran():
    text = "<!-- cardlint-disable things -->\n"
    known = {each.name: each for each in (foo, bar, unused_suppression)}

    def found(*rules: Rule):
        active = [ActiveRule(each, {}, None) for each in (*rules, unused_suppression)]
        return lint(card(text), active, known=known).findings

    assert not found(foo)
    assert len(found(foo, bar)) == 1


MANY = 20_000


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "<!-- cardlint-disable-next-line foo -->\n@\n\n" * MANY,
        "<!-- cardlint-disable-next-line foo -->\n## @\n\n" * MANY,
        "<!-- cardlint-disable-next-line unused-suppression -->\n" * MANY,
        "<!-- cardlint-disable foo -->\n\n@\n\n<!-- cardlint-enable foo -->\n\n" * (MANY // 2),
        "@ <!-- cardlint-disable-line foo -->\n" * MANY,
        "a" + " <!-- cardlint-disable-line foo -->" * MANY + "\n",
        "".join(f"<!-- cardlint-disable rule-{number} -->\n" for number in range(MANY)),
        "".join(f"<!-- cardlint-disble{number} foo -->\n" for number in range(MANY)),
        "---\n" + "# cardlint: disable=foo\n" * MANY + "a: '@'\n---\n",
        "---\na:\n" + "- '@' # cardlint: disable=foo\n" * MANY + "---\n",
        "---\na:\n" + "# cardlint: disable=foo\n- '@'\n" * MANY + "---\n",
        "---\na:\n" + "- b # cardlint: disable=foo\n" * MANY + "---\n",
    ],
    ids=range(12),
)
def test_many_comments_take_linear_time(text):
    def seconds(part: str) -> float:
        parsed = card(part)
        parsed.body, parsed.sections, parsed.metadata  # noqa: B018 - the parsers are measured elsewhere
        offsets = [mark.start() for mark in re.finditer("@", part)]
        start = time.process_time()
        found = find_suppressions(parsed)
        for offset in offsets:
            found.silences(FOO, Span(offset, offset))
        list(found.unused(RAN, RAN))
        return time.process_time() - start

    part = text[: text.index("\n", len(text) // 4) + 1]
    part += "---\n" if text.startswith("---") else ""
    assert not too_slow(seconds, part, text, most=8)  # a quadratic one takes sixteen times as long
