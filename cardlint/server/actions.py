"""Code actions for findings: their fixes, all safe fixes at once, and suppressions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from lsprotocol import types

from cardlint.finding import Edit, Finding, Safety
from cardlint.reporters.masking import common_ends
from cardlint.server.document import Document
from cardlint.server.messages import Abilities, diagnostic_of, grouped, range_of, touched_by
from cardlint.source import Span

__all__ = ["FIX_ALL", "KINDS", "actions_for", "difference"]

FIX_ALL = "source.fixAll.cardlint"
KINDS: tuple[str, ...] = (types.CodeActionKind.QuickFix, FIX_ALL)

# The findings in a menu: a longer menu is not useful, and each entry takes time to prove.
_MOST = 20
# Changes that span more lines than this are sent as a single edit.
_LINES_COMPARED = 4000


class _Maker:
    """A maker of code actions for one document."""

    def __init__(
        self,
        document: Document,
        identifier: types.OptionalVersionedTextDocumentIdentifier,
        abilities: Abilities,
    ) -> None:
        self.document = document
        self.identifier = identifier
        self.abilities = abilities

    def fix(self, finding: Finding) -> Iterator[types.CodeAction]:
        edits = self.document.fix(finding)
        fix = finding.problem.fix
        if edits and fix is not None:
            safe = fix.safety is Safety.SAFE
            title = self.document.mask.text(fix.title) + ("" if safe else " (unsafe: review the change)")
            yield self._quick(title, finding, edits, preferred=safe)

    def suppress(self, findings: Sequence[Finding]) -> Iterator[types.CodeAction]:
        """Yield actions that add suppression comments; a comment for several findings of a rule is offered once."""
        offered: dict[tuple[Edit, ...], tuple[str, Finding]] = {}
        for finding in findings:
            name = finding.rule.name
            offered.setdefault(self.document.suppression(finding), (f"Suppress {name} here", finding))
            in_card = self.document.suppression_in_card(finding)
            offered.setdefault(in_card, (f"Suppress {name} in this card", finding))
        for edits, (title, finding) in offered.items():
            if edits:
                yield self._quick(title, finding, edits)

    def fix_all(self) -> Iterator[types.CodeAction]:
        document = self.document
        edits = list(difference(document.source.text, document.fixed.text))
        if edits:
            yield types.CodeAction("cardlint: apply all safe fixes", kind=FIX_ALL, edit=self._edit(edits))

    def _quick(
        self, title: str, finding: Finding, edits: Sequence[Edit], *, preferred: bool = False
    ) -> types.CodeAction:
        return types.CodeAction(
            title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[self._diagnostic(finding)],
            is_preferred=preferred or None,
            edit=self._edit(edits),
        )

    def _diagnostic(self, finding: Finding) -> types.Diagnostic:
        """Return the diagnostic that was published for a finding."""
        group = next(group for group in grouped(self.document) if finding in group)
        return diagnostic_of(self.document, self.identifier.uri, group, self.abilities)

    def _edit(self, edits: Sequence[Edit]) -> types.WorkspaceEdit:
        made = [types.TextEdit(range_of(self.document.places, edit.span), edit.text) for edit in edits]
        if self.abilities.versioned_edits:
            return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(self.identifier, list(made))])
        return types.WorkspaceEdit(changes={self.identifier.uri: made})


def actions_for(
    document: Document,
    identifier: types.OptionalVersionedTextDocumentIdentifier,
    asked: types.CodeActionParams,
    abilities: Abilities,
) -> list[types.CodeAction]:
    """Return the code actions of the requested kinds in the requested range."""
    maker = _Maker(document, identifier, abilities)
    actions: list[types.CodeAction] = []
    if _wants(asked.context.only, types.CodeActionKind.QuickFix):
        places = document.places
        start = places.offset(asked.range.start.line, asked.range.start.character)
        end = places.offset(asked.range.end.line, asked.range.end.character)
        found = list(touched_by(document, start, end))[:_MOST]
        actions += [action for finding in found for action in maker.fix(finding)]
        actions += maker.suppress(found)
    if _wants(asked.context.only, FIX_ALL):
        actions += maker.fix_all()
    return actions


def _wants(only: Sequence[str] | None, kind: str) -> bool:
    """Return True if a kind is requested: by its name, by the start of its name, or if no kind is named."""
    return not only or any(kind == name or kind.startswith(f"{name}.") for name in map(_text, only))


def _text(kind: str) -> str:
    return kind.value if isinstance(kind, types.CodeActionKind) else kind


def difference(before: str, after: str) -> Iterator[Edit]:
    """Yield edits of lines that turn one text into another, so that a cursor outside of them keeps its place."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    first, last = common_ends(old, new)
    old_part, new_part = old[first : len(old) - last], new[first : len(new) - last]
    starts = [sum(map(len, old[:first]))]
    for line in old_part:
        starts.append(starts[-1] + len(line))
    if max(len(old_part), len(new_part)) > _LINES_COMPARED:
        yield Edit(Span(starts[0], starts[-1]), "".join(new_part))
        return
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old_part, new_part, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Edit(Span(starts[start], starts[end]), "".join(new_part[new_start:new_end]))
