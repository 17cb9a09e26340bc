"""The page of a rule as Markdown or plain text, from its docstring."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from cardlint.config.profiles import levels
from cardlint.finding import Safety
from cardlint.rule_definition import Manual, Rule

__all__ = ["examples", "facts", "markdown_page", "severities_in_words", "text_page"]

_FIXES = {Safety.SAFE: "safe fix", Safety.UNSAFE: "unsafe fix", None: "no fix"}


def facts(rule: Rule) -> str:
    """Return the group, severity and fix of a rule in a few words."""
    off = "" if rule.default else f", off {_until(rule)}"
    return f"group {rule.info.group} - {severities_in_words(rule)}{off} - {_FIXES[rule.info.fix]}"


def _until(rule: Rule) -> str:
    return f"until its option {rule.policy} is set" if rule.policy else "unless selected by name"


def severities_in_words(rule: Rule) -> str:
    """Return all severities that a rule reports, the most severe first: `error`, `error or note`, `error to note`."""
    first, *others = rule.info.severities
    return f"{first.label} {'to' if len(others) > 1 else 'or'} {others[-1].label}" if others else first.label


def profiles_in_words(rule: Rule) -> str:
    """Return the level of a rule in each profile: `hub: off - standard: note - release: warning`."""
    return " - ".join(f"{profile}: {level}" for profile, level in levels(rule).items())


def examples(manual: Manual) -> Iterator[tuple[str, str]]:
    """Yield the bad and then the good examples with a title, each kind followed by its files."""
    for title, cards, files in (("Bad", manual.bad, manual.bad_files), ("Good", manual.good, manual.good_files)):
        yield from ((title, card) for card in cards)
        yield from ((f"{title}, in {name}", text) for name, text in files.items())


def _configuration(rule: Rule) -> str:
    """Return the configuration file for the examples."""
    return f"[rules.{rule.name}]\n{rule.manual.configuration}"


def _shown_default(value: object) -> str:
    """Write the default of an option as JSON."""
    import json

    return json.dumps(list(value) if isinstance(value, tuple) else value)


def markdown_page(rule: Rule) -> str:
    """Return the whole page as Markdown, with a heading."""
    manual = rule.manual
    parts = [f"# `{rule.name}`", f"*{facts(rule)}*", f"*{profiles_in_words(rule)}*", manual.summary]
    if manual.description:
        parts.append(manual.description)
    if manual.configuration:
        parts.append(f"## Configuration\n\n```toml\n{_configuration(rule)}```")
    parts += [
        f"## {title}\n\n````{'yaml' if title.endswith('.yaml') else 'markdown'}\n{example}````"
        for title, example in examples(manual)
    ]
    if rule.options:
        options = [
            f"- `{option.key}` ({option.kind}, default `{_shown_default(option.default)}`): {option.help}"
            for option in rule.options.values()
        ]
        parts.append("## Options\n\n" + "\n".join(options))
    return "\n\n".join(parts) + "\n"


def text_page(rule: Rule, width: int = 80) -> str:
    """Return the whole page as plain text, wrapped at `width`."""
    return "\n".join(_text_lines(rule, width)) + "\n"


def _text_lines(rule: Rule, width: int) -> Iterator[str]:
    manual = rule.manual
    yield rule.name
    yield f"  {facts(rule)}"
    yield f"  {profiles_in_words(rule)}"
    yield ""
    yield from textwrap.wrap(manual.summary, width)
    for paragraph in filter(None, manual.description.split("\n\n")):
        yield ""
        yield from textwrap.wrap(" ".join(paragraph.split()), width)
    shown = [("Configuration", _configuration(rule))] if manual.configuration else []
    for title, example in (*shown, *examples(manual)):
        yield ""
        yield f"{title}:"
        yield from (f"    {line}".rstrip() for line in example.rstrip("\n").split("\n"))
    if rule.options:
        yield ""
        yield "Options:"
        for option in rule.options.values():
            yield f"    {option.key} ({option.kind}, default {_shown_default(option.default)}): {option.help}"
