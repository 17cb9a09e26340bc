"""Rule `base-model-mismatch`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.provenance.lineage import Name
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule


@rule(severity=Severity.WARNING, reads_metadata=True)
def base_model_mismatch(card: Card) -> Iterator[Problem]:
    r"""The metadata and the body name different base models.

    The Trainer writes both from one value, so one of them was changed later, or the card was copied from another model.
    Write the same base model in both places. The oldest models of the Hub have two names, with and without an owner,
    which are treated as equal. A model in another format, whose body is about the original, is skipped.

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
    # a bullet may name the first model of a series, and the metadata a later one
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
        f"the base model is `{first.text}` in the metadata but `{other.id}` in the body",
        help="Find out which is right, and write it in both places.",
        related=(Related(other.span, f"the body says `{other.id}` here"),),
    )


def _keys(names: list[Name]) -> set[str]:
    """Return the names to compare, without owners, since many models are copied from owner to owner."""
    from cardlint.vocabulary.renames import current_model

    return {current_model(name.id or "").rpartition("/")[2] for name in names}
