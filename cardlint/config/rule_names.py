"""Resolve the names of rules and groups that people write, and suggest the name that a wrong one was meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cardlint.rule_definition import Rule

__all__ = [
    "ALL",
    "MISSING_CARD",
    "REMOVED",
    "RENAMED",
    "UNUSED_SUPPRESSION",
    "UnknownNameError",
    "closest",
    "group_names",
    "resolve",
]

UNUSED_SUPPRESSION = "unused-suppression"
"""The rule whose findings the linter makes itself, after those of all other rules."""

MISSING_CARD = "missing-card"
"""The rule about a folder without a card."""

ALL = "ALL"
"""The name that selects or ignores every rule, those that are off by default too; a rule or group outweighs it."""

RENAMED: dict[str, str] = {}
"""Old names of rules with the names they have now."""

REMOVED: dict[str, str] = {}
"""Names of rules that were removed, each with a few words on the reason or the replacement."""


class UnknownNameError(ValueError):
    """An unknown rule or group; `suggestion` is the name that comes nearest, if one is near."""

    def __init__(self, message: str, suggestion: str | None) -> None:
        super().__init__(message)
        self.suggestion = suggestion


def group_names(rules: Mapping[str, Rule]) -> frozenset[str]:
    """Return the groups that the rules are in."""
    return frozenset(rule.info.group for rule in rules.values())


def resolve(name: str, rules: Mapping[str, Rule], *, groups: bool = True) -> tuple[str | None, str]:
    """Return a rule's or group's current name, or None for a removed rule, and a note if `name` is an old one.

    Names of groups are accepted only if `groups` is true. The note is empty for a current name.

    Raises:
        UnknownNameError: there never was such a name.
    """
    of_groups = group_names(rules)
    if name in rules or (groups and (name in of_groups or name == ALL)):
        return name, ""
    if RENAMED.get(name) in rules:
        return RENAMED[name], f"the rule `{name}` is now called `{RENAMED[name]}`"
    if name in REMOVED:
        return None, f"the rule `{name}` was removed: {REMOVED[name]}"
    from cardlint.config.errors import quoted

    if name in of_groups:
        raise UnknownNameError(f"expected a rule name, got the group {quoted(name)}", None)
    candidates = {*rules, *of_groups, ALL} if groups else set(rules)
    what = "rule or group" if groups else "rule"
    raise UnknownNameError(f"unknown {what} {quoted(name)}", closest(name, candidates))


def closest(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that is perhaps meant by `name`; case, `_` for `-` and a group before a `/` are ignored."""
    plain = name[:100].rpartition("/")[2].strip().lower().replace("_", "-").replace(" ", "-")
    by_plain = {candidate.lower().replace("_", "-"): candidate for candidate in sorted(candidates)}
    if plain in by_plain:
        return by_plain[plain]
    import difflib

    near = difflib.get_close_matches(plain, by_plain, n=1)
    return by_plain[near[0]] if near else None
