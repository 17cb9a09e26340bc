"""Options of `cardlint check` that contradict each other, or that have no effect without another."""

from __future__ import annotations

from collections.abc import Collection

from cardlint.cli.options import refuse

__all__ = ["refuse_contradictions"]

_REPORT = ("--output-format", "--output-file", "--statistics")
_BASELINE = ("--write-baseline", "--prune-baseline")

CONTRADICTIONS = {
    "--isolated": ("--config",),
    "--quiet": ("--verbose",),
    "--exit-zero": ("--fail-on",),
    "--cards-only": ("--all-markdown",),
    "--staged": ("--changed", "--since"),
    "--prune-baseline": ("--write-baseline",),
    "--diff": (*_REPORT, *_BASELINE),  # a patch is the whole output, and no file is written
    "--fix-only": _REPORT,
    "--add-suppressions": ("--fix", "--fix-only", "--unsafe-fixes", "--no-suppressions"),
    "--show-files": ("--fix", "--fix-only", "--diff", "--add-suppressions", "--report", *_REPORT, *_BASELINE),
}
"""Options with those that cannot be used together with them."""

NEEDS = {"--unsafe-fixes": ("--fix", "--fix-only", "--diff")}
"""Options with those of which they need one."""


def refuse_contradictions(typed: Collection[str], given: Collection[str]) -> None:
    """Exit with an error if options contradict each other, or one needs another.

    Only options that were typed contradict each other: what is typed takes precedence over what environment variables
    say. Those of which an option needs one may be `given` in either way.
    """
    for option, others in CONTRADICTIONS.items():
        for other in others if option in typed else ():
            if other in typed:
                refuse(f"`{option}` and `{other}` cannot be used together")
    for option, needed in NEEDS.items():
        if option in typed and not set(needed) & set(given):
            refuse(f"{option}: has no effect without one of {', '.join(f'`{each}`' for each in needed)}")
