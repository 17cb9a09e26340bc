"""Rule `inconsistent-results`."""

from collections.abc import Iterator

from cardlint.card.agreement.inconsistencies import Inconsistency
from cardlint.card.card import Card
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule

_PLACES = {"prose": "a sentence", "summary": "a list", "fenced": "a code block", "table": "a table"}


@rule(severity=Severity.WARNING)
def inconsistent_results(card: Card) -> Iterator[Problem]:
    r"""The body reports two different values for one result.

    A sentence says 94 %, the table below it 84 %, or a table has one label twice with different values: one of the two
    is wrong, and a reader cannot know which. Two numbers are of one result only if nothing sets them apart: metric,
    average, dataset, split and setting are the same, and headings and captions say the same of both. Values agree if
    one rounds to the other. Rows of a training log are not compared, and neither are two tables.

    Bad:
        # tide

        The model reaches an accuracy of 94%.

        ## Evaluation

        | Metric | Value |
        |---|---|
        | Accuracy | 84% |

    Good:
        # tide

        The model reaches an accuracy of 84%.

        ## Evaluation

        | Metric | Value |
        |---|---|
        | Accuracy | 84% |
    """
    reported: set[int] = set()
    for found in card.inconsistencies:
        line = card.source.line_index(found.later.span.start)
        is_disputed = not card.disputed_spans.keys().isdisjoint((found.earlier.span, found.later.span))
        # `metric-mismatch` reports what is disputed, and the text of a conversion may be that of its original
        is_certain = not is_disputed and (found.is_repeated_label or not card.is_conversion)
        if is_certain and line not in reported:
            reported.add(line)
            yield _problem(found)


def _problem(found: Inconsistency) -> Problem:
    earlier, later = found.earlier, found.later
    if found.is_repeated_label:
        message = f"`{later.label}` has two values in {_PLACES[later.source]}, {earlier.text} and {later.text}"
        advice = "Correct the label or the value of one of them."
    else:
        places = f"in {_PLACES[later.source]}, but {earlier.text} in {_PLACES[earlier.source]}"
        message = f"{later.label} is {later.text} {places}"
        advice = "Find out which value is right, or say on what each of them was measured."
    return Problem(
        later.span,
        message,
        help=advice,
        related=(Related(earlier.span, f"it is {earlier.text} here"),),
    )
