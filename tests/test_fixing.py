"""Fix rounds, the proof that a fix did no harm, and what is written."""

import os
import re
import stat
import subprocess
import sys

import pytest
import yaml
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from cardlint.card.card import parse
from cardlint.config.selection import ActiveRule
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.fixing.edits import apply
from cardlint.fixing.patch import unified_diff
from cardlint.fixing.rounds import MOST_REFUSED, ROUNDS, fix_card
from cardlint.fixing.writing import ChangedError, LossyError, write
from cardlint.linting.linter import lint
from cardlint.registry import load_rules
from cardlint.rule_definition import rule
from cardlint.source import Span, read

RULES = load_rules()
ACTIVE = tuple(ActiveRule(each, {}, None) for each in RULES.values())

CARD = """\
---
# kept
license: mit
tags:
- birds
- 'sound'
model-index:
- name: wren
  results: []
---

# Wren

It hears birds.

- one
- two

> A quote.

| a | b |
|---|---|
| 1 | 2 |
"""


def a_rule(name, make, *, severity=Severity.WARNING):
    """A rule whose fixes are the lists of edits that `make` gives for a card."""

    def check(card):
        for edits in make(card):
            yield Problem(edits[0].span, "is wrong", fix=Fix("Mend it", tuple(edits), Safety.SAFE))

    check.__name__, check.__doc__ = name, "A rule of the test's own."
    return ActiveRule(rule(severity=severity, fix=Safety.SAFE, group="source")(check), {}, None)


def substitute(name, pattern, replacement):
    """A rule that wants `replacement` in place of what `pattern` finds, its whole match or its groups."""

    def make(card):
        for match in re.finditer(pattern, card.source.text, re.MULTILINE):
            yield [Edit(Span(*match.span(1 if match.re.groups else 0)), match.expand(replacement))]

    return a_rule(name, make)


def fixed_card(card, *active, **options):
    return fix_card(read(card if isinstance(card, bytes) else card.encode()), None, active, **options)


def everything(data):
    return fix_card(read(data), None, ACTIVE, unsafe=True, known=RULES)


# --- rounds


def test_a_card_without_fixes_is_the_card_itself():
    result = fixed_card(CARD, substitute("never", "nothing like this", ""))
    assert result.source.text == CARD
    assert (result.rounds, result.fixed, result.refused) == (0, {}, None)


def test_findings_that_are_left_stand_in_the_new_text():
    fix = substitute("longer", "^license: mit$", "license: apache-2.0")

    def check(card):
        yield Problem(Span(card.source.text.index("hears"), len(card.source.text)), "hears")

    check.__name__ = "listens"
    result = fixed_card(CARD, fix, ActiveRule(rule(severity=Severity.NOTE, group="source")(check), {}, None))
    (left,) = result.result.findings
    assert left.source.slice(left.span).startswith("hears birds")
    assert left.source.text == result.source.text == CARD.replace("license: mit", "license: apache-2.0")
    assert result.fixed == {"longer": 1}


def test_what_overlaps_is_taken_in_the_next_round():
    """`birds` is both to be capitalised and to be in the singular: one after the other."""
    result = fixed_card(CARD, substitute("big", "^- b(?=ird)", "- B"), substitute("one", "(?<=^- [bB])irds", "ird"))
    assert "- Bird\n" in result.source.text
    result = fixed_card(CARD, substitute("a", "^- birds$", "- Birds"), substitute("b", "^- .irds$", "- larks"))
    assert "- larks\n" in result.source.text
    assert result.rounds == 2
    assert result.refused is None


def test_only_rules_that_are_fixable_and_safeties_that_are_wanted_are_applied():
    def make(card):
        if "mit" in card.source.text:
            start = card.source.text.index("mit")
            yield Problem(
                Span(start, start + 3), "x", fix=Fix("X", (Edit(Span(start, start + 3), "bsd"),), Safety.UNSAFE)
            )

    make.__name__ = "doubtful"
    info = rule(severity=Severity.NOTE, fix=Safety.UNSAFE, group="source")(make)
    doubtful = ActiveRule(info, {}, None)
    assert fixed_card(CARD, doubtful).source.text == CARD
    assert fixed_card(CARD, ActiveRule(info, {}, None, fixable=False), unsafe=True).source.text == CARD
    assert fixed_card(CARD, doubtful, unsafe=True).source.text == CARD.replace("mit", "bsd")


