"""Recovery of a flattened card's lines: the metadata by its grammar, the body by the text that generators write.

A card may have lost all line breaks, those of the metadata or the body only, or a few. Several keys on one line of the
metadata, or several headings on one line of the body, prove the loss.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import pairwise

from cardlint.card.flattened.body import break_body
from cardlint.card.flattened.gaps import Gap, Gaps
from cardlint.card.flattened.lines import KNOWN_HEADING, break_lines, is_joined
from cardlint.card.flattened.metadata import break_metadata
from cardlint.card.flattened.recovered import Boundary, Piece, Recovery
from cardlint.card.flattened.tokens import Token, TokenKind, are_joined, is_plain, tokenize
from cardlint.card.yaml.nodes import parse_metadata
from cardlint.lazy_regex import LazyPattern
from cardlint.source import LINE_END, Source, Span
from cardlint.vocabulary.keys.table import FRONT_MATTER, meant_by

__all__ = ["restore"]

# an opening fence with text after it, or the beginning of a body on one line
_FENCE = LazyPattern(r"\ufeff?\s*---[ \t]+(?=[^ \t\r\n])")
_BODY = LazyPattern(r"\ufeff?\s*(?=# |<!--|This model )")
_HEADING = LazyPattern(r"[^ \t][ \t]+#{2,6}[ \t]")  # inside a line
_FENCE_AND_HEADING = LazyPattern(r"---[ \t]+#{1,6}[ \t]")
_LINE_END = LazyPattern(r"[\r\n]")
_NOT_BLANK = LazyPattern(r"[^ \t\r\n]")
_LAST_FENCE = LazyPattern(r"(?<=[ \t\r\n])---[ \t]*+(?=[\r\n]|\Z)")
_WRITTEN_LINE = LazyPattern(r"(?<=[\r\n])[ \t]*+[^\s]|\A\s*+[^\s]")
_NEXT_FENCE = LazyPattern(r"[ \t]*[\r\n]\s*---[ \t]*(?:[\r\n]|\Z)")
_FRONT_MATTER = LazyPattern(
    r"(\ufeff?\s*+---[ \t]*+(?:\r\n?|\n)\s*+)([\s\S]*?)(?:(?<=[\r\n])|[ \t])---[ \t]*+(?:\r|\n|\Z)"
)


def restore(text: str) -> Recovery | None:
    """Return the card with its lines, or None if it is not flattened."""
    opening = _FENCE.match(text)
    if opening is not None:
        return _recover_card(text, opening.end())
    body = _BODY.match(text)
    if body is not None and _is_flat_body(text, body.end()):
        gaps = Gaps(text)
        break_body(text, body.end(), _line_end(text, body.end()), gaps)
        return _assemble(text, gaps, whole=True)
    return _recover_parts(text)


def _recover_parts(text: str) -> Recovery | None:
    """Recover a card whose opening fence kept its line, or that has no front matter."""
    gaps = Gaps(text)
    fences = _FRONT_MATTER.match(text)
    body, name, lost = 0, "", False
    if fences is not None:
        body = fences.end()
        yaml = Span(fences.end(1), fences.end(2))
        tokens = tokenize(text, yaml.start, yaml.end)
        name = _model_name(tokens)
        if are_joined(tokens, text) and not _is_valid(text, yaml):
            gaps = _break_joined(tokens, text, Span(yaml.start, text.index("---", yaml.end)))
            lost = next(iter(gaps), None) is not None
    following = _WRITTEN_LINE.search(text, body)
    if following is not None and (lost or is_joined(text, following.start())):
        break_lines(text, following.start(), gaps, name)
    return _assemble(text, gaps, whole=False)


def _is_valid(text: str, yaml: Span) -> bool:
    """Return True if a YAML parser reads the lines: then no line break of them is missing."""
    metadata = parse_metadata(Source("", text), yaml)
    return metadata.is_mapping and not metadata.keys.isdisjoint(FRONT_MATTER.keys)


def _recover_card(text: str, start: int) -> Recovery | None:
    """Recover a card whose front matter begins at `start`, on the line of its fence."""
    line_end = _line_end(text, start)
    tokens = tokenize(text, start, line_end)
    closed = tokens[-1].kind is TokenKind.FENCE
    metadata = tokens[:-1] if closed else tokens
    if not closed and not _NEXT_FENCE.match(text, line_end):
        return _recover_start(text, start)
    known = _is_metadata(metadata) if metadata else bool(KNOWN_HEADING.search(text, start, line_end))
    # template tags, `{}` or any other text are metadata too if the line has both fences and a heading
    if not known and not (closed and _FENCE_AND_HEADING.match(text, tokens[-1].start, line_end)):
        return None
    gaps = Gaps(text)
    gaps.before(tokens[0].start, certain=True)
    break_metadata(metadata, gaps)
    whole = closed and _recover_body(text, tokens[-1], line_end, gaps, _model_name(metadata))
    return _assemble(text, gaps, whole=whole)


def _recover_start(text: str, start: int) -> Recovery | None:
    """Recover a front matter with only some lines joined; the first is joined with the fence."""
    fence = _LAST_FENCE.search(text, start)
    tokens = tokenize(text, start, fence.start()) if fence else []
    if fence is None or not is_plain(tokens) or not _is_metadata(tokens):
        return None
    gaps = _break_joined(tokens, text, Span(start, fence.start()))
    gaps.before(start, certain=True)
    gaps.before(fence.start(), certain=True)
    following = _WRITTEN_LINE.search(text, fence.end())
    if following is not None:
        break_lines(text, following.start(), gaps, _model_name(tokens))
    return _assemble(text, gaps, whole=False)


def _break_joined(tokens: list[Token], text: str, yaml: Span) -> Gaps:
    """Break the joined lines of a front matter, and the one that is joined with the fence at the end of `yaml`.

    There are no gaps if the result would not be valid: then more is wrong than lost line breaks.
    """
    gaps = Gaps(text)
    gaps.before(yaml.end, certain=True)
    break_metadata(tokens, gaps)
    for before, token in pairwise(tokens):
        if token.kind is TokenKind.VALUE and LINE_END.search(text, before.end, token.start):
            gaps.doubt(token.start)  # a value that continues on a line of its own
    recovery = _assemble(text[: yaml.end], gaps, whole=False)
    lines = recovery.text if recovery else ""
    return gaps if _is_valid(lines, Span(lines.find("---") + len("---"), len(lines))) else Gaps(text)


def _recover_body(text: str, fence: Token, line_end: int, gaps: Gaps, name: str) -> bool:
    """Break the lines around the closing fence and of a joined body; return True if the whole body was joined."""
    gaps.before(fence.start, certain=True)
    following = _NOT_BLANK.search(text, fence.end)
    if following is None:
        return True
    body = following.start()
    gaps.before(body, lines=2, certain=True)
    whole = _is_one_line(text, body) if body < line_end else _is_flat_body(text, body)
    if whole or (body < line_end and _HEADING.search(text, body, line_end)):
        break_body(text, body, _line_end(text, body), gaps, name)
    if not whole:
        break_lines(text, _line_end(text, body) if body < line_end else body, gaps, name)
    return whole


def _is_metadata(tokens: list[Token]) -> bool:
    """Return True if the words between the fences are a front matter."""
    if tokens[0].kind not in {TokenKind.KEY, TokenKind.COMMENT}:
        return False
    return any(token.kind is TokenKind.KEY and token.key in FRONT_MATTER.keys for token in tokens)


def _is_flat_body(text: str, start: int) -> bool:
    """Return True if a body without front matter is one line with several of the Trainer's headings."""
    return _is_one_line(text, start) and len(KNOWN_HEADING.findall(text, start)) > 1


def _line_end(text: str, start: int) -> int:
    match = _LINE_END.search(text, start)
    return match.start() if match else len(text)


def _is_one_line(text: str, start: int) -> bool:
    return not text[_line_end(text, start) :].strip()


def _model_name(tokens: Iterable[Token]) -> str:
    """Return the `name` in the model-index, which the Trainer uses as the title."""
    keys: list[str] = []
    words: list[str] = []
    for token in tokens:
        if token.kind is TokenKind.KEY:
            if words:
                break
            keys.append(token.key)
        elif len(keys) > 1 and keys[-1] == "name" and meant_by(keys[-2]) == "model-index":
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
    """Build the recovered text, with the kind of line breaks that the card has elsewhere."""
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
