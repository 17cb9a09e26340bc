"""The options and arguments of commands, declared without a library: a plain command line is read without one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

__all__ = ["Argument", "Option"]


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """An option in an `Annotated` parameter; the long name is that of the parameter, and a bool takes no value."""

    help: str = ""
    short: str = ""
    panel: str = ""
    metavar: str = ""
    completion: Callable[[str], Any] | None = None
    least: float | None = None
    hidden: bool = False


class Argument(msgspec.Struct, frozen=True, kw_only=True):
    """A positional argument in an `Annotated` parameter."""

    metavar: str
    help: str
    completion: Callable[[str], Any] | None = None
