"""The output formats: what they promise of every report, and what a few whole reports look like."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from cardlint.finding import Edit, Finding, Fix, Problem, Related, RuleInfo, Safety, Severity
from cardlint.linting.results import Counts, Trouble, count
from cardlint.reporters.formats import FORMATS, reporter
from cardlint.reporters.report import Report, Style
from cardlint.source import Source, Span, read

PLAIN = Style(color=False, width=80, unicode=True, hyperlinks=False)
ASCII = Style(color=False, width=80, unicode=False, hyperlinks=False)
COLOR = Style(color=True, width=80, unicode=True, hyperlinks=True)
SNAPSHOTS = Path(__file__).parent / "snapshots"

COUNT = {"type": "integer", "minimum": 0}


def closed(**properties):
    """The schema of an object that has these keys and no others."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


PLACE = closed(line={"type": "integer", "minimum": 1}, column={"type": "integer", "minimum": 1}, offset=COUNT)
STRING = {"type": "string"}
NEVER_EMPTY = {"type": "string", "minLength": 1}
RELATED = closed(message=STRING, start=PLACE, end=PLACE)
RELATED["properties"]["path"] = NEVER_EMPTY
FIX = closed(
    title=STRING,
    safety={"enum": ["safe", "unsafe"]},
    edits={"type": "array", "items": closed(start=COUNT, end=COUNT, text=STRING)},
)
FINDING = closed(
    rule=NEVER_EMPTY,
    group=NEVER_EMPTY,
    severity={"enum": ["error", "warning", "note"]},
    message=STRING,
    path=STRING,
    start=PLACE,
    end=PLACE,
    related={"type": "array", "items": RELATED},
    fix={"oneOf": [{"type": "null"}, FIX]},
    help=STRING,
)
COUNTS = ("cards", "skipped", "errors", "warnings", "notes", "suppressed", "fixable", "fixable_unsafe", "known")
SCHEMA = closed(
    schema_version={"const": 1},
    cardlint_version=STRING,
    summary=closed(**dict.fromkeys(COUNTS, COUNT)),
    findings={"type": "array", "items": FINDING},
    errors={"type": "array", "items": closed(path=STRING, message=STRING)},
)


def find(source, span, message="something is wrong", *, rule="some-rule", severity=Severity.WARNING, **more):
    page = f"https://example.org/rules/{rule}/"
    return Finding(source, RuleInfo(rule, "metadata", severity, "", page), severity, Problem(span, message, **more))


def at(text, needle):
    return Span(text.index(needle), text.index(needle) + len(needle))


def report_of(*findings, troubles=(), cards=1, skipped=0, suppressed=0):
    summary = count(findings) + Counts(cards=cards, skipped=skipped, suppressed=suppressed)
    return Report(findings, summary, troubles, "0.1.0")


def render(name, report, style=PLAIN):
    stream = io.StringIO()
    reporter(name)(report, stream, style)
    return stream.getvalue()


CARD = """\
---
licence: mit
model-index:
- name: tiny
  results:
  - metrics:
    - type: accuracy
      value: 0.91
---

# 小さい tiny 🦠

It listens.

- Loss: 0.5
- Accuracy: 0.934

## Uses

To be written

Key: hf_AbCdEfGhIjKlMnOp
"""


def sample():
    """A report with a bit of everything, in the order that a run gives."""
    card = Source("models/tiny/README.md", CARD)
    results = Source("models/tiny/.eval_results/a.yaml", "- value: 0.5\n")
    section = Span(CARD.index("## Uses"), CARD.index("Key:"))
    return report_of(
        find(
            card,
            at(CARD, "licence"),
            "nobody reads `licence`",
            rule="unknown-key",
            help="Rename it.",
            fix=Fix("Rename `licence` to `license`", (Edit(at(CARD, "licence"), "license"),)),
        ),
        find(
            card,
            at(CARD, "0.91"),
            "`accuracy` is 0.91 in the metadata but 0.934 in the body",
            rule="metric-mismatch",
            severity=Severity.ERROR,
            help="State one value in both.",
            related=(Related(at(CARD, "0.934"), "the body says 0.934 here"),),
            fix=Fix("Take the body's value", (Edit(at(CARD, "0.91"), "0.934"),), Safety.UNSAFE),
        ),
        find(
            card,
            at(CARD, "🦠"),
            "an emoji in the title",
            severity=Severity.NOTE,
            related=(Related(at(CARD, "小さい"), "the name"), Related(at(CARD, "tiny 🦠"), "again")),
        ),
        find(
            card,
            at(CARD, "0.5"),
            "`loss` stands in two files",
            related=(Related(at(results.text, "0.5"), "the other file", results),),
        ),
        find(card, section, "a section that says nothing", rule="placeholder-section", help="Write it."),
        find(card, at(CARD, "hf_AbCdEfGhIjKlMnOp"), "a token", rule="leaked-secret", severity=Severity.ERROR),
        troubles=[Trouble("gone/README.md", "no such file or directory")],
        cards=4,
        skipped=3,
        suppressed=2,
    )


