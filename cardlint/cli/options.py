"""What the commands have in common: options, and how to refuse."""

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
    typer.Option(rich_help_panel="Rules", help="Leave these rules or groups out.", metavar="NAMES"),
]
ExtendSelect = Annotated[
    list[str] | None,
    typer.Option(rich_help_panel="Rules", help="Run these rules or groups as well.", metavar="NAMES"),
]
Severities = Annotated[
    list[str] | None,
    typer.Option(rich_help_panel="Rules", help="Give a rule another severity.", metavar="RULE=LEVEL"),
]
Isolated = Annotated[
    bool, typer.Option("--isolated", rich_help_panel="Rules", help="Read no configuration file at all.")
]
NoSuppressions = Annotated[
    bool,
    typer.Option("--no-suppressions", rich_help_panel="Rules", help="Report what comments in the cards suppress."),
]
Drawing = Annotated[DrawingFormat, typer.Option(help="How to write it.")]


def refuse(error: object) -> NoReturn:
    """Say why it cannot be done and leave with 2."""
    sys.stderr.write(f"error: {error}\n")
    raise typer.Exit(2)
