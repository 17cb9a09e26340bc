"""The structured content of each tool's answer, for the JSON Schema that a client gets.

The answers are written by the reporters and views of the command line; these types only describe them. A client may
refuse an answer that does not fit, so they state what always holds.
"""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from cardlint.linting.results import Counts

__all__ = ["CheckResult", "ExplainResult", "FixResult", "ShowResult"]


class PositionObject(Struct, kw_only=True):
    line: Annotated[int, Meta(description="The line, from 1.")]
    column: Annotated[int, Meta(description="The column in characters, from 1.")]
    offset: Annotated[int, Meta(description="The number of characters before it, from 0.")]


class EditObject(Struct, kw_only=True):
    start: Annotated[int, Meta(description="The offset of the first character that is replaced.")]
    end: Annotated[int, Meta(description="The offset after the last character that is replaced.")]
    text: str


class FixObject(Struct, kw_only=True):
    title: str
    safety: Annotated[str, Meta(description="`safe` or `unsafe`.")]
    edits: list[EditObject]
    left_out: Annotated[int, Meta(description="The number of edits that were too long to be returned.")] = 0


class RelatedObject(Struct, kw_only=True):
    message: str
    start: PositionObject
    end: PositionObject
    path: Annotated[str, Meta(description="The path of a file beside the card; absent for the card itself.")] = ""


class FindingObject(Struct, kw_only=True):
    rule: str
    group: str
    severity: Annotated[str, Meta(description="`error`, `warning` or `note`.")]
    message: str
    path: str
    start: PositionObject
    end: PositionObject
    related: list[RelatedObject]
    fix: FixObject | None
    help: str


class TroubleObject(Struct, kw_only=True):
    path: str
    message: str


class _Report(Struct, kw_only=True):
    """A report: its counts, the most severe findings, and errors about files that could not be linted."""

    schema_version: int
    cardlint_version: str
    summary: Counts
    findings: list[FindingObject]
    errors: list[TroubleObject]
    left_out: Annotated[int, Meta(description="The number of findings that are not in `findings`.")]
    errors_left_out: Annotated[int, Meta(description="The number of errors that are not in `errors`.")]


class CheckResult(_Report, kw_only=True):
    """The report of cards."""

    notes: Annotated[list[str], Meta(description="Remarks about the configuration.")]


class FixResult(_Report, kw_only=True):
    """The report of a fixed card, and the changes."""

    path: str
    changed: Annotated[bool, Meta(description="True if there are fixes.")]
    written: Annotated[bool, Meta(description="True if the card was written.")]
    fixed: Annotated[int, Meta(description="The number of fixes applied.")]
    refused: Annotated[list[str], Meta(description="Fixes that were not applied, with the reason.")]
    diff: Annotated[str, Meta(description="The changes as a unified diff.")]
    diff_left_out: Annotated[int, Meta(description="The number of lines at the end of `diff` that were left out.")]
    text: Annotated[str | None, Meta(description="The fixed text, if the call was about a text that changed.")]


class ExplainResult(Struct, kw_only=True):
    """The page of a rule."""

    name: str
    group: str
    severity: str
    severities: list[str]
    profiles: dict[str, str]
    default: bool
    fix: str | None
    summary: str
    description: str
    options: list[dict[str, Any]]


class ShowResult(Struct, kw_only=True):
    """A parsed card; a call that names `parts` gets only these."""

    schema_version: int = 1
    path: str = ""
    metadata: dict[str, Any] | None = None
    blocks: list[Any] = []
    generator: str | None = None
    sections: list[Any] = []
    claims: list[Any] = []
    training: dict[str, Any] = {}
    unattributed: list[Any] = []
    repository: list[Any] = []
    left_out: Annotated[
        dict[str, int],
        Meta(description="The parts that were too long, each with the number of entries that are left out."),
    ] = {}
