"""Facts about the Hub, each a card with what must be said of it, and where: its messages, its fences, YAML and keys.

The facts are what public issues quote of the Hub's answers, what huggingface_hub 2.4.0 and js-yaml 4.3.2 do when they
are run, and what the Hub's documentation and types say. Each row names the rule, the severity and the place; nothing
graver than a note may be said besides.
"""

import pytest

from cardlint import lint, parse, read
from cardlint.finding import Severity

BODY = "\n\n# Lighthouse\n\nIt finds lighthouses.\n"


def card(yaml, body=BODY):
    """A card whose metadata begin in line 2; one that says nothing of a license gets one as its last line."""
    is_said = yaml.startswith("- ") or any(line.startswith(("license:", "licence:")) for line in yaml.split("\n"))
    return f"---\n{yaml}" + ("" if is_said else "\nlicense: mit") + f"\n---{body}"


def result(of_dataset="", of_metric="type: accuracy, value: 0.87", more=""):
    """A model-index with one result; its dataset begins in line 8, its metrics in line 10 if nothing is added."""
    dataset = f"      type: owner/coast\n      name: Coast{of_dataset}"
    return (
        "model-index:\n- name: lighthouse\n  results:\n  - task:\n      type: image-classification\n    dataset:\n"
        f"{dataset}\n    metrics:\n    - {{{of_metric}}}{more}"
    )


