"""Options that several commands share, and the exit on a usage error."""

import os
import re
import sys
from pathlib import Path
from typing import Annotated, Literal, NoReturn

from cardlint.cli.completion import complete_level, complete_names
from cardlint.cli.declarations import Option
from cardlint.cli.plain import VARIABLES
from cardlint.wording import visible

__all__ = [
    "Color",
    "Drawing",
    "ExtendSelect",
    "Ignore",
    "Isolated",
    "NoSuppressions",
    "PageFormat",
    "Profile",
    "Select",
    "Severities",
    "as_path",
    "refuse",
    "refuse_unusable_config",
]

Color = Literal["auto", "always", "never"]
PageFormat = Literal["text", "json", "markdown"]
DrawingFormat = Literal["text", "json"]

Select = Annotated[
    list[str] | None,
    Option(
        panel="Rules",
        help="Run only these rules or groups, or `ALL` rules.",
        metavar="NAMES",
        completion=complete_names,
    ),
]
ExtendSelect = Annotated[
    list[str] | None,
    Option(
        panel="Rules",
        help="Also run these rules or groups.",
        metavar="NAMES",
        completion=complete_names,
    ),
]
Ignore = Annotated[
    list[str] | None,
    Option(
        panel="Rules",
        help="Do not run these rules or groups.",
        metavar="NAMES",
        completion=complete_names,
    ),
]
Severities = Annotated[
    list[str] | None,
    Option(
        panel="Rules",
        help="Change the severity of a rule.",
        metavar="RULE=LEVEL",
        completion=complete_level,
    ),
]
Profile = Annotated[
    Literal["hub", "standard", "release"] | None,
    Option(
        panel="Rules",
        help="How strict to be: hub (what the Hub refuses or cannot see), standard (the default) or release.",
    ),
]
Isolated = Annotated[bool, Option(panel="Rules", help="Ignore all configuration files.")]
NoSuppressions = Annotated[
    bool,
    Option(panel="Rules", help="Ignore suppression comments in the cards."),
]
Drawing = Annotated[DrawingFormat, Option(help="The output format.")]


def refuse(error: object) -> NoReturn:
    """Print an error and exit with 2."""
    from cardlint.config.errors import ConfigError
    from cardlint.reporters.masking import masked

    # each problem of the command line takes a line
    several = isinstance(error, ConfigError) and error.source is None
    words = masked(str(error))
    for line in words.splitlines() if several else [words]:
        sys.stderr.write(f"error: {_with_variable(line)}\n")
    sys.exit(2)


def _with_variable(message: str) -> str:
    """Return the message with the environment variable that set the option which it is about, if one did."""
    option, colon, rest = message.partition(":")
    variable = f"{VARIABLES}_{option.removeprefix('--').replace('-', '_').upper()}"
    # a short option may be this one
    is_typed = any(word.partition("=")[0] == option or re.match("-[^-]", word) for word in sys.argv[1:])
    return message if is_typed or variable not in os.environ else f"{option} ({variable}){colon}{rest}"


def refuse_unusable_config(config: Path | None, *, isolated: bool = False) -> None:
    """Exit with an error if the file of `--config` does not exist, or if `--isolated` contradicts it."""
    if config and isolated:
        refuse("`--config` and `--isolated` cannot be used together")
    if config is not None and not config.is_file():
        refuse(f"--config: {visible(str(config))}: no such file")


_HUB_ADDRESSES = ("http://", "https://", "huggingface.co/", "hf.co/")


def as_path(argument: str) -> str:
    """Return the `hub:` path for the address of a page on the Hub, and any other path as it is."""
    if not argument.startswith(_HUB_ADDRESSES) or os.path.lexists(argument):
        return argument
    from cardlint.hub.targets import TargetError, as_hub_path

    try:
        return as_hub_path(argument)
    except TargetError as error:
        refuse(f"{visible(argument)}: {error}")
