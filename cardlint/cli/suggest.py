"""The command `cardlint suggest`."""

import sys
from typing import Annotated

from cardlint.cli.declarations import Argument, Option
from cardlint.cli.options import Color, refuse

__all__ = ["suggest"]


def suggest(
    card: Annotated[
        str,
        Argument(metavar="CARD", help="The card: a file, its folder, `-` for standard input, or `hub:owner/name`."),
    ] = ".",
    write: Annotated[bool, Option(help="Add the metadata to the card, or write a new card.")] = False,
    unsafe_fixes: Annotated[bool, Option(help="With --write: also add what is for you to decide.")] = False,
    repo_id: Annotated[
        str | None, Option(help="The id of the card's repository on the Hub.", metavar="OWNER/NAME")
    ] = None,
    color: Annotated[Color, Option(help="When to use color.")] = "auto",
) -> None:
    """Suggest the metadata that a card lacks and its repository proves.

    A folder without README.md gets a card with headings to fill in.
    """
    from cardlint.commands.suggest.suggest import suggest
    from cardlint.commands.usage import UsageError

    try:
        code = suggest(card, repo_id=repo_id, write_it=write, unsafe=unsafe_fixes, color=color)
    except UsageError as error:
        refuse(error)
    sys.exit(code)
