"""The output of `cardlint show CARD --why LINE`: the five answers that make each number of a line a claim or not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.card.claims.claim import Claim, Unattributed
from cardlint.card.claims.pairing import difference
from cardlint.card.claims.ranges import beyond_range
from cardlint.card.numbers.number import NUMBER_IN_TEXT, agree
from cardlint.commands.show.secrets import Secrets
from cardlint.reporters.machine.json import place_object
from cardlint.source import Span
from cardlint.wording import counted

if TYPE_CHECKING:
    from rich.text import Text

    from cardlint.commands.show.canvas import Canvas

__all__ = ["QUESTIONS", "Explained", "MissingLineError", "explain_line", "why_json", "why_picture"]

QUESTIONS = ("metric", "subject", "evaluation", "value", "absolute")
_LONGEST_QUOTE = 60


class MissingLineError(Exception):
    """The card does not have a line of this number."""


class Answer(Struct, frozen=True):
    """The answer to one question: `holds` is None if an earlier question is open, so that nothing asked this one."""

    question: str
    holds: bool | None
    words: str


class Explained(Struct, frozen=True, kw_only=True):
    """A number of a line with the answers; `compared` says for each value of the metadata what came of it."""

    text: str
    span: Span
    is_claim: bool
    answers: tuple[Answer, ...]
    compared: tuple[str, ...] = ()


def explain_line(card: Card, line: int) -> tuple[Explained, ...]:
    """Return the numbers of a line of the file on disk, counted from 1, in their order."""
    if not 1 <= line <= len(card.original.lines):
        raise MissingLineError(f"the card has {counted(len(card.original.lines), 'line')}, got `{line}`")
    found: dict[Span, Explained] = {}
    for claim in (*card.claims, *card.vague_claims, *card.impossible_claims):
        if claim.file is None and _line(card, claim.span) == line:
            found.setdefault(card.locate(claim.span), _explain_claim(card, claim))
    for number in card.unattributed:
        if _line(card, number.span) == line:
            found.setdefault(card.locate(number.span), _explain_unattributed(card, number))
    for span, text in _other_numbers(card, line, tuple(found)):
        found[span] = Explained(text=text, span=span, is_claim=False, answers=_answers("metric", "no label beside it"))
    return tuple(found[span] for span in sorted(found, key=lambda span: span.start))


def _line(card: Card, span: Span) -> int:
    return card.original.position(card.locate(span).start).line


def _other_numbers(card: Card, line: int, known: tuple[Span, ...]) -> Iterator[tuple[Span, str]]:
    """Yield the numbers of a line that nothing has read as a result."""
    whole = card.original.lines[line - 1]
    for match in NUMBER_IN_TEXT.finditer(card.original.text, whole.start, whole.end):
        span = Span(*match.span("number"))
        if not any(span.overlaps(other) for other in known):
            yield span, match["number"]


def _answers(open_question: str, words: str, **known: str) -> tuple[Answer, ...]:
    """Return the five answers of a number of which one question is open; `known` are those that hold."""
    return tuple(
        Answer(question, False, words)
        if question == open_question
        else Answer(question, True, known[question])
        if question in known
        else Answer(question, None, "")
        for question in QUESTIONS
    )


def _explain_claim(card: Card, claim: Claim) -> Explained:
    impossible = beyond_range(claim)
    is_claim = not claim.vague and not impossible
    answers = (
        Answer("metric", True, _metric(claim)),
        Answer("subject", True, _subject(card, claim)),
        Answer("evaluation", True, _evaluation(claim)),
        Answer("value", not impossible, impossible or claim.text),
        Answer("absolute", not claim.vague, "marked as about, above or below" if claim.vague else "yes"),
    )
    compared = tuple(_compared(card, claim)) if is_claim else ()
    return Explained(
        text=claim.text, span=card.locate(claim.span), is_claim=is_claim, answers=answers, compared=compared
    )


def _explain_unattributed(card: Card, number: Unattributed) -> Explained:
    words = f"{number.reason.value}: {number.words}" if number.words else number.reason.value
    known = {"metric": number.label} if number.label and number.reason.question != "metric" else {}
    return Explained(
        text=number.number.text,
        span=card.locate(number.span),
        is_claim=False,
        answers=_answers(number.reason.question, words, **known),
    )


def _metric(claim: Claim) -> str:
    name = f"{claim.metric} ({claim.variant})" if claim.variant else claim.metric
    return f"{name}, from `{claim.label}`"


def _subject(card: Card, claim: Claim) -> str:
    span = claim.grounds.span
    line = _line(card, span)
    quoted = " ".join(card.source.slice(span).split())
    if len(quoted) > _LONGEST_QUOTE:
        return f"{claim.grounds.how.words}, line {line}"
    return f"{claim.grounds.how.words}: {quoted} (line {line})"


def _evaluation(claim: Claim) -> str:
    parts = {
        "task": claim.task,
        "dataset": claim.dataset,
        "config": claim.config,
        "split": claim.split,
        "setting": claim.setting,
    }
    return ", ".join(f"{name} {part}" for name, part in parts.items() if part) or "not stated"


def _compared(card: Card, claim: Claim) -> Iterator[str]:
    """Yield for each value of the metadata for the same metric if it agrees, or in a word why it is not compared."""
    if claim in card.metadata_claims:
        return
    for stated in card.metadata_claims:
        if stated.metric != claim.metric:
            continue
        where = f"line {_line(card, stated.span)}" if stated.file is None else stated.file.path
        reason = "verified" if stated.verified else difference(stated, claim)
        is_pair = any(pair.in_metadata is stated and pair.in_body.span == claim.span for pair in card.comparisons)
        verb = "agrees with" if agree(stated.number, claim.number) else "differs from"
        if reason is None or is_pair:
            yield f"{verb} {stated.text} in the metadata ({where})"
        else:
            yield f"not compared with {stated.text} in the metadata ({where}): {reason}"


def why_picture(card: Card, line: int, *, width: int, color: bool, unicode: bool) -> str:
    """Return the answers as text for people."""
    from cardlint.commands.show.canvas import Canvas  # here, since only pictures need rich

    canvas = Canvas(width, unicode=unicode, secrets=Secrets(card))
    return canvas.render(_draw(explain_line(card, line), card, line, canvas), color=color)


def _draw(numbers: tuple[Explained, ...], card: Card, line: int, canvas: Canvas) -> Iterator[Text]:
    yield canvas.line((f"{canvas.clean(card.original.path)}:{line}  ", "bold"), (_text(card, line, canvas), "dim"))
    if not numbers:
        yield canvas.line(("no number on this line", "dim"))
    for number in numbers:
        yield canvas.line()
        verdict = ("is a claim", "green") if number.is_claim else ("is not a claim", "")
        yield canvas.line((canvas.clean(number.text), "bold"), (" ", ""), verdict)
        for answer in number.answers:
            sign = {True: canvas.signs.agree, False: canvas.signs.differ, None: canvas.signs.dot}[answer.holds]
            style = {True: "green", False: "bold red", None: "dim"}[answer.holds]
            yield canvas.line(
                (f"  {sign} ", style), (f"{answer.question:<11}", "dim"), (canvas.clean(answer.words), "")
            )
        for words in number.compared:
            yield canvas.line((f"    {canvas.clean(words)}", ""))


def _text(card: Card, line: int, canvas: Canvas) -> str:
    whole = card.original.lines[line - 1]
    return canvas.clean(card.original.text[whole.start : whole.end])


def why_json(card: Card, line: int) -> str:
    """Return the answers as JSON for programs."""
    secrets = Secrets(card)
    numbers = [
        {
            "text": number.text,
            "claim": number.is_claim,
            "answers": {
                answer.question: {"holds": answer.holds, "words": secrets.hide(answer.words)}
                for answer in number.answers
            },
            "compared": [secrets.hide(words) for words in number.compared],
            **place_object(card.original, number.span),
        }
        for number in explain_line(card, line)
    ]
    return json.dumps({"path": card.original.path, "line": line, "numbers": numbers}, indent=2) + "\n"
