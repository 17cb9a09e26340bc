"""Rule `results-not-last-row`."""

from collections.abc import Iterator

from cardlint.card.agreement.reported_row import ReportedRow, best_rows
from cardlint.card.card import Card
from cardlint.card.repository.results import TrainerState
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule
from cardlint.wording import listed

_FEW_DIGITS = 3  # from which on a single number is not a coincidence


@rule(severity=Severity.NOTE)
def results_not_last_row(card: Card) -> Iterator[Problem]:
    r"""The reported results are not those of the end of the training.

    They are those of an earlier row of the results table. This is right if the best checkpoint was kept
    (`load_best_model_at_end`), and then the card should say so. If the last checkpoint was kept, the card reports
    results of a model that is not in the repository. Nothing is reported if `trainer_state.json` beside the card names
    the step as the best, or if a results file has these numbers.

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
    from cardlint.card.agreement.results_files import confirms  # here, since few cards need it

    if _is_best(row, card.repository.trainer_state) or confirms(row.agreeing, card.repository):
        return
    results = row.results
    last = len(results.rows) - 1
    yield Problem(
        row.agreeing[0].span,
        f"the results are those of {_named(row, row.index)}, not of the last row, {_named(row, last)}{_merits(row)}",
        help="Say which checkpoint the repository contains.",
        related=(
            Related(results.table.rows[row.index].span, "the row that is reported"),
            Related(results.table.rows[last].span, "the last row"),
        ),
    )


def _is_best(row: ReportedRow, state: TrainerState | None) -> bool:
    """True if the state of the training names the step of the row as the best."""
    step = row.results.numbers(row.results.steps).get(row.index)
    return state is not None and step is not None and step.value == state.best_step


def _is_telling(row: ReportedRow) -> bool:
    """True if the agreement is not a coincidence: several numbers agree, or one that is long enough."""
    digits = [len(claim.value.as_tuple().digits) for claim in row.agreeing if claim.source == "summary"]
    return len(digits) > 1 or (len(digits) == 1 and digits[0] >= _FEW_DIGITS)


def _named(row: ReportedRow, index: int) -> str:
    return ", ".join(row.results.names(index))


def _merits(row: ReportedRow) -> str:
    """Say in which columns the row has the best value."""
    best = best_rows(row.results).get(row.index, {})
    parts = [f"the {which} {listed(columns)}" for which, columns in sorted(best.items())]
    return f"; it has {' and '.join(parts)}" if parts else ""
