"""Errors that end a run over a corpus."""

from __future__ import annotations

from cardlint.lazy_regex import LazyPattern

__all__ = ["ColumnError", "CorpusError", "InputError", "OutputError", "RunError", "in_short"]


_NUMBER = LazyPattern(r"(?<!\d)\d++: ")


class CorpusError(Exception):
    """The corpus cannot be linted, or not completely; the message says why. Earlier results are written."""


class InputError(CorpusError):
    """The input cannot be read."""


class ColumnError(InputError):
    """A table does not have the requested column, or none with a usual name; the message lists its columns."""


class OutputError(CorpusError):
    """The output folder cannot be written, or contains something other than this run."""


class RunError(CorpusError):
    """No worker can start, or the cluster cannot be reached or has failed."""


def in_short(error: BaseException) -> str:
    """Return the message of a Daft or Ray error on one line, with the first and the last of its causes."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    causes = lines[:1]
    if len(lines) > 2 and lines[1].startswith("Caused by"):
        causes = [_NUMBER.sub("", line, count=1) for line in lines[2:]]
    return ": ".join(dict.fromkeys([causes[0].removeprefix("DaftError::"), causes[-1].removeprefix("DaftError::")]))
