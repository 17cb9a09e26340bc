"""Select the rules that are in force for a card, and the cards that are linted at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from cardlint.config.errors import ConfigError, ConfigProblem, shown_path
from cardlint.config.lookup import find_config
from cardlint.config.model import Config, Overrides, merge, severity_of
from cardlint.config.profiles import STANDARD, level_in, next_profile, options_in, severity_in
from cardlint.config.rule_names import ALL
from cardlint.config.setting_types import OFF, Profile
from cardlint.finding import Severity
from cardlint.repository_root import OUTSIDE, leads_outside
from cardlint.rule_definition import Rule
from cardlint.source import HUB, Source

if TYPE_CHECKING:
    from cardlint.config.globs import Globs

__all__ = ["ActiveRule", "Configurations", "Selection"]

_OUTSIDE = ConfigProblem(f"the configuration file is {OUTSIDE}, so it is not read; name it with `--config`")


class ActiveRule(Struct, frozen=True):
    """A rule that runs, with the arguments of its function and the severity that replaces the rule's own, if any.

    Without such a `severity`, the `profile` decides on the severity of each finding. If the rule is not `fixable`, its
    findings come without their fixes.
    """

    rule: Rule
    options: dict[str, object]
    severity: Severity | None
    fixable: bool = True
    profile: Profile = STANDARD

    @property
    def highest(self) -> Severity:
        """The severity of the most severe finding that the rule can have."""
        has_policy = self.rule.policy and self.options.get(self.rule.policy)
        return self.severity_of(self.rule.info.severity if has_policy else self.rule.severity)

    def severity_of(self, own: Severity) -> Severity:
        """Return the severity of a finding to which the rule gives the severity `own`."""
        return self.severity or severity_in(self.profile, self.rule.info, own) or own


class Selection:
    """The rules and cards that one configuration selects. Answers are remembered."""

    def __init__(self, config: Config, known: Mapping[str, Rule]) -> None:
        self.config = config
        self.known = known
        self._active: dict[tuple[str, ...], tuple[ActiveRule, ...]] = {}
        self._ahead: dict[int, tuple[ActiveRule, ...]] = {}
        self._folders: dict[Path, str] = {}

    def active(self, card: Path | None = None) -> tuple[ActiveRule, ...]:
        """Return the rules that run on the card at this path, in the order of `known`; None means any card.

        Two cards to which the same `per-file-ignores` apply get the very same tuple.
        """
        globs = self._matching(card) if card is not None and self.config.per_file_ignores else ()
        if globs not in self._active:
            ignored = {name for glob in globs for name in self.config.per_file_ignores[glob]}
            self._active[globs] = tuple(
                self._activate(rule) for rule in self._selected if ignored.isdisjoint((rule.name, rule.info.group, ALL))
            )
        return self._active[globs]

    def ahead(self, card: Path | None = None) -> tuple[ActiveRule, ...]:
        """Return the rules under which the next profile would report more on the card at this path."""
        if self._stricter is None:
            return ()
        active = self.active(card)
        if id(active) not in self._ahead:
            now = {chosen.rule.name: chosen for chosen in active}
            stricter = self._stricter.active(card)
            self._ahead[id(active)] = tuple(each for each in stricter if _may_add(now.get(each.rule.name), each))
        return self._ahead[id(active)]

    @cached_property
    def _stricter(self) -> Selection | None:
        profile = next_profile(self.config.profile)
        return None if profile is None else Selection(replace(self.config, profile=profile), self.known)

    def why_excluded(self, card: Path, *, named: bool = False) -> str | None:
        """Return the reason why the configuration excludes the card at this path, or None if it does not.

        `include` does not apply to a card that was `named` on the command line; `exclude` does.
        """
        config = self.config
        if not config.include and not config.exclude:
            return None
        path = self._relative(card)
        where = "" if config.file is None else f" in {shown_path(config.file)}"
        if config.exclude and (glob := self._exclude.match(path)):
            return f"`exclude`{where} has `{glob}`"
        if config.include and not named and not self._include.match(path):
            return f"nothing in `include`{where} matches"
        return None

    def _relative(self, card: Path) -> str:
        """Return the path that globs match: relative to the configuration's folder, or that of a card on the Hub."""
        folder = card.parent
        if str(card).startswith(HUB):
            return card.as_posix()
        if folder not in self._folders:
            from cardlint.config.globs import relative

            self._folders[folder] = relative(folder, self.config.root)
        seen = self._folders[folder]
        return card.name if seen == "." else f"{seen}/{card.name}"

    @cached_property
    def _include(self) -> Globs:
        from cardlint.config.globs import Globs

        return Globs(self.config.include)

    @cached_property
    def _exclude(self) -> Globs:
        from cardlint.config.globs import Globs

        return Globs(self.config.exclude)

    @cached_property
    def _ignore_globs(self) -> list[tuple[str, bool, Globs]]:
        """Each glob of `per-file-ignores` as written, if it is negated by a `!`, and compiled."""
        from cardlint.config.globs import Globs

        return [(glob, glob.startswith("!"), Globs([glob.removeprefix("!")])) for glob in self.config.per_file_ignores]

    def _matching(self, card: Path) -> tuple[str, ...]:
        path = self._relative(card)
        return tuple(glob for glob, negated, globs in self._ignore_globs if bool(globs.match(path)) != negated)

    @cached_property
    def _selected(self) -> list[Rule]:
        return [rule for rule in self.known.values() if self._is_selected(rule)]

    def _is_selected(self, rule: Rule) -> bool:
        """Ask the file, then the command line: its `--select` starts anew, else it decides only on what it names."""
        is_on = self._is_on(rule)
        selected = is_on if self.config.select is None else False
        for layer in (self.config, self.config.overrides):
            decision = _decide(rule, layer, is_on=is_on)
            if layer.select is not None:
                selected = decision is True
            elif decision is not None:
                selected = decision
        return selected

    def _is_on(self, rule: Rule) -> bool:
        """Return True if a rule runs unless a selection leaves it out: by its level, its policy or the profile."""
        level = self.config.severity.get(rule.name)
        if level is not None:
            return level != OFF
        return self._has_policy(rule) or level_in(self.config.profile, rule) != OFF

    def _has_policy(self, rule: Rule) -> bool:
        return bool(rule.policy and self.config.rules.get(rule.name, {}).get(rule.policy))

    def _activate(self, rule: Rule) -> ActiveRule:
        profile = self._profile(rule)
        return ActiveRule(
            rule=rule,
            options={**options_in(profile, rule), **self.config.rules.get(rule.name, {})},
            severity=self._severity(rule),
            fixable=_is_fixable(rule, self.config),
            profile=profile,
        )

    def _profile(self, rule: Rule) -> Profile:
        """Return the profile for a rule; one that runs although the profile leaves it out is as in `standard`."""
        is_off = level_in(self.config.profile, rule) == OFF
        return STANDARD if is_off or self._is_named(rule) else self.config.profile

    def _is_named(self, rule: Rule) -> bool:
        """Return True if the rule is selected by its own name; `--select` leaves out what the file selects."""
        line = self.config.overrides
        layers = (line,) if line.select is not None else (self.config, line)
        return any(rule.name in (*(layer.select or ()), *layer.extend_select) for layer in layers)

    def _severity(self, rule: Rule) -> Severity | None:
        level = self.config.severity.get(rule.name)
        if level is not None and level != OFF:  # a rule that is off runs if the command line selects it
            return severity_of(level)
        # a rule that is off by default is a note, whatever it calls itself
        return None if rule.default or rule.policy else Severity.NOTE


