"""Flattened cards get their lines back, with the way back for every offset."""

import re
from itertools import pairwise

import pytest
import yaml
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from real_cards import SEEDS, all_cards, needs_archive, needs_seeds

from cardlint.card.flattened.recovered import Recovery
from cardlint.card.flattened.suspicion import recover
from cardlint.source import Span
from cardlint.vocabulary import trainer

FRONT_MATTER = """\
---
library_name: transformers
language:
- en
- de
license: mit
base_model: some/encoder-base
tags:
- generated_from_trainer
datasets:
- some/reviews
metrics:
- accuracy
- f1
model-index:
- name: encoder-reviews
  results:
  - task:
      name: Text Classification
      type: text-classification
    dataset:
      name: Some Reviews
      type: some/reviews
      config: default
      split: validation
      args: default
    metrics:
    - name: Accuracy
      type: accuracy
      value: 0.8125
    - name: F1
      type: f1
      value: 0.79876
  - task:
      name: Text Classification
      type: text-classification
    dataset:
      name: Other Reviews
      type: some/others
    metrics:
    - name: Accuracy
      type: accuracy
      value: 0.7
---
"""

BODY = """\
<!-- This model card has been generated automatically according to the information the Trainer had access to. You
should probably proofread and complete it, then remove this comment. -->

# encoder-reviews

This model is a fine-tuned version of [some/encoder-base](https://huggingface.co/some/encoder-base) on the reviews.
It achieves the following results on the evaluation set:
- Loss: 0.4812
- Accuracy: 0.8125
- F1: 0.7988
- Overall: {'precision': 0.5, 'recall': 0.25}

## Model description

More information needed

## Intended uses & limitations

**Meant for:**
> Sorting the mail of a small shop - nothing else.

**Not meant for:**
> Anything that matters.

## Training and evaluation data

Two sources were mixed:
- Letters: those of last year - and some older ones.
- Mails: all of them.

## Training procedure

### Preparation

1. Reading: every letter was read aloud.
2. Writing: every word was written down.

### Training hyperparameters

The following hyperparameters were used during training:
- learning_rate: 3e-05
- train_batch_size: 48
- optimizer: Use adafactor and the args are:
No additional optimizer arguments
- lr_scheduler_type: linear
- num_epochs: 2
- mixed_precision_training: Native AMP

### Training results

| Training Loss | Epoch | Step | Validation Loss | Accuracy | F1 |
|:-------------:|:-----:|:----:|:---------------:|:--------:|:--:|
| No log | 1.0 | 120 | 0.5210 | 0.8012 | |
| 0.61 | 2.0 | 240 | 0.4812 | 0.8125 | 0.7988 |

### Framework versions

- Transformers 4.33.0
- Pytorch 2.0.0+cu117
- Datasets 2.14.1
- Tokenizers 0.13.3"""

CARD = f"{FRONT_MATTER}\n{BODY}"