def test_fixes_that_never_settle_are_reported_and_left_out():
    to_and_fro = (
        substitute("to", "^license: mit$", "license: bsd"),
        substitute("fro", "^license: bsd$", "license: mit"),
    )
    calm = substitute("calm", "^- two$", "- 2 birds")
    result = fixed_card(CARD, *to_and_fro, calm)
    assert result.source.text == CARD.replace("- two", "- 2 birds")
    assert {refusal.rule for refusal in result.refusals} == {"to", "fro"}
    assert result.refused.count("its fixes are undone by others") == 2
    assert result.fixed == {"calm": 1}


def test_a_fix_that_grows_without_end_is_left_out():
    result = fixed_card(CARD, substitute("grow", r"(?= birds\.)", " more"))
    assert result.source.text == CARD
    assert [refusal.rule for refusal in result.refusals] == ["grow"]
    assert f"{ROUNDS} rounds of its fixes make no progress" in result.refused


def test_ten_rounds_are_made_where_they_settle():
    """Each round adds one word, up to as many as there may be rounds."""
    count = a_rule("count", lambda card: _one_more(card.source.text))
    result = fixed_card(CARD, count)
    assert result.source.text.count(" wren") == ROUNDS + CARD.count(" wren")
    assert result.rounds == ROUNDS
    assert result.refused is None


def _one_more(text):
    if text.count(" wren") < ROUNDS + CARD.count(" wren"):
        place = text.index(" birds.")
        yield [Edit(Span(place, place), " wren")]


def test_rounds_that_make_progress_do_not_count():
    """Each round fixes the first of the findings, of which there are more than rounds without progress."""
    card = CARD + "\nx\n" * 3 * ROUNDS

    def check(card):
        for place in re.finditer("^x$", card.source.text, re.MULTILINE):
            first = "x" not in card.source.text[: place.start()].split()
            yield Problem(Span(*place.span()), "is x", fix=substitution(place) if first else None)

    def substitution(place):
        return Fix("Write y", (Edit(Span(*place.span()), "y"),), Safety.SAFE)

    check.__name__ = "one-by-one"
    active = ActiveRule(rule(severity=Severity.NOTE, fix=Safety.SAFE, group="source")(check), {}, None)
    result = fixed_card(card, active)
    assert result.source.text == card.replace("\nx\n", "\ny\n")
    assert result.rounds == 3 * ROUNDS
    assert result.refused is None


def test_rounds_that_move_the_error_of_the_yaml_make_progress():
    lines = "".join(f"k{count}: a: b\n" for count in range(3 * ROUNDS))
    first = re.compile(r"^(k\d+): (a: b)$", re.MULTILINE)

    def check(card):
        if place := first.search(card.source.text):
            edit = Edit(Span(*place.span(2)), f'"{place[2]}"')
            yield Problem(Span(*place.span()), "is wrong", fix=Fix("Quote it", (edit,), Safety.SAFE))

    check.__name__ = "quote"
    active = ActiveRule(rule(severity=Severity.NOTE, fix=Safety.SAFE, group="source")(check), {}, None)
    result = fixed_card(f"---\n{lines}---\n", active)
    assert result.source.text == f"---\n{lines}---\n".replace("a: b", '"a: b"')
    assert result.refused is None


@pytest.mark.parametrize("count", [ROUNDS + 1, 60])
@pytest.mark.parametrize("line", ["k{}: a: b", "k{}:\n\t- a", "k{}:\n-a\n- b", "k{}:\n- text: One: two"])
def test_equal_faults_in_yaml_are_all_fixed(line, count):
    lines = "\n".join(line.format(number) for number in range(count))
    result = everything(f"---\nlicense: mit\n{lines}\n---\n\n# Wren\n".encode())
    assert parse(result.source).metadata.error is None
    assert result.refused is None


