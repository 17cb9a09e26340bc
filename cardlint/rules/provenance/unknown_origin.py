"""Rule `unknown-origin`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.provenance.lineage import LineageStatement, Name, is_path
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span

NAME = LazyPattern(r"[A-Za-z0-9][\w.-]{0,95}")
NOTHING = frozenset(("", "None", "none", "null"))


@rule(severity=Severity.WARNING)
def unknown_origin(card: Card) -> Iterator[Problem]:
    r"""The body names an unknown dataset, None, or a local folder as the model's origin.

    The Trainer writes "an unknown dataset" or "the None dataset" if it does not know the dataset, and a link to
    nothing, to a path or to a name without an owner if the base model was loaded from the disk. Such a text does not
    help readers, and the link is dead. Name the dataset and the base model.

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
    stated = [each for each in card.lineage.statements if each.form in ("sentence", "prose", "label")]
    bases = [each.base for each in stated if each.base is not None and _is_nowhere(each.base)]
    if bases:
        yield _base(bases)
    datasets = [span for statement in statements for span in _unknown_datasets(statement)]
    if datasets:
        words = " ".join(card.source.slice(datasets[0]).split())
        yield Problem(
            datasets[0],
            f"the body says that the model was trained on {_article(words)} dataset",
            help="Name the dataset that the model was trained on, or describe it.",
            related=tuple(Related(span, "also here") for span in datasets[1:]),
        )


def _is_nowhere(name: Name) -> bool:
    """True if a base model is empty, a path, or a name without an owner that is not one of the oldest models'."""
    return name.id is None and (name.text in NOTHING or is_path(name.text) or _has_no_owner(name))


def _has_no_owner(name: Name) -> bool:
    """True if a link shows one name and leads to the page of that name, which would be an owner's."""
    target = name.link.target.rstrip("/") if name.link is not None else ""
    return target == f"https://huggingface.co/{name.text}" and NAME.fullmatch(name.text) is not None


def _base(names: list[Name]) -> Problem:
    name = names[0]
    message = f"the base model is given as `{name.text}`, a path that does not exist on the Hub"
    if _has_no_owner(name):
        message = f"the base model is given as `{name.text}`, but no model of the Hub has this name without an owner"
    if name.text in NOTHING:
        message = "the body does not name the base model"
    return Problem(
        name.link.span if name.link is not None and not name.text else name.span,
        message,
        help="Name the base model, by its id on the Hub if it has one.",
        related=tuple(Related(other.span, "also here") for other in names[1:]),
    )


def _unknown_datasets(statement: LineageStatement) -> Iterator[Span]:
    if statement.unknown is not None:
        yield statement.unknown
    for name in statement.datasets:
        if name.id is None and name.text in NOTHING:
            yield name.span


def _article(words: str) -> str:
    return "an unknown" if "unknown" in words else f"the {words}"
