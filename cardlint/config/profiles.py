"""Profiles: which rules run, and how severe their findings are, from the few checks of `hub` to those of `release`.

`hub` reports what the Hub refuses or cannot see, and secrets; other findings are notes, and rules about text, metrics
and training are off. Under `standard` every finding has the severity that its rule gives it. `release` makes warnings
of what the Hub's checklist for a release asks for. An error or warning of one profile is one in the next, too.
"""

from __future__ import annotations

from collections.abc import Mapping

from cardlint.config.setting_types import OFF, PROFILES, Level, Profile
from cardlint.finding import RuleInfo, Severity
from cardlint.rule_definition import Rule

__all__ = ["HUB", "RELEASE", "STANDARD", "level_in", "levels", "next_profile", "options_in", "severity_in"]

HUB, STANDARD, RELEASE = PROFILES

_OFF_IN_HUB = frozenset(("sections", "metrics", "training"))
"""The groups that are off in `hub`."""

_REFUSED_IN_HUB = frozenset(("source", "metadata"))
"""The groups whose errors remain in `hub`: they say that the Hub refuses the card or sees nothing of it."""

_UNSEEN_IN_HUB = frozenset(
    (
        "byte-order-mark",
        "invalid-eval-results",
        "misplaced-front-matter",
        "missing-card",
        "missing-front-matter",
        "unknown-key",
        "unknown-pipeline-tag",
        "wrong-type",
    )
)
"""The rules whose warnings remain in `hub` too: they are about metadata that the Hub does not see."""

_RELEASE_CHECKLIST = frozenset(
    (
        "missing-datasets",
        "missing-language",
        "missing-library",
        "missing-license",
        "missing-pipeline-tag",
        "missing-section",
    )
)
"""The rules whose notes are warnings in `release`."""

_RELEASE_OPTIONS: Mapping[str, Mapping[str, object]] = {
    "missing-library": {"always": True},
    "missing-pipeline-tag": {"always": True},
    "missing-section": {"complete": True},
}
"""The options of rules that `release` sets, unless the configuration does."""


def severity_in(profile: Profile, rule: RuleInfo, severity: Severity) -> Severity | None:
    """Return the severity in a profile of a finding whose rule gives it `severity`, or None if the rule is off."""
    if profile == HUB:
        if rule.group in _OFF_IN_HUB:
            return None
        remains = Severity.WARNING if rule.name in _UNSEEN_IN_HUB else Severity.ERROR
        return severity if rule.group in _REFUSED_IN_HUB and severity >= remains else Severity.NOTE
    if profile == RELEASE and rule.name in _RELEASE_CHECKLIST:
        return max(severity, Severity.WARNING)
    return severity


def level_in(profile: Profile, rule: Rule) -> Level:
    """Return the level of a rule in a profile: that of its most severe finding, if no option makes it more severe."""
    severity = severity_in(profile, rule.info, rule.severity) if rule.default else None
    return OFF if severity is None else _LEVELS[severity]


_LEVELS: Mapping[Severity, Level] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def levels(rule: Rule) -> dict[Profile, Level]:
    """Return the level of a rule in every profile."""
    return {profile: level_in(profile, rule) for profile in PROFILES}


def options_in(profile: Profile, rule: Rule) -> Mapping[str, object]:
    """Return the options of a rule that a profile sets."""
    return _RELEASE_OPTIONS.get(rule.name, {}) if profile == RELEASE else {}


def next_profile(profile: Profile) -> Profile | None:
    """Return the profile that is one step stricter, or None for the strictest."""
    stricter = PROFILES[PROFILES.index(profile) + 1 :]
    return stricter[0] if stricter else None
