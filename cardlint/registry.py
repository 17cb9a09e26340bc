"""The registry of rules: cardlint's own rules and those of installed plugins."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import import_module
from types import ModuleType

from cardlint.plugins import plugins
from cardlint.rule_definition import Rule

__all__ = ["ENTRY_POINTS", "RegistryError", "load_rules", "own_rules", "rules_in"]

ENTRY_POINTS = "cardlint.rules"
"""The entry-point group of plugins; a value names a module or package, and all of its rules are loaded."""

Plugins = tuple[tuple[str, str], ...]
"""The names and modules of plugins."""


class RegistryError(Exception):
    """The rules of a plugin cannot be loaded, or two rules have the same name."""


def load_rules(own: Iterable[Rule] | None = None) -> dict[str, Rule]:
    """Return all rules by name, sorted by name; `own` are cardlint's own rules if they are already known.

    Raises:
        RegistryError: an installed plugin cannot be imported, has no rules, or has a rule whose name is taken.
    """
    found = plugins(ENTRY_POINTS)
    return dict(_installed(found)) if own is None else _with_plugins(own, found)


@lru_cache(8)
def _installed(found: Plugins) -> dict[str, Rule]:
    """Return cardlint's own rules and those of plugins, once for each content of Python's path."""
    return _with_plugins(own_rules(), found)


def _with_plugins(own: Iterable[Rule], plugins_found: Plugins) -> dict[str, Rule]:
    found: dict[str, Rule] = {rule.name: rule for rule in own}
    for name, module in plugins_found:
        try:
            rules = list(rules_in(import_module(module)))
        except (Exception, SystemExit) as error:
            raise RegistryError(f"the rules of plugin `{name}` ({module}) cannot be loaded: {error!r}") from error
        if not rules:
            raise RegistryError(f"plugin `{name}` ({module}) has no rules")
        for rule in rules:
            if found.setdefault(rule.name, rule) is not rule:
                raise RegistryError(f"plugin `{name}` has a rule `{rule.name}`, but this name is already taken")
    return dict(sorted(found.items()))


@cache
def own_rules() -> tuple[Rule, ...]:
    """Return cardlint's own rules: one in each module of `cardlint.rules`, with the name of the module."""
    return tuple(_read_own_rules())


def _read_own_rules() -> Iterator[Rule]:
    package = import_module("cardlint.rules")
    for folder in package.__path__:
        for group in _modules_in(folder):
            for module in _modules_in(f"{folder}{os.sep}{group}"):
                yield getattr(import_module(f"cardlint.rules.{group}.{module}"), module)


def _modules_in(folder: str) -> list[str]:
    """Return the names of the modules in a folder; `iter_modules` would take a millisecond longer."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - the path is a string already
    except OSError:  # not a folder, for example inside an archive
        from pkgutil import iter_modules

        return [module.name for module in iter_modules([folder])]
    stems = {name.partition(".")[0] for name in names if "." not in name or name.endswith((".py", ".pyc"))}
    return sorted(stem for stem in stems if not stem.startswith("__"))


def rules_in(module: ModuleType) -> Iterator[Rule]:
    """Yield the rules that a module and its submodules define."""
    for value in vars(module).values():
        if isinstance(value, Rule) and value.check.__module__ == module.__name__:
            yield value
    if hasattr(module, "__path__"):
        from pkgutil import iter_modules  # here, since only plugins need it

        for child in iter_modules(module.__path__, f"{module.__name__}."):
            yield from rules_in(import_module(child.name))
