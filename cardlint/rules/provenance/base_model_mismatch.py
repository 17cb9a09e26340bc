"""Rule `base-model-mismatch`."""

from collections.abc import Iterator, Sequence

from cardlint.card.card import Card
from cardlint.card.provenance.lineage import LineageStatement, Name
from cardlint.card.provenance.model_names import identifier
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.vocabulary.renames import current_model

WORD = LazyPattern(r"[^\W\d_]{2,}")
# Words of names that say nothing of the family.
STAGES = frozenset(
    (
        *(
            "aligned",
            "awq",
            "base",
            "beta",
            "alpha",
            "bf",
            "bit",
            "bits",
            "bnb",
            "cased",
            "chat",
            "dpo",
            "en",
            "finetune",
        ),
        *(
            "finetuned",
            "fp",
            "gguf",
            "gptq",
            "hf",
            "instruct",
            "int",
            "it",
            "large",
            "llm",
            "lm",
            "lora",
            "medium",
            "merged",
        ),
        *(
            "mini",
            "model",
            "multilingual",
            "orpo",
            "pretrained",
            "pt",
            "rl",
            "sft",
            "small",
            "tiny",
            "tuned",
            "uncased",
        ),
        *("unsloth", "xl", "xs", "xxl", "preview", "nano", "micro", "huge", "test", "for", "the", "and", "with", "of"),
    )
)


@rule(severity=Severity.WARNING, reads_metadata=True)
def base_model_mismatch(card: Card) -> Iterator[Problem]:
    r"""The metadata and the body name different base models.

    One of them was changed later, or the card was copied from another model. Write the same base model in both places.
    Only a sentence, label or table row that states the origin of this very model counts, or `adapter_config.json`
    beside the card. Two names of one model, of its copies by other owners, and of models of one family or one owner are
    treated as equal, since one may be a step on the way to the other. A model in another format, whose body is about
    the original, is skipped.

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
    recorded = card.lineage.base_models
    if not recorded or any(name.id is None for name in recorded):
        return
    by_file = _by_adapter(card, recorded)
    if by_file is not None:
        yield by_file
        return
    for statement in _stated(card):
        if not all(_contradict(statement, name, card) for name in recorded):
            return
    for statement in _stated(card)[:1]:
        assert statement.base is not None
        related = Related(statement.base.span, f"the body says `{statement.base.id}` here")
        yield _problem(recorded[0], statement.base.id, "the body", related)


def _by_adapter(card: Card, recorded: Sequence[Name]) -> Problem | None:
    """Return the problem with the model that the adapter beside the card was trained on; a path is none."""
    bases = card.repository.bases
    if bases is None or bases.relation != "adapter":
        return None
    name, span = bases.names[0]
    base = identifier(name)
    if base is None or not all(_differ(each.id or "", base, card) for each in recorded):
        return None
    place = Related(span, f"`{bases.file}` names `{base}`", bases.source)
    return _problem(recorded[0], base, f"`{bases.file}`", place)


def _problem(recorded: Name, other: str | None, where: str, related: Related) -> Problem:
    return Problem(
        recorded.span,
        f"the base model is `{recorded.text}` in the metadata but `{other}` in {where}",
        help="Find out which is right, and write it in both places.",
        related=(related,),
    )


def _stated(card: Card) -> tuple[LineageStatement, ...]:
    """Return the statements that establish the origin; those of a copy in another format are its original's."""
    return () if card.is_conversion else card.lineage.origin


def _contradict(statement: LineageStatement, recorded: Name, card: Card) -> bool:
    """True if a statement and a name of the metadata cannot both be right."""
    if statement.base is None or statement.base.id is None or recorded.id is None:
        return False
    if statement.form == "sentence":  # the Trainer writes both from one value
        return _name(statement.base.id) != _name(recorded.id)
    return _differ(recorded.id, statement.base.id, card)


def _differ(recorded: str, stated: str, card: Card) -> bool:
    """True if two ids have no owner and no word in common, and the first is not an earlier step of this model."""
    owners = {current_model(each).partition("/")[0] for each in (recorded, stated)}
    words, other_words = _words(recorded), _words(stated)
    if len(owners) == 1 or not words or not other_words or words & other_words:
        return False
    own = {word for name in card.own_names.titles for word in _words(name)}
    return not words & own


def _words(identifier: str) -> frozenset[str]:
    """Return the words of a name that tell its family, without sizes, versions and stages of training."""
    return frozenset(WORD.findall(_name(identifier))) - STAGES


def _name(identifier: str) -> str:
    """Return the name to compare, without the owner, since many models are copied from owner to owner."""
    return current_model(identifier).rpartition("/")[2]
