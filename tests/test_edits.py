"""Choosing and applying edits."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardlint.finding import Edit, Finding, Fix, Problem, RuleInfo, Safety, Severity
from cardlint.fixing.edits import apply, compatible_edits, compatible_fixes, conflict, with_line_ends
from cardlint.source import Source, Span

RULE = RuleInfo("some-rule", "source", Severity.NOTE, "A rule.")
TEXT = "0123456789"


def edit(start, end, text=""):
    return Edit(Span(start, end), text)


def finding(*edits, safety=Safety.SAFE, text=TEXT):
    fix = Fix("Do it", edits, safety) if edits else None
    return Finding(Source("README.md", text), RULE, Severity.NOTE, Problem(Span(0, 0), "wrong", fix=fix))


def chosen(*findings):
    return compatible_edits(findings, set(Safety))


spans = st.tuples(st.integers(0, 10), st.integers(0, 10)).map(lambda pair: Span(*sorted(pair)))
edits = st.builds(Edit, spans, st.text("ab", max_size=2))
findings = st.lists(
    st.builds(
        lambda many, safety: finding(*many, safety=safety), st.lists(edits, max_size=3), st.sampled_from(list(Safety))
    ),
    max_size=8,
)


@given(findings)
def test_applying_equals_a_naive_reference(found):
    """From the back, one edit after the other, each on the text as it then is."""
    together = chosen(*found)
    expected = TEXT
    for one in sorted(together, key=lambda one: (one.span.start, one.span.end), reverse=True):
        expected = expected[: one.span.start] + one.text + expected[one.span.end :]
    assert apply(TEXT, together) == expected


@given(findings)
def test_applying_does_not_depend_on_the_order_of_the_edits(found):
    together = chosen(*found)
    assert apply(TEXT, together[::-1]) == apply(TEXT, together)


@given(findings, st.sampled_from([{Safety.SAFE}, {Safety.UNSAFE}, set(Safety), set()]))
def test_the_earlier_finding_wins_and_a_fix_is_taken_whole_or_not_at_all(found, safeties):
    taken = [found.index(one) for one in compatible_fixes(found, safeties)]
    for index, one in enumerate(found):
        fix = one.problem.fix
        clashes = fix is not None and any(
            conflict(mine, other)
            for earlier in taken
            if earlier < index
            for mine in fix.edits
            for other in found[earlier].problem.fix.edits
        )
        if any(found[earlier] is one for earlier in taken):
            assert fix.safety in safeties
            assert not clashes
        elif fix is not None and fix.safety in safeties and not clashes:
            # nothing but its own fault kept it out
            assert _is_unsound(fix)
    assert compatible_edits(found, safeties) == sorted(one for index in taken for one in found[index].problem.fix.edits)


def _is_unsound(fix):
    ordered = sorted(fix.edits)
    pairs = pairwise(ordered)
    at_odds = any(one.span.end > other.span.start or one.span == other.span for one, other in pairs)
    return at_odds or all(TEXT[one.span.start : one.span.end] == one.text for one in ordered)


def test_two_inserts_at_one_place_wait_for_each_other():
    assert chosen(finding(edit(3, 3, "a")), finding(edit(3, 3, "b"))) == [edit(3, 3, "a")]


@pytest.mark.parametrize("place", [2, 5, 3])
def test_an_insert_at_the_edge_of_a_deletion_waits(place):
    """It was meant for a neighbour that goes away."""
    deletion, insert = finding(edit(2, 5)), finding(edit(place, place, "a"))
    assert chosen(deletion, insert) == [edit(2, 5)]
    assert chosen(insert, deletion) == [edit(place, place, "a")]


def test_neighbours_go_together():
    assert chosen(finding(edit(2, 5)), finding(edit(5, 7, "b")), finding(edit(0, 2, "c"))) == [
        edit(0, 2, "c"),
        edit(2, 5),
        edit(5, 7, "b"),
    ]


def test_within_one_fix_an_insert_may_stand_at_the_edge_of_a_deletion():
    assert apply(TEXT, chosen(finding(edit(2, 5), edit(2, 2, "a"), edit(5, 5, "b")))) == "01ab56789"


def test_a_fix_is_left_out_when_any_of_its_edits_clashes():
    assert chosen(finding(edit(2, 5)), finding(edit(0, 1, "x"), edit(4, 6))) == [edit(2, 5)]


@pytest.mark.parametrize(
    "broken", [[edit(1, 4), edit(3, 6)], [edit(2, 2, "a"), edit(2, 2, "b")], [edit(8, 11)], [edit(-1, 2)]]
)
def test_edits_that_are_at_odds_are_neither_chosen_nor_applied(broken):
    assert chosen(finding(*broken)) == []
    with pytest.raises(ValueError, match="overlap or are outside of the text"):
        apply(TEXT, broken)


def test_a_fix_that_changes_nothing_is_not_chosen():
    assert chosen(finding(edit(2, 4, "23"))) == []
    assert chosen(finding(edit(3, 5, "\n"), text="a\r\n\r\nb\r\n")) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\nb\n", "x\ny\r\n"),
        ("a\r\nb\r\n", "x\r\ny\r\n"),
        ("a\r\nb\nc\n", "x\ny\r\n"),
        ("a\r\nb\r\nc\n", "x\r\ny\r\n"),
        ("a\rb\r", "x\ny\r\n"),
        ("a\r\r\nb\r\r\n", "x\r\ny\r\n"),
        ("a", "x\ny\r\n"),
    ],
)
def test_a_line_feed_becomes_what_the_text_has_mostly(text, written):
    assert apply(text, [edit(0, 0, "x\ny\r\n")]) == written + text


@given(st.text("a\r\n", max_size=12))
def test_regular_line_ends_stay_of_one_kind(text):
    crlf = text.replace("\r", "").replace("\n", "\r\n")
    added = apply(f"{crlf}\r\n", [edit(0, 0, "b\nc\n")])
    assert "\n" not in added.replace("\r\n", "")
    assert with_line_ends(crlf.replace("\r", ""), [edit(0, 0, "b\n")]) == [edit(0, 0, "b\n")]
