"""Programs that train language models with the Trainer, or with a trainer based on it.

Refresh: `pip download --no-deps` the libraries and read their templates again.
"""

from __future__ import annotations

from cardlint.vocabulary.generators.generator import Generator

__all__ = ["TRAINERS"]

SOURCE = "transformers 4.15 to 5.23 (`modelcard.py`), trl 1.16.0, peft 0.21.2; of the others the cards that they wrote"
DATE = "2026-08-22"

TRAINERS = (
    Generator(
        "axolotl",
        "Axolotl",
        "trainer",
        (
            "<summary>See axolotl config</summary>",
            "axolotl version: `",
            ("tag=axolotl", "The following hyperparameters were used during training:"),
            ("tag=axolotl", "This model is a fine-tuned version of"),
            ('alt="Built with Axolotl"', "The following hyperparameters were used during training:"),
        ),
        "transformers",
    ),
    Generator(
        "llama-factory",
        "LLaMA-Factory",
        "trainer",
        (
            ("tag=llama-factory", "The following hyperparameters were used during training:"),
            ("tag=llama-factory", "This model is a fine-tuned version of"),
            ("tag=llama-factory", "### Framework versions"),
        ),
        "transformers",
    ),
    Generator(
        "unsloth-trl", "TRL with Unsloth", "trl", (("tag=unsloth", "It has been trained using [TRL]("),), "transformers"
    ),
    Generator("trl", "TRL", "trl", ("It has been trained using [TRL](",), "transformers"),
    Generator(
        "trl-value-head", "TRL's models with a value head", "trl-value-head", ("This is a [TRL language model](",)
    ),
    Generator(
        "trl-trainer",
        "TRL before version 0.11",
        "trainer",
        (
            ("tag=trl", "tag=generated_from_trainer", "- optimizer: Adam"),
            ("- Rewards/chosen:", "The following hyperparameters were used during training:"),
        ),
        "transformers",
    ),
    Generator("unsloth", "Unsloth", "unsloth", ("trained 2x faster with [Unsloth](",)),
    Generator(
        "keras-callback",
        "transformers' Keras callback",
        "keras-callback",
        (
            "the information Keras had access to",
            ("tag=generated_from_keras_callback", "### Framework versions"),
            ("tag=generated_from_keras_callback", "The following hyperparameters were used during training:"),
        ),
        "transformers",
    ),
    Generator(
        "peft-trainer",
        "transformers' Trainer with PEFT",
        "trainer",
        (
            ("library=peft", "The following hyperparameters were used during training:"),
            ("The following hyperparameters were used during training:", "\n- PEFT "),
        ),
        "peft",
    ),
    Generator(
        "transformers-trainer",
        "transformers' Trainer",
        "trainer",
        (
            "the information the Trainer had access to",
            ("tag=generated_from_trainer", "This model is a fine-tuned version of"),
            ("tag=generated_from_trainer", "This model was trained from scratch on"),
            ("tag=generated_from_trainer", "It achieves the following results on the evaluation set"),
            ("tag=generated_from_trainer", "The following hyperparameters were used during training:"),
            ("tag=generated_from_trainer", "### Framework versions"),
            ("This model is a fine-tuned version of", "The following hyperparameters were used during training:"),
            ("This model is a fine-tuned version of [", "### Framework versions", "\n- Transformers "),
            ("This model was trained from scratch on", "The following hyperparameters were used during training:"),
        ),
        "transformers",
    ),
)
