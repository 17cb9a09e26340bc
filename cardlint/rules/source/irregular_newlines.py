"""Rule `irregular-newlines`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from cardlint.card.card import Card
from cardlint.card.frontmatter import HUB_BLOCK, FrontMatterState
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.source import BYTE_ORDER_MARK, Span
from cardlint.wording import listed

_NAMES = {"\n": "LF", "\r\n": "CRLF", "\r": "lone CR", "\r\r\n": "`\\r\\r\\n`"}


@rule(severity=(Severity.ERROR, Severity.WARNING, Severity.NOTE), fix=Safety.SAFE)
def irregular_newlines(card: Card) -> Iterator[Problem]:
    r"""Line ends are mixed, or of a kind that no system writes.

    It is an error if the Hub does not find the front matter because of them: a lone CR or `\r\r\n` after a fence hides
    the fence. Otherwise these are a warning: tools count lines differently, and Markdown reads `\r\r\n` as two line
    ends, which breaks lists, tables and paragraphs apart. LF and CRLF in one file are a note, since all tools read both
    alike. CRLF in the whole file is regular. All other rules read the card as if its line ends were regular.

    Bad:
        ---\r\r
        license: mit\r\r
        ---\r\r
        # lighthouse-small

    Good:
        ---
        license: mit
        ---
        # lighthouse-small
    """
    # this tree of a flattened card has restored line ends; those of the file are reported once it is fixed
    if "\r" not in card.source.text or card.recovery is not None:
        return
    ends = _line_ends(card)
    counts = Counter(card.source.slice(end) for end in ends)
    usual = _usual(counts)
    wrong = [end for end in ends if card.source.slice(end) != usual]
    if not wrong:
        return
    consequence = _consequence(card)
    closing = card.front_matter.closing
    yield Problem(
        wrong[0],
        f"line ends are irregular: {_counted(counts)}{consequence}",
        f"Make every line end {_NAMES[usual]}.",
        (Related(closing, "the Hub does not see this end of the metadata"),) if consequence else (),
        Fix(f"Make every line end {_NAMES[usual]}", tuple(Edit(end, usual) for end in wrong)),
        None if consequence else Severity.NOTE if counts.keys() <= {"\n", "\r\n"} else Severity.WARNING,
    )


def _line_ends(card: Card) -> list[Span]:
    lines = card.source.lines
    return [Span(line.end, following.start) for line, following in pairwise(lines)]


def _usual(counts: Mapping[str, int]) -> str:
    """Return the most frequent regular line end, or the one that irregular line ends were made from."""
    if counts.get("\n", 0) or counts.get("\r\n", 0):
        return "\r\n" if counts.get("\r\n", 0) > counts.get("\n", 0) else "\n"
    return "\r\n" if counts.get("\r\r\n", 0) > counts.get("\r", 0) else "\n"


def _consequence(card: Card) -> str:
    """Say how the Hub misreads the metadata, or return an empty text if it does not."""
    if card.front_matter.state is not FrontMatterState.VALID:
        return ""
    text = card.source.text.removeprefix(BYTE_ORDER_MARK)  # which `byte-order-mark` reports
    match = HUB_BLOCK.match(text)
    if match is None:
        return ", so the Hub does not find the metadata"
    if len(text) - match.start(3) != len(card.source.text) - card.front_matter.yaml.end:
        return ", so the Hub reads past the end of the metadata"
    return ""


def _counted(counts: Mapping[str, int]) -> str:
    kinds = sorted(counts.items(), key=lambda kind: -kind[1])
    return listed([f"{count} {_NAMES[end]}" for end, count in kinds])
