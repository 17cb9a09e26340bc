"""Names of rules and groups as people write them, and what they meant by a wrong one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cardlint.rule_definition import Rule

__all__ = ["REMOVED", "RENAMED", "UnknownNameError", "closest", "group_names", "resolve"]

RENAMED: dict[str, str] = {}
"""Old names of rules with the names they have now."""

REMOVED: dict[str, str] = {}
"""Names of rules that are gone, each with a few words on why or what does its work now."""


class UnknownNameError(ValueError):
    """There is no such rule or group; `suggestion` is the name that comes nearest, if one is near."""

    def __init__(self, message: str, suggestion: str | None) -> None:
        super().__init__(message)
        self.suggestion = suggestion


def group_names(rules: Mapping[str, Rule]) -> frozenset[str]:
    """The groups that the rules are in."""
    return frozenset(rule.info.group for rule in rules.values())


def resolve(name: str, rules: Mapping[str, Rule], *, groups: bool = True) -> tuple[str | None, str]:
    """The name that holds today, None for a removed rule, and a note where an old name was given, else "".

    A group's name is taken only where `groups` allows it.

    Raises:
        UnknownNameError: there never was such a name.
    """
    of_groups = group_names(rules)
    if name in rules or (groups and name in of_groups):
        return name, ""
    if RENAMED.get(name) in rules:
        return RENAMED[name], f"the rule `{name}` is called `{RENAMED[name]}` now"
    if name in REMOVED:
        return None, f"the rule `{name}` is gone: {REMOVED[name]}"
    from cardlint.config.errors import quoted

    if name in of_groups:
        raise UnknownNameError(f"{quoted(name)} is a group; the name of a rule is needed here", None)
    candidates = {*rules, *of_groups} if groups else set(rules)
    what = "rule or group" if groups else "rule"
    raise UnknownNameError(f"there is no {what} {quoted(name)}", closest(name, candidates))


def closest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `name` was perhaps meant to be; case, `_` for `-` and a group before a `/` do not count."""
    plain = name[:100].rpartition("/")[2].strip().lower().replace("_", "-").replace(" ", "-")
    by_plain = {candidate.lower().replace("_", "-"): candidate for candidate in sorted(candidates)}
    if plain in by_plain:
        return by_plain[plain]
    import difflib

    near = difflib.get_close_matches(plain, by_plain, n=1)
    return by_plain[near[0]] if near else None