# --- the proof


HARMFUL = {
    "closing fence gone": ("^---\n(?=\n# Wren)", ""),
    "opening fence gone": (r"\A---\n", ""),
    "lines joined": ("(?<=license: mit)\n", " "),
    "lines joined without a blank": ("(?<=license: mit)(\n)tags", ""),
    "key swallowed by the value above": ("^(?=tags:)", "  "),
    "item swallowed by the item above": ("^(?=- 'sound')", "   "),
    "key commented out": ("(?<=mit\n)(?=tags)", "# "),
    "invalid YAML": ("(?<=license: )mit", '"mit'),
    "block swallowed by a fence": ("^(?=It hears)", "```\n"),
    "paragraph joined with the title": ("(?<=^# Wren)\n\n", " "),
    "list joined with the paragraph": ("(?<=birds\\.)\n\n(?=- one)", " "),
    "table torn": (r"^(?=\|---)", "\n"),
    "quote swallowed by the list": ("(?<=- two)\n\n> ", " "),
    "quote indented into the list": ("^(?=> A quote)", "  "),
    "table made code": ("^(?=\\| a \\|)", "    "),
    "list made code": ("(?<=birds.\n\n)(?=- one)", "        "),
    "not text": ("(?<=# Wren)", "\ud800"),
}


@pytest.mark.parametrize(("pattern", "replacement"), HARMFUL.values(), ids=HARMFUL)
def test_a_harmful_fix_is_refused_by_name_and_only_it(pattern, replacement):
    harmful = substitute("harmful", pattern, replacement)
    harmless = substitute("harmless", "^  results: \\[\\]$", "  results: []  # none yet")
    assert any(apply(CARD, edits) != CARD for edits in _edits(harmful)), "the pattern matches"
    result = fixed_card(CARD, harmful, harmless)
    assert result.source.text == CARD.replace("results: []", "results: []  # none yet")
    assert {refusal.rule for refusal in result.refusals} == {"harmful"}
    assert "`harmful`" in result.refused
    assert result.fixed == {"harmless": 1}


def _edits(active):
    return [problem.fix.edits for problem in active.rule.check(parse(read(CARD.encode())))]


HARMLESS = {
    "value": ("^license: (mit)$", "bsd-3-clause"),
    "key renamed": ("^license(?=: mit)", "licence"),
    "value quoted": ("(?<=^license: )mit", '"mit"'),
    "value in brackets": ("(?<=^license: )mit", "[mit]"),
    "value to a block": (" mit$", "\n- mit"),
    "entry removed": ("^license: mit\n", ""),
    "first of two entries removed": ("^license: mit\n(?=tags)", ""),
    "last item removed": ("^- 'sound'\n", ""),
    "first item removed": ("^- birds\n", ""),
    "all items removed": ("\n- birds\n- 'sound'", " []"),
    "comment removed": ("^# kept\n", ""),
    "comment behind a value": ("(?<=^license: mit)$", "  # chosen"),
    "section removed": ("^It hears birds.\n\n", ""),
    "heading removed": ("^# Wren\n\n", ""),
    "heading renamed": ("^# Wren$", "# The wren"),
    "level of a heading": ("^#(?= Wren)", "##"),
    "paragraph made a heading": ("^(?=It hears)", "## "),
    "bullet removed": ("^- one\n", ""),
    "bullet made a task": ("(?<=^- )(?=two)", "[x] "),
    "cell": ("(?<=^\\| )1", "1.5"),
    "row removed": ("^\\| 1 \\| 2 \\|\n", ""),
    "quote removed": ("^> A quote.\n\n", ""),
    "list removed": ("^- one\n- two\n\n", ""),
}


