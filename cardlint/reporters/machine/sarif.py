"""SARIF 2.1.0, as GitHub's code scanning reads it.

Left out on purpose: `automationDetails`, which would replace the `category` that a workflow sets, and a security
severity, which the mistakes of a card do not have.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from cardlint.finding import Finding, Fix, Related, RuleInfo, Safety
from cardlint.fixing.edits import with_line_ends
from cardlint.registry import load_rules
from cardlint.reporters.budget import most_severe
from cardlint.reporters.machine.fingerprints import fingerprints, line_hashes
from cardlint.reporters.machine.json import encode, write_items
from cardlint.reporters.machine.paths import as_ascii, from_root, uri
from cardlint.reporters.masking import Mask, masked
from cardlint.reporters.report import Report, Style
from cardlint.reporters.rule_page import markdown_page
from cardlint.rule_definition import Rule
from cardlint.source import BYTE_ORDER_MARK, Source, Span
from cardlint.wording import counted

__all__ = ["MOST_RESULTS", "write"]

MOST_RESULTS = 5000
"""The most results of one run that GitHub keeps."""

MOST_LINKS = 5  # the related places that a message names
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LINE_ENDS = ["\r\r\n", "\r\n", "\r", "\n"]


def write(report: Report, stream: TextIO, _style: Style) -> None:
    """Write one run, with one result per line."""
    mask = report.mask()
    results = _Results(report, mask)
    stream.write(f'{{\n  "$schema": {encode(_SCHEMA)},\n  "version": "2.1.0",\n  "runs": [\n    {{\n')
    stream.write(f'      "tool": {{"driver": {encode(_driver(report.version))[:-1]}, "rules": [')
    write_items(stream, results.described(), indent=8, end="]}},\n")
    stream.write(f'      "invocations": [{encode(_invocation(report, results.left_out))}],\n')
    stream.write(f'      "columnKind": "unicodeCodePoints",\n      "newlineSequences": {encode(_LINE_ENDS)},\n')
    stream.write('      "results": [')
    write_items(stream, results.lines(), indent=8, end="]\n")
    stream.write("    }\n  ]\n}\n")


def _driver(version: str) -> dict[str, Any]:
    return {"name": "cardlint", "version": version, "semanticVersion": version}


def _rule(info: RuleInfo, rule: Rule | None) -> dict[str, Any]:
    """Return the description of a rule, with its page if it is installed."""
    description = info.summary or info.name
    described: dict[str, Any] = {"id": info.name, "shortDescription": {"text": description}}
    page = {}
    if rule is not None:
        description = "\n\n".join(filter(None, (rule.manual.summary, rule.manual.description))) or info.name
        page = {"help": {"text": description, "markdown": markdown_page(rule)}}
    described |= {
        "fullDescription": {"text": description},
        **page,
        "defaultConfiguration": {"level": (rule or info).severity.label},
        "properties": {"tags": [info.group], "severities": [severity.label for severity in info.severities]},
    }
    if info.page:
        described["helpUri"] = as_ascii(info.page)
    return described


def _invocation(report: Report, left_out: int) -> dict[str, Any]:
    """Return the outcome of the run: not successful after a failure, so that missing results do not count as fixed."""
    notes = [
        {
            "level": "error",
            "message": {"text": masked(trouble.message) or "unknown trouble"},
            **({"locations": [_location(trouble.path)]} if trouble.path else {}),
        }
        for trouble in report.troubles
    ]
    if left_out:
        text = f"{counted(left_out, 'finding')} left out, the least severe: GitHub keeps {MOST_RESULTS} results."
        notes.append({"level": "warning", "message": {"text": text}})
    return {"executionSuccessful": not report.troubles, "toolExecutionNotifications": notes}


class _Results:
    """The results of a report, and the rules that they name."""

    def __init__(self, report: Report, mask: Mask) -> None:
        self.mask = mask
        marks = list(fingerprints(report.findings, mask))
        chosen = most_severe(report.findings, MOST_RESULTS)
        self.left_out = len(report.findings) - len(chosen)
        if self.left_out:
            report.left_out.append(
                f"the SARIF report leaves {counted(self.left_out, 'finding')} out, none of them more severe: "
                f"GitHub keeps {MOST_RESULTS}"
            )
        self._findings = report.findings
        self._chosen = [(index, marks[index]) for index in chosen]
        self.rules = {finding.rule.name: finding.rule for finding, _ in self._each()}
        self._places = {name: place for place, name in enumerate(self.rules)}
        self._hashed: tuple[Source | None, list[str]] = (None, [])

    def _each(self) -> Iterator[tuple[Finding, str]]:
        """Yield the findings, created again, because many together would hold the texts of all cards."""
        return ((self._findings[index], mark) for index, mark in self._chosen)

    def described(self) -> Iterator[str]:
        """Yield every rule as an object."""
        known = load_rules() if self.rules else {}
        for name, info in self.rules.items():
            yield encode(_rule(info, known.get(name)))

    def lines(self) -> Iterator[str]:
        """Yield every result as an object."""
        for finding, mark in self._each():
            yield encode(self._result(finding, mark))

    def _result(self, finding: Finding, mark: str) -> dict[str, Any]:
        problem = finding.problem
        result: dict[str, Any] = {
            "ruleId": finding.rule.name,
            "ruleIndex": self._places[finding.rule.name],
            "level": finding.severity.label,
            "message": {"text": self._message(finding)},
            "locations": [_location(finding.source.path, finding.source, finding.span)],
        }
        if problem.related:
            result["relatedLocations"] = [
                self._related(related, finding.source, number) for number, related in enumerate(problem.related, 1)
            ]
        result["partialFingerprints"] = {**self._line_hash(finding), "cardlint/v1": mark}
        fix = problem.fix
        if fix is not None and fix.edits and self.mask.leaves(fix):
            result["fixes"] = [self._fix(fix, finding.source)]
        return result

    def _message(self, finding: Finding) -> str:
        """Return message and help; GitHub shows a related place only if the message links to it."""
        problem = finding.problem
        parts = [self.mask.text(problem.message) or finding.rule.name, self.mask.text(problem.help)]
        links = []
        for number, related in enumerate(problem.related[:MOST_LINKS], 1):
            label = self.mask.text(related.message)
            label = label or f"line {(related.source or finding.source).position(related.span.start).line}"
            links.append(f"[{_in_brackets(label)}]({number})")
        if len(problem.related) > MOST_LINKS:
            links.append(f"and {len(problem.related) - MOST_LINKS} more")
        parts.append(f"See: {', '.join(links)}." if links else "")
        return "\n".join(filter(None, parts))

    def _line_hash(self, finding: Finding) -> dict[str, str]:
        source = finding.source
        if self._hashed[0] is not source:  # findings come card by card
            self._hashed = (source, line_hashes(source))
        hashes = self._hashed[1]
        return {"primaryLocationLineHash": hashes[source.line_index(finding.span.start)]} if hashes else {}

    def _related(self, related: Related, card: Source, number: int) -> dict[str, Any]:
        source = related.source or card
        place = _location(source.path, source, related.span)
        return {"id": number, **place, "message": {"text": self.mask.text(related.message)}}

    def _fix(self, fix: Fix, source: Source) -> dict[str, Any]:
        unsafe = "" if fix.safety is Safety.SAFE else " (unsafe: review it)"
        replacements = [
            {"deletedRegion": _region(source, edit.span), "insertedContent": {"text": edit.text}}
            for edit in with_line_ends(source.text, fix.edits)
        ]
        return {
            "description": {"text": f"{fix.title}{unsafe}"},
            "artifactChanges": [{"artifactLocation": _artifact(source.path), "replacements": replacements}],
        }


def _in_brackets(text: str) -> str:
    for character in "\\[]":
        text = text.replace(character, f"\\{character}")
    return text


def _artifact(path: str) -> dict[str, str]:
    return {"uri": uri(from_root(path, "GITHUB_WORKSPACE"))}


def _location(path: str, source: Source | None = None, span: Span | None = None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(path)}
    if source is not None and span is not None:
        place["region"] = _region(source, span)
    return {"physicalLocation": place}


def _region(source: Source, span: Span) -> dict[str, int]:
    start_line, start_column = _position(source, span.start)
    end_line, end_column = _position(source, span.end)
    return {"startLine": start_line, "startColumn": start_column, "endLine": end_line, "endColumn": end_column}


def _position(source: Source, offset: int) -> tuple[int, int]:
    """Return line and column; in SARIF a byte order mark is not a character of the text."""
    position = source.position(offset)
    marked = position.line == 1 and position.column > 1 and source.text.startswith(BYTE_ORDER_MARK)
    return position.line, position.column - marked
