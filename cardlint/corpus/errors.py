"""What a run over a corpus can end with that is no fault of a card."""

from __future__ import annotations

from cardlint.lazy_regex import pattern

__all__ = ["ColumnError", "CorpusError", "InputError", "OutputError", "RunError", "in_short"]


_NUMBER = pattern(r"\d+: ")


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


def in_short(error: BaseException) -> str:
    """What an error of Daft's or Ray's says, in a line: of a list of causes the first and the last."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    causes = lines[:1]
    if len(lines) > 2 and lines[1].startswith("Caused by"):
        causes = [_NUMBER.sub("", line, count=1) for line in lines[2:]]
    return ": ".join(dict.fromkeys([causes[0].removeprefix("DaftError::"), causes[-1].removeprefix("DaftError::")]))
