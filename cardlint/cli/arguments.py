"""The subcommands, and the first words of the command line: `cardlint README.md` is `cardlint check README.md`."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from importlib import import_module

from cardlint.source import HUB, STANDARD_INPUT
from cardlint.wording import visible

__all__ = ["COMMANDS", "UnknownCommandError", "function_of", "with_command"]

COMMANDS = {
    "check": "check",
    "show": "show",
    "disclose": "disclose",
    "suggest": "suggest",
    "rules": "rules",
    "explain": "rules",
    "config": "config",
    "init": "init",
    "server": "server",
    "mcp": "mcp",
    "corpus": "corpus",
}
"""The subcommands in the order of the help, each with the module that defines its function."""

DEFAULT = "check"

# Options of `cardlint` that the default command has too.
_SHARED = ("--verbose", "-v", "--debug")
_OWN = ("--version", "-V", "--help", "-h", "--install-completion", "--show-completion")
# Words for checking in other tools.
_MEANT = {"lint": "check", "run": "check", "scan": "check", "fix": "check --fix", "format": "check --fix"}
_OF_PATHS = ("/", os.sep, ".", ":", "*")


def function_of(command: str) -> Callable[..., None]:
    """Import the module of a subcommand and return its function; importing all of them would slow down every start."""
    function: Callable[..., None] = getattr(import_module(f"cardlint.cli.{COMMANDS[command]}"), command)
    return function


class UnknownCommandError(ValueError):
    """A first word that is neither a command nor a file; the message names the command that is perhaps meant."""


def with_command(arguments: Sequence[str], commands: Collection[str]) -> list[str]:
    """Return the arguments with `check` in front if they begin with a path or an option of `check`.

    Raises:
        UnknownCommandError: they begin with a word that is neither a command nor a file.
    """
    first = next((argument for argument in arguments if argument not in _SHARED), None)
    if first is None or first in commands or first in _OWN:
        return list(arguments)
    if not (first.startswith("-") or _is_path(first)):
        raise UnknownCommandError(_complaint(first, commands))
    return [DEFAULT, *arguments]


def _is_path(word: str) -> bool:
    """Return True if a word is the name of a file, or can only be meant as a path."""
    return word == STANDARD_INPUT or word.startswith(HUB) or os.path.lexists(word) or any(map(word.count, _OF_PATHS))


def _complaint(word: str, commands: Collection[str]) -> str:
    from cardlint.config.rule_names import closest  # here, since a command line that is right needs none

    meant = _MEANT.get(word) or closest(word, commands)
    advice = f"did you mean `cardlint {meant}`?" if meant else "`cardlint --help` lists the commands"
    return f"`{visible(word)}` is not a command, file or folder; {advice}"
