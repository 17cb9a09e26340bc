"""Options that several commands share, and the exit on a usage error."""

import sys
from typing import Annotated, Literal, NoReturn

import typer

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
    "refuse",
]

Color = Literal["auto", "always", "never"]
PageFormat = Literal["text", "json", "markdown"]
DrawingFormat = Literal["text", "json"]

Select = Annotated[
    list[str] | None,
    typer.Option(
        rich_help_panel="Rules",
        help="Run only these rules or groups (repeatable, comma-separated).",
        metavar="NAMES",
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(rich_help_panel="Rules", help="Do not run these rules or groups.", metavar="NAMES"),
]
ExtendSelect = Annotated[
    list[str] | None,
    typer.Option(rich_help_panel="Rules", help="Also run these rules or groups.", metavar="NAMES"),
]
Severities = Annotated[
    list[str] | None,
    typer.Option(rich_help_panel="Rules", help="Change the severity of a rule.", metavar="RULE=LEVEL"),
]
Profile = Annotated[
    Literal["hub", "standard", "release"] | None,
    typer.Option(
        rich_help_panel="Rules",
        help="How strict to be: hub (what the Hub refuses or cannot see), standard (the default) or release.",
    ),
]
Isolated = Annotated[bool, typer.Option("--isolated", rich_help_panel="Rules", help="Ignore all configuration files.")]
NoSuppressions = Annotated[
    bool,
    typer.Option("--no-suppressions", rich_help_panel="Rules", help="Ignore suppression comments in the cards."),
]
Drawing = Annotated[DrawingFormat, typer.Option(help="The output format.")]


def refuse(error: object) -> NoReturn:
    """Print an error and exit with 2."""
    sys.stderr.write(f"error: {error}\n")
    raise typer.Exit(2)
