"""Rule `byte-order-mark`."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.frontmatter import FrontMatterState
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.source import BYTE_ORDER_MARK, Span


@rule(severity=Severity.WARNING, fix=Safety.SAFE)
def byte_order_mark(card: Card) -> Iterator[Problem]:
    r"""The file begins with a byte order mark (BOM).

    UTF-8 does not need one, and a front matter must be the first thing in the file. Tools disagree about what follows
    the mark: `RepoCard` in huggingface_hub finds no metadata when it is given the text, other tools do find it. Save
    the file as UTF-8 without a byte order mark.

    Bad:
        \ufeff---
        license: mit
        ---

    Good:
        ---
        license: mit
        ---
    """
    # in UTF-16 and UTF-32 the mark is part of the encoding, which `undecodable-text` reports
    if card.source.encoding != "utf-8" or not card.source.text.startswith(BYTE_ORDER_MARK):
        return
    mark = Span(0, 1)
    consequence = (
        ", which hides the metadata from some tools" if card.front_matter.state is FrontMatterState.VALID else ""
    )
    yield Problem(
        mark,
        f"the file begins with a byte order mark{consequence}",
        "Save the file as UTF-8 without a byte order mark.",
        fix=Fix("Delete the byte order mark", (Edit(mark, ""),)),
    )
