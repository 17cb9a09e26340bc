"""Cards are read alike without ruamel.yaml.clib, which not every Python has a wheel of."""

import subprocess
import sys
from pathlib import Path

import pytest
from test_metadata import BROKEN, parse

from cardlint.card.frontmatter import find_front_matter
from cardlint.card.yaml import parsers
from cardlint.card.yaml.errors import explain
from cardlint.card.yaml.nodes import parse_metadata
from cardlint.card.yaml.parsers import PureParser, first_parser, second_parser
from cardlint.registry import load_rules
from cardlint.source import read
from cardlint.testing import decode_escapes, read_cases

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "fixtures"

BLOCKED = "import sys\nsys.modules['_ruamel_yaml'] = None\n"
CHECK = """
from cardlint.card.yaml.parsers import CParser
from cardlint.cli.main import main
print(CParser, file=sys.stderr)
main()
"""

needs_clib = pytest.mark.skipif(parsers.CParser is None, reason="ruamel.yaml.clib is not installed here")


def check(before, *arguments):
    """Check the fixtures in a process of its own; return its output, and the name of its compiled parser."""
    command = [sys.executable, "-c", f"import sys\n{before}{CHECK}", "check", "--isolated", "--no-cache", *arguments]
    result = subprocess.run(command, capture_output=True, check=False, cwd=FIXTURES, encoding="utf-8")
    assert result.returncode == 1, result.stderr
    return result.stdout, result.stderr.splitlines()[0]


@needs_clib
@pytest.mark.parametrize("output_format", ["json", "full"])
def test_the_fixtures_have_the_same_findings_without_it(output_format):
    with_it, compiled = check("", "--output-format", output_format, ".")
    without_it, none = check(BLOCKED, "--output-format", output_format, ".")
    assert "CParser" in compiled
    assert none == "None"
    assert "invalid-yaml" in with_it
    assert without_it == with_it


def cards():
    """Yield every card of the rules' pages and cases."""
    for name, rule in load_rules().items():
        yield from map(decode_escapes, rule.manual.bad + rule.manual.good)
        cases = (ROOT / "tests" / "rules" / f"{name.replace('-', '_')}.md").read_text("utf-8")
        yield from (decode_escapes(case.card) for case in read_cases(cases))


@needs_clib
def test_the_metadata_of_the_cases_are_the_same_without_it(monkeypatch):
    read_alike = 0
    for card in cards():
        source = read(card)
        span = find_front_matter(source).yaml
        with_it = parse_metadata(source, span)
        with monkeypatch.context() as patched:
            patched.setattr(parsers, "CParser", None)
            without_it = parse_metadata(source, span)
        assert without_it.root == with_it.root, card
        assert (without_it.error is None) == (with_it.error is None), card
        read_alike += len(with_it.mapping.entries)
    assert read_alike > 1000


@needs_clib
@pytest.mark.parametrize("text", [text for text, *_ in BROKEN] + ["- a\nb: c", "a: [b]\n c", "a: {b: c} d", "a: *b* c"])
def test_an_error_is_explained_alike_without_it(monkeypatch, text):
    with_it = parse(text)
    monkeypatch.setattr(parsers, "CParser", None)
    assert explain(parse(text)) == explain(with_it)


def test_a_single_parser_is_not_tried_twice(monkeypatch):
    monkeypatch.setattr(parsers, "CParser", None)
    assert isinstance(first_parser("a: b"), PureParser)
    assert second_parser("a: b") is None
