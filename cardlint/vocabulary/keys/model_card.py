"""Rows of the table for the keys that the Hub reads in a model card.

Refresh: compare `ApiModelMetadata` of the latest npm `@huggingface/hub` and `model-cards.md` of huggingface/hub-docs.
"""

from __future__ import annotations

import re

from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.keys.grammar import (
    BOOLEAN,
    LIST_OF_TEXTS,
    TEXT,
    Key,
    Shape,
    accepted,
    probably_refused,
    refused,
    warned,
)
from cardlint.vocabulary.keys.model_index import MODEL_INDEX
from cardlint.vocabulary.keys.nested import EMISSIONS, GATED_FORM, INFERENCE, WIDGET

__all__ = ["MODEL_CARD_KEYS"]

SOURCE = (
    "`api-model.ts` of npm `@huggingface/hub` 2.17.5; `model-cards.md` of huggingface/hub-docs; answers of the server "
    "that issues and pages of the Hub quote"
)
DATE = "2026-11-29"

_API = "`api-model.ts` of npm `@huggingface/hub` 2.17.5"
_DOCS = "`model-cards.md` of huggingface/hub-docs"
_PAGE = "a page of the Hub that shows the server's answer"
_WORDS = Shape(("text", "list"), ("text",), form="word")
_NAMES = Shape(("list",), ("text",), form="name")
_PROBABLY_NOT_TEXT = probably_refused("other keys of this shape must be text or a list of texts", DATE)
_BY_TYPE = probably_refused("the server asks for the type of every key of the index that an issue quotes", DATE)
_PROBABLY_EMPTY = probably_refused('"is not allowed to be empty" under other keys', DATE)
_NO_ID = probably_refused("the server refuses other texts that are not ids", DATE)
_NO_LANGUAGE = refused("espnet/espnet_model_zoo#92", "2026-09-18")
_NO_ADDRESS = refused(_PAGE, DATE)

_LICENSE_NAME = Shape(form="name", pattern=LazyPattern(r"[a-z0-9._-]+"), label="an id in lower case without blanks")
_LICENSE_LINK = Shape(
    form="address",
    near=LazyPattern(r"(?<![\w-])[\w-]++\.\w+|LICEN[CS]E[\w-]*", re.IGNORECASE),
    pattern=LazyPattern(r"LICENSE(?:\.md)?|https://[^\s<>\"{}|\\^`]+"),
    label="an `https://` address, `LICENSE` or `LICENSE.md`",
)

_ID = LazyPattern(r"(?!\.\.?/)[\w.-]+(?:/[\w.-]+)?", re.ASCII)
_NOT_A_PATH = r"(?!\.{0,2}/|~|\w+:/|\w:\\)"
# for datasets the Hub is known to refuse three parts, for models it is not
_MODEL_IDS = Shape(
    ("text", "list"), ("text",), form="model id", pattern=_ID, near=LazyPattern(rf"{_NOT_A_PATH}[^\s\\]+")
)
_DATASET_IDS = Shape(
    ("text", "list"),
    ("text",),
    form="dataset id",
    pattern=_ID,
    near=LazyPattern(rf"{_NOT_A_PATH}[^\s\\/]+(?:/[^\s\\/]*)?"),
)

