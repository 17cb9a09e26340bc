"""Rule `ignored-metadata`."""

from collections.abc import Iterator

from cardlint.card import Card
from cardlint.card.metadata import Entry, Scalar, listed_mappings
from cardlint.finding import Problem, Severity
from cardlint.rule import rule
from cardlint.vocabulary.keys import INEFFECTIVE


@rule(severity=Severity.NOTE)
def ignored_metadata(card: Card) -> Iterator[Problem]:
    r"""A key has no effect where it stands.

    It looks as if it linked a paper, restricted access or marked a result as verified, and does nothing: the Hub does
    each of these in another way. A result that the Hub itself has verified has both `verified: true` and a
    `verifyToken`, and is not reported.

    Bad:
        ---
        license: mit
        arxiv: 1910.01108
        ---

    Good:
        ---
        license: mit
        ---

        Described in https://arxiv.org/abs/1910.01108.
    """
    for entry in _ineffective(card):
        if card.has_foreign_metadata:
            return
        name = entry.name or ""
        yield Problem(
            entry.key.span,
            f"`{name}` has no effect here: {INEFFECTIVE[name]}",
            help="Link the paper in the text, and delete the key." if name == "arxiv" else "Delete it.",
        )


def _ineffective(card: Card) -> Iterator[Entry]:
    metadata = card.metadata
    for entry in metadata.mapping.entries:
        if entry.name in INEFFECTIVE:
            yield entry
    if "verifyToken" not in card.source.slice(metadata.span):
        return
    for _, model in listed_mappings(metadata.mapping.own("model-index")):
        for _, result in listed_mappings(model.own("results")):
            for _, metric in listed_mappings(result.own("metrics")):
                verified, token = metric.entry("verified"), metric.entry("verifyToken")
                if token is not None and not (verified is not None and _is_true(verified)):
                    yield token


def _is_true(entry: Entry) -> bool:
    """Whether it says so; the Hub never writes a token without it."""
    return isinstance(entry.value, Scalar) and entry.value.hub is True
