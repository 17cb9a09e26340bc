"""The id of a card's repository on the Hub, read from the git repository around the card."""

from __future__ import annotations

import re

from cardlint.lazy_regex import LazyPattern
from cardlint.source import Folder

__all__ = ["remote_id"]

_SECTION = LazyPattern(r'\[remote "(?P<name>[^"]*)"\]')
_URL = LazyPattern(r"[ \t]*url[ \t]*=[ \t]*(?P<url>\S+)")
# Addresses by https, with or without an account, and by ssh in both forms.
_MODEL = LazyPattern(
    r"(?:(?:https?|ssh)://(?:[^@/\s]+@)?(?:www\.)?(?:huggingface\.co|hf\.co)/|git@(?:huggingface\.co|hf\.co):/?)"
    r"(?P<id>(?!(?:datasets|spaces)/)[\w.-]+/[\w.-]+?)(?:\.git)?/?",
    re.ASCII,
)


def remote_id(folder: Folder) -> str | None:
    """Return the id of the model that the folder is pushed to: that of `origin`, else of the only other remote."""
    config = folder.read(".git/config")
    if config is None or b"[remote" not in config:
        return None
    found = dict(_models(config.decode("utf-8", "replace")))
    others = set(found.values())
    return found.get("origin") or (others.pop() if len(others) == 1 else None)


def _models(config: str) -> list[tuple[str, str]]:
    """Return the remotes that are models on the Hub, each with its name."""
    models = []
    remote = None
    for line in config.splitlines():
        if line.lstrip().startswith("["):
            section = _SECTION.match(line.lstrip())
            remote = section["name"] if section else None
            continue
        url = _URL.match(line) if remote is not None else None
        model = _MODEL.fullmatch(url["url"]) if url else None
        if model and remote is not None:
            models.append((remote, model["id"]))
    return models
