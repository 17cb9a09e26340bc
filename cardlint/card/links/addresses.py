"""References (links and images), and the repository of the Hub in an address."""

from __future__ import annotations

import re

from msgspec import Struct

from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["Reference", "Repository", "hub_repository", "is_page", "is_repository_id", "path_on_hub"]


class Repository(Struct, frozen=True):
    """A repository on the Hub: `kind` is `model`, `dataset` or `space`; `id` is `owner/name`, or an old name alone.

    `inside` is the rest of the address: `tree/main`, `blob/main/LICENSE`, or empty.
    """

    kind: str
    id: str
    inside: str = ""


class Reference(Struct, frozen=True):
    """A link or an image: its visible text and its target, each with its place.

    `form` is `inline`, `reference` (the target is in a definition elsewhere, and `target_span` is the reference
    itself), `autolink` (text and target are the same) or `html`. The text of an image is its description.
    """

    span: Span
    text: str
    text_span: Span
    target: str
    target_span: Span
    form: str
    image: bool = False

    @property
    def repository(self) -> Repository | None:
        """The repository on the Hub that the target is in, or None."""
        return hub_repository(self.target)


_USUAL = "https://huggingface.co/"
_HUB = LazyPattern(r"(?i:(?:https?:)?//|)(?i:www\.)?(?i:huggingface\.co|hf\.co)/(?P<path>[^?#]*)(?:[?#].*)?", re.DOTALL)
_NAME = LazyPattern(r"(?!.*(?:--|\.\.))[A-Za-z0-9_](?:[\w.-]{0,94}[\w])?", re.ASCII)
_KINDS = {"datasets": "dataset", "spaces": "space"}
# Words that are pages of the Hub, not owners, as the first part of an address.
_PAGES = frozenset(
    (
        *("api", "billing", "blog", "chat", "collections", "course", "docs", "enterprise", "inference", "join"),
        *("landing", "learn", "login", "models", "new", "organizations", "papers", "posts", "pricing", "search"),
        *("settings", "spaces-launch", "support", "tasks", "terms-of-service", "transformers", "welcome"),
    )
)
# The words that may follow an id in an address.
_VIEWS = frozenset(("blob", "commit", "commits", "discussions", "edit", "raw", "resolve", "settings", "tree", "viewer"))


def is_repository_id(text: str) -> bool:
    """Return True if the text has the form of a repository id with an owner: `owner/name`."""
    owner, slash, name = text.partition("/")
    return bool(slash) and _NAME.fullmatch(owner) is not None and _NAME.fullmatch(name) is not None


def is_page(word: str) -> bool:
    """Return True if the first part of an address is a page of the Hub, not an owner."""
    return word in _PAGES


def hub_repository(address: str) -> Repository | None:
    """Return the repository in an address; None if it leads elsewhere, or to an owner or a page of the Hub."""
    path = path_on_hub(address.strip())
    if path is None:
        return None
    parts = [part for part in path.split("/") if part]
    kind = "model"
    if parts and parts[0] in _KINDS:
        kind = _KINDS[parts.pop(0)]
    if not parts or parts[0] in _PAGES:
        return None
    end = 1 if len(parts) == 1 or parts[1] in _VIEWS else 2
    if end == 1 and not _has_no_owner(kind, parts[0]):
        return None
    name, inside = "/".join(parts[:end]), parts[end:]
    if (end == 2 and not is_repository_id(name)) or (inside and inside[0] not in _VIEWS):
        return None
    return Repository(kind, name, "/".join(inside))


def path_on_hub(address: str) -> str | None:
    """Return the path in an address of the Hub, or None for any other address."""
    if address.startswith(_USUAL):
        return address[len(_USUAL) :].partition("#")[0].partition("?")[0]
    match = _HUB.fullmatch(address) if "hf.co/" in address.lower() or "huggingface.co/" in address.lower() else None
    return match["path"] if match else None


def _has_no_owner(kind: str, name: str) -> bool:
    """Return True if a single name is a repository: only the oldest models are, other names are owners."""
    if kind == "model":
        from cardlint.vocabulary.renames import MODELS  # here, since most addresses have an owner

        return name.lower() in MODELS
    return kind == "dataset" and _NAME.fullmatch(name) is not None
