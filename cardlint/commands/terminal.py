"""What the streams of this process can show, and writing to them without surprises."""

from __future__ import annotations

import codecs
import io
import os
import shutil
import sys
from contextlib import suppress
from typing import TextIO

from cardlint.reporters.report import Style

__all__ = ["as_machine_output", "close_quietly", "prepare_streams", "style_of"]

# Without a terminal nothing is wrapped, but a frame of a card on one line needs a width to show its part in.
_WIDTH_OF_A_PIPE = 100


_STAND_INS = "cardlint-stand-ins"


def prepare_streams() -> None:
    """Let a character that the console's encoding lacks become stand-ins, one a cell, instead of an error."""
    codecs.register_error(_STAND_INS, _stand_in)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_STAND_INS)


def _stand_in(error: UnicodeError) -> tuple[str | bytes, int]:
    """Question marks as wide as what cannot be encoded, so that carets and columns stay where they belong."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from cardlint.reporters.terminal.cells import width_of  # here, since hardly any console needs it

    return "?" * width_of(error.object[error.start : error.end]), error.end


def as_machine_output(stream: TextIO) -> TextIO:
    """The stream for what programs read: UTF-8 and line feeds, whatever the console is set to."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", newline="\n")
    return stream


def style_of(stream: TextIO, color: str = "auto") -> Style:
    """What can be drawn on a stream; `color` is `auto`, `always` or `never`, and NO_COLOR outweighs FORCE_COLOR."""
    terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
    if color == "auto":
        colored = not os.environ.get("NO_COLOR") and (bool(os.environ.get("FORCE_COLOR")) or terminal)
    else:
        colored = color == "always"
    width = shutil.get_terminal_size((_WIDTH_OF_A_PIPE, 24)).columns
    return Style(
        color=colored, width=width, unicode=_draws_boxes(stream), hyperlinks=colored and terminal, wraps=terminal
    )


def _draws_boxes(stream: TextIO) -> bool:
    try:
        "│┃…▁·".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def close_quietly() -> None:
    """Send what is still to be written nowhere: the reader of the pipe has gone."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
