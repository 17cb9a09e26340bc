"""Detection of model cards among Markdown files, by their beginning and by the other files in their folder."""

from __future__ import annotations

import os
import re
from pathlib import Path

from msgspec import Struct

from cardlint.lazy_regex import LazyPattern
from cardlint.regular_file import read_regular
from cardlint.source import BYTE_ORDER_MARK, Folder
from cardlint.vocabulary.keys.spelling import find_keys, key_at
from cardlint.vocabulary.keys.table import telling
from cardlint.vocabulary.model_files import CONFIG, holds_model_config, is_model_file

__all__ = ["NO_SIGN", "is_card_name", "is_main_readme", "is_readme", "reason_to_skip"]

NO_SIGN = "no sign of a model card"
"""The reason to skip a text of which nothing is known."""

_CERTAIN = frozenset(telling("model card", "certain"))
_MODEL = frozenset(telling("model card", "certain", "likely"))
_SHARED = frozenset(telling("model card", "shared"))
_SPACE = telling("Space", "certain")
_DATASET = telling("dataset card", "likely")
# Keys that model cards rarely have; together with shared keys only, they identify another kind of document.
_FOREIGN = {
    **dict.fromkeys(telling("dataset card", "shared"), "a dataset card"),
    **dict.fromkeys(telling("other tool", "shared"), "another tool's front matter"),
}

_HEAD = 8192
"""Characters that are searched for a title, or for metadata without a closing fence."""

_SENTENCES_IN = 65536
"""Characters after the metadata that are searched for sentences; few cards have more."""

_FENCE = LazyPattern(r"(?:\s*-{3,}[ \t]*\n)+")  # several: an empty front matter and then the real one
_LATER_FENCE = LazyPattern(r"^-{3,}[ \t]*\n\s*(?=[\w\"'\\-]+[ \t]*:|\?[ \t])", re.MULTILINE)
_CLOSING = LazyPattern(r"^(?:-{3,}|\.{3}|```.*)[ \t]*$", re.MULTILINE)
# A heading of level 1 in any form, or the first of its lines; emphasis, pictures and links may come before its words.
_TITLE = LazyPattern(
    r"^(?: {0,3}#[ \t]+|[ \t]*<h1\b[^>\n]{0,200}>\s{0,20}|(?=[^\n]{1,200}\n {0,3}(?:=+|-+)[ \t]*$))"
    r"(?:<[^>\n]{0,100}>|[^\w\n<]){0,20}model card(?: for|:)[ \t]{1,9}\S"
    r"|^# .*(?<! a)(?-i: Model [Cc]ard) *$",
    re.MULTILINE | re.IGNORECASE,
)
_DATASET_TITLE = LazyPattern(r"^# Dataset [Cc]ard for ", re.MULTILINE)
_WORD = LazyPattern(r"[\w.-]+")
_FLATTENED = LazyPattern(r"\s*---[ \t]+(?=\S)(.*)")
_FLATTENED_KEY = LazyPattern(r"(?<!\S)([A-Za-z][\w-]*):(?=\s|$)")


def reason_to_skip(text: str, path: Path | None = None, *, has_id: bool = False) -> str | None:
    """Return in a few words what a text is if it is not a model card, else None.

    `text` is the file or its beginning, at least the front matter and some kilobytes. `path` is its path, by which a
    README.md in a folder with a model is recognised, or None for a text without a file. With `has_id` the text is the
    README.md of a model whose id is given.
    """
    text = text.removeprefix(BYTE_ORDER_MARK).replace("\r", "\n")
    front = _front_matter(text)
    keys = front.keys
    head = text[: front.end + _HEAD]
    for key in _SPACE:
        if key in keys:
            return f"a Space card (`{key}`)"
    if not keys & _CERTAIN:
        for key in _DATASET:
            if key in keys:
                return f"a dataset card (`{key}`)"
    foreign = _foreign(keys, path)
    if keys & _MODEL or (keys & _SHARED and foreign is None):
        return None
    if _has_title(head):
        return None
    if _DATASET_TITLE.search(head):  # the form of dataset cards shares sentences with that of model cards
        return "a dataset card (its title)"
    if has_id or _is_generated(text, front) or (path is not None and _is_card_by_its_place(path)):
        return None
    return foreign or NO_SIGN


def _has_title(text: str) -> bool:
    """Return True if a heading outside of code says that the text is a model card."""
    starts = (match.start() for match in _TITLE.finditer(text))
    return any(not text.count("```", 0, start) % 2 and not text.count("~~~", 0, start) % 2 for start in starts)


