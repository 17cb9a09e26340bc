"""Rule `unclosed-front-matter`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.frontmatter import FrontMatterState
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span

BEHIND_DASHES = LazyPattern(r"---(?P<text>[^-\s].*)")


@rule(severity=(Severity.ERROR, Severity.WARNING), fix=Safety.SAFE)
def unclosed_front_matter(card: Card) -> Iterator[Problem]:
    r"""The front matter is not closed.

    It is closed by a line of three dashes that begins in the first column. Without it the Hub reads no metadata and
    shows the YAML as text. Blanks after the dashes are a warning: the Hub accepts them, but huggingface_hub before 2.0
    does not find the metadata.

    Bad:
        ---
        license: mit
        ...

        # A model

    Good:
        ---
        license: mit
        ---

        # A model
    """
    front_matter = card.front_matter
    if front_matter.state is FrontMatterState.VALID:
        yield from _trailing_blanks(front_matter.closing)
    if front_matter.state is not FrontMatterState.UNCLOSED:
        return
    suspect = front_matter.suspect
    yield Problem(
        front_matter.opening,
        "the front matter is not closed, so the Hub reads no metadata",
        help="Close it with a line `---` that begins in the first column.",
        related=(Related(suspect, "this line does not close it"),) if suspect else (),
        fix=Fix("Close the front matter", (_closed(card, suspect),), Safety.UNSAFE) if suspect else None,
    )


def _closed(card: Card, suspect: Span) -> Edit:
    """Return the edit that makes a closing fence of a line; text behind the dashes goes to a line of its own."""
    behind = BEHIND_DASHES.fullmatch(card.source.slice(suspect))
    return Edit(suspect, f"---\n\n{behind['text']}" if behind else "---")


def _trailing_blanks(closing: Span) -> Iterator[Problem]:
    end = closing.start + len("---")
    if end < closing.end:
        blanks = Span(end, closing.end)
        yield Problem(
            blanks,
            "blanks after the closing fence, so huggingface_hub before 2.0 does not find the metadata",
            help="Delete the blanks after `---`.",
            fix=Fix("Delete the blanks", (Edit(blanks, ""),)),
            severity=Severity.WARNING,
        )
