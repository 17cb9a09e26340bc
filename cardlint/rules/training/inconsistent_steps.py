"""Rule `inconsistent-steps`."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.card.training.results_table import ResultsTable
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule


@rule(severity=Severity.WARNING)
def inconsistent_steps(card: Card) -> Iterator[Problem]:
    r"""The steps and epochs of a results table do not go together.

    An epoch takes the same number of steps throughout a training, so that every row's step divided by its epoch gives
    about the same; and neither of the two runs backwards. Where a row stands out, one of its numbers was mistyped, or
    the table was put together from several runs, and nobody can tell when the results were reached.

    The rows are compared by the numbers of steps per epoch that each allows at the digits shown, with five percent of
    slack and a step for each epoch. Cards with `training_steps` are passed over: a stream has no length, and its epochs
    begin anew.

    Bad:
        # tide

        | Training Loss | Epoch | Step | Validation Loss |
        |:-------------:|:-----:|:----:|:---------------:|
        | 0.61          | 1.0   | 250  | 0.58            |
        | 0.52          | 2.0   | 50   | 0.55            |
        | 0.47          | 3.0   | 750  | 0.54            |

    Good:
        # tide

        | Training Loss | Epoch | Step | Validation Loss |
        |:-------------:|:-----:|:----:|:---------------:|
        | 0.61          | 1.0   | 250  | 0.58            |
        | 0.52          | 2.0   | 500  | 0.55            |
        | 0.47          | 3.0   | 750  | 0.54            |
    """
    for results in card.training.results:
        problem = _backwards(results)
        if problem is None and "training_steps" not in card.training.hyperparameters:
            problem = _odd_rate(results)
        if problem:
            yield problem


def _backwards(results: ResultsTable) -> Problem | None:
    for name, column in (("step", results.steps), ("epoch", results.epochs)):
        # sentence-transformers gives its last evaluation the step -1
        counted = [item for item in results.numbers(column).items() if item[1].value >= 0]
        for (before, earlier), (row, later) in pairwise(counted):
            if column is not None and later.value < earlier.value:
                return Problem(
                    results.span(row, column),
                    f"{name} {later.text} follows {name} {earlier.text}",
                    help="Correct the number, or give every run a table of its own.",
                    related=(Related(results.span(before, column), f"{name} {earlier.text}"),),
                )
    return None


class _Rate(Struct, frozen=True):
    """The steps per epoch that a row allows; `high` is None where there is no bound."""

    row: int
    step: Decimal
    epoch: Decimal
    low: Decimal
    high: Decimal | None

    def allows(self, rate: Decimal) -> bool:
        return self.low <= rate and (self.high is None or rate <= self.high)


_MOST_ROWS = 500
_LOWER, _UPPER = Decimal("0.95"), Decimal("1.05")


def _odd_rate(results: ResultsTable) -> Problem | None:
    """What is to say of the first row that does not go with most of the others."""
    rates = list(_rates(results))[:_MOST_ROWS]
    highs = [rate.high for rate in rates if rate.high is not None]
    if len(rates) < 2 or not highs or max(rate.low for rate in rates) <= min(highs):
        return None
    # where intervals overlap at all, they do at the lower end of one of them
    common = max((rate.low for rate in rates), key=lambda low: sum(rate.allows(low) for rate in rates))
    others = [rate for rate in rates if rate.allows(common) and rate.epoch]
    odd = next(rate for rate in rates if not rate.allows(common))
    column = results.steps
    if column is None or not others:
        return None
    other = max(others, key=lambda rate: rate.epoch)
    return Problem(
        results.span(odd.row, column),
        f"step {odd.step} at epoch {odd.epoch} makes {_per_epoch(odd)} steps an epoch, "
        f"but step {other.step} at epoch {other.epoch} {_per_epoch(other)}",
        help="Find out which of the numbers is wrong, and correct it.",
        related=(Related(results.span(other.row, column), f"{_per_epoch(other)} steps an epoch"),),
    )


def _per_epoch(rate: _Rate) -> str:
    if not rate.epoch:
        return "no"
    value = rate.step / rate.epoch
    return f"about {value:.0f}" if value < 10**9 else "far too many"


def _rates(results: ResultsTable) -> Iterator[_Rate]:
    """The rows that state both, as far as numbers of their size make sense."""
    steps, epochs = results.numbers(results.steps), results.numbers(results.epochs)
    error = results.epoch_error()
    for row, step in steps.items():
        epoch = epochs.get(row)
        if epoch is None or not (_is_count(step.value) and _is_count(epoch.value)):
            continue
        number, ordinal = step.value, epoch.value
        low = (_LOWER * number - ordinal - 1) / (ordinal + error)
        high = (_UPPER * number + ordinal + 1) / (ordinal - error) if ordinal > error else None
        yield _Rate(row, number, ordinal, low, high)


def _is_count(value: Decimal) -> bool:
    return value.is_finite() and 0 <= value < 10**12 and len(value.as_tuple().digits) < 24
