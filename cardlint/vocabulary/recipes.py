"""Keys of the configurations that training and merging programs write into cards as YAML.

Refresh: read axolotl's `docs/config.html`, the arguments that axolotl passes to the Trainer, and `mergekit/config.py`.
"""

from __future__ import annotations

__all__ = ["AXOLOTL", "MARKS", "MODEL_KEYS"]

SOURCE = "configurations of axolotl 0.19 and mergekit in real cards, beside the Trainer's list below them"
DATE = "2026-11-21"

AXOLOTL = {
    "train_batch_size": "micro_batch_size",
    "gradient_accumulation_steps": "gradient_accumulation_steps",
    "num_epochs": "num_epochs",
    "learning_rate": "learning_rate",
    "lr_scheduler_type": "lr_scheduler",
    "lr_scheduler_warmup_steps": "warmup_steps",
    "lr_scheduler_warmup_ratio": "warmup_ratio",
    "training_steps": "max_steps",
    "optimizer": "optimizer",
    "seed": "seed",
}
"""Axolotl's names of hyperparameters by the Trainer's; both batch sizes are those of one device."""

MARKS = {"axolotl": ("micro_batch_size", "base_model"), "mergekit": ("merge_method",)}
"""Keys that every configuration of a program has."""

MODEL_KEYS = ("base_model", "model")
"""Keys under which a configuration names a model, at any depth."""
