"""The baseline that a configuration names."""

from __future__ import annotations

import os
from pathlib import Path

from cardlint.config.errors import BaselineError, shown_path
from cardlint.config.model import Config
from cardlint.linting.baseline.baseline import Baseline
from cardlint.linting.baseline.file import read_baseline
from cardlint.repository_root import is_outside

__all__ = ["configured_baseline", "configured_file"]


def configured_file(config: Config, *, trusted: bool) -> Path | None:
    """Return the file of the setting `baseline`, relative to the working folder if it is inside, None if not set.

    Unless the configuration is `trusted`, since the user named it, the file must be in the repository: the text of a
    stranger's repository must not lead to any other file.

    Raises:
        BaselineError: the file is not in the repository.
    """
    if config.baseline is None:
        return None
    path = config.root / config.baseline
    if not trusted and is_outside(str(path), os.path.realpath(config.root)):
        where = "the configuration" if config.file is None else shown_path(config.file)
        reason = f"`baseline` in {where} is outside of the repository; use `--baseline` to name it"
        raise BaselineError(shown_path(path), reason)
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def configured_baseline(config: Config, *, trusted: bool) -> Baseline | None:
    """Read the baseline that a configuration names, None if it names none.

    Raises:
        BaselineError: the file cannot be read, is not a baseline, or is not in the repository.
    """
    file = configured_file(config, trusted=trusted)
    return None if file is None else read_baseline(file)
