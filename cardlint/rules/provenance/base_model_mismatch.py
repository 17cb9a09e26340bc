"""Rule `base-model-mismatch`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.provenance.lineage import Name
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule


@rule(severity=Severity.WARNING, reads_metadata=True)
def base_model_mismatch(card: Card) -> Iterator[Problem]:
    r"""The metadata and the text name different models that this one was made from.

    The Trainer writes both from one value, so one of them was changed since, or the card was taken over from another
    model. The oldest models of the Hub have two names, with an owner and without, which are the same here. A copy in
    another format, whose text speaks of the original, is left alone.

    Bad:
        ---
        base_model: coastlab/lighthouse
        ---

        # Owls

        This model is a fine-tuned version of [coastlab/harbour](https://huggingface.co/coastlab/harbour).

    Good:
        ---
        base_model: coastlab/harbour
        ---

        # Owls

        This model is a fine-tuned version of [coastlab/harbour](https://huggingface.co/coastlab/harbour).
    """
    origin = card.lineage
    # in a bullet people name the model that all began with, too, and in the metadata a step on the way
    sentences = [statement.base for statement in origin.statements if statement.form == "sentence"]
    stated = [name for name in sentences if name is not None and name.id is not None]
    recorded = [name for name in origin.base_models if name.id is not None]
    if not stated or len(recorded) != len(origin.base_models):
        return
    if not recorded or not _keys(stated).isdisjoint(_keys(recorded)) or card.is_conversion:
        return
    first, other = recorded[0], stated[0]
    yield Problem(
        first.span,
        f"the base model is `{first.text}` in the metadata but `{other.id}` in the text",
        help="Name in both places the model that this one was made from.",
        related=(Related(other.span, f"the text says `{other.id}` here"),),
    )


def _keys(names: list[Name]) -> set[str]:
    """What the models are compared by: names alone, since many are copied from owner to owner."""
    from cardlint.vocabulary.renames import current_model

    return {current_model(name.id or "").rpartition("/")[2] for name in names}
