"""Linting a corpus: every card of a table or folder, in parallel or on a cluster, into tables of cards and findings.

`lint_batch` is the batch function, with Arrow input and output, for use in other pipelines.
"""

from __future__ import annotations

# True for type checkers; see `cardlint`.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from cardlint.corpus.batch import cards_of, findings_of, lint_batch
    from cardlint.corpus.errors import ColumnError
    from cardlint.corpus.job import Job
    from cardlint.corpus.schema import CARDS, FINDINGS, LINTED

__all__ = ["CARDS", "FINDINGS", "LINTED", "ColumnError", "Job", "cards_of", "findings_of", "lint_batch"]

_MODULES = {
    "batch": ("cards_of", "findings_of", "lint_batch"),
    "errors": ("ColumnError",),
    "job": ("Job",),
    "schema": ("CARDS", "FINDINGS", "LINTED"),
}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from importlib import import_module

        for module, names in _MODULES.items():
            if name in names:  # imported on use, since the command must start without Arrow to say that it is missing
                return getattr(import_module(f"cardlint.corpus.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
