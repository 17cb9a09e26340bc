"""Rule `ragged-table`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.training.results_table import ResultsTable
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import pattern
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.labels.metrics import normalise_label


@rule(severity=Severity.WARNING)
def ragged_table(card: Card) -> Iterator[Problem]:
    r"""A results table has a row of another length, text among its numbers, or a header twice.

    A cell too few moves all that follow into the wrong column, and one too many is not shown at all; a word in a column
    of numbers, or two columns of one name, leave readers and programs to guess. `No log`, `-`, `nan` and empty cells
    are what programs write where there is no number, and are fine.

    Bad:
        # tide

        | Training Loss | Epoch | Step | Validation Loss |
        |:-------------:|:-----:|:----:|:---------------:|
        | No log        | 1.0   | 250  | 0.58            |
        | 0.52          | 2.0   | 0.55 |

    Good:
        # tide

        | Training Loss | Epoch | Step | Validation Loss |
        |:-------------:|:-----:|:----:|:---------------:|
        | No log        | 1.0   | 250  | 0.58            |
        | 0.52          | 2.0   | 500  | 0.55            |
    """
    for results in card.training.results:
        yield from _lengths(results)
        yield from _texts(results)
        yield from _headers(results)


def _lengths(results: ResultsTable) -> Iterator[Problem]:
    """The first row of another length, which speaks for all of them."""
    width = len(results.columns)
    ragged = [index for index, row in enumerate(results.rows) if len(row) != width]
    if not ragged:
        return
    row = results.table.rows[ragged[0]]
    count = len(row.cells)
    others = f", and so have {len(ragged) - 1} more another number" if len(ragged) > 1 else ""
    yield Problem(
        # what lies beyond the header is what nobody sees
        row.span if count < width else Span(row.cells[width].span.start, row.cells[-1].span.end),
        f"the row has {count} {'cell' if count == 1 else 'cells'} below a header of {width}{others}",
        help="Give every row as many cells as the header has.",
        related=(Related(results.table.header.span, f"{width} cells"),),
    )


# What programs and people write where there is no number, and numbers in other forms than one.
_NO_NUMBER = pattern(
    r"(?i)|no log|no|none|null|n/?a|n\.a\.|-?nan|[-+]?inf(?:inity)?|[-+]?\u221e|[-\u2010-\u2015\u2212/*x.?_]+|tbd"
)
_DIGIT = pattern(r"[-+~\u2248<>(\[{]*\.?\d|.*\d\s*[%)\]}]?$")


def _texts(results: ResultsTable) -> Iterator[Problem]:
    """Words in columns of numbers."""
    for column, name in enumerate(results.columns):
        numbers = results.numbers(column)
        texts = [
            (row, text)
            for row, text in enumerate(results.texts(column))
            if row not in numbers and not _NO_NUMBER.fullmatch(text) and not _DIGIT.match(text)
        ]
        # one word in three rows may be a typing error; a column with more of them is one of words
        if texts and len(numbers) >= 2 * len(texts):
            row, text = texts[0]
            yield Problem(
                results.span(row, column),
                f"`{' '.join(text.split())[:40]}` stands in a column of numbers, `{name}`",
                help="Write the number, or `-` where there is none.",
            )


def _headers(results: ResultsTable) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for column, name in enumerate(results.columns):
        known = first.setdefault(normalise_label(name), column)
        if name.strip() and known != column and results.columns[known].strip() == name.strip():
            yield Problem(
                results.header_span(column),
                f"two columns are called `{name}`",
                help="Say what each of them holds.",
                related=(Related(results.header_span(known), "the first one"),),
            )
