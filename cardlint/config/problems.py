"""Collect what is wrong with a configuration file, each problem at its place."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from cardlint.config.errors import ConfigError, ConfigProblem, shown_path
from cardlint.config.toml_places import KeyPath, Place, find_places
from cardlint.source import Source, Span

__all__ = ["Problems"]


class Problems:
    """The problems and notes of one file. Paths are those of keys inside `section`, which is cardlint's own."""

    def __init__(self, source: Source, section: KeyPath) -> None:
        self.source = source
        self.section = section
        self.found: list[ConfigProblem] = []
        self.notes: list[str] = []

    def add(
        self, path: KeyPath, message: str, *, key: bool = False, suggestion: str | None = None, advice: str = ""
    ) -> None:
        """Add a problem of the value at a path, or of the key there if `key` is true."""
        self.found.append(ConfigProblem(message, self._span(path, key=key), suggestion, advice))

    def note(self, path: KeyPath, text: str) -> None:
        """Add a note on what is written at a path: nothing that is wrong, but the user is to know it."""
        span = self._span(path, key=True)
        line = "" if span is None else f":{self.source.position(span.start).line}"
        self.notes.append(f"{shown_path(Path(self.source.path))}{line}: {text}")

    def raise_any(self) -> None:
        """Raise a `ConfigError` with all problems in the order of the file, if there are any."""
        if self.found:
            raise ConfigError(self.source, tuple(sorted(self.found, key=lambda problem: problem.span or Span(0, 0))))

    @cached_property
    def _places(self) -> dict[KeyPath, Place]:
        return find_places(self.source.text)

    def _span(self, path: KeyPath, *, key: bool) -> Span | None:
        """Return the span of the key or the value at `path`; if that is unknown, of what contains it."""
        path = self.section + path
        while path:
            if place := self._places.get(path):
                return place.key if key else place.value
            path, key = path[:-1], False
        return None
