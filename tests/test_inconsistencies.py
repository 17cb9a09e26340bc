"""Numbers of a body that look like one result and are not: nothing may be reported of them."""

import pytest

from cardlint.registry import load_rules
from cardlint.testing import check_rule

RULE = load_rules()["inconsistent-results"]
PLAIN = "The model reaches an accuracy of 94%."
TABLE = "| Metric | Value |\n|---|---|\n| Accuracy | 84% |"


def found(sentence=PLAIN, table=TABLE, heading="## Evaluation", caption="", *, last=False):
    shown = "\n\n".join(filter(None, (heading, caption, table)))
    body = f"{shown}\n\n{sentence}" if last else f"{sentence}\n\n{shown}"
    return [finding.message for finding in check_rule(RULE, f"---\nlicense: mit\n---\n\n# owl\n\n{body}\n")]


SENTENCES = """
The model reaches an accuracy of 94% on short calls.
On short calls the model reaches an accuracy of 94%.
The model reaches an accuracy of 94% for barn owls.
The model reaches an accuracy of 94% with a beam of 5.
The model reaches an accuracy of 94% without wind.
The model reaches an accuracy of 94% when quantized.
The model reaches an accuracy of 94% with post-processing.
The model reaches an accuracy of 94% (validation).
The model reaches an accuracy of 94% at a threshold of 0.7.
The model reaches an accuracy of 94% in cross-validation.
The model reaches an accuracy of 94% of the teacher.
The model reaches a zero-shot accuracy of 94%.
The model reaches a top-5 accuracy of 94%.
The model reaches a training accuracy of 94%.
The model reaches a balanced accuracy of 94%.
The model reached an accuracy of 94% after the first epoch.
The model reached its best accuracy of 94% early.
The model can reach an accuracy of 94%.
The model should reach an accuracy of 94%.
The model retains 94% accuracy of the original.
After pruning, the model reaches an accuracy of 94%.
With a language model it achieves 94% accuracy.
In the field, the model achieves 94% accuracy.
In the paper the model reaches an accuracy of 94%.
Version 2 of the model achieves 94% accuracy.
The first model reaches an accuracy of 94%.
The previous model reached an accuracy of 94%.
The base model reaches an accuracy of 94%.
The accuracy of the retriever is 94%.
The ensemble reaches an accuracy of 94%.
HootNet reaches an accuracy of 94%.
The accuracy is 94% lower.
The accuracy rises to 94%.
We tried old recordings in our evaluation. The model reaches an accuracy of 94%.
""".strip().split("\n")


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_about_something_else(sentence, last):
    assert not found(sentence, last=last)


@pytest.mark.parametrize(
    "heading",
    [
        "## Limitations",
        "## Ablation",
        "## Quantized",
        "## Results on Hoots",
        "## Training",
        "## Comparison",
        "## Per owl",
    ],
)
def test_a_table_or_a_sentence_under_a_heading_of_its_own(heading):
    assert not found(heading=heading)
    assert not found(f"{heading}\n\n{PLAIN}")


@pytest.mark.parametrize(
    "caption",
    ["On the dev set:", "Results of the small version:", "Before tuning:", "Without wind:", "Five-fold validation:"],
)
def test_a_caption_that_says_more(caption):
    assert not found(caption=caption)


@pytest.mark.parametrize(
    "table",
    [
        "| Metric | Baseline |\n|---|---|\n| Accuracy | 84% |",
        "| Owl | Accuracy |\n|---|---|\n| barn | 84% |",
        "| Dataset | Accuracy |\n|---|---|\n| Hoots | 84% |",
        "| Setting | Accuracy |\n|---|---|\n| greedy | 84% |",
        "| Accuracy | Noise |\n|---|---|\n| 84% | none |",
        "| Shots | Accuracy |\n|---|---|\n| 5 | 84% |",
        "| Year | Accuracy |\n|---|---|\n| 2020 | 84% |",
        "| k | Accuracy |\n|---|---|\n| 3 | 84% |",
        "| Epoch | Accuracy |\n|---|---|\n| 3 | 84% |",
        "| Quantization | Accuracy |\n|---|---|\n| Q4 | 84% |",
        "| Model | Accuracy |\n|---|---|\n| owl-small | 84% |\n| owl-large | 90% |",
        "| Metric | Value |\n|---|---|\n| Accuracy | 84% (dev) |",
        "| Metric | Value |\n|---|---|\n| Accuracy | ~84% |",
        "| Metric | Train | Test |\n|---|---|---|\n| Accuracy | 84% | 80% |",
    ],
)
def test_a_table_of_something_else(table):
    assert not found(table=table)


@pytest.mark.parametrize(
    "table",
    [
        "| Metric | Owl |\n|---|---|\n| Accuracy | 84% |",
        "| Metric | Our model | Delta |\n|---|---|---|\n| Accuracy | 84% | +3% |",
        "| Model | Accuracy |\n|---|---|\n| owl | 84% |\n| gull | 90% |",
        "| Accuracy | F1 |\n|---|---|\n| 84% | 80% |",
    ],
)
def test_a_table_of_this_model(table):
    assert len(found(table=table)) == 1


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize(
    "sentence",
    [PLAIN, "It has 94% accuracy.", "Accuracy: 94%", "Owl achieves an accuracy of 94 %.", "Its accuracy is 0.94."],
)
@pytest.mark.parametrize("caption", ["", "Results:", "Here are the results of the model:"])
def test_one_evaluation(sentence, caption, last):
    assert len(found(sentence, caption=caption, last=last)) == 1
