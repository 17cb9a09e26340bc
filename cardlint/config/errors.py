"""The errors of a configuration and a baseline that cannot be used; the first shows each problem at its place."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from cardlint.source import Source, Span
from cardlint.wording import visible

__all__ = ["BaselineError", "ConfigError", "ConfigProblem", "quoted", "shown_path"]

_WIDEST = 100
"""Columns of a line of the file that are shown; a longer line is cut to a window around the problem."""


class ConfigProblem(Struct, frozen=True):
    """A problem. `span` points into the file's text; `suggestion` is a name that was perhaps meant."""

    message: str
    span: Span | None = None
    suggestion: str | None = None
    help: str = ""


class BaselineError(Exception):
    """An error for a baseline that cannot be used; the message begins with its file and says the place and reason."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}{reason}" if reason.startswith(":") else f"{file}: {reason}")
        self.file = file


class ConfigError(Exception):
    """A configuration that cannot be used, with all its problems.

    `source` is None if the problems are of the command line, and its text is empty if the file could not be read.
    """

    def __init__(self, source: Source | None, problems: tuple[ConfigProblem, ...]) -> None:
        super().__init__(source, problems)
        self.source = source
        self.problems = problems

    @property
    def path(self) -> Path | None:
        """The file with the problems, or None for the command line."""
        return None if self.source is None else Path(self.source.path)

    @property
    def line(self) -> int | None:
        """The line of the first problem, from 1."""
        span = self.problems[0].span
        return None if self.source is None or span is None else self.source.position(span.start).line

    def __str__(self) -> str:
        return "\n".join(_render(self.source, problem) for problem in self.problems)


def shown_path(path: Path) -> str:
    """Return the path as messages show it: relative if it is inside the working folder, with forward slashes."""
    with suppress(ValueError, OSError):
        path = path.absolute().relative_to(Path.cwd())
    return visible(path.as_posix())


def quoted(name: str) -> str:
    """Return a name from the user as messages show it: on one line, not too long, without control characters."""
    name = name if len(name) <= 60 else name[:57] + "..."
    return f"`{visible(name)}`"


def _render(source: Source | None, problem: ConfigProblem) -> str:
    if source is None:  # a problem of the command line, which takes one line
        meant = f"did you mean {quoted(problem.suggestion)}?" if problem.suggestion else problem.help
        return f"{problem.message}; {meant}" if meant else problem.message
    parts = [f"{_heading(source, problem.span)}{problem.message}"]
    if problem.span is not None:
        parts += _frame(source, problem.span)
    if problem.suggestion:
        parts.append(f"  did you mean {quoted(problem.suggestion)}?")
    if problem.help:
        parts.append(f"  {problem.help}")
    return "\n".join(parts)


def _heading(source: Source, span: Span | None) -> str:
    path = shown_path(Path(source.path))
    return f"{path}: " if span is None else f"{path}:{source.position(span.start).line}: "


def _frame(source: Source, span: Span) -> list[str]:
    """Return the line that `span` begins on, and carets under as much of the span as is on that line."""
    number = source.line_index(span.start)
    line = source.lines[number]
    start, end = _window(span, line)
    before = _drawn(source.text[start : span.start])
    marked = _drawn(source.text[span.start : min(span.end, end)])
    after = _drawn(source.text[min(span.end, end) : end])
    gutter = f"{number + 1} | "
    carets = "^" * max(_cells(marked), 1)
    return [f"{gutter}{before}{marked}{after}", f"{' ' * (len(gutter) - 2)}| {' ' * _cells(before)}{carets}"]


def _window(span: Span, line: Span) -> tuple[int, int]:
    if len(line) <= _WIDEST:
        return line.start, line.end
    start = max(line.start, span.start - _WIDEST // 2)
    return start, min(line.end, start + _WIDEST)


def _drawn(text: str) -> str:
    return visible(text.replace("\t", " "))


def _cells(text: str) -> int:
    """Return the number of cells that the text takes in a terminal."""
    import unicodedata  # here, since a configuration that is right needs none

    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
