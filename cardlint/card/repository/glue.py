"""The task of GLUE that a classifier was trained for, as transformers' script for GLUE writes it into `config.json`."""

from __future__ import annotations

from cardlint.card.repository.files import Files

__all__ = ["read_glue_task"]

# The configurations of the dataset that the script can train on.
_TASKS = frozenset(("cola", "mnli", "mrpc", "qnli", "qqp", "rte", "sst2", "stsb", "wnli"))


def read_glue_task(files: Files) -> str | None:
    """Return the configuration of GLUE in `config.json`, or None."""
    file = files.json("config.json")
    task = file.text("finetuning_task") if file is not None else None
    return task if task in _TASKS else None
