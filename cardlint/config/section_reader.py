"""Read cardlint's section of a configuration file: each value as the type that its field of `Settings` has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, get_args

from cardlint.config.conversion import ConversionError, converted
from cardlint.config.errors import quoted
from cardlint.config.globs import trouble_with
from cardlint.config.model import settings
from cardlint.config.problems import Problems
from cardlint.config.rule_names import UnknownNameError, closest, resolve
from cardlint.config.setting_types import (
    OPTION_TYPES,
    REPO_ID,
    WITHOUT_BLANKS,
    FilePath,
    RepoId,
    bare,
    is_array,
    is_table,
    word_for,
)
from cardlint.config.toml_places import KeyPath
from cardlint.config.type_words import expected, kind_of
from cardlint.rule_definition import Option, Rule

__all__ = ["SectionReader"]


class SectionReader:
    """Reads the section and reports everything that is wrong in it.

    Each value is converted by itself, since msgspec stops at the first error. Values of a named type are then checked
    by the method for its name, which is given the path, the value, and true if the value is a key.
    """

    def __init__(self, problems: Problems, known: Mapping[str, Rule]) -> None:
        self.problems = problems
        self.known = known
        self._checks: Mapping[str, Callable[[KeyPath, Any, bool], Any]] = {
            "rule": self._rule,
            "rule-or-group": self._rule_or_group,
            "options": self._options,
            "glob": self._glob,
            "negatable-glob": self._negatable_glob,
            "repo-id": self._repo_id,
            "file-path": self._file_path,
        }

    def read(self, section: object) -> dict[str, Any]:
        """Return the fields of `Settings` that a section sets; those that are wrong are None."""
        if not isinstance(section, dict):
            self.problems.add((), f"expected a table of settings, got {kind_of(section)}")
            return {}
        known = settings()
        values = {}
        for name, value in section.items():
            if name in known:
                values[known[name].field] = self._value((name,), value, known[name].type)
            else:
                self._unknown_setting(name)
        return values

    def _unknown_setting(self, name: str) -> None:
        advice = ""
        if name in self.known:
            advice = f"options of a rule belong under `[rules.{name}]`"
        elif name == "tool" and not self.problems.section:
            advice = "only pyproject.toml has `[tool.cardlint]`; here settings are at the top level"
        suggestion = None if advice else closest(name, settings())
        self.problems.add((name,), f"unknown setting {quoted(name)}", key=True, suggestion=suggestion, advice=advice)

    def _value(self, path: KeyPath, value: object, type_: Any, *, key: bool = False) -> Any:
        """Return the value at a path, or the key there if `key` is true, converted to its type.

        None if the value is wrong, which adds a problem, or is the name of a removed rule. Arrays and tables are
        returned without such values.
        """
        found: Any
        if is_array(type_) and isinstance(value, list):
            found = self._array(path, value, type_)
        elif is_table(type_) and isinstance(value, dict):
            found = self._table(path, value, type_)
        else:
            found = self._converted(path, value, type_)
        check = self._checks.get(word_for(type_, "name"))
        return found if check is None or found is None else check(path, found, key)

    def _array(self, path: KeyPath, values: list[Any], type_: Any) -> tuple[Any, ...]:
        item_type, _ = get_args(bare(type_))
        items = (self._value((*path, index), value, item_type) for index, value in enumerate(values))
        return tuple(item for item in items if item is not None)

    def _table(self, path: KeyPath, values: dict[str, Any], type_: Any) -> dict[str, Any]:
        key_type, value_type = get_args(bare(type_))
        table: dict[str, Any] = {}
        for written, value in values.items():
            key = self._value((*path, written), written, key_type, key=True)
            found = self._value((*path, written), value, value_type)
            # a rule's current name outweighs an old one
            if key is not None and found is not None and (key == written or key not in table):
                table[key] = found
        return table

    def _converted(self, path: KeyPath, value: object, type_: Any) -> Any:
        try:
            return converted(value, type_)
        except ConversionError as error:
            self.problems.add(path + error.path, str(error), suggestion=error.suggestion)
            return None

    # The checks of the named types.

    def _rule(self, path: KeyPath, name: str, key: bool) -> str | None:
        return self._resolved(path, name, key, groups=False)

    def _rule_or_group(self, path: KeyPath, name: str, key: bool) -> str | None:
        return self._resolved(path, name, key, groups=True)

    def _resolved(self, path: KeyPath, name: str, key: bool, *, groups: bool) -> str | None:
        try:
            found, note = resolve(name, self.known, groups=groups)
        except UnknownNameError as error:
            self.problems.add(path, str(error), key=key, suggestion=error.suggestion)
            return None
        if note:
            self.problems.note(path, note)
        return found

    def _glob(self, path: KeyPath, glob: str, key: bool) -> str | None:
        return self._usable(path, glob, key, trouble_with(glob))

    def _negatable_glob(self, path: KeyPath, glob: str, key: bool) -> str | None:
        trouble = "it has two `!`" if glob.startswith("!!") else trouble_with(glob.removeprefix("!"))
        return self._usable(path, glob, key, trouble)

    def _usable(self, path: KeyPath, glob: str, key: bool, trouble: str) -> str | None:
        if not trouble:
            return glob
        self.problems.add(path, f"{quoted(glob)} is not a glob: {trouble}", key=key)
        return None

    def _repo_id(self, path: KeyPath, repo_id: str, key: bool) -> str | None:
        if re.search(REPO_ID, repo_id):
            return repo_id
        self.problems.add(path, f"expected {expected(RepoId)}, got {quoted(repo_id)}", key=key)
        return None

    def _file_path(self, path: KeyPath, file: str, key: bool) -> str | None:
        if file and "\0" not in file:
            return file
        self.problems.add(path, f"expected {expected(FilePath)}, got {quoted(file)}", key=key)
        return None

    def _options(self, path: KeyPath, given: dict[str, Any], _: bool) -> dict[str, Any]:
        """Return the options of the rule that the path ends with; empty if the rule is unknown."""
        try:
            rule, _note = resolve(str(path[-1]), self.known, groups=False)
        except UnknownNameError:  # which is a problem of the key
            return {}
        return {} if rule is None else self._options_of(self.known[rule], path, given)

    def _options_of(self, rule: Rule, path: KeyPath, given: dict[str, Any]) -> dict[str, Any]:
        options: dict[str, Any] = {}
        for name, value in given.items():
            option = rule.options.get(name.replace("-", "_"))
            if option is None:
                self._unknown_option((*path, name), rule, name)
            elif option.name in options:
                self.problems.add((*path, name), f"duplicate option {quoted(name)}", key=True)
            else:
                found = self._value((*path, name), value, OPTION_TYPES[option.kind])
                options[option.name] = found
                if option.choices and found is not None:
                    self._check_choices((*path, name), value, option)
                elif found is not None:
                    self._check_value((*path, name), found)
        return options

    def _check_choices(self, path: KeyPath, value: Any, option: Option) -> None:
        places = (
            [((*path, index), item) for index, item in enumerate(value)] if isinstance(value, list) else [(path, value)]
        )
        for place, item in places:
            if isinstance(item, str) and item.replace("_", "-") not in option.choices:
                known = ", ".join(f"`{choice}`" for choice in option.choices)
                suggestion = closest(item, option.choices)
                message = f"unknown value {quoted(item)}; the values of `{option.name.replace('_', '-')}` are {known}"
                self.problems.add(place, message, suggestion=suggestion)

    def _check_value(self, path: KeyPath, value: Any) -> None:
        if isinstance(value, tuple):
            for index, item in enumerate(value):
                if not re.search(WITHOUT_BLANKS, item):
                    self.problems.add((*path, index), f"expected a word without blanks around it, got {quoted(item)}")
        elif isinstance(value, float) and not isfinite(value):
            self.problems.add(path, f"expected a finite number, got `{value}`")

    def _unknown_option(self, path: KeyPath, rule: Rule, name: str) -> None:
        names = [option.key for option in rule.options.values()]
        advice = "" if names else "it has no options"
        if name == "severity":
            advice = f'its severity is set under `[severity]`: {rule.name} = "..."'
        suggestion = None if advice else closest(name, names)
        message = f"the rule `{rule.name}` has no option {quoted(name)}"
        self.problems.add(path, message, key=True, suggestion=suggestion, advice=advice)
