"""Rule `unknown-origin`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.provenance.lineage import Name, Statement, is_path
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span

NOTHING = frozenset(("", "None", "none", "null"))


@rule(severity=Severity.WARNING)
def unknown_origin(card: Card) -> Iterator[Problem]:
    r"""The text says that the model was made from an unknown dataset, from None, or from a folder of somebody's own.

    The Trainer writes what it knows: "an unknown dataset" or "the None dataset" where nobody told it, a link to nothing
    or to a path where the model came from the disk. A reader learns nothing from it, and the link leads nowhere.

    Bad:
        ---
        license: mit
        ---

        # Owls

        This model is a fine-tuned version of [coastlab/lighthouse](https://huggingface.co/coastlab/lighthouse) on
        an unknown dataset.

    Good:
        ---
        license: mit
        ---

        # Owls

        This model is a fine-tuned version of [coastlab/lighthouse](https://huggingface.co/coastlab/lighthouse) on
        the coastlab/owls dataset.
    """
    statements = [statement for statement in card.lineage.statements if statement.form == "sentence"]
    bases = [statement.base for statement in statements if statement.base is not None and _is_nowhere(statement.base)]
    if bases:
        yield _base(bases)
    datasets = [span for statement in statements for span in _unknown_datasets(statement)]
    if datasets:
        words = " ".join(card.source.slice(datasets[0]).split())
        yield Problem(
            datasets[0],
            f"the text says that the model was trained on {_article(words)} dataset",
            help="Name the dataset that the model was trained on, or describe it.",
            related=tuple(Related(span, "here too") for span in datasets[1:]),
        )


def _is_nowhere(name: Name) -> bool:
    """Whether a base model is nothing, or a path."""
    return name.id is None and (name.text in NOTHING or is_path(name.text))


def _base(names: list[Name]) -> Problem:
    name = names[0]
    message = f"the model is said to be made from `{name.text}`, a path that leads nowhere on the Hub"
    if name.text in NOTHING:
        message = "the text does not name the model that this one was made from"
    return Problem(
        name.link.span if name.link is not None and not name.text else name.span,
        message,
        help="Name the model that it was made from, by its id on the Hub if it has one.",
        related=tuple(Related(other.span, "here too") for other in names[1:]),
    )


def _unknown_datasets(statement: Statement) -> Iterator[Span]:
    if statement.unknown is not None:
        yield statement.unknown
    for name in statement.datasets:
        if name.id is None and name.text in NOTHING:
            yield name.span


def _article(words: str) -> str:
    return "an unknown" if "unknown" in words else f"the {words}"
