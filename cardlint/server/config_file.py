"""Diagnostics of configuration files: those that are open in an editor, and those that hold for an open card."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lsprotocol import types

from cardlint.config.errors import ConfigError, ConfigProblem
from cardlint.config.lookup import FILE_NAMES, PYPROJECT
from cardlint.config.reader import read_config
from cardlint.reporters.masking import masked
from cardlint.rule_definition import Rule
from cardlint.server.messages import NAME, range_of
from cardlint.server.positions import Places
from cardlint.source import Source, Span, without_surrogates

__all__ = ["config_diagnostics", "error_diagnostics", "is_config_file"]

_SECTION = "[tool.cardlint"


def is_config_file(path: Path) -> bool:
    """Return True if a file has the name of a configuration file."""
    return path.name in (*FILE_NAMES, PYPROJECT)


def config_diagnostics(path: Path, text: str, rules: Mapping[str, Rule], encoding: str) -> list[types.Diagnostic]:
    """Return what is wrong with the text of a configuration file; a `pyproject.toml` without our section is skipped."""
    text = without_surrogates(text)
    if path.name == PYPROJECT and _SECTION not in text:
        return []
    try:
        read_config(Source(str(path.absolute()), text), rules)
    except ConfigError as error:
        return error_diagnostics(error, encoding)
    return []


def error_diagnostics(error: ConfigError, encoding: str) -> list[types.Diagnostic]:
    """Return the problems of a configuration as diagnostics of its file."""
    assert error.source is not None
    places = Places(without_surrogates(error.source.text), encoding)
    return [
        types.Diagnostic(
            range_of(places, problem.span or Span(0, 0)),
            _message(problem),
            severity=types.DiagnosticSeverity.Error,
            source=NAME,
        )
        for problem in error.problems
    ]


def _message(problem: ConfigProblem) -> str:
    suggestion = f"did you mean `{problem.suggestion}`?" if problem.suggestion else ""
    return masked("\n".join(filter(None, (problem.message, suggestion, problem.help))))
