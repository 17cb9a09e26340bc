"""Rule `unknown-pipeline-tag`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.verdicts import consequence, severity_of
from cardlint.card.yaml.edits import add_entry, add_items, replace_scalar
from cardlint.card.yaml.nodes import Metadata, Scalar, Sequence, resolve
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.keys.table import MODEL_KEYS
from cardlint.vocabulary.tasks import GUESSES, RENAMED, STILL_TAGS, TASKS


@rule(severity=Severity.WARNING, fix=Safety.SAFE, reads_metadata=True)
def unknown_pipeline_tag(card: Card) -> Iterator[Problem]:
    r"""`pipeline_tag` is not a task of the Hub.

    The Hub accepts the card, but shows no widget for the model, and people who filter by task do not find it. Two names
    are retired: models of `text2text-generation` and `conversational` have the task `text-generation` now, and keep the
    old name as a tag.

    Bad:
        ---
        pipeline_tag: Image Classification
        ---

    Good:
        ---
        pipeline_tag: image-classification
        ---
    """
    entry = card.metadata.mapping.entry("pipeline_tag")
    if entry is None or not isinstance(entry.value, Scalar):
        return
    scalar = entry.value
    if type(scalar.hub) is not str or scalar.text in TASKS:
        return
    task, safety = _replacement(scalar.text)
    name = _plain(scalar.text)
    edits: tuple[Edit, ...] | None = (replace_scalar(scalar, task),) if task else None
    if edits and name in STILL_TAGS:
        tag = _with_tag(card.metadata, name)
        edits = None if tag is None else (*edits, *tag)
    title = f"Write `{task}`" + (f", and keep `{name}` as a tag" if name in STILL_TAGS else "")
    fact = MODEL_KEYS["pipeline_tag"].unlisted
    simple = scalar.style in {"", "'", '"'} and not scalar.tag and not scalar.anchor
    yield Problem(
        scalar.span,
        f"`{scalar.text}` is not a task of the Hub{consequence(fact)}",
        f"{title}." if task else "Write a task from https://huggingface.co/tasks.",
        fix=Fix(title, edits, safety) if edits and simple else None,
        severity=severity_of(fact),
    )


def _replacement(text: str) -> tuple[str | None, Safety]:
    """Return the task that is meant, and the safety of writing it."""
    name = _plain(text)
    task = name if name in TASKS else RENAMED.get(name)
    if task:
        return task, Safety.UNSAFE if name in STILL_TAGS else Safety.SAFE
    from difflib import get_close_matches  # here, since few cards need it

    close = get_close_matches(name, TASKS, 1, cutoff=0.9)
    return GUESSES.get(name) or (close[0] if close else None), Safety.UNSAFE


def _plain(text: str) -> str:
    return "-".join(text.lower().replace("_", " ").replace("-", " ").split())


def _with_tag(metadata: Metadata, tag: str) -> tuple[Edit, ...] | None:
    """Return the edits that add a tag, none if the card has it, or None if it cannot be added."""
    node = metadata.get("tags")
    if isinstance(node, Sequence):
        if any(isinstance(item, Scalar) and item.text == tag for item in map(resolve, node.items)):
            return ()
        edit = add_items(metadata.source, node, (tag,))
    else:
        edit = add_entry(metadata, f"tags: [{tag}]", last=True) if "tags" not in metadata.keys else None
    return (edit,) if edit else None
