"""The tools `check` and `fix`: the findings of cards, and the changes of their fixes."""

from __future__ import annotations

import os
from typing import Any

from cardlint import __version__
from cardlint.card.text.secrets import find_secrets
from cardlint.linting.results import Counts, Trouble
from cardlint.mcp.answers import LONGEST_DIFF, Answer, ToolError, report_in_words, report_object
from cardlint.mcp.arguments import CheckArguments, FixArguments
from cardlint.mcp.session import TEXT_NAME, Session, data_of
from cardlint.reporters.machine.json import encode
from cardlint.reporters.masking import masked
from cardlint.reporters.report import Report
from cardlint.run.judge import FixMode, LintedCard, patch_of
from cardlint.run.totals import RunResult
from cardlint.wording import counted, visible

__all__ = ["check", "fix"]

_MOST_LISTED = 3  # errors or notes in a text


def check(session: Session, arguments: CheckArguments) -> Answer:
    """Lint a card, or the cards of a folder."""
    run = session.run(arguments)
    data = data_of(arguments)
    if data is None:
        place = session.fence.place(arguments.path or "")
        result = run.check([place])
        is_folder = os.path.isdir(place)  # noqa: PTH112 - a string, as where folders are searched
    else:
        result = run.check_text(data, TEXT_NAME)
        is_folder = False
    if not result.counts.cards and not is_folder:
        _refuse(result)
    report = _report(result)
    return Answer(
        encode({**report_object(report), "notes": list(map(masked, result.notes))}), _check_in_words(report, result)
    )


def _report(result: RunResult) -> Report:
    """Return the report of a run, whose text names the tool `fix` instead of the command."""
    return Report(result.findings, result.counts, result.troubles, __version__, secrets=result.secrets, can_fix=False)


def _check_in_words(report: Report, result: RunResult) -> str:
    if not (result.counts.cards or result.counts.findings or result.troubles):
        return f"No card was found ({counted(result.counts.skipped, 'other file')} skipped).\n"
    notes = "".join(f"note: {masked(note)}\n" for note in result.notes[:_MOST_LISTED])
    return _in_words(report) + notes + _fix_hint(result.counts)


def _in_words(report: Report) -> str:
    """Return the findings and errors of a report, a line each, and a summary."""
    errors = [f"error: {_trouble_in_words(trouble)}\n" for trouble in report.troubles[:_MOST_LISTED]]
    return "".join([report_in_words(report), *errors])


def _refuse(result: RunResult) -> None:
    """Refuse a call about one card that was not linted, with the reason."""
    for trouble in result.troubles:
        raise ToolError(_trouble_in_words(trouble))
    for skipped in result.skipped:
        raise ToolError(visible(f"{skipped.shown}: not linted: {skipped.reason}"))


def _trouble_in_words(trouble: Trouble) -> str:
    # the message of a configuration error begins with its path, and shows the line of the file below
    message = trouble.message.partition("\n")[0]
    return visible(masked(message if message.startswith(f"{trouble.path}:") else f"{trouble.path}: {message}"))


def _fix_hint(counts: Counts) -> str:
    safe, unsafe = counts.fixable, counts.fixable_unsafe
    if not safe and not unsafe:
        return ""
    if not safe:
        return f"With `unsafe`, the tool `fix` can fix {unsafe} of them.\n"
    return f"The tool `fix` can fix {safe} of them{f' and, with `unsafe`, {unsafe} more' if unsafe else ''}.\n"


def fix(session: Session, arguments: FixArguments) -> Answer:
    """Apply the fixes of a card, in memory or to its file."""
    if arguments.write and arguments.text is not None:
        raise ToolError("write: a text has no file; give the `path` of a card")
    run = session.run(arguments, FixMode.WRITE if arguments.write else FixMode.DIFF, unsafe=arguments.unsafe)
    found = session.found(arguments, run.judge, run.judge.configurations.why_excluded)
    card = run.judge.lint(found, None if arguments.path is None else found.beside)
    if card.troubles:
        raise ToolError("; ".join(map(_trouble_in_words, card.troubles)))
    result = RunResult(run.judge.infos)
    result.add(run.judge.pack(found, card))
    report = _report(result)
    mask = report.mask()
    diff, lines_left_out = _shortened_diff(patch_of(card))
    done = {
        "path": found.shown,
        "changed": card.fixed is not None,
        "written": card.fixed is not None and arguments.write,
        "fixed": card.fixes,
        "refused": [visible(mask.text(remark)) for remark in card.remarks],
        "diff": diff,
        "diff_left_out": lines_left_out,
        "text": _fixed_text(card) if arguments.path is None else None,
    }
    return Answer(encode({**report_object(report), **done}), _fix_in_words(done) + _in_words(report))


def _shortened_diff(diff: str) -> tuple[str, int]:
    """Return as many lines of a diff as there is room for, and the number of the others."""
    if len(diff) <= LONGEST_DIFF:
        return diff, 0
    kept = diff[: diff.rfind("\n", 0, LONGEST_DIFF) + 1]
    return kept, diff.count("\n", len(kept))


def _fixed_text(card: LintedCard) -> str | None:
    """Return the fixed text, or None if fixes changed nothing or it has a secret, which no output shows."""
    if card.fixed is None or any(find_secrets(card.fixed.text)):
        return None
    return card.fixed.text


def _fix_in_words(done: dict[str, Any]) -> str:
    refused = "".join(f"note: {remark}\n" for remark in done["refused"])
    if not done["changed"]:
        return f"Nothing to fix.\n{refused}"
    verb = "Fixed" if done["written"] else "Would fix"
    rest = f"({counted(done['diff_left_out'], 'line')} of the diff left out)\n" if done["diff_left_out"] else ""
    return f"{done['diff']}{rest}{verb} {counted(done['fixed'], 'finding')}.\n{refused}What remains:\n"
