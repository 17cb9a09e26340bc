"""Errors planted into real cards: a value changed in one place must be found, by whatever source repeats it."""

import random
from decimal import Decimal

import pytest
from real_cards import all_cards, needs_archive

from cardlint.card.agreement.comparison import comparable
from cardlint.card.card import parse
from cardlint.card.numbers.number import agree, read_number
from cardlint.rules.metrics.metric_mismatch import metric_mismatch
from cardlint.source import Source, read

SHARES = {"summary": Decimal("0.95"), "table": Decimal("0.90"), "prose": Decimal("0.80")}
"""The share to be found, by the best source of the text that repeats the value."""
FEW = {"summary": 20, "table": 12, "prose": 8}
MANY = {"summary": 100, "table": 60, "prose": 40}
"""The numbers of cards that are taken."""


def changed(text):
    """Another number, in the same notation, that does not round to this one."""
    number = read_number(text)
    digits = max(-number.value.as_tuple().exponent, 2)
    for factor in ("0.8", "0.5", "0.3"):
        value = (number.value * Decimal(factor)).quantize(Decimal(1).scaleb(-digits))
        found = f"{value:f}{text[len(text.rstrip(' %')) :]}"
        if value and not agree(read_number(found), number):
            return found
    return None


def planted(card, claim):
    """The card with another value at the place of a claim."""
    new = changed(claim.text)
    start = card.source.text.find(claim.text, claim.span.start)
    if new is None or start < 0 or start >= claim.span.end:
        return None
    return card.source.text[:start] + new + card.source.text[start + len(claim.text) :]


def candidates():
    """Cards in random order, each with one pair of claims that are about the same and agree."""
    cards = list(all_cards().values())
    chance = random.Random(20260822)
    chance.shuffle(cards)
    for data in cards:
        if b"model-index" not in data or b"value:" not in data:
            continue
        card = parse(read(data))
        if card.recovery is None:
            pairs = [pair for pair in card.comparisons if pair.agrees and not pair.in_metadata.elsewhere]
            pairs = [pair for pair in pairs if comparable(pair.in_metadata, pair.in_body)]
            for source in ("prose", "table", "summary"):
                pool = [pair for pair in pairs if pair.in_body.source.replace("results-row", "table") == source]
                if pool:
                    yield source, card, chance.choice(pool)
                    break


@needs_archive
@pytest.mark.parametrize("counts", [pytest.param(FEW, id="few"), pytest.param(MANY, id="many", marks=pytest.mark.slow)])
def test_a_planted_error_is_found(counts):
    found = {source: [] for source in SHARES}
    for source, card, pair in candidates():
        if len(found[source]) == counts[source]:
            continue
        # in the metadata and in the text by turns
        text = planted(card, pair.in_metadata if len(found[source]) % 2 else pair.in_body)
        if text is not None:
            problems = list(metric_mismatch.check(parse(Source("README.md", text))))
            found[source].append(any(abs(each.span.start - pair.in_metadata.span.start) < 9 for each in problems))
        if all(len(found[each]) == counts[each] for each in SHARES):
            break
    rates = {source: Decimal(sum(hits)) / len(hits) for source, hits in found.items()}
    assert {source: len(hits) for source, hits in found.items()} == counts
    assert all(rates[source] >= least for source, least in SHARES.items()), rates
