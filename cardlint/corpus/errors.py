"""What a run over a corpus can end with that is no fault of a card."""

from __future__ import annotations

__all__ = ["ColumnError", "CorpusError", "InputError", "OutputError", "RunError"]


class CorpusError(Exception):
    """It cannot be done; the message says why. What was done before is written."""


class InputError(CorpusError):
    """The input cannot be read."""


class ColumnError(InputError):
    """A table does not have the column that is asked for, or none that looks like it; these are told."""


class OutputError(CorpusError):
    """The output folder cannot be written to, or holds what is not to be mixed with this run."""


class RunError(CorpusError):
    """No worker can begin, or the cluster cannot be reached or is gone."""
