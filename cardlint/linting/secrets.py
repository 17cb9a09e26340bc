"""Secrets in a card and in the texts that its findings refer to; every report hides them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cardlint.card.card import Card, parse
from cardlint.card.text.secrets import find_secrets
from cardlint.finding import Finding
from cardlint.linting.results import Secret
from cardlint.source import Source

__all__ = ["secrets_in", "secrets_of"]

_MASKED = frozenset({"leaked-secret"})


def secrets_of(card: Card) -> Iterator[Secret]:
    """Yield the secrets of a card, whether or not `leaked-secret` runs or is suppressed."""
    source = card.original
    for secret in find_secrets(card.source.text):
        for span in map(card.locate, secret.spans):
            yield Secret(source.path, span, source.slice(span))


def secrets_in(findings: Iterable[Finding], known: Card | None = None) -> Iterator[Secret]:
    """Yield the secrets that `leaked-secret` found, and those of every text that findings refer to.

    The card that is `known` is not parsed again.
    """
    sources: dict[int, Source] = {}
    for finding in findings:
        sources[id(finding.source)] = finding.source
        sources |= {id(related.source): related.source for related in finding.problem.related if related.source}
        if finding.rule.name in _MASKED:
            yield Secret(finding.source.path, finding.span, finding.source.slice(finding.span))
    for source in sources.values():
        yield from secrets_of(known if known is not None and known.original is source else parse(source))