def flatten(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def recovered(text: str) -> Recovery:
    recovery = recover(text)
    assert recovery is not None
    return recovery


def metadata(text: str) -> object:
    match = re.match(r"---\n(.*?\n)---\n", text + "\n", re.DOTALL)
    assert match is not None
    return yaml.safe_load(match[1])


def proved(text: str, recovery: Recovery) -> None:
    """What must hold of every recovery."""
    assert "".join(recovery.text.split()) == "".join(text.split())
    assert recover(recovery.text) is None
    offsets = [index for index, character in enumerate(recovery.text) if not character.isspace()]
    wanted = [index for index, character in enumerate(text) if not character.isspace()]
    spans = [recovery.original(Span(index, index + 1)) for index in offsets]
    assert spans == [Span(index, index + 1) for index in wanted]
    breaks = [boundary.offset for boundary in recovery.boundaries]
    assert breaks == sorted(set(breaks))
    assert all(recovery.text[offset] in "\r\n" for offset in breaks)


def test_a_card_of_the_trainer_comes_back_as_it_was() -> None:
    recovery = recovered(flatten(CARD))
    assert recovery.text == CARD
    assert recovery.whole
    proved(flatten(CARD), recovery)


def test_what_the_trainer_writes_is_certain() -> None:
    start = BODY.index("**Meant")
    written = BODY[:start] + "More information needed\n\n" + BODY[BODY.index("### Training hyperparameters") :]
    recovery = recovered(flatten(f"{FRONT_MATTER}\n{written}"))
    assert recovery.text == f"{FRONT_MATTER}\n{written}"
    assert recovery.likely == 0


def test_what_people_write_is_likely() -> None:
    recovery = recovered(flatten(CARD))
    likely = {recovery.text[boundary.offset :].split()[0] for boundary in recovery.boundaries if not boundary.certain}
    assert {"**Not", ">", "1.", "2."} <= likely
    assert recovery.likely < len(recovery.boundaries) / 4


MODEL_INDEX = "model-index:\n- name: {}\n  results:\n  - task:\n      type: t\n"


@pytest.mark.parametrize(
    "lines",
    [
        "license: mit\nlanguage: [en, de]\ntags: []",
        "license:\n- mit\n- apache-2.0",
        "license: other\nlicense_name: my own license\nlicense_link: https://example.org/a",
        "tags:\n- 'it''s: one'\n- \"two - \\\"three\\\"\"\n- three",
        "tags:\n- sentence similarity\n- base_model:adapter:some/thing",
        "widget:\n- text: a dog - or a cat\n  example_title: Animals of all kinds\n- text: 'quoted: text'",
        "widget:\n- src: https://example.org/a.png\n  candidate_labels: a, b\n  output:\n    text: dog",
        "widget:\n- messages:\n  - role: user\n    content: Who are you?\n  - role: system\n    content: Be kind",
        "widget:\n- text: fine\n  output:\n  - label: good\n    score: 0.9\n  - label: bad\n    score: 0.1\n- text: a",
        "inference: false\npipeline_tag: text-generation",
        "inference:\n  parameters:\n    temperature: 0.7\n    top_p: 0.9\nlicense: mit",
        "co2_eq_emissions:\n  emissions: 12.5\n  source: code carbon\n  training_type: fine-tuning\nlicense: mit",
        "model-index:\n- name: one\n  results: []\nlicense: mit",
        "model-index:\n- name: one\n  results: []\n- name: two\n  results: []",
        MODEL_INDEX.format("'a: b #c'") + "    metrics:\n    - type: wer\n      value: 3",
        MODEL_INDEX.format("a") + "    metrics:\n    - type: wer\n      value:\n    - type: cer\n      value:",
        MODEL_INDEX.format("a")
        + "    dataset:\n      name: d\n      type: d\n      args:\n        language: hi\n        shots: 3\n"
        "    metrics:\n    - type: wer\n      value: 3\n      args:\n        max_order: 2\n"
        "    source:\n      url: https://example.org\n      name: Board\nmetrics:\n- wer",
        "unknown_key: some words here\nlicense: mit\nanother: 1",
        "custom:\n  deep: 1\n  deeper:\n    deepest: 2\nlicense: mit",
        "thumbnail:\nlicense: mit",
        "tags:\n- one\n-\nlicense: mit",
        '"license": mit\n"tags":\n- x',
        "license: mit\ndataset_info:\n  features: 3",
        "license : mit\ntags :\n- a\n- b\n'language' : en",
        "datasets:\n-\nmetrics:\n- f1",
        "widget:\nmodel-index:\n- name: a\n  results: []",
        "extra_gated_fields:\n  Full name: text\n  I will cite the paper: checkbox\n  Country: country\nlicense: mit",
        "extra_gated_fields:\n  Use:\n    type: select\n    options:\n    - Study\n    - At home\n  geo: ip_location",
        "extra_gated_fields:\n  geo: ip_location\n  ? I will read it\n  : checkbox\nextra_gated_prompt: No",
        "extra_gated_fields:\n  Who are you?:\n    type: select\n    options: [me, you]\n  Your country: country",
    ],
)
def test_front_matter_comes_back_by_its_grammar(lines: str) -> None:
    card = f"---\n{lines}\n---\n\n# Title\n\nThis model is a fine-tuned version of [a](b)."
    recovery = recovered(flatten(card))
    assert metadata(recovery.text) == yaml.safe_load(lines)
    proved(flatten(card), recovery)


def test_comments_of_the_hubs_template_stay_comments() -> None:
    lines = "# For the keys, see the spec: https://example.org\n# Guide: there\nlicense: mit # or: another\ntags:\n- x"
    assert metadata(recovered(flatten(f"---\n{lines}\n---\n")).text) == {"license": "mit", "tags": ["x"]}


@pytest.mark.parametrize(
    "comment", ["# inference: false", "# tags:\n# - one", "# - one", "#tags: none", "# for instance the license: none"]
)
def test_what_is_commented_out_stays_so(comment: str) -> None:
    text = flatten(f"---\nlicense: mit\n{comment}\ndatasets:\n- x\n---\n")
    recovery = recovered(text)
    assert metadata(recovery.text) == {"license": "mit", "datasets": ["x"]}
    assert recovery.likely, "a comment may end anywhere"


def test_the_templates_comment_is_known() -> None:
    lines = "# For the spec: see https://huggingface.co/docs/hub/model-cards\nlicense: mit"
    recovery = recovered(flatten(f"---\n{lines}\n---\n"))
    assert recovery.text == f"---\n{lines}\n---"
    assert all(boundary.certain for boundary in recovery.boundaries[1:])


def test_an_item_after_which_nobody_knows_what_comes_is_likely() -> None:
    body = "# T\n\n" + trainer.EVALUATION_SENTENCE + " - Loss: 0.5 - F1: 0.8783 and so on and on"
    recovery = recovered(flatten(f"---\nlicense: mit\n---\n{body}"))
    assert recovery.likely == 1


def test_items_that_begin_alike_belong_together() -> None:
    body = "# T\n\nIt has:\n\n- 12 layers\n- 8 heads - or so\n- 3 cats"
    text = f"---\nlicense: mit\n---\n\n{body}"
    assert recovered(flatten(text)).text == text.replace("has:\n\n", "has:\n")


def test_a_block_scalar_keeps_its_words() -> None:
    lines = "extra_gated_prompt: >-\n  Please note: read\n  this.\nlicense: mit"
    expected = {"extra_gated_prompt": "Please note: read this.", "license": "mit"}
    assert metadata(recovered(flatten(f"---\n{lines}\n---\n")).text) == expected


def test_a_front_matter_alone_is_recovered_and_the_body_left() -> None:
    text = "--- license: mit tags: - a - b ---\n\n# Title\n\nSome - words\n"
    recovery = recovered(text)
    assert recovery.text == "---\nlicense: mit\ntags:\n- a\n- b\n---\n\n# Title\n\nSome - words\n"
    assert not recovery.whole
    proved(text, recovery)


def test_the_fence_may_stand_on_the_next_line() -> None:
    recovery = recovered("--- license: mit tags: - a\n---\n# Title\n")
    assert recovery.text == "---\nlicense: mit\ntags:\n- a\n---\n# Title\n"


def test_line_breaks_are_of_the_kind_that_the_text_has() -> None:
    recovery = recovered("\ufeff--- license: mit ---\r\n\r\n# Title\r\n")
    assert recovery.text == "\ufeff---\r\nlicense: mit\r\n---\r\n\r\n# Title\r\n"


def test_a_body_without_front_matter_is_recovered_by_its_headings() -> None:
    assert recovered(flatten(BODY) + "\n").text == BODY + "\n"


def test_a_body_below_its_front_matter_may_be_flat_too() -> None:
    assert recovered(f"{flatten(FRONT_MATTER)}\n\n{flatten(BODY)}").text == CARD


def test_a_body_below_an_intact_front_matter_may_be_flat() -> None:
    recovery = recovered(f"{FRONT_MATTER}\n{flatten(BODY)}\n")
    assert recovery.text == f"{CARD}\n"
    assert not recovery.whole
    proved(f"{FRONT_MATTER}\n{flatten(BODY)}\n", recovery)


def test_any_headings_tell_a_body_that_is_one_line() -> None:
    recovery = recovered(f"{FRONT_MATTER}\n# Wren ## Usage Call it. ## License It is free.")
    assert recovery.text == f"{FRONT_MATTER}\n# Wren\n\n## Usage\n\nCall it.\n\n## License\n\nIt is free."
    assert recovery.likely


@pytest.mark.parametrize("fences", [("---\n", "\n---\n"), ("--- ", "\n---\n"), ("---\n", " ---\n")])
@given(data=st.data())
def test_lines_of_a_front_matter_come_back_whichever_are_joined(fences: tuple[str, str], data: st.DataObject) -> None:
    lines = FRONT_MATTER.split("\n")[1:-2]
    joined = data.draw(st.lists(st.booleans(), min_size=len(lines) - 1, max_size=len(lines) - 1))
    text = fences[0] + lines[0]
    for line, join in zip(lines[1:], joined, strict=True):
        text += f" {line.lstrip()}" if join else f"\n{line}"
    text += fences[1] + "\n# Wren\n\n- one\n- two\n"
    recovery = recover(text)
    if recovery is None:  # nothing that only several lines can hold
        assert fences[0] == "---\n"
        assert sum(join and line[0] not in " -" for line, join in zip(lines[1:], joined, strict=True)) < 2
    else:
        assert recovery.text == f"{FRONT_MATTER}\n# Wren\n\n- one\n- two\n"
        proved(text, recovery)


@pytest.mark.parametrize(
    ("joined", "lines"),
    [
        (
            "license: mit tags: - a\nmodel-index:\n  - name: x\n    results: []",
            "license: mit\ntags:\n- a\nmodel-index:\n  - name: x\n    results: []",
        ),
        (
            "license: mit tags: - a - b\n  - c\nlanguage: en",
            "license: mit\ntags:\n  - a\n  - b\n  - c\nlanguage: en",
        ),
        (
            "license: mit tags: - a model-index:\n-   name: x\n    results: [] license_name: y",
            "license: mit\ntags:\n- a\nmodel-index:\n-   name: x\n    results: []\nlicense_name: y",
        ),
        (
            "license: mit model-index:\n   - name: x\n     results:\n     - task: type: a metrics:\n- f1",
            "license: mit\nmodel-index:\n   - name: x\n     results:\n     - task:\n         type: a\nmetrics:\n- f1",
        ),
    ],
)
def test_lines_that_kept_their_breaks_keep_their_indentation(joined: str, lines: str) -> None:
    text = f"---\n{joined}\n---\n\n# T\n"
    assert recovered(text).text == f"---\n{lines}\n---\n\n# T\n"
    proved(text, recovered(text))


@pytest.mark.parametrize(
    "lines",
    [
        "license: mit\nmodel-index:\n- name: x\n  results:\n - task: {type: a}\n  metrics:\n  - type: f1",
        "license: mit\ntags:\n- a\n x metrics:\n  - metrics: f1\n  - metrics: wer",
        "model-index:\n- name: x\n  results:\n  - task: {type: a}\n  - metrics: none\n  - metrics: none\n b c: d",
        "about: a license: mit\nmine: the language: en",
        "license: mit tags: - a\nlanguage: [en",
        "license: mit\nfor the license: see tags: - below\ntags:\n- a",
    ],
)
def test_broken_lines_are_not_joined_ones(lines: str) -> None:
    assert recover(f"---\n{lines}\n---\n\n# T\n") is None


def test_where_blank_lines_are_left_each_line_is_read_for_itself() -> None:
    card = CARD[: CARD.index("**Meant")] + "None.\n\n" + CARD[CARD.index("### Training hyper") :]
    joined = re.sub(r"(?<!\n)\n(?!\n)\s*", " ", card)
    assert joined.count("\n\n") > 8
    recovery = recovered(joined)
    proved(joined, recovery)
    expected = [*outline(card).values(), metadata(card)]
    assert [*outline(recovery.text).values(), metadata(recovery.text)] == expected


def test_code_with_blank_lines_in_it_is_no_text() -> None:
    body = "# T\n\n```python a = 1\n\n# b = 2 # c = 3\n\nd = 4 ```\n\n## Model description"
    recovery = recovered(f"--- license: mit tags: - a ---\n\n{body}")
    assert recovery.text.endswith(body)
    assert recovery.likely


def test_an_empty_front_matter() -> None:
    text = "--- --- # Name This model was trained from scratch on x. ## Model description Fine. ## Training procedure"
    assert recovered(text).text.startswith(
        "---\n---\n\n# Name\n\nThis model was trained from scratch on x.\n\n## Model"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "---",
        "--- ",
        "--- ---",
        "---\nlicense: mit\n---\n",
        "--- \nlicense: mit\n---\n",
        "\n  ---\nlicense: mit\n---\n# T",
        "--- a rule with text ---\n",
        "--- Note: this is no metadata ---\n\n# Title\n",
        "--- license: mit\n# a comment: here\ntags:\n- a\n---\n",
        "---\nlicense_name: Mine: no license\ntags:\n- a\n---\n",
        "---\nextra_gated_prompt: |\n  license: mit tags: - a - b\nlicense: mit\n---\n",
        "---\nlicense: 'mit tags: - a license: b'\n---\n",
        "---\nlicense: mit # once tags: - a license: b\n---\n",
        "---\nlicense: mit\n---\n\n# T\n\nThe ## Model description and the ### Training procedure.\n\nMore.",
        f"{FRONT_MATTER}\n```\n{flatten(BODY)}\n```\n",
        f"{FRONT_MATTER}\n    {flatten(BODY)}\n",
        "---\nlicense: mit\n---\n\n# T `code ## Not a heading ## Nor this`\n",
        "--- license: mit # Title and no other fence",
        "---- license: mit ----",
        "# Title\n\n## Model description\n\n## Training procedure\n",
        "# Title ## Model description",
        "| # Model | ## Training procedure |\n|---|---|\n",
        CARD,
        CARD.replace("\n", "\r\n"),
        CARD.replace("\n", "\r"),
    ],
)
def test_other_cards_are_left_alone(text: str) -> None:
    assert recover(text) is None


