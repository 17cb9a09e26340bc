"""Findings as diagnostics of the protocol, and the abilities of the client."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lsprotocol import types
from pygls.uris import from_fs_path

from cardlint.config.rule_names import UNUSED_SUPPRESSION
from cardlint.finding import Finding, Related, Severity
from cardlint.server.document import Document
from cardlint.server.positions import Places
from cardlint.source import Span, without_surrogates

__all__ = ["NAME", "Abilities", "diagnostic_of", "grouped", "range_of", "touched_by"]

NAME = "cardlint"

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}


class Abilities:
    """The abilities of the client that change the answers of the server."""

    def __init__(self, capabilities: types.ClientCapabilities | None = None) -> None:
        document = capabilities.text_document if capabilities else None
        workspace = capabilities.workspace if capabilities else None
        diagnostics = document.publish_diagnostics if document else None
        hover = document.hover if document else None
        edits = workspace.workspace_edit if workspace else None
        watched = workspace.did_change_watched_files if workspace else None
        self.related = bool(diagnostics and diagnostics.related_information)
        self.links = bool(diagnostics and diagnostics.code_description_support)
        tags = diagnostics.tag_support if diagnostics else None
        self.unnecessary = bool(tags and types.DiagnosticTag.Unnecessary in tags.value_set)
        kinds = hover.content_format if hover else None
        self.markdown = not kinds or types.MarkupKind.Markdown in kinds
        completion = document.completion.completion_item if document and document.completion else None
        formats = completion.documentation_format if completion else None
        self.completion_markdown = not formats or types.MarkupKind.Markdown in formats
        self.insert_replace = bool(completion and completion.insert_replace_support)
        action = document.code_action if document else None
        self.actions = bool(action and action.code_action_literal_support)
        # the version and the finding are sent back as `data`
        resolved = action.resolve_support if action and action.data_support else None
        self.resolves_edits = bool(resolved and "edit" in resolved.properties)
        self.versioned_edits = bool(edits and edits.document_changes)
        self.watches_files = bool(watched and watched.dynamic_registration)


def range_of(places: Places, span: Span) -> types.Range:
    """Return a span as a range of the protocol."""
    return types.Range(types.Position(*places.place(span.start)), types.Position(*places.place(span.end)))


def grouped(document: Document) -> list[list[Finding]]:
    """Return the findings in groups for one diagnostic each: those about the whole card together, all others alone.

    Findings about the whole card are on the opening fence of the front matter, where an editor would show only one.
    """
    fence = document.card.locate(document.card.front_matter.opening)
    on_fence = [finding for finding in document.findings if len(fence) and finding.span == fence]
    others = [[finding] for finding in document.findings if finding not in on_fence]
    return [on_fence, *others] if on_fence else others


def diagnostic_of(document: Document, uri: str, findings: Sequence[Finding], abilities: Abilities) -> types.Diagnostic:
    """Return findings at one place as a diagnostic; the message includes related places that the client cannot show."""
    finding = max(findings, key=lambda each: each.severity)
    related = [_related(document, uri, each) for finding in findings for each in finding.problem.related]
    parts = [_text(each, named=len(findings) > 1) for each in findings]
    if not abilities.related:
        parts += [f"line {each.location.range.start.line + 1}: {each.message}" for each in related]
    page = finding.rule.page
    unnecessary = abilities.unnecessary and finding.rule.name == UNUSED_SUPPRESSION
    return types.Diagnostic(
        range=range_of(document.places, finding.span),
        message=_clean(document, "\n".join(parts)),
        severity=_SEVERITIES[finding.severity],
        code=", ".join(dict.fromkeys(each.rule.name for each in findings)),
        code_description=types.CodeDescription(page) if page and abilities.links else None,
        source=NAME,
        tags=[types.DiagnosticTag.Unnecessary] if unnecessary else None,
        related_information=related or None if abilities.related else None,
    )


def _text(finding: Finding, *, named: bool) -> str:
    """Return the message and the help of a finding, after the name of its rule if it is one of several."""
    name = f"{finding.rule.name}: " if named else ""
    return "\n".join(filter(None, (f"{name}{finding.message}", finding.problem.help)))


def _related(document: Document, uri: str, related: Related) -> types.DiagnosticRelatedInformation:
    places = document.places
    if related.source is not None and related.source.path != document.source.path:
        uri = from_fs_path(str(Path(related.source.path))) or uri
        places = Places(without_surrogates(related.source.text), document.encoding)
    location = types.Location(uri, range_of(places, related.span))
    return types.DiagnosticRelatedInformation(location, _clean(document, related.message) or "here")


def _clean(document: Document, text: str) -> str:
    return without_surrogates(document.mask.text(text))


def touched_by(document: Document, start: int, end: int) -> Iterator[Finding]:
    """Yield the findings that touch a range; an empty span extends to the end of its word."""
    for finding in document.findings:
        span = finding.span
        reach = span.end if len(span) else _word_end(document.source.text, span.start)
        if span.start <= end and start <= reach:
            yield finding


def _word_end(text: str, start: int) -> int:
    end = start
    while end < len(text) and not text[end].isspace():
        end += 1
    return end
