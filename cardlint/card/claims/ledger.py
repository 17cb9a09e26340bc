"""The ledger: every number that the card reports for a metric, wherever it stands, exact as written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cardlint.card.claims.claim import Claim
from cardlint.card.claims.model_index import read_model_index

if TYPE_CHECKING:
    from cardlint.card.card import Card

__all__ = ["Claim", "read_body_claims", "read_metadata_claims"]


def read_metadata_claims(card: Card) -> tuple[Claim, ...]:
    """Every claim of the model-index and of the files in `.eval_results`."""
    claims = read_model_index(card.metadata)
    if card.eval_results:
        from cardlint.card.claims.eval_results import read_results_files

        return (*claims, *read_results_files(card.eval_results))
    return tuple(claims)


def read_body_claims(card: Card, stated: Sequence[Claim]) -> tuple[Claim, ...]:
    """Every claim of the text, source by source; `stated` are those of the metadata, whose datasets help to read it."""
    from cardlint.card.claims.bullets import read_summary
    from cardlint.card.claims.results_rows import read_results_rows
    from cardlint.card.claims.sentences import read_prose
    from cardlint.card.claims.subject import Subjects
    from cardlint.card.claims.tables import read_tables

    subjects = Subjects(card, stated)
    summary = tuple(read_summary(card))
    taken = frozenset(claim.span for claim in summary)
    tables = (*read_results_rows(card.training), *read_tables(card, subjects))
    return (*summary, *tables, *read_prose(card, subjects, taken))