def test_hyphens_in_prose_and_values_are_no_bullets() -> None:
    body = (
        "# T - small\n\nThis model was trained from scratch on the A - B dataset.\n\n## Model description\n\nMade - so."
    )
    text = f"---\nlicense: mit\nmodel-index:\n- name: T - small\n  results: []\n---\n\n{body}"
    assert recovered(flatten(text)).text == text


def test_a_table_ends_where_its_cells_do() -> None:
    body = "# T\n\n| a | b |\n|--|:-:|\n| 1 | |\n| | - |\n\nText | with pipes | around it."
    text = f"---\nlicense: mit\n---\n\n{body}"
    assert recovered(flatten(text)).text == text


def test_code_is_not_read() -> None:
    body = "# T\n\n```python\n# no heading - no bullet\n```\n\n## Model description\n\nDone."
    text = f"---\nlicense: mit\n---\n\n{body}"
    assert recovered(flatten(text)).text == text


@pytest.mark.parametrize(
    ("title", "below"),
    [
        ("# Heron Lake v2 (GGUF)", "Heron Lake is a small model of tides."),
        ("# Heron — A Tide Adapter", "This adapter reads tide tables."),
        ("# Heron → Crane Translator (small)", "Translates the calls of herons."),
        ("# Tide DreamBooth LoRA - coastlab/heron-lora", "<Gallery />"),
        ("## Why I Built This", "I wanted a model that reads tide tables."),
        ("### Why This Matters", "Most harbours lose a day a year to fog."),
        ("## What Is a Tide Table?", "A tide table lists the heights."),
        ("## Results — harbour test (lower is better)", "| Model | Error |\n|---|---|\n| heron | 0.3 |"),
        ("## ⚠️ DISCLAIMER: SYNTHETIC TIDES ONLY", "Do not steer a ship by it."),
        ("## **Core Capabilities**", "The model reads tide tables."),
        ("### 1 — Clone the code", "```bash\ngit clone x\n```"),
        ("### Downstream Use", "Harbours may fine-tune it."),
        ("### Downstream Use [optional]", "Harbours may fine-tune it."),
        ("## Features", "- Tides\n- Currents\n- Winds"),
        ("## 使用方法", "请先安装依赖，然后运行模型。"),
        ("## 许可证", "本模型采用开放许可证，欢迎使用。"),
    ],
)
def test_titles_of_today_end_where_they_did(title: str, below: str) -> None:
    card = f"---\nlicense: mit\n---\n\n# Bittern\n\nIt reads.\n\n{title}\n\n{below}\n\n## Usage\n\nCall it."
    lines = recovered(flatten(card)).text.split("\n")
    assert [line for line in lines if line.startswith("#")] == ["# Bittern", title, "## Usage"]


