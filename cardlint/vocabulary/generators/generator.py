"""The facts about a program that writes model cards."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Generator"]


class Generator(Struct, frozen=True):
    """A program that writes model cards, or a form that people fill in.

    `name` is its id, `title` its usual name, `family` the group of programs with the same layout (those that write the
    Trainer's summary are of the family `trainer`), `library` and `task` the `library_name` and `pipeline_tag` that it
    implies.

    `marks` are alternatives; one of several parts needs all of them. A part `tag=x` is a tag of the metadata,
    `library=x` its library, `key=x` a key; any other part is text of the body.

    By design the program writes no heading of the first level (`writes_no_title`), some titles more than once under one
    heading (`repeats_titles`, in lower case), or a model-index without datasets (`indexes_no_dataset`).
    """

    name: str
    title: str
    family: str
    marks: tuple[str | tuple[str, ...], ...]
    library: str | None = None
    writes_no_title: bool = False
    repeats_titles: frozenset[str] = frozenset()
    indexes_no_dataset: bool = False
    task: str | None = None
