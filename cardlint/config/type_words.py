"""The words that messages use for types of settings and for values of TOML."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

from cardlint.config.setting_types import bare, is_array, is_table, word_for

__all__ = ["SCALARS", "expected", "kind_of"]

SCALARS = {bool: "`true` or `false`", int: "an integer", float: "a number", str: "a string"}
_SEVERAL = {int: "integers", float: "numbers", str: "strings"}


def expected(type_: Any) -> str:
    """Return the words for a value of a type, such as "an array of globs"; an empty string if there are none."""
    kind = bare(type_)
    if get_origin(kind) is Literal:
        return f"one of {', '.join(f'`{word}`' for word in get_args(kind))}"
    if words := word_for(type_, "one"):
        return words
    if is_array(kind):
        return f"an array of {_several(get_args(kind)[0])}"
    if is_table(kind):
        return "a table of {} and {}".format(*map(_several, get_args(kind)))
    return SCALARS.get(kind, "")


def _several(type_: Any) -> str:
    """Return the words for values of a type, such as "arrays of globs"."""
    kind = bare(type_)
    if words := word_for(type_, "many"):
        return words
    if is_array(kind):
        return f"arrays of {_several(get_args(kind)[0])}"
    return _SEVERAL.get(kind, "values")


def kind_of(value: object) -> str:
    """Return the words for the kind of a value that TOML has given, such as "an array"."""
    for kinds, words in (
        (bool, "a boolean"),
        (int, "an integer"),
        (float, "a float"),
        (str, "a string"),
        (list, "an array"),
        (dict, "a table"),
    ):
        if isinstance(value, kinds):
            return words
    return "a date or time"