MESSAGES = {
    # warning: empty or missing yaml metadata in repo card
    "no block": ("# Lighthouse\n", "1:1 warning missing-front-matter the card has no metadata"),
    "an unclosed block": ("---\nlicense: mit\n\n# Lighthouse\n", "1:1 error unclosed-front-matter"),
    "a ragged fence": ("---\nlicense: mit\n---oops\n\n# Lighthouse\n", "1:1 error unclosed-front-matter"),
    "fences with nothing between": ("---\n---\n", "1:1 warning missing-front-matter the card has no metadata"),
    # whatever was reported once of blank lines between the keys, today's expression takes them
    "a double-spaced block": ("---\n\nlicense: mit\n\nlanguage: en\n\n---\n\n# Lighthouse\n", ""),
    # error: The YAML metadata of your README.md is invalid.
    "null": ("---\nnull\n---\n", "2:1 error not-a-mapping the front matter is empty"),
    "a blank block": ("---\n\n---\n", "1:1 error not-a-mapping the front matter is empty"),
    "a scalar": ("---\nMIT\n---\n", "2:1 error not-a-mapping the front matter is plain text"),
    # error: "value" must be of type object
    "a list": (card("- license: mit"), "2:1 error not-a-mapping the front matter is a list"),
    # error: Invalid YAML in README.md: <reason>
    "duplicated mapping key": (card("license: mit\nlicense: mit"), "3:1 error duplicate-key duplicate key `license`"),
    "bad indentation of a mapping entry": (card("model_name: a: b"), "2:13 error invalid-yaml invalid YAML"),
    "unknown tag": (card("model_name: !!python/tuple [1]"), "2:13 error invalid-yaml the tag `!!python/tuple`"),
    "an open flow collection": (
        "---\ntags: [a,\nlicense: mit\n---\n",
        "3:13 error invalid-yaml a comma or the closing bracket",
    ),
    # error: "license" must be one of [apache-2.0, ..., other, array]
    "a license of no list": (
        card("license: gpl-2.0-or-later"),
        "2:10 error unknown-license is not a license id of the Hub",
    ),
    "a list of licenses": (card("license: [mit, apache-2.0]"), ""),
    "a license of no list in one": (card("license:\n- mit\n- MIT"), "4:3 error unknown-license `MIT` is not"),
    # error: "language[1]" with value "pt_pt" is not valid. It must be an ISO 639-1, 639-2 or 639-3 code
    "a tag of BCP-47": (card("language: [pt, pt_pt]"), "2:16 error invalid-language `pt_pt` is not a language code"),
    "protein": (card("language: protein"), "2:11 error invalid-language of two or three letters"),
    "special values": (card("language: [code, multilingual]"), ""),
    # error: "language[0]" must only contain lowercase characters
    "upper case": (card("language: EN"), "2:11 error invalid-language not in lower case"),
    "upper case in a tag": (card("language: [zh-CN]"), "2:12 error invalid-language not in lower case"),
    # error: "base_model" with value "Kokoro 82M" is not valid. Use a model id from https://hf.co/models.
    "a base model with a blank": (
        card("base_model: Lighthouse 82M"),
        "2:13 error invalid-repo-id `Lighthouse 82M` is not a model id",
    ),
    "a base model's path": (card("base_model: /data/lighthouse"), "2:13 error invalid-repo-id is not a model id"),
    "a base model's address": (
        card("base_model: [https://huggingface.co/coast/light]"),
        "2:14 error invalid-repo-id is not a model id",
    ),
    # error: "base_model" is not allowed to be empty
    "an empty base model": (
        card("base_model: ''"),
        "2:13 error invalid-repo-id `base_model` is empty",
    ),
    # error: "datasets[0]" with value "..." is not valid. If possible from https://hf.co/datasets.
    "a dataset's path": (
        card("datasets: [/var/hf/images/]"),
        "2:12 error invalid-repo-id `/var/hf/images/` is not a dataset id",
    ),
    "a dataset that is null": (card("datasets:\n- null"), "3:3 error wrong-type `datasets[0]` is empty"),
    # error: "widget" must be an array
    "a widget that is a mapping": (card("widget:\n  text: a"), "2:1 error wrong-type not a list"),
    # errors in the model-index
    "a null configuration": (
        card(result("\n      config:")),
        "10:7 error invalid-model-index `model-index[0].results[0].dataset.config` has no value",
    ),
    "a number for a configuration": (
        card(result("\n      config: 7")),
        "10:15 error invalid-model-index dataset.config",
    ),
    "a mapping for one": (card(result("\n      config: {a: b}")), "10:7 error invalid-model-index dataset.config"),
    "digits for a revision": (
        card(result("\n      revision: 1234567")),
        "10:17 error invalid-model-index `model-index[0].results[0].dataset.revision` is a number",
    ),
    "metrics that are a mapping": (
        card(result().replace("    - {type: accuracy, value: 0.87}", "      {type: accuracy, value: 0.87}")),
        "10:5 error invalid-model-index `model-index[0].results[0].metrics` is a mapping",
    ),
    "a number for a metric's configuration": (
        card(result(more="\n    - {type: f1, value: 0.86, config: 7}")),
        "12:39 error invalid-model-index `model-index[0].results[0].metrics[1].config` is a number",
    ),
    "no name": (card("model-index:\n- results: []"), "3:3 error invalid-model-index `model-index[0].name` is missing"),
    "no value": (card(result(of_metric="type: f1")), "11:8 error invalid-model-index metrics[0].value` is missing"),
    "no address of a source": (
        card(result(more="\n    source:\n      name: board")),
        "12:5 error invalid-model-index source.url` is missing",
    ),
    "a word": (card("model-index: foo"), "2:14 error invalid-model-index `model-index` is text"),
    # warning: The <field> "x" is not in the official list
    "a task of no list": (card("pipeline_tag: lighthouse-keeping"), "2:15 warning unknown-pipeline-tag"),
    # no metadata at all, whatever it says
    "a pointer of Git LFS": (
        "version https://git-lfs.github.com/spec/v1\noid sha256:" + "ab" * 32 + "\nsize 2048\n",
        "1:1 error lfs-pointer",
    ),
}

