"""Classification of short texts by their words: placeholders, gaps, notes, and labels with a placeholder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.boilerplate import PLACEHOLDERS
from cardlint.vocabulary.labels.metrics import read_label
from cardlint.vocabulary.pending import ALONE, ANYWHERE, NO_NUMBER

__all__ = ["core", "is_code_gap", "is_gap", "is_line", "is_note", "is_placeholder", "labelled", "line_spans"]

_LONGEST = 120  # the characters of a placeholder with its label
_BREAKS = ("\\", "<br>", "<br/>", "<br />", "<br >")
_LABELLED = LazyPattern(r"(?P<label>[^:：]{1,60}?)[*_]*+[:：][*_]*+[ \t]*+[*_]*+(?P<value>[^\s`*_](?:.*[^*_])?)[*_]*+")
_DOTS = LazyPattern(r"[*_]*(?:\.{3,}|…+)[*_]*")
# an author's note in place of a paragraph
_NOTE = LazyPattern(
    r"(?:#[ \t]?)?[*_\[(]*(?:TODO|ToDo|FIXME)\b[*_]*+(?:[:,][*_]*+)?[ \t]+(?:[-–—][ \t]*)?\w.{1,150}", re.DOTALL
)
# "The code will be released soon", if the section has no other text
_PROMISE = LazyPattern(
    r"(?:(?:more|the|our|full|further|detailed|training|evaluation|usage|inference|model|card|paper|code|results?"
    r"|details?|info|information|documentation|instructions?|examples?|scripts?|snippets?|benchmarks?|demo|description"
    r"|report|will|is|are|be|to|and|add)\s)*"
    r"(?:coming|added|available|released|published|updated|provided|announced|uploaded|information|details|follow)"
    r"(?:\s(?:very\s)?(?:soon|later|shortly))?",
)
_PROMISE_ENDS = ("soon", "later", "shortly", "follow")
# "This README is under construction": the text is unfinished, not the model
_UNFINISHED = LazyPattern(
    r"(?:the|this) (?:model )?(?:card|description|doc|document|documentation|page|part|readme|readme file|section)"
    r" (?:is|remains) (?:still |currently |now )?(?:a )?"
    r"(?:under construction|work in progress|wip|in progress|incomplete|unfinished|being written|not finished"
    r"|not (?:yet )?(?:complete|finished|ready|written)(?: yet)?|to be (?:completed|written|done|updated))(?: yet)?"
)
# "Add a short description here": an order of a template
_ORDER = LazyPattern(
    r"(?:please )?(?:(?:add|insert|write|put|enter|provide|fill in) "
    r"(?:(?:an?|the|your|some|more|short|brief|model|own) )*"
    r"(?:citation|content|description|details|examples?|info|information|results|summary|text)(?: here)?"
    r"|(?:content|description|details|information|summary|text) (?:goes )?here)"
)
_COMMENT = LazyPattern(
    r"(?:#++|//++|--++|;++|%++|/\*++|<!--++|\"{3}|'{3})[ \t]*+(?P<text>(?:.*?[^ \t])??)"
    r"[ \t]*+(?:\*/|(?<!-)--++>|\"{3}|'{3})?"
)
_CODE_HERE = LazyPattern(
    r"(?:(?:please|add|insert|put|write|paste|your|own|an?|some|the|usage|sample|inference|python|goes|in)\s)*"
    r"(?:code|examples?|snippet|usage)(?:\s(?:code|examples?|snippet|usage|goes))*\shere"
)
_ANSWERS = PLACEHOLDERS | ANYWHERE | NO_NUMBER
# After these labels, a word for something unfinished is an answer.
_STATES = frozenset(("status", "state", "stage", "progress", "note", "notes", "update", "updates", "news"))


def core(text: str) -> str:
    """Return a text in lower case without the punctuation around it."""
    if not (text[:1].isalnum() and text[-1:].isalnum()):
        start = next((place for place, character in enumerate(text) if character.isalnum()), len(text))
        end = next((len(text) - count for count, character in enumerate(reversed(text)) if character.isalnum()), start)
        text = text[start:end]
    return " ".join(text.lower().split())


def is_line(text: str) -> bool:
    """Return True if a text is as short as a placeholder with its label."""
    return len(text) <= _LONGEST and "\n" not in text


def line_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of every line that is not blank, without the blanks and the line break around it."""
    start = 0
    for line in text.split("\n"):
        words = line.rstrip(" \t")
        ending = next((ending for ending in _BREAKS if words.endswith(ending)), "")
        words = words.removesuffix(ending).rstrip(" \t")
        first = start + len(words) - len(words.lstrip(" \t"))
        if first < start + len(words):
            yield first, start + len(words)
        start += len(line) + 1


def is_placeholder(words: str) -> bool:
    """Return True if the core of a paragraph is a placeholder in any place."""
    return words in PLACEHOLDERS or words in ANYWHERE or words.startswith("lorem ipsum")


def is_gap(text: str, words: str) -> bool:
    """Return True if a paragraph is a placeholder if its section has no other text; among others it may be meant."""
    if not words:
        return bool(_DOTS.fullmatch(text))
    if words in ALONE or (words.endswith(_PROMISE_ENDS) and _PROMISE.fullmatch(words)):
        return True
    return (_UNFINISHED.fullmatch(words) or _ORDER.fullmatch(words)) is not None


def is_code_gap(text: str) -> bool:
    """Return True if code is nothing but comments or words that say that the code is still to be written."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return bool(lines) and is_line(text.replace("\n", " ")) and all(map(_is_code_gap, lines))


def _is_code_gap(line: str) -> bool:
    comment = _COMMENT.fullmatch(line)
    text = comment["text"] if comment else line
    words = core(text)
    return words in ANYWHERE or is_gap(text, words) or is_note(text) or _CODE_HERE.fullmatch(words) is not None


def is_note(text: str) -> bool:
    """Return True if a paragraph is an author's note: `TODO: Add your code`."""
    return bool(_NOTE.fullmatch(text))


def labelled(text: str, start: int = 0, end: int | None = None) -> tuple[str, int, int] | None:
    """Return the label of `License: [More Information Needed]`, and the start and end of the placeholder after it."""
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
    # a number is missing; other labels may have the answer that there is none
    return (label, *match.span("value")) if words in NO_NUMBER and read_label(label).known else None
