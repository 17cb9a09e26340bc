"""Rows of the table for keys in model cards that the Hub does not read there.

They belong to other cards, to other programs or to nothing, or are misspelt. Refresh: compare `datasetcard.md` and the
reference of the Spaces configuration in huggingface/hub-docs, and count other keys in new cards.
"""

from __future__ import annotations

from cardlint.vocabulary.keys.grammar import ANYTHING, BOOLEAN, MAPPING, TEXT, TEXTS, Form, Key, Shape, Tells
from cardlint.vocabulary.keys.model_card import MODEL_CARD_KEYS
from cardlint.vocabulary.keys.nested import CONFIGS, TRAIN_EVAL_INDEX

__all__ = ["OTHER_KEYS"]

SOURCE = (
    "`datasetcard.md` and the reference of Spaces' configuration in huggingface/hub-docs; huggingface_hub 2.4.0; "
    "misspellings and keys of other programs as real cards and other Markdown have them"
)
DATE = "2026-08-22"

_SEEN = "real cards"


def _of_dataset(name: str, tells: Tells = "nothing", shape: Shape = TEXTS) -> Key:
    return Key(name, shape, "dataset card", tells, source="`datasetcard.md` of huggingface/hub-docs", date=DATE)


_DATASET_KEYS = (
    _of_dataset("task_categories", "likely"),
    _of_dataset("task_ids", "likely"),
    _of_dataset("size_categories", "likely"),
    _of_dataset("dataset_info", "likely", ANYTHING),
    _of_dataset("configs", "likely", CONFIGS),
    _of_dataset("annotations_creators", "likely"),
    # a few real model cards have these too
    _of_dataset("pretty_name", "shared"),
    _of_dataset("source_datasets", "shared"),
    _of_dataset("multilinguality", "shared"),
    _of_dataset("language_creators", "shared"),
    _of_dataset("paperswithcode_id"),
    _of_dataset("train-eval-index", shape=TRAIN_EVAL_INDEX),
    _of_dataset("viewer", shape=BOOLEAN),
)


def _of_space(name: str, tells: Tells = "nothing") -> Key:
    source = "`spaces-config-reference.md` of huggingface/hub-docs"
    return Key(name, TEXTS, "Space", tells, source=source, date=DATE)


_SPACE_KEYS = (
    _of_space("sdk", "certain"),
    *map(_of_space, ("app_file", "app_port", "colorFrom", "colorTo", "emoji", "fullWidth", "hf_oauth", "models")),
    *map(_of_space, ("pinned", "python_version", "sdk_version", "short_description", "suggested_hardware", "title")),
    *map(_of_space, ("preload_from_hub", "suggested_storage")),
)


def _by_agreement(name: str, tells: Tells = "nothing", form: Form = "prose") -> Key:
    return Key(name, Shape(form=form), "generator", tells, source=_SEEN, date=DATE)


_GENERATORS_KEYS = (
    _by_agreement("model_name", "card", "name"),
    _by_agreement("quantized_by", "likely"),
    *map(_by_agreement, ("duplicated_from", "model_creator", "model_file", "model_link", "model_type")),
    _by_agreement("prompt_template"),
    # the settings of mradermacher's scripts that quantize models
    Key("mradermacher", MAPPING, "generator", source=_SEEN, date=DATE),
)


def _of_other_tool(name: str) -> Key:
    return Key(name, ANYTHING, "other tool", "shared", source="front matters of other Markdown", date=DATE)


_OTHER_TOOLS_KEYS = tuple(
    _of_other_tool(name)
    for name in (
        *("layout", "permalink", "slug", "draft", "published", "allowed-tools", "sidebar_label", "sidebar_position"),
        *("nav_order", "bibliography", "about", "assignees", "author", "authors", "categories", "date"),
    )
)


def _without_effect(name: str, why: str, *, inner: bool = False) -> Key:
    source = "`model-cards.md` and `models-gated.md` of huggingface/hub-docs"
    return Key(name, TEXTS, "none", no_effect=why, inner=inner, source=source, date=DATE)


def _unloadable(name: str, why: str) -> Key:
    return Key(name, ANYTHING, "none", unloadable=why, source="huggingface_hub 2.4.0", date=DATE)


_USELESS_KEYS = (
    _without_effect("arxiv", "the Hub takes arXiv ids from links in the text"),
    _without_effect("gated", "access is restricted in the repository's settings"),
    _without_effect("region", "the Hub sets this by itself"),
    _without_effect("verifyToken", "the Hub takes it only beside `verified`, and writes both itself", inner=True),
    _unloadable("ignore_metadata_errors", "huggingface_hub has an argument of this name and raises an error"),
    _unloadable("eval_results", "huggingface_hub keeps this name for itself and raises an error"),
    Key("eos_token", TEXT, "none", source=_SEEN, date=DATE),
    Key("library_version", TEXT, "none", source=_SEEN, date=DATE),
)

_SHAPES = {key.name: key.shape for key in MODEL_CARD_KEYS}


def _misspelt(name: str, meant: str, tells: Tells = "nothing") -> Key:
    return Key(name, _SHAPES[meant], "none", tells, meant, source=_SEEN, date=DATE)


_MISSPELT_KEYS = (
    _misspelt("lang", "language"),
    _misspelt("languages", "language"),
    _misspelt("languages_bcp47", "language_bcp47"),
    _misspelt("licence", "license", "shared"),
    _misspelt("licenses", "license"),
    _misspelt("lisence", "license"),
    _misspelt("liscense", "license"),
    _misspelt("licence_name", "license_name"),
    _misspelt("license_url", "license_link"),
    _misspelt("licence_link", "license_link"),
    _misspelt("library", "library_name"),
    _misspelt("library_tag", "library_name", "likely"),
    _misspelt("tag", "tags"),
    _misspelt("dataset", "datasets"),
    _misspelt("metric", "metrics"),
    _misspelt("base-model", "base_model"),
    _misspelt("basemodel", "base_model"),
    _misspelt("base_models", "base_model"),
    _misspelt("pipeline-tag", "pipeline_tag", "likely"),
    _misspelt("pipeline-tags", "pipeline_tag"),
    _misspelt("pipeline_tags", "pipeline_tag"),
    _misspelt("pipeline", "pipeline_tag"),
    _misspelt("pipeline_type", "pipeline_tag"),
    _misspelt("task", "pipeline_tag"),
    _misspelt("tasks", "pipeline_tag"),
    _misspelt("model_index", "model-index", "likely"),
    _misspelt("mask-token", "mask_token"),
    _misspelt("widgets", "widget"),
    _misspelt("co2_eq_emission", "co2_eq_emissions"),
)

OTHER_KEYS = (
    *_DATASET_KEYS,
    *_SPACE_KEYS,
    *_GENERATORS_KEYS,
    *_OTHER_TOOLS_KEYS,
    *_USELESS_KEYS,
    *_MISSPELT_KEYS,
)
