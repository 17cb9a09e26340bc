"""The work of `cardlint rules` and `cardlint explain`: the list of rules, and the page of a rule."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from cardlint.commands.vocabularies import summarize_vocabularies
from cardlint.config.profiles import STANDARD, level_in, levels
from cardlint.config.setting_types import PROFILES
from cardlint.reporters.rule_page import markdown_page, severities_in_words, text_page
from cardlint.rule_definition import Rule

__all__ = ["RULE_FORMATS", "explain_rule", "list_rules"]

RULE_FORMATS = ("text", "json", "markdown")

_NARROWEST = 36  # cells that a summary needs to be on the line of the rule's name


def list_rules(rules: Mapping[str, Rule], style: str, width: int = 100) -> str:
    """Return the list of all rules by group, in one of `RULE_FORMATS`."""
    listed = sorted(rules.values(), key=lambda rule: (_group_order(rule.info.group), rule.name))
    origins = _origins(rules)
    if style == "json":
        described = [_describe(rule, origins) for rule in listed]
        return json.dumps(described, indent=2, ensure_ascii=False) + "\n"
    if style == "markdown":
        return _table(listed, origins)
    return "\n".join(_lines(listed, origins, width)) + "\n"


def explain_rule(rule: Rule, style: str, width: int = 80) -> str:
    """Return the page of a rule, in one of `RULE_FORMATS`."""
    if style == "json":
        return json.dumps(_page(rule), indent=2, ensure_ascii=False) + "\n"
    if style == "markdown":
        return markdown_page(rule)
    return text_page(rule, min(width, 100))


_GROUPS = ("source", "metadata", "sections", "metrics", "training", "provenance", "repository")


def _group_order(group: str) -> tuple[int, str]:
    return (_GROUPS.index(group) if group in _GROUPS else len(_GROUPS), group)


def _origins(rules: Mapping[str, Rule]) -> dict[str, str]:
    """Return the name of the distribution for the package of each rule."""
    packages = {rule.package for rule in rules.values()}
    if packages == {"cardlint"}:
        return {"cardlint": "cardlint"}
    from importlib.metadata import packages_distributions

    distributions = packages_distributions()
    return {package: (distributions.get(package) or [package])[0] for package in packages}


def _describe(rule: Rule, origins: Mapping[str, str]) -> dict[str, Any]:
    info = rule.info
    return {
        "name": info.name,
        "group": info.group,
        "severity": level_in(STANDARD, rule),
        "severities": [severity.label for severity in info.severities],
        "profiles": levels(rule),
        "default": rule.default,
        "fix": info.fix.value if info.fix else None,
        "summary": info.summary,
        "distribution": origins[rule.package],
    }


def _lines(rules: Sequence[Rule], origins: Mapping[str, str], width: int) -> Iterator[str]:
    name_width = max((len(rule.name) for rule in rules), default=0)
    severity_width = max((len(_severities(rule)) for rule in rules), default=0)
    for group, members in groupby(rules, key=lambda rule: rule.info.group):
        yield group
        for rule in members:
            fix = f"fix: {rule.info.fix.value if rule.info.fix else '-'}"
            origin = origins[rule.package]
            summary = rule.info.summary if origin == "cardlint" else f"{rule.info.summary} ({origin})"
            head = f"  {rule.name:<{name_width}}  {_severities(rule):<{severity_width}}  {fix:<11}  "
            yield from _row(head, summary, width)
        yield ""
    yield from textwrap.wrap(summarize_vocabularies(), width)
    yield f"{len(rules)} rules. `cardlint explain RULE` shows the page of a rule."


def _severities(rule: Rule) -> str:
    return severities_in_words(rule) if rule.default else "off"


def _row(head: str, summary: str, width: int) -> list[str]:
    """Return the lines of a rule: its summary beside its name, or below if there is too little room."""
    if width - len(head) >= _NARROWEST:
        return _wrapped(summary, width, head, " " * len(head))
    return [head.rstrip(), *_wrapped(summary, width, " " * 6, " " * 6)]


def _wrapped(text: str, width: int, first_indent: str, indent: str) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=first_indent, subsequent_indent=indent, break_on_hyphens=False)


def _table(rules: Sequence[Rule], origins: Mapping[str, str]) -> str:
    heads = ("rule", "group", "severity", *PROFILES, "fix", "finds", "from")
    rows = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for rule in rules:
        info = rule.info
        summary = info.summary.replace("|", "\\|")
        fix = info.fix.value if info.fix else "-"
        facts = (info.group, _severities(rule), *levels(rule).values())
        cells = (f"`{info.name}`", *facts, fix, summary, origins[rule.package])
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _page(rule: Rule) -> dict[str, Any]:
    manual = rule.manual
    return {
        **_describe(rule, _origins({rule.name: rule})),
        "description": manual.description,
        "configuration": manual.configuration,
        "bad": list(manual.bad),
        "good": list(manual.good),
        "bad_files": dict(manual.bad_files),
        "good_files": dict(manual.good_files),
        "options": [
            {"name": option.key, "kind": option.kind, "default": option.default, "help": option.help}
            for option in rule.options.values()
        ],
    }
