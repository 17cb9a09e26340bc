"""Rule `diverged-training`."""

from collections.abc import Iterator
from decimal import Decimal

from cardlint.card.card import Card
from cardlint.card.markdown.tree import List
from cardlint.card.numbers.number import Number, parse_number
from cardlint.card.training.results_table import ResultsTable
from cardlint.card.training.training import read_bullets
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.vocabulary.labels.metric_names import HIGHER_IS_BETTER, LOWER_IS_BETTER
from cardlint.vocabulary.labels.metrics import identify_metric, is_noise

_NO_LOSS = LazyPattern(r"loss\W{1,8}(?:nan|inf)")
_NO_NUMBERS = frozenset(sign + word for sign in ("", "-", "+") for word in ("nan", "inf", "infinity", "\u221e"))
_ADVICE = "Say in the card how the training ended, and which checkpoint the repository contains."
_FEW = 3  # rows from which on a constant metric is not an accident


@rule(severity=Severity.NOTE)
def diverged_training(card: Card) -> Iterator[Problem]:
    r"""The training failed: a loss is not a number, or a metric never changes.

    A loss of `nan` or `inf` means that the training diverged, or that the evaluation could not compute the loss (as
    with CTC if the targets are longer than the audio). A metric that has the same value in every row, unless the value
    is perfect, means that the model learned nothing, or that the metric was not measured. Tell readers in the card.

    Bad:
        # tide

        | Training Loss | Epoch | Step | Validation Loss | Wer |
        |:-------------:|:-----:|:----:|:---------------:|:---:|
        | 0.61          | 1.0   | 250  | 0.58            | 1.0 |
        | 0.0           | 2.0   | 500  | nan             | 1.0 |
        | 0.0           | 3.0   | 750  | nan             | 1.0 |

    Good:
        # tide

        | Training Loss | Epoch | Step | Validation Loss | Wer    |
        |:-------------:|:-----:|:----:|:---------------:|:------:|
        | 0.61          | 1.0   | 250  | 0.58            | 0.4520 |
        | 0.52          | 2.0   | 500  | 0.55            | 0.4317 |
        | 0.47          | 3.0   | 750  | 0.54            | 0.4188 |
    """
    for results in card.training.results:
        yield from _broken_losses(results)
        yield from _frozen(results)
    if not card.training.results and _NO_LOSS.search(card.lower_body):
        yield from _in_bullets(card)


def _broken_losses(results: ResultsTable) -> Iterator[Problem]:
    """Report the losses that are not numbers, one finding per column."""
    for column, name in enumerate(results.columns):
        if "loss" not in name.lower():
            continue
        texts = results.texts(column)
        wrong = [row for row, text in enumerate(texts) if text.lower() in _NO_NUMBERS]
        if wrong:
            all_of_them = len(wrong) == len(texts)
            where = "in all rows" if all_of_them else f"in {len(wrong)} of {len(texts)} rows"
            first = "" if all_of_them else f", first at {', '.join(results.names(wrong[0]))}"
            yield Problem(results.span(wrong[0], column), f"`{name}` is {texts[wrong[0]]} {where}{first}", help=_ADVICE)


def _frozen(results: ResultsTable) -> Iterator[Problem]:
    """Report the metrics that have the same value in every row, in one finding."""
    columns = [column for column in range(len(results.columns)) if _is_frozen(results, column)]
    if not columns:
        return
    shown = [f"`{results.columns[column]}` is {results.texts(column)[0]}" for column in columns[:4]]
    more = ", and more columns do not change" if len(columns) > 4 else ""
    yield Problem(
        results.header_span(columns[0]),
        f"{', '.join(shown)} in all {len(results.rows)} rows{more}",
        help="Check how the metric is computed, and whether the model learned anything.",
        related=tuple(Related(results.header_span(column), "also constant") for column in columns[1:]),
    )


def _is_frozen(results: ResultsTable, column: int) -> bool:
    texts = results.texts(column)
    if len(texts) < _FEW or _value(texts[0]) != _value(texts[-1]):  # the usual case
        return False
    numbers = list(results.numbers(column).values())
    return (
        _FEW <= len(numbers) == len(results.rows)
        and all(number.value == numbers[0].value for number in numbers)
        and _could_be_better(results.columns[column], numbers[0])
    )


def _value(text: str) -> Decimal | None:
    number = parse_number(text)
    return number.value if number else None


def _could_be_better(label: str, number: Number) -> bool:
    """True if the value is not the best one of its metric; COCO writes -1 for a class that does not occur."""
    metric = identify_metric(label)[0]
    if is_noise(label) or number.value == -1:
        return False
    if "loss" in label.lower():
        # a small loss is written as 0.0000; 0.0 means that there is none
        return bool(number.value) or len(number.text) <= len("0.0")
    if metric in HIGHER_IS_BETTER:
        return number.value not in (1, 100)
    return metric in LOWER_IS_BETTER and bool(number.value)


def _in_bullets(card: Card) -> Iterator[Problem]:
    """Report the losses of a card without a results table."""
    for block in card.body.walk():
        if isinstance(block, List):
            for bullet in read_bullets(block):
                if bullet.label.lower().endswith("loss") and bullet.text.strip().lower() in _NO_NUMBERS:
                    yield Problem(bullet.span, f"`{bullet.label}` is {bullet.text}", help=_ADVICE)
