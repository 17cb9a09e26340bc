"""The rule `byte-order-mark`."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.frontmatter import Fences
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.source import BYTE_ORDER_MARK, Span


@rule(severity=Severity.WARNING, fix=Safety.SAFE)
def byte_order_mark(card: Card) -> Iterator[Problem]:
    r"""The file begins with a byte order mark.

    UTF-8 needs none, and a front matter must be the first thing in the file: `RepoCard` in huggingface_hub finds no
    metadata behind the mark when it is given the text, while other tools do, so the card means different things to
    different readers.

    Bad:
        \ufeff---
        license: mit
        ---

    Good:
        ---
        license: mit
        ---
    """
    # in UTF-16 and UTF-32 the mark belongs to the encoding, of which `undecodable-text` speaks
    if card.source.encoding != "utf-8" or not card.source.text.startswith(BYTE_ORDER_MARK):
        return
    mark = Span(0, 1)
    hides = ", which hides the metadata from some tools" if card.front_matter.fences is Fences.READ else ""
    yield Problem(
        mark,
        f"the file begins with a byte order mark{hides}",
        "Save the file as UTF-8 without a byte order mark.",
        fix=Fix("Delete the byte order mark", (Edit(mark, ""),)),
    )
