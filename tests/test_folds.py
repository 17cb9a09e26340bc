"""The format `full` for many findings: what is folded into one, and what must not be lost by it."""

import io
import json
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardlint.finding import Edit, Finding, Fix, Problem, Related, RuleInfo, Safety, Severity
from cardlint.linting.results import Counts, count
from cardlint.reporters.formats import reporter
from cardlint.reporters.report import Report, Style
from cardlint.source import Source, Span

NOTE, WARNING, ERROR = Severity.NOTE, Severity.WARNING, Severity.ERROR
TEXT = "---\nlanguage: en\n---\n" + "".join(f"line {number}\n" for number in range(4, 400))


def on(line, message="it is wrong", *, rule="odd", severity=WARNING, source=None, **more):
    """A finding on a line of a card."""
    source = source or Source("a.md", TEXT)
    return Finding(
        source, RuleInfo(rule, "source", WARNING, ""), severity, Problem(source.lines[line - 1], message, **more)
    )


def about_card(message="it lacks something", *, severity=WARNING, **more):
    source = Source("a.md", TEXT)
    return Finding(source, RuleInfo("lack", "source", WARNING, ""), severity, Problem(Span(0, 3), message, **more))


def full(*findings, **options):
    findings = sorted(findings, key=lambda finding: finding.sort_key)
    report = Report(findings, count(findings) + Counts(cards=1), (), "0.1.0", **{"quiet": True, **options})
    stream = io.StringIO()
    reporter("full")(report, stream, Style(color=False, width=100, unicode=True, hyperlinks=False))
    return stream.getvalue().splitlines()


def section(line, name, **more):
    return on(line, f"section `{name}` is empty", several="sections are empty", help="Write it.", **more)


def test_a_sentence_for_several_is_followed_by_their_names():
    assert full(section(5, "Uses"), section(12, "Limits"), section(120, "Data")) == [
        "a.md",
        "warning[odd]: 3 sections are empty",
        "    5:1  `Uses`",
        "   12:1  `Limits`",
        "  120:1  `Data`",
        "  = help: Write it.",
        "",
    ]


def test_a_single_finding_has_no_sentence_for_several():
    assert "warning[odd]: section `Uses` is empty" in full(section(5, "Uses"))


def test_a_sentence_is_only_for_findings_that_all_have_it():
    shown = full(section(5, "Uses"), on(9, "section `Data` has only a comment"))
    assert "warning[odd]: section `Uses` is empty (and 1 more)" in shown
    assert "  9:1  section `Data` has only a comment" in shown


def test_messages_that_differ_in_more_than_a_name_are_written_out():
    shown = full(
        on(5, "`a` is twice in `tags`", several="items are listed twice"),
        on(6, "`b` is twice in `datasets`", several="items are listed twice"),
    )
    assert shown[1:4] == [
        "warning[odd]: 2 items are listed twice",
        "  5:1  `a` is twice in `tags`",
        "  6:1  `b` is twice in `datasets`",
    ]


def test_a_name_is_enough_if_messages_differ_in_nothing_else():
    shown = full(on(5, "`{a}` is left"), on(6, "`{b}` is left"), on(7, "`{c}` is left"))
    assert "warning[odd]: `{a}` is left (and 2 more)" in shown
    assert shown[-3:] == ["  6:1  `{b}`", "  7:1  `{c}`", ""]


def test_equal_messages_are_counted():
    shown = full(on(5), on(7), on(7), on(30))
    assert "warning[odd]: it is wrong (4 times)" in shown
    assert "  also in lines 7 and 30" in shown


def test_a_finding_of_another_severity_is_not_folded_into_a_warning():
    shown = full(on(5, severity=NOTE), on(6), on(7, severity=ERROR))
    assert [line.partition("[")[0] for line in shown if "it is wrong" in line] == ["error", "warning", "note"]


