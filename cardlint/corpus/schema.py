"""The two tables of a corpus' output: their columns with Arrow types and meaning.

    OUTPUT/
      run.json                      the settings of the run, and if it is complete; all parts are valid even if not
      cards/part-00000.parquet      one row per card
      findings/part-00000.parquet   one row per finding in the cards of the part with the same number

A part of findings is valid only with its part of cards, which is written after it. The order of rows across parts has
no meaning; within a part, cards are sorted by id, and findings by id, start, rule, end and message.

A card is identified by `id` and `sha256`: an id with two different texts in the input is two cards, and a row that
repeats both id and text is written once.
"""

from __future__ import annotations

import pyarrow as pa

__all__ = ["CARDS", "FINDINGS", "LINTED", "NOT_LINTED", "SCHEMA_VERSION", "SIZE_CLASSES", "size_class"]

SCHEMA_VERSION = 1
"""The version of the schema, which increases when the meaning of a column changes, but not for new columns."""

SIZE_CLASSES = (
    ("below 1 kB", 1_000),
    ("1 to 4 kB", 4_000),
    ("4 to 16 kB", 16_000),
    ("16 to 64 kB", 64_000),
    ("64 to 256 kB", 256_000),
    ("256 kB and more", None),
)
"""The size classes in their order, each with its exclusive end in bytes; 1 kB is 1,000 bytes."""

NOT_LINTED = "not linted"
"""The beginning of `trouble` if a card ended its process or took too long; `--resume` lints such a card again."""


def size_class(size: int) -> str:
    """Return the size class of a card with this number of bytes."""
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

# The fields of a finding, except the key of its card.
_FINDING = [
    _required("rule", pa.string()),
    _required("group", pa.string()),
    _required("severity", pa.string()),  # error, warning or note
    _required("message", pa.string()),
    *_PLACE,
    pa.field("related", pa.list_(_RELATED)),  # may be empty
    pa.field("fix_title", pa.string()),  # null without a fix, like the next two
    pa.field("fix_safety", pa.string()),  # safe or unsafe
    pa.field("fix_edits", pa.list_(_EDIT)),  # they do not overlap
    _required("help", pa.string()),
]

_KEY = [
    _required("id", pa.string()),  # `path` in JSON
    pa.field("sha256", pa.string()),  # of the card's bytes, 64 hexadecimal digits; null without a text
]

_CLAIM = pa.struct([
    pa.field("metric", pa.string()),  # the canonical id: accuracy, f1, wer, ...
    pa.field("label", pa.string()),  # as written
    pa.field("text", pa.string()),  # the number as written
    pa.field("value", pa.string()),  # an exact decimal without a percent sign
    pa.field("unit", pa.string()),  # percent or null
    pa.field("source", pa.string()),  # one of card.claims.claim.SOURCES
    pa.field("dataset", pa.string()),
    pa.field("split", pa.string()),
    pa.field("line", pa.int32()),
    pa.field("column", pa.int32()),
])  # fmt: skip

_COMPARISON = pa.struct([
    pa.field("metric", pa.string()),
    pa.field("label", pa.string()),  # in the metadata
    pa.field("stated", pa.string()),  # the number in the metadata as written
    pa.field("shown", pa.string()),  # the number in the body that it is compared with
    pa.field("shown_in", pa.string()),  # summary, table, results-row or prose
    pa.field("agrees", pa.bool_()),
    # why they disagree, if the card shows it: other-metric, other-row (of the results), slip; else null
    pa.field("cause", pa.string()),
])  # fmt: skip

FINDINGS = pa.schema([*_KEY, *_FINDING])
"""One row per finding: the fields of `cardlint check --output-format json` without nesting."""

CARDS = pa.schema([
    *_KEY,
    pa.field("bytes", pa.int64()),  # null without a text, like all following fields but counts, lists and trouble
    pa.field("size_class", pa.string()),  # one of SIZE_CLASSES
    pa.field("generator", pa.string()),  # the id of the program that wrote the card; null if none is recognised
    pa.field("generator_family", pa.string()),  # generators with the same layout
    pa.field("flattened", pa.bool_()),  # the line breaks of the card were lost, and have been restored for linting
    _required("errors", pa.int32()),  # findings by severity
    _required("warnings", pa.int32()),
    _required("notes", pa.int32()),
    _required("suppressed", pa.int32()),  # findings suppressed by comments in the card, not in any other count
    _required("fixable", pa.int32()),  # findings with a safe fix
    _required("fixable_unsafe", pa.int32()),  # findings with an unsafe fix
    pa.field("rules", pa.list_(pa.string())),  # the rules that found something, sorted, without duplicates
    pa.field("claims", pa.list_(_CLAIM)),  # every metric value that the card reports
    # every metric value of the metadata that the body states as well; a card contradicts itself if one of them does
    # not agree
    pa.field("comparisons", pa.list_(_COMPARISON)),
    _required("compared", pa.int32()),  # the number of comparisons
    _required("disagreeing", pa.int32()),  # the number of comparisons that do not agree
    pa.field("milliseconds", pa.float32()),  # time of one core for everything done with the card
    pa.field("trouble", pa.string()),  # why the row is incomplete: no text, a bug in a rule, ...; else null
])  # fmt: skip
"""One row per card, including cards with trouble: facts about the card and counts of its findings."""

LINTED = CARDS.append(pa.field("findings", pa.list_(pa.struct([field.with_nullable(True) for field in _FINDING]))))
"""The output of the batch function: one row per card that includes its findings; `findings_of` extracts these."""
