"""The output formats by name: cardlint's own, and those of plugins."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from msgspec import Struct

from cardlint.plugins import plugins
from cardlint.wording import visible

if TYPE_CHECKING:
    from cardlint.reporters.report import Reporter

__all__ = ["ENTRY_POINTS", "FORMATS", "FOR_PEOPLE", "Format", "format_names", "reporter"]

ENTRY_POINTS = "cardlint.reporters"
"""The entry-point group of output formats: a name is that of a format, its value a module with a function `write`."""


class Format(Struct, frozen=True):
    """An output format: its module below `cardlint.reporters`, which has a function `write`, and its use."""

    module: str
    use: str
    for_people: bool = False


FORMATS = {
    "full": Format("terminal.full", "people at a terminal: code frames, help and fixes", for_people=True),
    "concise": Format("terminal.concise", "pipes, logs and editors: one line per finding", for_people=True),
    "json": Format("machine.json", "your own programs: one object"),
    "jsonl": Format("machine.jsonl", "your own programs: one finding per line"),
    "sarif": Format("machine.sarif", "GitHub code scanning and other readers of SARIF 2.1.0"),
    "github": Format("machine.github", "annotations of a GitHub workflow"),
    "gitlab": Format("machine.gitlab", "GitLab Code Quality"),
    "junit": Format("machine.junit", "CI systems that show tests"),
    "rdjson": Format("machine.rdjson", "reviewdog"),
    "markdown": Format("markdown.report", "a comment on a pull request"),
    "html": Format("html.report", "one page with every card and its findings"),
}
"""cardlint's own formats, in the order of the help."""

FOR_PEOPLE = tuple(name for name, each in FORMATS.items() if each.for_people)
"""The formats for consoles; all others are written as UTF-8 with line feeds, whatever the console uses."""


def format_names() -> list[str]:
    """Return the name of every format, those of plugins last."""
    return [*FORMATS, *(name for name, _ in plugins(ENTRY_POINTS) if name not in FORMATS)]


def reporter(name: str) -> Reporter:
    """Import the module of a format and return its function `write`.

    Raises:
        ValueError: the format is unknown.
    """
    if name in FORMATS:
        module = f"cardlint.reporters.{FORMATS[name].module}"
    else:
        found = dict(plugins(ENTRY_POINTS))
        if name not in found:
            raise ValueError(_unknown(name))
        module = found[name]
    write: Reporter = import_module(module).write
    return write


# Names of formats in other tools.
_MEANT = {"text": "full", "xml": "junit", "md": "markdown", "ndjson": "jsonl", "json-lines": "jsonl", "grouped": "full"}


def _unknown(name: str) -> str:
    from cardlint.config.rule_names import closest  # here, since few runs name a wrong format

    meant = _MEANT.get(name) or closest(name, format_names())
    formats = ", ".join(f"`{each}`" for each in format_names())
    return f"unknown format `{visible(name)}`; {f'did you mean `{meant}`?' if meant else f'the formats are {formats}'}"
