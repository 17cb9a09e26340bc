"""`cardlint check`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cardlint.cli.options import Color, ExtendSelect, Ignore, Isolated, NoSuppressions, Select, Severities, refuse
from cardlint.reporters.formats import FORMATS, format_names

if TYPE_CHECKING:
    from cardlint.commands.baseline import KeptBaseline
    from cardlint.commands.changes import Changes

__all__ = ["check"]

FailOn = Literal["error", "warning", "note", "never"]


def check(  # noqa: PLR0913, PLR0917 - they are the options there are
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATHS]...",
            help="Files, folders, `-` for standard input, or cards on the Hub: `hub:owner/name`, `hub:owner`, "
            "`hub:collection/owner/slug`; by default the folder you are in.",
        ),
    ] = None,
    select: Select = None,
    ignore: Ignore = None,
    extend_select: ExtendSelect = None,
    severity: Severities = None,
    config: Annotated[
        Path | None,
        typer.Option(rich_help_panel="Rules", help="Use this configuration file for every card.", metavar="FILE"),
    ] = None,
    isolated: Isolated = False,
    repo_id: Annotated[
        str | None,
        typer.Option(
            rich_help_panel="Rules", help="The repository on the Hub that the card belongs to.", metavar="OWNER/NAME"
        ),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", rich_help_panel="Fixing", help="Apply safe fixes, and report what is left.")
    ] = False,
    unsafe_fixes: Annotated[
        bool,
        typer.Option(
            "--unsafe-fixes", rich_help_panel="Fixing", help="With --fix or --diff: apply unsafe fixes as well."
        ),
    ] = False,
    diff: Annotated[
        bool,
        typer.Option(
            "--diff",
            rich_help_panel="Fixing",
            help="Show what fixing would change, write nothing, and exit with 1 if it would.",
        ),
    ] = False,
    fix_only: Annotated[
        bool, typer.Option("--fix-only", rich_help_panel="Fixing", help="Apply fixes and report nothing else.")
    ] = False,
    output_format: Annotated[
        str,
        typer.Option(
            rich_help_panel="Output",
            help=f"How to report: {', '.join(FORMATS)}; by default full on a terminal, else concise.",
            metavar="FORMAT",
            autocompletion=format_names,
        ),
    ] = "",
    output_file: Annotated[
        Path | None,
        typer.Option(
            rich_help_panel="Output", help="Report into this file instead of standard output.", metavar="FILE"
        ),
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            rich_help_panel="Output",
            help="Report in a further format into a file, beside all else (repeatable).",
            metavar="FORMAT=FILE",
        ),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            rich_help_panel="Output",
            metavar="LEVEL",
            help="Exit with 1 from this severity on: error, warning (the default), note or never.",
        ),
    ] = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", rich_help_panel="Output", help="Exit with 0 even if there are findings.")
    ] = False,
    statistics: Annotated[
        bool,
        typer.Option(
            "--statistics", rich_help_panel="Output", help="Show only how often each rule finds, as text or json."
        ),
    ] = False,
    show_files: Annotated[
        bool,
        typer.Option(
            "--show-files", rich_help_panel="Files", help="Show which files would be linted, and why others not."
        ),
    ] = False,
    no_suppressions: NoSuppressions = False,
    changed: Annotated[
        bool,
        typer.Option(
            "--changed",
            rich_help_panel="Files",
            help="Lint only files that differ from the last commit, by git's word; new files count.",
        ),
    ] = False,
    since: Annotated[
        str,
        typer.Option(
            rich_help_panel="Files",
            help="Like --changed, but lint all that has changed since the work left this branch or commit.",
            metavar="REF",
        ),
    ] = "",
    staged: Annotated[
        bool, typer.Option("--staged", rich_help_panel="Files", help="Lint only files that are staged in git.")
    ] = False,
    files_from: Annotated[
        str,
        typer.Option(
            rich_help_panel="Files",
            help="Lint the files that this file or `-` names, each on a line or ended by a null byte.",
            metavar="FILE",
        ),
    ] = "",
    all_markdown: Annotated[
        bool,
        typer.Option(
            "--all-markdown", rich_help_panel="Files", help="Lint every Markdown file in a folder, card or not."
        ),
    ] = False,
    cards_only: Annotated[
        bool,
        typer.Option(
            "--cards-only", rich_help_panel="Files", help="Skip named files that are plainly no model cards, too."
        ),
    ] = False,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", rich_help_panel="Files", help="Exit with 0 if there is no card to lint.")
    ] = False,
    baseline: Annotated[
        Path | None,
        typer.Option(
            rich_help_panel="Baseline", help="Let the findings pass that this file has recorded.", metavar="FILE"
        ),
    ] = None,
    write_baseline: Annotated[
        bool,
        typer.Option(
            "--write-baseline",
            rich_help_panel="Baseline",
            help="Record what is found, into --baseline's file or .cardlint-baseline.json.",
        ),
    ] = False,
    prune_baseline: Annotated[
        bool,
        typer.Option(
            "--prune-baseline", rich_help_panel="Baseline", help="Forget what is recorded and is not found any more."
        ),
    ] = False,
    stdin_filename: Annotated[
        str, typer.Option(rich_help_panel="Files", help="What standard input is called.", metavar="NAME")
    ] = "README.md",
    jobs: Annotated[
        str, typer.Option(rich_help_panel="Files", help="How many processes to use: a number, or `auto`.", metavar="N")
    ] = "1",
    no_cache: Annotated[
        bool,
        typer.Option(
            "--no-cache", rich_help_panel="Files", help="Lint every card anew, whatever an earlier run has kept."
        ),
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", rich_help_panel="Output", help="Report findings and nothing else.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", rich_help_panel="Output", help="Name every skipped file with the reason.")
    ] = False,
    color: Annotated[Color, typer.Option(rich_help_panel="Output", help="When to use colour.")] = "auto",
) -> None:
    """Lint model cards.

    It exits with 0 where nothing is at or above --fail-on, with 1 where something is or --diff would change a card,
    with 2 where something went wrong, and with 3 where there was no card to lint.
    """
    from cardlint.commands.check import check, count_jobs
    from cardlint.commands.outputs import OutputOptions
    from cardlint.commands.usage import UsageError
    from cardlint.config.command_line import read_overrides
    from cardlint.config.errors import ConfigError
    from cardlint.registry import RegistryError, load_rules
    from cardlint.run.judge import FixMode, RunOptions
    from cardlint.run.rule_index import indexed_rules

    if config and isolated:
        refuse("`--config` and `--isolated` cannot go together")
    try:
        kept = _baseline(baseline, write=write_baseline, prune=prune_baseline, dry=diff)
        changes = _changes(changed=changed, since=since, staged=staged)
        paths = _named(paths, files_from)
        rules = load_rules(None if no_cache else indexed_rules())
        overrides = read_overrides(
            rules,
            select=select,
            extend_select=extend_select or (),
            ignore=ignore or (),
            severity=severity or (),
            repo_id=repo_id,
            fail_on=fail_on,
        )
        run_options = RunOptions(
            overrides=overrides,
            config=config,
            isolated=isolated,
            suppressions=not no_suppressions,
            all_markdown=all_markdown,
            cards_only=cards_only,
            jobs=count_jobs(jobs),
            fix=FixMode.DIFF if diff else FixMode.WRITE if fix or fix_only else FixMode.OFF,
            unsafe_fixes=unsafe_fixes,
            baseline=kept.baseline if kept else None,
            cache=not no_cache,
        )
        output_options = OutputOptions(
            format=output_format,
            file=output_file,
            also=tuple(_further_output(text) for text in output or ()),
            color=color,
            quiet=quiet,
            verbose=verbose,
            statistics=statistics,
            show_files=show_files,
            fix_only=fix_only,
        )
        code = check(
            paths,
            run_options,
            output_options,
            exit_zero=exit_zero,
            allow_empty=allow_empty,
            stdin_filename=stdin_filename,
            changes=changes,
            baseline=kept,
            rules=rules,
        )
    except (UsageError, ConfigError, RegistryError) as error:
        refuse(error)
    raise typer.Exit(code)


def _baseline(file: Path | None, *, write: bool, prune: bool, dry: bool) -> "KeptBaseline | None":
    if file is None and not write and not prune:
        return None
    from cardlint.commands.baseline import keep_baseline
    from cardlint.linting.baseline.file import BaselineError

    if write and prune:
        refuse("`--write-baseline` and `--prune-baseline` cannot go together")
    if dry and (write or prune):
        refuse("`--diff` writes nothing, and so no baseline")
    try:
        return keep_baseline(file, write=write, prune=prune)
    except BaselineError as error:
        refuse(error)


def _changes(*, changed: bool, since: str, staged: bool) -> "Changes | None":
    if not (changed or since or staged):
        return None
    from cardlint.commands.changes import Changes

    if staged and (changed or since):
        refuse("`--staged` cannot go together with `--changed` or `--since`")
    return Changes(staged, since)


def _named(paths: list[str] | None, files_from: str) -> list[str]:
    """The paths to check: with a list of files, only they and what else is named."""
    if not files_from:
        return paths or ["."]
    from cardlint.commands.changes import listed_files

    if files_from == "-" and "-" in (paths or ()):
        refuse("standard input cannot be both a card and a list of files")
    return [*(paths or ()), *listed_files(files_from)]


def _further_output(text: str) -> tuple[str, Path]:
    from cardlint.commands.usage import UsageError

    name, separator, file = text.partition("=")
    if not separator or not file:
        raise UsageError(f"`--output` takes FORMAT=FILE, not `{text}`")
    return name, Path(file)
