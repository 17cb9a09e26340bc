"""Rule `epochs-exceeded`."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.card.provenance.recipes import Recipe
from cardlint.card.repository.files import as_number
from cardlint.card.training.hyperparameters import Bullet, HyperparameterList
from cardlint.card.training.results_table import ResultsTable
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span

# The Trainer's names of the limits in `trainer_state.json`.
_IN_STATE = {"num_epochs": "num_train_epochs", "training_steps": "max_steps"}


@rule(severity=Severity.WARNING)
def epochs_exceeded(card: Card) -> Iterator[Problem]:
    r"""A results table continues after the end of the training.

    The hyperparameters state for how many epochs or steps the model was trained, and the table has rows after that: one
    of them belongs to another run. If a card has several trainings, each table is compared with the nearest list of
    hyperparameters under the same or a parent heading. A table that ends earlier is not reported, since trainings are
    often stopped early.

    Nothing is reported if `trainer_state.json` beside the card has both the limit and the row: training was resumed.

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
        if results.is_divided:
            continue
        limits = (
            ("num_epochs", "epoch", results.epochs, results.epoch_error()),
            ("training_steps", "step", results.steps, Decimal()),
        )
        for name, unit, column, error in limits:
            limit = _limit(card, results, name)
            row = None if limit is None else _first_beyond(results, column, limit.value + error)
            if limit is None or row is None or column is None:
                continue
            if not _is_resumed(card, results, row, name, limit.value):
                end, last = max(results.numbers(column).items(), key=lambda item: item[1].value)
                yield Problem(
                    results.span(row, column),
                    f"the table continues to {unit} {last.text}, but `{limit.label}` is {limit.text}",
                    help="Correct the hyperparameter, or show the table of this run.",
                    related=(
                        Related(limit.span, f"`{limit.label}` is {limit.text} here"),
                        *((Related(results.span(end, column), f"it continues to {last.text}"),) if end != row else ()),
                    ),
                )


class _Limit(Struct, frozen=True):
    """The end of the training, and the place where the card states it."""

    value: Decimal
    label: str
    text: str
    span: Span


def _is_resumed(card: Card, results: ResultsTable, row: int, name: str, limit: Decimal) -> bool:
    """True if the state of the training has both the limit and the row beyond it: none of them was mistyped."""
    state = card.repository.trainer_state
    if state is None:
        return False
    from cardlint.card.agreement.results_files import is_logged  # here, since few cards have such a file

    if not is_logged(results, state, row):
        return False
    number = as_number(state.file.mapping.get(_IN_STATE[name]))
    return number is not None and number.value == limit


def _limit(card: Card, results: ResultsTable, name: str) -> _Limit | None:
    """Return the limit that the table's list states, or the only configuration of axolotl if the card has no list."""
    stated: Sequence[HyperparameterList | Recipe] = (card.training.hyperparameters_of(results),)
    if not card.training.lists:
        stated = [recipe for recipe in card.recipes if recipe.program == "axolotl"]
    if len(stated) != 1:
        return None
    steps, value = stated[0].number("training_steps"), stated[0].number(name)
    # a number of steps overrides the number of epochs; -1 means that none is set
    if value is None or value <= 0 or (name == "num_epochs" and steps is not None and steps > 0):
        return None
    found = stated[0].hyperparameter(name)
    if found is None:
        return None
    label = found.label if isinstance(found, Bullet) else name
    return _Limit(value=value, label=label, text=found.text, span=found.span)


def _first_beyond(results: ResultsTable, column: int | None, limit: Decimal) -> int | None:
    numbers = results.numbers(column).items()
    return next((row for row, number in numbers if number.value > limit), None)
