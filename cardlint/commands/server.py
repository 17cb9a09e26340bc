"""The work of `cardlint server`: start the language server, if its library is installed."""

from __future__ import annotations

from collections.abc import Mapping

from cardlint.commands.installation import MissingExtraError, install_command
from cardlint.commands.protocol_output import protocol_output
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
    with protocol_output() as output:
        server.start_io(stdout=output)
    return 0 if server.was_shut_down else 1
