"""A linter for Hugging Face model cards."""

from __future__ import annotations

# True for type checkers; not imported from `typing`, which takes several times as long as this whole module.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from cardlint.card.card import Card, parse
    from cardlint.finding import Edit, Finding, Fix, Problem, Related, RuleInfo, Safety, Severity
    from cardlint.linting.linter import lint
    from cardlint.linting.results import Bug, CardResult, Result
    from cardlint.registry import load_rules
    from cardlint.rule_definition import Rule, rule
    from cardlint.source import Folder, Position, Source, Span, read

__version__ = "0.1.0"

__all__ = [
    "Bug",
    "Card",
    "CardResult",
    "Edit",
    "Finding",
    "Fix",
    "Folder",
    "Position",
    "Problem",
    "Related",
    "Result",
    "Rule",
    "RuleInfo",
    "Safety",
    "Severity",
    "Source",
    "Span",
    "__version__",
    "lint",
    "load_rules",
    "parse",
    "read",
    "rule",
]

_MODULES = {
    "card.card": ("Card", "parse"),
    "finding": ("Edit", "Finding", "Fix", "Problem", "Related", "RuleInfo", "Safety", "Severity"),
    "linting.linter": ("lint",),
    "linting.results": ("Bug", "CardResult", "Result"),
    "registry": ("load_rules",),
    "rule_definition": ("Rule", "rule"),
    "source": ("Folder", "Position", "Source", "Span", "read"),
}


if not TYPE_CHECKING:  # a type checker would conclude that every name exists

    def __getattr__(name: str) -> object:
        # every start of the command imports this module, so the others are imported on first use
        from importlib import import_module

        for module, names in _MODULES.items():
            if name in names:
                value = globals()[name] = getattr(import_module(f"cardlint.{module}"), name)
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
