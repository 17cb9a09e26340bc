"""What generators put where an author's words belong.

Refresh: `pip download --no-deps huggingface_hub transformers` and read the two files that `SOURCE` names.
"""

from __future__ import annotations

__all__ = ["FILLER", "NOTICES", "PLACEHOLDERS", "SENTENCES", "TEMPLATE_MARKS"]

SOURCE = "`modelcard_template.md` of huggingface_hub 2.4.0, `modelcard.py` of transformers 4.15 to 5.23"
DATE = "2026-08-22"

PLACEHOLDERS = frozenset(("more information needed", "needs more information", "more information is needed"))
"""The placeholder texts themselves, in lower case without brackets, full stop and emphasis."""

TEMPLATE_MARKS = (
    "[More Information Needed]",  # up to 39 times in an untouched card
    "Carbon emissions can be estimated using the",
    "Users (both direct and downstream) should be made aware",
)
"""What tells the placeholders of the Hub's own template: every one of them has one of these."""

_AUTOMATIC = "that has been pushed on the Hub. This model card has been automatically generated."
FILLER = (
    "Use the code below to get started with the model.",
    f"This is the model card of a 🤗 transformers model {_AUTOMATIC}",
    f"This is the model card of a 🧨 diffusers pipeline {_AUTOMATIC}",
)
"""Sentences of the template as a reader sees them; they say nothing of the model that they stand under."""

SENTENCES = (
    (
        "Carbon emissions can be estimated using the Machine Learning Impact calculator presented in "
        "Lacoste et al. (2019)."
    ),
    (
        "Users (both direct and downstream) should be made aware of the risks, biases and limitations of the model. "
        "More information needed for further recommendations."
    ),
)
"""Sentences of the template that are placeholders as a whole."""

NOTICES = {
    "the information the trainer had access to": "transformers' Trainer",
    "the information keras had access to": "transformers' Keras callback",
    "the information the training script had access to": "diffusers' training script",
}
"""What is special in the comment that asks to be removed after proofreading, in lower case, and who writes it."""
