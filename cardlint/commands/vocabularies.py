"""The vocabularies: cardlint's facts about the Hub and the generators of cards, each with source and date."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from msgspec import Struct

from cardlint import vocabulary

__all__ = ["Vocabulary", "describe_vocabularies", "summarize_vocabularies", "vocabularies"]


class Vocabulary(Struct, frozen=True):
    """A module of facts: `source` names their origin in words, `date` the day on which they were read."""

    name: str
    source: str
    date: str


def vocabularies() -> tuple[Vocabulary, ...]:
    """Return all vocabularies by name; this imports every one of them."""
    return tuple(sorted(_found(), key=lambda found: found.name))


def _found() -> Iterator[Vocabulary]:
    prefix = f"{vocabulary.__name__}."
    for module in walk_packages(vocabulary.__path__, prefix):
        facts = vars(import_module(module.name))
        if "SOURCE" in facts:
            yield Vocabulary(module.name.removeprefix(prefix), facts["SOURCE"], facts["DATE"])


def describe_vocabularies() -> str:
    """Return a line for each vocabulary with its date and source, and one with the date of the newest fact."""
    known = vocabularies()
    width = max(len(found.name) for found in known)
    rows = [(found.name, found.date, found.source.replace("`", "")) for found in known]
    rows.append(("newest", max(found.date for found in known), "the date of the newest fact"))
    return "".join(f"  {name:<{width}}  {date}  {source}\n" for name, date, source in rows)


def summarize_vocabularies() -> str:
    """Return a sentence with the dates of the vocabularies."""
    dates = sorted(found.date for found in vocabularies())
    days = dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"
    return f"Their facts about the Hub date from {days}; `cardlint --version --verbose` lists the sources."