def test_a_models_name_before_a_dash_is_not_the_whole_title() -> None:
    body = "# wren — a bird of few words\n\nThis model was trained from scratch on songs.\n\n## Usage\n\nCall it."
    text = f"---\nlicense: mit\nmodel-index:\n- name: wren\n  results: []\n---\n\n{body}"
    assert recovered(flatten(text)).text == text


def test_code_without_a_closing_fence_ends_with_the_text() -> None:
    body = "# T\n\nLoad it.\n\n```python\nimport wren # the package # of birds\n\n# all of them\nwren.load()"
    recovery = recovered(flatten(f"---\nlicense: mit\n---\n\n{body}"))
    assert recovery.text.endswith("```python\nimport wren # the package # of birds # all of them wren.load()")
    assert recovery.likely


def test_a_comment_in_an_item_is_no_heading() -> None:
    body = "# T\n\nIt has these files:\n- wren.bin # the weights\n- wren.txt # the words\n\n## Usage\n\nCall it."
    recovery = recovered(flatten(f"---\nlicense: mit\n---\n\n{body}"))
    assert recovery.text.endswith(body)


@pytest.mark.parametrize("code", ["`x = 1  # one`", "```python\nx = 1\n# two\n```"])
def test_a_body_on_one_line_may_have_code(code: str) -> None:
    body = f"# **Wren**\n\nIt sings.\n\n## **Usage**\n\nCall {code}\n\n## License\n\nIt is free."
    lines = recovered(flatten(body)).text.split("\n")
    assert [line for line in lines if line.startswith("#")] == ["# **Wren**", "## **Usage**", "## License"]


