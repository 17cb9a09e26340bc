"""The grammar of a `model-index`: models, each with its results.

Refresh: compare `ApiModelIndex` of the latest npm `@huggingface/hub`.
"""

from __future__ import annotations

import re

from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.keys.grammar import (
    ANYTHING,
    BOOLEAN,
    TEXT,
    UNRECORDED,
    Key,
    Shape,
    accepted,
    by_name,
    probably_refused,
    refused,
    unproved,
)

__all__ = ["MODEL_INDEX", "RESULT"]

SOURCE = (
    "`api-model.ts` of npm `@huggingface/hub` 2.17.5, tests of huggingface_hub 2.4.0, answers of the server that "
    "issues quote, what the Trainer and huggingface_hub write"
)
DATE = "2026-11-29"

_TESTS = "`test_hf_api.py` of huggingface_hub 2.4.0"
_BY_TYPE = probably_refused("the server asks for the type of every key of the index that an issue quotes", DATE)
_ANY_ARGUMENTS = accepted("cards on the Hub, with numbers and lists", DATE)
_NAME = Shape(form="name")
_DATASET_TYPE = Shape(form="name", pattern=LazyPattern(r"(?:[\w-]+/)?[\w.-]+", re.ASCII), label="the id of a dataset")
_ARGUMENTS = Shape(("text", "mapping"), open=True)

_TASK = Shape(
    ("mapping",),
    keys=by_name(
        Key("type", _NAME, missing=UNRECORDED),
        Key("name", _NAME),
        Key("args", _ARGUMENTS, "none", source="real cards"),
    ),
)
_DATASET = Shape(
    ("mapping",),
    keys=by_name(
        Key(
            "type",
            _DATASET_TYPE,
            missing=UNRECORDED,
            empty=probably_refused("the pattern that the server quotes does not match an empty text", DATE),
            malformed=refused("embeddings-benchmark/mteb#1111", "2024-07-24"),
        ),
        Key("name", _NAME, missing=UNRECORDED),
        Key(
            "config",
            _NAME,
            wrong=refused("huu4ontocord/MDEL#34", "2023-05-01"),
            null=refused("huggingface/transformers#28137", "2023-12-20"),
        ),
        Key("split", _NAME),
        Key(
            "revision",
            _NAME,
            wrong=_BY_TYPE,
            wrong_kinds={"number": refused(_TESTS, "2026-08-22")},
            null=unproved("huggingface.co/jinaai/jina-embeddings-v3 had it, commit 345c566", "2024-09-01"),
        ),
        # the Trainer writes the name of the configuration here
        Key("args", Shape(("text", "mapping"), open=True, form="name"), wrong=_ANY_ARGUMENTS),
    ),
)
_METRIC = Shape(
    ("list",),
    ("mapping",),
    keys=by_name(
        Key("type", _NAME, missing=UNRECORDED),
        Key("value", ANYTHING, missing=refused(_TESTS, "2026-08-22")),
        Key("name", _NAME),
        Key(
            "config",
            TEXT,
            wrong=_BY_TYPE,
            wrong_kinds={"mapping": refused("a public client that quotes the server", DATE)},
            null=_BY_TYPE,
        ),
        Key("args", _ARGUMENTS, wrong=_ANY_ARGUMENTS),
        Key("verified", BOOLEAN),
        Key("verifyToken", TEXT),
    ),
)
_SOURCE = Shape(
    ("mapping",),
    keys=by_name(
        Key("url", Shape(form="address"), missing=refused(_TESTS, "2026-08-22"), wrong=_BY_TYPE, null=_BY_TYPE),
        Key("name", _NAME),
    ),
)
_RESULTS = Shape(
    ("list",),
    ("mapping",),
    keys=by_name(
        Key("task", _TASK, missing=UNRECORDED),
        Key("dataset", _DATASET, missing=accepted("432 cards on the Hub, one of them of 2023 or later", DATE)),
        Key(
            "metrics",
            _METRIC,
            missing=UNRECORDED,
            wrong=refused("embeddings-benchmark/mteb#912", "2024-06-01"),
            wrong_item=_BY_TYPE,
            null=_BY_TYPE,
            null_item=_BY_TYPE,
        ),
        Key("metric", _METRIC, "none", meant="metrics", source="real cards"),
        Key("source", _SOURCE),
    ),
)
MODEL_INDEX = Shape(
    ("list",),
    ("mapping",),
    keys=by_name(
        Key("name", _NAME, missing=refused(_TESTS, "2026-08-22")),
        Key(
            "results",
            _RESULTS,
            missing=refused("aprender, which quotes the server", "2026-05-17"),
            wrong=_BY_TYPE,
            wrong_item=_BY_TYPE,
            null=_BY_TYPE,
            null_item=_BY_TYPE,
        ),
        Key("result", _RESULTS, "none", meant="results", source="real cards"),
    ),
)
"""The list of models."""

RESULT = _RESULTS.keys
"""The keys of a result."""
