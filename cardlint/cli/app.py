"""The command line: arguments to calls."""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from cardlint import __version__

__all__ = ["COMMANDS", "CONTEXT_SETTINGS", "app", "function_of", "main"]

CONTEXT_SETTINGS = {"help_option_names": ["-h", "--help"]}

COMMANDS = {
    "check": "check",
    "show": "show",
    "rules": "rules",
    "explain": "rules",
    "config": "config",
    "init": "init",
    "server": "server",
    "corpus": "corpus",
}
"""The commands in the order in which help shows them, each with the module that its function stands in."""


def function_of(command: str) -> Callable[..., None]:
    """The function that is a command; its module is imported when it is called, since options take a while to make."""
    function: Callable[..., None] = getattr(import_module(f"cardlint.cli.{COMMANDS[command]}"), command)
    return function


class Commands(TyperGroup):
    """The commands, each of which is built when it is called."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Their names, in the order in which help shows them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        """The command of this name; None where there is none."""
        del ctx
        if cmd_name not in self.commands and cmd_name in COMMANDS:
            single = typer.Typer(
                add_completion=False, context_settings=CONTEXT_SETTINGS, pretty_exceptions_enable=False
            )
            single.command(cmd_name)(function_of(cmd_name))
            self.commands[cmd_name] = typer.main.get_command(single)
        return self.commands.get(cmd_name)


app = typer.Typer(
    name="cardlint",
    cls=Commands,
    help="A linter for Hugging Face model cards: the metadata, the text, and whether they agree.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings=CONTEXT_SETTINGS,
)


def _version(context: typer.Context, asked: bool) -> None:
    if asked:
        sys.stdout.write(f"cardlint {__version__}\n")
        if context.params.get("verbose"):
            from cardlint.commands.vocabularies import describe_vocabularies

            sys.stdout.write(describe_vocabularies())
        raise typer.Exit


@app.callback()
def _cardlint(
    # read first, since what it says of the version must be known there, wherever it stands
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", is_eager=True, help="With --version: what cardlint knows, and from when.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, help="Show the version and exit.")
    ] = False,
) -> None:
    """Lint Hugging Face model cards."""


def main() -> None:
    """The `cardlint` command."""
    from cardlint.commands.terminal import close_quietly, prepare_streams

    if sys.stdout is None or sys.stderr is None:
        sys.exit(2)  # there is nowhere to say anything
    prepare_streams()
    code: Any = 0
    try:
        try:
            app(prog_name="cardlint")
        except SystemExit as leaving:
            code = leaving.code
        sys.stdout.flush()
    except BrokenPipeError:
        close_quietly()
    except OSError as error:
        close_quietly()
        sys.stderr.write(f"error: cannot write to standard output: {(error.strerror or str(error)).lower()}\n")
        code = 2
    sys.exit(code)
