"""Attribution of the results in sentences and tables: to this model by white list, otherwise to none."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardlint import lint, parse, read
from cardlint.card.claims import clauses
from cardlint.vocabulary.labels import statements

METADATA = """---
license: mit
model-index:
- name: river-rater
  results:
  - task:
      type: text-classification
    dataset:
      name: River reviews
      type: coastlab/river-reviews
    metrics:
    - type: accuracy
      value: 0.91
---

# river-rater

River-rater grades reviews of river trips.

## Evaluation

"""


def claims(body):
    card = parse(read(f"# river-rater\n\nIt grades reviews.\n\n## Evaluation\n\n{body}\n".encode()))
    return [claim.text for claim in card.body_claims]


def mismatches(body):
    result = lint(parse(read((METADATA + body + "\n").encode())))
    assert not result.bugs
    return [found.message for found in result.findings if found.rule.name == "metric-mismatch"]


OWN = [
    "This model",
    "The fine-tuned model",
    "Our classifier",
    "It",
    "We",
    "River-rater",
    "river-rater",
    "The final model",
]
FOREIGN = [
    "XGBoost",
    "The baseline",
    "BERT",
    "A random classifier",
    "Wardens",
    "The teacher model",
    "The original model",
    "The larger sibling river-30b",
    "The previous version",
    "GPT-4",
    "In a separate ablation, seed 3",
    "Human annotators",
    "The FP32 checkpoint of Lake-7B",
    "Lake-7B",
    "Another run",
    "Majority voting",
    "Before fine-tuning, BERT",
]
VERBS = ["reaches", "achieves", "has", "obtained", "scores"]
FORMS = [
    "{subject} {verb} an accuracy of {value}.",
    "{subject} {verb} {value} accuracy.",
    "**{subject}** {verb} an accuracy of **{value}** on the test set.",
    "- {subject} {verb} an accuracy of {value}",
    "On the test set, {subject} {verb} an accuracy of {value}.",
]
RELATIVE = [
    "The model keeps {value} accuracy of the full model.",
    "The model reaches {value} accuracy of the FP32 model.",
    "It improves accuracy by {value}.",
    "The accuracy dropped to {value}.",
    "The model needs an accuracy of at least {value}.",
    "The target is an accuracy of {value}.",
    "It recovers {value} accuracy relative to the original.",
    "The model reaches up to {value} accuracy.",
    "Accuracy is {value} higher than the baseline.",
    "The model reaches an accuracy of {value} for class 3.",
    "Random guessing gives an accuracy of {value}.",
    "The accuracy of BERT is {value}.",
    "We expect an accuracy of {value}.",
]
VALUES = st.integers(100, 880).map(lambda number: f"0.{number}")


@pytest.mark.parametrize(("subject", "form"), list(itertools.product(OWN, FORMS)))
def test_a_result_of_this_model_is_compared(subject, form):
    body = form.format(subject=subject, verb="reaches" if subject != "We" else "reached", value="0.834")
    assert claims(body) == ["0.834"]
    assert len(mismatches(body)) == 1


@given(st.sampled_from(FOREIGN), st.sampled_from(VERBS), st.sampled_from(FORMS), VALUES)
def test_the_result_of_another_subject_contradicts_nothing(subject, verb, form, value):
    body = form.format(subject=subject, verb=verb, value=value)
    assert claims(body) == []
    assert mismatches(body) == []


@given(st.sampled_from(RELATIVE), VALUES)
def test_a_relative_or_narrowed_number_contradicts_nothing(form, value):
    assert mismatches(form.format(value=value)) == []


OWN_TITLES = ["Value", "Score", "Result", "river-rater", "Ours", "This model", "Test", "# Value"]
FOREIGN_TITLES = [
    "Baseline", "Majority class", "Required", "Target", "Threshold", "Teacher", "Human", "Previous SOTA", "Drop",
    "Recovery", "Random", "Lake-7B", "Original", "Weight", "Gain", "Base",
]  # fmt: skip
TABLES = [
    "| Metric | {title} |\n|---|---|\n| Accuracy | {value} |\n| Recall | 0.77 |",
    "<table><tr><th>Metric</th><th>{title}</th></tr><tr><td>Accuracy</td><td>{value}</td></tr></table>",
    "| Metric | {title} |\n|---|---|\n| **Accuracy** | **{value}** \u2191 |",
]


@pytest.mark.parametrize(("title", "table"), list(itertools.product(OWN_TITLES, TABLES)))
def test_a_column_of_this_model_is_compared(title, table):
    assert len(mismatches(table.format(title=title, value="0.834"))) == 1


@given(st.sampled_from(FOREIGN_TITLES), st.sampled_from(TABLES), VALUES)
def test_a_column_of_anything_else_contradicts_nothing(title, table, value):
    assert mismatches(table.format(title=title, value=value)) == []


@given(st.sampled_from(FOREIGN_TITLES), VALUES)
def test_the_own_column_counts_beside_any_other(title, value):
    table = f"| Metric | river-rater | {title} |\n|---|---|---|\n| Accuracy | 0.91 | {value} |"
    assert mismatches(table) == []


SENTENCES = {
    "SUBJECT_NOUNS": "This {} reaches an accuracy of 0.83.",
    "SUBJECT_ADJECTIVES": "The {} model reaches an accuracy of 0.83.",
    "PRONOUNS": "{} reached an accuracy of 0.83.",
    "STATING_VERBS": "The model {} an accuracy of 0.83.",
    "MEASURING_VERBS": "The model was {}, with an accuracy of 0.83.",
    "TRAINING_VERBS": "The model was {}, with an accuracy of 0.83.",
    "ADVERBS": "The model {} reaches an accuracy of 0.83.",
    "QUALIFIERS": "The model reaches a {} accuracy of 0.83.",
}
LISTS = {name: value for name, value in vars(statements).items() if isinstance(value, tuple)}


@pytest.mark.parametrize(("table", "entry"), [(name, entry) for name in SENTENCES for entry in LISTS[name]])
def test_without_its_entry_a_sentence_states_nothing(table, entry, monkeypatch):
    sentence = SENTENCES[table].format(entry)
    assert claims(sentence) == ["0.83"]
    for name, words in LISTS.items():
        monkeypatch.setattr(statements, name, tuple(word for word in words if word != entry))
    clauses._forms.cache_clear()
    try:
        assert claims(sentence) == []
    finally:
        monkeypatch.undo()
        clauses._forms.cache_clear()
