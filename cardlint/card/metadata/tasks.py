"""What the metadata says of a model's task, apart from `pipeline_tag`: tags, the model-index, a library's own task."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.yaml.nodes import Mapping, Metadata, Node, Scalar, Sequence, value_under
from cardlint.source import Span
from cardlint.vocabulary.tasks import LIBRARY_TASKS, TASKS

__all__ = ["TaskHint", "index_tasks", "tag_scalars", "task_hints"]


class TaskHint(Struct, frozen=True):
    """A task, where it is said, and by what: `tag`, `model-index` or `library`. From the model-index it is any text."""

    task: str
    span: Span
    origin: str


def task_hints(metadata: Metadata) -> tuple[TaskHint, ...]:
    """Every hint at the task: tags that are a task first, which the Hub takes for a `pipeline_tag` that is missing."""
    tags = list(tag_scalars(metadata))
    hints = [TaskHint(tag.text, tag.span, "tag") for tag in tags if tag.text in TASKS]
    hints += (TaskHint(task.text, task.span, "model-index") for task in index_tasks(metadata))
    library = metadata.get("library_name")
    marks = [library, *tags] if isinstance(library, Scalar) else tags
    hints += (TaskHint(LIBRARY_TASKS[mark.text], mark.span, "library") for mark in marks if mark.text in LIBRARY_TASKS)
    return tuple(hints)


def tag_scalars(metadata: Metadata) -> Iterator[Scalar]:
    """The tags, whether a list or a single one."""
    return (node for node in _items(metadata.get("tags")) if isinstance(node, Scalar))


def index_tasks(metadata: Metadata) -> Iterator[Scalar]:
    """Every `task.type` of the model-index, however often it says the same."""
    for model in _items(metadata.mapping.own("model-index")):
        for result in _items(model.own("results") if isinstance(model, Mapping) else None):
            task = value_under(value_under(result, "task"), "type")
            if isinstance(task, Scalar):
                yield task


def _items(node: Node | None) -> Iterator[Node]:
    if isinstance(node, Sequence):
        yield from node.items
    elif node is not None:
        yield node