# What all formats promise


@st.composite
def reports(draw):
    """Any text with any spans, edits and words: nothing a rule or a card can do."""
    alphabet = st.one_of(
        st.sampled_from("\r\n\t\0\x1b ab`小🦠\u0301\u200d\ufe0f\ufeff\u2028\u202e\udc80\ud83d*…"),
        st.characters(codec=None),
    )
    words = st.text(alphabet, max_size=30)
    text = draw(st.one_of(words, st.lists(words, max_size=30).map("\r\r\n".join), words.map(lambda word: word * 300)))
    source = Source(draw(words), text)
    other = Source("other.yaml", draw(words))

    def spans(of):
        ends = st.integers(0, len(of.text))
        return st.tuples(ends, ends).map(lambda pair: Span(min(pair), max(pair)))

    edits = st.lists(st.builds(Edit, spans(source), words), max_size=4).map(tuple)
    related = st.one_of(
        st.builds(Related, spans(source), words), st.builds(Related, spans(other), words, st.just(other))
    )
    problems = st.builds(
        Problem,
        spans(source),
        words,
        words,
        st.lists(related, max_size=4).map(tuple),
        st.none() | st.builds(Fix, words, edits, st.sampled_from(Safety)),
    )
    names = st.sampled_from(["some-rule", "leaked-secret"])
    rules = names.map(lambda name: RuleInfo(name, "source", Severity.NOTE, "", "https://example.org/\x1bé"))
    findings = st.builds(Finding, st.just(source), rules, st.sampled_from(Severity), problems)
    return report_of(*draw(st.lists(findings, max_size=3)), troubles=[Trouble(draw(words), draw(words))])


@given(reports(), st.integers(0, 120), st.booleans(), st.sampled_from(sorted(FORMATS)))
def test_every_report_can_be_written_and_plain_output_has_no_escape(report, width, unicode, name):
    output = render(name, report, Style(color=False, width=width, unicode=unicode, hyperlinks=False))
    output.encode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", output)


@given(reports(), st.sampled_from(sorted(FORMATS)))
def test_colors_and_links_add_nothing_but_escapes(report, name):
    escape = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[\x21-\x7e]*\x1b\\")
    assert escape.sub("", render(name, report, COLOR)) == render(name, report, PLAIN)


@given(reports())
def test_concise_has_a_line_a_finding_and_the_summary_last(report):
    lines = render("concise", report).split("\n")
    closing = lines[len(report.findings) :]
    assert closing[0].startswith(("Found ", "All good", "No card", "1 card", "2 cards")) or " checked" in closing[0]
    marked = any(" [*] " in line or " [~] " in line for line in lines[: len(report.findings)])
    assert marked == any(finding.problem.fix for finding in report.findings)
    assert closing[-2].startswith(("[*] ", "[~] ")) == marked
    assert len(closing) - marked in (2, 3)
    assert closing[-1] == ""


@given(reports())
def test_json_follows_its_schema_for_every_report(report):
    document = json.loads(render("json", report), parse_constant=pytest.fail)
    Draft202012Validator(SCHEMA).validate(document)
    lines = render("jsonl", report).splitlines()
    assert [json.loads(line) for line in lines] == document["findings"]
    for finding in document["findings"]:
        edits = finding["fix"]["edits"] if finding["fix"] else []
        assert edits == sorted(edits, key=lambda edit: (edit["start"], edit["end"], edit["text"]))


