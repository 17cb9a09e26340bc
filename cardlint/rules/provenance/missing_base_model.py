"""Rule `missing-base-model`."""

from collections.abc import Iterator, Sequence

from cardlint.card.card import Card
from cardlint.card.links.addresses import is_repository_id
from cardlint.card.provenance.model_names import identifier
from cardlint.card.repository.bases import plain_model
from cardlint.card.yaml.edits import add_entry, add_items
from cardlint.card.yaml.nodes import Metadata, Scalar
from cardlint.card.yaml.nodes import Sequence as YamlSequence
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.keys.table import meant_by
from cardlint.vocabulary.lineage.english import RELATIONS
from cardlint.wording import listed


@rule(severity=Severity.WARNING, fix=Safety.SAFE, reads_metadata=True)
def missing_base_model(card: Card) -> Iterator[Problem]:
    r"""The body or a file beside the card names the base model, but the metadata does not.

    The Hub links models to their base models by the key `base_model`. Without the key, the model is missing from the
    page of its base model and from searches for its fine-tunes.

    A sentence, label, table row, configuration of mergekit or axolotl, or code that loads an adapter counts if it
    states the origin of this model and no other: advice to the reader, comparisons and lists of a family do not. All
    models of a merge are added, and `base_model_relation` if the sentence says that the model is an adapter, a merge or
    quantized.

    `adapter_config.json` names the model that an adapter of PEFT was trained on, and `mergekit_config.yml` all models
    of a merge: if `base_model` leaves out some of them, the fix adds them. A path on some machine is not an id.

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
    by_file = _by_file(card)
    if by_file is not None:
        yield by_file
        return
    if _has_key(metadata):
        return
    origin = card.lineage.origin
    ids = [each.base.id for each in origin if each.base is not None and each.base.id is not None]
    if not ids or origin[0].base is None:
        return
    named = listed([f"`{each}`" for each in ids])
    relation = "adapter" if card.repository.adapter is not None else origin[0].relation
    edit = add_entry(metadata, *_entry(ids, relation, metadata))
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


def _by_file(card: Card) -> Problem | None:
    """Return the problem with the models that a file beside the card names, or None if the metadata has them."""
    bases = card.repository.bases
    if bases is None:
        return None
    ids = [(name, span) for name, span in bases.names if identifier(name) is not None]
    known = {plain_model(name.id or name.text) for name in card.lineage.base_models}
    missing = [(name, span) for name, span in ids if plain_model(name) not in known and name != card.repo_id]
    has_key = _has_key(card.metadata)
    # without a parent in common the metadata may name a step on the way, or another model
    is_other = bases.relation == "adapter" or len(missing) == len(ids)
    if not missing or (has_key and is_other):
        return None
    names = [name for name, _ in missing]
    named = listed([f"`{name}`" for name in names])
    lacks = f"`base_model` leaves out {named}" if has_key else "the metadata has no `base_model`"
    edit = (
        _add_parents(card.metadata, names)
        if has_key
        else add_entry(card.metadata, *_entry(names, bases.relation, card.metadata))
    )
    stated = f"says that the adapter was trained on {named}"
    if bases.relation == "merge":
        stated = f"merges {len(bases.names)} models"
    node = card.metadata.get("base_model")
    return Problem(
        card.front_matter.opening if node is None else node.span,
        f"`{bases.file}` {stated}, but {lacks}",
        help=f"Add {named} to `base_model`.",
        related=tuple(Related(span, f"`{name}` here", bases.source) for name, span in missing),
        fix=Fix(f"Add {named} to `base_model`", (edit,)) if edit else None,
    )


def _add_parents(metadata: Metadata, names: Sequence[str]) -> Edit | None:
    """Add models to the key `base_model`, of which a single value becomes a list."""
    value = metadata.get("base_model")
    if isinstance(value, YamlSequence):
        return add_items(metadata.source, value, tuple(names))
    if isinstance(value, Scalar) and is_repository_id(value.text):
        return Edit(value.span, f"[{', '.join((value.text, *names))}]")
    return None
