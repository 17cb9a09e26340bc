"""The changes of fixes as a patch that `git apply` and `patch` accept."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from cardlint.source import Source
from cardlint.wording import without_commands

__all__ = ["NOT_APPLICABLE", "unified_diff"]

NOT_APPLICABLE = "# not applicable: secrets or control characters are not shown\n"
"""The line before a hunk that is not exact."""

_PIECE = 500  # lines, the least that are compared at once

_AROUND = 3  # equal lines around changes

_Change = tuple[str, int, int, int, int]
"""A kind of `difflib`, and the first line and the end in both texts."""

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
    old, new = _split(before.text), _split(after.text)
    old_shown, new_shown = _split(shown(before.text)), _split(shown(after.text))
    paths = [shown_path(each.path) for each in (before, after)]
    is_named = paths == [before.path, after.path]
    yield f"--- {_name('a', paths[0])}\n+++ {_name('b', paths[1])}\n"
    for group in _groups(old, new):
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


def _groups(old: Sequence[str], new: Sequence[str]) -> Iterator[list[_Change]]:
    """Yield the changes that are near each other, with some equal lines around them."""
    group: list[_Change] = []
    for change in _changes(old, new):
        kind, start, end, _, new_end = change
        if kind != "equal" or (group and end - start <= 2 * _AROUND):
            group.append(change)
            continue
        if group:
            yield [*group, _first_lines(change)]
        begin = max(start, end - _AROUND)
        group = [(kind, begin, end, new_end - (end - begin), new_end)]
    if any(kind != "equal" for kind, *_ in group):
        yield [*group[:-1], _first_lines(group[-1])]


def _first_lines(change: _Change) -> _Change:
    """Return the first of some equal lines; other changes are whole."""
    kind, start, end, new_start, new_end = change
    more = max(0, end - start - _AROUND) if kind == "equal" else 0
    return (kind, start, end - more, new_start, new_end - more)


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Change]:
    """Yield which lines are equal and which are not; long texts are compared in pieces, since that takes n² time."""
    from difflib import SequenceMatcher  # here, since only `--diff` needs it

    last: _Change | None = None
    for (start, new_start), (end, new_end) in pairwise(_cuts(old, new)):
        piece = SequenceMatcher(None, old[start:end], new[new_start:new_end])
        for kind, *places in piece.get_opcodes():
            first, stop, new_first, new_stop = places
            change = (kind, start + first, start + stop, new_start + new_first, new_start + new_stop)
            if last is not None and last[0] == kind:  # it goes on from the piece before
                change = (kind, last[1], change[2], last[3], change[4])
            elif last is not None:
                yield last
            last = change
    if last is not None:
        yield last


def _cuts(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the ends of the pieces in both texts: lines that each text has once, in the same order."""
    yield 0, 0
    counts, new_counts = Counter(old), Counter(new)
    places = {line: place for place, line in enumerate(new) if new_counts[line] == 1}
    cut = new_cut = 0
    for place, line in enumerate(old):
        new_place = places.get(line, -1) if counts[line] == 1 else -1
        if place >= cut + _PIECE and new_place >= new_cut + _PIECE:
            yield place, new_place
            cut, new_cut = place, new_place
    yield len(old), len(new)


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
