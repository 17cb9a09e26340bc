"""The help at a place: its findings with their fixes, its key or value in the metadata, and the pages of rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lsprotocol import types

from cardlint.finding import Finding
from cardlint.lazy_regex import LazyPattern
from cardlint.reporters.markdown.escaping import code, fenced, plain_prose
from cardlint.reporters.rule_page import markdown_page, text_page
from cardlint.reporters.terminal.difference import compare
from cardlint.rule_definition import Rule
from cardlint.server.completion import meaning_of
from cardlint.server.document import Document
from cardlint.server.key_help import key_help
from cardlint.server.messages import Abilities, range_of, touched_by
from cardlint.server.yaml_lines import key_of, line_at, path_of
from cardlint.source import Span, without_surrogates

__all__ = ["hover_at"]

_WORD = LazyPattern(r"[\w.+-]+")


def hover_at(document: Document, offset: int, rules: Mapping[str, Rule], abilities: Abilities) -> types.Hover | None:
    """Return the findings at an offset with their fixes, help about its key, and the pages of the rules, if any."""
    found = list(touched_by(document, offset, offset))
    names = [name for name in dict.fromkeys(finding.rule.name for finding in found) if name in rules]
    parts = [_explained(document, finding, markdown=abilities.markdown) for finding in found]
    metadata = _metadata_at(document, offset, markdown=abilities.markdown)
    if metadata is not None:
        parts.append(metadata[1])
    if not parts:
        return None
    span = found[0].span if found else metadata[0] if metadata else Span(offset, offset)
    if abilities.markdown:
        text = "\n\n---\n\n".join([*parts, *(markdown_page(rules[name]) for name in names)])
        kind = types.MarkupKind.Markdown
    else:
        text = "\n\n".join([*parts, *(text_page(rules[name]) for name in names)])
        kind = types.MarkupKind.PlainText
    return types.Hover(types.MarkupContent(kind, text), range_of(document.places, span))


def _metadata_at(document: Document, offset: int, *, markdown: bool) -> tuple[Span, str] | None:
    """Return the place of the key or value at an offset and help about it, or None if there is nothing to say."""
    line = line_at(document.places, offset)
    if line is None:
        return None
    text = document.source.text
    path, place = path_of(line), line.key
    if place is not None:
        path = (*path, text[place.start : place.end])
        key = key_of(path)
        if place.start <= offset <= place.end:
            return None if key is None else (place, key_help(path, key, markdown=markdown))
    for match in _WORD.finditer(line.text):
        word = Span(line.start + match.start(), line.start + match.end())
        if word.start <= offset <= word.end:
            meaning = meaning_of(path, match[0])
            return (word, f"{code(match[0]) if markdown else match[0]}: {meaning}") if meaning else None
    return None


def _explained(document: Document, finding: Finding, *, markdown: bool) -> str:
    """Return the severity, message, help and fix of a finding."""
    problem, mask = finding.problem, document.mask
    prose = plain_prose if markdown else str
    word, name = finding.severity.label, finding.rule.name
    advice, *lines = mask.text(problem.help).split("\n")
    heading = f"**{word}** {code(name)}" if markdown else f"{word} {name}"
    parts = [f"{heading}: {prose(mask.text(problem.message))}", prose(advice), _lines(lines, "yaml", markdown=markdown)]
    if problem.fix is not None:
        rows = [f"{row.sign} {row.text}" for row in compare(finding, problem.fix, mask).rows]
        title = f"{problem.fix.safety.value.capitalize()} fix: {prose(mask.text(problem.fix.title))}"
        parts += [title, _lines(rows, "diff", markdown=markdown)]
    return without_surrogates("\n\n".join(filter(None, parts)))


def _lines(lines: Sequence[str], language: str, *, markdown: bool) -> str:
    return fenced(lines, language) if lines and markdown else "\n".join(lines)
