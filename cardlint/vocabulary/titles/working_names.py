"""Names of models that were not chosen: working folders, and default titles of generators.

Refresh: collect titles that many cards share, and read the `output_dir` of the examples again.
"""

from __future__ import annotations

from cardlint.lazy_regex import LazyPattern

__all__ = ["is_default_title", "is_working_name"]

SOURCE = (
    "`output_dir` in the examples of transformers, TRL and Axolotl; Python's `tempfile`; the titles that mergekit, "
    "fastai, huggingface_hub and sentence-transformers write; the titles of 10,000 real cards"
)
DATE = "2026-08-24"

# Only in lower case: `Results` is the title of a section, `results` the name of a folder.
_FOLDERS = frozenset((
    "best-model", "best_model", "checkpoint", "checkpoints", "ckpt", "final-model", "final_model", "fine-tuned-model",
    "fine_tuned_model", "finetuned-model", "finetuned_model", "log", "logs", "lora-out", "model", "model-out",
    "models", "out", "output", "output_dir", "outputs", "qlora-out", "result", "results", "run", "runs", "save",
    "saved_model", "temp", "test-trainer", "test_trainer", "tmp", "tmp_trainer", "train", "trained-model",
    "trained_model", "trainer", "trainer_output", "training",
))  # fmt: skip
_NUMBERED = LazyPattern(
    r"(?:checkpoint|ckpt|epoch|out|outputs?|results?|run|step|temp|tmp)[-_]?\d+"
    r"|\d+"
    r"|tmp(?=[a-z_]*\d)[a-z0-9_]{8}"  # tempfile's
    r"|[a-z0-9]+(?:[-_][a-z0-9]+)?[-_](?:outputs?|results)"
)

_DEFAULT_TITLES = LazyPattern(
    r"\{MODEL_NAME\}|Model Card for Model ID|Untitled (?:LoRA )?Model(?: \(\d+\))?"
    r"|(?i:(?:model card for )?(?:[\[{<](?:your |the )?model[ _-]?(?:name|id)[\]}>]|your[ _-]model[ _-](?:name|id)))"
)


def is_working_name(name: str) -> bool:
    """True if a name, or a path without an owner, is that of a folder that training writes into."""
    first, *others = name.strip().removeprefix("./").strip("/").split("/")
    last = others[-1] if others else first
    if others and not _is_folder(first):
        return False
    return _is_folder(last)


def _is_folder(name: str) -> bool:
    if name in _FOLDERS:
        return True
    may_be = name[-1:].isdigit() or name.startswith("tmp") or name.endswith(("output", "outputs", "results"))
    return may_be and len(name) < 60 and _NUMBERED.fullmatch(name) is not None


def is_default_title(title: str) -> bool:
    """True if a generator or template writes this title if it does not know the model's name."""
    if len(title) >= 60 or "model" not in title.lower():
        return title == "Amazing!"  # fastai's
    return _DEFAULT_TITLES.fullmatch(title) is not None
