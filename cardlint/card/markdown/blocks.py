"""mistune's block parser, extended so that every token knows its position.

mistune gives no positions, so its block parser and state are subclassed here. This works because of two facts: a
container passes its content on line by line, so line k of a child's text is a line of the whole text; and only the
leading white space of a line changes, so any place in it can be found from the line's end. The reference is cmark.
"""

from __future__ import annotations

import re

from mistune import BlockParser as MistuneParser
from mistune import BlockState
from mistune.helpers import HTML_ATTRIBUTES, HTML_TAGNAME

from cardlint.card.markdown.lists import parse_list
from cardlint.card.markdown.state import ContainerState, Token
from cardlint.lazy_regex import LazyPattern

__all__ = ["BlockParser", "split_row", "trim"]

Match = re.Match[str]

# A line that is one whole tag opens an HTML block; such a block cannot interrupt a paragraph, but ends a table.
_TAG_LINE = rf"^ {{0,3}}(?:<{HTML_TAGNAME}{HTML_ATTRIBUTES}[ \t]*/?>|</{HTML_TAGNAME}[ \t]*>)[ \t]*$"
_RAW_TAGS = {"pre", "script", "style", "textarea"}
_RAW_END = LazyPattern(r"</(?:pre|script|style|textarea)>", re.IGNORECASE)

# The delimiter row of a GFM table: `| --- | :-: |`, with or without the outer pipes.
_DELIMITER_ROW = r"^ {0,3}(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$"
_FOOTNOTE = r"^ {0,3}\[\^(?P<footnote_label>[^\]\s]{1,500})\]:[ \t]*"
# A formula on one line, or the line that opens a formula of several lines.
_MATH_LINE = r"^ {0,3}\$\$(?:(?P<formula>[^\n]*?)\$\$)?[ \t]*(?:\n|$)"
_MATH_END = LazyPattern(r"^\$\$[ \t]*(?:\n|\Z)", re.MULTILINE)
_NO_ROW = LazyPattern(r"[ \t\v\f]*(?:\|[ \t\v\f]*)?(?:\n|$)")
_MANY = 100  # tokens that are kept as they are
_BLANK_LINE: Token = {"type": "blank_line"}
_CELL_END = LazyPattern(r"(?<!\\)(?:\\\\)*\|")

# The blocks that a line can open, by its first character after the indentation. Trying all of them is slow.
_OPENED_BY = {
    "`": ["fenced_code"],
    "~": ["fenced_code"],
    "#": ["atx_heading"],
    "=": ["setex_heading"],
    "-": ["setex_heading", "thematic_break", "list", "table"],
    "_": ["thematic_break"],
    "*": ["thematic_break", "list"],
    "+": ["list"],
    "0": ["list"],
    ">": ["block_quote"],
    "$": ["block_math"],
    "[": ["footnote", "ref_link"],
    "<": ["raw_html"],
    "|": ["table"],
    ":": ["table"],
    "\n": ["blank_line"],
    "\v": ["blank_line"],
    "\f": ["blank_line"],
}

# The blocks that end a table or a footnote's text without a blank line before them.
_INTERRUPTING = [
    "fenced_code",
    "indent_code",
    "atx_heading",
    "thematic_break",
    "block_quote",
    "block_math",
    "list",
    "block_html",
    "footnote",
]