@given(st.text("ab 小🦠é\u0301\t\r\n", max_size=400), st.integers(20, 120), st.data())
def test_frames_in_ascii_are_ascii_and_never_wider_than_the_terminal(text, width, data):
    ends = st.integers(0, len(text))
    spans = [Span(*sorted((data.draw(ends), data.draw(ends)))) for _ in range(3)]
    related = tuple(Related(span, "") for span in spans[1:])
    report = report_of(find(Source("a.md", text), spans[0], related=related))
    unicode = data.draw(st.booleans())
    for line in render("full", report, Style(color=False, width=width, unicode=unicode, hyperlinks=False)).split("\n"):
        if re.match(r" *\d* [|│]", line):
            assert cell_len(line) <= max(width, 32)
            assert unicode or set(line) - set(text) <= set(" 0123456789|^-!.")


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_gives_the_same_text(name):
    assert render(name, sample()) == render(name, sample())


def test_a_format_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="unknown format `xml`; did you mean `junit`"):
        reporter("xml")


def test_a_report_has_all_counts():
    assert sample().counts == Counts(4, 3, errors=2, warnings=3, notes=1, suppressed=2, fixable=1, fixable_unsafe=1)


# JSON


def test_json_is_the_object_of_the_contract_in_its_order():
    document = json.loads(render("json", sample()))
    assert list(document) == ["schema_version", "cardlint_version", "summary", "findings", "errors"]
    assert tuple(document["summary"]) == COUNTS
    assert json.dumps(document["findings"][1]) == json.dumps(
        {
            "rule": "metric-mismatch",
            "group": "metadata",
            "severity": "error",
            "message": "`accuracy` is 0.91 in the metadata but 0.934 in the body",
            "path": "models/tiny/README.md",
            "start": {"line": 8, "column": 14, "offset": 101},
            "end": {"line": 8, "column": 18, "offset": 105},
            "related": [
                {
                    "message": "the body says 0.934 here",
                    "start": {"line": 16, "column": 13, "offset": 162},
                    "end": {"line": 16, "column": 18, "offset": 167},
                }
            ],
            "fix": {
                "title": "Take the body's value",
                "safety": "unsafe",
                "edits": [{"start": 101, "end": 105, "text": "0.934"}],
            },
            "help": "State one value in both.",
        }
    )
    assert CARD[101:105] == "0.91"
    assert CARD[162:167] == "0.934"
    assert document["findings"][2]["fix"] is None
    assert document["errors"] == [{"path": "gone/README.md", "message": "no such file or directory"}]


def test_json_names_the_path_of_another_file_only():
    related = json.loads(render("json", sample()))["findings"][3]["related"]
    assert list(related[0]) == ["message", "path", "start", "end"]
    assert related[0]["path"] == "models/tiny/.eval_results/a.yaml"


def test_json_without_findings_is_whole():
    document = json.loads(render("json", report_of(cards=0)))
    Draft202012Validator(SCHEMA).validate(document)
    assert (document["findings"], document["errors"]) == ([], [])
    assert render("jsonl", report_of()) == ""


def test_json_writes_bytes_that_are_no_text_as_replacement_characters():
    source = read(b"caf\xe9\n", "caf\udce9/README.md")
    output = render("json", report_of(find(source, source.undecodable[0], "a byte \udce9")))
    assert json.loads(output)["findings"][0]["path"] == "caf\ufffd/README.md"
    assert json.loads(output)["findings"][0]["message"] == "a byte \ufffd"


# Code frames


def frame_of(text, *spans, style=PLAIN, labels=()):
    """The rows of the frames: what stands right of the margin's bar, or None for a row that has none."""
    labels = [*labels, *[""] * (len(spans) - 1 - len(labels))]
    related = tuple(Related(span, label) for span, label in zip(spans[1:], labels, strict=True))
    rows = []
    for line in render("full", report_of(find(Source("a.md", text), spans[0], related=related)), style).split("\n"):
        match = re.match(r"( *\d*) [│|] ?(.*)$", line)
        if match:
            rows.append((match[1].strip(), match[2]))
    return rows


@pytest.mark.parametrize(
    ("text", "needle"),
    [
        ("plain text here", "text"),
        ("日本語の説明 [ここ]() です", "[ここ]()"),
        ("🦠 and 🦠🦠 more", "more"),
        ("a cafe\u0301 au lait", "au"),
        ("a cafe\u0301 au lait", "cafe\u0301"),
        ("\tvalue:\t0.5", "0.5"),
        ("\tvalue:\t0.5", "\t0"),
        ("한국어 모델", "모델"),
        ("हिन्दी मॉडल", "मॉडल"),
        ("\u2764\ufe0f love", "love"),
        ("by 👩\u200d💻 of us", "of"),
        ("by 👩\u200d💻 of us", "👩\u200d💻"),
        ("flag 🇩🇪 here", "here"),
        ("＊全角＊ x", "x"),
    ],
)
def test_carets_stand_under_the_text(text, needle):
    span = at(text, needle)
    tabs = text.expandtabs(4)  # right for these lines, which have no wide character before a tab
    before = text[: span.start].expandtabs(4)
    rows = frame_of(f"{text}\n", span)
    assert rows[1:3] == [
        ("1", tabs),
        ("", " " * cell_len(before) + "^" * (cell_len(text[: span.end].expandtabs(4)) - cell_len(before))),
    ]


