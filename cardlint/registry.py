"""Every rule there is: cardlint's own, and those that other installed packages bring."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from cardlint.plugins import plugins
from cardlint.rule_definition import Rule

__all__ = ["ENTRY_POINTS", "RegistryError", "load_rules", "own_rules", "rules_in"]

ENTRY_POINTS = "cardlint.rules"
"""The entry-point group by which rules arrive; a value names a module or package whose rules are taken, all of them."""


class RegistryError(Exception):
    """A package's rules cannot be loaded, or two rules have one name."""


def load_rules(own: Iterable[Rule] | None = None) -> dict[str, Rule]:
    """Return all rules by name, sorted by name; `own` are cardlint's own rules, if they are at hand.

    Raises:
        RegistryError: an installed plugin does not import, holds no rule, or brings a name that is taken.
    """
    found: dict[str, Rule] = {rule.name: rule for rule in (own_rules() if own is None else own)}
    for name, module in plugins(ENTRY_POINTS):
        try:
            rules = list(rules_in(import_module(module)))
        except (Exception, SystemExit) as error:
            raise RegistryError(f"the rules of plugin `{name}` ({module}) cannot be loaded: {error!r}") from error
        if not rules:
            raise RegistryError(f"plugin `{name}` ({module}) holds no rule")
        for rule in rules:
            if found.setdefault(rule.name, rule) is not rule:
                raise RegistryError(f"plugin `{name}` brings a rule `{rule.name}`, and there is one already")
    return dict(sorted(found.items()))


def own_rules() -> Iterator[Rule]:
    """Yield the rules of cardlint itself: one in each module of `cardlint.rules`, named like the module."""
    package = import_module("cardlint.rules")
    for folder in package.__path__:
        for group in _modules_in(folder):
            for module in _modules_in(f"{folder}{os.sep}{group}"):
                yield getattr(import_module(f"cardlint.rules.{group}.{module}"), module)


def _modules_in(folder: str) -> list[str]:
    """The modules and packages in a folder: a look at names, since `iter_modules` costs a start a millisecond."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - the path is a text already
    except OSError:  # no folder: a file, or a place in an archive
        return [module.name for module in iter_modules([folder])]
    stems = {name.partition(".")[0] for name in names if "." not in name or name.endswith((".py", ".pyc"))}
    return sorted(stem for stem in stems if not stem.startswith("__"))


def rules_in(module: ModuleType) -> Iterator[Rule]:
    """The rules that a module defines, and those of every module below it."""
    for value in vars(module).values():
        if isinstance(value, Rule) and value.check.__module__ == module.__name__:
            yield value
    if hasattr(module, "__path__"):
        for child in iter_modules(module.__path__, f"{module.__name__}."):
            yield from rules_in(import_module(child.name))
