"""What a text is by its words alone: a placeholder, a gap that nobody filled, a label with either behind it."""

from __future__ import annotations

import re

from cardlint.lazy_regex import pattern
from cardlint.vocabulary.boilerplate import PLACEHOLDERS
from cardlint.vocabulary.pending import ALONE, ANYWHERE

__all__ = ["LINES", "core", "is_gap", "is_line", "is_note", "is_placeholder", "labelled"]

_LONGEST = 120  # characters of a placeholder with its label
_BREAK = r"(?:\\|<br ?/?>)?[ \t]*(?:\n|\Z)"
LINES = pattern(rf"[ \t]*(?P<line>\S.*?)[ \t]*{_BREAK}")
_LABELLED = pattern(r"(?P<label>[^:：]{1,60}?)[*_]*[:：][*_]*[ \t]*[*_]*(?P<value>[^\s`*_].*?)[*_]*")
_EDGES = pattern(r"^[\W_]+|[\W_]+$")
_DOTS = pattern(r"[*_]*(?:\.{3,}|…+)[*_]*")
# a note to oneself where a paragraph belongs
_NOTE = pattern(r"[*_\[(]*TODO\b[*_]*[:,]?[*_]*[ \t]+\w.{1,150}", re.DOTALL)
# "The code will be released soon", if that is all of a section
_PROMISE = pattern(
    r"(?:(?:more|the|our|full|further|detailed|training|evaluation|usage|model|card|paper|code|results?|details?|info"
    r"|information|documentation|instructions?|examples?|benchmarks?|demo|description|report|will|is|are|be|to|and|add)\s)*"
    r"(?:coming|added|available|released|published|updated|provided|announced|uploaded|information|details)\s"
    r"(?:very\s)?soon",
)
_ANSWERS = PLACEHOLDERS | ANYWHERE
# Behind these a word that something is not finished yet is the answer.
_STATES = frozenset(("status", "state", "stage", "progress", "note", "notes", "update", "updates", "news"))


def core(text: str) -> str:
    """A text in lower case without the signs around it."""
    if not (text[:1].isalnum() and text[-1:].isalnum()):
        text = _EDGES.sub("", text)
    return " ".join(text.lower().split())


def is_line(text: str) -> bool:
    """Whether a text is as short as a placeholder and its label are."""
    return len(text) <= _LONGEST and "\n" not in text


def is_placeholder(words: str) -> bool:
    """Whether the core of a paragraph says that something is still to be written, wherever it stands."""
    return words in PLACEHOLDERS or words in ANYWHERE


def is_gap(text: str, words: str) -> bool:
    """Whether a paragraph leaves a section empty that has nothing else; among others it may mean what it says."""
    if not words:
        return bool(_DOTS.fullmatch(text))
    return words in ALONE or (words.endswith("soon") and _PROMISE.fullmatch(words) is not None)


def is_note(text: str) -> bool:
    """Whether a paragraph is a note to oneself: `TODO: Add your code`."""
    return bool(_NOTE.fullmatch(text))


def labelled(text: str, start: int = 0, end: int | None = None) -> tuple[str, int, int] | None:
    """The label of `License: [More Information Needed]`, and where the placeholder behind it begins and ends."""
    stop = len(text) if end is None else end
    if stop - start > _LONGEST:
        return None
    colon, wide = text.find(":", start, stop), text.find("：", start, stop)
    if colon < 0 or 0 <= wide < colon:
        colon = wide
    if colon < 0 or core(text[colon + 1 : stop]) not in _ANSWERS:
        return None
    match = _LABELLED.fullmatch(text, start, stop)
    if match is None:
        return None
    label, words = match["label"].strip("*_- \t"), core(match["value"])
    if words in PLACEHOLDERS or (words in ANYWHERE and label.lower() not in _STATES):
        return (label, *match.span("value"))
    return None
