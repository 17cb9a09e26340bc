"""The work of `cardlint rules` and `cardlint explain`: the list of rules, and the page of a rule."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from cardlint.commands.vocabularies import summarize_vocabularies
from cardlint.reporters.rule_page import markdown_page, text_page
from cardlint.rule_definition import Rule

__all__ = ["RULE_FORMATS", "explain_rule", "list_rules"]

RULE_FORMATS = ("text", "json", "markdown")

_NARROWEST = 40  # cells that a summary needs to be on the line of the rule's name


def list_rules(rules: Mapping[str, Rule], style: str, width: int = 100) -> str:
    """Return the list of all rules by group, in one of `RULE_FORMATS`."""
    described = [_describe(rule, origins) for origins in (_origins(rules),) for rule in rules.values()]
    described.sort(key=lambda entry: (_group_order(entry["group"]), entry["name"]))
    if style == "json":
        return json.dumps(described, indent=2, ensure_ascii=False) + "\n"
    if style == "markdown":
        return _table(described)
    return "\n".join(_lines(described, width)) + "\n"


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
        "severity": info.severity.label,
        "default": rule.default,
        "fix": info.fix.value if info.fix else None,
        "summary": info.summary,
        "distribution": origins.get(rule.package, ""),
    }


def _lines(described: list[dict[str, Any]], width: int) -> Iterator[str]:
    name_width = max((len(entry["name"]) for entry in described), default=0)
    group = None
    for entry in described:
        if entry["group"] != group:
            if group is not None:
                yield ""
            group = entry["group"]
            yield group
        severity = entry["severity"] if entry["default"] else "off"
        fix = f"fix: {entry['fix'] or '-'}"
        origin = "" if entry["distribution"] == "cardlint" else f" ({entry['distribution']})"
        head = f"  {entry['name']:<{name_width}}  {severity:<7}  {fix:<11}  "
        yield from _row(head, f"{entry['summary']}{origin}", width)
    yield ""
    yield from textwrap.wrap(summarize_vocabularies(), width)
    yield f"{len(described)} rules. `cardlint explain RULE` shows the page of a rule."


def _row(head: str, summary: str, width: int) -> list[str]:
    """Return the lines of a rule: its summary beside its name, or below if there is too little room."""
    if width - len(head) >= _NARROWEST:
        return textwrap.wrap(summary, width, initial_indent=head, subsequent_indent=" " * len(head))
    return [head.rstrip(), *textwrap.wrap(summary, width, initial_indent=" " * 6, subsequent_indent=" " * 6)]


def _table(described: list[dict[str, Any]]) -> str:
    rows = ["| rule | group | severity | fix | finds | from |", "|---|---|---|---|---|---|"]
    for entry in described:
        severity = entry["severity"] if entry["default"] else "off"
        summary = entry["summary"].replace("|", "\\|")
        rows.append(
            f"| `{entry['name']}` | {entry['group']} | {severity} | {entry['fix'] or '-'} | {summary} "
            f"| {entry['distribution']} |"
        )
    return "\n".join(rows) + "\n"


def _page(rule: Rule) -> dict[str, Any]:
    manual = rule.manual
    return {
        **_describe(rule, _origins({rule.name: rule})),
        "description": manual.description,
        "bad": list(manual.bad),
        "good": list(manual.good),
        "bad_files": dict(manual.bad_files),
        "good_files": dict(manual.good_files),
        "options": [
            {"name": option.key, "kind": option.kind, "default": option.default, "help": option.help}
            for option in rule.options.values()
        ],
    }
