"""Write the summary of a corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["write_summary"]


def write_summary(output: Path) -> None:
    """Write `summary.md` and `summary.html` into a folder that `cardlint corpus` wrote, of the parts that it has.

    The same tables give the same bytes. Memory does not grow with them.

    Raises:
        OSError: a part cannot be read or is none, or the summary cannot be written.
    """
    # here, since the command says what is wrong with its options before it needs them
    from cardlint.corpus.summary.counting import count
    from cardlint.corpus.summary.document import compose
    from cardlint.corpus.summary.html import as_html
    from cardlint.corpus.summary.markdown import as_markdown

    summary = compose(count(output), _run(output))
    _write(output / "summary.md", as_markdown(summary))
    _write(output / "summary.html", as_html(summary))


def _run(output: Path) -> dict[str, Any]:
    """What `run.json` says; nothing where there is none."""
    path = output / "run.json"
    said: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return said


def _write(path: Path, text: str) -> None:
    """Put the text in its place whole, or leave what is there."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text, "utf-8", newline="\n")
    beside.replace(path)
