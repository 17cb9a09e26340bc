"""Convert a value with msgspec, and say in the words of TOML why it cannot be converted."""

from __future__ import annotations

import re
from typing import Any, Literal, get_args, get_origin

from msgspec import ValidationError, convert

from cardlint.config.errors import quoted
from cardlint.config.rule_names import closest
from cardlint.config.setting_types import bare
from cardlint.config.toml_places import KeyPath
from cardlint.config.type_words import SCALARS, expected, kind_of
from cardlint.lazy_regex import LazyPattern

__all__ = ["ConversionError", "converted"]


class ConversionError(ValueError):
    """A value that does not have its type; `path` leads to the error within it, `suggestion` is perhaps meant."""

    def __init__(self, message: str, path: KeyPath = (), suggestion: str | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.suggestion = suggestion


def converted(value: object, type_: Any) -> Any:
    """Return a value as a type has it.

    Raises:
        ConversionError: the value is not of the type.
    """
    try:
        return convert(value, type_)
    except ValidationError as error:
        raise _explained(error, value, type_) from None


def _explained(error: ValidationError, value: object, type_: Any) -> ConversionError:
    kind = bare(type_)
    if get_origin(kind) is Literal and isinstance(value, str):
        return ConversionError(
            f"expected {expected(type_)}, got {quoted(value)}", suggestion=closest(value, get_args(kind))
        )
    message, _, place = str(error).partition(" - at ")
    path = _path(place)
    words = "" if path else expected(type_)
    if words and ", got `" in message:
        return ConversionError(f"expected {words}, got {kind_of(value)}")
    return ConversionError(_TYPE.sub(_in_words, message[0].lower() + message[1:]), path)


_TYPE = LazyPattern(r"`(\w+)`")
_WORDS = {"array": "an array", "object": "a table"} | {type_.__name__: words for type_, words in SCALARS.items()}


def _in_words(match: re.Match[str]) -> str:
    return _WORDS.get(match[1], match[0])


_STEP = LazyPattern(r"\.([^.\[`]+)|\[(\d+)\]")


def _path(place: str) -> KeyPath:
    """Return a path of msgspec's, such as `$.foo[2]`, as keys and indices, up to a key that it leaves out (`[...]`)."""
    steps = _STEP.findall(place.partition("[...]")[0])
    return tuple(int(index) if index else key for key, index in steps)
