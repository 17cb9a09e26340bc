"""Rule `missing-pipeline-tag`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.tasks import TaskHint, task_hints
from cardlint.card.yaml.edits import add_entry
from cardlint.finding import Fix, Problem, Related, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.vocabulary.keys.table import meant_by
from cardlint.vocabulary.tasks import RENAMED, TASKS

# The key and its misspellings, which `unknown-key` reports.
EVIDENCE = {
    "model-index": "the model-index has the task",
    "library": "models of its library have the task",
    "generator": "models of its generator have the task",
}
PIPELINE = LazyPattern(r"""\bpipeline\(\s*(?:task\s*=\s*)?["'](?P<task>[a-z0-9-]+)["']""")


@rule(severity=Severity.NOTE, fix=Safety.SAFE, reads_metadata=True)
def missing_pipeline_tag(card: Card, *, always: bool = False) -> Iterator[Problem]:
    r"""The metadata has no `pipeline_tag`.

    The Hub chooses the model's widget by its task, and people filter by it. Without the key the Hub guesses the task
    from tags and files; a tag that is a task is enough. Only cards whose model-index, library or generator implies a
    task are checked, and the fix adds it if they agree. Without these, the class in `config.json` of transformers
    implies a task if its head is for one task only.

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

    Options:
        always: also report a card if nothing implies the task. The profile `release` sets this option.
    """
    metadata = card.metadata
    if not metadata.is_mapping:
        return
    if any(meant_by(name) == "pipeline_tag" for name in metadata.keys):
        return
    hints = task_hints(metadata)
    if any(hint.origin == "tag" for hint in hints):
        return
    found = list(_by_hints(card, (*hints, *_by_generator(card))))
    if not found and always:
        help_text = "Add the task of the model, one of https://huggingface.co/tasks."
        found = [Problem(card.front_matter.opening, "the metadata has no `pipeline_tag`", help_text)]
    yield from found


def _by_hints(card: Card, hints: tuple[TaskHint, ...]) -> Iterator[Problem]:
    """Report the task that the hints imply, or the tasks to choose from."""
    if not hints:
        yield from _by_architecture(card)
    hint = _implied(hints) if hints else None
    if hint is not None:
        yield Problem(
            card.front_matter.opening,
            f"the metadata has no `pipeline_tag`, but {EVIDENCE[hint.origin]} `{hint.task}`",
            f"Add `pipeline_tag: {hint.task}`.",
            related=(Related(hint.span, "shown here"),),
            fix=_add(card, hint.task) if not _is_denied(card.source.text, hint.task) else None,
        )
        return
    tasks = {hint.task: hint for hint in hints if hint.task in TASKS}
    if len(tasks) > 1:
        shown = " and ".join(f"`{task}`" for task in tasks)
        yield Problem(
            card.front_matter.opening,
            f"the metadata has no `pipeline_tag`, and the card names {shown}",
            "Add `pipeline_tag` with the one that fits best, or another from https://huggingface.co/tasks.",
            related=tuple(Related(hint.span, f"`{hint.task}` here") for hint in tasks.values()),
        )


def _by_architecture(card: Card) -> Iterator[Problem]:
    """Report the task of the model's class, unless the code in the card uses it for another one."""
    proof, architecture = card.repository.library, card.repository.architecture
    task = architecture.task if architecture is not None else None
    if architecture is None or task is None or proof is None or proof.library != "transformers":
        return
    named = card.metadata.get("library_name")
    if (named is None or card.source.slice(named.span) == "transformers") and not _is_denied(card.source.text, task):
        head = f"`{architecture.name}` in `{architecture.file.name}`"
        yield Problem(
            card.front_matter.opening,
            f"the metadata has no `pipeline_tag`, but {head} is for `{task}`",
            f"Add `pipeline_tag: {task}`.",
            related=(Related(architecture.span, "shown here", architecture.file.source),),
            fix=_add(card, task),
        )


def _by_generator(card: Card) -> tuple[TaskHint, ...]:
    """Return the task of all models whose cards this generator writes."""
    if card.generator is None or card.generator.task is None:
        return ()
    return (TaskHint(card.generator.task, card.generator_span, "generator"),)


def _implied(hints: tuple[TaskHint, ...]) -> TaskHint | None:
    """Return the first hint, if it names a task of the Hub and all others name the same."""
    tasks = {hint.task for hint in hints}
    return hints[0] if len(tasks) == 1 and tasks <= TASKS else None


def _add(card: Card, task: str) -> Fix | None:
    edit = add_entry(card.metadata, f"pipeline_tag: {task}")
    return Fix(f"Add `pipeline_tag: {task}`", (edit,)) if edit else None


def _is_denied(text: str, task: str) -> bool:
    """True if code in the card loads the model for another task."""
    if "pipeline(" not in text:
        return False
    named = (match["task"] for match in PIPELINE.finditer(text))
    return any(RENAMED.get(name, name) != task for name in named)
