r"""The proof that fixes do no harm: outside of their edits, the content of a card is the same before and after.

The checks, in this order:

1. *Bytes.* The new text can be written in the encoding of the file, and is the same text when it is read again.
2. *Flattened cards.* Only line breaks and blanks were lost, so only these may be added: without white space the text is
   the same. Metadata that was readable stays readable. The other checks do not apply, because Markdown and YAML could
   not be parsed before.
3. *Readable metadata.* Metadata that the Hub finds and that is valid YAML stays so. If it was not (no fences, broken
   YAML), there is nothing to compare it with, and all metadata after the fix is new.
4. *Metadata.* Every entry and item that no edit touches is still in its place, shifted by the edits, with equal data.
   If an edit touches one, only the touched part may differ, at every level. New entries and items are allowed only
   where an edit was made.
5. *Blocks.* The same for the blocks of the body, with their kinds and their text.
6. *Errors.* No rule reports an error that it did not report before, and no rule fails. Errors that appear only because
   the metadata has become readable are allowed.

An edit touches every span that it overlaps, and one that it extends on the same line. Replacing one line end by another
touches nothing; values may then differ in white space, since `\r\r\n` is a blank line in YAML.

This module does not prove that a second run changes nothing; `rounds` ends only when no fix is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.card.frontmatter import HUB_BLOCK, FrontMatterState
from cardlint.card.markdown.tree import Block, CodeBlock
from cardlint.card.yaml.nodes import Entry, Mapping, Metadata, Node, Scalar, resolve, same
from cardlint.card.yaml.nodes import Sequence as YamlSequence
from cardlint.finding import Finding, Severity
from cardlint.fixing.edited import Edited
from cardlint.linting.results import CardResult
from cardlint.source import BYTE_ORDER_MARK, Source, Span, read

__all__ = ["LintedCard", "find_harm", "read_back"]


class LintedCard(Struct, frozen=True):
    """A card with its findings."""

    card: Card
    result: CardResult


def read_back(source: Source, text: str) -> Source | None:
    """Return `text` as it is read after writing it in the encoding of the file, or None if it would differ."""
    try:
        written = read(source.encode(text), source.path)
    except UnicodeEncodeError:
        return None
    return written if written.text == text and written.encoding == source.encoding else None


def find_harm(before: LintedCard, after: LintedCard, edited: Edited, applied: Sequence[Finding]) -> str:
    """Return what the edits of the `applied` findings changed by mistake, or an empty text if they did no harm."""
    if before.card.recovery is not None:
        return _harm_to_flattened(before.card, after.card) or _new_bugs(before, after)
    readable = _is_readable(before.card)
    if readable:
        if not _is_readable(after.card):
            return "the metadata would become unreadable"
        changed = next(_Comparison(edited).metadata(before.card.metadata, after.card.metadata), None)
        if changed is not None:
            return f"it would change the metadata elsewhere: {changed}"
    if _is_found(before.card) and not _is_found(after.card):
        return "the Hub would no longer find the metadata"
    block = next(_Comparison(edited).blocks(before.card.body.blocks, after.card.body.blocks), None)
    if block is not None:
        return f"it would change the body elsewhere: {block}"
    return _new_bugs(before, after) or (_new_errors(before, after, applied) if readable else "")


def _harm_to_flattened(before: Card, after: Card) -> str:
    if "".join(before.original.text.split()) != "".join(after.original.text.split()):
        return "more than white space would change"
    if _is_readable(before) and not _is_readable(after):
        return "the metadata would become unreadable"
    return ""


def _is_readable(card: Card) -> bool:
    return card.front_matter.state is FrontMatterState.VALID and card.metadata.error is None


def _is_found(card: Card) -> bool:
    """Return True if the Hub's own expression finds a front matter."""
    return HUB_BLOCK.match(card.original.text.removeprefix(BYTE_ORDER_MARK)) is not None


def _new_bugs(before: LintedCard, after: LintedCard) -> str:
    new = {bug.rule for bug in after.result.bugs} - {bug.rule for bug in before.result.bugs}
    return f"rule `{min(new)}` fails on the result" if new else ""


def _new_errors(before: LintedCard, after: LintedCard, applied: Sequence[Finding]) -> str:
    """Return a new error in words, or ""; an error may replace another one of its rule for which no fix was applied."""
    old, new = Counter(_errors(before)), Counter(_errors(after))
    fixed = Counter((finding.rule.name, finding.message) for finding in applied)
    spare = Counter(name for name, _ in (old - new - fixed).elements())
    for name, message in sorted((new - old).elements()):
        if not spare[name]:
            return f"it would cause a new error, {name}: {message}"
        spare[name] -= 1
    return ""


def _errors(state: LintedCard) -> Iterator[tuple[str, str]]:
    for finding in state.result.findings:
        if finding.severity >= Severity.ERROR:
            yield finding.rule.name, finding.message


