"""The keys that may stand in a card's front matter, and what may stand under each.

Refresh: compare `ApiModelMetadata` and `ApiModelIndex` of the latest npm `@huggingface/hub` with `TOP_LEVEL`. Keys that
nobody reads but many cards carry (`licence`, `lang`, a dataset's or a Space's keys) are here too: the question is what
people write as a key, not whether it does something.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

__all__ = ["SCALAR", "TOP_LEVEL", "Shape"]

SOURCE = (
    "`modelcard.md` and `model-cards.md` of huggingface/hub-docs, `api-model.ts` of npm `@huggingface/hub` 2.17.5, "
    "what the Trainer and huggingface_hub 2.4.0 write"
)
DATE = "2026-08-22"


class Shape(Struct, frozen=True):
    """What stands under a key: a scalar (or a list of them), or a mapping with `keys`, or a list of such mappings.

    `listed` says that the mappings are items of a list, `open` that keys of any other name may stand beside `keys`.
    Where all other keys have one of a few words for a value (`values`), they may be whole sentences; those that have a
    mapping hold `others`.
    """

    keys: Mapping[str, Shape] = {}
    listed: bool = False
    open: bool = False
    values: frozenset[str] = frozenset()
    others: Shape | None = None

    @property
    def mapping(self) -> bool:
        """Whether keys may stand under the key at all."""
        return bool(self.keys) or self.open


SCALAR = Shape()
ANYTHING = Shape(open=True)


def _scalars(names: str) -> dict[str, Shape]:
    return dict.fromkeys(names.split(), SCALAR)


_METRIC = Shape(_scalars("type name config verified verifyToken") | {"value": ANYTHING, "args": ANYTHING}, listed=True)
_TASK = Shape(_scalars("type name") | {"args": ANYTHING})
_DATASET = Shape(_scalars("type name config split revision") | {"args": ANYTHING})
_RESULT = Shape(
    {"task": _TASK, "dataset": _DATASET, "metrics": _METRIC, "metric": _METRIC, "source": Shape(_scalars("url name"))},
    listed=True,
)
_MODEL_INDEX = Shape({"name": SCALAR, "results": _RESULT}, listed=True)

_OUTPUT = Shape(_scalars("label score answer text url"), listed=True)
_WIDGET = Shape(
    _scalars("example_title group text src context prompt label candidate_labels multi_class source_sentence sentences")
    | {
        "table": ANYTHING,
        "structured_data": ANYTHING,
        "structuredData": ANYTHING,
        "messages": Shape(_scalars("role content"), listed=True),
        "parameters": ANYTHING,
        "parameter": ANYTHING,
        "output": _OUTPUT,
    },
    listed=True,
    open=True,
)
_EMISSIONS = Shape(
    _scalars("emissions source training_type geographical_location hardware_used energy_consumed on_cloud")
    | _scalars("cpu_model ram_total_size hours_used codecarbon_version"),
    open=True,
)
_FORM = Shape(
    open=True,
    values=frozenset(("text", "checkbox", "date_picker", "country", "ip_location")),
    others=Shape(_scalars("type") | {"options": Shape(_scalars("label value"), listed=True)}),
)

TOP_LEVEL = Shape(
    _scalars("language language_bcp47 language_details license license_name license_link license_details library_name")
    | _scalars("tags datasets buckets metrics base_model base_model_relation new_version pipeline_tag thumbnail")
    | _scalars("description mask_token instance_prompt model_name model_creator model_type model_link quantized_by")
    | _scalars("extra_gated_prompt extra_gated_heading extra_gated_description extra_gated_button_content gated")
    | _scalars("extra_gated_eu_disallowed finetuned_from viewer region arxiv prompt_template duplicated_from pinned")
    | _scalars("licence library lang languages license_url dataset metric tag base-model basemodel pipeline-tag task")
    | _scalars("library_tag library_version eos_token model_file tasks")
    | _scalars("title emoji colorFrom colorTo sdk sdk_version app_file")
    | _scalars("task_categories task_ids size_categories pretty_name annotations_creators language_creators")
    | _scalars("multilinguality source_datasets paperswithcode_id")
    | {
        "model-index": _MODEL_INDEX,
        "model_index": _MODEL_INDEX,
        "widget": _WIDGET,
        "inference": Shape({"parameters": ANYTHING}, open=True),
        "co2_eq_emissions": _EMISSIONS,
        "extra_gated_fields": _FORM,
        "dataset_info": ANYTHING,
        "train-eval-index": Shape(
            _scalars("config task task_id") | dict.fromkeys(("splits", "col_mapping", "metrics"), ANYTHING),
            listed=True,
            open=True,
        ),
        "configs": Shape(_scalars("config_name data_files"), listed=True, open=True),
    }
)
"""The whole front matter, seen as one mapping."""