FENCES = {
    "blank lines and blanks before it": ("\n\n  ---\nlicense: mit\n---\n\n# Lighthouse\n", ""),
    "a byte order mark": ("\ufeff---\nlicense: mit\n---\n\n# Lighthouse\n", "1:1 warning byte-order-mark"),
    "a comment before it": ("<!-- a -->\n---\nlicense: mit\n---\n", "2:1 error misplaced-front-matter"),
    "a title before it": ("# Lighthouse\n\n---\nlicense: mit\n---\n", "3:1 error misplaced-front-matter"),
    "an opener with a blank": ("--- \nlicense: mit\n---\n\n# Lighthouse\n", "1:1 error misplaced-front-matter"),
    "an opener of four dashes": ("----\nlicense: mit\n---\n\n# Lighthouse\n", "1:1 error misplaced-front-matter"),
    "a closer with blanks": (
        "---\nlicense: mit\n---  \n\n# Lighthouse\n",
        "3:4 warning unclosed-front-matter before 2.0",
    ),
    "a closer with a tab": (
        "---\nlicense: mit\n---\t\n\n# Lighthouse\n",
        "3:4 warning unclosed-front-matter before 2.0",
    ),
    "an indented closer": ("---\nlicense: mit\n ---\n\n# Lighthouse\n", "1:1 error unclosed-front-matter"),
    "a closer of four dashes": ("---\nlicense: mit\n----\n\n# Lighthouse\n", "1:1 error unclosed-front-matter"),
    "dots": ("---\nlicense: mit\n...\n\n# Lighthouse\n", "1:1 error unclosed-front-matter"),
    "no closer": ("---\nlicense: mit\nlanguage: en\n\n# Lighthouse\n", "1:1 error unclosed-front-matter"),
    "a closer at the end": ("---\nlicense: mit\n---", ""),
    "fences and nothing": ("---\n---\n\n# Lighthouse\n", "1:1 warning missing-front-matter"),
    "fences and a blank line": ("---\n\n---\n\n# Lighthouse\n", "1:1 error not-a-mapping"),
    "fences and comments": ("---\n# a\n---\n\n# Lighthouse\n", "1:1 error not-a-mapping"),
    "line ends of Windows": ("---\r\nlicense: mit\r\n---\r\n\r\n# Lighthouse\r\n", ""),
    "mixed line ends": ("---\r\nlicense: mit\n---\n\n# Lighthouse\n", "1:4 note irregular-newlines"),
    "line ends of old Macs": ("---\rlicense: mit\r---\r\r# Lighthouse\r", "1:4 error irregular-newlines"),
    "a fence in a text": (
        "---\nlicense: mit\ndescription: |\n  a\n---\n  b\n---\n\n# Lighthouse\n",
        "",
    ),
    "rules in a text": ("---\n\nIt finds lighthouses.\n\n---\n", "3:1 error not-a-mapping plain text"),
    "an empty fence before": ("---\n---\nlicense: mit\n---\n\n# Lighthouse\n", ""),
    "two blocks": (
        "---\nlicense: mit\n---\n---\nlanguage: en\n---\n\n# Lighthouse\n",
        "4:1 warning misplaced-front-matter a second front matter",
    ),
}

YAML = {
    "a duplicate key": (card("tags: [a]\ntags: [b]"), "3:1 error duplicate-key"),
    "a duplicate key further down": (
        card("co2_eq_emissions:\n  emissions: 1\n  emissions: 1"),
        "4:3 error duplicate-key",
    ),
    "no": (card("language: no"), "2:11 warning ambiguous-scalar reads as text and Python as `false`"),
    "no in a list": (card("language:\n- no"), "3:3 warning ambiguous-scalar reads as text and Python as `false`"),
    "a tag on": (card("tags: [on]"), "2:8 warning ambiguous-scalar reads as text and Python as `true`"),
    "a tag yes": (card("tags: [yes]"), "2:8 warning ambiguous-scalar reads as text and Python as `true`"),
    "a tag off": (card("tags: [off]"), "2:8 warning ambiguous-scalar reads as text and Python as `false`"),
    "what the client made of no": (
        card("language: false"),
        "2:11 warning ambiguous-scalar the Hub and Python read as `false`",
    ),
    "5e-5": (card(result(of_metric="type: loss, value: 5e-5")), "11:27 warning ambiguous-scalar and Python as text"),
    "010": (
        card(result(of_metric="type: n, value: 010")),
        "11:24 warning ambiguous-scalar number `10` and Python as the",
    ),
    "0o17": (card(result(of_metric="type: n, value: 0o17")), "11:24 warning ambiguous-scalar `15` and Python as text"),
    "1_000": (
        card(result(of_metric="type: n, value: 1_000")),
        "11:24 warning ambiguous-scalar Python reads as the number",
    ),
    "12:34:56": (card(result(of_metric="type: n, value: 12:34:56")), "11:24 warning ambiguous-scalar number `45296`"),
    "a date": (
        card("license_name: 2024-01-01\nlicense_link: LICENSE\nlicense: other"),
        "2:15 warning ambiguous-scalar a date",
    ),
    "a version": (card("library_version: 3.10"), "2:18 warning ambiguous-scalar the number `3.1`"),
    "a tab after a colon": (card("model_name: \tb"), "2:13 warning client-unreadable-yaml"),
    "a tab behind a value": (
        card(result(of_metric="type: wer, value: 0.918177\t")),
        "11:34 warning client-unreadable-yaml",
    ),
    "a tab that indents": (
        card("co2_eq_emissions:\n\temissions: 1"),
        "3:1 error invalid-yaml a tab in the indentation",
    ),
    "an at sign": (card("model_name: @x"), "2:13 error invalid-yaml `@` cannot begin an unquoted value"),
    "a back-tick": (card("model_name: `x`"), "2:13 error invalid-yaml a back-tick cannot begin an unquoted value"),
    "a percent sign": (card("model_name: %x"), "2:13 error invalid-yaml `%` cannot begin an unquoted value"),
    "an asterisk": (card("model_name: *x"), "2:13 error invalid-yaml refers to an anchor"),
    "two colons": (card("model_name: b: c"), "2:13 error invalid-yaml an unquoted value contains a colon and a space"),
    "Python's tags": (card("model_name: !!python/object:a.b {}"), "2:13 error invalid-yaml is unknown to the Hub"),
    "not a number": (card(result(of_metric="type: loss, value: .nan")), ""),
    "a number as a key": (card("1: x"), "2:1 warning client-unreadable-yaml the key `1` is not text for Python"),
    "no as a key": (card("no: x"), "2:1 warning client-unreadable-yaml the key `no` is not text for Python"),
    "a reserved key": (
        card("ignore_metadata_errors: 1"),
        "2:1 warning client-unreadable-yaml `ignore_metadata_errors`",
    ),
    "nesting beyond a hundred": (
        card("a: " + "[" * 100 + "]" * 100),
        "2:103 warning invalid-yaml nesting goes deeper than 100",
    ),
}

