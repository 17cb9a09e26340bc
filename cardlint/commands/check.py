"""The work of `cardlint check`: run, report, and return the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cardlint.commands.outputs import OutputOptions, report_of, why_impossible, why_kept, write_files, write_report
from cardlint.commands.terminal import stopped_commands, style_of
from cardlint.commands.usage import UsageError
from cardlint.files.found import NO_CARD, Discovered, Exclude, Found, Missing, Skipped
from cardlint.linting.results import Trouble
from cardlint.reporters.formats import FOR_PEOPLE
from cardlint.reporters.masking import masked
from cardlint.reporters.report import Report
from cardlint.rule_definition import Rule
from cardlint.run.judge import FixMode, RunOptions
from cardlint.run.run import Run
from cardlint.run.totals import RunResult
from cardlint.source import HUB, STANDARD_INPUT, read
from cardlint.wording import at_line_start, counted, visible

if TYPE_CHECKING:
    from cardlint.commands.baseline import KeptBaseline
    from cardlint.commands.changes import Changes
    from cardlint.commands.progress import Bar

__all__ = ["EXIT_FINDINGS", "EXIT_NO_CARD", "EXIT_TROUBLE", "check", "count_jobs"]

EXIT_FINDINGS = 1
EXIT_TROUBLE = 2
EXIT_NO_CARD = 3

_CARDLESS_SHOWN = 3  # models without a card that are listed; all with --verbose


def check(  # noqa: PLR0913 - the options of the command line
    paths: Sequence[str],
    options: RunOptions,
    output: OutputOptions,
    *,
    exit_zero: bool = False,
    allow_empty: bool = False,
    stdin_filename: str = "README.md",
    changes: Changes | None = None,
    baseline: KeptBaseline | None = None,
    rules: dict[str, Rule] | None = None,
) -> int:
    """Check the cards at `paths`, report, and return the exit code.

    Raises:
        UsageError: the arguments cannot be used together, or git cannot find the changed files.
    """
    _refuse_contradictions(paths, options, output, baseline)
    options = replace(options, looks_ahead=_looks_ahead(options, output))
    on_hub = any(map(_is_on_hub, paths))
    run = Run(options, rules, fetch=_fetch if on_hub else None)
    only = None if changes is None else _changed_only(paths, changes, output)
    allow_empty = allow_empty or changes is not None  # a commit without a card is as good as one with a correct card
    if output.show_files:
        with _hub_notes(output, on_hub=on_hub):
            return _show_files(paths, run, only, allow_empty=allow_empty)
    data = sys.stdin.buffer.read() if STANDARD_INPUT in paths else None
    if data is not None:
        checked = _check_text(run, data, stdin_filename)
    else:
        with _hub_notes(output, on_hub=on_hub), _progress(output) as bar:
            checked = run.check(paths, only=only, progress=bar)
    _write_notes(checked, output, changes)
    report = report_of(checked, output, can_fix=not all(map(_is_on_hub, paths)), paths=paths)
    written = write_files(report, output)
    if checked.counts.cards or checked.splits or allow_empty:
        written &= _settle_baselines(baseline, run, checked, output)
    fails = checked.fails
    if options.fix is FixMode.DIFF:
        _show_changes(checked, output, suppressed=options.add_suppressions)
        fails = bool(checked.changed)
    elif options.fix is FixMode.WRITE:
        _write_fix_count(checked, output, suppressed=options.add_suppressions)
        if data is not None:
            _pass_on(checked, data)
        if output.fix_only:
            fails = False
        else:
            written &= write_report(report, output, sys.stdout if data is None else sys.stderr)
    else:
        written &= write_report(report, output, sys.stdout)
    _write_remarks(report, output)
    if not written or not _all_drawn(report):
        return EXIT_TROUBLE
    return _exit_code(checked, fails=fails, exit_zero=exit_zero, allow_empty=allow_empty)


def _looks_ahead(options: RunOptions, output: OutputOptions) -> bool:
    """Return True if the report is to say what the next profile would add."""
    line = options.overrides
    is_whole = line.select is None and not line.extend_select and not line.ignore and options.baseline is None
    is_for_people = output.format in ("", *FOR_PEOPLE) and not (output.quiet or output.statistics or output.show_files)
    return is_whole and is_for_people and options.fix is FixMode.OFF


def _refuse_contradictions(
    paths: Sequence[str], options: RunOptions, output: OutputOptions, baseline: KeptBaseline | None
) -> None:
    if STANDARD_INPUT in paths and len(paths) > 1:
        raise UsageError("-: standard input cannot be checked together with other paths")
    why = why_impossible(output)
    if why:
        raise UsageError(why)
    for name, file in _written(output, baseline):
        why = why_kept(file, paths, name)
        if why:
            raise UsageError(why)
    if options.config is not None and not options.config.is_file():
        raise UsageError(f"--config: {visible(str(options.config))}: no such file")
    first = next(filter(_is_on_hub, paths), None)
    if first is not None:
        from cardlint.commands.hub import why_unusable

        if options.fix is FixMode.WRITE:
            option = "--add-suppressions" if options.add_suppressions else "--fix"
            raise UsageError(
                f"{first}: cardlint does not write to the Hub, so `{option}` cannot be used; use `--diff` for a patch"
            )
        why = why_unusable()
        if why:
            raise UsageError(f"{first}: {why}")


def _written(output: OutputOptions, baseline: KeptBaseline | None) -> Iterator[tuple[str, Path]]:
    """Yield every file that a run writes beside its cards, with the format of a report."""
    yield from output.also
    if output.file is not None:
        yield output.format, output.file
    if baseline is not None:
        yield "", baseline.file


def _settle_baselines(named: KeptBaseline | None, run: Run, checked: RunResult, output: OutputOptions) -> bool:
    """Write, prune or compare the baseline of the command line, or those of the configurations."""
    if run.options.fix is FixMode.DIFF:  # the findings are those of cards that were not written
        return True
    kept = [named] if named is not None else list(_configured_baselines(run))
    settled = [each.settle(checked, run.rules, quiet=output.quiet, verbose=output.verbose) for each in kept]
    return all(settled)


def _configured_baselines(run: Run) -> Iterator[KeptBaseline]:
    for baseline in run.judge.baselines.values():
        if baseline is not None:
            from cardlint.commands.baseline import KeptBaseline

            yield KeptBaseline(Path(baseline.name), baseline)


def _is_on_hub(path: str) -> bool:
    return path.startswith(HUB)


def _fetch(paths: Sequence[str], exclude: Exclude, seen: set[str]) -> Iterator[Discovered]:
    """Download cards from the Hub; the client is imported only here, if it is used."""
    from cardlint.hub.fetching import fetch

    return fetch(paths, exclude, seen)


def _hub_notes(output: OutputOptions, *, on_hub: bool) -> AbstractContextManager[None]:
    """Write the Hub client's log messages as notes, if the Hub is used."""
    if not on_hub:
        return nullcontext()
    from cardlint.commands.hub import notes_from_hub

    return notes_from_hub(quiet=output.quiet)


