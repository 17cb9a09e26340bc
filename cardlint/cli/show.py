"""The command `cardlint show`."""

import sys
from typing import TYPE_CHECKING, Annotated

from cardlint.cli.declarations import Argument, Option
from cardlint.cli.one_card import read_card
from cardlint.cli.options import Color, Drawing, refuse

if TYPE_CHECKING:
    from cardlint.card.card import Card

__all__ = ["show"]


def show(
    card: Annotated[
        str,
        Argument(metavar="CARD", help="The card: a file, `-` for standard input, or `hub:owner/name`."),
    ],
    output_format: Drawing = "text",
    repo_id: Annotated[
        str | None, Option(help="The id of the card's repository on the Hub.", metavar="OWNER/NAME")
    ] = None,
    why: Annotated[
        int | None,
        Option(help="Explain for each number of a line why it is a claim or not.", metavar="LINE"),
    ] = None,
    color: Annotated[Color, Option(help="When to use color.")] = "auto",
) -> None:
    """Show the parsed card: metadata, sections, training results and a table of its metric values by source."""
    from cardlint.card.card import parse
    from cardlint.commands.show.show import show_json, show_picture
    from cardlint.commands.terminal import as_machine_output, style_of

    parsed = parse(*read_card(card, "cardlint show"), repo_id)
    if why is not None:
        _explain(parsed, why, output_format, color)
    elif output_format == "json":
        as_machine_output(sys.stdout).write(show_json(parsed))
    else:
        style = style_of(sys.stdout, color)
        sys.stdout.write(show_picture(parsed, width=style.width, color=style.color, unicode=style.unicode))


def _explain(card: "Card", line: int, output_format: Drawing, color: Color) -> None:
    from cardlint.commands.show.why import MissingLineError, why_json, why_picture
    from cardlint.commands.terminal import as_machine_output, style_of

    try:
        if output_format == "json":
            as_machine_output(sys.stdout).write(why_json(card, line))
        else:
            style = style_of(sys.stdout, color)
            sys.stdout.write(why_picture(card, line, width=style.width, color=style.color, unicode=style.unicode))
    except MissingLineError as error:
        refuse(f"--why: {error}")
