"""Write the table of rules in README.md anew from the rules themselves: `python tools/rules_table.py`.

A test says when the table is behind.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from cardlint.registry import rules_in
from cardlint.rule_definition import Rule

README = Path(__file__).parents[1] / "README.md"
BEGIN = "<!-- rules: begin, written by tools/rules_table.py -->\n"
END = "<!-- rules: end -->\n"

GROUPS = {
    "source": "The file itself",
    "metadata": "The metadata",
    "sections": "The text",
    "metrics": "What was measured",
    "training": "How it was trained",
    "provenance": "From what it was made",
}


def own_rules() -> list[Rule]:
    """cardlint's own rules, by group and name."""
    from cardlint import rules

    order = list(GROUPS)
    return sorted(rules_in(rules), key=lambda rule: (order.index(rule.info.group), rule.name))


def table(rules: Iterable[Rule]) -> Iterator[str]:
    """The lines of the table, group by group."""
    for group, members in groupby(rules, key=lambda rule: rule.info.group):
        yield f"\n**{GROUPS[group]}** (`{group}`)\n\n| rule | severity | fix | finds |\n|---|---|---|---|\n"
        for rule in members:
            severity = rule.info.severity.label if rule.default else "off"
            fix = rule.info.fix.value if rule.info.fix else ""
            summary = rule.info.summary.replace("|", "\\|")
            yield f"| `{rule.name}` | {severity} | {fix} | {summary} |\n"
    yield "\n"


def with_table(readme: str) -> str:
    """The text of README with the table as it should be."""
    before, _, rest = readme.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}{''.join(table(own_rules()))}{END}{after}"


if __name__ == "__main__":
    README.write_text(with_table(README.read_text("utf-8")), "utf-8", newline="\n")
