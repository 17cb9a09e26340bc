"""Every number that a card reports for a metric, in the metadata and in the body, exact as written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardlint.card.claims.claim import Claim, Unattributed
from cardlint.card.claims.eval_files import ResultsFile
from cardlint.card.claims.grids import PlacedGrid
from cardlint.card.claims.model_index import read_model_index
from cardlint.card.claims.subject import Subjects
from cardlint.card.markdown.document import Document
from cardlint.card.training.training import Training
from cardlint.card.yaml.nodes import Metadata

__all__ = ["read_body_numbers", "read_metadata_claims"]


def read_metadata_claims(
    metadata: Metadata, eval_results: Sequence[ResultsFile], repo_id: str | None
) -> tuple[Claim, ...]:
    """Return the claims of the model-index and of the files in `.eval_results`."""
    claims = read_model_index(metadata)
    if eval_results:
        from cardlint.card.claims.eval_results import read_results_files

        return (*claims, *read_results_files(eval_results, repo_id))
    return tuple(claims)


def read_body_numbers(
    body: Document, training: Training, grids: Sequence[PlacedGrid], subjects: Subjects
) -> Iterator[Claim | Unattributed]:
    """Yield the numbers of the body that look like results: of bullets, results tables, other tables, sentences.

    `grids` are the other tables.
    """
    from cardlint.card.claims.bullets import read_summary
    from cardlint.card.claims.pasted import read_pasted
    from cardlint.card.claims.prose import find_prose
    from cardlint.card.claims.ranges import without_bits
    from cardlint.card.claims.results_rows import read_results_rows

    summary = tuple(without_bits(tuple(read_summary(body))))
    taken = frozenset(claim.span for claim in summary)
    yield from summary
    yield from read_results_rows(training)
    if grids:
        from cardlint.card.claims.tables import read_tables  # here, since most cards have no table of numbers

        in_tables: list[Claim] = []
        for number in read_tables(grids, subjects):
            if isinstance(number, Claim):
                in_tables.append(number)
            else:
                yield number
        yield from without_bits(in_tables)
    yield from read_pasted(body, subjects)
    prose = tuple(find_prose(body))
    if prose:
        from cardlint.card.claims.sentences import read_sentences  # here, since most cards have no such sentence

        yield from read_sentences(prose, subjects, taken)
