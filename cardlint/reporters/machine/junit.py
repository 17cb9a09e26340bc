"""JUnit's XML: a suite for each card with findings; errors and warnings are failed tests, notes passed ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TextIO
from xml.sax.saxutils import escape

from cardlint.config.rule_names import MISSING_CARD
from cardlint.finding import Finding, Severity
from cardlint.linting.results import Trouble
from cardlint.reporters.escaping import NOT_IN_XML
from cardlint.reporters.masking import Mask
from cardlint.reporters.report import Report, Style
from cardlint.wording import counted

__all__ = ["write"]


def write(report: Report, stream: TextIO, _style: Style) -> None:
    """Write the suites; one more represents the cards without findings and failures, so that every run has a test."""
    mask = report.mask()
    clean = _clean(report)
    troubles = len(report.troubles)
    tests = len(report.findings) + troubles + (clean is not None)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    counts = _attributes(tests=tests, failures=_failures(report.findings), errors=troubles)
    stream.write(f'<testsuites name="cardlint" {counts}>\n')
    own = _attributes(tests=troubles + (clean is not None), failures=0, errors=troubles)
    stream.write(f'  <testsuite name="cardlint" {own}>\n')
    if clean is not None:
        stream.write(f'    <testcase classname="cardlint" name="{counted(clean, "card")} without findings"/>\n')
    stream.writelines(_trouble(trouble, mask) for trouble in report.troubles)
    stream.write("  </testsuite>\n")
    for findings in _by_card(report):
        stream.writelines(_suite(findings, mask))
    stream.write("</testsuites>\n")


def _clean(report: Report) -> int | None:
    """Return the number of cards without findings, or None if findings are only about folders without a card."""
    if report.findings and not report.counts.cards:
        return None
    with_findings = {finding.source.path for finding in report.findings if finding.rule.name != MISSING_CARD}
    return max(report.counts.cards - len(with_findings), 0)


def _by_card(report: Report) -> Iterator[list[Finding]]:
    for _, findings in groupby(report.findings, key=lambda finding: finding.source.path):
        yield list(findings)


def _failures(findings: Iterable[Finding]) -> int:
    return sum(finding.severity is not Severity.NOTE for finding in findings)


def _suite(findings: Sequence[Finding], mask: Mask) -> Iterator[str]:
    path = mask.text(findings[0].source.path)
    counts = _attributes(tests=len(findings), failures=_failures(findings), errors=0)
    yield f"  <testsuite {_attributes(name=path)} {counts}>\n"
    for finding in findings:
        yield from _case(finding, mask)
    yield "  </testsuite>\n"


def _case(finding: Finding, mask: Mask) -> Iterator[str]:
    source, problem = finding.source, finding.problem
    position = source.position(finding.span.start)
    path = mask.text(source.path)
    place = f"{path}:{position.line}:{position.column}"
    message = mask.text(problem.message)
    words = "\n".join(filter(None, (f"{place}: {finding.severity.label}: {message}", mask.text(problem.help))))
    name = _attributes(classname=path, name=f"{finding.rule.name} ({position.line}:{position.column})")
    yield f"    <testcase {name}>\n"
    if finding.severity is Severity.NOTE:
        yield f"      <system-out>{_escaped(words)}</system-out>\n"
    else:
        kind = _attributes(type=finding.severity.label, message=message)
        yield f"      <failure {kind}>{_escaped(words)}</failure>\n"
    yield "    </testcase>\n"


def _trouble(trouble: Trouble, mask: Mask) -> str:
    path, message = mask.text(trouble.path), mask.text(trouble.message)
    name = _attributes(classname="cardlint", name=path or "trouble")
    words = f"{path}: {message}"
    error = _attributes(type="trouble", message=message)
    return f"    <testcase {name}>\n      <error {error}>{_escaped(words)}</error>\n    </testcase>\n"


def _attributes(**values: str | int) -> str:
    return " ".join(f'{name}="{_quoted(str(value))}"' for name, value in values.items())


def _escaped(text: str) -> str:
    return escape(NOT_IN_XML.sub("\ufffd", text), {"\r": "&#13;", "\t": "&#9;"})


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', "&quot;").replace("\n", "&#10;")
