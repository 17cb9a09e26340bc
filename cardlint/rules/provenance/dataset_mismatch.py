"""Rule `dataset-mismatch`."""

import re
from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.card.provenance.lineage import Name
from cardlint.card.yaml.nodes import Mapping, Scalar, listed_mappings
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import pattern
from cardlint.rule_definition import rule
from cardlint.source import Span

# What a sentence that names datasets has.
STATED = ("ine-tuned version of", "inetuned version of", "ine-tuned [", "inetuned [", "pre-trained [", "from scratch")
BETWEEN = pattern(r"[\W_]+")
# What a name of a dataset has and prose has not: an owner, joined words, a version.
NAME = pattern(r"(?![/.~\\])(?=.*[/_\d]).{3,}", re.DOTALL)
# Behind the name, as transformers' example scripts write the configuration: `GLUE MRPC`, `COMMON_VOICE - TR`.
CONFIGURATION = pattern(r" - .*")


class _Stated(Struct, frozen=True):
    """What one place says: `name` is to be shown, `keys` are all that it may be compared by."""

    name: str
    span: Span
    keys: frozenset[str]


@rule(severity=Severity.WARNING, reads_metadata=True)
def dataset_mismatch(card: Card) -> Iterator[Problem]:
    r"""The text names another dataset than the metadata, in a card that the Trainer wrote.

    The Trainer writes one name into the text, `datasets` and the model-index. Where they have nothing in common one was
    changed since, or the card was taken over from another model. Loaders of files of one's own, such as `imagefolder`,
    and configurations of a dataset are left aside, and so are other cards, in which a model may well be trained on one
    dataset and tested on another.

    Bad:
        ---
        tags:
        - generated_from_trainer
        datasets:
        - coastlab/owls
        ---

        # Lighthouse

        This model is a fine-tuned version of [gpt2](https://huggingface.co/gpt2) on the coastlab/ships dataset.

    Good:
        ---
        tags:
        - generated_from_trainer
        datasets:
        - coastlab/ships
        ---

        # Lighthouse

        This model is a fine-tuned version of [gpt2](https://huggingface.co/gpt2) on the coastlab/ships dataset.
    """
    if card.metadata.get("datasets") is None:
        return
    indexed = list(_indexed(card))
    if not indexed and not any(sign in card.source.text for sign in STATED):
        return
    generator = card.generator
    if generator is None or generator.family != "trainer":
        return
    origin = card.lineage
    listed = [_named(name) for name in origin.datasets]
    in_text = [name for name in origin.stated_datasets if name.id or NAME.fullmatch(name.text)]
    if len(in_text) == len(origin.stated_datasets):
        yield from _compare([_named(name) for name in in_text], listed, indexed)
    if len({entry.keys for entry in indexed}) == 1:
        yield from _compare(indexed[:1], listed, list(map(_named, origin.stated_datasets)))


def _compare(stated: list[_Stated], listed: list[_Stated], others: list[_Stated]) -> Iterator[Problem]:
    """What one place states against what the metadata lists; agreeing with what a third one states is enough."""
    if not stated or not listed or any(_is_none(entry) for entry in (*stated, *listed)):
        return
    if any(_agree(entry, other) for entry in stated for other in (*listed, *others)):
        return
    first = stated[0]
    names = " and ".join(f"`{entry.name}`" for entry in listed[:3])
    yield Problem(
        first.span,
        f"the dataset is `{first.name}` here but {names} in `datasets`",
        "Name in both places the dataset that the model was trained on.",
        related=tuple(Related(entry.span, "the metadata's dataset") for entry in listed),
    )


def _named(name: Name) -> _Stated:
    linked = name.link.repository if name.link else None
    texts = (name.text, CONFIGURATION.sub("", name.text), name.id or "", linked.id if linked else "")
    return _Stated(name.text, name.span, frozenset(_key(text) for text in texts) - {""})


def _indexed(card: Card) -> Iterator[_Stated]:
    """What the results of the model-index were measured on, by all that they say of it."""
    for _, model in listed_mappings(card.metadata.mapping.own("model-index")):
        for _, result in listed_mappings(model.own("results")):
            dataset = result.own("dataset")
            if not isinstance(dataset, Mapping):
                continue
            values = map(dataset.own, ("type", "name", "config", "args"))
            texts = [value for value in values if isinstance(value, Scalar) and value.text]
            if texts:
                yield _Stated(texts[0].text, texts[0].span, frozenset(_key(value.text) for value in texts) - {""})


def _is_none(entry: _Stated) -> bool:
    """Whether that is no dataset's name but a loader's, or a word for none."""
    from cardlint.vocabulary.builders import BUILDERS

    return entry.name.lower() in BUILDERS or entry.name.lower() in {"none", "null", "unknown", "custom", "dataset"}


def _agree(one: _Stated, other: _Stated) -> bool:
    return any(a in b or b in a for a in one.keys for b in other.keys)


def _key(name: str) -> str:
    from cardlint.vocabulary.renames import current_dataset

    return BETWEEN.sub("", current_dataset(name).rpartition("/")[2])
