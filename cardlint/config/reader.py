"""Read a configuration file into a `Config`, or report everything that is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cardlint.config.errors import ConfigError, ConfigProblem
from cardlint.config.lookup import PYPROJECT
from cardlint.config.model import Config
from cardlint.config.problems import Problems
from cardlint.config.section_reader import SectionReader
from cardlint.config.toml_places import KeyPath, find_places
from cardlint.lazy_regex import LazyPattern
from cardlint.regular_file import read_regular
from cardlint.rule_definition import Rule
from cardlint.source import LARGEST_FILE, Source, Span

__all__ = ["load_config", "read_config", "setting_lines"]


def load_config(path: Path, known: Mapping[str, Rule], *, named: bool = False) -> Config:
    """Read a configuration file and those that it extends; a `pyproject.toml` is read at `[tool.cardlint]`.

    A file that the user `named` may extend files outside of its repository.

    Raises:
        ConfigError: a file cannot be read, is not TOML, or has settings that are unknown or wrong; with all of them.
    """
    return read_config(_source(path.absolute()), known, named=named)


def read_config(source: Source, known: Mapping[str, Rule], *, named: bool = False) -> Config:
    """Read the text of a configuration file, which may differ from the file; `source` has the file's absolute path.

    Raises:
        ConfigError: see `load_config`.
    """
    files = [Path(source.path)]
    notes: list[str] = []
    values = _read_settings(source, files, notes, known, named=named)
    return Config(file=files[0], root=files[0].parent, extended=tuple(files[1:]), notes=tuple(notes), **values)


def _read_settings(
    source: Source, files: list[Path], notes: list[str], known: Mapping[str, Rule], *, named: bool
) -> dict[str, Any]:
    """Return the settings of the last of `files` and of those that it extends, which are added to `files`."""
    path = files[-1]
    data = _parse(source)
    problems = Problems(source, _section_path(path))
    values = SectionReader(problems, known).read(_section(source, data, problems.section))
    target = values.get("extend")
    base = None
    if target is not None:
        from cardlint.config.extension import combined, file_to_extend, why_not_extended  # here, since few files extend

        base = file_to_extend(target, path)
        why = why_not_extended(base, files, named=named)
        if why:
            problems.add(("extend",), why)
    problems.raise_any()
    notes += problems.notes
    if base is None:
        return values
    files.append(base)
    return combined(_read_settings(_source(base), files, notes, known, named=named), values)


def setting_lines(path: Path) -> dict[KeyPath, int]:
    """Return the line of everything that a configuration file sets, by its key path as written in our section.

    Raises:
        ConfigError: the file cannot be read, or is not TOML.
    """
    source = _source(path)
    _parse(source)
    section = _section_path(path)
    return {
        key_path[len(section) :]: source.position(place.key.start).line
        for key_path, place in find_places(source.text).items()
        if key_path[: len(section)] == section
    }


def _section_path(path: Path) -> KeyPath:
    return ("tool", "cardlint") if path.name == PYPROJECT else ()


def _section(source: Source, data: dict[str, Any], path: KeyPath) -> Any:
    section: Any = data
    for key in path:
        if not isinstance(section, dict) or key not in section:
            raise ConfigError(source, (ConfigProblem("the file has no section `[tool.cardlint]`"),))
        section = section[key]
    return section


def _source(path: Path) -> Source:
    try:
        content = read_regular(path, LARGEST_FILE + 1)
    except OSError as error:
        problem = ConfigProblem(f"the file cannot be read: {error.strerror or error}")
        raise ConfigError(Source(str(path), ""), (problem,)) from None
    if len(content) > LARGEST_FILE:
        raise ConfigError(Source(str(path), ""), (ConfigProblem("the file is too large for a configuration"),))
    try:
        return Source(str(path), content.decode("utf-8-sig"))  # editors on Windows write a byte order mark
    except UnicodeDecodeError as error:
        start = content[: error.start].decode()
        readable = Source(str(path), start + content[error.start :].decode("utf-8", "replace"))
        problem = ConfigProblem("the file is not encoded in UTF-8", Span(len(start), len(start) + 1))
        raise ConfigError(readable, (problem,)) from None


def _parse(source: Source) -> dict[str, Any]:
    try:
        return tomllib.loads(source.text)
    except RecursionError:
        raise ConfigError(source, (ConfigProblem("the values are nested too deeply"),)) from None
    except ValueError as error:  # tomllib's own, and Python's about an integer of thousands of digits
        raise ConfigError(source, (_syntax_problem(source, str(error)),)) from None


_PLACE = LazyPattern(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def _syntax_problem(source: Source, message: str) -> ConfigProblem:
    """Return the problem that tomllib's message tells of; the message ends with the place."""
    match = _PLACE.search(message)
    if match is None:
        return ConfigProblem(f"not valid TOML: {message}")
    start = len(source.text.rstrip())
    if match[1]:
        line = source.lines[min(int(match[1]), len(source.lines)) - 1]
        start = min(line.start + int(match[2]) - 1, line.end)
    return ConfigProblem(f"not valid TOML: {message[: match.start()]}", Span(start, start + 1))
