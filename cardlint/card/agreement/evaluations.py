"""Numbers that were measured together: one evaluation of one model on one set of data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING

from cardlint.card.claims.ledger import Claim

if TYPE_CHECKING:
    from cardlint.card.card import Card

__all__ = ["evaluations"]


def evaluations(card: Card) -> Iterator[tuple[Claim, ...]]:
    """The claims by evaluation: those of the summary, of each result of the model-index, of each row of a table.

    Of a metric that one evaluation reports twice in the same words nobody knows which value belongs to the others: it
    is left out.
    """
    groups: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in card.claims:
        split = claim.reading.split
        match claim.source:
            case "summary":
                groups["summary", claim.measured_on, split].append(claim)
            case "model-index":
                groups["model-index", claim.measured_on, claim.names, claim.verified, split].append(claim)
            case "results-row":
                line = card.source.line_index(claim.span.start)
                groups["results-row", line, split if split == "train" else None].append(claim)
    for group in groups.values():
        names = [(claim.metric, claim.variant) for claim in group]
        yield tuple(claim for claim, name in zip(group, names, strict=True) if names.count(name) == 1)