OF_DATASETS = (
    *("annotations_creators", "configs", "dataset_info", "multilinguality", "paperswithcode_id", "pretty_name"),
    *("size_categories", "task_categories", "task_ids", "viewer"),
)
OF_SPACES = ("app_file", "colorFrom", "emoji", "sdk", "title")
TEXTS = (
    *("language_details", "license_details", "library_name", "new_version", "pipeline_tag"),
    *("thumbnail", "description", "mask_token", "instance_prompt", "finetuned_from", "extra_gated_prompt"),
    *("extra_gated_heading", "extra_gated_description", "extra_gated_button_content"),
)

KEYS = {
    "language, known": (card("language: [en, yue]"), ""),
    "language, of another type": (card("language: {en: 1}"), "2:1 error wrong-type"),
    "language, unk": (card("language: unk"), "2:11 note invalid-language Enawené-Nawé"),
    "language, a library's code": (card("language: ger"), "2:11 note invalid-language does not list"),
    "language, twice": (card("language: [en, en]"), "2:16 note duplicate-item"),
    "language, of no standard": (card("language: xq"), "2:11 error invalid-language no language has the code"),
    "language_bcp47": (card("language: pt\nlanguage_bcp47: [pt-BR]"), ""),
    "language_bcp47, text": (card("language: pt\nlanguage_bcp47: pt-BR"), "3:17 warning wrong-type"),
    "language_details": (card("language: pt\nlanguage_details: as it is spoken in Bahia"), ""),
    "license, a mapping": (card("license: {name: mit}"), "2:1 error wrong-type"),
    "license_name, with a known license": (card("license: mit\nlicense_name: coast-1.0"), "3:1 note ignored-metadata"),
    "license_name and license_link": (card("license: other\nlicense_name: coast-1.0\nlicense_link: LICENSE"), ""),
    "license other, alone": (card("license: other"), "2:10 warning incomplete-license"),
    "license_link, with a known license": (card("license: mit\nlicense_link: LICENSE"), ""),
    "license_details": (card("license: mit\nlicense_details: see the file"), ""),
    "library_name, unknown": (card("library_name: lamps"), "2:15 note unknown-library"),
    "library_name, of another case": (card("library_name: Keras"), "2:15 note unknown-library"),
    "tags, text": (card("tags: lighthouse"), "2:7 error wrong-type"),
    "tags, joined by commas": (card("tags: a, b"), "2:7 error wrong-type"),
    "tags, a number": (card("tags: [a, 2024]"), "2:11 warning wrong-type"),
    "tags, twice": (card("tags: [a, b, a]"), "2:14 note duplicate-item"),
    "datasets, one": (card("datasets: owner/coast"), ""),
    "datasets, a loader": (card("datasets: imagefolder"), "2:11 warning invalid-repo-id loader"),
    "buckets": (card("buckets: [owner/coast]"), ""),
    "metrics, text": (card("metrics: wer"), "2:10 warning wrong-type"),
    "base_model, several": (card("base_model: [coast/light, coast/house]"), ""),
    "base_model_relation": (card("base_model: coast/light\nbase_model_relation: quantized"), ""),
    "base_model_relation, unknown": (
        card("base_model: coast/light\nbase_model_relation: tuned"),
        "3:22 warning invalid-base-model-relation",
    ),
    "base_model_relation, alone": (card("base_model_relation: merge"), "2:1 warning invalid-base-model-relation"),
    "new_version, an address": (card("new_version: https://hf.co/coast/light-2"), "2:14 warning invalid-repo-id"),
    "pipeline_tag, retired": (card("pipeline_tag: conversational"), "2:15 warning unknown-pipeline-tag"),
    "thumbnail, null": (card("thumbnail:"), ""),
    "description, null": (card("description: null"), ""),
    "instance_prompt, null": (card("instance_prompt:"), ""),
    "inference, a switch": (card("inference: false"), ""),
    "inference, parameters": (card("inference:\n  parameters:\n    top_k: 3"), ""),
    "inference, a word": (card("inference: maybe"), "2:12 warning wrong-type"),
    "widget": (card("widget:\n- text: gulls\n  example_title: Gulls"), ""),
    "widget, texts": (card("widget:\n- gulls"), "3:3 error wrong-type"),
    "mask_token, a list": (card("mask_token: [MASK]"), "2:1 warning wrong-type"),
    "co2_eq_emissions, a number": (card("co2_eq_emissions: 12.5"), ""),
    "co2_eq_emissions, without emissions": (card("co2_eq_emissions:\n  source: a meter"), "2:1 warning wrong-type"),
    "co2_eq_emissions, a word": (card("co2_eq_emissions: little"), "2:19 warning wrong-type"),
    "extra_gated_prompt": (card("extra_gated_prompt: Do you agree?"), ""),
    "extra_gated_fields": (
        card(
            "extra_gated_fields:\n  Name: text\n  Born: date_picker\n  "
            "Use:\n    type: select\n    options: [a, {label: B, value: b}]"
        ),
        "",
    ),
    "extra_gated_fields, a list": (card("extra_gated_fields: [Name]"), "2:1 error wrong-type"),
    "extra_gated_eu_disallowed": (card("extra_gated_eu_disallowed: true"), ""),
    "extra_gated_eu_disallowed, a word": (card("extra_gated_eu_disallowed: often"), "2:28 warning wrong-type"),
    "gated": (card("gated: auto"), "2:1 note ignored-metadata"),
    "finetuned_from": (card("finetuned_from: coast/light"), "2:1 note unknown-key"),
    "viewer": (card("viewer: false"), "2:1 note unknown-key it is a key of dataset cards"),
    "sdk": (card("sdk: gradio"), "2:1 note unknown-key it is a key of Spaces"),
    "region": (card("region: us"), "2:1 note ignored-metadata"),
    "arxiv": (card("arxiv: 1910.01108"), "2:1 note ignored-metadata"),
    "eval_results": (card("eval_results: []"), "2:1 warning client-unreadable-yaml"),
    "model_name": (card("model_name: lighthouse"), ""),
    "TheBloke's convention": (
        card("quantized_by: keeper\nmodel_creator: coast\nprompt_template: '{prompt}'\ninference: false"),
        "",
    ),
    "TRL's mistake": (
        card("licence: license"),
        "1:1 note missing-license\n2:1 warning unknown-key `licence: license` is a mistake of TRL",
    ),
    "verifyToken by hand": (
        card(result(of_metric="type: f1, value: 0.8, verifyToken: abc")),
        "11:30 note ignored-metadata",
    ),
    **{
        f"{key} for {meant}": (card(f"{key}: {value}"), f"2:1 warning unknown-key the Hub does not read `{key}`")
        for key, meant, value in (
            ("library", "library_name", "keras"),
            ("lang", "language", "en"),
            ("languages", "language", "[en]"),
            ("license_url", "license_link", "LICENSE"),
            ("dataset", "datasets", "owner/coast"),
            ("metric", "metrics", "[wer]"),
            ("tag", "tags", "[a]"),
            ("base-model", "base_model", "coast/light"),
            ("basemodel", "base_model", "coast/light"),
            ("pipeline-tag", "pipeline_tag", "text-to-speech"),
            ("task", "pipeline_tag", "text-to-speech"),
        )
    },
    **{f"{key}, of a dataset's card": (card(f"{key}: a"), f"2:1 note unknown-key `{key}`") for key in OF_DATASETS},
    **{f"{key}, of a Space's card": (card(f"{key}: a"), f"2:1 note unknown-key `{key}`") for key in OF_SPACES},
    **{
        f"{key}, a number": (card(f"{key}: 7"), f"2:{len(key) + 3} warning wrong-type `{key}` is a number")
        for key in TEXTS
    },
    **{f"{key}, a list": (card(f"{key}: [a]"), f"2:1 warning wrong-type `{key}` is a list") for key in TEXTS},
    **{
        f"{key}, a number": (card(f"{key}: 7"), f"2:{len(key) + 3} error wrong-type so the Hub will probably refuse")
        for key in ("language", "license", "datasets", "base_model")
    },
    **{
        f"{key}, nothing": (card(f"{key}:"), f"2:1 warning null-value `{key}` has no value")
        for key in ("license", "base_model", "library_name", "widget", "model-index")
    },
    **{
        f"{key}, nothing": (card(f"{key}:"), f"2:1 error null-value `{key}` has no value, so the Hub refuses the card")
        for key in ("language", "tags", "datasets")
    },
    "tags of the system's": (card("tags: [conversational, 'arxiv:1910.01108', 'base_model:adapter:coast/light']"), ""),
    "datasets, folders": (
        card("datasets: [data, image_folder]"),
        "2:12 warning invalid-repo-id\n2:18 warning invalid-repo-id",
    ),
    "language, of three letters where two would do": (card("language: eng"), ""),
    "widget, without an input": (card("widget:\n- txt: a"), "3:3 warning wrong-type `widget[0]` has no input"),
    "widget, with a blank as the text": (card("widget:\n- text: ' '\n  output: {url: a.png}"), ""),
    "widget, of messages": (card("widget:\n- messages: [{role: user, content: a}]"), ""),
    "inference, without parameters": (card("inference: {top_k: 3}"), "2:13 warning wrong-type"),
    "co2_eq_emissions, below nought": (card("co2_eq_emissions: -1"), "2:19 warning wrong-type"),
    "co2_eq_emissions, a text inside": (card("co2_eq_emissions: {emissions: much}"), "2:31 warning wrong-type"),
    "co2_eq_emissions, beyond measure": (card("co2_eq_emissions: 2000000000"), "2:19 note wrong-type"),
    "extra_gated_fields, of no type": (card("extra_gated_fields: {A: colour}"), "2:25 warning wrong-type"),
    "extra_gated_fields, without options": (card("extra_gated_fields: {A: {type: select}}"), "2:22 warning wrong-type"),
    "extra_gated_fields, an address": (card("extra_gated_fields: {A: ip_location, B: country}"), ""),
    "model-index, empty": (card("model-index: []"), "2:1 warning invalid-model-index"),
    "model-index, no results": (card("model-index:\n- name: a\n  results: []"), ""),
    "model-index, no dataset": (
        card("model-index:\n- name: a\n  results:\n  - task: {type: b}\n    metrics: [{type: c, value: 1}]"),
        "5:5 warning invalid-model-index `model-index[0].results[0].dataset` is missing",
    ),
    "model-index, spaCy's": (
        card(
            "tags: [spacy]\nmodel-index:\n- name: a\n  results:\n"
            "  - task: {type: b}\n    metrics: [{type: c, value: 1}]"
        ),
        "",
    ),
    "a key of one's own": (card("lamp: old"), "2:1 note unknown-key"),
}

ROWS = {
    f"{table}: {row}": content
    for table, rows in {"message": MESSAGES, "fence": FENCES, "yaml": YAML, "key": KEYS}.items()
    for row, content in rows.items()
}


def shown(finding):
    place = finding.source.position(finding.span.start)
    return f"{place.line}:{place.column} {finding.severity.label} {finding.rule.name} {finding.message}"


@pytest.mark.parametrize("row", ROWS)
def test_row(row):
    text, expected = ROWS[row]
    wanted = [line.split(" ", 3) for line in expected.split("\n") if line]
    linted = lint(parse(read(text.encode(), "README.md")))
    assert not linted.bugs
    said = {
        shown(finding): finding.severity for finding in linted.findings if finding.rule.group in {"metadata", "source"}
    }
    for start, words in ((" ".join(parts[:3]), parts[3] if len(parts) > 3 else "") for parts in wanted):
        found = [line for line in said if line.startswith(start) and words in line]
        assert found, f"{start} ... {words}, not in {list(said)}"
        said = {line: severity for line, severity in said.items() if line not in found}
    besides = [line for line, severity in said.items() if severity >= Severity.WARNING]
    assert not besides
