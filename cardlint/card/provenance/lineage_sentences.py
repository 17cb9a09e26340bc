"""Statements of a card's paragraphs, lists and tables about the models and datasets that its model was made from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from cardlint.card.links.links import links_of
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import (
    Block,
    BlockQuote,
    Cell,
    Content,
    Heading,
    Html,
    List,
    ListItem,
    Paragraph,
    Table,
)
from cardlint.card.provenance.lineage_grammar import (
    Match,
    announces_merge,
    is_family_label,
    label_relation,
    match_label,
    match_sentence,
    may_state_lineage,
)
from cardlint.card.provenance.lineage_statement import LineageStatement
from cardlint.card.provenance.model_names import CONVERSIONS, Name, is_own
from cardlint.card.provenance.named_text import BARE, MARK, NamedText, may_name, read_named_text
from cardlint.card.provenance.snippets import Load
from cardlint.card.provenance.trainer_sentences import find_trainer_sentences
from cardlint.card.text.own_names import OwnNames, plain_name, prefix_of
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["find_statements"]


_OTHERS_CARD = LazyPattern(
    r"(?i)\boriginal\b.{0,40}\b(?:card|readme|description)\b|\b(?:model )?card\b.{0,20}\bof the original\b"
    r"|原始模型卡|元のモデルカード"
)
_START = LazyPattern(r"(?:\A|(?<=[.!?])\s+|(?<=[\u3002\uff01\uff1f])\s*|\n(?![a-z\ufffb\ufffc]))")
_SENTENCE_END = LazyPattern(r"[.!?](?=\s|$)|[\u3002\uff01\uff1f]|\n\s*\n")
_INTRODUCED = LazyPattern(r"(?:the |this )(?:model |adapter |lora )?")
_THESE_ARE = "these are "
_LEADING = LazyPattern(r"[^\w\ufffb\ufffc\"]+")
# "Based on" a model may speak of its architecture; these words in the paragraph say that the weights are others.
_DOUBT = LazyPattern(
    r"\bfrom scratch\b|\bown (?:[\w-]+ )?(?:vocabulary|tokenizer)|\bscales the\b|\brandom(?:ly)? initiali"
    r"|\bnew vocabulary\b|\bpre-?trained (?:[\w-]+ ){0,3}based on\b|\bsmaller version\b"
    r"|\b(?:was|is|been|and) pre-?trained\b(?! weights)|\bself-supervised\b"
)
_LONGEST = 700  # characters of a sentence


def find_statements(document: Document, own: OwnNames, loads: tuple[Load, ...]) -> Iterator[LineageStatement]:
    """Yield the statements of a document, in the order of the card; `loads` are the models that its code loads.

    A quoted card of the original is left out: it is about the original's origin.
    """
    yield from _Reader(document, own, loads).read()


class _Reader:
    """A pass over the blocks of a document that remembers the heading above and the list around."""

    def __init__(self, document: Document, own: OwnNames, loads: tuple[Load, ...]) -> None:
        self.document = document
        self.own = own
        self.loads = loads

    def read(self) -> Iterator[LineageStatement]:
        relation: str | None = None
        before: Block | None = None
        for block in self.document.blocks:
            if isinstance(block, List) and isinstance(before, Paragraph) and self._announces_merge(before):
                yield from self._below_label(block, "merge")
            before = block
            if isinstance(block, Heading):
                title = self.document.plain(block.content)
                if _OTHERS_CARD.search(title):
                    return
                relation = label_relation(title)
                yield from self._in_content(block.content, is_item=True)
                continue
            found = list(self._in_block(block)) if self._is_worth_reading(block) else []
            if not found and relation:
                found = list(self._below_label(block, relation))
            yield from found

    def _is_worth_reading(self, block: Block) -> bool:
        """Return False for a list or a quotation without a name, whose many small contents need no look."""
        return not isinstance(block, List | BlockQuote) or self._may_name(self.document.source.slice(block.span))

    def _may_name(self, text: str) -> bool:
        return may_name(text, self.document) or "trained from scratch" in text

    def _announces_merge(self, paragraph: Paragraph) -> bool:
        """Return True for a paragraph such as "This model is a merge of the following models:"."""
        text = paragraph.content.text
        if not text.rstrip().endswith(":") or "merg" not in text.lower():
            return False
        named = self._named(paragraph.content)
        lower = named.lower
        sentences = (self._with_own_subject(named, lower, start, len(lower))[0] for start in _starts(named.text))
        return any(announces_merge(sentence.strip()) for sentence in sentences)

    def _in_block(self, block: Block, *, is_item: bool = False) -> Iterator[LineageStatement]:
        match block:
            case Paragraph():
                yield from self._in_content(block.content, is_item=is_item)
            case Html():
                yield from self._in_html(block.content)
            case Table():
                yield from self._in_table(block)
            case List():
                found = [each for item in block.items for each in self._in_block(item)]
                if found and not self._is_family(block):
                    yield from found
            case _:
                for child in block.children:
                    yield from self._in_block(child, is_item=is_item or isinstance(block, ListItem))

    def _is_family(self, block: List) -> bool:
        """Return True for a list of the members of a family, where "Base model" names one of them."""
        for item in block.items:
            if item.blocks and isinstance(item.blocks[0], Paragraph):
                label, colon, value = self.document.plain(item.blocks[0].content).partition(":")
                if colon and value.strip() and is_family_label(label):
                    return True
        return False

    def _in_content(self, content: Content, *, is_item: bool) -> Iterator[LineageStatement]:
        text = content.text
        if not self._may_name(text) or not may_state_lineage(text.lower()):
            return
        links = links_of(content, self.document)
        fixed = list(find_trainer_sentences(content, links))
        yield from fixed
        if fixed:
            return
        named = read_named_text(content, links)
        if named.names:
            yield from self._in_named(named, is_item=is_item)

    def _named(self, content: Content) -> NamedText:
        return read_named_text(content, links_of(content, self.document))

    def _in_html(self, content: Content) -> Iterator[LineageStatement]:
        if "<a" in content.text.lower() and may_state_lineage(content.text.lower()):
            named = self._named(content)
            if named.names:
                yield from self._in_named(named, is_item=True)

    def _in_named(self, named: NamedText, *, is_item: bool) -> Iterator[LineageStatement]:
        """Yield the statements of each line with a label, and of each sentence."""
        lower = named.lower
        done = -1
        for start in _starts(named.text):
            if start < done:
                continue
            end = _end(lower, start)
            written = lower[start:end]
            if (MARK not in written and BARE not in written) or not may_state_lineage(written):
                continue
            match, form, shift = match_label(written), "label", 0
            if match is None or _has_family_label(lower):
                sentence, shift = self._with_own_subject(named, lower, start, end)
                match, form = match_sentence(sentence, is_item=is_item), "prose"
                if match is not None and match.is_doubtful and _DOUBT.search(lower):
                    match = None
            if match is not None:
                yield from self._stated(named, match, form, start, shift)
                done = start + shift + match.end

    def _with_own_subject(self, named: NamedText, lower: str, start: int, end: int) -> tuple[str, int]:
        """Return a sentence in which "this model" replaces the model's own name, and the shift of its characters."""
        sentence = lower[start:end]
        introduced = _INTRODUCED.match(sentence)
        before = introduced.end() if introduced else 0
        rest = named.text[start + before : end]
        length = self.own.prefix(rest) or prefix_of(rest, self._loaded_names)
        if sentence[0] in (MARK, BARE) and self._is_subject(named.names_in(start, start + 1)[0]):
            length, before = 1, 0
        if not length:
            return self._without_own_object(named, sentence, start)
        return f"this model{sentence[before + length :]}", before + length - len("this model")

    def _without_own_object(self, named: NamedText, sentence: str, start: int) -> tuple[str, int]:
        """Return a sentence without the own name in "These are x LoRA weights for y", and the shift."""
        at = len(_THESE_ARE)
        if not sentence.startswith((f"{_THESE_ARE}{MARK} ", f"{_THESE_ARE}{BARE} ")):
            return sentence, 0
        if not self._is_subject(named.names_in(start + at, start + at + 1)[0]):
            return sentence, 0
        return _THESE_ARE + sentence[at + 2 :], 2

    def _is_subject(self, name: Name) -> bool:
        return is_own(self.own, name) or plain_name(name.id or name.text) in self._loaded_names

    @cached_property
    def _loaded_names(self) -> frozenset[str]:
        """The names of the models that the card's code loads: as a subject they are this model."""
        return frozenset(plain_name(load.text) for load in self.loads if load.text) - {""}

    def _stated(self, named: NamedText, match: Match, form: str, start: int, shift: int) -> Iterator[LineageStatement]:
        first, last = start + shift + match.start, start + shift + match.end
        begin = named.offset(start)
        is_bare = named.text[first] == BARE
        for name in named.names_in(first, last):
            if self._is_base(name, match, is_bare=is_bare):
                end = name.span.end if name.link is None else name.link.span.end
                yield LineageStatement(span=Span(begin, end), form=form, base=name, relation=match.relation)

    def _is_base(self, name: Name, match: Match, *, is_bare: bool) -> bool:
        """Return True unless a name is the model's own, or may be that of a dataset, or two words with a slash."""
        if is_own(self.own, name, is_conversion=match.relation in CONVERSIONS):
            return False
        if match.needs_link and name.link is None:
            return False
        return not (is_bare and match.is_loose) or "/" not in name.text or any(map(str.isdigit, name.text))

    def _below_label(self, block: Block, relation: str) -> Iterator[LineageStatement]:
        """Yield the models of a paragraph or list below a heading `Base model` that holds nothing else."""
        contents = [block.content] if isinstance(block, Paragraph) else []
        if isinstance(block, List):
            first = [item.blocks[0] for item in block.items if item.blocks]
            contents = [each.content for each in first if isinstance(each, Paragraph)]
        for content in contents:
            named = self._named(content)
            if named.names and _ITEM.match(named.text) and not is_own(self.own, named.names[0]):
                yield LineageStatement(span=content.span(), form="label", base=named.names[0], relation=relation)

    def _in_table(self, table: Table) -> Iterator[LineageStatement]:
        """Yield the models of rows `Base model | x`, and of a column "Base model" with one row."""
        found = list(self._in_rows(table))
        labels = (self.document.plain(row.cells[0].content) for row in table.rows if row.cells)
        if found and not any(map(is_family_label, labels)):
            yield from found

    def _in_rows(self, table: Table) -> Iterator[LineageStatement]:
        for row in (table.header, *table.rows):
            cells = [cell for cell in row.cells if cell.content.text.strip()]
            if len(cells) == 2:
                yield from self._of_cell(self.document.plain(cells[0].content), cells[1])
        if len(table.rows) == 1 and len(table.header.cells) > 2:
            for title, cell in zip(table.header.cells, table.rows[0].cells, strict=False):
                yield from self._of_cell(self.document.plain(title.content), cell)

    def _of_cell(self, title: str, cell: Cell) -> Iterator[LineageStatement]:
        relation = label_relation(title)
        if relation is None:
            return
        named = self._named(cell.content)
        if len(named.names) == 1 and _NAMED_FIRST.match(named.text) and not is_own(self.own, named.names[0]):
            yield LineageStatement(span=cell.span, form="label", base=named.names[0], relation=relation)


_ITEM = LazyPattern(r"\s*(?:[\w'.+-]{1,30} ){0,5}\(?[\ufffb\ufffc]\)?\s*(?:$|[.,;:(\u2013\u2014|@*x-])")
_NAMED_FIRST = LazyPattern(r"\s*(?:[\w'.+-]{1,30} ){0,5}\(?[\ufffb\ufffc]")


def _has_family_label(text: str) -> bool:
    return any(is_family_label(line.partition(":")[0]) for line in text.split("\n") if ":" in line)


def _starts(text: str) -> Iterator[int]:
    """Yield the places where a sentence or a line begins, after bullets, emoji and other signs."""
    last = -1
    for match in _START.finditer(text):
        leading = _LEADING.match(text, match.end())
        start = leading.end() if leading else match.end()
        if last < start < len(text):
            yield start
            last = start


def _end(text: str, start: int) -> int:
    match = _SENTENCE_END.search(text, start, start + _LONGEST)
    return match.start() if match else min(len(text), start + _LONGEST)
