"""Hyperparameters, results tables and configurations as values; what the rules of their groups say of whole cards."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from real_cards import SEEDS, needs_seeds

from cardlint.card.agreement.reported_row import best_rows
from cardlint.card.card import parse
from cardlint.card.claims.model_index_yaml import Result
from cardlint.card.training.devices import stated_devices
from cardlint.finding import Severity
from cardlint.registry import load_rules
from cardlint.source import Source, read

RULES = load_rules()
HEADER = "| Training Loss | Epoch | Step | Validation Loss | Accuracy |\n|:---:|:---:|:---:|:---:|:---:|\n"


def card(text):
    return parse(Source("README.md", text))


def table(*rows):
    return HEADER + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def found(text, *names):
    there = card(text)
    return [problem.message for name in names for problem in RULES[name].check(there)]


TIDE = card(
    "It achieves the following results on the evaluation set:\n- Loss: 0.58\n- Accuracy: 0.8125\n\n"
    "The following hyperparameters were used during training:\n- learning_rate: 3e-05\n- num_epochs: 3.0\n"
    "- optimizer: Adam\n- lr_scheduler_warmup_ratio: 10%\n\n"
    + table(
        ("No log", "1.0", "250", "0.58", "0.8125"),
        ("0.52", "2.0", "500", "0.55", "**0.8342**"),
        ("0.47", "3.0", "750", "0.54", "-"),
    )
)


def test_hyperparameters_are_exact_numbers():
    training = TIDE.training
    assert training.number("learning_rate") == Decimal("3e-05")
    assert training.number("num_epochs") == 3
    assert [training.number(name) for name in ("optimizer", "lr_scheduler_warmup_ratio", "seed")] == [None] * 3


def test_a_results_table_has_numbers_by_row_and_knows_where_they_stand():
    (results,) = TIDE.training.results
    assert (results.epochs, results.steps) == (1, 2)
    assert {row: number.value for row, number in results.numbers(0).items()} == {1: Decimal("0.52"), 2: Decimal("0.47")}
    assert results.numbers(4)[1].value == Decimal("0.8342")
    assert TIDE.source.slice(results.span(1, 3)) == "0.55"
    assert TIDE.source.slice(results.header_span(4)) == "Accuracy"
    assert results.names(1) == ("step 500", "epoch 2.0")
    assert results.epoch_error() == Decimal("0.005")


@pytest.mark.parametrize(
    ("epochs", "error"),
    [(("1", "2"), "0.5"), (("1.0", "2.0"), "0.005"), (("0.33", "1.0"), "0.005"), (("0.3333", "1.0"), "0.00005")],
)
def test_an_epoch_is_as_exact_as_its_column_shows(epochs, error):
    (results,) = card(table(*(("0.6", epoch, "10", "0.5", "0.8") for epoch in epochs))).training.results
    assert results.epoch_error() == Decimal(error)


def test_short_rows_and_tables_that_compare_models():
    (results,) = card(table(("0.6", "1.0"), ("0.5", "2.0", "20", "0.5", "0.8", "0.9"))).training.results
    assert results.texts(4) == ("", "0.8")
    assert not card("| Model | Epochs | Loss |\n|---|---|---|\n| small | 3 | 0.4 |\n").training.results
    assert not card("| Epochs | Loss |\n|---|---|\n| many | 0.4 |\n").training.results


RUNS = """# tide

## {one}
The following hyperparameters were used during training:
- num_epochs: 1

{table}
## {two}
The following hyperparameters were used during training:
- num_train_epochs: 2

### Results
{table}
## Third