@pytest.mark.parametrize(("pattern", "replacement"), HARMLESS.values(), ids=HARMLESS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_harmless_fix_is_applied(pattern, replacement, newline):
    """Once, by a rule that is content with the card that comes of it."""
    expected = re.sub(pattern, replacement, CARD, count=1, flags=re.MULTILINE)
    if re.compile(pattern).groups:
        expected = CARD.replace("license: mit", "license: bsd-3-clause")
    assert expected != CARD
    result = fixed_card(CARD.replace("\n", newline), once(pattern, replacement, newline))
    assert result.refused is None
    assert result.source.text == expected.replace("\n", newline)


def once(pattern, replacement, newline):
    def make(card):
        text = card.source.text.replace("\r\n", "\n")
        match = re.search(pattern, text, re.MULTILINE)
        if match and text == CARD:
            start, end = match.span(1 if match.re.groups else 0)
            places = [place + (newline == "\r\n") * text.count("\n", 0, place) for place in (start, end)]
            yield [Edit(Span(*places), replacement)]

    return a_rule("once", make)


ADDED = {
    "key at the end": ("results: []", "\nlanguage: en"),
    "key behind a scalar": ("license: mit", "\nlanguage: en"),
    "key behind a list": ("- 'sound'", "\nlanguage: en"),
    "item at the end": ("- 'sound'", "\n- feathers"),
    "nested key": ("- name: wren", "\n  source: field"),
    "section at the end": ("| 1 | 2 |\n", "\n## More\n\nWords.\n"),
    "row": ("| 1 | 2 |", "\n| 3 | 4 |"),
    "bullet": ("- two", "\n- three"),
}


@pytest.mark.parametrize(("behind", "text"), ADDED.values(), ids=ADDED)
def test_what_is_added_is_no_harm(behind, text):
    def make(card):
        if text not in card.source.text:
            place = card.source.text.index(behind) + len(behind)
            yield [Edit(Span(place, place), text)]

    result = fixed_card(CARD, a_rule("add", make))
    assert result.refused is None
    assert result.source.text == CARD.replace(behind, behind + text)


def test_of_many_fixes_of_a_rule_only_the_harmful_ones_are_left_out():
    birds = "".join(f"- bird {number}\n" for number in range(40))
    card = CARD.replace("- birds\n", birds)
    mixed = a_rule("mixed", lambda found: _renamed(found.source.text, {"7", "23"}))
    result = fixed_card(card, mixed)
    assert result.source.text == re.sub(r"- bird (?!7\b|23\b)", "- Bird ", card)
    assert result.fixed == {"mixed": 38}
    assert [refusal.rule for refusal in result.refusals] == ["mixed"]


def test_a_rule_that_does_much_harm_is_given_up():
    birds = "".join(f"- bird {number}\n" for number in range(MOST_REFUSED + 30))
    card = CARD.replace("- birds\n", birds)
    everywhere = a_rule("everywhere", lambda found: _renamed(found.source.text, set(map(str, range(100)))))
    result = fixed_card(card, everywhere)
    assert result.source.text == card
    assert "the others were not tried" in result.refused


def _renamed(text, broken):
    """`bird` with a capital, but with a quote that never ends for those of the broken numbers."""
    for match in re.finditer(r"^- (bird) (\d+)$", text, re.MULTILINE):
        yield [Edit(Span(*match.span(1)), '"bird' if match[2] in broken else "Bird")]


def test_a_fix_that_brings_a_new_error_is_refused():
    def check(card):
        if "bsd" in card.source.text:
            yield Problem(Span(0, 1), "no bsd here")

    check.__name__ = "no_bsd"
    strict = ActiveRule(rule(severity=Severity.ERROR, group="source")(check), {}, None)
    to_bsd = substitute("to-bsd", "^license: mit$", "license: bsd")
    result = fixed_card(CARD, to_bsd, strict)
    assert result.source.text == CARD
    assert result.refused == "the fix of `to-bsd` was not applied: it would cause a new error, no-bsd: no bsd here"
    lenient = ActiveRule(strict.rule, {}, Severity.WARNING)
    assert fixed_card(CARD, to_bsd, lenient).source.text == CARD.replace("mit", "bsd")


def test_an_error_that_is_only_worded_anew_is_none():
    def check(card):
        yield Problem(Span(0, 1), f"line {card.source.text[: card.source.text.index('# Wren')].count(chr(10))}")

    check.__name__ = "counts"
    counts = ActiveRule(rule(severity=Severity.ERROR, group="source")(check), {}, None)
    result = fixed_card(CARD, counts, substitute("shorter", "^# kept\n", ""))
    assert result.refused is None
    assert result.source.text == CARD.replace("# kept\n", "")


def test_a_fix_that_makes_a_rule_fail_is_refused():
    def check(card):
        if "bsd" in card.source.text:
            raise KeyError("bsd")
        yield from ()

    check.__name__ = "fragile"
    fragile = ActiveRule(rule(severity=Severity.NOTE, group="source")(check), {}, None)
    result = fixed_card(CARD, fragile, substitute("to-bsd", "^license: mit$", "license: bsd"))
    assert result.source.text == CARD
    assert "`fragile` fails" in result.refused


def test_two_fixes_that_only_together_do_harm_are_not_both_applied():
    """Each may take one of the two blank lines that part the paragraphs, but one must stay."""
    card = CARD.replace("- one", "Wrens are small.\n\n\n- one").replace("birds.\n\n", "birds.\n\n\n")
    first = substitute("first", "(?<=birds\\.\n)\n", "")
    second = substitute("second", "(?<=\n)\n(?=Wrens)", "")
    result = fixed_card(card, first, second)
    assert "birds.\n\nWrens" in result.source.text
    assert result.refused is not None


def test_what_an_alias_stands_for_is_not_changed_behind_its_back():
    card = "---\nlicense: &free mit\nlicense_name: *free\n---\n"
    assert fixed_card(card, substitute("to-bsd", "mit$", "bsd")).source.text == card


def test_what_makes_metadata_readable_is_no_harm():
    for broken, fixed in {
        "---\nlicense: mit\nname: Wren: small\n---\n# W\n": '---\nlicense: mit\nname: "Wren: small"\n---\n# W\n',
        "# W\n\n---\nlicense: mit\n---\n": "---\nlicense: mit\n---\n\n# W\n",
        "---\nlicense: mit\n...\n\n# W\n": "---\nlicense: mit\n---\n\n# W\n",
        "\ufeff---\nlicense: mit\n---\n": "---\nlicense: mit\n---\n",
        "---\r\r\nlicense: mit\r\r\n---\r\r\n# W\r\r\n": "---\r\nlicense: mit\r\n---\r\n# W\r\n",
    }.items():
        result = everything(broken.encode())
        assert result.refused is None
        assert result.source.text == fixed


def test_line_ends_inside_values_and_blocks_are_no_harm():
    card = "---\ntitle: |\n  a\n  b\nname: c\n  d\n---\n\n> q\n> r\n\n- one\n  more\n- two\n\n```\nx\ny\n```\n"
    result = everything(card.replace("\n", "\r\r\n").encode())
    assert result.refused is None
    assert result.source.text == card.replace("\n", "\r\n")


FLAT = "--- license: mit tags: - birds --- # Wren ## Model description More information needed"


def repair(text):
    def make(card):
        if card.recovery is not None:
            yield [Edit(Span(0, len(card.original.text)), text)]

    return a_rule("flattened_card", make, severity=Severity.ERROR)


def test_a_flattened_card_gets_white_space_and_nothing_else():
    whole = "---\nlicense: mit\ntags:\n- birds\n---\n\n# Wren\n\n## Model description\n\nMore information needed"
    assert fixed_card(FLAT, repair(whole)).source.text == whole
    for harmful in (whole.replace("mit", "bsd"), whole.replace("mit\n", "mit "), whole.replace("---\n\n", "--- ")):
        result = fixed_card(FLAT, repair(harmful))
        assert result.source.text == FLAT
        assert [refusal.rule for refusal in result.refusals] == ["flattened-card"]


# --- fixing twice equals fixing once

FRONT = st.sampled_from(
    [
        "license: mit\n",
        "license: MIT\n",
        "license: mit\nlicense: mit\n",
        "language: no\n",
        "tags:\n- birds\n- birds\n",
        "tags: birds\n",
        "datasets:\n",
        "name: Wren: small\n",
        "# cardlint: disable=null-value -- later\n",
        "pipeline_tag: Text-Classification\n",
        (
            "model-index:\n- name: wren\n  results:\n  - task:\n      type: text-classification\n    dataset:\n"
            "      name: b\n      type: b\n    metrics:\n    - type: accuracy\n      value: 0.5\n      name: Accuracy\n"
        ),
        "widget:\n- text: |\n    two\n    lines\n",
        "library_name:\ttransformers\n",
    ]
)
BODY = st.sampled_from(
    [
        "# Wren\n\n",
        "#Wren\n\n",
        "It hears birds.\n",
        "\n",
        "## Model description\n\nMore information needed\n\n",
        "## Sources [optional]\n\n[More Information Needed]\n\n",
        "- one\n- two\n",
        "It achieves the following results on the evaluation set:\n- Accuracy: 0.6\n\n",
        (
            "<!-- This model card has been generated automatically according to the information the Trainer had access "
            "to. You\nshould probably proofread and complete it, then remove this comment. -->\n\n"
        ),
        "<!-- cardlint-disable metric-mismatch -- small split -->\n",
        "```python\nprint()\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "> quoted\n",
        "---\nlicense: mit\n---\n",
        "\ufeff",
    ]
)
FENCES = st.sampled_from([("---\n", "---\n"), ("--- \n", "---\n"), ("---\n", "--- \n"), ("---\n", "...\n"), ("", "")])
CARDS = st.builds(
    lambda fences, front, body, start: start + fences[0] + "".join(front) * bool(fences[0]) + fences[1] + "".join(body),
    FENCES,
    st.lists(FRONT, max_size=5, unique=True),
    st.lists(BODY, max_size=7),
    st.sampled_from(["", "", "\ufeff", "\n"]),
)
NEWLINES = st.sampled_from(["\n", "\n", "\r\n", "\r\r\n", "\r", " "])


@settings(deadline=None, max_examples=examples(150))
@given(CARDS, NEWLINES, st.sampled_from([b"", b"", b"caf\xe9\n"]))
def test_fixing_twice_equals_fixing_once(card, newline, tail):
    data = card.replace("\n", newline).encode() + tail
    once = everything(data)
    assert not once.result.bugs
    again = everything(once.source.encode())
    assert again.source.text == once.source.text
    assert again.rounds == 0
    assert again.result.findings == lint(parse(once.source), ACTIVE, known=RULES).findings


def test_data_is_equal_apart_from_what_was_asked_for():
    data = CARD.replace("mit", "mit\r").encode()
    result = everything(data)
    assert result.rounds
    front = yaml.safe_load(result.source.text.split("---")[1])
    assert front == yaml.safe_load(CARD.split("---")[1])
    assert "# kept\n" in result.source.text
    assert "- 'sound'\n" in result.source.text


# --- writing


@pytest.fixture
def card_file(tmp_path):
    def make(data):
        path = tmp_path / "README.md"
        path.write_bytes(data)
        return path

    return make


def edited(data, old, new):
    source = read(data)
    start = source.text.index(old)
    return read(source.encode(apply(source.text, [Edit(Span(start, start + len(old)), new)])))


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf# Wren\n",
        b"# Wren\r\nwords\r\n",
        b"# Wren \xff\xfe\n",
        b"# Wren\r\r\nwords\rmore\n",
        "\ufeff# Wren\n".encode("utf-16-le"),
        "\ufeff# Wren\n".encode("utf-16-be"),
        "# Wren and others\n".encode("utf-16-le"),
    ],
)
def test_only_the_edited_bytes_differ(card_file, data):
    path = card_file(data)
    source = edited(data, "Wren", "Lark")
    write(path, source, data)
    wide = source.encoding
    assert path.read_bytes() == data.replace("Wren".encode(wide), "Lark".encode(wide))
    assert [each.name for each in path.parent.iterdir()] == ["README.md"]


