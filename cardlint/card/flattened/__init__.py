"""How a flattened card gets its lines back: the metadata by its grammar, the body by what generators write."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from cardlint.card.flattened.body import break_body
from cardlint.card.flattened.gaps import Gap, Gaps
from cardlint.card.flattened.metadata import break_metadata
from cardlint.card.flattened.tokens import Kind, Token, tokenize
from cardlint.card.recovery import Boundary, Piece, Recovery
from cardlint.pattern import pattern
from cardlint.vocabulary import trainer
from cardlint.vocabulary.front_matter import TOP_LEVEL

__all__ = ["restore"]

# the opening fence with something behind it, or what a body on one line begins with
_FENCE = pattern(r"\ufeff?\s*---[ \t]+(?=[^ \t\r\n])")
_BODY = pattern(r"\ufeff?\s*(?=# |<!--|This model )")
_HEADING = pattern(r"[^ \t][ \t]+#{2,6}[ \t]")  # inside a line
_FENCE_AND_HEADING = pattern(r"---[ \t]+#{1,6}[ \t]")
_LINE_END = pattern(r"[\r\n]")
_NOT_BLANK = pattern(r"[^ \t\r\n]")
_NEXT_FENCE = pattern(r"[ \t]*[\r\n]\s*---[ \t]*(?:[\r\n]|\Z)")
_KNOWN_HEADING = pattern(r"[ \t]#{2,6}[ \t]+(?:" + "|".join(map(re.escape, trainer.TITLES)) + r")(?=[ \t]|\Z)")


def restore(text: str) -> Recovery | None:
    """The card with its lines, or None where it is not flattened after all."""
    opening = _FENCE.match(text)
    if opening is not None:
        return _recover_card(text, opening.end())
    body = _BODY.match(text)
    if body is not None and _is_flat_body(text, body.end()):
        gaps = Gaps(text)
        break_body(text, body.end(), _line_end(text, body.end()), gaps)
        return _assemble(text, gaps, whole=True)
    return None


def _recover_card(text: str, start: int) -> Recovery | None:
    """Recover a card whose front matter begins at `start`, on the line of its fence."""
    line_end = _line_end(text, start)
    tokens = tokenize(text, start, line_end)
    closed = tokens[-1].kind is Kind.FENCE
    metadata = tokens[:-1] if closed else tokens
    if not closed and not _NEXT_FENCE.match(text, line_end):
        return None
    known = _is_metadata(metadata) if metadata else bool(_KNOWN_HEADING.search(text, start, line_end))
    # a template's tag, `{}` or nonsense is metadata too, where fences and a heading stand on this one line
    if not known and not (closed and _FENCE_AND_HEADING.match(text, tokens[-1].start, line_end)):
        return None
    gaps = Gaps(text)
    gaps.before(tokens[0].start, certain=True)
    break_metadata(metadata, gaps)
    whole = closed and _recover_body(text, tokens[-1], line_end, gaps, _model_name(metadata))
    return _assemble(text, gaps, whole=whole)


def _recover_body(text: str, fence: Token, line_end: int, gaps: Gaps, name: str) -> bool:
    """Break the lines around the closing fence and, where it lost its own, of the body; whether it had lost them."""
    gaps.before(fence.start, certain=True)
    following = _NOT_BLANK.search(text, fence.end)
    if following is None:
        return True
    body = following.start()
    gaps.before(body, lines=2, certain=True)
    whole = _is_one_line(text, body) if body < line_end else _is_flat_body(text, body)
    if whole or (body < line_end and _HEADING.search(text, body, line_end)):
        break_body(text, body, _line_end(text, body), gaps, name)
    return whole


def _is_metadata(tokens: list[Token]) -> bool:
    """Whether the words between the fences are a front matter."""
    if tokens[0].kind not in {Kind.KEY, Kind.COMMENT}:
        return False
    return any(token.kind is Kind.KEY and token.key in TOP_LEVEL.keys for token in tokens)


def _is_flat_body(text: str, start: int) -> bool:
    """Whether a body without front matter is one line with several of the Trainer's headings."""
    return _is_one_line(text, start) and len(_KNOWN_HEADING.findall(text, start)) > 1


def _line_end(text: str, start: int) -> int:
    match = _LINE_END.search(text, start)
    return match.start() if match else len(text)


def _is_one_line(text: str, start: int) -> bool:
    return not text[_line_end(text, start) :].strip()


def _model_name(tokens: Iterable[Token]) -> str:
    """The `name` of the model-index, which the Trainer makes the title."""
    keys: list[str] = []
    words: list[str] = []
    for token in tokens:
        if token.kind is Kind.KEY:
            if words:
                break
            keys.append(token.key)
        elif keys[-2:] in (["model-index", "name"], ["model_index", "name"]):
            words.append(token.text)
    return _unquoted(" ".join(words))


def _unquoted(scalar: str) -> str:
    if len(scalar) > 1 and scalar[0] == scalar[-1] == "'":
        return scalar[1:-1].replace("''", "'")
    if len(scalar) > 1 and scalar[0] == scalar[-1] == '"':
        try:
            return str(json.loads(scalar))
        except ValueError:
            return scalar[1:-1]
    return scalar


def _assemble(text: str, gaps: Gaps, *, whole: bool) -> Recovery | None:
    """Write the text anew, with line breaks of the kind that it has elsewhere."""
    newline = "\r\n" if "\r\n" in text else "\n"
    parts: list[str] = []
    pieces: list[Piece] = []
    boundaries: list[Boundary] = []
    done = length = 0
    for gap in gaps:
        pieces.append(Piece(length, done, gap.start - done))
        boundaries.append(Boundary(length + gap.start - done, gap.certain))
        parts += (text[done : gap.start], _breaks(gap, newline))
        length += gap.start - done + len(parts[-1])
        done = gap.end
    if done < len(text):
        pieces.append(Piece(length, done, len(text) - done))
        parts.append(text[done:])
    return Recovery("".join(parts), tuple(pieces), tuple(boundaries), whole) if boundaries else None


def _breaks(gap: Gap, newline: str) -> str:
    return newline * gap.lines + " " * gap.indent
