"""Numbers, lists, names and errors of the system as messages word them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

__all__ = [
    "at_line_start",
    "counted",
    "error_in_words",
    "line_ranges",
    "lines_in_words",
    "listed",
    "printable_path",
    "reason_of",
    "shortened",
    "visible",
    "without_commands",
]


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 card`, `2 cards`, `3 fixes`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}{'es' if noun.endswith('x') else 's'}"


def error_in_words(error: BaseException) -> str:
    """Return an unexpected exception as a message of one line: its type, its text, and the place that raised it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" ({trace.tb_frame.f_globals.get('__name__', '?')}, line {trace.tb_lineno})" if trace else ""
    return visible(f"{type(error).__name__}: {error}{where}")


def lines_in_words(numbers: Iterable[int]) -> str:
    """Return numbers of lines as words: `line 3`, `lines 3, 5 and 8`; each is named once."""
    words = [str(number) for number in dict.fromkeys(numbers)]
    return f"{'line' if len(words) == 1 else 'lines'} {listed(words)}"


def line_ranges(numbers: Iterable[int]) -> str:
    """Return numbers of lines as words, sorted, with ranges for those in a row: `lines 3, 5 to 8 and 12`."""
    ranges: list[list[int]] = []
    for number in sorted(set(numbers)):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    words = [str(first) if first == last else f"{first} to {last}" for first, last in ranges]
    return f"{'line' if words == [str(ranges[0][0])] else 'lines'} {listed(words)}"


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: `a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def printable_path(path: str) -> str:
    """Return a path with forward slashes, and with escapes for bytes that are not UTF-8."""
    return path.replace(os.sep, "/").encode("utf-8", "backslashreplace").decode()


def reason_of(error: OSError) -> str:
    """Return the reason of an error as the end of a message: `no such file or directory`."""
    return (error.strerror or str(error)).lower()


def at_line_start(path: str) -> str:
    """Return a path that may begin a line: GitHub takes a line that begins with `::` for a command."""
    return f"./{path}" if path.lstrip().startswith("::") else path


def shortened(text: str, longest: int) -> str:
    """Return a text of at most `longest` characters; a longer one ends with `…`."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def visible(text: str) -> str:
    r"""Return a text with escapes for what is invisible, disturbs the terminal, or is a command to a CI service.

    Azure Pipelines and GitHub execute `##[...]` and `##vso[...]` anywhere in a line; the second `#` becomes `\x23`.
    """
    shown = "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)
    return without_commands(shown, r"\x23")


def without_commands(text: str, sign: str) -> str:
    """Return a text in which `sign` replaces the second `#` of `##[...]` and `##vso[...]`."""
    if "##" not in text:
        return text
    return text.replace("##[", f"#{sign}[").replace("##vso[", f"#{sign}vso[")