def _progress(output: OutputOptions) -> AbstractContextManager[Bar | None]:
    if output.quiet or not sys.stderr.isatty():
        return nullcontext()
    from cardlint.commands.progress import progress_bar

    return progress_bar(output.color)


def _changed_only(paths: Sequence[str], changes: Changes, output: OutputOptions) -> Collection[str]:
    """Return the changed files; write a note for staged files that have changed again since."""
    from cardlint.commands.changes import changed_files, half_staged

    if STANDARD_INPUT in paths:
        raise UsageError("-: git cannot tell if standard input has changed")
    first = next(filter(_is_on_hub, paths), None)
    if first is not None:
        raise UsageError(f"{first}: git cannot tell if a card on the Hub has changed")
    only = changed_files(paths, changes)
    for file in half_staged(only) if changes.staged and not output.quiet else ():
        sys.stderr.write(f"note: {visible(masked(file))} has unstaged changes; the file on disk is checked\n")
    return only


def _exit_code(checked: RunResult, *, fails: bool, exit_zero: bool, allow_empty: bool) -> int:
    if checked.troubles:
        return EXIT_TROUBLE
    if fails:
        return 0 if exit_zero else EXIT_FINDINGS
    return 0 if checked.counts.cards or allow_empty else EXIT_NO_CARD


def _check_text(run: Run, data: bytes, shown: str) -> RunResult:
    if run.options.cards_only:
        from cardlint.files.card_detection import is_readme, reason_to_skip

        path = Path(shown).absolute()
        has_id = is_readme(path.name) and run.judge.configurations.for_card(path).config.repo_id is not None
        reason = reason_to_skip(read(data, shown).text, has_id=has_id)
        if reason is not None:
            return RunResult(skipped=[Skipped(shown, reason)])
    return run.check_text(data, shown)


def _pass_on(checked: RunResult, data: bytes) -> None:
    """Write standard input with its fixes, in its own encoding, to standard output."""
    sys.stdout.buffer.write(data if checked.text is None else checked.text.encode())
    sys.stdout.buffer.flush()


def _show_changes(checked: RunResult, output: OutputOptions, *, suppressed: bool) -> None:
    """Write the changes that fixing or suppressing would make as a patch, and their number to standard error.

    In a GitHub workflow the lines of the patch are no commands.
    """
    start, end = stopped_commands() if len(checked.patches) else ("", "")
    sys.stdout.buffer.write(start.encode())
    sys.stdout.buffer.writelines(
        _colored(checked.patches) if style_of(sys.stdout, output.color).color else checked.patches
    )
    sys.stdout.buffer.write(end.encode())
    sys.stdout.buffer.flush()
    if checked.changed and not output.quiet:
        findings, cards = counted(checked.fixed, "finding"), counted(checked.changed, "card")
        sys.stderr.write(f"Would {'suppress' if suppressed else 'fix'} {findings} in {cards}.\n")


