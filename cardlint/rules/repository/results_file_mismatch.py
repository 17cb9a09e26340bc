"""Rule `results-file-mismatch`."""

from collections.abc import Iterator

from cardlint.card.agreement.results_files import FileMismatch
from cardlint.card.card import Card
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule


@rule(severity=(Severity.WARNING, Severity.NOTE))
def results_file_mismatch(card: Card) -> Iterator[Problem]:
    r"""A result in the card is not the one in the results file beside it.

    The Trainer writes the results of an evaluation into `eval_results.json` and similar files, and those during the
    training into `trainer_state.json`; spaCy writes `meta.json`, and Stable-Baselines3 `results.json`. The numbers of
    the card may be rounded, cut off or in percent. A number that agrees with any entry of any file is right. If nothing
    else in the card shows that the file is of the same evaluation, this is a note.

    Bad:
        # owls

        It achieves the following results on the evaluation set:
        - Loss: 0.3121
        - Accuracy: 0.9412

    Bad eval_results.json:
        {"eval_accuracy": 0.9312, "eval_loss": 0.31207}

    Good:
        # owls

        It achieves the following results on the evaluation set:
        - Loss: 0.3121
        - Accuracy: 0.9312

    Good eval_results.json:
        {"eval_accuracy": 0.9312, "eval_loss": 0.31207}
    """
    for mismatch in card.file_mismatches:
        yield _problem(mismatch)


def _problem(mismatch: FileMismatch) -> Problem:
    measured = mismatch.measured
    file, number = measured.file, measured.number.text
    where = f"the table gives {mismatch.label} {mismatch.number.text} for {mismatch.row}"
    stated = where if mismatch.row else f"the card gives {mismatch.label} {mismatch.number.text}"
    return Problem(
        mismatch.span,
        f"{stated}, but `{file.name}` has {number}",
        help="Write the number of the file, or say on what the other one was measured.",
        related=(
            Related(measured.span, f"`{measured.key}` is {number} here", file.source),
            *(Related(span, "also here") for span in mismatch.others),
        ),
        severity=None if mismatch.is_certain else Severity.NOTE,
    )
