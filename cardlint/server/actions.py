"""Code actions for findings: their fixes, all safe fixes at once, and suppressions.

Editors ask for actions at every move of the cursor, and each edit is proved by linting the card again. So the edit is
computed when the action is chosen, if the editor can ask for it then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import product

from lsprotocol import types
from msgspec import Struct, ValidationError, convert, to_builtins

from cardlint.finding import Edit, Finding, Safety
from cardlint.reporters.masking import common_ends
from cardlint.server.document import Document, Scope
from cardlint.server.messages import Abilities, diagnostic_of, grouped, range_of, touched_by
from cardlint.source import Span

__all__ = ["FIX_ALL", "KINDS", "Choice", "actions_for", "difference", "read_choice", "resolved"]

FIX_ALL = "source.fixAll.cardlint"
KINDS: tuple[str, ...] = (types.CodeActionKind.QuickFix, FIX_ALL)

# The findings in a menu: a longer menu is not useful, and each entry takes time to prove.
_MOST = 20
# Changes that span more lines than this are sent as a single edit.
_LINES_COMPARED = 4000


class Choice(Struct, frozen=True):
    """An action whose edit is not computed yet, for a version of a text.

    `finding` is the index of the finding to fix or, with a scope, to suppress, and `rule` its rule; None means all safe
    fixes.
    """

    uri: str
    version: int
    finding: int | None = None
    rule: str = ""
    scope: Scope | None = None


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
        fix = finding.problem.fix
        if fix is not None and (self.abilities.resolves_edits or self.document.fix(finding)):
            safe = fix.safety is Safety.SAFE
            title = self.document.mask.text(fix.title) + ("" if safe else " (unsafe: review the change)")
            yield self._quick(title, finding, preferred=safe)

    def suppress(self, findings: Sequence[Finding]) -> Iterator[types.CodeAction]:
        """Yield actions that add suppression comments; a comment for several findings of a rule is offered once."""
        offered: dict[tuple[Edit, ...], tuple[Finding, Scope]] = {}
        for finding, scope in product(findings, Scope):
            edits = self._comment(finding, scope)
            if edits:
                offered.setdefault(edits, (finding, scope))
        for finding, scope in offered.values():
            yield self._quick(f"Suppress {finding.rule.name} {scope.value}", finding, scope)

    def _comment(self, finding: Finding, scope: Scope) -> tuple[Edit, ...]:
        """Return the edits of a suppression, which are not proved yet if they are computed again on choice."""
        if self.abilities.resolves_edits:
            return next(self.document.comments(finding, scope), ())
        return self.document.suppression(finding, scope)

    def fix_all(self, *, at_once: bool) -> Iterator[types.CodeAction]:
        """Yield the action that applies all safe fixes; `at_once` with its edit."""
        later = self.abilities.resolves_edits and not at_once
        choice = self._choice()
        edit = None if later else self.edit(choice)
        if edit is not None or (later and self.document.has_safe_fixes):
            yield types.CodeAction(
                "cardlint: apply all safe fixes", kind=FIX_ALL, edit=edit, data=to_builtins(choice) if later else None
            )

    def edit(self, choice: Choice) -> types.WorkspaceEdit | None:
        """Return the edit of an action, or None if there is none without harm."""
        edits = self._edits(choice)
        if not edits:
            return None
        made = [types.TextEdit(range_of(self.document.places, edit.span), edit.text) for edit in edits]
        if self.abilities.versioned_edits:
            return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(self.identifier, list(made))])
        return types.WorkspaceEdit(changes={self.identifier.uri: made})

    def _edits(self, choice: Choice) -> Sequence[Edit]:
        document = self.document
        if choice.finding is None:
            return tuple(difference(document.source.text, document.fixed.text))
        finding = next(iter(document.findings[choice.finding :]), None)
        if finding is None or finding.rule.name != choice.rule:  # another configuration holds now
            return ()
        return document.fix(finding) if choice.scope is None else document.suppression(finding, choice.scope)

    def _choice(self, finding: Finding | None = None, scope: Scope | None = None) -> Choice:
        uri, version = self.identifier.uri, self.identifier.version or 0
        if finding is None:
            return Choice(uri, version)
        return Choice(uri, version, self.document.findings.index(finding), finding.rule.name, scope)

    def _quick(
        self, title: str, finding: Finding, scope: Scope | None = None, *, preferred: bool = False
    ) -> types.CodeAction:
        choice = self._choice(finding, scope)
        later = self.abilities.resolves_edits
        return types.CodeAction(
            title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[self._diagnostic(finding)],
            is_preferred=preferred or None,
            edit=None if later else self.edit(choice),
            data=to_builtins(choice) if later else None,
        )

    def _diagnostic(self, finding: Finding) -> types.Diagnostic:
        """Return the diagnostic that was published for a finding."""
        group = next(group for group in grouped(self.document) if finding in group)
        return diagnostic_of(self.document, self.identifier.uri, group, self.abilities)


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
        actions += maker.fix_all(at_once=bool(asked.context.only))
    return actions


def read_choice(data: object) -> Choice | None:
    """Return the choice that an editor sent back, or None if it is not one."""
    try:
        return convert(data, Choice)
    except ValidationError:
        return None


def resolved(document: Document, choice: Choice, abilities: Abilities) -> types.WorkspaceEdit | None:
    """Return the edit of an action that was chosen, or None if there is none without harm."""
    identifier = types.OptionalVersionedTextDocumentIdentifier(choice.uri, choice.version)
    return _Maker(document, identifier, abilities).edit(choice)


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
