"""Regular expressions that are compiled when they are first used: a start defines a hundred and uses twenty."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

__all__ = ["pattern"]


def pattern(expression: AnyStr, flags: re.RegexFlag | int = 0) -> re.Pattern[AnyStr]:
    """The compiled expression, or rather what becomes it: its methods are found once, and then cost nothing more."""
    return cast("re.Pattern[AnyStr]", _Later(expression, flags))


class _Later:
    def __init__(self, expression: str | bytes, flags: re.RegexFlag | int) -> None:
        self.pattern = expression
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what copying and pickling ask for, before there are any attributes
            raise AttributeError(name)
        value = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, value)  # from now on the attribute is found without a detour
        return value