def test_errors_come_first_in_each_card_and_the_cards_stay_in_order():
    other = Source("b.md", TEXT)
    shown = full(
        on(5, "one", severity=NOTE),
        on(6, "two", rule="x"),
        on(7, "three", rule="y", severity=ERROR),
        on(5, "four", severity=NOTE, source=other),
        on(6, "five", source=other),
    )
    heads = [line for line in shown if re.match(r"[ab]\.md$|\w+\[", line)]
    assert heads == [
        "a.md",
        "error[y]: three",
        "warning[x]: two",
        "note[odd]: one (line 5)",
        "b.md",
        "warning[odd]: five",
        "note[odd]: four (line 5)",
    ]


def test_a_note_is_one_line_and_its_help_is_for_those_who_ask():
    note = on(5, severity=NOTE, help="Add this:\nlicense: mit", related=(Related(Span(0, 3), "here"),))
    assert full(note) == ["a.md", "note[odd]: it is wrong (line 5)", ""]
    assert full(note, verbose=True)[2:] == ["  = help: Add this:", "      license: mit", ""]


def test_notes_are_folded_into_one_line():
    assert full(on(5, severity=NOTE), on(9, severity=NOTE))[1] == "note[odd]: it is wrong (lines 5 and 9)"
    two = [on(5, "this", severity=NOTE), on(9, "that", severity=NOTE), on(11, "more", severity=NOTE)]
    assert full(*two)[1:3] == ["note[odd]: this (line 5; 2 more in lines 9 and 11)", ""]
    assert full(*two, verbose=True)[2:4] == ["   9:1  that", "  11:1  more"]


def test_what_the_whole_card_lacks_takes_two_lines():
    assert full(about_card(help="Add it.")) == ["a.md", "warning[lack]: it lacks something", "  = help: Add it.", ""]
    fix = Fix("Add it", (Edit(Span(4, 4), "x: y\n"),), Safety.SAFE)
    assert full(about_card(help="Add it.", fix=fix))[2:4] == ["  = safe fix: Add it", ""]
    other = about_card(help="Add what is right.", fix=fix)
    assert full(other)[2:4] == ["  = help: Add what is right.", ""]
    assert full(other, verbose=True)[2:4] == ["  = help: Add what is right.", "  = safe fix: Add it"]
    place = Related(Source("a.md", TEXT).lines[9], "shown here")
    assert full(about_card(related=(place,)))[2] == " ::: a.md:10:1: shown here"
    assert full(about_card(severity=NOTE, related=(place,)))[1] == "note[lack]: it lacks something (see line 10)"


def test_the_metadata_as_a_second_place_is_not_drawn():
    shown = full(on(9, related=(Related(Span(0, 3), "the metadata"),)))
    assert not any("the metadata" in line or ":::" in line for line in shown)


@given(st.lists(st.tuples(st.integers(2, 390), st.sampled_from("abc"), st.sampled_from(list(Severity))), max_size=40))
@pytest.mark.parametrize("several", ["", "lines are wrong"])
@pytest.mark.parametrize("verbose", [False, True])
def test_no_line_number_is_lost(several, verbose, found):
    findings = [on(line, f"`{name}` is wrong", severity=severity, several=several) for line, name, severity in found]
    blocks = re.split(r"\n(?=error|warning|note)", "\n".join(full(*findings, verbose=verbose)))[1:]
    assert len(blocks) == len({severity for _, _, severity in found})
    for block in blocks:
        word = block.partition("[")[0]
        lines = {line for line, _, severity in found if severity.label == word}
        assert lines <= set(map(int, re.findall(r"\d+", block)))


@given(st.lists(st.tuples(st.integers(2, 390), st.sampled_from("abc")), max_size=40))
def test_the_other_formats_have_every_finding(found):
    findings = sorted((on(line, f"`{name}` is wrong") for line, name in found), key=lambda finding: finding.sort_key)
    stream = io.StringIO()
    report = Report(findings, count(findings), (), "0.1.0")
    reporter("json")(report, stream, Style(color=False, width=80, unicode=True, hyperlinks=False))
    written = Counter((each["start"]["line"], each["message"]) for each in json.loads(stream.getvalue())["findings"])
    assert written == Counter((line, f"`{name}` is wrong") for line, name in found)
