"""Rule `dataset-mismatch`."""

import re
from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.card.provenance.lineage import Name
from cardlint.card.yaml.nodes import Mapping, Scalar, listed_mappings
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span

# Words of the sentences that name datasets.
STATED = ("ine-tuned version of", "inetuned version of", "ine-tuned [", "inetuned [", "pre-trained [", "from scratch")
BETWEEN = LazyPattern(r"[\W_]+")
# A dataset's name, not prose: it has an owner, joined words or a version.
NAME = LazyPattern(r"(?![/.~\\])(?=.*[/_\d]).{3,}", re.DOTALL)
# The configuration after a name, as transformers' example scripts write it: `COMMON_VOICE - TR`.
CONFIGURATION = LazyPattern(r" - .*")


@rule(severity=Severity.WARNING, reads_metadata=True)
def dataset_mismatch(card: Card) -> Iterator[Problem]:
    r"""The body names another dataset than the metadata, in a card that the Trainer wrote.

    The Trainer writes one name into the body, `datasets` and the model-index. If they have nothing in common, one of
    them was changed later, or the card was copied from another model. Write the same dataset in all of them. Loaders of
    local files, such as `imagefolder`, and configurations of a dataset are skipped, and so are cards of other
    generators: a model may be trained on one dataset and tested on another.

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


class _Stated(Struct, frozen=True):
    """A dataset that one place of the card names: `name` is shown, `keys` are all names to compare by."""

    name: str
    span: Span
    keys: frozenset[str]


def _indexed(card: Card) -> Iterator[_Stated]:
    """Yield the datasets of the model-index, each with all its names."""
    for _, model in listed_mappings(card.metadata.mapping.value("model-index")):
        for _, result in listed_mappings(model.value("results")):
            dataset = result.value("dataset")
            if not isinstance(dataset, Mapping):
                continue
            values = map(dataset.value, ("type", "name", "config", "args"))
            texts = [value for value in values if isinstance(value, Scalar) and value.text]
            if texts:
                yield _Stated(texts[0].text, texts[0].span, frozenset(_key(value.text) for value in texts) - {""})


def _key(name: str) -> str:
    from cardlint.vocabulary.renames import current_dataset

    return BETWEEN.sub("", current_dataset(name).rpartition("/")[2])


def _named(name: Name) -> _Stated:
    linked = name.link.repository if name.link else None
    texts = (name.text, CONFIGURATION.sub("", name.text), name.id or "", linked.id if linked else "")
    return _Stated(name.text, name.span, frozenset(_key(text) for text in texts) - {""})


def _compare(stated: list[_Stated], listed: list[_Stated], others: list[_Stated]) -> Iterator[Problem]:
    """Report a stated dataset that is neither in the metadata's list nor in the third place."""
    if not stated or not listed or any(_is_none(entry) for entry in (*stated, *listed)):
        return
    if any(_agree(entry, other) for entry in stated for other in (*listed, *others)):
        return
    first = stated[0]
    names = " and ".join(f"`{entry.name}`" for entry in listed[:3])
    yield Problem(
        first.span,
        f"the dataset is `{first.name}` here but {names} in `datasets`",
        "Find out which is right, and write it in both places.",
        related=tuple(Related(entry.span, "the metadata's dataset") for entry in listed),
    )


def _is_none(entry: _Stated) -> bool:
    """True if the name is not a dataset's but a loader's, or a word for none."""
    from cardlint.vocabulary.builders import BUILDERS

    return entry.name.lower() in BUILDERS or entry.name.lower() in {"none", "null", "unknown", "custom", "dataset"}


def _agree(one: _Stated, other: _Stated) -> bool:
    return any(a in b or b in a for a in one.keys for b in other.keys)
