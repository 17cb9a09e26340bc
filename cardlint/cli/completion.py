"""The words that a shell offers for an option: names of rules and groups, and formats of reports."""

from __future__ import annotations

__all__ = ["complete_level", "complete_names", "complete_report", "complete_rule"]

Offer = tuple[str, str]
"""A word, and the help that some shells show beside it."""


def complete_rule(incomplete: str) -> list[Offer]:
    """Return the names of rules that begin with `incomplete`."""
    return [(name, summary) for name, summary in _rules() if name.startswith(incomplete)]


def complete_names(incomplete: str) -> list[Offer]:
    """Return rules and groups for the last of several names, with the names before it."""
    from cardlint.config.rule_names import ALL, group_names
    from cardlint.registry import load_rules

    before, comma, last = incomplete.rpartition(",")
    groups = [(group, "a group of rules") for group in sorted(group_names(load_rules()))]
    offers = [*_rules(), *groups, (ALL, "every rule")]
    return [(before + comma + name, summary) for name, summary in offers if name.startswith(last)]


def complete_level(incomplete: str) -> list[Offer]:
    """Return RULE=LEVEL: the rules first, then the levels of the rule."""
    from cardlint.config.setting_types import LEVELS

    before, comma, last = incomplete.rpartition(",")
    rule, equals, level = last.partition("=")
    if equals:
        return [(f"{before}{comma}{rule}={each}", "") for each in LEVELS if each.startswith(level)]
    return [(f"{before}{comma}{name}=", summary) for name, summary in _rules() if name.startswith(rule)]


def complete_report(incomplete: str) -> list[str]:
    """Return FORMAT= for the formats that begin with `incomplete`."""
    from cardlint.reporters.formats import format_names

    return [f"{name}=" for name in format_names() if name.startswith(incomplete)]


def _rules() -> list[Offer]:
    from cardlint.registry import load_rules

    return [(name, rule.info.summary) for name, rule in load_rules().items()]
