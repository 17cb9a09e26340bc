"""Rule `broken-bibtex`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.text.bibtex import BrokenEntry, find_broken_entries
from cardlint.finding import Problem, Severity
from cardlint.rule_definition import rule


@rule(severity=Severity.WARNING)
def broken_bibtex(card: Card) -> Iterator[Problem]:
    r"""The braces of a BibTeX entry do not balance.

    Whoever copies the entry gets an error from BibTeX, or loses the entries or fields after it. A brace with a
    backslash may be counted or not: the entry is reported only if its braces balance neither way.

    Bad:
        # Owls

        ```bibtex
        @misc{owls2024,
          title = {Owls of the North,
          year = {2024}
        }
        ```

    Good:
        # Owls

        ```bibtex
        @misc{owls2024,
          title = {Owls of the North},
          year = {2024}
        }
        ```
    """
    if "@" in card.body_text:
        yield from map(_problem, find_broken_entries(card.body))


def _problem(entry: BrokenEntry) -> Problem:
    name = f"the BibTeX entry `{entry.key}`" if entry.key else "a BibTeX entry"
    if not entry.missing:
        return Problem(entry.span, f"{name} has more `}}` than `{{`", help="Delete the brace that is too many.")
    place = f" of `{entry.field}`" if entry.field else ""
    return Problem(entry.span, f"{name} has more `{{` than `}}`", help=f"Close the brace{place}.")
