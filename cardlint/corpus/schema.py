"""The two tables that a corpus becomes: their columns, with Arrow types and what they mean.

    OUTPUT/
      run.json                      what was run, and whether it is complete; the parts of an incomplete run count too
      cards/part-00000.parquet      a row a card
      findings/part-00000.parquet   a row a finding, of the cards of the part of the same number

A part of findings counts only with its part of cards, which is written after it. The order of rows across parts means
nothing; within a part the cards stand by id, and the findings by id, start, rule, end and message.

A card is known by `id` and `sha256`: an id that stands twice in the input with two texts is two cards, and a row that
repeats id and text is written once.
"""

from __future__ import annotations

import pyarrow as pa

__all__ = ["CARDS", "CLAIM_SOURCES", "FINDINGS", "LINTED", "SCHEMA_VERSION", "SIZE_CLASSES", "size_class"]

SCHEMA_VERSION = 1
"""Rises when a column changes its meaning; new columns may come without."""

SIZE_CLASSES = (
    ("below 1 kB", 1_000),
    ("1 to 4 kB", 4_000),
    ("4 to 16 kB", 16_000),
    ("16 to 64 kB", 64_000),
    ("64 to 256 kB", 256_000),
    ("256 kB and more", None),
)
"""The size classes in their order, each with the number of bytes that it ends before; a kB is 1,000 bytes."""

CLAIM_SOURCES = ("model-index", "eval-results", "summary", "results-row", "table", "prose")
"""Where a claim may stand; the first two are metadata, the others the text."""


def size_class(size: int) -> str:
    """The class of a card of so many bytes."""
    return next(name for name, end in SIZE_CLASSES if end is None or size < end)


def _required(name: str, kind: pa.DataType) -> pa.Field:
    return pa.field(name, kind, nullable=False)


_PLACE = [
    _required("start_line", pa.int32()),  # from 1
    _required("start_column", pa.int32()),  # from 1, in code points, as are offsets
    _required("start_offset", pa.int32()),  # from 0
    _required("end_line", pa.int32()),
    _required("end_column", pa.int32()),
    _required("end_offset", pa.int32()),  # exclusive
]

_EDIT = pa.struct([
    pa.field("start", pa.int32()),
    pa.field("end", pa.int32()),
    pa.field("text", pa.string()),
])  # fmt: skip

_RELATED = pa.struct([
    pa.field("message", pa.string()),
    pa.field("path", pa.string()),  # null: in the card itself
    *(pa.field(field.name, field.type) for field in _PLACE),
])  # fmt: skip

# What a finding says, that is all but whose it is.
_FINDING = [
    _required("rule", pa.string()),
    _required("group", pa.string()),
    _required("severity", pa.string()),  # error, warning or note
    _required("message", pa.string()),
    *_PLACE,
    pa.field("related", pa.list_(_RELATED)),  # empty where there is none
    pa.field("fix_title", pa.string()),  # null where there is no fix, like the next two
    pa.field("fix_safety", pa.string()),  # safe or unsafe
    pa.field("fix_edits", pa.list_(_EDIT)),  # they do not overlap
    _required("help", pa.string()),
]

_KEY = [
    _required("id", pa.string()),  # what JSON calls `path`
    pa.field("sha256", pa.string()),  # of the card's bytes, 64 hexadecimal digits; null where there is no text
]

_CLAIM = pa.struct([
    pa.field("metric", pa.string()),  # the canonical id: accuracy, f1, wer, ...
    pa.field("label", pa.string()),  # as written
    pa.field("text", pa.string()),  # the number as written
    pa.field("value", pa.string()),  # an exact decimal without a percent sign
    pa.field("unit", pa.string()),  # percent or null
    pa.field("source", pa.string()),  # one of CLAIM_SOURCES
    pa.field("dataset", pa.string()),
    pa.field("split", pa.string()),
    pa.field("line", pa.int32()),
    pa.field("column", pa.int32()),
])  # fmt: skip

_COMPARISON = pa.struct([
    pa.field("metric", pa.string()),
    pa.field("label", pa.string()),  # the metadata's
    pa.field("stated", pa.string()),  # the number of the metadata as written
    pa.field("shown", pa.string()),  # the number of the text that it is measured by
    pa.field("shown_in", pa.string()),  # summary, table, results-row or prose
    pa.field("agrees", pa.bool_()),
    # why they disagree, as far as the card shows it: other-metric, other-row (of the results), slip; else null
    pa.field("cause", pa.string()),
])  # fmt: skip

FINDINGS = pa.schema([*_KEY, *_FINDING])
"""A row a finding: the fields of `cardlint check --output-format json`, made flat."""

CARDS = pa.schema([
    *_KEY,
    pa.field("bytes", pa.int64()),  # null where there is no text, like all that follows but counts, lists and trouble
    pa.field("size_class", pa.string()),  # one of SIZE_CLASSES
    pa.field("generator", pa.string()),  # the id of the program that wrote the card; null where none is recognised
    pa.field("generator_family", pa.string()),  # what it shares a layout with
    pa.field("flattened", pa.bool_()),  # its line breaks were lost, and it was read as if they were not
    _required("errors", pa.int32()),  # findings by severity
    _required("warnings", pa.int32()),
    _required("notes", pa.int32()),
    _required("suppressed", pa.int32()),  # silenced by comments in the card, and in no other count
    _required("fixable", pa.int32()),  # findings with a safe fix
    _required("fixable_unsafe", pa.int32()),  # findings with an unsafe one
    pa.field("rules", pa.list_(pa.string())),  # each rule that found something once, sorted
    pa.field("claims", pa.list_(_CLAIM)),  # the ledger: every number that the card reports for a metric
    # every claim of the metadata that the text states too: who counts the cards with one counts those that could
    # contradict themselves, and one that does not agree makes a card that does
    pa.field("comparisons", pa.list_(_COMPARISON)),
    _required("compared", pa.int32()),  # how many comparisons there are
    _required("disagreeing", pa.int32()),  # and how many of them do not agree
    pa.field("milliseconds", pa.float32()),  # of one core, for all that was done with the card
    pa.field("trouble", pa.string()),  # why the row cannot be trusted: no text, a bug in a rule; else null
])  # fmt: skip
"""A row a card, one with trouble included: what is known of it and what was found."""

LINTED = CARDS.append(pa.field("findings", pa.list_(pa.struct([field.with_nullable(True) for field in _FINDING]))))
"""What the batch function gives: a row a card with its findings in it, which `findings_of` makes a table of."""
