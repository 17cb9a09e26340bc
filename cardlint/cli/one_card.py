"""The argument of a command that takes one card: a file, standard input, or a card on the Hub."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cardlint.cli.options import as_path, refuse
from cardlint.wording import reason_of, visible

if TYPE_CHECKING:
    from cardlint.source import Folder, Source

__all__ = ["read_card"]


def read_card(argument: str, command: str) -> "tuple[Source, Folder]":
    """Return the text of the card that a command was given and the folder of the card, or end with an error."""
    from cardlint.regular_file import read_regular
    from cardlint.source import HUB, MOST_OF_CARD, STANDARD_INPUT, Folder, read

    card = as_path(argument)
    if card.startswith(HUB):
        from cardlint.commands.hub import fetch_one

        found = fetch_one(card)
        if isinstance(found, str):
            refuse(visible(f"{card}: {found}"))
        return read(found.data, found.shown), found.beside
    path = Path(card)
    try:
        data = sys.stdin.buffer.read() if card == STANDARD_INPUT else read_regular(path, MOST_OF_CARD)
    except IsADirectoryError:
        refuse(f"{visible(card)}: is a folder; `{command}` takes one card")
    except OSError as error:
        refuse(f"{visible(card)}: {reason_of(error)}")
    return read(data, "README.md" if card == STANDARD_INPUT else path.as_posix()), Folder(path.parent)
