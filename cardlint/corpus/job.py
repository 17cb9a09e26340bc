"""The job of a corpus: how every card is linted."""

from __future__ import annotations

from msgspec import Struct

from cardlint.config.model import Config

__all__ = ["Job"]


class Job(Struct, frozen=True):
    """The options for linting a card of a corpus.

    With `repo_ids` the ids are repository ids of the Hub, which rules can use. The globs of `per-file-ignores` in the
    configuration match ids; `include` and `exclude` are ignored. `missing` is the `trouble` of a card that is null.
    """

    config: Config = Config()
    suppressions: bool = True
    repo_ids: bool = False
    missing: str = "no text"
