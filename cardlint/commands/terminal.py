"""The output streams of this process: their abilities and their encoding."""

from __future__ import annotations

import codecs
import io
import os
import sys
from contextlib import suppress
from typing import TextIO

from cardlint.platform_differences import shows_escape_sequences, writes_utf_8
from cardlint.reporters.report import Style

__all__ = ["as_machine_output", "close_quietly", "prepare_streams", "stopped_commands", "style_of"]

# Without a terminal nothing is wrapped, but code frames cut a long line to this width.
_WIDTH_OF_A_PIPE = 100


_STAND_INS = "cardlint-stand-ins"


def prepare_streams() -> None:
    """Choose the encoding, and replace characters that it lacks by question marks instead of raising an error."""
    codecs.register_error(_STAND_INS, _stand_in)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if writes_utf_8(stream) else None, errors=_STAND_INS)


def _stand_in(error: UnicodeError) -> tuple[str | bytes, int]:
    """Return question marks as wide as the text that cannot be encoded, so that carets and columns stay aligned."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from cardlint.reporters.terminal.cells import width_of  # here, since few consoles need it

    return "?" * width_of(error.object[error.start : error.end]), error.end


def as_machine_output(stream: TextIO) -> TextIO:
    """Set a stream to UTF-8 and line feeds, for output that programs read, and return it."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", newline="\n")
    return stream


def stopped_commands() -> tuple[str, str]:
    """Return the lines around a text whose lines may look like commands to GitHub; empty outside of its workflows."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return "", ""
    from secrets import token_hex  # here, since it imports the hashes

    token = token_hex(16)
    return f"::stop-commands::{token}\n", f"::{token}::\n"


def style_of(stream: TextIO, color: str = "auto") -> Style:
    """Return the style that a stream can show; `color` is `auto`, `always` or `never`.

    With `auto`, NO_COLOR takes precedence over FORCE_COLOR.
    """
    terminal = stream.isatty() and os.environ.get("TERM") != "dumb" and shows_escape_sequences(stream)
    if color == "auto":
        colored = not os.environ.get("NO_COLOR") and (bool(os.environ.get("FORCE_COLOR")) or terminal)
    else:
        colored = color == "always"
    return Style(
        color=colored, width=_width(), unicode=_draws_boxes(stream), hyperlinks=colored and terminal, wraps=terminal
    )


def _width() -> int:
    """Return the width of the terminal, as `shutil` does, whose import takes a twentieth of checking a known card."""
    with suppress(KeyError, ValueError):
        columns = int(os.environ["COLUMNS"])
        if columns > 0:
            return columns
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _WIDTH_OF_A_PIPE  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return _WIDTH_OF_A_PIPE


def _draws_boxes(stream: TextIO) -> bool:
    try:
        "│┃…▁·".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def close_quietly() -> None:
    """Discard the remaining output: the reader of the pipe has closed it."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