def test_the_way_back_of_what_was_put_in() -> None:
    recovery = recovered("--- license: mit ---")
    assert recovery.text == "---\nlicense: mit\n---"
    assert recovery.original(Span(3, 4)) == Span(4, 4)  # the line break alone
    assert recovery.original(Span(3, 11)) == Span(4, 11)
    assert recovery.original(Span(0, 4)) == Span(0, 3)
    assert recovery.original(Span(16, 16)) == Span(16, 16)  # behind `mit`
    assert recovery.original(Span(20, 20)) == Span(20, 20)
    assert recovery.original(Span(0, 20)) == Span(0, 20)


FRAGMENTS = """\
--- -- - * > | # ## ### #### 1. 2. 3) ``` ```python <!-- --> license: tags: model-index: name: results: task: type:
metrics: value: dataset: args: widget: text: foo: bar: : [] [a, [ { } 'a' 'a "b" "b |:-:|-| |---| | |a| a b Model
description Training procedure results More information needed This model is It achieves the following results on
evaluation set: The hyperparameters were used during training: learning_rate: 0.5 **a:** **b \\ \u00e9 \u6f22\u5b57
Transformers 4.1.0 Framework versions |- >-"""
BLANKS = ["\u2028", "\xa0", "\ufeff", "\t", "\n", "\r\n", ""]
TEXTS = st.lists(st.sampled_from(FRAGMENTS.split() + BLANKS), max_size=60).map(" ".join)


