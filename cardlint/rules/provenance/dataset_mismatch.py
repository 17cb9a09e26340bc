"""Rule `dataset-mismatch`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.links.addresses import is_repository_id
from cardlint.card.provenance.lineage import Name, is_path
from cardlint.card.yaml.nodes import Mapping, Scalar, listed_mappings
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.vocabulary.builders import BUILDERS

# A dataset's name, not prose: it has an owner, joined words or a version.
NAME = LazyPattern(r"(?=[^\n]*[/_\d])[^\n]{3,200}")
WORD = LazyPattern(r"[^\W\d_]+")
# Words of the paths of local files, and words that any dataset's name may have.
PATH_WORDS = frozenset(("content", "data", "dataset", "datasets", "drive", "experiments", "home", "mnt", "users"))
ANY_NAME = PATH_WORDS | {
    "a",
    "an",
    "and",
    "corpus",
    "dev",
    "eval",
    "of",
    "set",
    "test",
    "the",
    "train",
    "v",
    "validation",
}
# The letters in a row by which two names may be of one dataset: `squad_kor_v1` is KorQuAD.
SHARED = 4
NOTHING = frozenset(("custom", "dataset", "none", "null", "unknown"))


@rule(severity=Severity.WARNING, reads_metadata=True)
def dataset_mismatch(card: Card) -> Iterator[Problem]:
    r"""The body names another dataset than the metadata, in a card that the Trainer wrote.

    The Trainer writes one name into its sentence, `datasets` and the model-index. If sentence and `datasets` have
    nothing in common, one of them was changed later, or the card was copied from another model. Write the same dataset
    in both. Languages, versions and configurations are not compared. Cards with several datasets are skipped, since one
    of them may be for training and another for evaluation, and so are paths, loaders of local files, such as
    `imagefolder`, and cards of other generators.

    LeRobot writes the dataset of a policy into `train_config.json` beside the card, which is compared too.

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
    yield from _by_policy_training(card)
    if card.metadata.get("datasets") is None or card.generator is None or card.generator.family != "trainer":
        return
    listed = card.lineage.datasets
    sentences = (statement for statement in card.lineage.statements if statement.form == "sentence")
    stated = [name for statement in sentences for name in statement.datasets]
    if len(listed) != 1 or len(stated) != 1 or not _is_name(stated[0]) or not _is_name(listed[0]):
        return
    in_list, in_text = _names(listed[0]), _names(stated[0])
    if _may_agree(in_text, in_list) or _may_agree(in_text, _indexed(card)):
        return
    yield Problem(
        stated[0].span,
        f"the dataset is `{stated[0].text}` here but `{listed[0].text}` in `datasets`",
        "Find out which is right, and write it in both places.",
        related=(Related(listed[0].span, "the metadata's dataset"),),
    )


def _by_policy_training(card: Card) -> Iterator[Problem]:
    """Report the datasets of the metadata if LeRobot has trained on another one."""
    training, listed = card.repository.policy_training, card.lineage.datasets
    if training is None or training.dataset is None or not is_repository_id(training.dataset) or not listed:
        return
    name, file = training.dataset.rpartition("/")[2].lower(), training.file
    if any(each.text.rpartition("/")[2].lower() == name for each in listed):
        return
    yield Problem(
        listed[0].span,
        f"the dataset is `{listed[0].text}`, but `{file.name}` says `{training.dataset}`",
        "Find out on which dataset the policy was trained, and write it in both places.",
        related=(Related(file.place("repo_id", f'"{training.dataset}'), "this dataset", file.source),),
    )


def _is_name(name: Name) -> bool:
    """True if a text names a dataset: not a loader, a path, a link to another site, or prose."""
    text = name.text
    if text.lower() in BUILDERS | NOTHING or (name.link is not None and name.link.repository is None):
        return False
    if is_path(text) or text.count("/") > 1 or not PATH_WORDS.isdisjoint(text.lower().split("/")[:-1]):
        return False
    return name.id is not None or NAME.fullmatch(text) is not None


def _names(name: Name) -> list[str]:
    linked = name.link.repository if name.link else None
    return [name.text, *([name.id] if name.id else []), *([linked.id] if linked else [])]


def _indexed(card: Card) -> list[str]:
    """Return all names of the datasets in the model-index."""
    names = []
    for _, model in listed_mappings(card.metadata.mapping.value("model-index")):
        for _, result in listed_mappings(model.value("results")):
            dataset = result.value("dataset")
            if isinstance(dataset, Mapping):
                values = map(dataset.value, ("type", "name", "config", "args"))
                names += [value.text for value in values if isinstance(value, Scalar) and value.text]
    return names


def _may_agree(some: list[str], others: list[str]) -> bool:
    """Return True if a name of each may be of one dataset: they have letters or initials in common."""
    return any(_are_alike(_words(one), _words(other)) for one in some for other in others)


def _words(name: str) -> list[str]:
    """Return the words of a name without owner, languages, versions and words that any name may have."""
    from cardlint.vocabulary.languages import NAMES, is_language
    from cardlint.vocabulary.renames import current_dataset

    words = WORD.findall(current_dataset(name).rpartition("/")[2].lower())
    return [
        word
        for word in words
        if word not in ANY_NAME and word not in NAMES and not (len(word) < 4 and is_language(word))
    ]


def _are_alike(one: list[str], other: list[str]) -> bool:
    """Return True if two names have four letters in a row in common, one has the other's initials, or one is empty."""
    joined = "".join(one), "".join(other)
    if not all(joined):
        return True
    from difflib import SequenceMatcher  # here, since few cards need it

    shared = SequenceMatcher(None, *joined, autojunk=False).find_longest_match().size
    if shared >= min(SHARED, *map(len, joined)):
        return True
    initials = ["".join(word[0] for word in words) for words in (one, other)]
    return initials[0] in {*other, joined[1]} or initials[1] in {*one, joined[0]}
