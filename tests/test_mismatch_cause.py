"""The causes that `metric-mismatch` names, and the edits of its fix."""

from cardlint import read
from cardlint.registry import load_rules
from cardlint.testing import apply_fixes, check_rule

RULE = load_rules()["metric-mismatch"]


def spacy_card(labelled, *scores):
    rows = "\n".join(f"| `{name}` | {score} |" for name, score in scores)
    return f"""---
library_name: spacy
tags: [spacy]
model-index:
- name: en_owls
  results:
  - task: {{name: LABELED_DEPENDENCIES, type: token-classification}}
    metrics:
    - name: Labeled Dependencies Accuracy
      type: accuracy
      value: {labelled}
---
| Feature | Description |
| --- | --- |
| **Name** | `en_owls` |

### Accuracy

| Type | Score |
| --- | --- |
{rows}
"""


def test_the_unlabelled_score_in_place_of_the_labelled_one():
    card = spacy_card("0.9034123", ("DEP_UAS", "90.34"), ("DEP_LAS", "87.10"))
    (finding,) = check_rule(RULE, card)
    assert finding.message == (
        "Labeled Dependencies Accuracy is 0.9034123 in the metadata, the unlabelled score by a bug of "
        "spacy-huggingface-hub before 0.0.6, but 87.10 in the body"
    )
    assert finding.problem.help == "Write the labelled score, or push the pipeline again with a newer version."
    assert apply_fixes(read(card.encode()), [finding]) == card.replace("0.9034123", "0.8710")


def test_another_wrong_score_has_no_such_cause():
    card = spacy_card("0.6034", ("DEP_UAS", "90.34"), ("DEP_LAS", "87.10"))
    (finding,) = check_rule(RULE, card)
    assert "spacy-huggingface-hub" not in finding.message
    assert apply_fixes(read(card.encode()), [finding]) == card.replace("0.6034", "0.8710")


def test_a_labelled_score_that_equals_the_unlabelled_one_in_the_body_too():
    assert not check_rule(RULE, spacy_card("0.9034", ("DEP_UAS", "90.34"), ("DEP_LAS", "90.34")))


def trainer_card(value, shown):
    return f"""---
model-index:
- name: owl
  results:
  - task: {{type: text-classification}}
    dataset: {{type: owner/hoots, name: Hoots}}
    metrics:
    - type: accuracy
      value: {value}
---

# owl

It achieves the following results on the evaluation set:
- Loss: 0.3310
- Accuracy: {shown}

### Training results

| Training Loss | Epoch | Step | Validation Loss | Accuracy           |
|:-------------:|:-----:|:----:|:---------------:|:------------------:|
| 0.6120        | 1.0   | 90   | 0.4021          | 0.8712345678901234 |
| 0.4021        | 2.0   | 180  | 0.3310          | 0.9341234567890123 |
"""


def test_the_fix_takes_all_digits_of_a_table():
    card = trainer_card("0.79", "0.9341")
    (finding,) = check_rule(RULE, card)
    assert apply_fixes(read(card.encode()), [finding]) == card.replace("value: 0.79", "value: 0.9341234567890123")


def test_the_fix_takes_no_digits_of_another_row():
    card = trainer_card("0.79", "0.9001")
    (finding,) = check_rule(RULE, card)
    assert apply_fixes(read(card.encode()), [finding]) == card.replace("value: 0.79", "value: 0.9001")


def test_no_fix_guesses_the_scale():
    (finding,) = check_rule(RULE, trainer_card("0.79", "90.01"))
    assert finding.problem.fix is None
