"""Numbers that were measured together: one evaluation of one model on one dataset."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence

from cardlint.card.claims.claim import Claim
from cardlint.source import Source

__all__ = ["evaluations"]


def evaluations(claims: Sequence[Claim], source: Source) -> Iterator[tuple[Claim, ...]]:
    """Group claims by evaluation: those of the summary, of each model-index result, of each row of a table.

    A metric that one evaluation reports twice in the same words is left out, since it is unclear which value belongs to
    the others.
    """
    groups: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        split = claim.reading.split
        match claim.source:
            case "summary":
                groups["summary", claim.measured_on, split].append(claim)
            case "model-index":
                groups["model-index", claim.measured_on, claim.names, claim.verified, split].append(claim)
            case "results-row":
                line = source.line_index(claim.span.start)
                groups["results-row", line, split if split == "train" else None].append(claim)
    for group in groups.values():
        times = Counter((claim.metric, claim.variant) for claim in group)
        yield tuple(claim for claim in group if times[claim.metric, claim.variant] == 1)
