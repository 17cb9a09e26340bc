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

# Words for a missing number, and the beginnings and ends of numbers in unusual forms.
_NO_NUMBER = LazyPattern(r"(?i)no log|no|none|null|n/?a|n\.a\.|-?nan|[-+]?inf(?:inity)?|tbd|\$?\\[vcdl]?dots\$?|x+")
_DIGIT = LazyPattern(r"[-+~\u2248<>(\[{]*\.?\d|.*\d\s*[%)\]}]?$")


@rule(severity=Severity.WARNING)
def ragged_table(card: Card) -> Iterator[Problem]:
    r"""A results table has a row of another length, text among numbers, or a duplicate header.

    A missing cell moves all that follow into the wrong column, and an extra cell is not shown at all. A word in a
    column of numbers, or two columns of the same name, make readers and programs guess. `No log`, `-`, `nan` and empty
    cells are allowed, since programs write them for a missing number, and so are rows of dots (`...`, `:`) and rows
    with one text only, which are headings inside the table.

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
    ragged = [index for index, row in enumerate(results.rows) if len(row) != width and _has_results(results, index)]
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


def _has_results(results: ResultsTable, row: int) -> bool:
    """Return False for a row that divides the table, or an ellipsis."""
    return not results.divides(row) and any(map(_has_word, results.rows[row]))


def _has_word(text: str) -> bool:
    """Return True if a cell has a letter or a digit: signs alone mean that a number is missing."""
    return any(map(str.isalnum, text))


def _texts(results: ResultsTable) -> Iterator[Problem]:
    """Report words in columns of numbers: the first one of each column, and those of one row together."""
    columns: dict[int, list[int]] = {}
    for column in range(len(results.columns)):
        row = _first_text(results, column)
        if row is not None:
            columns.setdefault(row, []).append(column)
    for row, (column, *others) in columns.items():
        text = results.texts(column)[row]
        yield Problem(
            results.span(row, column),
            f"`{' '.join(text.split())[:40]}` is not a number, but the column `{results.columns[column]}` has numbers",
            help="Write the number, or `-` if it is missing.",
            related=tuple(
                Related(results.span(row, other), f"the column `{results.columns[other]}` has numbers too")
                for other in others
            ),
        )


def _first_text(results: ResultsTable, column: int) -> int | None:
    """Return the first row with words in a column of numbers, or None.

    One word in three rows may be a mistake; a column with more of them is a column of words.
    """
    numbers = results.numbers(column)
    rows = [
        row
        for row, text in enumerate(results.texts(column))
        if row not in numbers and _is_text(text) and not results.divides(row)
    ]
    return rows[0] if rows and len(numbers) >= 2 * len(rows) else None


def _is_text(text: str) -> bool:
    return _has_word(text) and not _NO_NUMBER.fullmatch(text) and not _DIGIT.match(text)


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
