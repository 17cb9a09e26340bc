"""The benchmarks of mistakes and slips put into cards: each can be made, is in one place, and is noticed or undone."""

import runpy
from pathlib import Path

import pytest

from cardlint.card.card import parse
from cardlint.config.selection import ActiveRule
from cardlint.registry import load_rules
from cardlint.source import read

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
SEEDED = runpy.run_path(str(BENCHMARKS / "seeded.py"), run_name="seeded")
MISTAKES, outcomes = SEEDED["MISTAKES"], SEEDED["outcomes"]
SLIPS = runpy.run_path(str(BENCHMARKS / "slips.py"), run_name="slips")

CARD = """\
---
license: mit
tags:
- generated_from_trainer
base_model: coastlab/gull-7b
datasets:
- coastlab/harbours
model-index:
- name: owl
  results:
  - task:
      type: text-classification
    metrics:
    - type: accuracy
      value: 0.9178
---

# owl

This model is a fine-tuned version of [coastlab/gull-7b](https://huggingface.co/coastlab/gull-7b) on the \
coastlab/harbours dataset.
It achieves the following results on the evaluation set:
- Accuracy: 0.9178

The model is released under the MIT license.

## Training

The following hyperparameters were used during training:
- train_batch_size: 8
- gradient_accumulation_steps: 4
- total_train_batch_size: 32
- num_epochs: 2

| Training Loss | Epoch | Step | Validation Loss | Accuracy |
|:-------------:|:-----:|:----:|:---------------:|:--------:|
| 0.5           | 1.0   | 100  | 0.4             | 0.9001   |
| 0.3           | 2.0   | 200  | 0.3             | 0.9178   |
"""


def test_each_mistake_is_noticed(tmp_path):
    path = tmp_path / "README.md"
    path.write_text(CARD, "utf-8")
    found = {kind: outcome for kind, outcome, _ in outcomes([path])}
    assert list(found) == [mistake.name for mistake in MISTAKES]
    assert set(found.values()) <= {"error", "warning"}


def test_a_card_that_states_each_fact_once_gets_no_mistake(tmp_path):
    path = tmp_path / "README.md"
    path.write_text(CARD.partition("\n# owl")[0] + "\n# owl\n\nIt tells owls apart.\n", "utf-8")
    assert not list(outcomes([path]))


def test_a_mistake_changes_the_metadata_or_one_hyperparameter():
    card = parse(read(CARD.encode()))
    for mistake in MISTAKES:
        span, new = mistake.change(card)
        assert new != card.source.slice(span)
        assert span.end <= card.front_matter.span.end or card.source.slice(span).isdigit()


SLIPPERY = """\
---
{metadata}
tags:
- owls
- gulls
datasets:
- coastlab/harbours
pipeline_tag: text-classification
library_name: transformers
---

# Owls

The owls are from [a harbour](https://a.example/harbour).

## Confusion matrix

It tells owls apart.
"""
METADATA = {
    "license in capitals": "license: mit",
    "name of a language": "license: mit\nlanguage: en",
    "name of a language in a list": "license: mit\nlanguage:\n- en",
}


@pytest.mark.parametrize("kind", SLIPS["KINDS"])
def test_each_slip_is_undone(kind, tmp_path):
    active = [ActiveRule(rule, {}, None) for rule in load_rules().values() if rule.default]
    text = SLIPPERY.format(metadata=METADATA.get(kind, "license: apache-2.0\nlanguage: en"))
    assert SLIPS["outcome"](text, kind, tmp_path / "README.md", active) == "undone"
