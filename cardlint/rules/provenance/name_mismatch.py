"""Rule `name-mismatch`."""

import re
from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.tasks import tag_scalars
from cardlint.card.text.title import Title
from cardlint.card.yaml.nodes import Scalar, listed_mappings
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.vocabulary.titles.first_tries import is_first_try
from cardlint.vocabulary.titles.working_names import is_default_title, is_working_name

BETWEEN = LazyPattern(r"[\W_]+")
GREEK = LazyPattern(r"GREEK (?:SMALL|CAPITAL) LETTER (?P<name>[A-Z]+)")
# Words joined by a sign; prose and a single word such as `Whisper` are not.
NAME = LazyPattern(r"(?=\S*[-_])[^\s{}<>|()]{4,}")


@rule(severity=(Severity.WARNING, Severity.NOTE), reads_metadata=True)
def name_mismatch(card: Card) -> Iterator[Problem]:
    r"""The model-index gives the model another name than the title.

    The Hub shows results under the name in the model-index. The Trainer takes it from the name of the output folder,
    which is often just `outputs`, and it remains when people improve the title. Write the same name in both places.

    LeRobot names a model by the type of its policy; `model_name` is compared with `train_config.json` beside the card.

    Bad:
        ---
        model-index:
        - name: outputs
          results: []
        ---

        # lighthouse-or-ship

    Good:
        ---
        model-index:
        - name: lighthouse-or-ship
          results: []
        ---

        # lighthouse-or-ship
    """
    yield from _policy(card)
    names = [model.value("name") for _, model in listed_mappings(card.metadata.mapping.value("model-index"))]
    scalars = [name for name in names if isinstance(name, Scalar) and name.text.strip()]
    for scalar in scalars:
        if is_working_name(scalar.text) and not _is_called_so(card, scalar.text):
            yield _working(card.title, scalar)
    title = card.title
    if title is not None and len(scalars) == len(names) == 1 and not is_working_name(scalars[0].text):
        yield from _differing(card, title, scalars[0])


def _policy(card: Card) -> Iterator[Problem]:
    """Report the name of a policy of LeRobot if another one was trained."""
    training, name = card.repository.policy_training, card.metadata.get("model_name")
    if training is None or training.policy is None or not isinstance(name, Scalar) or name.text == training.policy:
        return
    if any(tag.text == name.text for tag in tag_scalars(card.metadata)):  # LeRobot writes the type as a tag, too
        yield Problem(
            name.span,
            f"`model_name` is `{name.text}`, but `{training.file.name}` trains `{training.policy}`",
            "Find out which policy was trained, and write it in both places.",
            related=(Related(training.file.place("type", f'"{training.policy}'), "this policy", training.file.source),),
        )


def _is_called_so(card: Card, name: str) -> bool:
    """True if the repository or the title has this name too; `unfinished-title` reports the title."""
    repository = (card.repo_id or "").rpartition("/")[2]
    return name in {repository, card.title.name if card.title else None}


def _working(title: Title | None, scalar: Scalar) -> Problem:
    message = f"the model-index calls the model `{scalar.text}`, the name of a working folder"
    if title is None or not _is_chosen(title):
        return Problem(scalar.span, message, "Write the model's name.")
    advice = f"Write `{title.name}`." if NAME.fullmatch(title.name) else "Write the model's name."
    place = Related(title.span, "the title")
    return Problem(scalar.span, f"{message}; the title calls it `{title.name}`", advice, related=(place,))


def _is_chosen(title: Title) -> bool:
    """True if a title is a name that the author has chosen for the model."""
    unfinished = is_default_title(title.text) or is_working_name(title.name) or is_first_try(title.name)
    return bool(title.name) and not unfinished


def _differing(card: Card, title: Title, scalar: Scalar) -> Iterator[Problem]:
    """Report two different names, if they are joined words or the Trainer wrote both; a title may add to the name."""
    if not _is_chosen(title):
        return
    name, shown = _key(scalar.text), _key(title.name)
    if name == shown or not name or not shown:
        return
    if NAME.fullmatch(title.name) and NAME.fullmatch(scalar.text):
        differs = True
    else:
        generator = card.generator
        both_prose = " " in title.name and " " in scalar.text
        is_trainer = generator is not None and generator.family == "trainer"
        differs = is_trainer and both_prose and name not in shown and shown not in name
    if differs and not card.is_conversion and name != _key(card.repo_id or ""):
        yield Problem(
            scalar.span,
            f"the model-index calls the model `{scalar.text}`, but the title calls it `{title.name}`",
            "Write the same name in both places.",
            related=(Related(title.span, "the title"),),
            severity=Severity.NOTE,
        )


def _key(name: str) -> str:
    """Return a name without its owner, in lower case, without joining signs, Greek letters by name."""
    last = name.rsplit("/", 1)[-1] if re.fullmatch(r"[\w.-]+/[\w.-]+", name) else name
    return BETWEEN.sub("", last if last.isascii() else "".join(map(_spelt, last))).lower()


def _spelt(letter: str) -> str:
    """Return the name of a Greek letter, and any other letter as it is."""
    import unicodedata  # here, since few names need its tables

    match = GREEK.fullmatch(unicodedata.name(letter, ""))
    return match["name"] if match else letter
