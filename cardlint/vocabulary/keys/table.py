"""The table of all keys of a front matter, and the views of it that several modules read.

A view for a single module is a comprehension over `KEYS` in that module.
"""

from __future__ import annotations

from cardlint.vocabulary.keys.grammar import Owner, Shape, Tells, accepted, probably_refused, refused
from cardlint.vocabulary.keys.model_card import MODEL_CARD_KEYS
from cardlint.vocabulary.keys.near_miss import near_miss
from cardlint.vocabulary.keys.other_keys import OTHER_KEYS

__all__ = [
    "FORBIDDEN_IN_KEYS",
    "FORBIDDEN_KEY",
    "FORBIDDEN_NESTED_KEY",
    "FRONT_MATTER",
    "KEYS",
    "MISSPELT",
    "MODEL_KEYS",
    "UNKNOWN_KEY",
    "meant_by",
    "telling",
]

KEYS = {key.name: key for key in (*MODEL_CARD_KEYS, *OTHER_KEYS)}
"""Every key by its name."""

MODEL_KEYS = {name: key for name, key in KEYS.items() if key.is_read}
"""The keys that the Hub reads in a model card."""

MISSPELT = {name: key.meant for name, key in KEYS.items() if key.meant and not key.is_read}
"""Misspelt keys, and the keys that are meant."""

FRONT_MATTER = Shape(
    ("mapping",),
    keys={name: key for name, key in KEYS.items() if key.owner != "other tool" and not key.inner},
)
"""The whole front matter of a card as one mapping, with keys that nothing reads too."""

FORBIDDEN_IN_KEYS = ".$"
"""Characters that the name of a key must not contain."""

FORBIDDEN_KEY = refused("huggingface/huggingface_hub#1114", "2022-10-13")
"""The fact about such a key at the top of the front matter."""

FORBIDDEN_NESTED_KEY = probably_refused("the server says so of keys without mentioning their depth", "2026-11-29")
"""The fact about such a key below another one."""

UNKNOWN_KEY = accepted("a public client that asked the server", "2026-08-31")
"""The fact about a key that the Hub does not read."""

_ON_MODEL_CARDS = {"generator", "none"}  # keys of generators and misspelt keys are in model cards


def telling(owner: Owner, *degrees: Tells) -> tuple[str, ...]:
    """Return the keys that identify, in one of these degrees, a card of this owner."""
    owners = {owner, *_ON_MODEL_CARDS} if owner == "model card" else {owner}
    return tuple(key.name for key in KEYS.values() if key.owner in owners and key.tells in degrees)


def meant_by(name: str) -> str:
    """Return the key that a misspelt one means, or the name itself, in lower case."""
    lowered = name.lower()
    if lowered in KEYS:
        return MISSPELT.get(lowered, lowered)
    return near_miss(name, MODEL_KEYS) or lowered
