"""The tasks that the metadata states besides `pipeline_tag`: in tags, in the model-index and by the library."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.yaml.nodes import Mapping, Metadata, Node, Scalar, Sequence, value_under
from cardlint.source import Span
from cardlint.vocabulary.tasks import LIBRARY_TASKS, TASKS

__all__ = ["TaskHint", "index_tasks", "tag_scalars", "task_hints"]


class TaskHint(Struct, frozen=True):
    """A task, its span and its origin: `tag`, `model-index` or `library`. From the model-index it can be any text."""

    task: str
    span: Span
    origin: str


def task_hints(metadata: Metadata) -> tuple[TaskHint, ...]:
    """Return every hint at the task. Tags come first: the Hub uses them if `pipeline_tag` is missing."""
    tags = list(tag_scalars(metadata))
    hints = [TaskHint(tag.text, tag.span, "tag") for tag in tags if tag.text in TASKS]
    hints += (TaskHint(task.text, task.span, "model-index") for task in index_tasks(metadata))
    library = metadata.get("library_name")
    marks = [library, *tags] if isinstance(library, Scalar) else tags
    hints += (TaskHint(LIBRARY_TASKS[mark.text], mark.span, "library") for mark in marks if mark.text in LIBRARY_TASKS)
    return tuple(hints)


def tag_scalars(metadata: Metadata) -> Iterator[Scalar]:
    """Yield the tags, given as a list or as a single one."""
    return (node for node in _items(metadata.get("tags")) if isinstance(node, Scalar))


def index_tasks(metadata: Metadata) -> Iterator[Scalar]:
    """Yield every `task.type` of the model-index, repeated ones too."""
    for model in _items(metadata.mapping.value("model-index")):
        for result in _items(model.value("results") if isinstance(model, Mapping) else None):
            task = value_under(value_under(result, "task"), "type")
            if isinstance(task, Scalar):
                yield task


def _items(node: Node | None) -> Iterator[Node]:
    if isinstance(node, Sequence):
        yield from node.items
    elif node is not None:
        yield node
