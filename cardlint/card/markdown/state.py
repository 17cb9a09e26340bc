"""The state of mistune's block parser in one container, which knows the lines of the whole text."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Protocol

from mistune import BlockState

from cardlint.card.markdown.tree import Block, ListItem
from cardlint.lazy_regex import LazyPattern
from cardlint.source import line_starts

__all__ = ["ContainerState", "Token"]

Token = dict[str, Any]
"""A block token of mistune; `start` and `end` are offsets in the text of its state."""

_BLANKS = {" ", "\t"}
_BLANK_LINE = LazyPattern(r"\n[ \t]+(?![^\n])")


class Builder(Protocol):
    """The methods that convert the tokens of a container as soon as they are complete, since they take more memory."""

    def build(self, state: ContainerState, tokens: Sequence[Token]) -> None: ...
    def blocks(self, state: ContainerState) -> tuple[Block, ...]: ...
    def list_item(self, state: ContainerState, child: ContainerState) -> ListItem: ...


class ContainerState(BlockState):
    """The state of one container; `first_line` is the line of the whole text at which its own text begins."""

    def __init__(self, builder: Builder, parent: ContainerState | None = None) -> None:
        super().__init__(parent)
        self.builder = builder
        # those of tokens that are complete
        self.blocks: list[Block] = []
        self.first_line = 0
        # of a list item: the line of its marker
        self.marker_line = 0
        # the line where the next child opens
        self.child_line = 0
        # of the last quote
        self.quote: ContainerState | None = None
        # mistune keeps the blank lines of one text here and, with two texts in turns, would search them again each time
        self.env = {"ref_links": self.env["ref_links"]}
        # true if no formula ends below the cursor
        self.no_math_end = False
        # true while a quote's lines are gathered: a block that ends the quote is detected, but parsed after the quote
        self.looks_ahead = False
        # of a list item: the column where its content begins; a line further left continues it lazily
        self.content_column = 0
        # the difference between offsets in the card and in this state's text, if it is the same for all
        self.shift: int | None = None

    def process(self, src: str) -> None:
        # mistune reads a line of five spaces as code
        text = _BLANK_LINE.sub("\n", "\n" + src)[1:] if src[:1] in _BLANKS or "\n " in src or "\n\t" in src else src
        super().process(text)

    @cached_property
    def line_starts(self) -> array[int]:
        return line_starts(self.src)

    def line_at(self, offset: int) -> int:
        """Return the line of the whole text for `offset` in this state's text."""
        return self.first_line + bisect_right(self.line_starts, offset) - 1

    def line(self, line: int) -> tuple[int, int]:
        """Return the offsets of a line of the whole text in this state's text, line end excluded."""
        index = line - self.first_line
        last = index + 1 >= len(self.line_starts)
        return self.line_starts[index], len(self.src) if last else self.line_starts[index + 1] - 1

    def child_state(self, src: str, lazy_line_starts: set[int] | None = None) -> ContainerState:
        self.quote = self.child_at(src, self.child_line, lazy_line_starts)
        return self.quote

    def child_at(self, src: str, line: int, lazy_line_starts: set[int] | None = None) -> ContainerState:
        """Create the state of a container inside this one; its text begins on `line` of the whole text."""
        child = ContainerState(self.builder, self)
        child.process(src)
        child.lazy_line_starts = lazy_line_starts or child.lazy_line_starts
        child.first_line = child.marker_line = line
        child.shift = self._shift_of(child)
        return child

    def _shift_of(self, child: ContainerState) -> int | None:
        """Return the difference between offsets in the card and in a child's text; known for a child of one line."""
        length = len(child.src) - child.src.endswith("\n")
        if self.shift is None or not length or child.src.find("\n", 0, length) >= 0:
            return None
        start, end = self.line(child.first_line)
        # a tab that became spaces makes the child's line longer
        return end - length + self.shift if length <= end - start else None

    def is_lazy(self, offset: int) -> bool:
        """Return True if the line at `offset` continues a paragraph without its containers' markers or indentation."""
        state: ContainerState | None = self
        line = self.line_at(offset)
        while state is not None and state.parent is not None:
            if state.line(line)[0] in state.lazy_line_starts:
                return True
            if state.content_column:
                start, end = state.parent.line(line)
                text = state.parent.src[start:end].expandtabs(4)
                if len(text) - len(text.lstrip(" ")) < state.content_column:
                    return True
            state = state.parent
        return False

    def build_blocks(self) -> None:
        """Convert all tokens but the last, which the next lines may continue or change."""
        *complete, last = self.tokens
        self.tokens = [last]
        self.builder.build(self, complete)

    def append_token(self, token: Token) -> None:
        token.setdefault("start", self.cursor)
        self.tokens.append(token)

    # Paragraphs are kept as extents: joining their text line by line would take quadratic time for a long one.
    def extend_paragraph(self, end: int) -> None:
        """Add the text from the cursor to `end` to the last paragraph, or to a new one."""
        if self.tokens and self.tokens[-1]["type"] == "paragraph":
            self.tokens[-1]["end"] = end
        else:
            self.tokens.append({"type": "paragraph", "start": self.cursor, "end": end})

    def append_paragraph(self) -> int | None:
        last = self.last_token()
        if last is None or last["type"] != "paragraph":
            return None
        end = self.find_line_end()
        last["end"] = end
        return end
