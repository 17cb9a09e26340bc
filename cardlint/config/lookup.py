"""Find the configuration file that holds for a card."""

# ruff: noqa: PTH100, PTH113, PTH118, PTH120
# Paths are text where folders are walked up: that is done for every folder of cards, and pathlib is many times slower.

from __future__ import annotations

import os
import re
from pathlib import Path

from cardlint.lazy_regex import LazyPattern
from cardlint.regular_file import read_regular
from cardlint.repository_root import leads_outside
from cardlint.source import LARGEST_FILE

__all__ = ["FILE_NAMES", "PYPROJECT", "find_config"]

FILE_NAMES = ("cardlint.toml", ".cardlint.toml")
PYPROJECT = "pyproject.toml"


def find_config(start: Path, known: dict[str, Path | None] | None = None) -> Path | None:
    """Return the configuration file that holds for `start`, a folder or a file that need not exist.

    The nearest folder upwards that has one decides; a `pyproject.toml` without `[tool.cardlint]` does not count.
    `known` remembers the answer for every folder that was passed, for callers that ask often.
    """
    known = {} if known is None else known
    folder = os.path.abspath(start)
    if folder not in known and os.path.isfile(folder):
        folder = os.path.dirname(folder)
    passed = []
    while folder not in known:
        passed.append(folder)
        here = _config_in(folder)
        parent = os.path.dirname(folder)
        if here is not None or parent == folder:
            known[folder] = here
            break
        folder = parent
    known.update(dict.fromkeys(passed, known[folder]))
    return known[folder]


def _config_in(folder: str) -> Path | None:
    for name in FILE_NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return Path(path)
    pyproject = os.path.join(folder, PYPROJECT)
    if not os.path.isfile(pyproject) or leads_outside(pyproject, os.path.realpath(folder)):
        return None
    return Path(pyproject) if _has_section(pyproject) else None


_SECTION_HEADER = LazyPattern(rb"""^[ \t]*\[\s*tool\s*\.\s*["']?cardlint\b""", re.MULTILINE)


def _has_section(pyproject: str) -> bool:
    try:
        content = read_regular(pyproject, LARGEST_FILE)
    except OSError:  # if we may not read it, we cannot know that it is ours
        return False
    if b"cardlint" not in content:
        return False
    import tomllib

    try:
        tool = tomllib.loads(content.decode("utf-8-sig")).get("tool")
    except (ValueError, RecursionError):
        # Broken TOML: ours if it has our header, and then loading it reports what is wrong.
        return _SECTION_HEADER.search(content) is not None
    return isinstance(tool, dict) and "cardlint" in tool