@given(
    st.text("ab小🦠語한Ж", min_size=1, max_size=300),
    st.integers(40, 100),
    st.booleans(),
    st.integers(0, 299),
    st.integers(1, 8),
)
@example("aaaaa" + 15 * "小" + "a", 40, False, 11, 8)
def test_carets_stand_under_the_text_in_every_window(text, width, unicode, start, length):
    start %= len(text)
    span = Span(start, min(len(text), start + length))
    style = Style(color=False, width=width, unicode=unicode, hyperlinks=False)
    (_, row), (_, carets) = frame_of(text, span, style=style)[1:3]
    first, last = carets.index("^"), carets.rindex("^") + 1
    under = [character for index, character in enumerate(row) if first <= cell_len(row[:index]) < last]
    assert "".join(under) == text[span.start : span.end]
    assert cell_len("".join(under)) == last - first


@pytest.mark.parametrize("hidden", ["\ufeff", "\x1b", "\0", "\x85", "\u200b", "\u202e", "\u2028", "\xad", "\u200d"])
def test_what_has_no_look_takes_one_cell(hidden):
    text = f"a{hidden}b c"
    assert frame_of(text, at(text, "c"))[1:3] == [("1", "a·b c"), ("", "    ^")]
    assert frame_of(text, at(text, hidden))[1:3] == [("1", "a·b c"), ("", " ^")]
    assert frame_of(text, at(text, "c"), style=ASCII)[1] == ("1", "a.b c")


def test_bytes_that_are_no_text_take_one_cell():
    source = read(b"caf\xe9 \xff\xfe x")
    assert frame_of(source.text, at(source.text, "x"))[1:3] == [("1", "caf� �� x"), ("", "        ^")]


@pytest.mark.parametrize("text", ["\n", "abc", "abc\n", "abc\r\n", "a\r\r\nb\rc"])
def test_the_end_of_the_text_can_be_shown(text):
    source = Source("a.md", text)
    position = source.position(len(text))
    assert (str(position.line), source.slice(source.lines[-1])) in frame_of(text, Span(len(text), len(text)))
    assert frame_of(text, Span(len(text), len(text)))[-1] == ("", " " * (position.column - 1) + "^")


def test_a_long_line_is_windowed_around_the_span():
    text = "x" * 2000 + "needle" + "y" * 2000
    (number, row), (_, carets) = frame_of(text, at(text, "needle"))[1:3]
    assert number == "1"
    assert row.startswith("…x")
    assert row.endswith("y…")
    assert row[carets.index("^") : carets.rindex("^") + 1] == "needle"
    assert cell_len(f"1 │ {row}") <= 80


def test_a_window_of_wide_characters_keeps_the_carets_in_place():
    text = "日本" * 300 + "x針y" + "語" * 300
    for width in range(40, 60):
        style = Style(color=False, width=width, unicode=True, hyperlinks=False)
        (_, row), (_, carets) = frame_of(text, at(text, "針"), style=style)[1:3]
        assert cell_len(row[: row.index("針")]) == carets.index("^")
        assert carets.count("^") == 2
        assert cell_len(f"1 │ {row}") <= width


def test_far_places_of_one_line_have_two_windows():
    text = "one " + "filler " * 300 + "two"
    rows = frame_of(text, at(text, "one"), at(text, "two"), labels=["the other"])
    assert [number for number, _ in rows] == ["", "1", "", "1", "", ""]
    assert rows[1][1].startswith("one filler")
    assert rows[3][1].endswith(" two")
    assert rows[2][1] == "^^^"
    assert rows[4][1].index("─") == rows[3][1].index("two")
    assert rows[5][1].endswith("the other ─╯")


