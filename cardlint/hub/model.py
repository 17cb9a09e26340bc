"""A model on the Hub as cardlint wants to know it, and what is raised where that cannot be told."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["HubError", "Model", "OfflineError"]

MOST_FILES = 1000
"""Of longer lists of files that come with a model, huggingface_hub 1 says that they are not to be relied on."""


class Model(Struct, frozen=True):
    """A model at one commit, by its id as it is now, with the paths of all files in its repository.

    Offline nobody knows the commit and the files: they are empty.
    """

    name: str
    commit: str = ""
    files: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing: a mirror may leave out what it is asked for, and a long list may be cut."""
        return bool(self.commit) and 0 < len(self.files) <= MOST_FILES


class HubError(Exception):
    """What the Hub, or the way to it, denied; the message says it in a sentence."""


class OfflineError(HubError):
    """The Hub was not asked, since `HF_HUB_OFFLINE` forbids that."""
