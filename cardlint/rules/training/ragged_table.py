"""Rule `ragged-table`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.training.results_table import ResultsTable
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.labels.metrics import normalise_label
from cardlint.wording import counted

# Words and signs for a missing number, and the beginnings and ends of numbers in unusual forms.
_NO_NUMBER = LazyPattern(
    r"(?i)|no log|no|none|null|n/?a|n\.a\.|-?nan|[-+]?inf(?:inity)?|[-+]?\u221e|[-\u2010-\u2015\u2212/*x.?_]+|tbd"
)
_DIGIT = LazyPattern(r"[-+~\u2248<>(\[{]*\.?\d|.*\d\s*[%)\]}]?$")


@rule(severity=Severity.WARNING)
def ragged_table(card: Card) -> Iterator[Problem]:
    r"""A results table has a row of another length, text among numbers, or a duplicate header.

    A missing cell moves all that follow into the wrong column, and an extra cell is not shown at all. A word in a
    column of numbers, or two columns of the same name, make readers and programs guess. `No log`, `-`, `nan` and empty
    cells are allowed, since programs write them for a missing number.

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
    """Report the first row that is shorter or longer than the header, and the number of such rows."""
    width = len(results.columns)
    ragged = [index for index, row in enumerate(results.rows) if len(row) != width]
    if not ragged:
        return
    row = results.table.rows[ragged[0]]
    count = len(row.cells)
    others = f" ({len(ragged)} rows differ)" if len(ragged) > 1 else ""
    yield Problem(
        # cells to the right of the last header are not shown
        row.span if count < width else Span(row.cells[width].span.start, row.cells[-1].span.end),
        f"the row has {counted(count, 'cell')}, but the header has {width}{others}",
        help="Give every row as many cells as the header has.",
        related=(Related(results.table.header.span, counted(width, "cell")),),
    )


def _texts(results: ResultsTable) -> Iterator[Problem]:
    """Report words in columns of numbers."""
    for column, name in enumerate(results.columns):
        numbers = results.numbers(column)
        texts = [
            (row, text)
            for row, text in enumerate(results.texts(column))
            if row not in numbers and not _NO_NUMBER.fullmatch(text) and not _DIGIT.match(text)
        ]
        # one word in three rows may be a mistake; a column with more of them is a column of words
        if texts and len(numbers) >= 2 * len(texts):
            row, text = texts[0]
            yield Problem(
                results.span(row, column),
                f"`{' '.join(text.split())[:40]}` is not a number, but the column `{name}` has numbers",
                help="Write the number, or `-` if it is missing.",
            )


def _headers(results: ResultsTable) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for column, name in enumerate(results.columns):
        known = first.setdefault(normalise_label(name), column)
        if name.strip() and known != column and results.columns[known].strip() == name.strip():
            yield Problem(
                results.header_span(column),
                f"two columns are called `{name}`",
                help="Give each column its own name.",
                related=(Related(results.header_span(known), "the first one"),),
            )