def test_a_megabyte_on_one_line_is_measured_only_where_it_is_shown(monkeypatch):
    from cardlint.reporters.terminal import cells

    measured = []
    monkeypatch.setattr(cells, "width_of", lambda text: measured.append(text) or len(text))
    text = "é" * 1_000_000
    frame_of(text, Span(500_000, 500_003), Span(900_000, 900_003))
    assert 0 < len(measured) < 20_000


def test_near_places_share_a_frame_and_far_ones_do_not():
    near = "one\n\n\n\nfive\nsix\n"
    output = render(
        "full", report_of(find(Source("a.md", near), at(near, "one"), related=(Related(at(near, "six"), ""),)))
    )
    assert output.count("a.md:") == 1
    assert "\n...\n" in output
    far = "one\n" + "\n" * 10 + "six\n"
    output = render(
        "full", report_of(find(Source("a.md", far), at(far, "one"), related=(Related(at(far, "six"), ""),)))
    )
    assert "--> a.md:1:1" in output
    assert "::: a.md:12:1" in output


def test_a_small_gap_is_shown():
    text = "one\ntwo\nthree\nfour\n"
    rows = frame_of(text, at(text, "one"), at(text, "four"))
    assert [number for number, _ in rows if number] == ["1", "2", "3", "4"]


def test_labels_find_a_place_each():
    text = "alpha beta gamma"
    rows = frame_of(text, at(text, "beta"), at(text, "alpha"), at(text, "gamma"), labels=["first", "last"])
    assert rows[1:] == [("1", text), ("", "───── ^^^^ ───── last"), ("", "╰─ first")]
    rows = frame_of(text, at(text, "gamma"), at(text, "alpha"), at(text, "beta"), labels=["first", "second"])
    assert rows[1:] == [("1", text), ("", "───── ──── ^^^^^"), ("", "│     ╰─ second"), ("", "╰─ first")]


def test_a_label_without_room_at_its_right_stands_at_its_left():
    text = "x" * 60 + " needle"
    rows = frame_of(text, at(text, "x"), at(text, "needle"), labels=["rather many words on it"])
    assert rows[3] == ("", " " * 36 + "rather many words on it ─╯")


def hundred_lines(name):
    return Source(name, "".join(f"line {number}\n" for number in range(100)))


def places_in(source, numbers):
    return [Related(at(source.text, f"line {number}\n"), f"place {number}", source) for number in numbers]


def test_no_finding_shows_more_than_eight_lines():
    source = hundred_lines("a.md")
    related = (*places_in(source, range(10, 90, 3)), *places_in(hundred_lines("b.md"), [4]))
    output = render("full", report_of(find(source, Span(0, 4), related=related)))
    assert len(re.findall(r"^ ?\d+ │", output, re.MULTILINE)) <= 8
    assert "::: a.md:32:1: place 31" in output
    assert f"... and {len(related) - 7 - 4} more places" in output


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (range(10, 17), None),
        (range(10, 18), "8 more places in lines 11 to 18"),
        ([*range(10, 15), 20, 30, 31, 50], "9 more places in lines 11 to 15, 21, 31 to 32 and 51"),
    ],
)
def test_of_many_places_in_the_card_only_the_lines_are_named(numbers, words):
    source = hundred_lines("a.md")
    output = render("full", report_of(find(source, Span(0, 4), related=tuple(places_in(source, numbers)))))
    assert ("more places" in output) == (words is not None)
    assert ("line 10" in output) == (words is None)
    assert words is None or f" = {words}\n" in output


def test_a_span_of_many_lines_shows_its_ends():
    text = "".join(f"line {number}\n" for number in range(1, 30))
    output = render("full", report_of(find(Source("a.md", text), Span(text.index("line 5"), text.index("line 20")))))
    assert re.findall(r"(\d+) │ ┃", output) == ["5", "6", "19"]
    assert "\n...\n" in output


# Fixes


def rows_of_fix(text, *edits, safety=Safety.SAFE, style=PLAIN):
    fix = Fix("Mend it", edits, safety)
    output = render("full", report_of(find(Source("a.md", text), Span(0, 1), fix=fix)), style)
    return output[output.index("Mend it") :].split("\n\n")[0].split("\n")[1:]


