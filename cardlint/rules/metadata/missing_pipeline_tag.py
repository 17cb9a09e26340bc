"""Rule `missing-pipeline-tag`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.tasks import TaskHint, task_hints
from cardlint.card.yaml.edits import add_entry
from cardlint.finding import Fix, Problem, Related, Safety, Severity
from cardlint.lazy_regex import pattern
from cardlint.rule_definition import rule
from cardlint.vocabulary.keys.table import KEYS, meant_by
from cardlint.vocabulary.tasks import RENAMED, TASKS

# Misspelt keys too, which another rule reports.
TASK_KEYS = frozenset(name for name in KEYS if meant_by(name) == "pipeline_tag")
SAYS = {
    "model-index": "the model-index says",
    "library": "the library's models are for",
    "generator": "what wrote the card makes models for",
}
PIPELINE = pattern(r"""\bpipeline\(\s*(?:task\s*=\s*)?["'](?P<task>[a-z0-9-]+)["']""")


@rule(severity=Severity.NOTE, fix=Safety.SAFE, reads_metadata=True)
def missing_pipeline_tag(card: Card) -> Iterator[Problem]:
    r"""The metadata names no task.

    The Hub chooses the model's widget by `pipeline_tag`, and people filter by it. Without one it guesses from the tags
    and the files; a tag that is a task is as good. Only cards whose model-index, library or generator speaks of a task
    are asked for it, and where these leave no doubt the fix adds it.

    Bad:
        ---
        license: mit
        model-index:
        - name: owls
          results:
          - task:
              type: audio-classification
            metrics: []
        ---

    Good:
        ---
        license: mit
        pipeline_tag: audio-classification
        model-index:
        - name: owls
          results:
          - task:
              type: audio-classification
            metrics: []
        ---
    """
    metadata = card.metadata
    if not metadata.is_mapping:
        return
    if not metadata.keys.isdisjoint(TASK_KEYS):
        return
    hints = task_hints(metadata)
    if any(hint.origin == "tag" for hint in hints):
        return
    hints += _by_generator(card)
    if not hints:
        return
    hint = _implied(hints)
    yield Problem(
        card.front_matter.opening,
        "the metadata names no `pipeline_tag`" + (f", though {SAYS[hint.origin]} `{hint.task}`" if hint else ""),
        f"Add `pipeline_tag: {hint.task if hint else '...'}`.",
        related=(Related(hint.span, "said here"),) if hint else (),
        fix=_add(card, hint.task) if hint and not _is_denied(card.source.text, hint.task) else None,
    )


def _by_generator(card: Card) -> tuple[TaskHint, ...]:
    """The task that all cards of the program that wrote this one are about."""
    if card.generator is None or card.generator.task is None:
        return ()
    return (TaskHint(card.generator.task, card.generator_span, "generator"),)


def _implied(hints: tuple[TaskHint, ...]) -> TaskHint | None:
    """The first hint, if it names a task of the Hub and all others name the same."""
    tasks = {hint.task for hint in hints}
    return hints[0] if len(tasks) == 1 and tasks <= TASKS else None


def _is_denied(text: str, task: str) -> bool:
    """Whether the card's code loads the model for another task."""
    if "pipeline(" not in text:
        return False
    named = (match["task"] for match in PIPELINE.finditer(text))
    return any(RENAMED.get(name, name) != task for name in named)


def _add(card: Card, task: str) -> Fix | None:
    edit = add_entry(card.metadata, f"pipeline_tag: {task}")
    return Fix(f"Add `pipeline_tag: {task}`", (edit,)) if edit else None
