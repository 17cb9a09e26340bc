"""Protocol messages about findings: diagnostics, and hovers with the pages of rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from lsprotocol import types
from pygls.uris import from_fs_path

from cardlint.config.rule_names import UNUSED_SUPPRESSION
from cardlint.finding import Finding, Related, Severity
from cardlint.reporters.rule_page import markdown_page, text_page
from cardlint.rule_definition import Rule
from cardlint.server.document import Document
from cardlint.server.positions import Places
from cardlint.source import Span, without_surrogates

__all__ = ["NAME", "Abilities", "diagnostic_of", "hover_at", "range_of", "touched_by"]

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
        self.actions = bool(document and document.code_action and document.code_action.code_action_literal_support)
        self.versioned_edits = bool(edits and edits.document_changes)
        self.watches_files = bool(watched and watched.dynamic_registration)


def range_of(places: Places, span: Span) -> types.Range:
    """Return a span as a range of the protocol."""
    return types.Range(types.Position(*places.place(span.start)), types.Position(*places.place(span.end)))


def diagnostic_of(document: Document, uri: str, finding: Finding, abilities: Abilities) -> types.Diagnostic:
    """Return a finding as a diagnostic; the message includes related places that the client cannot show."""
    problem = finding.problem
    related = [_related(document, uri, each) for each in problem.related]
    parts = [problem.message, problem.help]
    if not abilities.related:
        parts += [f"line {each.location.range.start.line + 1}: {each.message}" for each in related]
    page = finding.rule.page
    unnecessary = abilities.unnecessary and finding.rule.name == UNUSED_SUPPRESSION
    return types.Diagnostic(
        range=range_of(document.places, finding.span),
        message=_clean(document, "\n".join(filter(None, parts))),
        severity=_SEVERITIES[finding.severity],
        code=finding.rule.name,
        code_description=types.CodeDescription(page) if page and abilities.links else None,
        source=NAME,
        tags=[types.DiagnosticTag.Unnecessary] if unnecessary else None,
        related_information=related or None if abilities.related else None,
    )


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


def hover_at(document: Document, offset: int, rules: Mapping[str, Rule], abilities: Abilities) -> types.Hover | None:
    """Return the pages of the rules with findings at an offset, or None if there are none."""
    found = list(touched_by(document, offset, offset))
    names = dict.fromkeys(finding.rule.name for finding in found if finding.rule.name in rules)
    if not names:
        return None
    place = range_of(document.places, found[0].span)
    if abilities.markdown:
        pages = "\n\n---\n\n".join(markdown_page(rules[name]) for name in names)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, pages), place)
    plain = "\n\n".join(text_page(rules[name]) for name in names)
    return types.Hover(types.MarkupContent(types.MarkupKind.PlainText, plain), place)
