"""Rule `missing-datasets`."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.links.addresses import is_repository_id
from cardlint.card.links.links import Reference, find_links
from cardlint.card.yaml.edits import add_entry
from cardlint.card.yaml.nodes import Metadata
from cardlint.finding import Fix, Problem, Related, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.vocabulary.builders import BUILDERS
from cardlint.vocabulary.keys.table import meant_by
from cardlint.wording import listed

# The beginning of a sentence, up to the link, that clearly names the training data of this model.
SURELY = LazyPattern(
    r"\W*(?:(?P<it>it)|(?:this (?:[\w-]+ ){0,3}|(?:the |our )?(?:(?:final|resulting|present|whole|released|published"
    r"|fine-?tuned|pre-?trained|trained|language|lora|embedding) ){0,3})(?:model|adapter|checkpoint))"
    r" (?:is|was|has been) (?:[\w-]+ ){0,3}?"
    r"(?:pre-?trained|trained|fine-?tuned)\b[^.;:!?]{0,120}\bon (?:the |an? |our )?(?:[\w-]+ ){0,2}[\[<*_`\"']*",
    re.IGNORECASE,
)
# Words of a sentence about training in general, and words that show that it is about something else.
PERHAPS = LazyPattern(r"\b(?:pre-?trained|trained|fine-?tuned|(?:pre-?)?training|fine-?tuning)\b", re.IGNORECASE)
OTHERWISE = LazyPattern(
    r"\b(?:evaluat\w*|test\w*|benchmark\w*|valid\w*|calibrat\w*|compar\w*|not|except|instead|unlike|original|base model"
    r"|teacher|parent|similar|inspired|like|other|previous\w*|baselines?|tokenizers?|future|will|would|could"
    r"|alternatives?)\b",
    re.IGNORECASE,
)
# Words of another model's data: those behind a relative pronoun, and behind "from a model trained on". The reader's.
ANOTHERS = LazyPattern(
    r"\b(?:which|that|whose)\b[^,;]{0,80}\b(?:pre-?trained|trained|fine-?tuned)\b"
    r"|\b(?:from|of|with|by|using|like|than|to|on) (?:an?|the|another|any) (?:[\w-]+ ){0,3}"
    r"(?:models?|checkpoints?|networks?|encoders?|decoders?|weights) (?:[\w-]+ ){0,3}?"
    r"(?:pre-?trained|trained|fine-?tuned)\b"
    r"|\b(?:you|your|yourself)\b|^\W*(?:release|add)",
    re.IGNORECASE,
)
OWN_CLAUSE = LazyPattern(
    r"\b(?:this|our) (?:[\w-]+ ){0,2}(?:model|adapter|checkpoint),? (?:which|that)\b", re.IGNORECASE
)
MODEL_LINK = LazyPattern(r"huggingface\.co/(?!datasets/)")
WORD = LazyPattern(r"\w")
TARGET = LazyPattern(r"\(http\S*|https?:\S*")
SENTENCE = LazyPattern(
    r"(?:(?<=[.!?:;])\s|\n\s*\n|\n[ \t]*[-*+#>|])(?!.*(?:(?<=[.!?:;])\s|\n\s*\n|\n[ \t]*[-*+#>|]))", re.DOTALL
)


@rule(severity=Severity.NOTE, fix=Safety.SAFE, reads_metadata=True)
def missing_datasets(card: Card) -> Iterator[Problem]:
    r"""The body links to a training dataset, or a file names it, but the metadata has no `datasets`.

    The Hub shows the datasets of the metadata next to the model, and the model on the page of each dataset; a link in
    the body has no such effect. The fix adds the datasets that the body clearly names as this model's training data, or
    the one in the `train_config.json` of LeRobot.

    Bad:
        ---
        license: mit
        ---

        # Lighthouse

        This model was trained on the [ships](https://huggingface.co/datasets/coastlab/ships) dataset.

    Good:
        ---
        license: mit
        datasets:
        - coastlab/ships
        ---

        # Lighthouse

        This model was trained on the [ships](https://huggingface.co/datasets/coastlab/ships) dataset.
    """
    metadata = card.metadata
    if not metadata.is_mapping:
        return
    if _has_key(metadata) or card.is_conversion:
        return
    by_file = _by_file(card)
    if by_file is not None:
        yield by_file
        return
    links = [link for link in find_links(card.body, _has_address) if _leads_to_dataset(link)]
    found = {link: certain for link in links if (certain := _trained_on(card, link)) is not None}
    if not found:
        return
    first, *others = found
    known = list(dict.fromkeys(_id(link) for link in found))
    yield Problem(
        first.span,
        f"the body links to `{known[0]}` as training data, but the metadata has no `datasets`",
        f"Add `datasets` with {_listed(known)}, if the model was trained on {'it' if len(known) == 1 else 'them'}.",
        related=tuple(Related(link.span, f"also links to `{_id(link)}`") for link in others),
        fix=_fix(metadata, [_id(link) for link, certain in found.items() if certain]),
    )


def _by_file(card: Card) -> Problem | None:
    """Return the problem with the dataset in the configuration of a training by LeRobot, unless it may be local."""
    training = card.repository.policy_training
    if training is None or training.dataset is None or training.is_local or not is_repository_id(training.dataset):
        return None
    file = training.file
    return Problem(
        card.front_matter.opening,
        f"the metadata has no `datasets`, but `{file.name}` names `{training.dataset}`",
        f"Add `datasets` with `{training.dataset}`.",
        related=(Related(file.place("repo_id", f'"{training.dataset}"'), "named here", file.source),),
        fix=_fix(card.metadata, [training.dataset]),
    )


def _has_key(metadata: Metadata) -> bool:
    """True if the key is present, with or without a value, or misspelt."""
    return any(meant_by(entry.name or "") == "datasets" for entry in metadata.mapping.entries)


def _has_address(text: str) -> bool:
    return "co/datasets/" in text


def _leads_to_dataset(link: Reference) -> bool:
    """True if a link leads to a dataset's own page, not to an owner's, to a file or to evaluation results."""
    repository = link.repository
    if repository is None or repository.kind != "dataset" or link.image or repository.id in BUILDERS | {"viewer"}:
        return False
    if not is_repository_id(repository.id) and not _is_old_name(repository.id, link):
        return False
    return not repository.inside.startswith(("resolve", "blob", "raw")) and "leaderboard" not in repository.id.lower()


def _is_old_name(name: str, link: Reference) -> bool:
    """True if a name without an owner is one of the oldest datasets', as far as is known or as the link's text says."""
    from cardlint.vocabulary.renames import DATASETS

    words = re.findall(r"[a-z0-9]+", link.text.lower()) if link.form != "autolink" else []
    key = re.sub(r"[^a-z0-9]", "", name.lower())
    return name.lower() in DATASETS or key in words or key == "".join(words)


def _trained_on(card: Card, link: Reference) -> bool | None:
    """True if the body clearly names the dataset as training data, False if it probably does, None if it does not."""
    sentences = (statement for statement in card.lineage.statements if statement.form == "sentence")
    if any(name.link and name.link.span == link.span for statement in sentences for name in statement.datasets):
        return True
    before = card.source.text[max(link.span.start - 400, card.front_matter.span.end) : link.span.start]
    *earlier, sentence = SENTENCE.split(before)
    if earlier and earlier[-1].rstrip().endswith(":") and not WORD.search(sentence):
        sentence = SENTENCE.split(earlier[-1])[-1] + sentence
    behind = card.source.text[link.span.end : link.span.end + 60].split("\n\n")[0].split(".")[0]
    words = TARGET.sub("", sentence + behind)
    if OTHERWISE.search(words) or (ANOTHERS.search(TARGET.sub("", sentence)) and not OWN_CLAUSE.search(sentence)):
        return None
    surely = SURELY.fullmatch(sentence)
    if surely:
        paragraph = before.split("\n\n")[-1]
        return is_repository_id(_id(link)) and not (surely["it"] and MODEL_LINK.search(paragraph))
    return False if PERHAPS.search(sentence) or _kinds(card, link) == ("training-data",) else None


def _id(link: Reference) -> str:
    return link.repository.id if link.repository else ""


def _kinds(card: Card, link: Reference) -> tuple[str, ...]:
    """Return the kinds of the section that contains a link: the last section that begins before it."""
    index = bisect_left(card.sections, link.span.start, key=lambda section: section.heading.span.start)
    return card.sections[index - 1].kinds if index else ()


def _listed(names: list[str]) -> str:
    shown = [f"`{name}`" for name in names[:3]]
    return listed([*shown, f"{len(names) - 3} more"] if len(names) > 3 else shown)


def _fix(metadata: Metadata, names: list[str]) -> Fix | None:
    items = [f"- {name}" for name in dict.fromkeys(names)]
    edit = add_entry(metadata, "datasets:", *items) if items else None
    return Fix("Add `datasets`", (edit,)) if edit else None
