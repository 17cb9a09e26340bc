"""Help about a key of the metadata, from the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.reporters.markdown.escaping import code, plain_prose
from cardlint.server.yaml_lines import KeyPath
from cardlint.vocabulary.keys.grammar import Fact, Key, Owner, Verdict

__all__ = ["key_help"]

_OWNERS: dict[Owner, str] = {
    "model card": "",
    "dataset card": "The Hub reads it in dataset cards, not in model cards.",
    "Space": "The Hub reads it in the cards of Spaces, not in model cards.",
    "generator": "Programs write it; the Hub does not read it.",
    "other tool": "It belongs to another program; the Hub does not read it.",
    "none": "The Hub does not read it.",
}

_VERDICTS: dict[Verdict, str] = {
    "refused": "The Hub refuses a card if {}.",
    "probably refused": "The Hub probably refuses a card if {}.",
    "warned": "The Hub shows a warning if {}.",
}

_MOST_KEYS = 30


def key_help(path: KeyPath, key: Key, *, markdown: bool) -> str:
    """Return paragraphs about a key: its values, who reads it, what the Hub refuses, and the source of these facts."""
    quoted = code if markdown else str
    prose = plain_prose if markdown else str
    shown = ".".join(path)
    paragraphs = [f"{f'**{code(shown)}**' if markdown else shown}: {prose(key.shape.description)}"]
    if key.shape.keys:
        names = [quoted(name) for name, nested in key.shape.keys.items() if nested.owner == "model card"]
        paragraphs.append(f"Keys: {', '.join(names[:_MOST_KEYS])}{', …' if len(names) > _MOST_KEYS else ''}")
    if key.meant:
        paragraphs.append(f"Write {quoted(key.meant)} instead.")
    paragraphs += [prose(each) for each in (_OWNERS[key.owner], _reason(key), *_refusals(key)) if each]
    paragraphs.append(prose(f"Source: {key.source}, {key.date}."))
    return "\n\n".join(paragraphs)


def _reason(key: Key) -> str:
    reason = key.no_effect or key.unloadable
    return f"{reason[:1].upper()}{reason[1:]}." if reason else ""


def _refusals(key: Key) -> Iterator[str]:
    """Yield a sentence for each verdict of the Hub, with the constraints for which it is known."""
    constraints: dict[str, Fact | None] = {
        "the key is missing": key.missing,
        "the value is of another kind": key.wrong,
        "an item is of another kind": key.wrong_item,
        "the value is null": key.null,
        "an item is null": key.null_item,
        "a text is empty": key.empty,
        "a text is not of the form that is expected": key.malformed,
        "a text has capital letters": key.upper_case,
        "a text is not in the Hub's list": key.unlisted,
        "an item is not in the Hub's list": key.unlisted_item,
    }
    for verdict, sentence in _VERDICTS.items():
        met = [words for words, fact in constraints.items() if fact is not None and fact.verdict == verdict]
        if met:
            yield sentence.format(", or ".join(met))
