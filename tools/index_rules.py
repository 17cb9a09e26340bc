"""Write `cardlint/rules/index.py` anew from the rules themselves: `python tools/index_rules.py`.

The index is what a start knows of cardlint's own rules without importing them. A rule that is missing there works all
the same, and is imported at every start; a test says when the index is behind.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from cardlint.registry import rules_in

HEADER = '''"""What a start knows of cardlint's own rules, so that it imports those that a card concerns, and no other.

Made from the rules by `python tools/index_rules.py`: name, group, severity, fix, default, signs and summary.
"""

# fmt: off
INDEX: tuple[tuple[str, str, str, str, bool, tuple[str, ...], str], ...] = (
'''


def rows() -> Iterator[tuple[object, ...]]:
    """One row a rule, by group and name."""
    for rule in sorted(rules_in(import_module("cardlint.rules")), key=lambda rule: (rule.info.group, rule.name)):
        info = rule.info
        fix = info.fix.value if info.fix else ""
        yield (rule.name, info.group, info.severity.label, fix, rule.default, rule.signs, info.summary)


def index() -> str:
    """The text of the module."""
    return HEADER + "".join(f"    {row!r},\n" for row in rows()) + ")\n"


if __name__ == "__main__":
    Path(__file__).parents[1].joinpath("cardlint/rules/index.py").write_text(index(), "utf-8")
