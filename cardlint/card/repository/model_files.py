"""The file that shows that a folder holds a model."""

from __future__ import annotations

from cardlint.source import Folder
from cardlint.vocabulary.model_files import CONFIG, CONFIGS, holds_model_config, is_weights

__all__ = ["find_model"]


def find_model(folder: Folder, inside: str = "") -> str | None:
    """Return the name of a model's weights or configuration in a folder, or in the folder `inside` of it; else None.

    A configuration counts if it names the type of its model, or if it is that of an adapter or a pipeline.
    """
    names = folder.names(inside)
    weights = next(filter(is_weights, names), None)
    if weights is not None:
        return weights
    certain = next((name for name in CONFIGS if name in names), None)
    if certain is not None:
        return certain
    config = folder.read(f"{inside}/{CONFIG}" if inside else CONFIG) if CONFIG in names else None
    return CONFIG if config is not None and holds_model_config(config, typed=True) else None
