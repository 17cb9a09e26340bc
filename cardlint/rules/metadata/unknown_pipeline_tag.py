"""Rule `unknown-pipeline-tag`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.verdicts import consequence, severity_of
from cardlint.card.yaml.edits import replace_scalar
from cardlint.card.yaml.nodes import Scalar
from cardlint.finding import Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.keys.table import MODEL_KEYS
from cardlint.vocabulary.tasks import GUESSES, RENAMED, TASKS


@rule(severity=Severity.WARNING, fix=Safety.SAFE, reads_metadata=True)
def unknown_pipeline_tag(card: Card) -> Iterator[Problem]:
    r"""`pipeline_tag` is not a task of the Hub.

    The Hub accepts the card, but shows no widget for the model, and people who filter by task do not find it. Some
    names are retired: `text2text-generation` and `conversational` are now `text-generation`.

    Bad:
        ---
        pipeline_tag: Text2Text-Generation
        ---

    Good:
        ---
        pipeline_tag: text-generation
        ---
    """
    entry = card.metadata.mapping.entry("pipeline_tag")
    if entry is None or not isinstance(entry.value, Scalar):
        return
    scalar = entry.value
    if type(scalar.hub) is not str or scalar.text in TASKS:
        return
    task, safety = _replacement(scalar.text)
    fact = MODEL_KEYS["pipeline_tag"].unlisted
    simple = scalar.style in {"", "'", '"'} and not scalar.tag and not scalar.anchor
    yield Problem(
        scalar.span,
        f"`{scalar.text}` is not a task of the Hub{consequence(fact)}",
        f"Write `{task}`." if task else "Write a task from https://huggingface.co/tasks.",
        fix=Fix(f"Write `{task}`", (replace_scalar(scalar, task),), safety) if task and simple else None,
        severity=severity_of(fact),
    )


def _replacement(text: str) -> tuple[str | None, Safety]:
    """Return the task that is meant, and the safety of writing it."""
    name = "-".join(text.lower().replace("_", " ").replace("-", " ").split())
    task = name if name in TASKS else RENAMED.get(name)
    if task:
        return task, Safety.SAFE
    from difflib import get_close_matches  # here, since few cards need it

    close = get_close_matches(name, TASKS, 1, cutoff=0.9)
    return GUESSES.get(name) or (close[0] if close else None), Safety.UNSAFE
