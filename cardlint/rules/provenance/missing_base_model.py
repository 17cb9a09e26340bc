"""Rule `missing-base-model`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.yaml.edits import add_entry
from cardlint.card.yaml.nodes import Metadata
from cardlint.finding import Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.keys.table import meant_by


@rule(severity=Severity.WARNING, fix=Safety.SAFE, reads_metadata=True)
def missing_base_model(card: Card) -> Iterator[Problem]:
    r"""The body names the base model, but the metadata does not.

    The Hub links models to their base models by the key `base_model`. Without the key, the model is missing from the
    page of its base model and from searches for its fine-tunes.

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
    named = [name for name in card.lineage.stated_base_models if name.id is not None]
    # the body of a converted model names its original's base model, and one of several names may be another model's
    if not named or len({(name.id or "").lower() for name in named}) > 1 or card.is_conversion:
        return
    name = named[0]
    if name.id is None or name.id == card.repo_id:
        return
    edit = add_entry(metadata, f"base_model: {name.id}")
    yield Problem(
        name.span,
        f"the model is based on `{name.id}`, but the metadata has no `base_model`",
        help=f"Add `base_model: {name.id}`.",
        fix=Fix(f"Add `base_model: {name.id}`", (edit,)) if edit else None,
    )


def _has_key(metadata: Metadata) -> bool:
    """True if the key is present, with or without a value, or misspelt."""
    return any(meant_by(entry.name or "") == "base_model" for entry in metadata.mapping.entries)