def test_bytes_that_would_be_lost_are_never_written(card_file):
    data = "\ufeff# Wren\n".encode("utf-16-le") + b"\x00"
    path = card_file(data)
    with pytest.raises(LossyError, match="was not fixed, because it contains bytes"):
        write(path, edited(data, "Wren", "Lark"), data)
    assert path.read_bytes() == data


def test_a_card_that_changed_meanwhile_is_not_overwritten(card_file):
    data = b"# Wren\n"
    path = card_file(b"# Wren\nsaved by somebody\n")
    with pytest.raises(ChangedError, match="changed on disk"):
        write(path, edited(data, "Wren", "Lark"), data)
    assert path.read_bytes() == b"# Wren\nsaved by somebody\n"
    assert [each.name for each in path.parent.iterdir()] == ["README.md"]


def test_a_card_that_is_gone_is_not_made_anew(card_file):
    data = b"# Wren\n"
    path = card_file(data)
    path.unlink()
    with pytest.raises(ChangedError, match="removed"):
        write(path, edited(data, "Wren", "Lark"), data)
    assert not list(path.parent.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions")
@pytest.mark.parametrize("mode", [0o644, 0o600, 0o664, 0o755])
def test_permissions_stay(card_file, mode):
    data = b"# Wren\n"
    path = card_file(data)
    path.chmod(mode)
    write(path, edited(data, "Wren", "Lark"), data)
    assert path.read_bytes() == b"# Lark\n"
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_card_is_left_alone(card_file):
    data = b"# Wren\n"
    path = card_file(data)
    path.chmod(0o444)
    with pytest.raises(PermissionError):
        write(path, edited(data, "Wren", "Lark"), data)
    assert path.read_bytes() == data


def test_a_link_stays_a_link(card_file, tmp_path):
    data = b"# Wren\n"
    path = card_file(data)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "CARD.md"
    try:
        link.symlink_to("../README.md")
    except OSError:
        pytest.skip("links are not allowed here")
    write(link, edited(data, "Wren", "Lark"), data)
    assert link.is_symlink()
    assert path.read_bytes() == b"# Lark\n"
    assert [each.name for each in folder.iterdir()] == ["CARD.md"]


def test_what_did_not_change_is_not_written(card_file):
    data = b"# Wren\n"
    path = card_file(data)
    before = path.stat()
    write(path, read(data), data)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_when_writing_fails_the_card_is_whole(card_file, monkeypatch):
    data = b"# Wren\n"
    path = card_file(data)

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write(path, edited(data, "Wren", "Lark"), data)
    assert path.read_bytes() == data
    assert [each.name for each in path.parent.iterdir()] == ["README.md"]


# --- the patch


TEXTS = st.lists(st.sampled_from(["a", "b", "", "c\r", "d é", "\ufeff", "x\x0cy", "u\u2028v"]), max_size=8).map(
    "\n".join
)


@settings(deadline=None, max_examples=examples(25))
@given(TEXTS, TEXTS, st.sampled_from(["README.md", "a folder/README.md", 'odd"name.md', "modèle/carte.md"]))
def test_git_applies_the_patch(tmp_path_factory, before, after, name):
    if before == after:
        assert unified_diff(read(before.encode(), name), read(after.encode(), name)) == ""
        return
    folder = tmp_path_factory.mktemp("patch")
    card = folder / name
    card.parent.mkdir(exist_ok=True)
    card.write_bytes(before.encode())
    patch = unified_diff(read(before.encode(), name), read(after.encode(), name))
    git = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"]
    applied = subprocess.run(git, cwd=folder, input=patch.encode(), capture_output=True, check=False)
    assert applied.returncode == 0, applied.stderr.decode() + patch
    assert card.read_bytes() == after.encode()


def test_the_patch_shows_line_ends_as_they_are():
    assert unified_diff(read(b"a\r\nb", "x.md"), read(b"a\nb\n", "x.md")) == (
        "--- a/x.md\n+++ b/x.md\n@@ -1,2 +1,2 @@\n-a\r\n-b\n\\ No newline at end of file\n+a\n+b\n"
    )
