"""`cardlint server`: starts the language server, if what it is built on is installed."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout

from cardlint.rule_definition import Rule
from cardlint.run.judge import RunOptions

__all__ = ["MissingExtraError", "serve"]


class MissingExtraError(Exception):
    """The packages that a command needs beyond those that come with cardlint are not there."""


def serve(options: RunOptions, rules: Mapping[str, Rule]) -> int:
    """Answer an editor on standard input and output until it leaves; 0 if it said so before.

    Raises:
        MissingExtraError: pygls is not installed.
    """
    try:
        import pygls  # noqa: F401
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            "`cardlint server` needs pygls, which comes with the extra `server`: pip install 'cardlint[server]'"
        ) from error
    from cardlint.server.server import make_server

    server = make_server(options, rules)
    # what a rule prints must not stand between two messages, and pygls closes what it writes to
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out, redirect_stdout(sys.stderr):
        server.start_io(stdout=out)
    return 0 if server.was_shut_down else 1
