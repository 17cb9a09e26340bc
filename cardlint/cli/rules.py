"""`cardlint rules` and `cardlint explain`."""

import sys
from typing import Annotated

import typer

from cardlint.cli.options import PageFormat, refuse

__all__ = ["explain", "rules"]

_ALL_RULES = "`cardlint rules` lists them all"


def rules(
    output_format: Annotated[PageFormat, typer.Option(help="How to write them.")] = "text",
) -> None:
    """List every rule with its group, severity and fix, and the distribution that it came from."""
    from cardlint.commands.rules import list_rules
    from cardlint.commands.terminal import style_of
    from cardlint.registry import RegistryError, load_rules

    try:
        known = load_rules()
    except RegistryError as error:
        refuse(error)
    # only on a terminal is there a reason to cut a summary short
    width = style_of(sys.stdout).width if sys.stdout.isatty() else sys.maxsize
    sys.stdout.write(list_rules(known, output_format, width))


def _rule_names() -> list[str]:
    """What the shell completes a rule's name from."""
    from cardlint.registry import load_rules

    return list(load_rules())


def explain(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The rule's name.", autocompletion=_rule_names)],
    output_format: Annotated[PageFormat, typer.Option(help="How to write the page.")] = "text",
) -> None:
    """Show the page of a rule: what it finds, why that matters, a bad and a good card, options, fix."""
    from cardlint.commands.rules import explain_rule
    from cardlint.commands.terminal import style_of
    from cardlint.config.rule_names import UnknownNameError, resolve
    from cardlint.registry import RegistryError, load_rules

    try:
        known = load_rules()
        name, note = resolve(rule, known, groups=False)
    except UnknownNameError as error:
        refuse(f"{error}\n  did you mean `{error.suggestion}`?" if error.suggestion else f"{error}; {_ALL_RULES}")
    except RegistryError as error:
        refuse(error)
    if note:
        sys.stderr.write(f"note: {note}\n")
    if name is None:
        raise typer.Exit(0)
    sys.stdout.write(explain_rule(known[name], output_format, style_of(sys.stdout).width))
