"""Regular expressions that are compiled when they are first used: a start defines hundreds and uses twenty."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, AnyStr, Generic

__all__ = ["LazyPattern"]


class LazyPattern(Generic[AnyStr]):
    """A regular expression with the methods of `re.Pattern`, compiled when one of them is first called.

    Every match of the expression contains at least one of the `needles`, if there are any: `search` and `finditer` do
    not run the expression over a string without them. They are worth it for an expression that is slow and hardly ever
    matches. A test proves them from the parsed expression.
    """

    def __init__(self, pattern: AnyStr, flags: int = 0, *, needles: tuple[AnyStr, ...] = ()) -> None:
        self.pattern: AnyStr = pattern
        self.needles: tuple[AnyStr, ...] = needles
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[AnyStr]:
        compiled = re.compile(self.pattern, self._flags)
        # on the instance, the compiled pattern's own methods hide those of the class, which then cost nothing
        names = ["match", "fullmatch", "findall", "split", "sub", "subn"]
        if not self.needles:
            names += ["search", "finditer"]
        vars(self).update({name: getattr(compiled, name) for name in names})
        return compiled

    @property
    def flags(self) -> int:
        """The flags that the expression was compiled with, its inline ones too."""
        return self._compiled.flags

    def search(self, string: AnyStr, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[AnyStr] | None:
        """Return the first match, or None."""
        return self._compiled.search(string, pos, endpos) if self._may_match(string) else None

    def finditer(self, string: AnyStr, pos: int = 0, endpos: int = sys.maxsize) -> Iterator[re.Match[AnyStr]]:
        """Return an iterator over the matches that do not overlap."""
        return self._compiled.finditer(string, pos, endpos) if self._may_match(string) else iter(())

    def match(self, string: AnyStr, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[AnyStr] | None:
        """Return the match at the start, or None."""
        return self._compiled.match(string, pos, endpos)

    def fullmatch(self, string: AnyStr, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[AnyStr] | None:
        """Return the match of the whole string, or None."""
        return self._compiled.fullmatch(string, pos, endpos)

    def findall(self, string: AnyStr, pos: int = 0, endpos: int = sys.maxsize) -> list[Any]:
        """Return the text of all matches, or of their groups."""
        return self._compiled.findall(string, pos, endpos)

    def split(self, string: AnyStr, maxsplit: int = 0) -> list[AnyStr | Any]:
        """Return the parts of a string between the matches."""
        return self._compiled.split(string, maxsplit)

    def sub(self, repl: AnyStr | Callable[[re.Match[AnyStr]], AnyStr], string: AnyStr, count: int = 0) -> AnyStr:
        """Return a string with the matches replaced."""
        return self._compiled.sub(repl, string, count)

    def subn(
        self, repl: AnyStr | Callable[[re.Match[AnyStr]], AnyStr], string: AnyStr, count: int = 0
    ) -> tuple[AnyStr, int]:
        """Return a string with the matches replaced, and their number."""
        return self._compiled.subn(repl, string, count)

    def _may_match(self, string: AnyStr) -> bool:
        return not self.needles or any(map(string.__contains__, self.needles))
