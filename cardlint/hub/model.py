"""A model on the Hub with the data that cardlint needs, and the errors of requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

__all__ = ["HubError", "Model", "OfflineError"]

MOST_FILES = 1000
"""The longest list of files that is complete in the data of a model, according to huggingface_hub 1."""


class Model(Struct, frozen=True):
    """A model at one commit, with its current id and the paths of all files in its repository.

    Offline the commit and the files are unknown and empty. `config` is what the Hub states of `config.json`, and
    `parameters` are those of weights in safetensors by their type; None if the Hub states neither.
    """

    name: str
    commit: str = ""
    files: frozenset[str] = frozenset()
    config: Mapping[str, Any] | None = None
    parameters: Mapping[str, int] | None = None

    @property
    def is_whole(self) -> bool:
        """True if the data is complete: a mirror may leave out fields, and a long list may be cut."""
        return bool(self.commit) and 0 < len(self.files) <= MOST_FILES


class HubError(Exception):
    """A request to the Hub failed; the message says why."""


class OfflineError(HubError):
    """No request was made, because `HF_HUB_OFFLINE` is set."""
