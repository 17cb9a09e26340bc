"""Update README's picture of a run over a fixture in a terminal: `python tools/draw_picture.py`.

A test fails if the picture is out of date.
"""

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "images" / "check.svg"
COMMAND = ("check", "fixtures/contradicting", "--select", "metrics")
WIDTH = 98


def output() -> str:
    """Return the output of the command on a pseudo-terminal, which Windows does not have."""
    import pty

    plain = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
    environment = {**plain, "COLUMNS": str(WIDTH), "PYTHONIOENCODING": "utf-8", "TERM": "xterm-256color"}
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "cardlint", *COMMAND]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        written = b"".join(_read(ours))
        os.close(ours)
    if running.returncode != 1:
        sys.exit(written.decode("utf-8", "replace"))
    return written.decode("utf-8").replace("\r\n", "\n")


def _read(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            data = os.read(terminal, 4096)
        except OSError:  # on Linux: the other end was closed
            return
        if not data:
            return
        yield data


def picture() -> str:
    """Return the run as SVG without downloaded fonts."""
    console = Console(record=True, file=io.StringIO(), width=WIDTH, force_terminal=True, color_system="truecolor")
    console.print(Text(f"$ cardlint {' '.join(COMMAND)}", style="bold"))
    console.print(Text.from_ansi(output()), end="")
    svg = console.export_svg(title="cardlint", unique_id="cardlint")
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL).replace("Fira Code, monospace", "monospace")
    return "".join(f"{line.rstrip()}\n" for line in svg.split("\n") if line.strip())


def words(svg: str) -> list[str]:
    """Return the pieces of text in a picture, without the frame, which depends on the version of rich."""
    import html

    pieces = re.findall(r'<text class="cardlint-r\d+"[^>]*>([^<]*)</text>', svg)
    return [" ".join(html.unescape(piece).split()) for piece in pieces if html.unescape(piece).strip()]


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(), "utf-8", newline="\n")
