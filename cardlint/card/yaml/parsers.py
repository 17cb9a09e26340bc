"""The two parsers of ruamel.yaml, which yield the same events: the compiled one, and the one in Python.

Only the first is fast, but not every Python has it: ruamel.yaml.clib has no wheels for the newest version, for
processors other than the common ones, and for builds without the global lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

try:
    from _ruamel_yaml import CParser  # type: ignore[import-not-found]  # compiled: no stubs
except ImportError:
    CParser = None

__all__ = [
    "MAX_DEPTH",
    "CParser",
    "Parser",
    "PureParser",
    "RefusedError",
    "first_parser",
    "second_parser",
    "words_of_compiled",
]

MAX_DEPTH = 100
"""The deepest nesting that js-yaml accepts since its version 4.3."""


class RefusedError(Exception):
    """An error for a text that both parsers accept and the Hub does not; offsets are those of the text."""

    def __init__(self, reason: str, start: int, end: int, *, disputed: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.start = start
        self.end = end
        self.disputed = disputed


class Parser(Protocol):
    """A parser that has begun to read a text."""

    def get_event(self) -> Any:
        """Return the next event, or None after the last one."""


def first_parser(text: str) -> Parser:
    """Return the fastest parser that is installed, for a text."""
    return PureParser(text) if CParser is None else CParser(text)


def second_parser(text: str) -> Parser | None:
    """Return the other parser, for a text that the first one refuses; None if there is only one."""
    return None if CParser is None else PureParser(text)


def words_of_compiled(reason: str, context: str) -> tuple[str, int]:
    """Return the compiled parser's words for an error of the one in Python, and how many characters before it begins.

    Its own words are returned as they are; `context` says what was being read.
    """
    if reason.startswith("found unknown escape character '"):
        return "found unknown escape character", 1
    if reason.startswith("expected <block end>, but found"):
        return "did not find expected key" if "mapping" in context else "did not find expected '-' indicator", 0
    if reason == "sequence entries are not allowed here":
        return "block sequence entries are not allowed in this context", 0
    return reason, 0


class PureParser:
    """The parser in Python, with the interface of the compiled one."""

    def __init__(self, text: str) -> None:
        from ruamel.yaml import YAML  # here, because most cards do not need it
        from ruamel.yaml.scanner import Scanner

        class PatientScanner(Scanner):
            """A scanner that accepts keys of any length, and tabs within a line, as js-yaml does."""

            def scan_to_next_token(self) -> None:
                super().scan_to_next_token()
                # at the beginning of a line, where a key may begin, a tab would be indentation
                while self.reader.peek() == "\t" and not self.allow_simple_key:
                    self.reader.forward()
                    super().scan_to_next_token()

            def scan_plain_spaces(self, indent: Any, start_mark: Any) -> Any:
                length = 0
                while self.reader.peek(length) in " \t":
                    length += 1
                between = self.reader.prefix(length)
                if "\t" not in between:
                    return super().scan_plain_spaces(indent, start_mark)
                self.reader.forward(length)
                at_end = self.reader.peek() in "\r\n"
                return super().scan_plain_spaces(indent, start_mark) if at_end else [between]

            def stale_possible_simple_keys(self) -> None:
                # one for each open bracket: deeper than the Hub accepts they only cost time
                if len(self.possible_simple_keys) <= MAX_DEPTH:
                    for key in self.possible_simple_keys.values():
                        if key.line == self.reader.line:
                            key.index = self.reader.index
                super().stale_possible_simple_keys()

        yaml = YAML(typ="safe", pure=True)
        yaml.Scanner = PatientScanner
        self._events: Iterator[Any] = iter(yaml.parse(text))

    def get_event(self) -> Any:
        try:
            return next(self._events, None)
        except (AssertionError, ValueError, OverflowError) as error:
            # a version `%YAML 1.3`, or the escape of a code point beyond the last
            raise RefusedError(str(error), 0, 0) from error
