"""Rule `results-row-unknown`."""

from collections.abc import Iterator

from cardlint.card.agreement.reported_row import ReportedRow
from cardlint.card.card import Card
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule


@rule(severity=Severity.NOTE, default=False)
def results_row_unknown(card: Card) -> Iterator[Problem]:
    r"""The reported results are not in any row of the results table.

    Most cards report the last row or the best one. About one card in six reports neither, usually because the model was
    evaluated again, or on other data than during the training. Then the card should name the data.

    Bad:
        # tide

        It achieves the following results on the evaluation set:
        - Loss: 0.4977
        - Accuracy: 0.8512

        | Training Loss | Epoch | Step | Validation Loss | Accuracy |
        |:-------------:|:-----:|:----:|:---------------:|:--------:|
        | 0.6103        | 1.0   | 250  | 0.5893          | 0.8125   |
        | 0.5207        | 2.0   | 500  | 0.5511          | 0.8342   |

    Good:
        # tide

        It achieves the following results on the evaluation set:
        - Loss: 0.5511
        - Accuracy: 0.8342

        | Training Loss | Epoch | Step | Validation Loss | Accuracy |
        |:-------------:|:-----:|:----:|:---------------:|:--------:|
        | 0.6103        | 1.0   | 250  | 0.5893          | 0.8125   |
        | 0.5207        | 2.0   | 500  | 0.5511          | 0.8342   |
    """
    if not card.training.results:
        return
    row = card.reported_row
    if row is None or not row.differing or row.differing[0].source != "summary":
        return
    wrong = row.differing[0]
    message = f"no row of the results table has the reported {wrong.label}, {wrong.text}"
    if row.agreeing:
        message = f"no row of the results table has both {_shown(row)}"
    yield Problem(
        wrong.span,
        message,
        help="Say on which data the results were measured, if not on those of the table.",
        related=(Related(row.results.table.rows[row.index].span, _relation(row)),),
    )


def _shown(row: ReportedRow) -> str:
    pair = (row.agreeing[0], row.differing[0])
    return " and ".join(f"{claim.label} {claim.text}" for claim in pair)


def _relation(row: ReportedRow) -> str:
    if not row.agreeing:
        return "the last row"
    return f"the nearest row: {', '.join(claim.label for claim in row.agreeing)} agree{'s' * (len(row.agreeing) == 1)}"
