"""One card of a corpus: from its bytes to its row with findings, metric values and other facts."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import Any

from cardlint.card.card import parse
from cardlint.config.selection import Selection
from cardlint.config.setting_types import REPO_ID
from cardlint.corpus.job import Job
from cardlint.corpus.ledger import claims_of, comparisons_of
from cardlint.corpus.schema import size_class
from cardlint.corpus.text import cleaned
from cardlint.finding import Finding
from cardlint.lazy_regex import LazyPattern
from cardlint.linting.linter import lint
from cardlint.linting.results import bugs_in_words, count
from cardlint.linting.secrets import secrets_of
from cardlint.registry import load_rules
from cardlint.reporters.machine.json import finding_object
from cardlint.reporters.masking import Mask
from cardlint.source import Source, read
from cardlint.wording import error_in_words

__all__ = ["CardLinter", "Row", "untouched"]

_COUNTED = ("errors", "warnings", "notes", "fixable", "fixable_unsafe")
_REPO_ID = LazyPattern(REPO_ID)

Row = dict[str, Any]


class CardLinter:
    """A linter of single cards that loads the rules once and does not raise for a card."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.rules = load_rules()
        self.selection = Selection(job.config, self.rules)

    def lint(self, name: str | None, data: bytes | None) -> Row:
        """Return the row of a card, with the fields of `schema.LINTED`; without a name its id is its digest."""
        if data is None:
            return untouched(name, data, self.job.missing)
        row = untouched(name, data)
        start = time.thread_time_ns()
        try:
            row |= self._facts(read(data, row["id"]))
        # one card must not end a run of millions, whatever error a plugin or cardlint raises
        except Exception as error:  # noqa: BLE001
            row = untouched(name, data, f"a bug in cardlint: {error_in_words(error)}")
        row["milliseconds"] = (time.thread_time_ns() - start) / 1e6
        return row

    def _facts(self, source: Source) -> Row:
        """Return the fields that linting fills, without secrets and undecodable bytes."""
        card = parse(source, None, self._repo_id(source.path))
        config = self.job.config
        path = config.root / Path(source.path) if config.per_file_ignores else None
        active = self.selection.active(path)
        result = lint(card, active, known=self.rules, suppressions=self.job.suppressions)
        mask = Mask(secrets_of(card))
        counts = count(result.findings)
        comparisons = comparisons_of(card)
        facts: Row = {
            "findings": [_finding(finding, mask) for finding in result.findings],
            "rules": sorted({finding.rule.name for finding in result.findings}),
            "suppressed": result.suppressed,
            **{name: getattr(counts, name) for name in _COUNTED},
            "trouble": bugs_in_words(result.bugs),
            "flattened": card.recovery is not None,
            "claims": claims_of(card),
            "comparisons": comparisons,
            "compared": len(comparisons),
            "disagreeing": sum(not pair["agrees"] for pair in comparisons),
        }
        if card.generator is not None:
            facts |= {"generator": card.generator.name, "generator_family": card.generator.family}
        return {name: cleaned(value, mask) for name, value in facts.items()}

    def _repo_id(self, name: str) -> str | None:
        if self.job.repo_ids and "/" in name and _REPO_ID.search(name):
            return name
        return self.job.config.repo_id


def untouched(name: str | None, data: bytes | None, trouble: str | None = None) -> Row:
    """Return the row of a card that is not linted yet, or cannot be linted for the reason `trouble`."""
    digest = None if data is None else hashlib.sha256(data).hexdigest()
    return {
        "id": name if name is not None else f"sha256:{digest[:16]}" if digest else "",
        "sha256": digest,
        "bytes": None if data is None else len(data),
        "size_class": None if data is None else size_class(len(data)),
        **dict.fromkeys((*_COUNTED, "suppressed", "compared", "disagreeing"), 0),
        "rules": [],
        "claims": [],
        "comparisons": [],
        "findings": [],
        "trouble": trouble,
    }


def _finding(finding: Finding, mask: Mask) -> Row:
    """Return the JSON object of a finding without nesting."""
    nested = finding_object(finding, mask)
    fix = nested["fix"]
    return {
        **{name: nested[name] for name in ("rule", "group", "severity", "message", "help")},
        **_place(nested),
        "related": [
            {"message": place["message"], "path": place.get("path"), **_place(place)} for place in nested["related"]
        ],
        "fix_title": fix["title"] if fix else None,
        "fix_safety": fix["safety"] if fix else None,
        "fix_edits": fix["edits"] if fix else None,
    }


def _place(nested: Row) -> dict[str, int]:
    return {f"{end}_{name}": nested[end][name] for end in ("start", "end") for name in ("line", "column", "offset")}
