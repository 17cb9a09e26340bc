"""The page of a rule as Markdown, read off the rule itself."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.finding import Safety
from cardlint.rule_definition import Manual, Rule

__all__ = ["examples", "facts", "markdown_page", "shown_default"]

_FIXES = {Safety.SAFE: "safe fix", Safety.UNSAFE: "unsafe fix", None: "no fix"}


def facts(rule: Rule) -> str:
    """Group, severity and fix of a rule in a few words."""
    severity = rule.info.severity.label if rule.default else "off unless selected by name"
    return f"group {rule.info.group} - {severity} - {_FIXES[rule.info.fix]}"


def examples(manual: Manual) -> Iterator[tuple[str, str]]:
    """Good and bad cards, each kind followed by the files that lie beside it, with a title."""
    for title, cards, files in (("Bad", manual.bad, manual.bad_files), ("Good", manual.good, manual.good_files)):
        yield from ((title, card) for card in cards)
        yield from ((f"{title}, in {name}", text) for name, text in files.items())


def shown_default(value: object) -> str:
    """The default of an option as JSON."""
    import json

    return json.dumps(list(value) if isinstance(value, tuple) else value)


def markdown_page(rule: Rule) -> str:
    """The whole page, with a heading."""
    manual = rule.manual
    parts = [f"# `{rule.name}`", f"*{facts(rule)}*", manual.summary]
    if manual.description:
        parts.append(manual.description)
    parts += [
        f"## {title}\n\n````{'yaml' if title.endswith('.yaml') else 'markdown'}\n{example}````"
        for title, example in examples(manual)
    ]
    if rule.options:
        options = [
            f"- `{option.name.replace('_', '-')}` ({option.kind}, default `{shown_default(option.default)}`): "
            f"{option.help}"
            for option in rule.options.values()
        ]
        parts.append("## Options\n\n" + "\n".join(options))
    return "\n\n".join(parts) + "\n"
