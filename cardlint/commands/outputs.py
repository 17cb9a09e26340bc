"""Writing reports to standard output, to files, and to the summary of a GitHub job."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from msgspec import Struct

from cardlint import __version__
from cardlint.commands.terminal import as_machine_output, style_of
from cardlint.files.discovery import MARKDOWN
from cardlint.finding import Severity
from cardlint.regular_file import read_regular
from cardlint.reporters.formats import FOR_PEOPLE, reporter
from cardlint.reporters.masking import masked
from cardlint.reporters.report import Report
from cardlint.repository_root import OUTSIDE, is_outside, repository_of
from cardlint.run.totals import RunResult
from cardlint.source import MOST_OF_CARD, read
from cardlint.wording import reason_of, visible

__all__ = [
    "OutputOptions",
    "is_planted",
    "report_of",
    "why_impossible",
    "why_kept",
    "write_files",
    "write_report",
    "write_text",
]

_OF_STATISTICS = (*FOR_PEOPLE, "json")
_JOB_SUMMARY = "GITHUB_STEP_SUMMARY"
_MARKDOWN = "markdown"
_HTML = "html"


class OutputOptions(Struct, frozen=True):
    """Options for reports: `format` is empty for the default, `file` is None for standard output.

    `also` lists further formats, each with its file.
    """

    format: str = ""
    file: Path | None = None
    also: tuple[tuple[str, Path], ...] = ()
    color: str = "auto"
    quiet: bool = False
    verbose: bool = False
    statistics: bool = False
    show_files: bool = False
    fix_only: bool = False

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats of all reports; that of the main one may be empty."""
        return (self.format, *(name for name, _ in self.also))


def why_impossible(output: OutputOptions) -> str | None:
    """Return why the output options cannot be used, or None if they can."""
    named = [("--output-format", output.format)] if output.format else []
    for option, name in (*named, *(("--report", name) for name, _ in output.also)):
        try:
            reporter(name)
        except ValueError as error:
            return f"{option}: {error}"
    if output.statistics and output.format and output.format not in _OF_STATISTICS:
        return f"--statistics: can be written as text or json, not as {output.format}"
    files = [file for _, file in output.also] + ([output.file] if output.file is not None else [])
    real = [os.path.realpath(file) for file in files if not _is_device(file)]
    twice = next((file for file in real if real.count(file) > 1), None)
    return f"two reports cannot be written to the same file, {visible(twice)}" if twice else None


def why_kept(file: Path, paths: Sequence[str], format_name: str = "") -> str | None:
    """Return why a report in a format, or a baseline, cannot be written to a file, or None if it can.

    A mistaken path, or a file in the repository that is named like an option, must not overwrite a card.
    """
    if _is_device(file):
        return None
    real = os.path.realpath(file)
    if is_planted(file):
        return f"{visible(str(file))} is {OUTSIDE}, so nothing is written through it; name the file that it leads to"
    if any(os.path.realpath(path) == real for path in paths):
        return f"{visible(str(file))} is checked, so nothing else can be written to it"
    if not real.lower().endswith(MARKDOWN):
        return None
    if format_name != _MARKDOWN:
        return f"{visible(str(file))} is a Markdown file; only a report in the format markdown can be written to it"
    return f"{visible(str(file))} is a model card, so no report can be written to it" if _is_card(real) else None


def is_planted(file: Path) -> bool:
    """Return True if a link of a git repository in a path leads outside, or to git's own files.

    The author of the link may be a stranger.
    """
    return any(map(_is_planted_link, (file, *file.parents)))


def _is_planted_link(place: Path) -> bool:
    folder, real = os.path.realpath(place.parent), os.path.realpath(place)
    git_folder = os.path.join(repository_of(folder), ".git")  # noqa: PTH118 - a string, as from the functions around it
    if not place.is_symlink() or not os.path.lexists(git_folder):
        return False
    return is_outside(real, folder) or real.startswith(os.path.join(os.path.realpath(git_folder), ""))  # noqa: PTH118


def _is_card(path: str) -> bool:
    from cardlint.files.card_detection import reason_to_skip  # here, since few runs write a report

    try:
        return reason_to_skip(read(read_regular(path, MOST_OF_CARD)).text, Path(path)) is None
    except OSError:
        return False


