"""Options of `cardlint check` that contradict each other, or that have no effect without another."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import typer

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


def refuse_contradictions(context: typer.Context) -> None:
    """Exit with an error if options contradict each other.

    Only options that were typed count: what is typed takes precedence over what environment variables say.
    """
    typed = set(_typed(context))
    for option, others in CONTRADICTIONS.items():
        for other in others if option in typed else ():
            if other in typed:
                refuse(f"`{option}` and `{other}` cannot be used together")
    for option, needed in NEEDS.items():
        if option in typed and not _given(context, needed):
            refuse(f"{option}: has no effect without one of {', '.join(f'`{each}`' for each in needed)}")


def _typed(context: typer.Context) -> Iterator[str]:
    for parameter in context.command.params:
        source = context.get_parameter_source(parameter.name or "")
        if source is not None and source.name == "COMMANDLINE":
            yield max(parameter.opts, key=len)


def _given(context: typer.Context, options: Collection[str]) -> bool:
    """Return True if one of the flags is set, by the command line or by an environment variable."""
    flags = [each.name or "" for each in context.command.params if set(each.opts) & set(options)]
    return any(context.params.get(flag) for flag in flags)
