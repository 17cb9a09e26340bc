"""An index of cardlint's own rules in the cache folder, so that a run over cached cards imports no rule.

Importing all rules takes a third of a short run. The index is derived from the rule modules and is valid only while
their files are the same.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cached_property
from importlib import import_module

import msgspec

from cardlint.finding import RuleInfo
from cardlint.registry import own_rules
from cardlint.regular_file import read_regular
from cardlint.rule_definition import Check, Rule
from cardlint.run.cache import own_cache_folder
from cardlint.run.fingerprint import own_fingerprint

__all__ = ["indexed_rules"]


class IndexedRule(Rule):
    """A rule of cardlint whose module is imported when its check is first used."""

    def __init__(self, row: _Row) -> None:
        self.info = row.info
        self.name = row.info.name
        self.default = row.default
        self.reads_metadata = row.reads_metadata
        self.choices = row.choices
        self.policy = row.policy

    @cached_property
    def check(self) -> Check:  # type: ignore[override]
        """The check of the rule."""
        module = self.name.replace("-", "_")
        rule: Rule = getattr(import_module(f"cardlint.rules.{self.info.group}.{module}"), module)
        return rule.check

    @property
    def package(self) -> str:
        return "cardlint"


class _Row(msgspec.Struct, frozen=True):
    info: RuleInfo
    default: bool
    reads_metadata: bool
    choices: dict[str, tuple[str, ...]]
    policy: str


class _Index(msgspec.Struct, frozen=True):
    fingerprint: str
    rows: list[_Row]


_LARGEST = 1 << 24  # bytes of an index


def indexed_rules() -> list[Rule]:
    """Return cardlint's own rules from the index, or import them and write the index."""
    folder = own_cache_folder()
    if folder is None:
        return list(own_rules())
    path = os.path.join(folder, "rules.msgpack")  # noqa: PTH118 - importing pathlib would take longer than the rest
    try:
        fingerprint = own_fingerprint()
        index = _read(path)
    except OSError:
        return list(own_rules())
    if index is not None and index.fingerprint == fingerprint:
        return [IndexedRule(row) for row in index.rows]
    rules = list(own_rules())
    rows = [_row(rule) for rule in rules]
    from cardlint.files.write import write_whole

    with suppress(OSError):  # some systems have no folder that can be written
        os.makedirs(folder, mode=0o700, exist_ok=True)  # noqa: PTH103 - as above
        write_whole(path, msgspec.msgpack.encode(_Index(fingerprint, rows)), private=True)
    return rules


def _row(rule: Rule) -> _Row:
    return _Row(rule.info, rule.default, rule.reads_metadata, dict(rule.choices), rule.policy)


def _read(path: str) -> _Index | None:
    """Read the index; None if the file does not exist or has another format."""
    try:
        return msgspec.msgpack.decode(read_regular(path, _LARGEST), type=_Index)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
