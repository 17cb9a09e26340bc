"""The names of models and datasets in a body: links, code and ids, each with the repository that it means."""

from __future__ import annotations

import re

from msgspec import Struct

from cardlint.card.links.addresses import is_repository_id
from cardlint.card.links.anchors import MODEL_FILES
from cardlint.card.links.links import Reference
from cardlint.card.text.own_names import OwnNames, plain_name
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["CONVERSIONS", "Name", "identifier", "is_own", "is_path", "linked_name"]


CONVERSIONS = ("quantized", "converted")
"""Relations of a copy, whose card often quotes that of the original."""


class Name(Struct, frozen=True):
    """A model or dataset as the card names it; `span` is that of the name.

    `id` is the repository that is meant: the target of the link, else the text if it has the form of an id. None for a
    title or a path.
    """

    text: str
    span: Span
    id: str | None = None
    link: Reference | None = None


def linked_name(link: Reference, *, dataset: bool = False) -> Name:
    """Return the name that a link shows, with the id of its target unless the two contradict each other."""
    repository = link.repository
    text = link.text.strip().strip("`")
    if repository is not None and not is_path(text):
        is_certain = not is_path(repository.id) and _agree(text, repository.id)
        return Name(text, link.text_span, repository.id if is_certain else None, link)
    return Name(text, link.text_span, identifier(text, dataset=dataset) if _leads_nowhere(link) else None, link)


def _agree(text: str, target: str) -> bool:
    """Return True unless a link's text is another id than its target: of two ids neither is certain."""
    from cardlint.vocabulary.renames import current_dataset, current_model

    if identifier(text) is None and not is_repository_id(text):
        return True
    same = {current_model(target), current_dataset(target)}
    return not same.isdisjoint((current_model(text), current_dataset(text)))


def _leads_nowhere(link: Reference) -> bool:
    """Return True if the target does not contradict the text: an owner's page on the Hub, or no target."""
    return not link.target or "huggingface.co/" in link.target


# Paths from the root, the home folder or a drive, paths deeper than `owner/name`, folders that training creates, and
# files.
_FOLDERS = (
    *("output", "outputs", "result", "results", "model", "models", "checkpoint", "checkpoints", "ckpt", "ckpts"),
    *("runs", "logs", "tmp", "temp", "weights", "data", "dataset", "datasets", "experiments", "saved", "trained"),
)
_FILES = (*MODEL_FILES, ".csv", ".gz", ".jsonl", ".md", ".py", ".tar", ".txt", ".yaml", ".yml", ".zip")
_PATH = LazyPattern(
    r"[/~].*|\.{1,2}[/\\].*|[A-Za-z]:[\\/].*|.*\\.*|[^/]+/[^/]+/.+|[^/]+(?:/[^/]+)?/|(?:[^/]+/)?checkpoint-\d+"
    rf"|(?:(?:\w+[_-])?(?:{'|'.join(_FOLDERS)})|output\w*)/[^/]+|[^/]+/[^/]+(?:{'|'.join(map(re.escape, _FILES))})",
    re.DOTALL,
)


def is_path(text: str) -> bool:
    """Return True if the text is the path of a local folder or file in place of a repository id."""
    if "://" in text or not _may_be_path(text):
        return False
    return _PATH.fullmatch(text) is not None


def _may_be_path(text: str) -> bool:
    """Return False for most ids and titles, which need no expression."""
    if "\\" in text or text.startswith(("/", "~", ".", "checkpoint-", "output")):
        return True
    owner, slash, name = text.partition("/")
    if not slash:
        return False
    is_plain = name and "/" not in name and ":" not in owner and not owner.endswith(_FOLDERS)
    return not is_plain or name.startswith("checkpoint-") or name.endswith(_FILES)


def identifier(text: str, *, dataset: bool = False) -> str | None:
    """Return the text if it is the id of a repository: with an owner, or one of the old names without one."""
    text = text.strip()
    if is_repository_id(text):
        return None if is_path(text) else text
    from cardlint.vocabulary.renames import DATASETS, MODELS

    return text if text in (DATASETS if dataset else MODELS) else None


def is_own(own: OwnNames, name: Name, *, is_conversion: bool = False) -> bool:
    """Return True for a name of the card's own model, which is not its own base.

    Only whole titles count: "Whisper Small - Icelandic" is made from one called Whisper Small. The oldest models, whose
    ids have no owner, are never the card's: many fine-tunes are called like them. A conversion is often titled like its
    original; there only the same owner makes a name the card's.
    """
    if name.id is not None and "/" not in name.id:
        return False
    if name.id is not None and name.id == own.repo_id:
        return True
    if is_conversion and name.id is not None:
        return name.id in own.titles
    return any(plain_name(text) in own.whole_names for text in (name.id, name.text) if text)
