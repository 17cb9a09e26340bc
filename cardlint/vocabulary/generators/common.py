"""Sentences that tell a model card but not which of several generators wrote it.

Refresh: read newer cards of theirs.
"""

from __future__ import annotations

__all__ = ["COMMON_SENTENCES", "COMMON_TAGS"]

SOURCE = "transformers 4.15 to 5.23 (`modelcard.py`), huggingface_hub 0.8 to 2.4.0; of the others the cards they wrote"
DATE = "2026-08-22"

COMMON_SENTENCES = (
    "It achieves the following results on the evaluation set",
    "The following hyperparameters were used during training:",
    "Provide a quick summary of what the model is",
    "was converted to GGUF format from",
    "This is a trained model of a **",
)
"""Sentences of several generators, or of several versions of one."""

COMMON_TAGS = "generated_from_"
"""The beginning of tags that only programs write; people tag pages of their own with the others."""
