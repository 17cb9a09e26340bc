"""The grammar of the files in `.eval_results`, which contain results like the model-index.

Refresh: compare `eval-results.md` of huggingface/hub-docs.
"""

from __future__ import annotations

from cardlint.vocabulary.keys.grammar import TEXT, UNRECORDED, Fact, Key, Shape, by_name

__all__ = ["EVAL_RESULT"]

SOURCE = "`eval-results.md` of huggingface/hub-docs"
DATE = "2026-08-22"


def _key(name: str, shape: Shape = TEXT, missing: Fact | None = None) -> Key:
    return Key(name, shape, missing=missing, source=SOURCE, date=DATE)


_DATASET = Shape(
    ("mapping",),
    keys=by_name(_key("id", missing=UNRECORDED), _key("task_id", missing=UNRECORDED), _key("revision")),
)
_SOURCE = Shape(("mapping",), keys=by_name(_key("url", missing=UNRECORDED), *map(_key, ("name", "user", "org"))))
_VALUE = Shape(("text", "number", "boolean", "date"), label="one number or text")

EVAL_RESULT = Shape(
    ("mapping",),
    keys=by_name(
        _key("dataset", _DATASET, UNRECORDED),
        _key("value", _VALUE, UNRECORDED),
        _key("verifyToken"),
        _key("date"),
        _key("source", _SOURCE),
        _key("notes"),
    ),
)
"""A result: an item of the list that such a file is."""