MODEL_CARD_KEYS = (
    Key(
        "language",
        _WORDS,
        tells="shared",
        common=True,
        wrong=_PROBABLY_NOT_TEXT,
        wrong_item=_PROBABLY_NOT_TEXT,
        null=refused("espnet/espnet_model_zoo#102", "2026-09-19"),
        null_item=probably_refused("the server refuses a list of datasets with null", DATE),
        empty=_PROBABLY_EMPTY,
        malformed=_NO_LANGUAGE,
        upper_case=refused("wav2vec2-sprint#11", "2023-03-01"),
        unlisted=_NO_LANGUAGE,
    ),
    Key("language_bcp47", LIST_OF_TEXTS, tells="likely"),
    Key("language_details"),
    Key(
        "license",
        _WORDS,
        tells="shared",
        common=True,
        wrong=_PROBABLY_NOT_TEXT,
        wrong_item=_PROBABLY_NOT_TEXT,
        empty=_PROBABLY_EMPTY,
        unlisted=refused("huggingface/huggingface_hub#4218", "2026-05-10"),
        unlisted_item=probably_refused("the server refuses such a license outside a list", DATE),
    ),
    Key(
        "license_name",
        _LICENSE_NAME,
        tells="likely",
        malformed=probably_refused("all 164 real cards with the key have an id in lower case", DATE),
    ),
    Key(
        "license_link",
        _LICENSE_LINK,
        tells="likely",
        empty=_PROBABLY_EMPTY,
        malformed=_NO_ADDRESS,
        inexact=probably_refused("the documentation names two files, and 207 real cards have no other", DATE),
    ),
    Key("license_details"),
    Key(
        "library_name",
        Shape(form="word"),
        tells="certain",
        common=True,
        unlisted=accepted("a public client that asked the server", DATE),
        source=_DOCS,
    ),
    Key(
        "tags",
        _NAMES,
        tells="card",
        common=True,
        wrong=refused(_PAGE, DATE),
        null=refused("huggingface.co/facebook/m2m100_418M, discussion 5", "2023-03-03"),
    ),
    Key(
        "datasets",
        _DATASET_IDS,
        tells="shared",
        common=True,
        wrong=_PROBABLY_NOT_TEXT,
        wrong_item=_PROBABLY_NOT_TEXT,
        null=refused("huggingface.co/microsoft/wavlm-base-plus, commit 4c66d48", DATE),
        null_item=refused("huggingface/transformers#13528", "2021-09-01"),
        empty=_PROBABLY_EMPTY,
        malformed=refused("huggingface/autotrain-advanced#648", DATE),
        inexact=_NO_ID,
    ),
    Key("buckets", LIST_OF_TEXTS, source=_DOCS),
    Key("metrics", _NAMES, tells="shared", common=True, source=_DOCS),
    Key(
        "base_model",
        _MODEL_IDS,
        tells="certain",
        common=True,
        wrong=_PROBABLY_NOT_TEXT,
        wrong_item=_PROBABLY_NOT_TEXT,
        empty=refused("huggingface/transformers#25961", "2023-09-04"),
        malformed=refused("huggingface/trl#1873", DATE),
        inexact=_NO_ID,
    ),
    Key(
        "base_model_relation",
        Shape(form="word", values=("adapter", "merge", "quantized", "finetune")),
        tells="likely",
        source=_DOCS,
    ),
    Key("new_version", Shape(form="model id", pattern=_ID), tells="likely", source=_DOCS),
    Key("pipeline_tag", Shape(form="word"), tells="certain", common=True, unlisted=warned(_PAGE, DATE)),
    Key(
        "thumbnail",
        Shape(form="address"),
        tells="card",
        null=accepted(_API, "2026-08-22"),
        empty=refused(_PAGE, DATE),
    ),
    Key("description", null=accepted(_API, "2026-08-22"), empty=_PROBABLY_EMPTY),
    Key("inference", INFERENCE, tells="likely"),
    Key(
        "widget",
        WIDGET,
        tells="likely",
        common=True,
        wrong=refused("ostris/ai-toolkit#260", "2025-03-03"),
        wrong_item=refused(_PAGE, DATE),
    ),
    Key("mask_token", tells="likely"),
    Key("instance_prompt", tells="likely", null=accepted(_API, "2026-08-22"), empty=refused(_PAGE, DATE)),
    Key(
        "model-index",
        MODEL_INDEX,
        tells="likely",
        common=True,
        wrong=refused("huggingface/huggingface_hub#1927", "2023-12-20"),
        wrong_item=_BY_TYPE,
        null_item=_BY_TYPE,
    ),
    Key("co2_eq_emissions", EMISSIONS, tells="likely"),
    Key("extra_gated_prompt", tells="card"),
    Key("extra_gated_heading"),
    Key("extra_gated_description"),
    Key("extra_gated_button_content"),
    Key(
        "extra_gated_fields",
        GATED_FORM,
        wrong=refused("huggingface/api-inference-community#453", "2024-09-22"),
    ),
    Key("extra_gated_eu_disallowed", BOOLEAN, source=_DOCS),
    Key("finetuned_from", TEXT, meant="base_model"),
)
