"""The changes of fixes as a patch that `git apply` and `patch` accept."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from cardlint.source import Source
from cardlint.wording import without_commands

__all__ = ["NOT_APPLICABLE", "unified_diff"]

NOT_APPLICABLE = "# not applicable: secrets or control characters are not shown\n"
"""The line before a hunk that is not exact."""

_QUOTED = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def unified_diff(
    before: Source, after: Source, shown: Callable[[str], str] = str, shown_path: Callable[[str], str] = str
) -> str:
    """Return the difference of two texts, empty if they are equal.

    Lines end at a line feed, as in git; other line ends are kept as they are in the card. `shown` returns a text as it
    may be printed, with the same lines, and `shown_path` does so for a path; a hunk that either has changed is headed
    by `# not applicable`.
    """
    if before.text == after.text:
        return ""
    return "".join(_lines(before, after, shown, shown_path))


def _lines(
    before: Source, after: Source, shown: Callable[[str], str], shown_path: Callable[[str], str]
) -> Iterator[str]:
    from difflib import SequenceMatcher  # here, since only `--diff` needs it

    old, new = _split(before.text), _split(after.text)
    old_shown, new_shown = _split(shown(before.text)), _split(shown(after.text))
    paths = [shown_path(each.path) for each in (before, after)]
    is_named = paths == [before.path, after.path]
    yield f"--- {_name('a', paths[0])}\n+++ {_name('b', paths[1])}\n"
    for group in SequenceMatcher(None, old, new).get_grouped_opcodes():
        (_, old_start, _, new_start, _), (_, _, old_end, _, new_end) = group[0], group[-1]
        exact = slice(old_start, old_end), slice(new_start, new_end)
        if not is_named or old[exact[0]] != old_shown[exact[0]] or new[exact[1]] != new_shown[exact[1]]:
            yield NOT_APPLICABLE
        yield f"@@ -{_range(old_start, old_end)} +{_range(new_start, new_end)} @@\n"
        for kind, first, last, new_first, new_last in group:
            if kind == "equal":
                yield from _marked(" ", old_shown[first:last])
            else:
                yield from _marked("-", old_shown[first:last])
                yield from _marked("+", new_shown[new_first:new_last])


def _range(start: int, end: int) -> str:
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + (length > 0)},{length}"


def _marked(mark: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield mark + line if line.endswith("\n") else f"{mark}{line}\n\\ No newline at end of file\n"


def _split(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1].removesuffix("\n")
    return lines if lines[-1] else lines[:-1]


def _name(side: str, path: str) -> str:
    """Return a file name as git writes it: quoted if necessary, and followed by a tab if it contains a blank."""
    name = f"{side}/{os.path.splitdrive(path)[1].lstrip('/')}"
    quoted = without_commands("".join(map(_quoted, name)), r"\043")
    if quoted != name:
        return f'"{quoted}"'
    return f"{name}\t" if " " in name else name


def _quoted(character: str) -> str:
    if character in _QUOTED:
        return _QUOTED[character]
    if character.isprintable():
        return character
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogatepass"))