def _is_device(file: Path) -> bool:
    return file.exists() and not file.is_file()


def report_of(checked: RunResult, output: OutputOptions, *, can_fix: bool = True, paths: Sequence[str] = ()) -> Report:
    """Return the report of a run over `paths`, with their last commit if a format shows it."""
    return Report(
        checked.findings,
        checked.counts,
        checked.troubles,
        __version__,
        quiet=output.quiet,
        verbose=output.verbose,
        secrets=checked.secrets,
        can_fix=can_fix,
        idle=checked.idle,
        profile=None if _fails_by_notes(checked) else checked.profile,
        short_of_next=checked.short_of_next,
        commit=_commit(paths) if _HTML in output.formats else "",
    )


def _commit(paths: Sequence[str]) -> str:
    from cardlint.commands.changes import last_commit  # here, since only this format shows it

    return last_commit(paths)


def _fails_by_notes(checked: RunResult) -> bool:
    """Return True if the run fails although no finding is an error or a warning."""
    return checked.fails and not checked.counts.reaches(Severity.WARNING)


def write_files(report: Report, output: OutputOptions) -> bool:
    """Write the reports of `also`, and the summary of a GitHub job; return False if one could not be written."""
    written = [_into(file, _writer(report, name, "never")) for name, file in output.also]
    if "github" in output.formats:
        written.append(_append_job_summary(report))
    return all(written)


def write_report(report: Report, output: OutputOptions, stream: TextIO) -> bool:
    """Write the main report to `stream`, or to its file and the summary to standard error.

    Return False if a file could not be written.
    """
    name = output.format or ("full" if stream.isatty() and output.file is None else "concise")
    write = _writer(report, name, output.color)
    if output.statistics:
        from cardlint.commands.statistics import as_json, as_lines  # here, since few runs count

        write = as_json(report) if name == "json" else as_lines(report, output.color)
    if output.file is not None:
        written = _into(output.file, write)
        _write_summary(report, output)
        return written
    write(stream if name in FOR_PEOPLE else as_machine_output(stream))
    stream.flush()
    return True


def _write_summary(report: Report, output: OutputOptions) -> None:
    from cardlint.reporters.terminal.styling import Paint
    from cardlint.reporters.terminal.summary_text import closing

    sys.stderr.writelines(closing(report, Paint(style_of(sys.stderr, output.color))))


def _writer(report: Report, name: str, color: str) -> Callable[[TextIO], None]:
    return lambda stream: reporter(name)(report, stream, style_of(stream, color))


def write_text(file: Path, text: str) -> bool:
    """Write a text to a file, completely or not at all; report an error and return False if that fails."""

    def write(stream: TextIO) -> None:
        stream.write(text)

    return _into(file, write)


def _into(file: Path, write: Callable[[TextIO], None]) -> bool:
    """Write to a file; report an error and return False if that fails."""
    try:
        with _replacing(file) as stream:
            write(stream)
    except OSError as error:
        sys.stderr.write(f"error: cannot write {visible(masked(str(file)))}: {reason_of(error)}\n")
        return False
    return True


@contextmanager
def _replacing(file: Path) -> Iterator[TextIO]:
    """Yield a stream whose text replaces `file` when it is complete; pipes and devices are written directly."""
    target = os.path.realpath(file)
    if _is_device(file) or file.is_dir():
        with open(target, "w", encoding="utf-8", errors="replace", newline="\n") as stream:  # noqa: PTH123
            yield stream
        return
    from cardlint.files.write import replacing, termination_held

    with (
        termination_held(),
        replacing(target) as whole,
        TextIOWrapper(whole, "utf-8", errors="replace", newline="\n") as stream,
    ):
        yield stream


def _append_job_summary(report: Report) -> bool:
    """Append the report to the summary of the GitHub job, if there is one."""
    path = os.environ.get(_JOB_SUMMARY)
    if not path:
        return True
    try:
        with open(path, "a", encoding="utf-8", errors="replace", newline="\n") as stream:  # noqa: PTH123
            reporter("markdown")(report, stream, style_of(stream, "never"))
    except OSError as error:
        sys.stderr.write(f"error: cannot write the job summary: {reason_of(error)}\n")
        return False
    return True
