"""The results files `.eval_results/*.yaml`, from which the Hub shows a model's evaluations since 2026.

Source: hub-docs' `eval-results.md` ("a work in progress feature") and `EvalResultEntry` of huggingface_hub 2.4.0, read
2026-08-22.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.yaml.nodes import Mapping, Metadata, Node, Sequence, YamlError, parse_metadata, resolve, value_under
from cardlint.source import Folder, Source, Span, read

__all__ = ["EvalResult", "ResultsFile", "read_eval_results"]


class EvalResult(Struct, frozen=True):
    """One item of a results file: a value of a task of a benchmark dataset; a field is None if it is missing.

    The fields are nodes of any type; `url`, `name`, `user` and `organization` are those of its `source`, `node` is the
    whole item. The format does not state a metric's name, a unit or a direction.
    """

    node: Mapping
    dataset: Node | None
    task: Node | None
    revision: Node | None
    value: Node | None
    date: Node | None
    url: Node | None
    name: Node | None
    user: Node | None
    organization: Node | None
    notes: Node | None

    @property
    def span(self) -> Span:
        """The span of the whole item in the file's text."""
        return self.node.span


class ResultsFile(Struct, frozen=True):
    """A results file; `metadata` is its YAML as nodes with spans in `source`, or the error."""

    source: Source
    metadata: Metadata
    results: tuple[EvalResult, ...]

    @property
    def root(self) -> Node:
        return self.metadata.root

    @property
    def error(self) -> YamlError | None:
        return self.metadata.error


def read_eval_results(card: Source, folder: Folder, name: str) -> tuple[ResultsFile, ...]:
    """Read every file in `name`, a folder beside the card; one that cannot be opened is included with an error."""
    # the card's path is the one shown to the user
    beside = card.path[: card.path.rfind("/") + 1]
    files = (f"{name}/{file}" for file in folder.names(name) if file.endswith(".yaml"))
    return tuple(_read_file(beside + file, folder.read(file)) for file in files)


def _read_file(path: str, data: bytes | None) -> ResultsFile:
    if data is None:
        nothing = Span(0, 0)
        error = YamlError(nothing, "the file cannot be opened")
        source = Source(path, "")
        return ResultsFile(source, Metadata(source, nothing, Mapping(nothing, ()), read=True, error=error), ())
    source = read(data, path)
    start = 1 if source.text.startswith("\ufeff") else 0
    metadata = parse_metadata(source, Span(start, len(source.text)))
    return ResultsFile(source, metadata, tuple(_results(metadata.root)))


def _results(root: Node) -> Iterator[EvalResult]:
    for item in map(resolve, root.items if isinstance(root, Sequence) else ()):
        if isinstance(item, Mapping):
            dataset, source = item.get("dataset"), item.get("source")
            yield EvalResult(
                node=item,
                dataset=value_under(dataset, "id"),
                task=value_under(dataset, "task_id"),
                revision=value_under(dataset, "revision"),
                value=item.get("value"),
                date=item.get("date"),
                url=value_under(source, "url"),
                name=value_under(source, "name"),
                user=value_under(source, "user"),
                organization=value_under(source, "org"),
                notes=item.get("notes"),
            )
