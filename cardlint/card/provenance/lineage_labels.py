"""Labels of bullets, rows, columns and sections that state the origin of a model."""

from __future__ import annotations

from functools import cache

from cardlint.vocabulary.lineage.labels import FAMILY_LABELS, LABELS

__all__ = ["is_family_label", "label_relation", "relations_of_labels"]


def label_relation(text: str) -> str | None:
    """Return the relation that a label of a bullet, row, column or section states, or None."""
    words = " ".join(text.lower().replace("[optional]", "").replace("\u2019", "'").strip(" \t:*_`\uff1a").split())
    return relations_of_labels().get(words)


def is_family_label(text: str) -> bool:
    """Return True for a label such as `Chat version`, beside which "Base model" names a member of a family."""
    return " ".join(text.lower().strip(" \t:*_`").split()) in FAMILY_LABELS


@cache
def relations_of_labels() -> dict[str, str]:
    """Return the relation that each label states."""
    return {label: relation for labels in LABELS.values() for relation, each in labels.items() for label in each}
