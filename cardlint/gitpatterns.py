"""The patterns of a .gitignore file, as git reads them; they are matched in linear time, whoever wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from msgspec import Struct

from cardlint.lazy_regex import LazyPattern

__all__ = ["GitPatterns"]

# pathspec is not used for three reasons: its patterns also match everything inside a matched folder, so that `*` and
# `!docs` together include `docs/a.md`, which git ignores; a pattern of many stars takes it exponential time; and
# importing it takes a fifth of a cold start.


_LONGEST = 10_000  # characters of a pattern; no path of a system is as long


class GitPatterns(Struct, frozen=True):
    """Patterns in groups that ignore (True) or include again (False); the last group that matches counts."""

    groups: tuple[tuple[bool, re.Pattern[str]], ...]

    @classmethod
    def parse(cls, lines: Iterable[str]) -> GitPatterns:
        """Parse the lines of a file; patterns that cannot match anything, such as an unclosed `[`, are ignored."""
        lines = [line for line in lines if not line.startswith("#") and len(line) <= _LONGEST]
        signed = [(not line.startswith("!"), line.removeprefix("!")) for line in lines]
        groups = []
        for ignoring, group in groupby(signed, key=lambda pair: pair[0]):
            regex = _compile(line for _, line in group)
            if regex is not None:
                groups.append((ignoring, regex))
        return cls(tuple(groups))

    def ignore(self, path: str) -> bool | None:
        """Return True if `path` is ignored, False if it is included, and None if no pattern matches it.

        `path` is relative to the folder of the pattern file, with forward slashes, and one at the end for a folder.
        """
        for ignoring, regex in reversed(self.groups):
            if regex.fullmatch(path):
                return ignoring
        return None


def _compile(lines: Iterable[str]) -> re.Pattern[str] | None:
    tied: list[str] = []
    loose: list[str] = []
    for line in lines:
        pattern = _without_trailing_blanks(line)
        regex = _translate(pattern.removesuffix("/"))
        if regex is not None:
            # a slash before the end makes a pattern relative to the file's folder; one at the end matches only folders
            (tied if "/" in pattern[:-1] else loose).append(regex + ("/" if pattern.endswith("/") else "/?"))
    if loose:
        tied.append(f"(?:.*/)?(?:{'|'.join(loose)})")
    return re.compile("|".join(tied), re.DOTALL) if tied else None


def _translate(pattern: str) -> str | None:
    segments = [_translate_segment(segment) for segment in pattern.removeprefix("/").split("/")]
    last = len(segments) - 1
    parts = [""]  # the parts between `**`
    for index, segment in enumerate(segments):
        if segment is None:
            return None
        if segment != _ANY_DEPTH:
            parts[-1] += segment if index == last else segment + "/"
        elif index == last:
            parts[-1] += ".+"
        elif index == 0 or segments[index - 1] != _ANY_DEPTH:
            parts.append("")
    if len(parts) == 1:
        return parts[0] or None
    # as in a segment, the first match of a middle part is as good as any later one
    middle = "".join(f"(?>(?:[^/]*/)*?{part})" for part in parts[1:-1])
    return f"{parts[0]}{middle}(?:.*/)?{parts[-1]}"


def _without_trailing_blanks(line: str) -> str:
    bare = line.rstrip(" ")
    escaped = (len(bare) - len(bare.rstrip("\\"))) % 2 == 1
    return bare + " " if escaped and bare != line else bare


_ANY_DEPTH = "**"
_TOKEN = LazyPattern(
    r"(?P<stars>\*+)|(?P<any>\?)|\\(?P<escaped>.)|(?P<plain>[^*?\\\[])"
    r"|\[(?P<negated>[!^]?)(?P<members>\]?(?:\[:\w+:\]|\\.|[^\]\\])*)\]",
    re.DOTALL,
)


def _translate_segment(segment: str) -> str | None:
    if len(segment) > 1 and not segment.strip("*"):
        return _ANY_DEPTH
    parts = [""]  # the parts between the stars
    position = 0
    while position < len(segment):
        match = _TOKEN.match(segment, position)
        if match is None:
            return None
        if match["stars"]:
            parts.append("")
        else:
            parts[-1] += _translate_token(match)
        position = match.end()
    if len(parts) == 1:
        return parts[0]
    if not any(parts):
        return "[^/]+"
    # the first match of a middle part is as good as any later one: atomic groups avoid backtracking
    middle = "".join(f"(?>[^/]*?{part})" for part in parts[1:-1])
    return f"{parts[0]}{middle}[^/]*{parts[-1]}"


def _translate_token(match: re.Match[str]) -> str:
    if match["any"]:
        return "[^/]"
    if match["members"] is None:
        return re.escape(match["escaped"] or match["plain"])
    members = "".join(_member(member) for member in _MEMBER.finditer(match["members"]))
    if match["negated"]:
        return f"[^/{members}]"
    return f"(?!/)[{members}]" if members else "(?!)"


_MEMBER = LazyPattern(
    r"\[:(?P<named>\w+):\]|(?P<low>\\.|.)-(?P<high>\\.|[^\]])|(?P<single>\\.|.)",
    re.DOTALL,
)
_NAMED = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": r"\ \t",
    "digit": "0-9",
    "lower": "a-z",
    "space": r"\s",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}


def _member(match: re.Match[str]) -> str:
    if match["named"]:
        return _NAMED.get(match["named"], "")
    if match["single"]:
        return re.escape(match["single"][-1])
    low, high = match["low"][-1], match["high"][-1]
    # in git, a reversed range contains only its first character
    return f"{re.escape(low)}-{re.escape(high)}" if low <= high else re.escape(low)
