"""What is done with every card of a corpus, wherever it is done."""

from __future__ import annotations

from msgspec import Struct

from cardlint.config.model import Config

__all__ = ["Job"]


class Job(Struct, frozen=True):
    """All that a worker is told.

    With `repo_ids` the ids are those of repositories on the Hub, and rules know which one a card belongs to. Globs of
    the configuration's `per-file-ignores` match ids; its `include` and `exclude`, which choose files, have no say.
    `missing` is what is said of a card that is null.
    """

    config: Config = Config()
    suppressions: bool = True
    repo_ids: bool = False
    missing: str = "there is no text"
