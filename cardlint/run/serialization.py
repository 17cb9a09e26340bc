"""Packing findings as bytes and unpacking them: for workers, for the cache, and for findings on disk.

The texts of other files that findings refer to are packed with them; the text of the card is packed separately, since
the cache does not store it. The format is that of marshal, because msgpack does not accept the lone surrogates that
represent undecodable bytes.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from cardlint.finding import Edit, Finding, Fix, Problem, Related, RuleInfo, Safety, Severity
from cardlint.linting.results import Counts, Secret
from cardlint.source import Source, Span

__all__ = ["StoredResult", "pack", "pack_source", "pack_with_text", "unpack", "unpack_source"]

_VERSION = 4  # of marshal's format: the same in every Python that cardlint runs on

_PIECE = 1_000  # findings that are packed together

Packed = tuple[Any, ...]

_plain = str.__str__  # marshal does not accept subclasses of str, which a plugin may use


class StoredResult(Struct, frozen=True):
    """The result of one card: its counts, the secrets of the texts it refers to, and its findings packed.

    `short_of_next` is that of `CardResult`.
    """

    counts: Counts = Counts(cards=1)
    secrets: tuple[Secret, ...] = ()
    findings: bytes = b""
    short_of_next: int | None = None


def pack(findings: Sequence[Finding]) -> bytes:
    """Pack the findings of one card, all with the same source."""
    others: list[Source] = []
    # in pieces: those of a large card would take as much memory again as tuples
    pieces = [
        marshal.dumps([_pack(finding, others) for finding in findings[start : start + _PIECE]], _VERSION)
        for start in range(0, len(findings), _PIECE)
    ]
    return marshal.dumps((pieces, [pack_source(source) for source in others]), _VERSION)


def pack_with_text(source: Source, findings: bytes) -> bytes:
    """Pack the packed findings of a card together with its text."""
    return marshal.dumps((pack_source(source), findings))


def unpack(packed: bytes, source: Source, rules: Mapping[str, RuleInfo]) -> Iterator[Finding]:
    """Unpack findings in `source` one by one; `rules` are the infos of all rules by name."""
    pieces, sources = marshal.loads(packed)  # noqa: S302 - packed by this module
    others = [unpack_source(each) for each in sources]
    for piece in pieces:
        for finding in marshal.loads(piece):  # noqa: S302 - packed by this module
            yield _unpack(finding, source, others, rules)


def pack_source(source: Source) -> Packed:
    """Return a source as a tuple for marshal."""
    return (source.path, source.text, source.encoding, [(span.start, span.end) for span in source.undecodable])


def unpack_source(packed: Packed) -> Source:
    """Return the source of a packed tuple."""
    path, text, encoding, undecodable = packed
    return Source(path, text, encoding, tuple([Span(*span) for span in undecodable]))


def _pack(finding: Finding, others: list[Source]) -> Packed:
    problem = finding.problem
    return (
        finding.rule.name,
        int(finding.severity),
        int(problem.span.start),
        int(problem.span.end),
        _plain(problem.message),
        _plain(problem.help),
        [_pack_related(related, finding.source, others) for related in problem.related],
        problem.fix and _pack_fix(problem.fix),
        problem.severity and int(problem.severity),
        _plain(problem.several),
    )


def _pack_related(related: Related, card: Source, others: list[Source]) -> Packed:
    """Pack a related place; the last value is the index of its source in `others`, -1 for the card, None for none."""
    number = None
    if related.source is card:
        number = -1
    elif related.source is not None:
        number = next((place for place, other in enumerate(others) if other is related.source), len(others))
        if number == len(others):
            others.append(related.source)
    return (int(related.span.start), int(related.span.end), _plain(related.message), number)


def _pack_fix(fix: Fix) -> Packed:
    edits = [(int(edit.span.start), int(edit.span.end), _plain(edit.text)) for edit in fix.edits]
    return (_plain(fix.title), fix.safety.value, edits)


def _unpack(packed: Packed, source: Source, others: list[Source], rules: Mapping[str, RuleInfo]) -> Finding:
    name, severity, start, end, message, advice, related, fix, own_severity, several = packed
    places = tuple(
        [
            Related(Span(first, last), words, None if number is None else source if number < 0 else others[number])
            for first, last, words, number in related
        ]
    )
    problem = Problem(
        Span(start, end),
        message,
        advice,
        places,
        fix and _unpack_fix(fix),
        own_severity and Severity(own_severity),
        several,
    )
    return Finding(source, rules[name], Severity(severity), problem)


def _unpack_fix(packed: Packed) -> Fix:
    title, safety, edits = packed
    return Fix(title, tuple([Edit(Span(start, end), text) for start, end, text in edits]), Safety(safety))