def test_a_fix_is_a_small_diff():
    assert rows_of_fix("a: 1\nb: 2\n", Edit(Span(8, 9), "3")) == ["2 │ - b: 2", "2 │ + b: 3"]
    assert rows_of_fix("a: 1\nb: 2\n", Edit(Span(5, 5), "new: x\n")) == ["2 │ + new: x"]
    assert rows_of_fix("a: 1\nb: 2\n", Edit(Span(0, 5), "")) == ["1 │ - a: 1"]
    assert rows_of_fix("a: 1\r\nb: 2\r\n", Edit(Span(3, 4), "9"), Edit(Span(9, 10), "9")) == [
        "1 │ - a: 1",
        "1 │ + a: 9",
        "2 │ - b: 2",
        "2 │ + b: 9",
    ]


def test_numbers_after_a_fix_are_those_of_the_new_text():
    assert rows_of_fix("a\nb\nc\n", Edit(Span(0, 0), "x\ny\n"), Edit(Span(4, 5), "z")) == [
        "1 │ + x",
        "2 │ + y",
        "3 │ - c",
        "5 │ + z",
    ]


def test_white_space_that_changes_can_be_seen():
    assert rows_of_fix("a: 1  \n", Edit(Span(4, 6), "")) == ["1 │ - a: 1··", "1 │ + a: 1"]
    assert rows_of_fix("a\r\nb\r\n", Edit(Span(1, 3), "\n")) == ["  │ only line ends change"]


def test_a_long_fix_is_clipped():
    rows = rows_of_fix("".join(f"{number}\n" for number in range(50)), Edit(Span(0, 89), "all\n" * 60))
    assert len(rows) == 9
    assert rows[-1].endswith("... 85 more lines")


def test_a_line_cut_in_pieces_is_shown_where_it_is_cut():
    text = "a" * 500 + " # Title " + "b" * 500
    rows = rows_of_fix(text, Edit(Span(500, 501), "\n"), Edit(Span(508, 509), "\n"))
    assert "a # Title b" in rows[0]
    assert rows[1].endswith("a")
    assert rows[2] == "2 │ + # Title"


def test_a_fix_says_how_safe_it_is():
    for safety, words in ((Safety.SAFE, "safe fix: Mend"), (Safety.UNSAFE, "unsafe fix (--unsafe-fixes): Mend")):
        fix = Fix("Mend", (Edit(Span(0, 1), "b"),), safety)
        assert f"= {words}\n" in render("full", report_of(find(Source("a.md", "a"), Span(0, 1), fix=fix)))


def test_the_changed_word_is_set_off_in_color():
    output = "\n".join(rows_of_fix("key: 0.91 x\n", Edit(Span(8, 9), "34"), style=COLOR))
    assert "\x1b[7;31m0.91\x1b[0m" in output
    assert "\x1b[7;32m0.934\x1b[0m" in output


# Secrets

SECRET = "hf_AbCdEfGhIjKlMnOpQrStUvWx"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("style", [PLAIN, COLOR, Style(color=False, width=40, unicode=False, hyperlinks=False)])
def test_no_format_shows_more_than_six_characters_of_a_secret(name, style):
    text = f"# A\n\nfirst {SECRET} and\nagain {SECRET} there\n"
    card, other = Source("a.md", text), Source("b.md", f"copy of {SECRET}\n")
    token = at(text, SECRET)
    fixes = (
        Fix("Put it elsewhere", (Edit(Span(0, 1), f"> {SECRET[:-2]}\n"),)),
        Fix("Cut it", (Edit(Span(token.start + 12, token.start + 13), "\n"),)),
        Fix("Take it out", (Edit(token, "..."),)),
    )
    output = render(
        name,
        report_of(
            find(card, token, "a token", rule="leaked-secret"),
            *[find(card, Span(token.start + 9, token.end + 3), f"near {SECRET}", fix=fix) for fix in fixes],
            find(card, Span(0, len(text)), "all", help=SECRET, related=(Related(at(text, "again"), SECRET),)),
            find(other, Span(0, 4), "a copy"),
        ),
        style,
    )
    letters = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;;[\x21-\x7e]*\x1b\\", "", output)
    letters = letters.replace("\\*", "*") if name == "markdown" else letters
    assert all(SECRET[index : index + 4] not in letters for index in range(3, len(SECRET) - 3))
    assert "hf_AbC*" in letters


def test_a_secret_of_several_lines_is_hidden_on_all_of_them():
    text = "-----BEGIN\nabcdefgh\r\nijklmnop\n-----END\nrest\n"
    output = render("full", report_of(find(Source("a.md", text), Span(0, text.index("\nrest")), rule="leaked-secret")))
    assert "1 │ ┃ -----B****" in output
    assert "2 │ ┃ ********" in output
    assert "rest" in output


