"""The command `cardlint disclose`."""

import sys
from typing import Annotated

from cardlint.cli.declarations import Argument, Option
from cardlint.cli.one_card import read_card
from cardlint.cli.options import Color, PageFormat

__all__ = ["disclose"]


def disclose(
    card: Annotated[
        str,
        Argument(metavar="CARD", help="The card: a file, `-` for standard input, or `hub:owner/name`."),
    ],
    output_format: Annotated[PageFormat, Option(help="The output format.")] = "text",
    repo_id: Annotated[
        str | None, Option(help="The id of the card's repository on the Hub.", metavar="OWNER/NAME")
    ] = None,
    color: Annotated[Color, Option(help="When to use color.")] = "auto",
) -> None:
    """List what the card states of the items that the EU AI Act, the Hub and others ask for; no legal advice."""
    from cardlint.card.card import parse
    from cardlint.commands.disclose import disclose_json, disclose_markdown, disclose_picture
    from cardlint.commands.terminal import as_machine_output, style_of

    parsed = parse(*read_card(card, "cardlint disclose"), repo_id)
    if output_format == "json":
        as_machine_output(sys.stdout).write(disclose_json(parsed))
    elif output_format == "markdown":
        as_machine_output(sys.stdout).write(disclose_markdown(parsed))
    else:
        style = style_of(sys.stdout, color)
        picture = disclose_picture(parsed, width=style.width, color=style.color, unicode=style.unicode)
        sys.stdout.write(picture)