OPENINGS = [
    "",
    "--- license: mit ",
    "--- license: mit --- ",
    "\ufeff --- tags: - a --- # T ",
    "---\nlicense: mit tags: - a ",
    "---\nlicense: mit tags: - a\n---\n",
    "--- license: mit tags: - a\nlanguage: en\n---\n\n",
    "---\nlicense: mit\n---\n# T ## Model description x ## Training procedure ",
]


@settings(deadline=None, max_examples=examples(400))
@given(st.sampled_from(OPENINGS), TEXTS)
def test_nothing_but_blanks_changes(opening: str, text: str) -> None:
    recovery = recover(opening + text)
    if recovery is not None:
        proved(opening + text, recovery)


@given(TEXTS, st.data())
def test_the_way_back_is_monotone_and_inside(text: str, data: st.DataObject) -> None:
    text = f"--- license: mit --- # T {text}"
    recovery = recovered(text)
    offsets = st.integers(0, len(recovery.text))
    spans = sorted(Span(*sorted(data.draw(st.tuples(offsets, offsets)))) for _ in range(4))
    originals = [recovery.original(span) for span in spans]
    assert all(0 <= span.start <= span.end <= len(text) for span in originals)
    assert [span.start for span in originals] == sorted(span.start for span in originals)
    for outer, inner in pairwise(spans):
        if outer.covers(inner) and recovery.text[inner.start : inner.end].strip():
            assert recovery.original(outer).covers(recovery.original(inner))


