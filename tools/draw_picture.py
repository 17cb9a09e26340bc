"""Draw README's picture anew, a real run over a fixture as a terminal shows it: `python tools/draw_picture.py`.

A test says when the picture shows what is not said any more.
"""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "images" / "check.svg"
COMMAND = ("check", "fixtures/contradicting", "--select", "metrics")
WIDTH = 98


def output() -> str:
    """What the command writes on a terminal that shows colours."""
    environment = {**os.environ, "COLUMNS": str(WIDTH), "PYTHONIOENCODING": "utf-8"}
    options = ("--color", "always", "--output-format", "full")
    done = subprocess.run(
        [sys.executable, "-m", "cardlint", *COMMAND, *options],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 1 or done.stderr:
        sys.exit(done.stderr or f"exit code {done.returncode}, not 1")
    return done.stdout


def picture() -> str:
    """The run as SVG, that fetches no font from anywhere."""
    console = Console(record=True, file=io.StringIO(), width=WIDTH, force_terminal=True, color_system="truecolor")
    console.print(Text(f"$ cardlint {' '.join(COMMAND)}", style="bold"))
    console.print(Text.from_ansi(output()), end="")
    svg = console.export_svg(title="cardlint", unique_id="cardlint")
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL).replace("Fira Code, monospace", "monospace")
    return "".join(f"{line.rstrip()}\n" for line in svg.split("\n") if line.strip())


def words(svg: str) -> list[str]:
    """The text in a picture, piece by piece, whatever else a version of rich draws around it."""
    import html

    pieces = re.findall(r'<text class="cardlint-r\d+"[^>]*>([^<]*)</text>', svg)
    return [" ".join(html.unescape(piece).split()) for piece in pieces if html.unescape(piece).strip()]


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(), "utf-8", newline="\n")