{table}
"""


def test_each_table_has_the_list_under_its_own_heading():
    training = card(RUNS.format(one="First", two="Second", table=table(("0.6", "1.0", "10", "0.5", "0.8")))).training
    found = [training.hyperparameters_of(results).number("num_epochs") for results in training.results]
    assert found == [1, 2, None]


def test_a_hyperparameter_has_one_name_and_one_value():
    (stated,) = card("### Hyperparameters\n- Learning rate: 3e-05\n- seed: 7\n- lr: 3e-05\n- seed: 8\n").training.lists
    assert stated.number("learning_rate") == Decimal("3e-05")
    assert stated.hyperparameter("seed") is None
    assert list(stated.by_name) == ["learning_rate", "seed"]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("on four A100 GPUs", {4}),
        ("8xH100", {8}),
        ("NVIDIA A100 (80GB) x 16", {16}),
        ("a v3-8", set()),
        ("a TPU v3-8", {8}),
        ("16 TPU cores", {16}),
        ("world_size: 12", {12}),
        ("2 nodes of 8 GPUs", {2, 8}),
        ("12 per GPU, 40 GB of memory, 3.5 GPUs", set()),
    ],
)
def test_devices_in_a_text(text, counts):
    products = {1, *counts, *(one * other for one in counts for other in counts)}
    assert stated_devices(text) == products


def test_the_reported_row_and_the_best():
    row = TIDE.reported_row
    assert (row.index, len(row.agreeing), row.differing, row.is_last) == (0, 2, (), False)
    (results,) = TIDE.training.results
    assert {index: dict(best) for index, best in best_rows(results).items()} == {2: {"lowest": ["Validation Loss"]}}


def test_numbers_that_were_measured_together():
    groups = [[claim.label for claim in claims] for claims in TIDE.evaluations]
    assert groups == [
        ["Loss", "Accuracy"],
        *[["Validation Loss", "Accuracy"]] * 2,
        ["Validation Loss"],
    ]


def test_yaml_for_the_model_index_reads_back_as_what_it_was_made_from():
    claims = tuple(claim for claim in TIDE.claims if claim.source == "summary")
    result = Result(
        task="text-classification", dataset="no", dataset_name="1", config="3.0.0", split=None, claims=claims
    )
    yaml = "\n".join(result.model_index("null"))
    there = card(f"---\n{yaml}\n---\n")
    assert there.metadata.get("model-index").items[0].get("name").text == "null"
    assert [claim.value for claim in there.metadata_claims] == [Decimal("0.58"), Decimal("0.8125")]
    assert {claim.names for claim in there.metadata_claims} == {("no", "1", "3.0.0")}


AXOLOTL = """<details><summary>See axolotl config</summary>

```yaml
base_model: owner/base
micro_batch_size: 2
num_epochs: 2
learning_rate: 2e-4
max_steps:
```
</details>

- ```yaml
  merge_method: slerp
  dtype: float16
  ```

```yaml
slices:
  - sources:
      - model: owner/one
      - model: owner/two
merge_method: slerp
base_model: owner/one
```

