"""Writing the summary of a corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cardlint.files.write import write_whole

__all__ = ["write_summary"]


def write_summary(output: Path) -> None:
    """Write `summary.md` and `summary.html` into an output folder of `cardlint corpus`.

    The same tables give the same bytes. The memory needed does not depend on their size.

    Raises:
        OSError: a part cannot be read or is not valid, or the summary cannot be written.
    """
    # here, since the command checks its options before it needs them
    from cardlint.corpus.summary.counting import count
    from cardlint.corpus.summary.document import compose
    from cardlint.corpus.summary.html import as_html
    from cardlint.corpus.summary.markdown import as_markdown

    summary = compose(count(output), _run(output))
    write_whole(output / "summary.md", as_markdown(summary).encode())
    write_whole(output / "summary.html", as_html(summary).encode())


def _run(output: Path) -> dict[str, Any]:
    """Return the content of `run.json`, or an empty dict if the file does not exist."""
    path = output / "run.json"
    run: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return run