def _colored(patches: Iterable[bytes]) -> Iterator[bytes]:
    from cardlint.reporters.terminal.patch import colored_patch  # here, since few runs draw a patch

    for patch in patches:
        for line in colored_patch(patch.decode("utf-8", "surrogateescape")):
            yield line.encode("utf-8", "surrogateescape")


def _write_fix_count(checked: RunResult, output: OutputOptions, *, suppressed: bool) -> None:
    if checked.fixed and not output.quiet:
        cards = counted(checked.changed, "card")
        done = "Suppressed" if suppressed else "Fixed"
        sys.stderr.write(f"{done} {counted(checked.fixed, 'finding')} in {cards}.\n")


def _show_files(paths: Sequence[str], run: Run, only: Collection[str] | None, *, allow_empty: bool) -> int:
    """List every file that would be linted, and every skipped file with the reason."""
    cards = 0
    missing = []
    for item in run.discover(paths, only):
        match item:
            case Found():
                cards += 1
                sys.stdout.write(f"{at_line_start(visible(masked(item.shown)))}\n")
            case Skipped():
                sys.stdout.write(f"{at_line_start(visible(masked(item.shown)))}: skipped, {item.reason}\n")
            case Missing():
                missing.append(item)
    for item in missing:
        sys.stderr.write(f"{at_line_start(visible(masked(item.shown)))}: {item.message}\n")
    if missing:
        return EXIT_TROUBLE
    return 0 if cards or allow_empty else EXIT_NO_CARD


def _write_notes(checked: RunResult, output: OutputOptions, changes: Changes | None) -> None:
    """Write notes, skipped files and errors to standard error; with `--quiet` only errors."""
    for note in () if output.quiet else checked.notes:
        sys.stderr.write(f"note: {masked(note)}\n")
    if output.verbose and not output.quiet:
        for item in checked.skipped:
            sys.stderr.write(f"skipped {visible(masked(item.shown))}: {item.reason}\n")
    elif not output.quiet:
        _write_cardless(checked.skipped)
    found = checked.counts.cards or checked.counts.findings
    if changes is not None and not checked.counts.cards and not output.quiet:
        sys.stderr.write(f"note: no card {changes.words}\n")
    elif not found and not output.quiet and output.format not in ("", *FOR_PEOPLE):
        sys.stderr.write("no card was checked; use `--show-files` to see why\n")
    for trouble in checked.troubles:
        _write_trouble(trouble)


def _write_remarks(report: Report, output: OutputOptions) -> None:
    """Write what reports leave out as notes."""
    for remark in () if output.quiet else dict.fromkeys(report.left_out):
        sys.stderr.write(f"note: {masked(remark)}\n")


def _all_drawn(report: Report) -> bool:
    """Return True if the reporters could draw every card; name the others on standard error."""
    for trouble in report.undrawn:
        _write_trouble(trouble)
    return not report.undrawn


def _write_trouble(trouble: Trouble) -> None:
    # the message of a configuration error begins with its path and line
    path = "" if trouble.message.startswith(f"{trouble.path}:") else f"{visible(trouble.path)}: "
    sys.stderr.write(f"error: {masked(f'{path}{trouble.message}')}\n")


def _write_cardless(skipped: Sequence[Skipped]) -> None:
    """Name models without a card: on the Hub this is nearly always an oversight."""
    cardless = [item.shown for item in skipped if item.reason == NO_CARD]
    if cardless:
        names = ", ".join(cardless[:_CARDLESS_SHOWN])
        rest = len(cardless) - _CARDLESS_SHOWN
        more = f" and {rest} more; `--verbose` lists all" if rest > 0 else ""
        models = f"{counted(len(cardless), 'model')} {'has' if len(cardless) == 1 else 'have'}"
        sys.stderr.write(f"note: {models} no card (README.md): {visible(masked(names))}{more}\n")


def count_jobs(text: str) -> int:
    """Return the number of processes for a value of `--jobs`; `auto` is one per processor that this process may use.

    Raises:
        UsageError: the value is neither `auto` nor a number from 1 to 512.
    """
    if text == "auto":
        affinity = getattr(os, "sched_getaffinity", None)
        return len(affinity(0)) if affinity else os.cpu_count() or 1
    if text.isascii() and text.isdigit() and 0 < int(text) <= 512:
        return int(text)
    raise UsageError(f"--jobs: expected `auto` or a number from 1 to 512, got `{visible(text)}`")