@given(TEXTS)
def test_a_front_matter_of_scalars_loads(text: str) -> None:
    words = [word for word in re.findall(r"\w+", text) if not word.isdigit()]
    lines = f"license_name: {' '.join(words) or 'x'}\ntags:\n- a"
    data = metadata(recovered(flatten(f"---\n{lines}\n---\n\n# T")).text)
    assert data == yaml.safe_load(lines)


def outline(text: str) -> dict[str, list[str]]:
    """Headings, table rows and items of a card without code, white space made single blanks."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    patterns = {"headings": "#{1,6} ", "rows": r"\|", "items": "- "}
    return {kind: [line for line in lines if re.match(pattern, line)] for kind, pattern in patterns.items()}


@needs_seeds
@pytest.mark.parametrize("prefix", ["001", "004"])
def test_flattened_seeds(prefix: str) -> None:
    (path,) = SEEDS.glob(f"{prefix}_*.md")
    text = path.read_text(encoding="utf-8")
    recovery = recovered(text)
    proved(text, recovery)
    data = metadata(recovery.text)
    assert isinstance(data, dict)
    assert {"license", "base_model", "tags", "metrics", "model-index"} <= data.keys()
    found = outline(recovery.text)
    assert f"# {data['model-index'][0]['name']}" == found["headings"][0]
    assert len(found["headings"]) == len(re.findall(r" #{1,6} ", text))
    assert all(row.count("|") == found["rows"][0].count("|") for row in found["rows"])
    assert "- Tokenizers 0." in recovery.text.splitlines()[-1]
    assert len(re.findall(r"^> ", recovery.text, re.MULTILINE)) == text.count(" > ")
    assert len(re.findall(r"^\d\. ", recovery.text, re.MULTILINE)) == len(re.findall(r" \d\. [A-Z]", text))


@needs_seeds
def test_other_seeds_are_not_flattened() -> None:
    others = [path for path in SEEDS.glob("*.md") if path.name[:3] not in {"001", "004"}]
    assert others
    assert all(recover(path.read_text(encoding="utf-8")) is None for path in others)


@needs_archive
def test_generated_cards_of_the_corpus_come_back() -> None:
    folder = "cards/generated/transformers/"
    cards = [data.decode() for name, data in all_cards().items() if name.startswith(folder)]
    assert cards
    for card in cards:
        assert recover(card) is None
        text = recovered(flatten(card)).text
        assert metadata(text) == metadata(card)
        assert outline(text) == outline(card)
