"""The `cardlint` command and the list of its subcommands."""

import errno
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from cardlint import __version__
from cardlint.cli.arguments import UnknownCommandError, with_command
from cardlint.platform_differences import is_closed_pipe
from cardlint.wording import error_in_words, reason_of, visible

__all__ = ["COMMANDS", "CONTEXT_SETTINGS", "app", "function_of", "main"]

CONTEXT_SETTINGS = {"help_option_names": ["-h", "--help"]}
VARIABLES = "CARDLINT"
"""The beginning of environment variables that set options: `CARDLINT_OUTPUT_FORMAT` is `--output-format`."""

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


def function_of(command: str) -> Callable[..., None]:
    """Import the module of a subcommand and return its function; building all options would slow down every start."""
    function: Callable[..., None] = getattr(import_module(f"cardlint.cli.{COMMANDS[command]}"), command)
    return function


class Commands(TyperGroup):
    """A group of subcommands, each built on first use."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Return the names of the subcommands in the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        """Return the subcommand with this name, or None if there is none."""
        del ctx
        if cmd_name not in self.commands and cmd_name in COMMANDS:
            settings = {**CONTEXT_SETTINGS, "auto_envvar_prefix": VARIABLES}
            single = typer.Typer(add_completion=False, context_settings=settings, pretty_exceptions_enable=False)
            single.command(cmd_name)(function_of(cmd_name))
            command = typer.main.get_command(single)
            for option in command.params:
                option.show_envvar = False  # type: ignore[attr-defined] # one sentence says it for all of them
            self.commands[cmd_name] = command
        return self.commands.get(cmd_name)

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Parse the arguments, in front of which `check` may be left out."""
        try:
            args = with_command(args, COMMANDS)
        except UnknownCommandError as error:
            if not ctx.resilient_parsing:  # as when the shell completes a word
                ctx.fail(str(error))
        return super().parse_args(ctx, args)

    def main(self, *arguments: Any, **settings: Any) -> Any:
        """Run a command and exit; a usage error takes one line, as all errors do."""
        try:
            code = super().main(*arguments, **settings | {"standalone_mode": False})
        except UsageError as error:
            _write_usage_error(error)
            code = error.exit_code
        sys.exit(code)


def _write_usage_error(error: Any) -> None:
    if type(error).__name__ == "NoArgsIsHelpError":  # the help has been written
        return
    from cardlint.cli.usage_errors import in_one_line

    sys.stderr.write(f"error: {in_one_line(error)}\n")


app = typer.Typer(
    name="cardlint",
    cls=Commands,
    help="A linter for Hugging Face model cards: the metadata, the text, and whether they agree.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings=CONTEXT_SETTINGS,
)


_DEBUG = "--debug"

UsageError: type[Any] = typer.BadParameter.__mro__[1]
"""The error of the library below typer for a wrong command line; typer exports only this subclass of it."""


def _version(context: typer.Context, requested: bool) -> None:
    if requested:
        sys.stdout.write(f"cardlint {__version__}\n")
        if context.params.get("verbose"):
            from cardlint.commands.vocabularies import describe_vocabularies

            sys.stdout.write(describe_vocabularies())
        raise typer.Exit


@app.callback()
def _cardlint(
    # eager, so that `--version` knows of it in any order
    verbose: Annotated[
        bool,
        typer.Option("--verbose", "-v", is_eager=True, help="With --version: also list the data sources and dates."),
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, help="Show the version and exit.")
    ] = False,
    debug: Annotated[  # read by `main`, which has no context
        bool, typer.Option(_DEBUG, help="Print the traceback of a bug in cardlint.")
    ] = False,
) -> None:
    """Lint Hugging Face model cards."""


def _refuse_files_like_options(arguments: list[str]) -> None:
    """End with an error if an option is the name of a file: a hook passes on the names that a repository has."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    for argument in options:
        if argument.startswith("-") and argument != "-" and os.path.lexists(argument):
            name = visible(argument)
            sys.stderr.write(f"error: `{name}` is the name of a file here; write `./{name}` for the file\n")
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
            app(prog_name="cardlint")
        except SystemExit as leaving:
            code = leaving.code
        sys.stdout.flush()
    except OSError as error:
        if not is_closed_pipe(error, sys.stdout):
            _write_error(error)
            code = 2
        close_quietly()
    except Exception as error:  # noqa: BLE001 - told in one line, or raised again
        _end_with_bug(error)
    sys.exit(code)


def _write_error(error: OSError) -> None:
    """Write the error of a file or of standard output in one line; another one is a bug."""
    if error.filename is None and error.errno not in _OF_WRITING:
        _end_with_bug(error)
    where = "cannot write to standard output" if error.filename is None else visible(str(error.filename))
    sys.stderr.write(f"error: {where}: {reason_of(error)}\n")


# The reasons for which writing fails; an error without a file and with another reason is not about standard output.
_OF_WRITING = {
    *(errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EBADF, errno.EINVAL, errno.EACCES, errno.EPERM),
    getattr(errno, "EDQUOT", errno.ENOSPC),  # Windows has none
}


def _end_with_bug(error: Exception) -> NoReturn:
    """End with one line about an unexpected exception, or with its traceback."""
    if _DEBUG in sys.argv:
        raise error
    from cardlint.commands.terminal import close_quietly

    close_quietly()
    sys.stderr.write(f"error: a bug in cardlint: {error_in_words(error)}; `cardlint {_DEBUG}` shows more\n")
    sys.exit(2)
