"""`--add-suppressions` writes comments that suppress every finding, and changes nothing else."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from pathlib import Path

import pytest
from growth import too_slow
from hypothesis import example, given
from hypothesis import strategies as st
from real_cards import needs_archive, sample
from typer.testing import CliRunner

from cardlint.card.card import parse
from cardlint.cli.app import app
from cardlint.config.selection import ActiveRule
from cardlint.finding import Problem, Severity
from cardlint.fixing.suppressing import suppress_findings
from cardlint.linting.linter import lint
from cardlint.registry import load_rules
from cardlint.rule_definition import rule
from cardlint.source import Source, Span, read
from cardlint.testing import decode_escapes, read_cases

RULES = load_rules()
ALL = [
    ActiveRule(each, {name: option.default for name, option in each.options.items()}, None)
    for each in RULES.values()
    if each.default
]
CASES = Path(__file__).parent / "rules"


def marked(name: str):
    """A rule that reports every place of a word."""

    def check(card):
        for match in re.finditer(name.upper(), card.source.text):
            yield Problem(Span(*match.span()), f"an {name}")

    check.__name__ = name
    check.__doc__ = f"There is an {name}."
    return rule(severity=Severity.WARNING, group="birds")(check)


OWL, EMU = marked("owl"), marked("emu")
BIRDS = [ActiveRule(each, {}, None) for each in (OWL, EMU, RULES["unused-suppression"])]
KNOWN = {each.rule.name: each.rule for each in BIRDS}


def suppress(source, active=BIRDS, known=KNOWN):
    return suppress_findings(source, None, active, choose=lambda findings: findings, known=known)


def suppressed(text):
    return suppress(Source("README.md", text)).source.text


def left(source, active=BIRDS, known=KNOWN):
    """The names of the rules that still find something."""
    card = parse(read(source.encode(), source.path))
    return sorted({finding.rule.name for finding in lint(card, active, known=known).findings})


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "---\nlicense: mit\nname: OWL\n---\n",
            "---\nlicense: mit\n# cardlint: disable-next-line=owl\nname: OWL\n---\n",
        ),
        (
            "---\na:\n  - b: c\n    d: OWL\n---\n",
            "---\na:\n  - b: c\n    # cardlint: disable-next-line=owl\n    d: OWL\n---\n",
        ),
        (
            "---\na: |\n  one\n  OWL\n---\n",
            "---\n# cardlint: disable=owl\na: |\n  one\n  OWL\n---\n",
        ),
        (
            "---\na: 'one\n\n  OWL'\nb: [x,\n  EMU]\n---",
            "---\n# cardlint: disable=owl\na: 'one\n\n  OWL'\nb: [x,\n  # cardlint: disable-next-line=emu\n  EMU]\n---",
        ),
        ("Text\n\n## OWL\n", "Text\n\n<!-- cardlint-disable-next-line owl -->\n## OWL\n"),
        ("Text\n\nOWL\n---\n", "Text\n\n<!-- cardlint-disable-next-line owl -->\nOWL\n---\n"),
        ("An OWL and an EMU\n", "<!-- cardlint-disable-next-line emu, owl -->\nAn OWL and an EMU\n"),
        ("Text\nOWL  \nmore\n", "Text\nOWL <!-- cardlint-disable-line owl -->  \nmore\n"),
        ("Text\nOWL\\\nmore\n", "Text\nOWL <!-- cardlint-disable-line owl -->\\\nmore\n"),
        ("Text:\n- OWL\n- b\n", "Text:\n- OWL <!-- cardlint-disable-line owl -->\n- b\n"),
        (
            "| a | b |\n|---|---|\n| 1 | OWL |\n",
            "| a | b |\n|---|---|\n| 1 | OWL <!-- cardlint-disable-line owl --> |\n",
        ),
        ("> one\n> OWL\n", "> one\n> OWL <!-- cardlint-disable-line owl -->\n"),
        (
            "Text `one\nOWL\ntwo`\n",
            "<!-- cardlint-disable owl -->\nText `one\nOWL\ntwo`\n<!-- cardlint-enable owl -->\n",
        ),
        ("```\nOWL\n```\n", "<!-- cardlint-disable owl -->\n```\nOWL\n```\n<!-- cardlint-enable owl -->\n"),
        (
            "- a\n\n      OWL\n\nText",
            "<!-- cardlint-disable owl -->\n- a\n\n      OWL\n<!-- cardlint-enable owl -->\n\nText",
        ),
        (
            "<div\n OWL>x</div>\n",
            "<!-- cardlint-disable owl -->\n<div\n OWL>x</div>\n<!-- cardlint-enable owl -->\n",
        ),
        ("# OWL\n\nText\n", "<!-- cardlint-disable owl -->\n# OWL\n<!-- cardlint-enable owl -->\n\nText\n"),
        ("Text\r\n\r\nOWL\r\n", "Text\r\n\r\n<!-- cardlint-disable-next-line owl -->\r\nOWL\r\n"),
        ("Text\r\rOWL\r", "Text\r\r<!-- cardlint-disable-next-line owl -->\rOWL\r"),
        ("\ufeffOWL", "\ufeff<!-- cardlint-disable-next-line owl -->\nOWL"),
        ("---\na: [\n---\nOWL\n", "---\na: [\n---\n<!-- cardlint-disable-next-line owl -->\nOWL\n"),
        ("---\na: [OWL\n---\nText\n", "---\na: [OWL\n---\nText\n\n<!-- cardlint-disable-file owl -->\n"),
        (
            "---\na: [OWL\n---\nText\n```\ncode",
            "---\na: [OWL\n---\n<!-- cardlint-disable-file owl -->\nText\n```\ncode",
        ),
        ("[a]: OWL\n\n[a]\n", "[a]: OWL\n\n[a]\n\n<!-- cardlint-disable-file owl -->\n"),
        ("Text\n", "Text\n"),
    ],
)
def test_a_comment_is_as_close_as_its_place_lets_it(text, after):
    assert suppressed(text) == after


def test_a_finding_about_what_is_missing_is_suppressed_at_the_top_of_the_metadata():
    text = "---\nlanguage: en\n---\n\n# Tide\n\nIt predicts tides.\n"
    after = suppress(read(text.encode()), ALL, RULES).source.text
    assert after.startswith("---\n# cardlint: disable-file=missing-")
    assert after.count("\n") == text.count("\n") + 1


def test_a_comment_between_a_sentence_and_its_list_is_not_kept_if_a_rule_reads_both():
    @rule(severity=Severity.WARNING, group="birds")
    def pair(card):
        """A line that ends in a colon, and a list."""
        for match in re.finditer(r":\n- OWL$", card.source.text, re.MULTILINE):
            yield Problem(Span(match.start() + 2, match.end()), "an owl")

    active = [*BIRDS[1:], ActiveRule(pair, {}, None)]
    known = KNOWN | {"pair": pair}
    done = suppress(Source("README.md", "---\nlicense: mit\n---\nText:\n- OWL\n"), active, known)
    assert done.source.text == "---\n# cardlint: disable-file=pair\nlicense: mit\n---\nText:\n- OWL\n"
    assert done.fixed == {"pair": 1}


PIECES = st.sampled_from(
    [
        *("OWL", "EMU OWL", "a OWL b", "words", "", "", "# OWL", "## OWL", "OWL\n===", "EMU\n---", "- OWL", "  EMU"),
        *(
            "1. OWL",
            "> OWL",
            ">",
            "| a | OWL |\n|---|---|",
            "| EMU | 2 |",
            "```",
            "~~~",
            "    OWL",
            "<div>OWL",
            "</div>",
        ),
        *("<p>", "<!-- OWL -->", "<!-- OWL", "-->", "`OWL", "`", "$$", "$$OWL$$", "[a]: OWL", "[a](OWL)", "[^1]: OWL"),
        *(
            "<pre>OWL",
            "</pre>",
            "<script>OWL",
            "OWL\\",
            "OWL  ",
            "---",
            "***",
            "\tOWL",
            "* OWL\n\n  EMU",
            "<h2>OWL</h2>",
        ),
        *("<!-- cardlint-disable-file emu -->", "<!-- cardlint-enable -->", "**OWL\nEMU**", "- ```\n  OWL\n  ```"),
    ]
)
YAML = st.sampled_from(
    [
        *("a: OWL", "b: 'OWL'", "c: |\n  OWL\n  EMU", "d: >-\n  EMU\n\n  OWL", "e:\n- OWL\n- x: EMU\n  y: OWL"),
        "f: [EMU, OWL]",
        *("g: [a,\n  OWL]", "h: {x: OWL,\n  y: EMU}", "i: 'one\n  OWL'", "j: one\n  OWL\n  two", "# OWL", ""),
        "? OWL\n: EMU",
        *("k: &a OWL", "l: *a", "m: [", 'n: "OWL', "OWL", "- OWL", "o:  # EMU\n  p: OWL", "\tq: OWL", "r: '#OWL'"),
    ]
)  # fmt: skip
BODIES = st.lists(PIECES, max_size=10).map("\n".join)
CARDS = st.one_of(
    BODIES, st.tuples(st.lists(YAML, max_size=5).map("\n".join), BODIES).map("---\n{0[0]}\n---\n{0[1]}".format)
)


def words(text: str) -> str:
    """The text without blanks and comments for the linter."""
    plain = re.sub(r"<!-- cardlint-(?:disable|enable)[^>]*-->|# cardlint: disable[^\n\r]*", "", text)
    return "".join(plain.split())


def check_promises(source, active, known):
    """Nothing but comments is added, every finding is suppressed that a comment can, and once is enough."""
    done = suppress(source, active, known)
    before = parse(source)
    after = parse(read(done.source.encode(), source.path))
    assert after.original.text == done.source.text
    assert done.source.encoding == source.encoding
    assert words(done.source.text) == words(source.text)
    assert after.front_matter.state is before.front_matter.state
    if before.recovery is None and not before.is_lfs_pointer and not before.is_oversized:
        unused = {"unused-suppression"} & set(left(source, active, known))
        assert set(left(done.source, active, known)) <= unused
        again = suppress(done.source, active, known)
        assert again.source.text == done.source.text
    else:
        assert done.source.text == source.text


@given(CARDS, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
@example("OWL\n```\nOWL", "\n", False)
@example("---\nm: [\n---\n<!-- OWL\nEMU", "\n", True)
def test_every_finding_of_a_card_is_suppressed_and_nothing_changed(text, line_end, mark):
    if line_end == "\r" and "---" in text:  # the Hub needs another line end behind the closing fence
        line_end = "\n"
    text = "\ufeff" * mark + text.replace("\n", line_end)
    check_promises(Source("README.md", text), BIRDS, KNOWN)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_an_encoding_is_kept(encoding):
    data = "---\nlicense: mit\n---\n\nAn OWL.\n".encode(encoding)
    source = read(data)
    done = suppress(source)
    assert left(done.source) == []
    assert done.source.encode()[:4] == data[:4]
    assert read(done.source.encode()).text.replace("<!-- cardlint-disable-next-line owl -->\n", "") == source.text


def test_bytes_that_are_no_text_are_kept():
    source = read(b"---\nlicense: mit\n---\n\nAn OWL \xff.\n")
    done = suppress(source)
    assert left(done.source) == []
    assert b"An OWL \xff." in done.source.encode()


@pytest.mark.parametrize("name", RULES)
def test_the_cases_of_every_rule_can_be_suppressed(name):
    cards = [*map(decode_escapes, RULES[name].manual.bad)]
    cards += [
        decode_escapes(case.card) for case in read_cases((CASES / f"{name.replace('-', '_')}.md").read_text("utf-8"))
    ]
    for data in cards:
        check_promises(read(data), ALL, RULES)


@needs_archive
@pytest.mark.slow
@pytest.mark.parametrize(("folder", "count"), [("cards/real/", 150), ("cards/generated/", 50)])
def test_real_cards_can_be_suppressed(folder, count):
    for _, data in sample(count, seed=17, folder=folder):
        check_promises(read(data), ALL, RULES)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["OWL\n\n" * 20_000, "- OWL\n" * 20_000, "---\n" + "OWL: EMU\n" * 20_000 + "---\n", "## OWL\n\n" * 20_000],
    ids=range(4),
)
def test_many_findings_take_linear_time(text):
    def seconds(part):
        start = time.process_time()
        done = suppress(Source("README.md", part))
        assert done.fixed
        return time.process_time() - start

    part = text[: text.index("\n", len(text) // 4) + 1] + "---\n" * text.startswith("---")
    assert not too_slow(seconds, part, text, most=8, quick=8)  # a quadratic one takes sixteen times as long


# the command


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("card.md").write_bytes(
        b"---\nlicense: apache2\n---\n# Tide\n\nIt predicts tides.\n\n## Training data\n\nTODO\n"
    )
    return tmp_path


def check(*arguments, text=None):
    return CliRunner().invoke(app, ["check", "--isolated", "--no-cache", *arguments], input=text)


def test_the_command_writes_comments_and_finds_nothing_then(here):
    before = Path("card.md").read_bytes()
    assert check("card.md").exit_code == 1
    result = check("card.md", "--add-suppressions")
    assert re.fullmatch(r"Suppressed \d+ findings in 1 card\.\n", result.stderr)
    assert result.exit_code == 0
    after = Path("card.md").read_bytes()
    assert b"cardlint: disable-next-line=unknown-license\nlicense: apache2" in after
    assert [line for line in after.splitlines() if b"cardlint" not in line] == before.splitlines()
    again = check("card.md", "--add-suppressions")
    assert (again.exit_code, again.stderr) == (0, "")
    assert Path("card.md").read_bytes() == after
    assert check("card.md", "--no-suppressions").exit_code == 1


def test_with_diff_the_comments_are_only_shown(here):
    before = Path("card.md").read_bytes()
    result = check("card.md", "--add-suppressions", "--diff")
    assert "+# cardlint: disable-next-line=unknown-license" in result.stdout
    assert result.exit_code == 1
    assert Path("card.md").read_bytes() == before


def test_only_selected_rules_are_suppressed(here):
    check("card.md", "--add-suppressions", "--select", "unknown-license")
    text = Path("card.md").read_text()
    assert Counter(re.findall(r"cardlint.*", text)) == {"cardlint: disable-next-line=unknown-license": 1}


def test_findings_of_the_baseline_get_no_comment(here):
    check("card.md", "--write-baseline", "--select", "unknown-license")
    check("card.md", "--add-suppressions", "--baseline", ".cardlint-baseline.json")
    assert "unknown-license" not in Path("card.md").read_text()
    assert "placeholder-section" in Path("card.md").read_text()


def test_findings_that_are_not_reported_get_no_comment(here):
    check("card.md", "--add-suppressions", "--min-severity", "error")
    text = Path("card.md").read_text()
    assert "unknown-license" in text
    assert "placeholder-section" not in text
    Path("cardlint.toml").write_text('min-severity = "warning"\n')
    check("card.md", "--add-suppressions")
    assert "placeholder-section" in Path("card.md").read_text()


def test_standard_input_goes_to_standard_output(here):
    result = check("-", "--add-suppressions", text="---\nlicense: apache2\n---\n")
    assert "# cardlint: disable-next-line=unknown-license\nlicense: apache2\n" in result.stdout


@pytest.mark.parametrize("option", ["--fix", "--fix-only", "--unsafe-fixes", "--no-suppressions"])
def test_options_that_contradict_it_are_refused(here, option):
    result = check("card.md", "--add-suppressions", option)
    assert result.exit_code == 2
    assert f"`--add-suppressions` and `{option}` cannot be used together" in result.stderr


def test_a_card_that_is_read_only_is_not_written(here):
    Path("card.md").chmod(0o444)
    if os.access("card.md", os.W_OK):
        pytest.skip("root may write everything")
    result = check("card.md", "--add-suppressions")
    assert result.exit_code == 2
    assert b"cardlint" not in Path("card.md").read_bytes()
