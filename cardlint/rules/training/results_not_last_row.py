"""Rule `results-not-last-row`."""

from collections.abc import Iterator

from cardlint.card.agreement.reported_row import ReportedRow, best_rows
from cardlint.card.card import Card
from cardlint.finding import Problem, Related, Severity, listed
from cardlint.rule_definition import rule


@rule(severity=Severity.NOTE)
def results_not_last_row(card: Card) -> Iterator[Problem]:
    r"""The reported results are not those that the training ended with.

    They are those of an earlier row of the results table. That is as it should be where the best checkpoint was kept
    (`load_best_model_at_end`), and then a reader wants to know it; where the last one was, the card praises a model
    that nobody can download.

    Bad:
        # tide

        It achieves the following results on the evaluation set:
        - Loss: 0.5511
        - Accuracy: 0.8342

        | Training Loss | Epoch | Step | Validation Loss | Accuracy |
        |:-------------:|:-----:|:----:|:---------------:|:--------:|
        | 0.6103        | 1.0   | 250  | 0.5893          | 0.8125   |
        | 0.5207        | 2.0   | 500  | 0.5511          | 0.8342   |
        | 0.4718        | 3.0   | 750  | 0.5630          | 0.8301   |

    Good:
        # tide

        It achieves the following results on the evaluation set:
        - Loss: 0.5630
        - Accuracy: 0.8301

        | Training Loss | Epoch | Step | Validation Loss | Accuracy |
        |:-------------:|:-----:|:----:|:---------------:|:--------:|
        | 0.6103        | 1.0   | 250  | 0.5893          | 0.8125   |
        | 0.5207        | 2.0   | 500  | 0.5511          | 0.8342   |
        | 0.4718        | 3.0   | 750  | 0.5630          | 0.8301   |
    """
    if not card.training.results:
        return
    row = card.reported_row
    if row is None or row.is_last or row.differing or not _is_telling(row):
        return
    results = row.results
    last = len(results.rows) - 1
    yield Problem(
        row.agreeing[0].span,
        f"the results are those of {_named(row, row.index)}, not of the last row, {_named(row, last)}{_merits(row)}",
        help="Say which checkpoint the repository holds.",
        related=(
            Related(results.table.rows[row.index].span, "the row that is reported"),
            Related(results.table.rows[last].span, "the last row"),
        ),
    )


_FEW_DIGITS = 3


def _is_telling(row: ReportedRow) -> bool:
    """Whether the numbers are no coincidence: of several one may be short, and one alone may not."""
    digits = [len(claim.value.as_tuple().digits) for claim in row.agreeing if claim.source == "summary"]
    return len(digits) > 1 or (len(digits) == 1 and digits[0] >= _FEW_DIGITS)


def _named(row: ReportedRow, index: int) -> str:
    return ", ".join(row.results.names(index))


def _merits(row: ReportedRow) -> str:
    """By what the row is the best, in words."""
    best = best_rows(row.results).get(row.index, {})
    parts = [f"the {which} {listed(columns)}" for which, columns in sorted(best.items())]
    return f"; it has {' and '.join(parts)}" if parts else ""
