"""Code that was pasted without a fence: its comments are headings to Markdown."""

from __future__ import annotations

from cardlint.lazy_regex import LazyPattern

__all__ = ["is_code_line"]

_CODE = LazyPattern(
    r"[ \t]*(?:(?:import|from|pip|def|class|return|print|export|git|python)\b|[$>]|!(?!\[)|\w[\w.]*[ \t]*=|\w[\w.]*\()"
)


def is_code_line(line: str) -> bool:
    """Return True if a line begins as code does: with a keyword, a prompt, an assignment or a call."""
    return _CODE.match(line) is not None
