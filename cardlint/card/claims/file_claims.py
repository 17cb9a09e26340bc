"""The results in files beside the card as claims, which `show` draws beside those of the card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cardlint.card.claims.claim import Claim, Grounds, How
from cardlint.card.repository.results import Measured
from cardlint.vocabulary.labels.metrics import is_noise, read_label

__all__ = ["REPOSITORY", "read_file_claims"]

REPOSITORY = "repository"
"""The source of these claims, by its name in JSON."""


def read_file_claims(results: Iterable[Measured]) -> Iterator[Claim]:
    """Yield a claim for each number of a known metric; a number that several files repeat counts once."""
    known: set[tuple[str, str | None, object]] = set()
    for each in results:
        label = read_label(each.label)
        number = (each.label, each.split, each.number.value)
        if label.known and not is_noise(each.label) and number not in known:
            known.add(number)
            yield Claim(
                metric=label.metric,
                label=each.label,
                number=each.number,
                source=REPOSITORY,
                span=each.span,
                variant=label.variant,
                split=each.split,
                file=each.file.source,
                grounds=Grounds(How.FILE, each.span),
            )
