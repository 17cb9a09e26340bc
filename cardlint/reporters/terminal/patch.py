"""A patch in colours."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.reporters.terminal.styling import colored

__all__ = ["colored_patch"]

_ROLES = {"-": "removed", "+": "added", "@": "related", "#": "warning", "\\": "frame"}
_HEADER = 2  # lines: the names of the old and the new file


def colored_patch(patch: str) -> Iterator[str]:
    """Yield the lines of the patch of one file in colours; without these, the text is the same."""
    for number, line in enumerate(_lines(patch)):
        role = "strong" if number < _HEADER else _ROLES.get(line[:1], "")
        text = line.rstrip("\r\n")
        yield colored(text, role) + line[len(text) :]


def _lines(patch: str) -> list[str]:
    """Return the lines with their ends; only a line feed ends a line, as in git."""
    return [f"{line}\n" for line in patch.split("\n")[:-1]]