class _Comparison(Struct, frozen=True):
    """A comparison of two trees that yields the differences outside of edits.

    Nodes are paired by their start. Nodes whose first character is removed are compared last, because the following
    node may have moved to their place.
    """

    edited: Edited

    def metadata(self, before: Metadata, after: Metadata) -> Iterator[str]:
        yield from self.nodes(before.root, after.root, "")

    def nodes(self, before: Node, after: Node, path: str) -> Iterator[str]:
        match before, after:
            case Mapping(), Mapping():
                yield from self.entries(before, after, path)
            case YamlSequence(), YamlSequence():
                yield from self.items(before, after, path)
            case _ if not self.alike(before, after):
                yield from self.replaced(before, after, path)

    def entries(self, before: Mapping, after: Mapping, path: str) -> Iterator[str]:
        found = {entry.key.span.start: entry for entry in after.entries}
        for entry in sorted(before.entries, key=lambda entry: self.edited.removes(entry.key.span.start)):
            name = f"{path}.{_name(entry)}" if path else _name(entry)
            other = found.pop(self.edited.start(entry.key.span.start), None)
            touched = self.edited.touches(entry.key.span)
            if other is not None and (touched or self.alike(entry.key, other.key)):
                yield from self.nodes(entry.value, other.value, name)
            elif not touched:
                yield f"`{name}` would be lost"
        for entry in found.values():
            if not self.edited.is_new(entry.key.span):
                yield f"`{_name(entry)}` would become a key"

    def items(self, before: YamlSequence, after: YamlSequence, path: str) -> Iterator[str]:
        found = {item.span.start: item for item in after.items}
        for index, item in sorted(enumerate(before.items), key=lambda pair: self.edited.removes(pair[1].span.start)):
            name = f"{path}[{index}]"
            other = found.pop(self.edited.start(item.span.start), None)
            if other is not None:
                yield from self.nodes(item, other, name)
            elif not self.edited.touches(item.span):
                yield f"`{name}` would be lost"
        if not all(self.edited.is_new(item.span) for item in found.values()):
            yield f"`{path}` would get an item"

    def replaced(self, before: Node, after: Node, path: str) -> Iterator[str]:
        """Compare a value whose kind or content has changed: an edit must touch it, and its other parts must remain."""
        if isinstance(before, Scalar) and not len(before.span) and self.edited.is_new(after.span):
            return  # a missing value, which an edit has put in its place
        if not self.edited.touches(before.span):
            yield f"`{path}`" if path else "all of it"
            return
        leaves = {leaf.span.start: leaf for leaf in _leaves(after)}
        for leaf in _leaves(before):
            if not self.edited.touches(leaf.span):
                other = leaves.get(self.edited.start(leaf.span.start))
                if other is None or not self.alike(leaf, other):
                    yield f"`{path}`" if path else "all of it"
                    return

    def alike(self, before: Node, after: Node) -> bool:
        if same(before, after):
            return True
        one, other = resolve(before), resolve(after)
        if not self.edited.line_ends or not isinstance(one, Scalar) or not isinstance(other, Scalar):
            return False
        return one.text.split() == other.text.split()

    def blocks(self, before: Sequence[Block], after: Sequence[Block]) -> Iterator[str]:
        found = {block.span.start: block for block in after}
        touched: list[Span] = []
        for block in sorted(before, key=lambda block: self.edited.removes(block.span.start)):
            other = found.pop(self.edited.start(block.span.start), None)
            is_touched = self.edited.touches(block.span, edges=isinstance(block, CodeBlock) and not block.closed)
            if is_touched:
                touched.append(self.edited.span(block.span))
            elif other is not None and self.equal(block, other):
                continue
            # an edit may add a child at the end of a list or table
            reaches_in = block.children and type(other) is type(block) and self.edited.touches(block.span, edges=True)
            if other is not None and reaches_in:
                yield from self.blocks(block.children, other.children)
            elif not is_touched:
                yield _shown(block)
        for block in found.values():
            if not self.edited.is_new(block.span) and not any(span.covers(block.span) for span in touched):
                yield _shown(block)

    def equal(self, before: Block, after: Block) -> bool:
        """Return True if a block that no edit touches has the same kind, place and children."""
        return (
            type(before) is type(after)
            and self.edited.span(before.span) == after.span
            and len(before.children) == len(after.children)
            and all(map(self.equal, before.children, after.children))
        )


def _name(entry: Entry) -> str:
    return entry.name if entry.name is not None else "?"


def _leaves(node: Node) -> Iterator[Scalar]:
    stack = [node]
    while stack:
        match stack.pop():
            case Mapping() as mapping:
                stack += (part for entry in mapping.entries for part in (entry.key, entry.value))
            case YamlSequence() as sequence:
                stack += sequence.items
            case Scalar() as scalar:
                yield scalar


def _shown(block: Block) -> str:
    kind = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in type(block).__name__).strip()
    return f"a {kind}"
