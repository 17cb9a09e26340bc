"""What mending changes, as a patch that `git apply` and `patch` take."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.source import Source

__all__ = ["unified_diff"]

_QUOTED = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def unified_diff(before: Source, after: Source) -> str:
    """The difference of two texts, empty where there is none.

    Lines end at a line feed, as they do for git, and every other line end stands in the patch as it does in the card.
    """
    if before.text == after.text:
        return ""
    return "".join(_lines(before, after))


def _lines(before: Source, after: Source) -> Iterator[str]:
    from difflib import unified_diff as compare  # here, since only `--diff` asks

    names = _name("a", before.path), _name("b", after.path)
    for line in compare(_split(before.text), _split(after.text), *names):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _split(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1].removesuffix("\n")
    return lines if lines[-1] else lines[:-1]


def _name(side: str, path: str) -> str:
    """A file's name as git writes it: quoted where it must be, and a tab behind it where it has a blank."""
    name = f"{side}/{path.lstrip('/')}"
    if any(character in _QUOTED for character in name):
        return '"' + "".join(_QUOTED.get(character, character) for character in name) + '"'
    return f"{name}\t" if " " in name else name
