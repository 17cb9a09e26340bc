"""The work of `cardlint mcp`: start the server of tools, if its library is installed."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

from cardlint.commands.installation import MissingExtraError, install_command
from cardlint.commands.protocol_output import protocol_output
from cardlint.commands.rules import explain_rule
from cardlint.commands.show.show import show_json
from cardlint.commands.usage import UsageError
from cardlint.files.write import WRITING
from cardlint.platform_differences import ending_signals
from cardlint.rule_definition import Rule
from cardlint.run.judge import RunOptions
from cardlint.wording import visible

__all__ = ["serve"]


def serve(folders: Sequence[Path], options: RunOptions, rules: dict[str, Rule]) -> None:
    """Answer a client on standard input and output until it closes the input.

    It may read the cards in `folders`, or in the working folder if there are none.

    Raises:
        MissingExtraError: the SDK of the protocol is not installed.
        UsageError: one of the folders does not exist, or none is named in the root of the file system.
    """
    places = _places(folders)
    try:
        import mcp  # noqa: F401
    except ModuleNotFoundError as error:
        install = install_command("mcp")
        raise MissingExtraError(f"`cardlint mcp` needs the package mcp; install it with {install}") from error
    from cardlint.mcp.fence import Fence
    from cardlint.mcp.server import serve as serve_tools
    from cardlint.mcp.session import Session, Views

    views = Views(show_json, partial(explain_rule, style="json"), partial(explain_rule, style="text"))
    session = Session(options=options, rules=rules, fence=Fence(places), views=views)
    for number in ending_signals():
        signal.signal(number, _leave)
    with protocol_output() as output:
        serve_tools(session, output)


def _leave(number: int, _: object) -> NoReturn:
    """End the process as soon as no file is being written.

    The thread that waits for standard input would not let it end in another way.
    """
    with WRITING:
        os._exit(128 + number)


def _places(folders: Sequence[Path]) -> tuple[str, ...]:
    """Return the real paths of the folders, or that of the working folder."""
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"{visible(str(folder))}: no such folder")
    if folders:
        return tuple(os.path.realpath(folder) for folder in folders)
    working = Path.cwd().resolve()
    if working == working.parent:  # several clients start their servers there
        raise UsageError(f"the working folder is {working}; name the folders with the cards, `cardlint mcp FOLDER`")
    return (str(working),)
