"""Rule `redundant-metric`."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from cardlint.card.card import Card
from cardlint.card.numbers.number import Number
from cardlint.card.training.results_table import ResultsTable
from cardlint.finding import Problem, Related, Severity, listed
from cardlint.rule_definition import rule
from cardlint.vocabulary.labels.metric_names import HIGHER_IS_BETTER, LOWER_IS_BETTER
from cardlint.vocabulary.labels.metrics import identify_metric, is_noise, normalise_label


@rule(severity=Severity.NOTE)
def redundant_metric(card: Card) -> Iterator[Problem]:
    r"""Two metrics of a results table are the same in every row.

    F1, precision and recall that are averaged over all samples (`micro`) are the accuracy once more, where every sample
    has one label: they look like a second opinion and are none. The same goes for any two columns that never differ.
    Recall alone is rightly the accuracy when it is weighted, and ROUGE-L is often ROUGE-Lsum; these are passed over,
    and so are columns that never move.

    Bad:
        # tide

        | Epoch | Validation Loss | Accuracy | F1     |
        |:-----:|:---------------:|:--------:|:------:|
        | 1.0   | 0.5893          | 0.8125   | 0.8125 |
        | 2.0   | 0.5511          | 0.8342   | 0.8342 |
        | 3.0   | 0.5630          | 0.8301   | 0.8301 |

    Good:
        # tide

        | Epoch | Validation Loss | Accuracy | F1     |
        |:-----:|:---------------:|:--------:|:------:|
        | 1.0   | 0.5893          | 0.8125   | 0.7910 |
        | 2.0   | 0.5511          | 0.8342   | 0.8204 |
        | 3.0   | 0.5630          | 0.8301   | 0.8177 |
    """
    for results in card.training.results:
        for group in _equal_columns(results):
            first, *others = sorted(group, key=lambda column: not _is_accuracy(results.columns[column]))
            yield Problem(
                results.header_span(others[0]),
                _message(results, first, others),
                help=_AVERAGE if _is_micro(results, group) else _CHECK,
                related=(
                    Related(results.header_span(first), "the column it repeats"),
                    *(Related(results.header_span(column), "repeats it, too") for column in others[1:]),
                ),
            )


_AVERAGE = "Average over the classes (`macro`), or leave out what is repeated."
_CHECK = "Check that the two are computed as they should be, or leave one out."
_FEW = 3


def _equal_columns(results: ResultsTable) -> Iterator[list[int]]:
    groups: dict[tuple[Decimal, ...], list[int]] = defaultdict(list)
    for column, name in enumerate(results.columns):
        numbers = results.numbers(column)
        if _is_metric(name) and len(numbers) == len(results.rows) and _moves(numbers):
            groups[tuple(number.value for number in numbers.values())].append(column)
    for group in groups.values():
        if len(group) > 1 and not _goes_without_saying([results.columns[column] for column in group]):
            yield group


def _is_metric(label: str) -> bool:
    if is_noise(label) or "loss" in label.lower():
        return False
    metric = identify_metric(label)[0]
    return metric in HIGHER_IS_BETTER or metric in LOWER_IS_BETTER


def _moves(numbers: dict[int, Number]) -> bool:
    """Whether equality is no accident: three rows and more with a value of their own, not all the same."""
    values = [number.value for number in numbers.values() if number.value not in (0, 1, 100, -1)]
    return len(values) >= _FEW and len(set(values)) > 1


def _is_accuracy(label: str) -> bool:
    return identify_metric(label)[0] == "accuracy"


def _goes_without_saying(labels: list[str]) -> bool:
    """Whether all that are equal are so by their definition."""
    if all(normalise_label(label).replace(" ", "").startswith("rougel") for label in labels):
        return True
    kinds = [identify_metric(label)[0] for label in labels]
    # a weighted recall is the accuracy, and so is a hit at one
    return kinds.count("recall") + kinds.count("accuracy") == len(kinds) and kinds.count("accuracy") < 2


_MICRO = frozenset(("accuracy", "f1", "precision", "recall"))


def _is_micro(results: ResultsTable, group: list[int]) -> bool:
    """Whether it is the accuracy that others repeat."""
    kinds = {identify_metric(results.columns[column])[0] for column in group}
    return "accuracy" in kinds and kinds <= _MICRO


def _message(results: ResultsTable, first: int, others: list[int]) -> str:
    names = [f"`{results.columns[column]}`" for column in others]
    verb = "is" if len(names) == 1 else "are"
    reason = ""
    if _is_micro(results, [first, *others]):
        reason = f": {'it is' if len(names) == 1 else 'they are'} micro-averaged"
    return f"{listed(names)} {verb} the same as `{results.columns[first]}` in all {len(results.rows)} rows{reason}"
