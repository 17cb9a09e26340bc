"""Rule `missing-base-model`."""

from collections.abc import Iterator, Sequence

from cardlint.card.card import Card
from cardlint.card.yaml.edits import add_entry
from cardlint.card.yaml.nodes import Metadata
from cardlint.finding import Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.keys.table import meant_by
from cardlint.vocabulary.lineage.english import RELATIONS
from cardlint.wording import listed


@rule(severity=Severity.WARNING, fix=Safety.SAFE, reads_metadata=True)
def missing_base_model(card: Card) -> Iterator[Problem]:
    r"""The body names the base model, but the metadata does not.

    The Hub links models to their base models by the key `base_model`. Without the key, the model is missing from the
    page of its base model and from searches for its fine-tunes.

    A sentence, label, table row, configuration of mergekit or axolotl, or code that loads an adapter counts if it
    states the origin of this model and no other: advice to the reader, comparisons and lists of a family do not. All
    models of a merge are added, and `base_model_relation` if the sentence says that the model is an adapter, a merge or
    quantized.

    Bad:
        ---
        license: mit
        ---

        # Owls

        This model is a fine-tuned version of [coastlab/lighthouse](https://huggingface.co/coastlab/lighthouse).

    Good:
        ---
        license: mit
        base_model: coastlab/lighthouse
        ---

        # Owls

        This model is a fine-tuned version of [coastlab/lighthouse](https://huggingface.co/coastlab/lighthouse).
    """
    metadata = card.metadata
    if not metadata.is_mapping:
        return
    if _has_key(metadata):
        return
    origin = card.lineage.origin
    ids = [each.base.id for each in origin if each.base is not None and each.base.id is not None]
    if not ids or origin[0].base is None:
        return
    named = listed([f"`{each}`" for each in ids])
    edit = add_entry(metadata, *_entry(ids, origin[0].relation, metadata))
    yield Problem(
        origin[0].base.span,
        f"the model is based on {named}, but the metadata has no `base_model`",
        help=f"Add `base_model: {ids[0]}`." if len(ids) == 1 else "Add `base_model` with all of them.",
        fix=Fix(f"Add `base_model: {ids[0]}`" if len(ids) == 1 else "Add `base_model`", (edit,)) if edit else None,
    )


def _entry(ids: Sequence[str], relation: str, metadata: Metadata) -> tuple[str, ...]:
    """Return the lines to add; the Hub finds the relation of a fine-tune by itself."""
    lines = (f"base_model: {ids[0]}",) if len(ids) == 1 else ("base_model:", *(f"- {each}" for each in ids))
    stated = RELATIONS[relation]
    if stated is None or any(entry.name == "base_model_relation" for entry in metadata.mapping.entries):
        return lines
    return (*lines, f"base_model_relation: {stated}")


def _has_key(metadata: Metadata) -> bool:
    """True if the key is present, with or without a value, or misspelt."""
    return any(meant_by(entry.name or "") == "base_model" for entry in metadata.mapping.entries)
