"""Rule `epochs-exceeded`."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.card.training.results_table import ResultsTable
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span


@rule(severity=Severity.WARNING)
def epochs_exceeded(card: Card) -> Iterator[Problem]:
    r"""A results table continues after the end of the training.

    The hyperparameters state for how many epochs or steps the model was trained, and the table has rows after that: one
    of them belongs to another run. A table that ends earlier is not reported, since trainings are stopped early.

    Bad:
        # tide

        The following hyperparameters were used during training:
        - learning_rate: 2e-05
        - num_epochs: 2

        | Training Loss | Epoch | Step | Validation Loss |
        |:-------------:|:-----:|:----:|:---------------:|
        | 0.61          | 1.0   | 250  | 0.58            |
        | 0.52          | 2.0   | 500  | 0.55            |
        | 0.47          | 3.0   | 750  | 0.54            |

    Good:
        # tide

        The following hyperparameters were used during training:
        - learning_rate: 2e-05
        - num_epochs: 3

        | Training Loss | Epoch | Step | Validation Loss |
        |:-------------:|:-----:|:----:|:---------------:|
        | 0.61          | 1.0   | 250  | 0.58            |
        | 0.52          | 2.0   | 500  | 0.55            |
        | 0.47          | 3.0   | 750  | 0.54            |
    """
    for results in card.training.results:
        limits = (
            ("num_epochs", "epoch", results.epochs, results.epoch_error()),
            ("training_steps", "step", results.steps, Decimal()),
        )
        for name, unit, column, error in limits:
            limit = _limit(card, name)
            row = None if limit is None else _first_beyond(results, column, limit.value + error)
            if limit is not None and row is not None and column is not None:
                end, last = max(results.numbers(column).items(), key=lambda item: item[1].value)
                yield Problem(
                    results.span(row, column),
                    f"the table continues to {unit} {last.text}, but `{name}` is {limit.text}",
                    help="Correct the hyperparameter, or show the table of this run.",
                    related=(
                        Related(limit.span, f"`{name}` is {limit.text} here"),
                        *((Related(results.span(end, column), f"it continues to {last.text}"),) if end != row else ()),
                    ),
                )


class _Limit(Struct, frozen=True):
    """The end of the training, and the place where the card states it."""

    value: Decimal
    text: str
    span: Span


def _limit(card: Card, name: str) -> _Limit | None:
    """Return the hyperparameter from the list, or else from the only axolotl configuration in the body."""
    bullet = card.training.hyperparameters.get(name)
    value = card.training.number(name)
    if bullet is not None:
        return None if value is None else _Limit(value, bullet.text, bullet.span)
    recipes = [recipe for recipe in card.recipes if recipe.program == "axolotl"]
    if card.training.hyperparameters or len(recipes) != 1:
        return None
    scalar, value = recipes[0].hyperparameter(name), recipes[0].number(name)
    return None if scalar is None or value is None else _Limit(value, scalar.text, scalar.span)


def _first_beyond(results: ResultsTable, column: int | None, limit: Decimal) -> int | None:
    numbers = results.numbers(column).items()
    return next((row for row, number in numbers if number.value > limit), None)
