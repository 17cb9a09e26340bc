"""The repository around a card: what its files state, each read when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from cardlint.card.repository.files import Files
from cardlint.source import Folder, Source

if TYPE_CHECKING:
    from cardlint.card.repository.results import Measured, TrainerState

__all__ = ["Repository"]

_CARD = "readme.md"


class Repository:
    """The files beside a card that the Hub shows as the page of the repository; beside other cards there are none."""

    def __init__(self, card: Source, folder: Folder | None) -> None:
        is_page = card.path.rpartition("/")[2].lower() == _CARD
        self.files = Files(card, folder if is_page and folder is not None and not folder.is_remote else None)

    @cached_property
    def results(self) -> tuple[Measured, ...]:
        """The numbers in the results files."""
        from cardlint.card.repository.results import read_results

        return read_results(self.files)

    @cached_property
    def trainer_state(self) -> TrainerState | None:
        """The state of the training that the Trainer saved."""
        from cardlint.card.repository.results import read_trainer_state

        return read_trainer_state(self.files)
