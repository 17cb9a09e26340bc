"""The grammar of mappings under top-level keys other than `model-index`: widgets, forms, emissions, settings.

Refresh: compare `ApiModelMetadata` and `WidgetExample` of the latest npm `@huggingface/hub` and `@huggingface/tasks`.
"""

from __future__ import annotations

from cardlint.vocabulary.keys.grammar import (
    ANYTHING,
    BOOLEAN,
    LIST_OF_TEXTS,
    MAPPING,
    NUMBER,
    TEXT,
    TEXTS,
    UNRECORDED,
    Key,
    Shape,
    by_name,
    probably_refused,
    refused,
)

__all__ = [
    "CONFIGS",
    "EMISSIONS",
    "GATED_FIELD",
    "GATED_FORM",
    "INFERENCE",
    "TRAIN_EVAL_INDEX",
    "WIDGET",
    "WIDGET_INPUTS",
]

SOURCE = (
    "`api-model.ts` of npm `@huggingface/hub` 2.17.5, `widget-example.ts` of npm `@huggingface/tasks` 0.21.54, "
    "`datasetcard.md` of huggingface/hub-docs, what sentence-transformers 6.2.0 writes of emissions"
)
DATE = "2026-08-22"

_TABLE = Shape(("mapping", "list"), open=True, label="a table")
_MESSAGES = Shape(
    ("list",),
    ("mapping",),
    keys=by_name(Key("role", missing=UNRECORDED), Key("content", missing=UNRECORDED)),
)
_OUTPUT = Shape(
    ("mapping", "list"),
    ("mapping",),
    keys=by_name(Key("label"), Key("score", NUMBER), Key("answer"), Key("text"), Key("url")),
)
_SHOWN = (
    Key(
        "text",
        wrong=refused("a page of the Hub that shows the server's answer", "2026-11-29"),
        null=probably_refused("the server asks for text, and refuses null for other texts", "2026-11-29"),
    ),
    *map(Key, ("context", "prompt", "src")),
    Key("table", _TABLE),
    Key("structured_data", _TABLE),
    Key("messages", _MESSAGES),
    Key("source_sentence"),
    Key("sentences", LIST_OF_TEXTS),
    Key("output", _OUTPUT),
)
WIDGET = Shape(
    ("list",),
    ("mapping",),
    keys=by_name(
        Key("example_title"),
        Key("group"),
        *_SHOWN,
        Key("candidate_labels"),
        Key("multi_class", BOOLEAN),
        Key("parameters", MAPPING),
        Key("structuredData", _TABLE, "none", meant="structured_data", source="real cards"),
        Key("parameter", MAPPING, "none", meant="parameters", source="real cards"),
        Key("label", TEXT, "none", source="real cards"),
    ),
    open=True,
)
"""Examples to try the model with."""

WIDGET_INPUTS = frozenset(key.name for key in _SHOWN)
"""The keys for the input of an example; without any of them there is nothing to try."""

_FIELDS = ("text", "checkbox", "date_picker", "country", "ip_location")
_OPTIONS = Shape(("list",), ("text", "mapping"), keys=by_name(Key("label"), Key("value")))
GATED_FIELD = Shape(
    ("text", "mapping"),
    keys=by_name(
        Key("type", Shape(values=(*_FIELDS, "select")), missing=UNRECORDED),
        Key("options", _OPTIONS),
    ),
    values=_FIELDS,
)
"""A field of a gated repository's form."""

GATED_FORM = Shape(("mapping",), open=True, others=GATED_FIELD)
"""The fields of a gated repository's form; a name may be a whole sentence."""

INFERENCE = Shape(
    ("boolean", "mapping"),
    keys=by_name(Key("parameters", MAPPING)),
    open=True,
    label="`true`, `false` or a mapping with `parameters`",
)


def _by_agreement(name: str, shape: Shape = TEXT) -> Key:
    return Key(name, shape, "generator", source="cards by sentence-transformers 6.2.0", date=DATE)


EMISSIONS = Shape(
    ("number", "mapping"),
    keys=by_name(
        Key("emissions", Shape(("number",), label="a number of grams"), missing=UNRECORDED),
        *map(Key, ("source", "training_type", "geographical_location", "hardware_used")),
        _by_agreement("energy_consumed", NUMBER),
        _by_agreement("on_cloud", BOOLEAN),
        _by_agreement("cpu_model"),
        _by_agreement("ram_total_size", NUMBER),
        _by_agreement("hours_used", NUMBER),
        _by_agreement("codecarbon_version"),
    ),
    open=True,
    label="a number of grams or a mapping with `emissions`",
)
"""The emissions of the training: grams of CO2 equivalent."""


def _of_dataset(name: str, shape: Shape = TEXTS) -> Key:
    return Key(name, shape, "dataset card", source="`datasetcard.md` of huggingface/hub-docs", date=DATE)


CONFIGS = Shape(("list",), ("mapping",), keys=by_name(*map(_of_dataset, ("config_name", "data_files"))), open=True)
"""The configurations of a dataset."""

TRAIN_EVAL_INDEX = Shape(
    ("list",),
    ("mapping",),
    keys=by_name(
        *map(_of_dataset, ("config", "task", "task_id")),
        *(_of_dataset(name, ANYTHING) for name in ("splits", "col_mapping", "metrics")),
    ),
    open=True,
)
"""The tasks that a dataset is meant for."""
