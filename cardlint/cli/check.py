"""The command `cardlint check`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cardlint.cli.completion import complete_report
from cardlint.cli.contradictions import refuse_contradictions
from cardlint.cli.declarations import Argument, Option
from cardlint.cli.options import (
    Color,
    ExtendSelect,
    Ignore,
    Isolated,
    NoSuppressions,
    Profile,
    Select,
    Severities,
    as_path,
    refuse,
)
from cardlint.reporters.formats import FORMATS, format_names
from cardlint.wording import visible

if TYPE_CHECKING:
    from cardlint.commands.baseline import KeptBaseline
    from cardlint.commands.changes import Changes
    from cardlint.config.selection import Configurations

__all__ = ["check"]

FailOn = Literal["error", "warning", "note", "never"]
MinSeverity = Literal["error", "warning", "note"]


def check(  # noqa: PLR0913, PLR0917 - one parameter per option
    typed: frozenset[str],
    paths: Annotated[
        list[str] | None,
        Argument(
            metavar="PATHS",
            help="Files, folders, `-` for standard input, or cards on the Hub: `hub:owner/name`, `hub:owner`, "
            "`hub:collection/owner/slug` or their addresses. Default: the current folder.",
        ),
    ] = None,
    debug: Annotated[bool, Option(help="Print the traceback of a bug in cardlint.")] = False,
    select: Select = None,
    extend_select: ExtendSelect = None,
    ignore: Ignore = None,
    severity: Severities = None,
    profile: Profile = None,
    config: Annotated[
        Path | None,
        Option(panel="Rules", help="Use this configuration file for every card.", metavar="FILE"),
    ] = None,
    isolated: Isolated = False,
    repo_id: Annotated[
        str | None,
        Option(panel="Rules", help="The card's repository on the Hub.", metavar="OWNER/NAME"),
    ] = None,
    no_suppressions: NoSuppressions = False,
    fix: Annotated[bool, Option(panel="Fixing", help="Apply safe fixes and report the other findings.")] = False,
    unsafe_fixes: Annotated[
        bool,
        Option(panel="Fixing", help="Also apply unsafe fixes, which you should review."),
    ] = False,
    fix_only: Annotated[bool, Option(panel="Fixing", help="Apply fixes and report no findings.")] = False,
    diff: Annotated[
        bool,
        Option(
            panel="Fixing",
            help="Show what --fix would change, and write nothing; exit with 1 if anything.",
        ),
    ] = False,
    add_suppressions: Annotated[
        bool,
        Option(panel="Fixing", help="Write comments that suppress the findings of today."),
    ] = False,
    exclude: Annotated[
        list[str] | None,
        Option(panel="Files", help="Skip files that this glob matches.", metavar="GLOB"),
    ] = None,
    changed: Annotated[
        bool,
        Option(panel="Files", help="Lint only files changed since the last commit."),
    ] = False,
    since: Annotated[
        str,
        Option(panel="Files", help="Lint only files changed since this branch or commit.", metavar="REF"),
    ] = "",
    staged: Annotated[bool, Option(panel="Files", help="Lint only files that are staged in git.")] = False,
    files_from: Annotated[
        str,
        Option(
            panel="Files",
            help="Lint the files listed in this file, or `-` for standard input.",
            metavar="FILE",
        ),
    ] = "",
    stdin_filename: Annotated[
        str, Option(panel="Files", help="The file name for standard input.", metavar="NAME")
    ] = "README.md",
    all_markdown: Annotated[
        bool,
        Option(panel="Files", help="Lint every Markdown file in folders, card or not."),
    ] = False,
    cards_only: Annotated[
        bool,
        Option(panel="Files", help="Skip named files, too, that are clearly not cards."),
    ] = False,
    show_files: Annotated[
        bool,
        Option(
            panel="Files",
            help="List the files to lint, and the skipped ones with the reason.",
        ),
    ] = False,
    output_format: Annotated[
        str,
        Option(
            panel="Output",
            help=f"The format of the report: {', '.join(FORMATS)}. Default: full on a terminal, otherwise concise.",
            metavar="FORMAT",
            completion=format_names,
        ),
    ] = "",
    output_file: Annotated[
        Path | None,
        Option(short="-o", panel="Output", help="Write the report to this file.", metavar="FILE"),
    ] = None,
    report: Annotated[
        list[str] | None,
        Option(
            panel="Output",
            help="Also write a report in this format to this file.",
            metavar="FORMAT=FILE",
            completion=complete_report,
        ),
    ] = None,
    output: Annotated[list[str] | None, Option(hidden=True, metavar="FORMAT=FILE")] = None,
    min_severity: Annotated[
        MinSeverity | None,
        Option(
            panel="Output",
            metavar="LEVEL",
            help="Report only findings of this severity or above; all count.",
        ),
    ] = None,
    statistics: Annotated[
        bool,
        Option(
            panel="Output",
            help="Show only the number of findings per rule; also with --output-format json.",
        ),
    ] = False,
    quiet: Annotated[bool, Option(short="-q", panel="Output", help="Print findings and errors, nothing else.")] = False,
    verbose: Annotated[
        bool,
        Option(short="-v", panel="Output", help="Also show skipped files and notes' help."),
    ] = False,
    color: Annotated[
        Color, Option(panel="Output", help="When to use color: auto, always or never.", metavar="WHEN")
    ] = "auto",
    fail_on: Annotated[
        FailOn | None,
        Option(
            panel="Exit code",
            metavar="LEVEL",
            help="Exit with 1 at this severity: error, warning (the default), note or never.",
        ),
    ] = None,
    exit_zero: Annotated[bool, Option(panel="Exit code", help="Exit with 0 even if there are findings.")] = False,
    allow_empty: Annotated[bool, Option(panel="Exit code", help="Exit with 0 even if no card was found.")] = False,
    baseline: Annotated[
        Path | None,
        Option(panel="Baseline", help="Ignore findings recorded in this file.", metavar="FILE"),
    ] = None,
    write_baseline: Annotated[
        bool,
        Option(
            panel="Baseline",
            help="Record the findings there, by default in .cardlint-baseline.json.",
        ),
    ] = False,
    prune_baseline: Annotated[
        bool,
        Option(panel="Baseline", help="Remove findings there that no longer occur."),
    ] = False,
    jobs: Annotated[
        str,
        Option(panel="Speed", help="The number of processes, or `auto`.", metavar="N"),
    ] = "auto",
    no_cache: Annotated[
        bool,
        Option(panel="Speed", help="Neither read nor write earlier results."),
    ] = False,
) -> None:
    """Lint model cards.

    Exit codes: 0 if no finding is at or above --fail-on,
    1 if one is, or if --diff shows a change,
    2 after an error, 3 if no card was found.

    Options with NAMES, GLOB or FORMAT=FILE can be repeated.
    An environment variable can set an option: CARDLINT_OUTPUT_FORMAT=json.
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

    del debug  # read by `cardlint.cli.main`
    fixing = {"--fix": fix, "--fix-only": fix_only, "--diff": diff}
    refuse_contradictions(typed, {option for option, given in fixing.items() if given})
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
        kept = _baseline(baseline, configurations, write=write_baseline, prune=prune_baseline)
        run_options = RunOptions(
            overrides=overrides,
            config=config,
            isolated=isolated,
            suppressions=not no_suppressions,
            all_markdown=all_markdown,
            cards_only=cards_only,
            jobs=count_jobs(jobs),
            exclude=_globs(exclude),
            fix=FixMode.DIFF if diff else FixMode.WRITE if fix or fix_only or add_suppressions else FixMode.OFF,
            unsafe_fixes=unsafe_fixes,
            add_suppressions=add_suppressions,
            baseline=kept.baseline if kept else None,
            cache=not no_cache,
        )
        output_options = OutputOptions(
            format=output_format,
            file=output_file,
            also=_reports(report, output, quiet=quiet),
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
    sys.exit(code)


def _baseline(
    file: Path | None, configurations: "Configurations", *, write: bool, prune: bool
) -> "KeptBaseline | None":
    if file is None and not write and not prune:
        return None
    from cardlint.commands.baseline import keep_baseline
    from cardlint.config.errors import BaselineError

    try:
        return keep_baseline(file, configurations, write=write, prune=prune)
    except BaselineError as error:
        refuse(error)


def _changes(*, changed: bool, since: str, staged: bool) -> "Changes | None":
    if not (changed or since or staged):
        return None
    from cardlint.commands.changes import Changes

    return Changes(staged, since)


def _paths_to_check(paths: list[str] | None, files_from: str) -> list[str]:
    """Return the paths given as arguments and those listed in `files_from`; without either, the current folder."""
    paths = [as_path(path) for path in paths or ()]
    if "" in paths:
        refuse("PATHS: expected a file or a folder, got an empty text")
    if not files_from:
        return paths or ["."]
    from cardlint.commands.changes import listed_files
    from cardlint.source import STANDARD_INPUT

    if files_from == STANDARD_INPUT and STANDARD_INPUT in paths:
        refuse("--files-from: standard input cannot be both a card and the list of files")
    return [*paths, *listed_files(files_from)]


def _globs(globs: list[str] | None) -> tuple[str, ...]:
    """Return the globs of `--exclude`; exit with an error if one cannot be used."""
    if not globs:
        return ()
    from cardlint.config.globs import trouble_with  # here, since it needs a library

    for glob in globs:
        trouble = trouble_with(glob)
        if trouble:
            refuse(f"--exclude: `{visible(glob)}` is not a glob: {trouble}")
    return tuple(globs)


def _reports(report: list[str] | None, output: list[str] | None, *, quiet: bool) -> tuple[tuple[str, Path], ...]:
    """Return the format and the file of each `--report`; `--output` is its old name."""
    if output and not quiet:
        sys.stderr.write("note: `--output` is now called `--report`\n")
    given = [("--report", value) for value in report or ()] + [("--output", value) for value in output or ()]
    return tuple(_report(option, value) for option, value in given)


def _report(option: str, value: str) -> tuple[str, Path]:
    name, equals, file = value.partition("=")
    if not name or not equals or not file:
        refuse(f"{option}: expected FORMAT=FILE, got `{visible(value)}`")
    return name, Path(file)