```python
merge_method: str = {
```
"""


def test_configurations_in_the_text():
    axolotl, mergekit = card(AXOLOTL).recipes
    assert (axolotl.program, mergekit.program) == ("axolotl", "mergekit")
    assert axolotl.number("learning_rate") == Decimal("2e-4")
    assert axolotl.number("train_batch_size") == 2
    assert axolotl.number("training_steps") is None
    assert axolotl.hyperparameter("seed") is None
    assert mergekit.hyperparameter("num_epochs") is None
    assert sorted(model.text for model in mergekit.models) == ["owner/one", "owner/one", "owner/two"]
    for model in mergekit.models:
        assert AXOLOTL[model.span.start : model.span.end] == model.text
    assert not card("# tide\n\n```yaml\nnum_epochs: 2\n```\n").recipes


@st.composite
def trainings(draw):
    """What the Trainer writes: epochs rounded to two or four digits, evaluated every so many steps or every epoch."""
    per_epoch = draw(st.integers(1, 5000))
    places = draw(st.sampled_from((2, 4)))
    count = draw(st.integers(2, 30))
    every = per_epoch if draw(st.booleans()) else draw(st.integers(1, 2 * per_epoch))
    unit = Decimal(1).scaleb(-places)
    rows = []
    for index in range(1, count + 1):
        epoch = (Decimal(every * index) / per_epoch).quantize(unit).normalize()
        shown = f"{epoch:f}"
        rows.append((shown if "." in shown else f"{shown}.0", every * index))
    return rows


@given(trainings())
def test_what_the_trainer_writes_goes_together(rows):
    text = table(*(("0.6", epoch, str(step), "0.5", "0.8") for epoch, step in rows))
    assert not found(text, "inconsistent-steps")


@given(trainings(), st.data())
def test_a_step_with_a_nought_too_many_does_not(rows, data):
    index = data.draw(st.integers(0, len(rows) - 1))
    epoch = Decimal(rows[index][0])
    if epoch < 1 or rows[index][1] < 40:
        return  # the first steps of a training say little
    rows[index] = (rows[index][0], rows[index][1] * 10)
    text = table(*(("0.6", epoch, str(step), "0.5", "0.8") for epoch, step in rows))
    others = [Decimal(epoch) for place, (epoch, _) in enumerate(rows) if place != index]
    if max(others) >= 1:
        assert found(text, "inconsistent-steps")


@pytest.mark.parametrize(
    ("names", "is_micro"),
    [
        (("Accuracy", "F1", "Precision", "Recall"), True),
        (("Micro F1", "Recall", "Precision", "Accuracy"), True),
        (("Accuracy", "F1", "Precision"), False),
        (("Accuracy", "F1"), False),
        (("Accuracy", "F1", "Weighted Precision", "Recall"), False),
        (("Accuracy", "F1", "Precision", "Recall Of Gulls"), False),
    ],
)
def test_only_four_equal_metrics_are_said_to_be_micro_averages(names, is_micro):
    columns = ("Epoch", "Validation Loss", *names)
    rows = [("1.0", "0.58", *["0.8125"] * len(names)), ("2.0", "0.55", *["0.8342"] * len(names))]
    lines = [columns, ["---"] * len(columns), *rows, ("3.0", "0.54", *["0.8301"] * len(names))]
    (message,) = found("".join(f"| {' | '.join(line)} |\n" for line in lines), "redundant-metric")
    assert message.endswith("rows: they are micro-averaged" if is_micro else "rows")


MINE = [name for name, rule in RULES.items() if rule.info.group in {"training", "metrics"}]
EXPECTED = {
    "000": {"redundant-metric", "results-not-last-row"},
    "001": set(),
    "002": set(),
    "003": set(),
    "004": {"results-not-last-row", "unindexed-results"},
}


@needs_seeds
@pytest.mark.parametrize("number", EXPECTED)
def test_what_the_seeds_yield(number):
    (path,) = SEEDS.glob(f"{number}_*.md")
    there = parse(read(path.read_bytes(), path.name))
    problems = [(name, problem) for name in MINE if RULES[name].default for problem in RULES[name].check(there)]
    assert {name for name, _ in problems} == EXPECTED[number]
    assert all((problem.severity or RULES[name].info.severity) is Severity.NOTE for name, problem in problems)


HOSTILE = [
    "| m | Base | Ours | Change | Average of both |\n|---|---|---|---|---|\n"
    + "| x | 1e999999999 | 0 | +1 | 1e-999999999 |\n" * 3,
    "| m | EM | F1 |\n|---|---|---|\n| a | 0 | 0.0 |\n| b | 0 | -0 |\n| Mean of both | 1e300 | 0.00000 |\n",
    "---\nco2_eq_emissions: 1e400\n---\n100% (1/1), 0.0% (0/0), 1% (99999999999/99999999999), 1e999 kg of CO2\n",
    table(),
    table(*[("1e999999999",) * 5] * 4),
    table(*[("NaN",) * 5] * 4),
    table(*[("", "-1", "-1", "∞", "９９")] * 4),
    table(*[("0.1",) * 40] * 3),
    "| Loss | Epoch |\n|---|---|\n" + "| 0,93 | 1.234,5 |\n" * 4,
    "---\nmodel-index: &a\n- name: x\n  results: [*a]\n---\n" + table(("1", "1", "1", "1", "1")),
    "---\nmodel-index:\n- results:\n  - metrics:\n    - value: 1e400\n      type: accuracy\n---\n",
    (
        "It achieves the following results on the evaluation set:\n- Loss: 1e999999999\n- Perplexity: 1e999999999\n"
        "- Rmse: 1e400\n- Mse: -1e400\n- Micro F1: 0\n- Micro Precision: 0\n- Micro Recall: 12.3.4\n"
        "- Recall@1: 1.234,5\n"
    ),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_number_is_too_strange(text):
    there = card(text)
    for name in MINE:
        list(RULES[name].check(there))
