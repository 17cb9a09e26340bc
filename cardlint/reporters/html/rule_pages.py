"""The pages of the report's rules, each opened by the name of its rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cardlint.registry import load_rules
from cardlint.reporters.html.escaping import escape, prose
from cardlint.reporters.machine.paths import as_ascii
from cardlint.reporters.rule_page import examples, facts
from cardlint.rule_definition import Rule

__all__ = ["pages", "rule_name", "rules_named"]


def rules_named(names: Iterable[str]) -> dict[str, Rule]:
    """Return the rules with these names; without those of a plugin that has been removed since."""
    known = load_rules()
    return {name: known[name] for name in sorted(set(names)) if name in known}


def rule_name(name: str, rules: Mapping[str, Rule]) -> str:
    """Return the name of a rule as HTML: a button that opens its page, if the report has it."""
    code = f"<code>{escape(name)}</code>"
    if name not in rules:
        return code
    return f'<button type="button" class="name" popovertarget="rule-{escape(name)}">{code}</button>'


def pages(rules: Mapping[str, Rule]) -> str:
    """Return the pages of all rules; a browser shows none of them until its button is pressed."""
    return "".join(
        f'<aside popover class="page" id="rule-{escape(name)}">\n{"".join(_page(rule))}</aside>\n'
        for name, rule in rules.items()
    )


def _page(rule: Rule) -> Iterator[str]:
    name = escape(rule.name)
    yield f'<button type="button" class="close" popovertarget="rule-{name}" aria-label="Close">×</button>\n'
    yield f"<h2><code>{name}</code></h2>\n<p class='facts'>{escape(facts(rule))}</p>\n"
    yield f"<p><b>{prose(rule.manual.summary)}</b></p>\n"
    for paragraph in filter(None, rule.manual.description.split("\n\n")):
        yield f"<p>{prose(paragraph)}</p>\n"
    for title, example in examples(rule.manual):
        yield f'<h3>{escape(title)}</h3>\n<pre class="code">{escape(example.rstrip())}</pre>\n'
    if rule.options:
        options = (
            f"<li><code>{escape(option.key)}</code>: {prose(option.help)}</li>" for option in rule.options.values()
        )
        yield f"<h3>Options</h3>\n<ul>{''.join(options)}</ul>\n"
    if rule.info.page.startswith(("https://", "http://")):
        address = escape(as_ascii(rule.info.page))
        yield f'<p><a href="{address}" rel="noopener noreferrer">Documentation</a></p>\n'