class BlockParser(MistuneParser):
    """mistune's block parser with spans, and with its own tables, footnotes and formulas."""

    def __init__(self) -> None:
        super().__init__()
        self.register("block_math", _MATH_LINE, BlockParser.parse_block_math, before="list")
        self.register("footnote", _FOOTNOTE, BlockParser.parse_footnote, before="ref_link")
        # last, as in cmark: every other block takes precedence over a table
        self.register("table", _DELIMITER_ROW, BlockParser.parse_table, before="blank_line")
        self.specification["tag_line"] = _TAG_LINE
        self.block_quote_rules = self.list_rules = self.rules
        self._openers: dict[str, re.Pattern[str] | None] = {}

    def parse(self, state: BlockState, rules: list[str] | None = None) -> None:
        """Parse line by line, as mistune does, but try only the blocks that a line's first character can open."""
        assert isinstance(state, ContainerState)
        allowed = self.rules if rules is None else rules
        while state.cursor < state.cursor_max:
            end = self._parse_opener(state, allowed)
            if not end:
                end = state.find_line_end()
                state.extend_paragraph(end)
            state.cursor = end
            # the tokens of an item are counted when all are there
            if len(state.tokens) > _MANY and not state.content_column:
                state.build_blocks()

    def _parse_opener(self, state: ContainerState, allowed: list[str]) -> int | None:
        """Return the end of the block that opens at the cursor, or None if the line belongs to a paragraph."""
        src, cursor = state.src, state.cursor
        first = src[cursor]
        if first == "\n":  # more than half of all blocks are blank lines
            state.tokens.append(_BLANK_LINE)
            end = cursor + 1
            while src.startswith("\n", end):
                end += 1
            return end
        if first in " \t":
            code_end = self._parse_indent_code_fast(state)
            if code_end is not None:
                return code_end
            first = state.get_line(cursor).lstrip(" \t")[:1] or "\n"
        opener = self.opener(first)
        match = opener.match(src, cursor) if opener is not None else None
        if match is None or match.lastgroup not in allowed:
            return None
        return self.parse_method(match, state)

    def opener(self, first: str) -> re.Pattern[str] | None:
        """Return the expression for the blocks that a line with this first character can open, or None."""
        if first not in self._openers:
            names = _OPENED_BY.get("0" if first.isdecimal() else first)
            self._openers[first] = self.compile_sc(names) if names else None
        return self._openers[first]

    def parse_method(self, m: Match, state: BlockState) -> int | None:
        assert isinstance(state, ContainerState)
        if state.looks_ahead:
            return None if self.is_text(m) else state.cursor
        count = len(state.tokens)
        end = self._methods[m.lastgroup or ""](m, state)
        if len(state.tokens) > count:
            state.tokens[-1].setdefault("end", end or state.cursor)
        elif m.lastgroup == "setex_heading" and end:
            state.tokens[-1]["end"] = end
        return end

    @staticmethod
    def is_text(m: Match) -> bool:
        """Return True for a match that is not a block: a fence of back-ticks with a back-tick after it."""
        return m.lastgroup == "fenced_code" and m["fenced_2"][0] == "`" and "`" in m["fenced_3"]

    def rules_inside(self, state: ContainerState) -> list[str]:
        """Return the rules for a container in this state's text; below a certain depth no container may open."""
        if state.depth() < self.max_nested_level - 1:
            return self.rules
        return [rule for rule in self.rules if rule not in {"footnote", "list", "block_quote"}]

    def parse_atx_heading(self, m: Match, state: BlockState) -> int:
        # mistune extracts the text here, which takes quadratic time if it has many spaces
        state.append_token({"type": "heading", "attrs": {"level": len(m["atx_1"])}, "style": "atx"})
        return m.end() + 1

    def parse_raw_html(self, m: Match, state: BlockState) -> int | None:
        if m.group().strip()[1:].lower() in _RAW_TAGS:
            # mistune searches for the closing tag in lower case only
            close = _RAW_END.search(state.src, m.end())
            state.append_token({"type": "block_html"})
            return state.find_line_end_at(close.end()) if close else state.cursor_max
        start = state.cursor
        end = super().parse_raw_html(m, state)
        if end and state.tokens and state.tokens[-1]["type"] == "block_html" and "end" not in state.tokens[-1]:
            state.tokens[-1]["start"] = start
        return end

    def parse_block_quote(self, m: Match, state: BlockState) -> int:
        assert isinstance(state, ContainerState)
        state.child_line = state.line_at(m.start())
        end = super().parse_block_quote(m, state)
        assert state.quote is not None
        quote = state.tokens[-1]
        quote |= {"start": m.start(), "blocks": state.builder.blocks(state.quote)}
        del quote["children"]
        state.quote = None
        return end

    def extract_block_quote(self, m: Match, state: BlockState) -> tuple[str, int | None, set[int]]:
        # mistune parses a block that ends a quote inside the quote; alternating quotes and lists nest without end
        assert isinstance(state, ContainerState)
        state.looks_ahead = True
        text, _, lazy_line_starts = super().extract_block_quote(m, state)
        state.looks_ahead = False
        return text, None, lazy_line_starts

    def parse_list(self, m: Match, state: BlockState) -> int:
        assert isinstance(state, ContainerState)
        return parse_list(self, m, state)

    def parse_block_math(self, m: Match, state: BlockState) -> int | None:
        assert isinstance(state, ContainerState)
        end: Match | None = m
        if m["formula"] is None:
            end = None if state.no_math_end else _MATH_END.search(state.src, m.end())
            if end is None:
                state.no_math_end = True
                return None
        state.append_token({"type": "math"})
        return end.end() if end else None

    def parse_footnote(self, m: Match, state: BlockState) -> int:
        """Parse a definition: the rest of its line, lines indented by four columns, and lazily continued text."""
        assert isinstance(state, ContainerState)
        start = state.cursor
        end = state.find_line_end()
        # the label becomes white space, which paragraphs drop, so the columns stay the same
        text = state.src[m.end() : end]
        blank = False
        lazy_break = self.compile_sc(_INTERRUPTING)
        while end < state.cursor_max:
            line = state.get_line(end)
            if not line.strip():
                blank = True
            elif line.startswith(("    ", "\t")):
                blank = False
                line = line[4:] if line[0] == " " else line[1:]
            elif blank or lazy_break.match(state.src, end):
                break
            end += len(state.get_line(end))
            text += line
        child = state.child_at(text, state.line_at(start))
        self.parse(child, self.rules_inside(state))
        blocks = state.builder.blocks(child)
        state.tokens.append({"type": "footnote", "start": start, "label": m.group("footnote_label"), "blocks": blocks})
        return end

    def _interrupts_table(self, state: ContainerState, offset: int) -> bool:
        """Return True if another block begins on this line; a line that begins with a pipe is a row, and most do."""
        if state.src.startswith("|", offset):
            return False
        return self.compile_sc([*_INTERRUPTING, "tag_line"]).match(state.src, offset) is not None

    def parse_table(self, m: Match, state: BlockState) -> int | None:
        """Make a table of a delimiter row and the last line of the paragraph above, if both have as many cells."""
        assert isinstance(state, ContainerState)
        last = state.last_token()
        if last is None or last["type"] != "paragraph" or last["end"] != m.start() or state.is_lazy(m.start()):
            return None
        header = state.src.rfind("\n", last["start"], m.start() - 1) + 1 or last["start"]
        header = max(header, last["start"])
        delimiter = m.group()
        if len(split_row(state.src, header, m.start() - 1)) != len(split_row(delimiter, 0, len(delimiter))):
            return None
        if header == last["start"]:
            state.tokens.pop()
        else:
            last["end"] = header
        rows = []
        end = min(m.end() + 1, state.cursor_max)
        while end < state.cursor_max and not _NO_ROW.match(state.src, end):
            if self._interrupts_table(state, end) or (state.parent is not None and state.is_lazy(end)):
                break
            rows.append(end)
            end = state.find_line_end_at(end)
        state.tokens.append({"type": "table", "start": header, "delimiter": m.start(), "rows": rows, "end": end})
        return end


def split_row(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the offsets of the cells of a table row between `start` and `end`, without the blanks around them."""
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t\v\f":
        end -= 1
    if start < end and text[start] == "|":
        start += 1
    cells = []
    if text.find("\\", start, end) < 0:
        parts = text[start:end].split("|")
        for part in parts if parts[-1] else parts[:-1]:
            begin = start + len(part) - len(part.lstrip(" \t"))
            cells.append((begin, max(start + len(part.rstrip(" \t")), begin)))
            start += len(part) + 1
        return cells
    for match in _CELL_END.finditer(text, start, end):
        cells.append(trim(text, start, match.end() - 1))
        start = match.end()
    if start < end:
        cells.append(trim(text, start, end))
    return cells


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    return start, end
