"""The dataset that a card's results were measured on, as its sentence names it, with the id and its case restored.

The speech scripts of transformers write `on the MOZILLA-FOUNDATION/COMMON_VOICE_8_0 - HY-AM dataset`, and those for
text `on the GLUE MRPC dataset`: the id in lower case is in `datasets` or in the tags, the configuration is not.
"""

from __future__ import annotations

import re

from msgspec import Struct

from cardlint.card.metadata.tasks import tag_scalars
from cardlint.card.provenance.lineage import Lineage
from cardlint.card.yaml.nodes import Metadata, Scalar, Sequence
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.builders import BUILDERS

__all__ = ["EvaluatedDataset", "find_evaluated_dataset", "identify_dataset"]

_TYPE = LazyPattern(r"(?:[\w-]+/)?[\w.-]+", re.ASCII)
# Quotes, and words that say what the name is of: `EstQA test set`, `MS MARCO (dev)`, `BBC XSum's`.
_BEFORE_NAME = LazyPattern(r"^(?:(?:evaluated|measured|tested)\s+on\s+)?(?:the\s)?[\"'`\s]*", re.IGNORECASE)
_BEHIND_NAME = LazyPattern(
    r"['\u2019]s$"
    r"|(?<![\s(])[\s(]++(?:test|testing|dev|development|val|valid|validation)"
    r"(?:[ -]?(?:data ?)?(?:sets?|split|data))?\)?[\"'`\s]*+$"
    r"|(?<![\"'`\s])[\"'`\s]++$",
    re.IGNORECASE,
)
_UNKNOWN = frozenset(("", "none", "unknown", "na", "n/a", "null"))
_LANGUAGE_WITH_REGION = LazyPattern(r"(?<![a-z])(?P<language>[a-z]{2})-(?P<region>[a-z]{2})(?![a-z])")


class EvaluatedDataset(Struct, frozen=True):
    """A dataset with its `name` as the card has it, its `id` on the Hub, and its configuration; None if unknown."""

    name: str
    id: str | None = None
    config: str | None = None


def find_evaluated_dataset(metadata: Metadata, lineage: Lineage) -> EvaluatedDataset | None:
    """Return the dataset that the generator's sentence names, else the only one of the metadata."""
    sentences = [statement for statement in lineage.statements if statement.form == "sentence"]
    names = [name.id or name.text for name in sentences[0].datasets] if sentences else []
    if len(names) > 1:
        return None
    if names and not _is_unknown(names[0]):
        return identify_dataset(names[0], metadata, lineage)
    listed = [name.id or name.text for name in lineage.datasets]
    is_one = len(listed) == 1 and not _is_unknown(listed[0]) and _TYPE.fullmatch(listed[0]) is not None
    return EvaluatedDataset(listed[0], listed[0]) if is_one else None


def identify_dataset(text: str, metadata: Metadata, lineage: Lineage) -> EvaluatedDataset | None:
    """Return the dataset that a text names, with its id if `datasets` or a tag has it; None if it names none."""
    name, _, config = (part.strip() for part in text.partition(" - "))
    name = _BEHIND_NAME.sub("", _BEFORE_NAME.sub("", name))
    listed = [dataset.id or dataset.text for dataset in lineage.datasets]
    if _is_unknown(name):
        return None
    known = _same(name, [*listed, *(tag.text for tag in tag_scalars(metadata))])
    if known is None and not config:
        known, config = _with_config(name, listed)
    identifier = known or _without_owner(name, metadata, listed) or _by_itself(name, listed)
    if identifier is None or not _TYPE.fullmatch(identifier):
        return EvaluatedDataset(name, None, _config(config, name, metadata))
    return EvaluatedDataset(identifier, identifier, _config(config, name, metadata))


def _is_unknown(name: str) -> bool:
    return name.lower() in _UNKNOWN or name in BUILDERS


def _same(name: str, ids: list[str]) -> str | None:
    """Return the id that a name is, in whatever case."""
    return next((each for each in ids if each.lower() == name.lower()), None)


def _with_config(name: str, listed: list[str]) -> tuple[str | None, str]:
    """Return the id and the configuration of a name that has both: `GLUE MRPC`, `wmt16 ro-en`."""
    first, _, config = name.partition(" ")
    known = _same(first, listed) if config and " " not in config else None
    return known, config if known else ""


def _without_owner(name: str, metadata: Metadata, listed: list[str]) -> str | None:
    """Return the only id that a name is without the owner."""
    ids = {*listed, *(tag.text for tag in tag_scalars(metadata) if "/" in tag.text)}
    found = [each for each in ids if each.rpartition("/")[2].lower() == name.lower()]
    return found[0] if len(found) == 1 else None


def _by_itself(name: str, listed: list[str]) -> str | None:
    """Return the id that a name is without any help of the metadata; None if that lists only other datasets."""
    from cardlint.vocabulary.renames import DATASETS

    if "/" in name:
        return None if name.isupper() else name
    return name.lower() if not listed and name.lower() in DATASETS else None


def _config(text: str, name: str, metadata: Metadata) -> str | None:
    """Return a configuration in its own case; the speech scripts write it in capitals, mostly with the name."""
    if text.lower() in _UNKNOWN:
        return None
    known = _same(text, [tag.text for tag in (*tag_scalars(metadata), *_languages(metadata))])
    if known or not text.isupper():
        return known or text
    lower = _LANGUAGE_WITH_REGION.sub(_with_region, text.lower())
    return lower if name.isupper() or lower != text.lower() else text


def _languages(metadata: Metadata) -> list[Scalar]:
    value = metadata.get("language")
    items = value.items if isinstance(value, Sequence) else (value,)
    return [item for item in items if isinstance(item, Scalar) and not item.is_null]


def _with_region(match: re.Match[str]) -> str:
    return f"{match['language']}-{match['region'].upper()}"