class _FrontMatter(Struct, frozen=True):
    """The apparent keys of the metadata, even if it is broken, and its start and end."""

    keys: frozenset[str] = frozenset()
    start: int = 0
    end: int = 0


def _front_matter(text: str) -> _FrontMatter:
    flattened = _FLATTENED.match(text)
    if flattened is not None:
        metadata = flattened[1].partition(" ---")[0]
        span = (flattened.start(1), flattened.start(1) + len(metadata))
        return _FrontMatter(frozenset(_FLATTENED_KEY.findall(metadata)), *span)
    opening = _FENCE.match(text)
    start = opening.end() if opening else _misplaced_start(text)
    if start is None:
        return _FrontMatter()
    closing = _CLOSING.search(text, start)
    if closing is None and opening is None:
        return _FrontMatter()
    end = closing.start() if closing else start + _HEAD
    return _FrontMatter(frozenset(find_keys(text, start, end)), start, end)


def _misplaced_start(text: str) -> int | None:
    key = key_at(text.lstrip())
    if key is not None and key.islower():
        return 0
    fence = _LATER_FENCE.search(text, 0, _HEAD)
    if fence is None or text.count("```", 0, fence.start()) % 2:  # inside a code block it is an example
        return None
    return fence.end()


def _is_generated(text: str, front: _FrontMatter) -> bool:
    """Return True if the text has a sentence that generators of model cards write, or a tag of theirs."""
    # imported here, since most files are known by their keys
    from cardlint.card.provenance.marks import find_marks
    from cardlint.vocabulary.generators.common import COMMON_SENTENCES, COMMON_TAGS

    beginning = text[: front.end + _SENTENCES_IN]
    if any(sentence in beginning for sentence in COMMON_SENTENCES):
        return True
    tags = frozenset(_WORD.findall(text, front.start, front.end))
    if any(tag.startswith(COMMON_TAGS) for tag in tags):
        return True
    # no library is passed: a file with `library_name` is a card already
    marks = find_marks(beginning, {"tag": tags, "library": frozenset(), "key": front.keys})
    return any(not kind for mark in marks for kind, _ in mark.parts)


def _foreign(keys: frozenset[str], path: Path | None) -> str | None:
    for key, kind in _FOREIGN.items():
        if key in keys:
            return f"{kind} (`{key}`)"
    # an agent's skill begins with `name`, `description` and `license`
    if {"name", "description"} <= keys and path is not None and not is_readme(path.name):
        return "another tool's front matter (`name`, `description`)"
    return None


def _is_card_by_its_place(path: Path) -> bool:
    """Return True for a file with the name of a card, and for a README of a model: beside its files or in its clone."""
    if _CARD_NAME.fullmatch(path.name):
        return True
    return is_readme(path.name) and (_beside_model(path) or _in_clone(path))


def is_readme(name: str) -> bool:
    """Return True for the name of the file that the Hub shows as the card of a repository."""
    return name.lower() == "readme.md"


def is_card_name(name: str) -> bool:
    """Return True for the name of a card: README.md, or one that says so."""
    return is_readme(name) or _CARD_NAME.fullmatch(name) is not None


def is_main_readme(path: Path, named: str | None = None) -> bool:
    """Return True for the README.md at the top of a repository, of the working folder or of the folder `named`."""
    if not is_readme(path.name):
        return False
    folder = path.parent
    return os.path.realpath(folder) in (named, os.path.realpath(".")) or os.path.lexists(folder / ".git")


def _in_clone(path: Path) -> bool:
    """Return True if the folder is a clone of a model on the Hub."""
    from cardlint.card.provenance.remote import remote_id  # here, since most files are known by their keys

    return remote_id(Folder(path.parent)) is not None


_CARD_NAME = LazyPattern(
    r"(?:hf|hugging_?face)?[-_]?model[-_]?card(?:[-_][\w-]{1,40})?\.(?:md|markdown)", re.IGNORECASE
)
_CONFIG_LIMIT = 65536  # bytes of a config.json; `architectures` is its first or second key


def _beside_model(path: Path) -> bool:
    try:
        names = os.listdir(path.parent)  # noqa: PTH208 - only names are needed
    except (OSError, ValueError):
        return False
    if any(map(is_model_file, names)):
        return True
    return CONFIG in names and _is_model_config(path.parent / CONFIG)


def _is_model_config(path: Path) -> bool:
    try:
        return holds_model_config(read_regular(path, _CONFIG_LIMIT))
    except OSError:
        return False
