"""Rule `inconsistent-steps`."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from itertools import pairwise

from msgspec import Struct

from cardlint.card.agreement.results_files import is_logged
from cardlint.card.card import Card
from cardlint.card.provenance.recipes import Recipe
from cardlint.card.training.hyperparameters import HyperparameterList
from cardlint.card.training.results_table import ResultsTable
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule

_MOST_ROWS = 500  # rows at most, since each is compared with all others
_LOWER, _UPPER = Decimal("0.95"), Decimal("1.05")  # the tolerance
_FALL = Decimal("0.4")  # the most that the steps of one epoch are fewer than those of the epoch before
_SPREAD = Decimal("1.5")  # the most that the steps of single epochs differ


@rule(severity=Severity.WARNING)
def inconsistent_steps(card: Card) -> Iterator[Problem]:
    r"""The steps and epochs of a results table do not fit each other.

    An epoch has the same number of steps during the whole training, so step divided by epoch is about the same in every
    row, and neither of the two decreases. If a row does not fit, one of its numbers was mistyped, or the table was made
    from several runs, and readers cannot tell when a result was reached.

    The rows are compared by the numbers of steps per epoch that are possible at the digits shown, with five percent of
    tolerance and one step per epoch. Cards with `training_steps` are skipped: a stream has no length, and its epochs
    start again. Tables that count the steps of each epoch separately are skipped, too, and so are rows that the log in
    `trainer_state.json` has at the same step and epoch: they were not mistyped.

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
    if _is_stream(card):
        return
    for results in card.training.results:
        if not results.is_divided and not _counts_each_epoch(results):
            is_right = partial(is_logged, results, card.repository.trainer_state)
            problem = _backwards(results, is_right) or _odd_rate(results, is_right)
            if problem:
                yield problem


def _is_stream(card: Card) -> bool:
    """True if the training ends after a number of steps: the data may be a stream without a length."""
    stated: list[HyperparameterList | Recipe] = [*card.training.lists, *card.recipes]
    return any((steps := each.number("training_steps")) is not None and steps > 0 for each in stated)


def _counts_each_epoch(results: ResultsTable) -> bool:
    """True if the steps seem to be those of each epoch, or the rows to run from the last to the first.

    Steps that are counted from the start grow with the epochs: these are all about the same, or fall.
    """
    steps = [number.value for number in results.numbers(results.steps).values() if _is_count(number.value)]
    if len(steps) < 2:
        return False
    falls = all(_FALL * one <= other <= one for one, other in pairwise(steps))
    epochs = [number.value for number in results.numbers(results.epochs).values() if number.value > 0]
    are_alike = len(steps) > 2 and max(steps) <= _SPREAD * min(steps)
    return falls or (are_alike and len(epochs) > 1 and max(epochs) >= 2 * min(epochs))


def _backwards(results: ResultsTable, is_right: Callable[[int], bool]) -> Problem | None:
    if _is_reordered(results):
        return None
    for name, column in (("step", results.steps), ("epoch", results.epochs)):
        # sentence-transformers writes -1 as the step of its last evaluation
        counted = [item for item in results.numbers(column).items() if item[1].value >= 0]
        for (before, earlier), (row, later) in pairwise(counted):
            if column is not None and later.value < earlier.value and not (is_right(before) and is_right(row)):
                return Problem(
                    results.span(row, column),
                    f"{name} {later.text} follows {name} {earlier.text}",
                    help="Correct the number, or use one table per run.",
                    related=(Related(results.span(before, column), f"{name} {earlier.text}"),),
                )
    return None


def _is_reordered(results: ResultsTable) -> bool:
    """True if rows that are sorted by their steps are in the order of their epochs, too."""
    steps, epochs = results.numbers(results.steps), results.numbers(results.epochs)
    rows = sorted((step.value, epochs[row].value) for row, step in steps.items() if row in epochs)
    return len(rows) > 1 and all(earlier[1] <= later[1] for earlier, later in pairwise(rows))


def _odd_rate(results: ResultsTable, is_right: Callable[[int], bool]) -> Problem | None:
    """Report the first row that does not fit most of the others."""
    rates = list(_rates(results))[:_MOST_ROWS]
    highs = [rate.high for rate in rates if rate.high is not None]
    if len(rates) < 2 or not highs or max(rate.low for rate in rates) <= min(highs):
        return None
    # the rate that most rows allow is the lower end of one of the intervals
    common = max((rate.low for rate in rates), key=lambda low: sum(rate.allows(low) for rate in rates))
    others = [rate for rate in rates if rate.allows(common) and rate.epoch]
    odd = next((rate for rate in rates if not rate.allows(common) and not is_right(rate.row)), None)
    column = results.steps
    if column is None or not others or odd is None:
        return None
    other = max(others, key=lambda rate: rate.epoch)
    return Problem(
        results.span(odd.row, column),
        f"step {odd.step} at epoch {odd.epoch} makes {_per_epoch(odd)} steps per epoch, "
        f"but step {other.step} at epoch {other.epoch} makes {_per_epoch(other)}",
        help="Correct the number that is wrong, or use one table per run if the training was resumed.",
        related=(Related(results.span(other.row, column), f"{_per_epoch(other)} steps per epoch"),),
    )


class _Rate(Struct, frozen=True):
    """The steps per epoch that a row allows; `high` is None if it is unbounded."""

    row: int
    step: Decimal
    epoch: Decimal
    low: Decimal
    high: Decimal | None

    def allows(self, rate: Decimal) -> bool:
        return self.low <= rate and (self.high is None or rate <= self.high)


def _rates(results: ResultsTable) -> Iterator[_Rate]:
    """Yield the rates of the rows that state both step and epoch, if the numbers are of a sensible size."""
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


def _per_epoch(rate: _Rate) -> str:
    if not rate.epoch:
        return "no"
    value = rate.step / rate.epoch
    return f"about {value:.0f}" if value < 10**9 else "far too many"
