"""Forms for authors to fill in, the most specific first.

Refresh: `pip download --no-deps` the libraries and read their templates again.
"""

from __future__ import annotations

from cardlint.vocabulary.generators.generator import Generator

__all__ = ["FORMS"]

SOURCE = "huggingface_hub 0.8 to 2.4.0 (`templates`, `hub_mixin.py`), peft 0.21.2, diffusers 0.42.1"
DATE = "2026-08-22"

FORMS = (
    Generator(
        "peft",
        "PEFT",
        "template",
        (
            ("library=peft", "[More Information Needed]"),
            ("- PEFT ", "[More Information Needed]"),
            ("library=peft", "- PEFT "),
        ),
        "peft",
    ),
    Generator(
        "transformers-push",
        "transformers' `push_to_hub`",
        "template",
        ("This is the model card of a 🤗 transformers model",),
        "transformers",
    ),
    Generator(
        "diffusers-push",
        "diffusers' `push_to_hub`",
        "template",
        ("This is the model card of a 🧨 diffusers pipeline",),
        "diffusers",
    ),
    Generator(
        "model-hub-mixin",
        "huggingface_hub's `ModelHubMixin`",
        "mixin",
        (
            "has been pushed to the Hub using the [PytorchModelHubMixin](",
            "has been pushed to the Hub using the [PyTorchModelHubMixin](",
            ("tag=model_hub_mixin", "has been pushed to the Hub using"),
        ),
        writes_no_title=True,
    ),
    Generator(
        "hub-template",
        "the Hub's template",
        "template",
        (
            "<!-- Provide a quick summary of what the model is/does. -->",
            ("[More Information Needed]", "Out-of-Scope Use"),
            ("[More Information Needed]", "Model Card Contact"),
            "<!-- Provide a longer summary of what this model is. -->",
            ("Users (both direct and downstream) should be made aware of the risks", "Model Details"),
            # older versions had no brackets
            ("More information needed", "**Developed by:**"),
            ("More information needed", "**Carbon Emitted:**"),
        ),
    ),
)
