"""Rule `redundant-metric`."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from cardlint.card.card import Card
from cardlint.card.numbers.number import Number
from cardlint.card.training.results_table import ResultsTable
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.labels.metric_names import HIGHER_IS_BETTER, LOWER_IS_BETTER
from cardlint.vocabulary.labels.metrics import identify_metric, is_noise, normalise_label, read_label
from cardlint.wording import listed

_AVERAGE = "Average over the classes (`macro`), or remove the repeated column."
_CHECK = "Check how they are computed, or remove what is repeated."
_FEW = 3  # rows from which on equal columns are not an accident

# Metrics that are equal if they are micro-averaged.
_MICRO = frozenset(("accuracy", "f1", "precision", "recall"))


@rule(severity=Severity.NOTE)
def redundant_metric(card: Card) -> Iterator[Problem]:
    r"""Two metrics of a results table are the same in every row.

    Two columns that never differ look like two results and are one. If precision, recall and F1 all equal the accuracy,
    they are averaged over all samples (`micro`), each of which has one label: average over the classes (`macro`), or
    remove the columns. Some columns are equal by definition and not reported: a weighted recall
    and the accuracy, ROUGE-L and ROUGE-Lsum. Columns with the same value in every row are skipped.

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
                    Related(results.header_span(first), "the column that is repeated"),
                    *(Related(results.header_span(column), "also repeats it") for column in others[1:]),
                ),
            )


def _equal_columns(results: ResultsTable) -> Iterator[list[int]]:
    groups: dict[tuple[Decimal, ...], list[int]] = defaultdict(list)
    for column, name in enumerate(results.columns):
        numbers = results.numbers(column)
        if _is_metric(name) and len(numbers) == len(results.rows) and _moves(numbers):
            groups[tuple(number.value for number in numbers.values())].append(column)
    for group in groups.values():
        if len(group) > 1 and not _are_equal_by_definition([results.columns[column] for column in group]):
            yield group


def _is_metric(label: str) -> bool:
    if is_noise(label) or "loss" in label.lower():
        return False
    metric = identify_metric(label)[0]
    return metric in HIGHER_IS_BETTER or metric in LOWER_IS_BETTER


def _moves(numbers: dict[int, Number]) -> bool:
    """True if equality is not an accident: at least three rows with distinctive values that are not all the same."""
    values = [number.value for number in numbers.values() if number.value not in (0, 1, 100, -1)]
    return len(values) >= _FEW and len(set(values)) > 1


def _are_equal_by_definition(labels: list[str]) -> bool:
    """True if the metrics of these labels are equal by definition."""
    if all(normalise_label(label).replace(" ", "").startswith("rougel") for label in labels):
        return True
    kinds = [identify_metric(label)[0] for label in labels]
    # a weighted recall equals the accuracy, and so does a hit at one
    return kinds.count("recall") + kinds.count("accuracy") == len(kinds) and kinds.count("accuracy") < 2


def _is_accuracy(label: str) -> bool:
    return identify_metric(label)[0] == "accuracy"


def _message(results: ResultsTable, first: int, others: list[int]) -> str:
    names = [f"`{results.columns[column]}`" for column in others]
    verb = "is" if len(names) == 1 else "are"
    reason = ": they are micro-averaged" if _is_micro(results, [first, *others]) else ""
    return f"{listed(names)} {verb} the same as `{results.columns[first]}` in all {len(results.rows)} rows{reason}"


def _is_micro(results: ResultsTable, group: list[int]) -> bool:
    """True if precision, recall and F1 all equal the accuracy, and no name says another average."""
    labels = [read_label(results.columns[column]) for column in group]
    return {label.metric for label in labels} == _MICRO and all(
        not label.words and set(label.marks) <= {"micro"} for label in labels
    )
