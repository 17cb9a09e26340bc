"""Findings with the lines that they refer to, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TextIO

from msgspec.structs import replace

from cardlint.finding import Finding, Severity
from cardlint.reporters.masking import Mask
from cardlint.reporters.report import Report, Style
from cardlint.reporters.terminal.difference import changes, compare, fix_title
from cardlint.reporters.terminal.folds import Fold, folds
from cardlint.reporters.terminal.frames import frames, named_places
from cardlint.reporters.terminal.gutter import Margin
from cardlint.reporters.terminal.layout import is_about_card, layout
from cardlint.reporters.terminal.profile_line import profile_line
from cardlint.reporters.terminal.styling import Paint, Piece, prose
from cardlint.reporters.terminal.summary_text import closing
from cardlint.source import Position
from cardlint.wording import at_line_start, lines_in_words

__all__ = ["MOST_LISTED", "write"]

HEADING = 4  # the cells of indentation for the other lines of a message
MOST_LISTED = 10
"""The findings of a fold that are listed with their words; of the others, only the lines."""

_WHY = "Why: `cardlint explain RULE`."
_SUPPRESS = " Suppress: `<!-- cardlint-disable-file RULE -->`."


def write(report: Report, stream: TextIO, style: Style) -> None:
    """Write the findings card by card, the most severe first, then the summary."""
    paint = Paint(style)
    mask = report.mask()
    for path, findings in groupby(report.findings, key=lambda finding: finding.source.path):
        stream.write(paint.line([Piece(at_line_start(paint.clean(mask.text(path))), "card")]))
        stream.writelines(_card(folds(findings, mask), paint, verbose=report.verbose))
        stream.write("\n")
    stream.writelines(closing(report, paint))
    if report.findings and not report.quiet:
        next_steps = _WHY + (_SUPPRESS if report.counts.cards else "")  # a comment needs a card
        stream.write(paint.sentence((), prose(next_steps), 2))
    stream.writelines(profile_line(report, paint))


def _card(found: list[Fold], paint: Paint, *, verbose: bool) -> Iterator[str]:
    """Yield the findings of one card: errors and warnings as blocks between blank lines, notes as lines."""
    above = None
    for fold in found:
        is_note = fold.first.severity is Severity.NOTE
        if above is not None and not (is_note and above):
            yield "\n"
        yield from _note(fold, paint, verbose=verbose) if is_note else _block(fold, paint, verbose=verbose)
        above = is_note


def _block(fold: Fold, paint: Paint, *, verbose: bool) -> Iterator[str]:
    """Yield an error or a warning: with its frame, or without one if the whole card or several places are meant."""
    yield paint.sentence(_header(fold.first, paint), paint.prose(fold.headline), HEADING)
    if fold.is_summed_up:
        yield from _listed(list(fold.places()), paint)
        yield from _advice(fold, Margin(1, paint))
        return
    if is_about_card(fold.first):
        margin = Margin(1, paint)
        yield from named_places(fold.first, margin, fold.mask)
        yield from _advice(fold, margin, brief=not verbose)
    else:
        yield from _framed(fold.first, paint, fold.mask)
    yield from _listed(list(fold.places())[1:], paint)


def _framed(finding: Finding, paint: Paint, mask: Mask) -> Iterator[str]:
    """Yield the frames of a finding, its help, and the changes of its fix."""
    problem = finding.problem
    plan = layout(finding, mask)
    compared = compare(finding, problem.fix, mask) if problem.fix else None
    numbers = [plan.last_line, *(row.number for row in (compared.rows if compared else ()))]
    margin = Margin(len(str(max(numbers))), paint)
    yield from frames(plan, margin, mask)
    yield from _help(finding, margin, mask)
    if problem.fix and compared:
        yield fix_title(problem.fix, margin, mask)
        yield from changes(compared, margin)


def _note(fold: Fold, paint: Paint, *, verbose: bool) -> Iterator[str]:
    """Yield a note on one line, with `verbose` its advice and what else is folded into it below."""
    lines = [position.line for position, _ in fold.places()]
    if len(lines) == 1 or len(set(fold.messages)) == 1 or fold.is_summed_up:
        words = fold.headline if fold.is_summed_up else fold.messages[0]
        where = _evidence(fold.first, paint, fold.mask) if is_about_card(fold.first) else lines_in_words(lines)
    else:
        words = fold.messages[0]
        where = f"line {lines[0]}; {len(lines) - 1} more in {lines_in_words(lines[1:])}"
    place = [Piece(f" ({where})", "frame")] if where else []
    yield paint.sentence(_header(fold.first, paint), [*paint.prose(words), *place], HEADING)
    if verbose:
        yield from _advice(fold, Margin(1, paint))
        yield from _listed(list(fold.places())[0 if fold.is_summed_up else 1 :], paint)


def _evidence(finding: Finding, paint: Paint, mask: Mask) -> str:
    """Return the place that a finding about the whole card refers to, or an empty text."""
    for related in finding.problem.related:
        source = related.source or finding.source
        line = source.position(related.span.start).line
        if source.path == finding.source.path:
            return f"see line {line}"
        return f"see {paint.clean(mask.text(source.path))}:{line}"
    return ""


def _advice(fold: Fold, margin: Margin, *, brief: bool = False) -> Iterator[str]:
    """Yield the help and the fix that all findings of a fold have in common, without the lines that change.

    If it is to be `brief`, the fix is left out after a help.
    """
    advice: list[str] = []
    if len({finding.problem.help for finding in fold.findings}) == 1:
        advice += _help(fold.first, margin, fold.mask)
    yield from advice
    fixes = [finding.problem.fix for finding in fold.findings]
    is_wanted = not (brief and advice)
    if is_wanted and fixes[0] and len({(fix.title, fix.safety) if fix else None for fix in fixes}) == 1:
        yield fix_title(fixes[0], margin, fold.mask)


def _help(finding: Finding, margin: Margin, mask: Mask) -> Iterator[str]:
    """Yield what to do, with the code to copy, unless the title of the fix says the same."""
    problem = finding.problem
    advice, *code = mask.text(problem.help).split("\n")
    if problem.help and not (problem.fix and problem.fix.title == advice.rstrip(".:")):
        yield margin.remark("help: ", margin.paint.prose(advice))
        yield from map(margin.code, code)


def _listed(places: list[tuple[Position, str]], paint: Paint) -> Iterator[str]:
    """Yield folded findings, each with its words on a line; if there are many, of the last ones only the lines."""
    if not any(label for _, label in places):
        if places:
            yield paint.sentence(
                [Piece("  also in ", "frame")], [Piece(lines_in_words([place.line for place, _ in places]))], HEADING
            )
        return
    shown, others = places[:MOST_LISTED], places[MOST_LISTED:]
    numbers = [f"{position.line}:{position.column}" for position, _ in shown]
    width = max(map(len, numbers))
    for number, (_, label) in zip(numbers, shown, strict=True):
        yield paint.sentence([Piece(f"  {number:>{width}}  ", "frame")], paint.prose(label), width + HEADING)
    if others:
        words = f"  and {len(others)} more in {lines_in_words([position.line for position, _ in others])}"
        yield paint.sentence((), [Piece(words, "frame")], HEADING)


def _header(finding: Finding, paint: Paint) -> list[Piece]:
    word = finding.severity.label
    name = replace(paint.rule(finding.rule), role=word)
    return [Piece(f"{word}[", word), name, Piece("]", word), Piece(": ")]