# Words


def test_rich_is_imported_only_for_what_needs_it():
    script = (
        "import io, sys\n"
        "from cardlint.finding import *\n"
        "from cardlint.reporters.formats import *\n"
        "from cardlint.reporters.report import *\n"
        "from cardlint.linting.results import Counts, count\n"
        "from cardlint.source import *\n"
        "problem = Problem(Span(2, 3), 'wrong', related=(Related(Span(0, 1), 'here'),))\n"
        "finding = Finding(Source('a.md', 'text'), RuleInfo('r', 'g', Severity.NOTE, ''), Severity.NOTE, problem)\n"
        "report = Report([finding], count([finding]) + Counts(cards=1), (), '0.1.0')\n"
        "assert 'json' not in sys.modules\n"
        "for name in FORMATS:\n"
        "    reporter(name)(report, io.StringIO(), Style(True, 80, True, True))\n"
        "assert 'rich' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_full_is_short_about_a_rule_that_fires_without_end():
    text = "x\n" * 300
    findings = [find(Source("a.md", text), Span(index * 2, index * 2 + 1), rule="unknown-key") for index in range(232)]
    findings.append(find(Source("b.md", text), Span(0, 1), rule="unknown-key"))
    output = render("full", report_of(*findings))
    assert output.count("warning[unknown-key]") == 2
    assert "something is wrong (232 times)" in output
    assert len(output.splitlines()) < 20
    assert render("concise", report_of(*findings)).count("warning[unknown-key]") == 233


def test_concise_is_one_line_each_whatever_the_message():
    source = Source("my card/README.md", "text\n")
    lines = render("concise", report_of(find(source, Span(2, 3), "one\n  two\r\nthree\x1b[31m"))).splitlines()
    assert lines == [
        "my card/README.md:1:3: warning[some-rule] one two three·[31m",
        "Found 1 warning in 1 card.",
    ]


@pytest.mark.parametrize(
    ("counts", "last"),
    [
        ({"cards": 4}, "All good: 4 cards checked."),
        ({"cards": 1, "skipped": 3, "suppressed": 2}, "All good: 1 card checked (2 suppressed, 3 skipped)."),
        ({"cards": 0}, "No card was checked."),
        ({"cards": 0, "skipped": 3}, "No card was checked (3 skipped); `--show-files` says why."),
        ({"cards": 2, "troubles": [Trouble("a", "b")]}, "2 cards checked, but 1 failure."),
        ({"cards": 0, "troubles": [Trouble("a", "b"), Trouble("a", "b")]}, "Nothing was checked: 2 failures."),
    ],
)
@pytest.mark.parametrize("name", ["full", "concise"])
def test_a_run_without_findings_claims_no_more_than_is_so(name, counts, last):
    assert render(name, report_of(**counts)).splitlines()[-1] == last


def closing_of(**counts):
    summary = Counts(**{**dict.fromkeys(COUNTS, 0), "cards": 4, **counts})
    return render("concise", Report((), summary, (), "0.1.0")).splitlines()


def test_the_summary_counts_in_words():
    assert closing_of(errors=3, warnings=2, notes=1, suppressed=2, skipped=3) == [
        "Found 3 errors, 2 warnings and 1 note in 4 cards (6 not shown, 2 suppressed, 3 skipped)."
    ]
    assert closing_of(errors=1, cards=1) == ["Found 1 error in 1 card (1 not shown)."]


def test_the_summary_says_what_to_type_next():
    assert closing_of(errors=3, fixable=2, fixable_unsafe=1)[1:] == [
        "Run `cardlint check --fix` to fix 2 of them; `--unsafe-fixes` fixes 1 more."
    ]
    assert closing_of(errors=1, fixable=1)[1:] == ["Run `cardlint check --fix` to fix it."]
    assert closing_of(errors=3, fixable=3)[1:] == ["Run `cardlint check --fix` to fix them all."]
    assert closing_of(errors=3, fixable_unsafe=1)[1:] == ["Run `cardlint check --fix --unsafe-fixes` to fix 1 of them."]
    assert closing_of(errors=3)[1:] == []


def test_the_rule_links_to_its_page_only_where_links_work():
    finding = find(Source("a.md", "text"), Span(0, 1))
    link = "\x1b]8;;https://example.org/rules/some-rule/\x1b\\some-rule\x1b]8;;\x1b\\"
    assert link in render("full", report_of(finding), Style(color=False, width=80, unicode=True, hyperlinks=True))
    assert link in render("concise", report_of(finding), COLOR)
    assert "\x1b]8" not in render(
        "full", report_of(finding), Style(color=True, width=80, unicode=True, hyperlinks=False)
    )
    assert "\x1b" not in render(
        "concise", report_of(finding), Style(color=False, width=80, unicode=True, hyperlinks=True)
    )


SENTENCES = st.lists(st.text("ab`針é,", min_size=1, max_size=9), min_size=1, max_size=60).map(" ".join)


@given(SENTENCES, SENTENCES, st.integers(40, 100), st.booleans())
def test_sentences_are_broken_between_words_and_only_where_the_end_wraps(message, advice, width, color):
    fix = Fix(advice, (Edit(Span(0, 1), "x"),))
    report = report_of(find(Source("a.md", "text"), Span(0, 1), message, help=message, fix=fix))
    whole, broken = (bare(render("full", report, Style(color, width, True, color, wraps))) for wraps in (False, True))
    assert all(cell_len(line) <= width for line in broken.splitlines())
    assert broken.split() == whole.split()
    assert f": {message}\n" in whole


def bare(output):
    """The output without colours and links."""
    return re.sub(r"\x1b\[[\d;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", output)


def test_further_lines_of_a_sentence_are_indented():
    words = "the quick brown fox jumps over the lazy dog"
    report = report_of(find(Source("a.md", "text"), Span(0, 1), f"`some` {words}", help=f"Mind {words}"))
    style = Style(color=False, width=40, unicode=True, hyperlinks=False, wraps=True)
    assert render("full", report, style).splitlines()[:9] == [
        "a.md",
        "warning[some-rule]: `some` the quick",
        "    brown fox jumps over the lazy dog",
        " --> a.md:1:1",
        "  │",
        "1 │ text",
        "  │ ^",
        "  = help: Mind the quick brown fox jumps",
        "      over the lazy dog",
    ]


@pytest.mark.parametrize("place", ["(line 25)", "(see lines 4, 7)", "line 4"])
@given(st.integers(40, 60), st.integers(1, 60))
def test_the_number_of_a_line_stays_with_its_word(place, width, before):
    message = "owl " * before + place
    report = report_of(find(Source("a.md", "text"), Span(0, 1), message))
    broken = render("full", report, Style(False, width, True, False, wraps=True))
    assert not re.search(r"lines?$", broken, re.MULTILINE)


def test_a_word_of_a_script_without_blanks_is_broken_where_no_line_holds_it():
    report = report_of(find(Source("a.md", "text"), Span(0, 1), "`" + "潮汐の予測" * 6 + "` is long"))
    style = Style(color=False, width=40, unicode=True, hyperlinks=False, wraps=True)
    assert render("full", report, style).splitlines()[1:4] == [
        "warning[some-rule]: `潮汐の予測潮汐の予",
        "    測潮汐の予測潮汐の予測潮汐の予測潮汐",
        "    の予測` is long",
    ]


def test_what_the_title_of_the_fix_says_is_said_once():
    fix = Fix("Put it in quotes", (Edit(Span(0, 1), "x"),))
    finding = find(Source("a.md", "text"), Span(0, 1), help="Put it in quotes.", fix=fix)
    assert render("full", report_of(finding)).count("Put it in quotes") == 1
    assert json.loads(render("json", report_of(finding)))["findings"][0]["help"] == "Put it in quotes."


# Whole outputs. After a change that is meant, write them anew with CARDLINT_SNAPSHOTS=write, and read the diff.


@pytest.mark.parametrize(
    ("file", "name", "style"),
    [
        ("full.txt", "full", PLAIN),
        ("full-ascii.txt", "full", ASCII),
        ("full-color.txt", "full", COLOR),
        ("concise.txt", "concise", PLAIN),
        ("report.json", "json", PLAIN),
        ("report.jsonl", "jsonl", PLAIN),
    ],
)
def test_a_whole_report_looks_as_it_did(file, name, style):
    output = render(name, sample(), style)
    if os.environ.get("CARDLINT_SNAPSHOTS") == "write":
        (SNAPSHOTS / file).write_text(output, encoding="utf-8", newline="\n")
    assert output == (SNAPSHOTS / file).read_text(encoding="utf-8")
