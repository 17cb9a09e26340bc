"""Corpora: every card of a table or folder, in parallel or on a cluster, to tables of cards and findings.

`lint_batch` is the batch function, Arrow in and Arrow out, for who has a pipeline of their own.
"""

from __future__ import annotations

# What type checkers take for true; see `cardlint`.
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
            if name in names:  # here, since the command needs none of it to say that Arrow is missing
                return getattr(import_module(f"cardlint.corpus.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
