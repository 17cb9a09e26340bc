"""The programs that write model cards: by what one knows them, and what they do by design.

Source: the writers themselves: transformers 4.15 to 5.23 (`modelcard.py`), huggingface_hub 2.4.0 (`templates`), peft
0.21.2, trl 1.16.0, sentence-transformers 2 to 6.2, setfit 1.2.0, diffusers 0.42.1, and the cards that the others wrote;
read 2026-08-22. Refresh: `pip download --no-deps` the libraries and read their templates.
"""

from __future__ import annotations

from cardlint.record import record

__all__ = ["GENERATORS", "Generator", "Marks"]

Marks = tuple[tuple[str, ...], ...]
"""Alternatives, each of parts that must all be there.

A part `tag=x` is a tag of the metadata, `library=x` its library, `key=x` a key; any other is text of the body.
"""


@record
class Generator:
    """A program that writes model cards.

    `name` is its id, `title` what people call it, `family` what it shares a layout with (all that write the Trainer's
    summary are of the family `trainer`), `library` the Hub's `library_name` that it implies. `repeats_titles` are
    titles, in lower case, that it writes more than once by design.
    """

    name: str
    title: str
    family: str
    marks: Marks
    library: str | None = None
    writes_no_title: bool = False
    repeats_titles: frozenset[str] = frozenset()
    placeholders: tuple[str, ...] = ()


GENERATORS = (
    Generator("axolotl", "Axolotl", "trainer", (("tag=axolotl",), ("axolotl version: `",))),
    Generator("llama-factory", "LLaMA-Factory", "trainer", (("tag=llama-factory",),)),
    Generator(
        "spacy", "spaCy", "spacy", (("| **spaCy** |", "| **Default Pipeline** |"),), "spacy", writes_no_title=True
    ),
    Generator(
        "transformers-trainer",
        "transformers' Trainer",
        "trainer",
        (
            ("tag=generated_from_trainer",),
            ("the information the Trainer had access to",),
            ("This model is a fine-tuned version of", "The following hyperparameters were used during training:"),
        ),
        "transformers",
    ),
    Generator(
        "hub-template",
        "the Hub's template",
        "template",
        (("[More Information Needed]", "Out-of-Scope Use"), ("<!-- Provide a quick summary of what the model is",)),
    ),
)
"""The more special first: the first one whose marks a card has is its generator."""
