"""The changes of fixes as a patch that `git apply` and `patch` accept."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.source import Source

__all__ = ["unified_diff"]

_QUOTED = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def unified_diff(before: Source, after: Source) -> str:
    """Return the difference of two texts, empty if they are equal.

    Lines end at a line feed, as in git; other line ends are kept as they are in the card.
    """
    if before.text == after.text:
        return ""
    return "".join(_lines(before, after))


def _lines(before: Source, after: Source) -> Iterator[str]:
    from difflib import unified_diff as compare  # here, since only `--diff` needs it

    names = _name("a", before.path), _name("b", after.path)
    for line in compare(_split(before.text), _split(after.text), *names):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _split(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1].removesuffix("\n")
    return lines if lines[-1] else lines[:-1]


def _name(side: str, path: str) -> str:
    """Return a file name as git writes it: quoted if necessary, and followed by a tab if it contains a blank."""
    name = f"{side}/{path.lstrip('/')}"
    if any(character in _QUOTED for character in name):
        return '"' + "".join(_QUOTED.get(character, character) for character in name) + '"'
    return f"{name}\t" if " " in name else name
