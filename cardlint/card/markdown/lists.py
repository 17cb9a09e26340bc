"""Lists, parsed with mistune's results and with the line of every item.

mistune builds two long expressions for each item and tries both on each line. Here a line is tried only for the blocks
that its first character can open. A block that ends a list is left to the parser of the text around the list, so that
blocks are found in their order.
"""

from __future__ import annotations

import re
from typing import Protocol

from cardlint.card.markdown.state import ContainerState, Token

__all__ = ["parse_list"]

Match = re.Match[str]

# The blocks that end an item although the line is not indented like the item, by the line's first character.
_ENDED_BY = {
    "-": ["thematic_break", "list"],
    "*": ["thematic_break", "list"],
    "_": ["thematic_break"],
    "+": ["list"],
    "0": ["list"],
    "`": ["fenced_code"],
    "~": ["fenced_code"],
    "#": ["atx_heading"],
    ">": ["block_quote"],
    "<": ["block_html"],
}


class BlockParser(Protocol):
    """The methods of the surrounding text's parser that a list needs."""

    def parse(self, state: ContainerState, rules: list[str]) -> None: ...
    def rules_inside(self, state: ContainerState) -> list[str]: ...
    def compile_sc(self, rules: list[str]) -> re.Pattern[str]: ...
    def is_text(self, m: Match) -> bool: ...


def parse_list(block: BlockParser, m: Match, state: ContainerState) -> int:
    """Parse the list that `m` opens and return its end."""
    marker = m["list_2"]
    number = int(marker[:-1]) if len(marker) > 1 else 1
    if number != 1 or not m["list_3"].strip():
        # an empty item does not interrupt a paragraph, and a list that begins with another number does not either
        end = state.append_paragraph()
        if end:
            return end
    attrs = {"ordered": len(marker) > 1, "start": number}
    token: Token = {"type": "list", "start": m.start(), "items": [], "tight": True, "attrs": attrs}
    opener: Match | None = m
    while opener is not None:
        opener = _parse_item(block, opener, token, state)
    state.tokens.append(token)
    return state.cursor


def _parse_item(block: BlockParser, m: Match, token: Token, state: ContainerState) -> Match | None:
    """Parse one item and return the match that opens the next one."""
    line = state.line_at(m.start())
    width = m.end("list_2") - m.start()
    text, column = _first_text(m["list_3"], width)
    state.cursor = m.end() + 1
    lines, following, is_loose = _gather(block, m, state, bool(text), column)
    child = state.child_at(_without_end(text + "".join(lines)), line if text else line + 1)
    child.marker_line = line
    child.content_column = column
    block.parse(child, block.rules_inside(state))
    if is_loose or _is_loose(child.tokens):
        token["tight"] = False
    token["items"].append(state.builder.list_item(state, child))
    return following


def _first_text(text: str, width: int) -> tuple[str, int]:
    """Return the text after a marker of this width, and the column where the text begins."""
    if not text.strip():
        return "", width + 1
    expanded = _expanded(text, width)
    blanks = len(expanded) - len(expanded.lstrip(" "))
    taken = blanks if blanks < 5 else 1  # five or more are indented code
    return expanded[taken:] + "\n", width + taken


def _gather(
    block: BlockParser, m: Match, state: ContainerState, has_text: bool, column: int
) -> tuple[list[str], Match | None, bool]:
    """Return the other lines of an item, the match that opens the next item, and if a blank line precedes that."""
    lines: list[str] = []
    indent = " " * column
    after_blank = False
    while state.cursor < state.cursor_max:
        raw = state.get_line(state.cursor)
        if raw.endswith("\n") and not raw.strip(" \t\v\f\n"):
            lines.append("\n")
            after_blank = True
        else:
            line = _expanded(raw)
            if line.startswith(indent):
                if after_blank and not has_text:
                    break  # an item begins with at most one blank line
                line = line[column:]
                after_blank = False
            else:
                end = _end_of_item(block, m, state, line)
                if end is not None and _is_next(m, end):
                    return lines, end, after_blank
                if end is not None or after_blank:
                    break
            lines.append(line)
            has_text = True
        state.cursor += len(raw)
    return lines, None, False


def _end_of_item(block: BlockParser, m: Match, state: ContainerState, line: str) -> Match | None:
    """Return the block or item that opens on this line and ends the item that `m` opened."""
    start = line.lstrip(" ")
    if len(line) - len(start) > min(m.end("list_2") - m.start(), 3):
        return None
    names = _ENDED_BY.get("0" if start[:1].isdecimal() else start[:1])
    end = block.compile_sc(names).match(state.src, state.cursor) if names else None
    return None if end is None or block.is_text(end) else end


def _is_next(m: Match, end: Match) -> bool:
    """Return True if the block that ends an item is another item of the same list."""
    return end.lastgroup == "list" and end["list_2"][-1] == m["list_2"][-1]


def _expanded(line: str, column: int = 0) -> str:
    """Replace the leading tabs of a line by spaces up to every fourth column; the line begins at `column`."""
    if line[:1] not in {" ", "\t"}:
        return line
    rest = line.lstrip(" \t")
    blanks = line[: len(line) - len(rest)]
    if "\t" not in blanks:
        return line
    end = column
    for blank in blanks:
        end += 1 if blank == " " else 4 - end % 4
    return " " * (end - column) + rest


def _without_end(text: str) -> str:
    """Remove the blank lines at the end of a text."""
    end = len(text.rstrip())
    line_end = text.find("\n", end)
    return text if line_end < 0 else text[: line_end + 1]


def _is_loose(tokens: list[Token]) -> bool:
    """Return True if blank lines separate the blocks of an item."""
    kinds = [token["type"] for token in tokens]
    return "blank_line" in kinds or kinds.count("paragraph") > 1
