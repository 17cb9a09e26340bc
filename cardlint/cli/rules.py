"""The commands `cardlint rules` and `cardlint explain`."""

import sys
from typing import Annotated

from cardlint.cli.completion import complete_rule
from cardlint.cli.declarations import Argument, Option
from cardlint.cli.options import PageFormat, refuse

__all__ = ["explain", "rules"]

_ALL_RULES = "`cardlint rules` lists all rules"
_NO_DOCSTRINGS = 2  # the level of optimization, `python -OO`


def rules(
    output_format: Annotated[PageFormat, Option(help="The output format.")] = "text",
) -> None:
    """List every rule with its group, severity, fix and the distribution that provides it."""
    from cardlint.commands.rules import list_rules
    from cardlint.commands.terminal import style_of
    from cardlint.registry import RegistryError, load_rules

    try:
        known = load_rules()
    except RegistryError as error:
        refuse(error)
    _note_missing_pages()
    # only a terminal needs wrapped lines
    width = style_of(sys.stdout).width if sys.stdout.isatty() else sys.maxsize
    sys.stdout.write(list_rules(known, output_format, width))


def explain(
    rule: Annotated[str, Argument(metavar="RULE", help="The name of the rule.", completion=complete_rule)],
    output_format: Annotated[PageFormat, Option(help="The output format.")] = "text",
) -> None:
    """Show the page of a rule: what it finds, why that matters, a bad and a good example, options and fix."""
    from cardlint.commands.rules import explain_rule
    from cardlint.commands.terminal import style_of
    from cardlint.config.rule_names import UnknownNameError, resolve
    from cardlint.registry import RegistryError, load_rules
    from cardlint.reporters.masking import masked

    try:
        known = load_rules()
        name, note = resolve(rule, known, groups=False)
    except UnknownNameError as error:
        refuse(f"{error}; {f'did you mean `{error.suggestion}`?' if error.suggestion else _ALL_RULES}")
    except RegistryError as error:
        refuse(error)
    if note:
        sys.stderr.write(f"note: {masked(note)}\n")
    if name is None:
        sys.exit(0)
    _note_missing_pages()
    sys.stdout.write(explain_rule(known[name], output_format, style_of(sys.stdout).width))


def _note_missing_pages() -> None:
    """Write a note if Python has removed the docstrings, which the summaries and pages of rules are."""
    if sys.flags.optimize >= _NO_DOCSTRINGS:
        sys.stderr.write("note: Python runs with `-OO`, which removes the summaries and pages of rules\n")
