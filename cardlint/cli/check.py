"""The command `cardlint check`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cardlint.cli.options import (
    Color,
    ExtendSelect,
    Ignore,
    Isolated,
    NoSuppressions,
    Profile,
    Select,
    Severities,
    refuse,
)
from cardlint.reporters.formats import FORMATS, format_names

if TYPE_CHECKING:
    from cardlint.commands.baseline import KeptBaseline
    from cardlint.commands.changes import Changes
    from cardlint.config.selection import Configurations

__all__ = ["check"]

FailOn = Literal["error", "warning", "note", "never"]
MinSeverity = Literal["error", "warning", "note"]


def check(  # noqa: PLR0913, PLR0917 - one parameter per option
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATHS]...",
            help="Files, folders, `-` for standard input, or cards on the Hub: `hub:owner/name`, `hub:owner`, "
            "`hub:collection/owner/slug`. Default: the current folder.",
        ),
    ] = None,
    select: Select = None,
    ignore: Ignore = None,
    extend_select: ExtendSelect = None,
    severity: Severities = None,
    profile: Profile = None,
    config: Annotated[
        Path | None,
        typer.Option(rich_help_panel="Rules", help="Use this configuration file for every card.", metavar="FILE"),
    ] = None,
    isolated: Isolated = False,
    repo_id: Annotated[
        str | None,
        typer.Option(rich_help_panel="Rules", help="The id of the card's repository on the Hub.", metavar="OWNER/NAME"),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", rich_help_panel="Fixing", help="Apply safe fixes and report the other findings.")
    ] = False,
    unsafe_fixes: Annotated[
        bool,
        typer.Option(
            "--unsafe-fixes",
            rich_help_panel="Fixing",
            help="With --fix or --diff: also apply unsafe fixes, which you should review.",
        ),
    ] = False,
    diff: Annotated[
        bool,
        typer.Option(
            "--diff",
            rich_help_panel="Fixing",
            help="Show the changes that --fix would make without writing them; exit with 1 if there are any.",
        ),
    ] = False,
    fix_only: Annotated[
        bool, typer.Option("--fix-only", rich_help_panel="Fixing", help="Apply fixes without reporting other findings.")
    ] = False,
    add_suppressions: Annotated[
        bool,
        typer.Option(
            "--add-suppressions",
            rich_help_panel="Fixing",
            help="Write comments into the cards that suppress the findings of today; with --diff, show them only.",
        ),
    ] = False,
    output_format: Annotated[
        str,
        typer.Option(
            rich_help_panel="Output",
            help=f"The format of the report: {', '.join(FORMATS)}. Default: full on a terminal, otherwise concise.",
            metavar="FORMAT",
            autocompletion=format_names,
        ),
    ] = "",
    output_file: Annotated[
        Path | None,
        typer.Option(
            rich_help_panel="Output", help="Write the report to this file, not to standard output.", metavar="FILE"
        ),
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            rich_help_panel="Output",
            help="Also write a report in this format to this file (repeatable).",
            metavar="FORMAT=FILE",
        ),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            rich_help_panel="Output",
            metavar="LEVEL",
            help="The lowest severity that makes the exit code 1: error, warning (the default), note or never.",
        ),
    ] = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", rich_help_panel="Output", help="Exit with 0 even if there are findings.")
    ] = False,
    min_severity: Annotated[
        MinSeverity | None,
        typer.Option(
            rich_help_panel="Output",
            metavar="LEVEL",
            help="Report only findings of this severity or above; the others still count.",
        ),
    ] = None,
    statistics: Annotated[
        bool,
        typer.Option(
            "--statistics", rich_help_panel="Output", help="Show only the number of findings per rule, as text or json."
        ),
    ] = False,
    show_files: Annotated[
        bool,
        typer.Option(
            "--show-files",
            rich_help_panel="Files",
            help="List the files that would be linted, and the skipped files with the reason.",
        ),
    ] = False,
    no_suppressions: NoSuppressions = False,
    changed: Annotated[
        bool,
        typer.Option(
            "--changed",
            rich_help_panel="Files",
            help="Lint only files that git reports as changed since the last commit, new files included.",
        ),
    ] = False,
    since: Annotated[
        str,
        typer.Option(
            rich_help_panel="Files",
            help="Like --changed, but since your branch left this branch or commit.",
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
            help="Lint the files listed in this file (`-`: in standard input), one per line or ended by null bytes.",
            metavar="FILE",
        ),
    ] = "",
    all_markdown: Annotated[
        bool,
        typer.Option(
            "--all-markdown",
            rich_help_panel="Files",
            help="Lint every Markdown file in a folder, even if it is not a model card.",
        ),
    ] = False,
    cards_only: Annotated[
        bool,
        typer.Option(
            "--cards-only",
            rich_help_panel="Files",
            help="Also skip files named on the command line if they are clearly not model cards.",
        ),
    ] = False,
    allow_empty: Annotated[
        bool,
        typer.Option("--allow-empty", rich_help_panel="Files", help="Exit with 0 even if no card was found."),
    ] = False,
    baseline: Annotated[
        Path | None,
        typer.Option(rich_help_panel="Baseline", help="Ignore findings recorded in this file.", metavar="FILE"),
    ] = None,
    write_baseline: Annotated[
        bool,
        typer.Option(
            "--write-baseline",
            rich_help_panel="Baseline",
            help="Record the findings in the file of --baseline, by default .cardlint-baseline.json.",
        ),
    ] = False,
    prune_baseline: Annotated[
        bool,
        typer.Option(
            "--prune-baseline",
            rich_help_panel="Baseline",
            help="Remove findings that no longer occur from the baseline.",
        ),
    ] = False,
    stdin_filename: Annotated[
        str, typer.Option(rich_help_panel="Files", help="The file name for standard input.", metavar="NAME")
    ] = "README.md",
    jobs: Annotated[
        str, typer.Option(rich_help_panel="Files", help="The number of processes, or `auto`.", metavar="N")
    ] = "1",
    no_cache: Annotated[
        bool,
        typer.Option(
            "--no-cache", rich_help_panel="Files", help="Neither read nor write the cache of earlier results."
        ),
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", rich_help_panel="Output", help="Print findings and errors, nothing else.")
    ] = False,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose",
            "-v",
            rich_help_panel="Output",
            help="List skipped files with the reason, and show the help of notes.",
        ),
    ] = False,
    color: Annotated[Color, typer.Option(rich_help_panel="Output", help="When to use color.")] = "auto",
) -> None:
    """Lint model cards.

    Exit codes: 0 if no finding is at or above --fail-on,
    1 if one is, or if --diff shows a change,
    2 after an error, 3 if no card was found.
    """
    from cardlint.commands.check import check, count_jobs
    from cardlint.commands.outputs import OutputOptions
    from cardlint.commands.usage import UsageError
    from cardlint.config.command_line import read_overrides
    from cardlint.config.errors import ConfigError
    from cardlint.config.selection import Configurations
    from cardlint.registry import RegistryError, load_rules
    from cardlint.run.judge import FixMode, RunOptions
    from cardlint.run.rule_index import indexed_rules

    if config and isolated:
        refuse("`--config` and `--isolated` cannot be used together")
    for option, given in (
        ("--fix", fix),
        ("--fix-only", fix_only),
        ("--unsafe-fixes", unsafe_fixes),
        ("--no-suppressions", no_suppressions),
    ):
        if add_suppressions and given:
            refuse(f"`--add-suppressions` and `{option}` cannot be used together")
    try:
        changes = _changes(changed=changed, since=since, staged=staged)
        paths = _paths_to_check(paths, files_from)
        rules = load_rules(None if no_cache else indexed_rules())
        overrides = read_overrides(
            rules,
            select=select,
            extend_select=extend_select or (),
            ignore=ignore or (),
            severity=severity or (),
            repo_id=repo_id,
            fail_on=fail_on,
            min_severity=min_severity,
            profile=profile,
        )
        configurations = Configurations(rules, overrides, file=config, isolated=isolated)
        kept = _baseline(baseline, configurations, write=write_baseline, prune=prune_baseline, dry=diff)
        run_options = RunOptions(
            overrides=overrides,
            config=config,
            isolated=isolated,
            suppressions=not no_suppressions,
            all_markdown=all_markdown,
            cards_only=cards_only,
            jobs=count_jobs(jobs),
            fix=FixMode.DIFF if diff else FixMode.WRITE if fix or fix_only or add_suppressions else FixMode.OFF,
            unsafe_fixes=unsafe_fixes,
            add_suppressions=add_suppressions,
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


def _baseline(
    file: Path | None, configurations: "Configurations", *, write: bool, prune: bool, dry: bool
) -> "KeptBaseline | None":
    if file is None and not write and not prune:
        return None
    from cardlint.commands.baseline import keep_baseline
    from cardlint.linting.baseline.baseline import BaselineError

    if write and prune:
        refuse("`--write-baseline` and `--prune-baseline` cannot be used together")
    if dry and (write or prune):
        refuse("`--diff` does not write files, so it cannot write or prune a baseline")
    try:
        return keep_baseline(file, configurations, write=write, prune=prune)
    except BaselineError as error:
        refuse(error)


def _changes(*, changed: bool, since: str, staged: bool) -> "Changes | None":
    if not (changed or since or staged):
        return None
    from cardlint.commands.changes import Changes

    if staged and (changed or since):
        refuse("`--staged` cannot be used together with `--changed` or `--since`")
    return Changes(staged, since)


def _paths_to_check(paths: list[str] | None, files_from: str) -> list[str]:
    """Return the paths given as arguments and those listed in `files_from`; without either, the current folder."""
    if not files_from:
        return paths or ["."]
    from cardlint.commands.changes import listed_files
    from cardlint.source import STANDARD_INPUT

    if files_from == STANDARD_INPUT and STANDARD_INPUT in (paths or ()):
        refuse("standard input cannot be both a card and the list of files")
    return [*(paths or ()), *listed_files(files_from)]


def _further_output(text: str) -> tuple[str, Path]:
    from cardlint.commands.usage import UsageError

    name, separator, file = text.partition("=")
    if not separator or not file:
        raise UsageError(f"`--output` takes FORMAT=FILE, not `{text}`")
    return name, Path(file)
