"""Results in the files beside a card: of the Trainer, of spaCy and of Stable-Baselines3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from cardlint.card.numbers.number import Number
from cardlint.card.repository.files import LONG, Files, JsonFile, as_number
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = [
    "BATCH_SIZE",
    "TRAINER_STATE",
    "Evaluation",
    "Measured",
    "TrainerState",
    "read_results",
    "read_trainer_state",
]

TRAINER_STATE = "trainer_state.json"
BATCH_SIZE = "train_batch_size"

# The files that `Trainer.save_metrics` writes, with the prefixes of evaluations.
_ALL = "all_results.json"  # with the numbers of the others
_OF_TRAINER = ("eval_results.json", "test_results.json", "predict_results.json", _ALL)
_PREFIXES = {"eval_": None, "test_": "test", "predict_": "test"}
_CHECKPOINT = LazyPattern(r"(?:^|[/\\])checkpoint-(?P<step>\d{1,12})[/\\]?$")


class Measured(Struct, frozen=True, kw_only=True):
    """A number of a file: `key` as the file has it, `label` without the prefix, `split` if the prefix names one.

    `is_bound` is true if the file's program also writes the card from this number, so that both are of one evaluation;
    `step` is that of an evaluation during the training.
    """

    key: str
    label: str
    number: Number
    file: JsonFile
    split: str | None = None
    is_bound: bool = False
    step: int | None = None

    @property
    def span(self) -> Span:
        """The place of the number in the file."""
        return self.file.place(self.key, self.number.text)


class Evaluation(Struct, frozen=True):
    """An evaluation in the log of the training; the step may be that of another evaluation, too."""

    step: int
    epoch: Number | None
    results: tuple[Measured, ...]


class TrainerState(Struct, frozen=True):
    """The state of a training: its evaluations, and the step of the best checkpoint if `best_key` states one.

    `batch_size` is the one that the Trainer calls `train_batch_size`; older versions do not write it.
    """

    file: JsonFile
    evaluations: tuple[Evaluation, ...]
    best_step: int | None
    best_key: str
    batch_size: int | None


def read_results(files: Files) -> tuple[Measured, ...]:
    """Return the numbers of all results files, without those of the log of the training."""
    return () if _lacks_some(files) else (*_of_trainer(files), *_of_spacy(files), *_of_stable_baselines(files))


def _lacks_some(files: Files) -> bool:
    """Return True if a file was not downloaded that may agree with a number which the others contradict."""
    of_trainer = _OF_TRAINER if not files.has(_ALL) else (_ALL,)
    return files.lacks(*of_trainer, TRAINER_STATE)


def _of_trainer(files: Files) -> Iterator[Measured]:
    for name in _OF_TRAINER:
        file = files.json(name)
        if file is not None:
            yield from _prefixed(file, file.mapping)


def _prefixed(file: JsonFile, values: Mapping[str, Any], step: int | None = None) -> Iterator[Measured]:
    for key, value in values.items():
        prefix = next((prefix for prefix in _PREFIXES if key.startswith(prefix)), None)
        number = as_number(value)
        if prefix is not None and number is not None:
            label = key.removeprefix(prefix)
            yield Measured(key=key, label=label, number=number, file=file, split=_PREFIXES[prefix], step=step)


def _of_spacy(files: Files) -> Iterator[Measured]:
    file = files.json("meta.json")
    if file is None or not {"lang", "name", "version"} <= file.mapping.keys():
        return
    performance = file.mapping.get("performance")
    for key, value in performance.items() if isinstance(performance, dict) else ():
        number = as_number(value)
        if number is not None:
            yield Measured(key=key, label=key.upper(), number=number, file=file, is_bound=True)


def _of_stable_baselines(files: Files) -> Iterator[Measured]:
    file = files.json("results.json")
    if file is None or not {"mean_reward", "std_reward"} <= file.mapping.keys():
        return
    number = as_number(file.mapping["mean_reward"])
    if number is not None:
        yield Measured(key="mean_reward", label="mean_reward", number=number, file=file, is_bound=True)


def read_trainer_state(files: Files) -> TrainerState | None:
    """Return the state that the Trainer saved, or None."""
    file = files.json(TRAINER_STATE, LONG) if not _lacks_some(files) else None
    log = None if file is None else file.mapping.get("log_history")
    if file is None or not isinstance(log, list):
        return None
    evaluations = tuple(evaluation for entry in log if (evaluation := _evaluation(file, entry)) is not None)
    batch_size = file.mapping.get(BATCH_SIZE)
    is_count = isinstance(batch_size, int) and not isinstance(batch_size, bool) and batch_size > 0
    return TrainerState(file, evaluations, *_best_step(file), batch_size if is_count else None)


def _evaluation(file: JsonFile, entry: object) -> Evaluation | None:
    step = entry.get("step") if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or not isinstance(step, int):
        return None
    results = tuple(_prefixed(file, entry, step))
    return Evaluation(step, as_number(entry.get("epoch")), results) if results else None


def _best_step(file: JsonFile) -> tuple[int | None, str]:
    """Return the step of the best checkpoint, and the key that states it."""
    step = file.mapping.get("best_global_step")
    if isinstance(step, int) and not isinstance(step, bool):
        return step, "best_global_step"
    match = _CHECKPOINT.search(file.text("best_model_checkpoint") or "")
    return (int(match["step"]) if match else None), "best_model_checkpoint"
