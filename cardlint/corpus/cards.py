"""One card of a corpus: from bytes to the row that says what was found and what is known of it."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import Any

from cardlint.card import Card, parse
from cardlint.corpus.job import Job
from cardlint.corpus.ledger import claims_of, comparisons_of
from cardlint.corpus.schema import size_class
from cardlint.corpus.text import clean
from cardlint.finding import Finding, Safety, Severity
from cardlint.fixer import fit
from cardlint.linter import lint
from cardlint.pattern import pattern
from cardlint.registry import load_rules
from cardlint.reporters.masking import Mask, secrets_of
from cardlint.selection import Selection
from cardlint.settings import REPO_ID
from cardlint.source import Source, Span, read

__all__ = ["CardLinter", "untouched"]

_REPO_ID = pattern(REPO_ID)

Row = dict[str, Any]


class CardLinter:
    """Lints cards one by one. It loads the rules once, and never raises for a card."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.rules = load_rules()
        self.selection = Selection(job.config, self.rules)

    def lint(self, name: str | None, data: bytes | None) -> Row:
        """The card's row, as `schema.LINTED` has it; a card without a name is called by its digest."""
        if data is None:
            return untouched(name, data, self.job.missing)
        row = untouched(name, data)
        start = time.thread_time_ns()
        try:
            self._fill(row, read(data, row["id"]))
        # One card of millions must not end the run, whatever a plugin or one of our own views does with it: the row
        # keeps what there is, and says what went wrong.
        except Exception as error:  # noqa: BLE001
            row["trouble"] = f"a bug in cardlint: {type(error).__name__}: {error}"
        row["trouble"] = clean(row["trouble"])
        row["milliseconds"] = (time.thread_time_ns() - start) / 1e6
        return row

    def _fill(self, row: Row, source: Source) -> None:
        card = parse(source, None, self._repo_id(source.path))
        config = self.job.config
        path = config.root / Path(source.path) if config.per_file_ignores else None
        active = self.selection.active(path)
        result = lint(card, active, known=self.rules, suppressions=self.job.suppressions)
        mask = _mask(card)
        row["findings"] = [_finding(finding, mask) for finding in result.findings]
        row["rules"] = sorted({finding.rule.name for finding in result.findings})
        row["suppressed"] = result.suppressed
        for finding in result.findings:
            row[f"{finding.severity.label}s"] += 1
            fix = finding.problem.fix
            if fix is not None:
                row["fixable" if fix.safety is Safety.SAFE else "fixable_unsafe"] += 1
        row["trouble"] = "; ".join(f"a bug in rule `{bug.rule}`: {bug.message}" for bug in result.bugs) or None
        row["flattened"] = card.recovery is not None
        if card.generator is not None:
            row["generator"], row["generator_family"] = card.generator.name, card.generator.family
        row["claims"] = claims_of(card, mask)
        row["comparisons"] = comparisons_of(card, mask)
        row["compared"] = len(row["comparisons"])
        row["disagreeing"] = sum(not pair["agrees"] for pair in row["comparisons"])

    def _repo_id(self, name: str) -> str | None:
        if self.job.repo_ids and "/" in name and _REPO_ID.search(name):
            return name
        return self.job.config.repo_id


def untouched(name: str | None, data: bytes | None, trouble: str | None = None) -> Row:
    """The row of a card before anything is known of it, and for good where there is no text or only trouble."""
    digest = None if data is None else hashlib.sha256(data).hexdigest()
    counts = [f"{severity.label}s" for severity in Severity]
    counts += ["suppressed", "fixable", "fixable_unsafe", "compared", "disagreeing"]
    return {
        "id": name if name is not None else f"sha256:{digest[:16]}" if digest else "",
        "sha256": digest,
        "bytes": None if data is None else len(data),
        "size_class": None if data is None else size_class(len(data)),
        **dict.fromkeys(counts, 0),
        "rules": [],
        "claims": [],
        "comparisons": [],
        "findings": [],
        "trouble": trouble,
    }


def _mask(card: Card) -> Mask | None:
    """What hides the card's secrets; None for the many cards that have none."""
    secrets = list(secrets_of(card))
    return Mask(secrets) if secrets else None


def _finding(finding: Finding, mask: Mask | None) -> Row:
    problem, source = finding.problem, finding.source
    fix = problem.fix
    edits = None
    if fix is not None:
        edits = [
            {"start": edit.span.start, "end": edit.span.end, "text": clean(edit.text, mask)}
            for edit in fit(source.text, fix.edits)
        ]
    related = [
        {
            "message": clean(place.message, mask),
            "path": place.source.path if place.source is not None and place.source.path != source.path else None,
            **_place(place.source or source, place.span),
        }
        for place in problem.related
    ]
    return {
        "rule": finding.rule.name,
        "group": finding.rule.group,
        "severity": finding.severity.label,
        "message": clean(problem.message, mask),
        **_place(source, problem.span),
        "related": related,
        "fix_title": clean(fix.title, mask) if fix else None,
        "fix_safety": fix.safety.value if fix else None,
        "fix_edits": edits,
        "help": clean(problem.help, mask),
    }


def _place(source: Source, span: Span) -> dict[str, int]:
    start, end = source.position(span.start), source.position(span.end)
    return {
        "start_line": start.line,
        "start_column": start.column,
        "start_offset": span.start,
        "end_line": end.line,
        "end_column": end.column,
        "end_offset": span.end,
    }
