"""The work of `cardlint server`: start the language server, if its library is installed."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout

from cardlint.commands.installation import MissingExtraError, install_command
from cardlint.rule_definition import Rule
from cardlint.run.judge import RunOptions

__all__ = ["serve"]


def serve(options: RunOptions, rules: Mapping[str, Rule]) -> int:
    """Answer an editor on standard input and output until it exits; return 0 if it shut the server down before.

    Raises:
        MissingExtraError: pygls is not installed.
    """
    try:
        import pygls  # noqa: F401
    except ModuleNotFoundError as error:
        install = install_command("server")
        raise MissingExtraError(f"`cardlint server` needs pygls; install it with {install}") from error
    from cardlint.server.server import make_server

    server = make_server(options, rules)
    # a rule may print, which must not get between two messages; pygls closes the stream it is given
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out, redirect_stdout(sys.stderr):
        server.start_io(stdout=out)
    return 0 if server.was_shut_down else 1
