"""The repository around a card: what its files state, each read when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from cardlint.card.repository.files import Files
from cardlint.source import Folder, Source

if TYPE_CHECKING:
    from cardlint.card.repository.architecture import Architecture
    from cardlint.card.repository.bases import Bases
    from cardlint.card.repository.files import JsonFile
    from cardlint.card.repository.lerobot import PolicyTraining
    from cardlint.card.repository.library import LibraryFile
    from cardlint.card.repository.license_file import LicenseFile
    from cardlint.card.repository.results import Measured, TrainerState

__all__ = ["Repository"]

_CARD = "readme.md"


class Repository:
    """The files beside a card that the Hub shows as the page of the repository; beside other cards there are none."""

    def __init__(self, card: Source, folder: Folder | None) -> None:
        is_page = card.path.rpartition("/")[2].lower() == _CARD
        self.files: Files = Files(card, folder if is_page else None)

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

    @cached_property
    def library(self) -> LibraryFile | None:
        """The file that proves which library loads the model."""
        from cardlint.card.repository.library import find_library

        return find_library(self.files)

    @cached_property
    def architecture(self) -> Architecture | None:
        """The architecture of a model that transformers itself can load."""
        from cardlint.card.repository.architecture import read_architecture

        return read_architecture(self.files)

    @cached_property
    def pipeline_class(self) -> tuple[JsonFile, str] | None:
        """The configuration of a pipeline of Diffusers, and the class that it names."""
        from cardlint.card.repository.architecture import read_pipeline_class

        return read_pipeline_class(self.files)

    @property
    def adapter(self) -> JsonFile | None:
        """The configuration of an adapter of PEFT."""
        file = self.files.json("adapter_config.json")
        return file if file is not None and file.text("peft_type") is not None else None

    @cached_property
    def license(self) -> LicenseFile | None:
        """The license file, if it is the text of a license that the Hub knows."""
        if not self._may_have_license:
            return None
        from cardlint.card.repository.license_file import read_license_file

        return read_license_file(self.files)

    @property
    def license_names(self) -> list[str]:
        """The names of the license files, whatever their text."""
        if not self._may_have_license:
            return []
        from cardlint.card.repository.license_file import license_names

        return license_names(self.files)

    @property
    def _may_have_license(self) -> bool:
        return any(name.lower().startswith(("licen", "copying")) for name in self.files.names)

    @cached_property
    def bases(self) -> Bases | None:
        """The models that the adapter was trained on, or that the model was merged from."""
        from cardlint.card.repository.bases import read_bases

        return read_bases(self.files)

    @cached_property
    def language(self) -> tuple[JsonFile, str] | None:
        """The file that states the language of a pipeline of spaCy, and its code."""
        if not self.files.has("meta.json"):
            return None
        from cardlint.card.repository.spacy import read_language

        return read_language(self.files)

    @cached_property
    def glue_task(self) -> str | None:
        """The configuration of GLUE that the model was trained and evaluated on."""
        from cardlint.card.repository.glue import read_glue_task

        return read_glue_task(self.files)

    @cached_property
    def policy_training(self) -> PolicyTraining | None:
        """The training of a policy of LeRobot."""
        if not self.files.has("train_config.json"):
            return None
        from cardlint.card.repository.lerobot import read_policy_training

        return read_policy_training(self.files)
