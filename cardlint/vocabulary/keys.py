"""The top-level keys of a front matter: what the Hub knows and of which type, and what people write in their place.

Refresh: compare `ApiModelMetadata` of the latest npm `@huggingface/hub` with `TYPES`.
"""

from __future__ import annotations

__all__ = ["CONVENTIONS", "DATASET_KEYS", "INEFFECTIVE", "MISNAMED", "NULLABLE", "OUTDATED", "SPACE_KEYS", "TYPES"]

SOURCE = (
    "`api-model.ts` of npm `@huggingface/hub` 2.17.5; `model-cards.md`, `datasetcard.md` and the reference of Spaces' "
    "configuration in huggingface/hub-docs; misspellings as real cards have them"
)
DATE = "2026-08-22"

TYPES: dict[str, str] = {
    "language": "texts",
    "language_bcp47": "list",
    "language_details": "text",
    "license": "texts",
    "license_name": "text",
    "license_link": "text",
    "license_details": "text",
    "library_name": "text",
    "tags": "list",
    "datasets": "texts",
    "buckets": "list",
    "metrics": "list",
    "base_model": "texts",
    "base_model_relation": "text",
    "new_version": "text",
    "pipeline_tag": "text",
    "thumbnail": "text",
    "description": "text",
    "inference": "switch",
    "widget": "widget",
    "mask_token": "text",
    "instance_prompt": "text",
    "model-index": "model-index",
    "co2_eq_emissions": "emissions",
    "extra_gated_prompt": "text",
    "extra_gated_heading": "text",
    "extra_gated_description": "text",
    "extra_gated_button_content": "text",
    "extra_gated_fields": "mapping",
    "extra_gated_eu_disallowed": "boolean",
    "finetuned_from": "text",
}
"""Every key that the Hub reads on a model card, with the type it asks for.

`text` is a string, `texts` a string or a list of strings, `list` a list of strings, `widget` a list of mappings,
`switch` a boolean or a mapping, `emissions` a number or a mapping with `emissions`; `model-index` has a grammar of its
own.
"""

NULLABLE = frozenset({"thumbnail", "description", "instance_prompt"})
"""Keys that the schema allows to stand without a value."""

MISNAMED = {
    "lang": "language",
    "languages": "language",
    "languages_bcp47": "language_bcp47",
    "licence": "license",
    "licenses": "license",
    "lisence": "license",
    "liscense": "license",
    "licence_name": "license_name",
    "license_url": "license_link",
    "licence_link": "license_link",
    "library": "library_name",
    "library_tag": "library_name",
    "tag": "tags",
    "dataset": "datasets",
    "metric": "metrics",
    "base-model": "base_model",
    "basemodel": "base_model",
    "base_models": "base_model",
    "pipeline-tag": "pipeline_tag",
    "pipeline-tags": "pipeline_tag",
    "pipeline_tags": "pipeline_tag",
    "pipeline": "pipeline_tag",
    "pipeline_type": "pipeline_tag",
    "task": "pipeline_tag",
    "tasks": "pipeline_tag",
    "model_index": "model-index",
    "mask-token": "mask_token",
    "widgets": "widget",
    "co2_eq_emission": "co2_eq_emissions",
}
"""What people write, and the key that they mean."""

OUTDATED = {
    "finetuned_from": "base_model",
}
"""Keys that another has taken the place of, though the Hub may still read them."""

DATASET_KEYS = frozenset(
    {
        "annotations_creators", "configs", "dataset_info", "language_creators", "multilinguality", "paperswithcode_id",
        "pretty_name", "size_categories", "source_datasets", "task_categories", "task_ids", "train-eval-index",
        "viewer",
    }
)  # fmt: skip
"""Keys of a dataset card."""

SPACE_KEYS = frozenset(
    {
        "app_file", "app_port", "colorFrom", "colorTo", "emoji", "fullWidth", "hf_oauth", "models", "pinned",
        "python_version", "sdk", "sdk_version", "short_description", "suggested_hardware", "title",
    }
)  # fmt: skip
"""Keys of a Space's card."""

CONVENTIONS = frozenset(
    {
        "duplicated_from", "model_creator", "model_file", "model_link", "model_name", "model_type", "prompt_template",
        "quantized_by",
    }
)  # fmt: skip
"""Keys that the Hub does not read and that tools write or read by agreement."""

INEFFECTIVE = {
    "arxiv": "the Hub takes arXiv ids from links in the text",
    "gated": "access is restricted in the repository's settings",
    "region": "the Hub sets this by itself",
    "verifyToken": "the Hub takes it only beside `verified`, and writes both itself",
}
"""Keys that look as if they did something, and why they do not."""