def _decide(rule: Rule, layer: Config | Overrides, *, is_on: bool) -> bool | None:
    """Return one layer's decision on a rule or None: its name outweighs its group's, `ignore` and `off` break ties.

    A group does not select a rule that is off.
    """
    wanted = {*(layer.select or ()), *layer.extend_select}
    if rule.name in layer.ignore or layer.severity.get(rule.name) == OFF:
        return False
    if rule.name in wanted:
        return True
    if rule.info.group in layer.ignore:
        return False
    if rule.info.group in wanted and is_on:
        return True
    if ALL in layer.ignore:
        return False
    return True if ALL in wanted else None


def _may_add(now: ActiveRule | None, then: ActiveRule) -> bool:
    """Return True if a rule may report more errors and warnings under another profile."""
    if now is None or now.options != then.options:
        return True
    return any(then.severity_of(own) > now.severity_of(own) for own in then.rule.info.severities)


def _is_fixable(rule: Rule, config: Config) -> bool:
    for name in (rule.name, rule.info.group, ALL):
        if name in config.unfixable:
            return False
        if name in (config.fixable or ()):
            return True
    return config.fixable is None


class Configurations:
    """The selection that is in force for each card: that of its nearest configuration file, or of one for all."""

    def __init__(
        self,
        known: Mapping[str, Rule],
        overrides: Overrides | None = None,
        *,
        file: Path | None = None,
        isolated: bool = False,
    ) -> None:
        """Use `file` for every card; with `isolated` no file at all, not even that one."""
        self.known = known
        self.overrides = overrides or Overrides()
        self.file = file
        self.isolated = isolated
        self._found: dict[str, Path | None] = {}
        self._selections: dict[Path | None, Selection | ConfigError] = {}

    def for_card(self, card: Path) -> Selection:
        """Return the selection for the card at this path.

        Raises:
            ConfigError: its configuration cannot be used; every card it holds for gets the same error.
        """
        return self.for_folder(card.parent)

    def for_folder(self, folder: Path) -> Selection:
        """Return the selection for the cards in this folder; see `for_card`."""
        file = self._file(folder)
        if file not in self._selections:
            self._selections[file] = self._load(file)
        selection = self._selections[file]
        if isinstance(selection, ConfigError):
            raise selection
        return selection

    def why_excluded(self, card: Path, named: bool) -> str | None:
        """Return the reason why the card's configuration excludes it, or None; see `Selection.why_excluded`."""
        return self.for_card(card).why_excluded(card, named=named)

    def loaded(self) -> list[Selection]:
        """Return every selection that was asked for so far and could be made."""
        return [selection for selection in self._selections.values() if isinstance(selection, Selection)]

    def _file(self, folder: Path) -> Path | None:
        if self.isolated:
            return None
        return self.file or find_config(folder, self._found)

    def _load(self, file: Path | None) -> Selection | ConfigError:
        try:
            config = Config(root=Path.cwd()) if file is None else self._read(file)
        except ConfigError as error:
            return error
        return Selection(merge(config, self.overrides), self.known)

    def _read(self, file: Path) -> Config:
        from cardlint.config.reader import load_config  # here, since most runs have no file to read

        if file != self.file and leads_outside(str(file), os.path.realpath(file.parent)):
            raise ConfigError(Source(str(file), ""), (_OUTSIDE,))
        return load_config(file, self.known, named=file == self.file)
