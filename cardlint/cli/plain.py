"""Plain command lines, which are read without typer: importing it takes half as long as checking a known card.

A command line is plain if it is right and consists of known options, their values and paths. Any other one is read by
typer, which also explains mistakes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from cardlint.cli.declarations import Argument, Option
from cardlint.platform_differences import shell_expands

__all__ = ["VARIABLES", "kind_of", "long_name", "read_plain"]

VARIABLES = "CARDLINT"
"""The beginning of environment variables that set options: `CARDLINT_OUTPUT_FORMAT` is `--output-format`."""

_EXPANDED_BY_TYPER = "*?[~$%"  # where the shell does not


class _NotPlainError(Exception):
    pass


def long_name(parameter: str) -> str:
    """Return the long name of the option that sets a parameter."""
    return f"--{parameter.replace('_', '-')}"


def read_plain(function: Callable[..., None], words: Sequence[str]) -> dict[str, Any] | None:
    """Return the arguments for the function of a command, by name, or None if the command line is not plain.

    A parameter `typed` gets the long names of the options on the command line.
    """
    if not shell_expands() and any(map("".join(words).count, _EXPANDED_BY_TYPER)):
        return None
    hints = {name: hint for name, hint in function.__annotations__.items() if hasattr(hint, "__metadata__")}
    options = {name: hint for name, hint in hints.items() if isinstance(hint.__metadata__[0], Option)}
    if any(f"{VARIABLES}_{name.upper()}" in os.environ for name in options):
        return None
    try:
        values, others = _read_options(options, words)
        paths = next((name for name, hint in hints.items() if isinstance(hint.__metadata__[0], Argument)), "")
        if "typed" in function.__annotations__:
            values["typed"] = frozenset(map(long_name, values))
        if paths or others:
            _add_others(values, paths, hints, others)
    except _NotPlainError:
        return None
    return values


def _read_options(options: dict[str, Any], words: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """Return the values of the options, and the other words."""
    parameters = {long_name(name): name for name in options}
    parameters |= {short: name for name, hint in options.items() if (short := hint.__metadata__[0].short)}
    values: dict[str, Any] = {}
    others: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            others += rest
        elif word == "-" or not word.startswith("-"):
            others.append(word)
        else:
            option, equals, text = word.partition("=")
            if option not in parameters or (equals and not option.startswith("--")):
                raise _NotPlainError
            name = parameters[option]
            kind = kind_of(options[name])
            if kind is bool and not equals:
                values[name] = True
            else:
                _add_value(values, name, kind, text if equals else _next_value(rest))
    return values, others


def _next_value(words: Iterator[str]) -> str:
    word = next(words, "--")
    if word.startswith("-") and word != "-":
        raise _NotPlainError
    return word


def _add_others(values: dict[str, Any], name: str, hints: dict[str, Any], words: Sequence[str]) -> None:
    """Set the positional parameter."""
    kind = kind_of(hints[name]) if name else None
    if kind != list[str] and len(words) != 1:
        raise _NotPlainError
    for word in words:
        _add_value(values, name, kind, word)


def _add_value(values: dict[str, Any], name: str, kind: Any, text: str) -> None:
    if kind == list[str]:
        values.setdefault(name, []).append(text)
    elif name in values:
        raise _NotPlainError
    else:
        values[name] = _value(kind, text)


def _value(kind: Any, text: str) -> Any:
    if kind is str or (get_origin(kind) is Literal and text in get_args(kind)):
        return text
    if kind is Path and (os.access(text, os.R_OK) or not os.path.lexists(text)):
        return Path(text)
    raise _NotPlainError


def kind_of(hint: Any) -> Any:
    """Return the type of a value, without None for an option that is not given."""
    kind = hint.__origin__
    if get_origin(kind) in {Union, UnionType}:
        (kind,) = (each for each in get_args(kind) if each is not NoneType)
    return kind
