"""The `cardlint` command for typer, which reads every command line that is not plain, and writes the help."""

import sys
from collections.abc import Callable
from inspect import Parameter, signature
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from cardlint import __version__
from cardlint.cli.arguments import COMMANDS, UnknownCommandError, function_of, with_command
from cardlint.cli.declarations import Argument
from cardlint.cli.plain import VARIABLES, kind_of, long_name

__all__ = ["CONTEXT_SETTINGS", "app"]

CONTEXT_SETTINGS = {"help_option_names": ["-h", "--help"]}

_NONE = ""  # the metavar of an option without a value, which typer 0.29 would call `<bool>`


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
            single.command(cmd_name)(_for_typer(function_of(cmd_name)))
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


def _for_typer(function: Callable[..., None]) -> Callable[..., None]:
    """Return the function of a command with the options and arguments that it declares, as typer's."""
    parameters = signature(function).parameters

    def command(context: typer.Context, **arguments: Any) -> None:
        if "typed" in parameters:
            arguments["typed"] = _typed(context)
        function(**arguments)

    command.__doc__ = function.__doc__
    own = [_parameter_for_typer(parameter) for name, parameter in parameters.items() if name != "typed"]
    context = signature(command).parameters["context"]
    command.__signature__ = signature(command).replace(parameters=[context, *own])  # type: ignore[attr-defined]
    return command


def _parameter_for_typer(parameter: Parameter) -> Parameter:
    declared = parameter.annotation.__metadata__[0]
    metavar = _NONE if kind_of(parameter.annotation) is bool else declared.metavar or None
    given = {"help": declared.help, "autocompletion": declared.completion, "metavar": metavar}
    if isinstance(declared, Argument):
        info = typer.Argument(**given)
    else:
        names = [long_name(parameter.name), *filter(None, [declared.short])]
        panel = declared.panel or None
        info = typer.Option(*names, rich_help_panel=panel, min=declared.least, hidden=declared.hidden, **given)
    return parameter.replace(annotation=Annotated[parameter.annotation.__origin__, info])


def _typed(context: typer.Context) -> frozenset[str]:
    """Return the long names of the options on the command line."""
    options = [each.name or "" for each in context.command.params if each.param_type_name == "option"]
    sources = {name: context.get_parameter_source(name) for name in options}
    return frozenset(long_name(name) for name, source in sources.items() if source and source.name == "COMMANDLINE")


def _write_usage_error(error: Any) -> None:
    if type(error).__name__ == "NoArgsIsHelpError":  # the help has been written
        return
    from cardlint.cli.usage_errors import in_one_line
    from cardlint.reporters.masking import masked

    sys.stderr.write(f"error: {masked(in_one_line(error))}\n")


app = typer.Typer(
    name="cardlint",
    cls=Commands,
    help="A linter for Hugging Face model cards: the metadata, the text, and whether they agree.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings=CONTEXT_SETTINGS,
)


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
        typer.Option(
            *("--verbose", "-v"),
            is_eager=True,
            metavar=_NONE,
            help="With --version: also list the data sources and dates.",
        ),
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, metavar=_NONE, help="Show the version and exit.")
    ] = False,
    debug: Annotated[  # read by `main`, which has no context
        bool, typer.Option("--debug", metavar=_NONE, help="Print the traceback of a bug in cardlint.")
    ] = False,
) -> None:
    """Lint Hugging Face model cards."""
