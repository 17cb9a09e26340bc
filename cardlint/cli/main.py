"""The command line: a plain one is read and run at once, any other by typer."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

from cardlint import __version__
from cardlint.cli.arguments import COMMANDS, UnknownCommandError, function_of, with_command
from cardlint.cli.plain import read_plain
from cardlint.platform_differences import is_closed_pipe
from cardlint.wording import error_in_words, reason_of, visible

__all__ = ["DEBUG", "main"]

DEBUG = "--debug"

_COMPLETION = "_CARDLINT_COMPLETE"  # set by a shell that completes a word


def _refuse_files_like_options(arguments: list[str]) -> None:
    """End with an error if an option is the name of a file: a hook passes on the names that a repository has."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    for argument in options:
        if argument.startswith("-") and argument != "-" and os.path.lexists(argument):
            name = visible(argument)
            _write_line(f"`{name}` is the name of a file here; write `./{name}` for the file")
            sys.exit(2)


def main() -> None:
    """Run the `cardlint` command; an unexpected exception ends in one line."""
    from cardlint.commands.terminal import close_quietly, prepare_streams

    if sys.stdout is None or sys.stderr is None:
        sys.exit(2)  # a message could not be written
    prepare_streams()
    _refuse_files_like_options(sys.argv[1:])
    code: Any = 0
    try:
        try:
            _run(sys.argv[1:])
        except SystemExit as leaving:
            code = leaving.code
        except OSError as error:
            if not is_closed_pipe(error, sys.stdout):
                raise
            close_quietly()
            code = 1
        sys.stdout.flush()
    except OSError as error:
        if not is_closed_pipe(error, sys.stdout):
            _write_error(error)
            code = 2
        close_quietly()
    except Exception as error:  # noqa: BLE001 - told in one line, or raised again
        _end_with_bug(error)
    sys.exit(code)


def _run(words: list[str]) -> None:
    if words in (["--version"], ["-V"]):
        sys.stdout.write(f"cardlint {__version__}\n")
        return
    call = _plain_call(words)
    if call is not None:
        call()
        return
    from cardlint.cli.app import app

    app(prog_name="cardlint")


def _plain_call(words: list[str]) -> Callable[[], None] | None:
    """Return the call of a command with its arguments, or None if the command line is not plain."""
    if not words or _COMPLETION in os.environ:
        return None
    try:
        command, *others = with_command(words, COMMANDS)
    except UnknownCommandError:
        return None
    if command not in COMMANDS:
        return None
    function = function_of(command)
    arguments = read_plain(function, others)
    return None if arguments is None else partial(function, **arguments)


def _write_line(message: str) -> None:
    from cardlint.reporters.masking import masked  # here, since most runs have no error

    sys.stderr.write(f"error: {masked(message)}\n")


def _write_error(error: OSError) -> None:
    """Write the error of a file or of standard output in one line; another one is a bug."""
    if error.filename is None and error.errno not in _OF_WRITING:
        _end_with_bug(error)
    where = "cannot write to standard output" if error.filename is None else visible(str(error.filename))
    _write_line(f"{where}: {reason_of(error)}")


# The reasons for which writing fails; an error without a file and with another reason is not about standard output.
_OF_WRITING = {
    *(errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EBADF, errno.EINVAL, errno.EACCES, errno.EPERM),
    getattr(errno, "EDQUOT", errno.ENOSPC),  # Windows has none
}


def _end_with_bug(error: Exception) -> NoReturn:
    """End with one line about an unexpected exception, or with its traceback."""
    if DEBUG in sys.argv:
        raise error
    from cardlint.commands.terminal import close_quietly

    close_quietly()
    _write_line(f"a bug in cardlint: {error_in_words(error)}; `cardlint {DEBUG}` shows more")
    sys.exit(2)
