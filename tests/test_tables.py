"""Attribution of the numbers in tables: by what each heading and label means, else to nobody."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardlint import lint, parse, read
from cardlint.card.claims import columns
from cardlint.card.claims.claim import How, Reason
from cardlint.card.claims.columns import ColumnKind
from cardlint.card.claims.parts import Meaning, meaning_of_heading
from cardlint.card.claims.subject import Subjects
from cardlint.card.text.own_names import OwnNames
from cardlint.vocabulary.labels import settings
from cardlint.vocabulary.labels.benchmarks import AMBIGUOUS, BENCHMARKS
from cardlint.vocabulary.labels.settings import kind_of_setting, narrowing_words

VALUES = st.integers(100, 880).map(lambda number: f"0.{number}")
OTHERS = ["Lake-7B", "GPT-4", "River-70B", "River-7B-Instruct", "BM25", "Previous best", "Teacher", "Student"]
OWN = ["River-7B", "**River-7B**", "river_7b", "River-7B (ours)", "Ours", "This model", "Fine-tuned River-7B"]


def card_of(body, title="River-7B"):
    return parse(read(f"# {title}\n\nA model of rivers.\n\n## Results\n\n{body}\n".encode()))


def claims(body, title="River-7B"):
    return [(claim.metric, claim.text) for claim in card_of(body, title).body_claims]


def parts(body):
    """The dataset, split and setting of each claim."""
    return [(claim.text, claim.dataset, claim.split, claim.setting) for claim in card_of(body).body_claims]


def reasons(body):
    return {number.number.text: number.reason for number in card_of(body).unattributed}


def table(*rows):
    """A Markdown table of these rows, of which the first is the header."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join((lines[0], "|" + "---|" * len(rows[0]), *lines[1:]))


def html(*rows):
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>\n" for row in cells) + "</table>"


def models_across(own, other, value, foreign):
    return [("Benchmark", own, other), ("MMLU", value, foreign), ("GSM8K", value, foreign)]


def models_down(own, other, value, foreign):
    return [("Model", "MMLU", "F1"), (other, foreign, foreign), (own, value, value)]


def with_metrics(own, other, value, foreign):
    return [("Benchmark", "Metric", other, own), ("MMLU", "EM", foreign, value), ("GSM8K", "Accuracy", foreign, value)]


SHAPES = [models_across, models_down, with_metrics]


@pytest.mark.parametrize(
    ("shape", "draw", "own", "other"), list(itertools.product(SHAPES, (table, html), OWN, OTHERS[:3]))
)
def test_only_the_own_numbers_of_a_comparison_are_claims(shape, draw, own, other):
    found = card_of(draw(*shape(own, other, "61.7", "58.3")))
    assert [claim.text for claim in found.body_claims] == ["61.7", "61.7"]
    assert {number.number.text for number in found.unattributed} == {"58.3"}
    assert {claim.grounds.how for claim in found.body_claims} <= {How.OWN_COLUMN, How.OWN_ROW}


@given(st.sampled_from(SHAPES), st.sampled_from((table, html)), st.permutations(OTHERS), VALUES)
def test_no_number_of_other_models_is_a_claim(shape, draw, others, value):
    assert claims(draw(*shape(others[0], others[1], value, value))) == []


@given(st.sampled_from(OTHERS), VALUES)
def test_a_single_row_is_not_this_models_for_being_alone(other, value):
    assert claims(table(("Model", "Accuracy"), (other, value))) == []


def test_a_bold_row_is_not_this_models_for_being_bold():
    rows = [("Model", "Accuracy"), ("Lake-7B", "0.61"), ("**Sea-7B**", "**0.82**")]
    assert reasons(table(*rows)) == {"0.61": Reason.ANOTHER_MODEL, "0.82": Reason.ANOTHER_MODEL}


def test_the_only_release_is_this_models():
    assert claims(table(("Release", "Test WER"), ("05-03-21", "7.4"))) == [("wer", "7.4")]


def test_another_size_is_not_ours():
    assert claims(table(("Benchmark", "River-70B (ours)"), ("MMLU", "71.3"))) == []


@pytest.mark.parametrize(
    ("heading", "setting"),
    [("River-7B (int8)", "int8"), ("River-7B + LM", "LM"), ("This model (argmax)", "argmax"), ("River-7B", None)],
)
def test_what_is_said_beside_the_own_name_is_a_setting(heading, setting):
    assert parts(table(("Benchmark", heading), ("MMLU", "61.7"))) == [("61.7", "MMLU", None, setting)]


def test_columns_of_one_kind_of_setting_are_this_models():
    rows = [("", "Without LM", "With LM"), ("WER", "12.1", "8.3")]
    assert claims(table(*rows)) == [("wer", "12.1"), ("wer", "8.3")]
    rows[0] = ("", "Without LM", "Lake-7B")
    assert claims(table(*rows)) == []


def test_in_a_quantized_card_the_other_number_format_is_another_model():
    rows = [("", "INT8", "FP32"), ("Accuracy", "0.903", "0.911")]
    assert claims(table(*rows), title="river-int8") == [("accuracy", "0.903")]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("Data", "train", "test"), ("examples", "9832", "1200")], Reason.NO_METRIC),
        ([("Dataset", "Samples"), ("rivers", "9832")], Reason.COUNT),
        ([("", "en", "de"), ("Accuracy", "0.71", "0.73"), ("Speed text/sec", "6093", "6210")], Reason.COUNT),
        ([("", "Accuracy"), ("BM25", "0.713"), ("dense", "0.742")], Reason.UNEXPLAINED),
        ([("Metric", "Accuracy", "F1"), ("Recall", "0.71", "0.61")], Reason.SEVERAL_METRICS),
        ([("Configuration", "WER"), ("stage 1", "12.1"), ("baseline", "14.1")], Reason.UNEXPLAINED),
    ],
)
def test_what_is_left_open_is_said(rows, reason):
    assert reason in reasons(table(*rows)).values()


def test_groups_and_second_headers():
    rows = [
        ("Benchmark", "Lake-7B", "River-7B"),
        ("", "32k", "8k"),
        ("Knowledge", "", ""),
        ("MMLU", "58.3", "61.7"),
        ("Validation", "", ""),
        ("GSM8K", "41.0", "44.0"),
    ]
    assert parts(table(*rows)) == [("61.7", "MMLU", None, "8k"), ("44.0", "GSM8K", "validation", "8k")]


def test_lines_in_a_cell_are_rows():
    rows = [("Topic", "Bench", "Lake-7B", "River-7B"), ("Maths", "MATH<br>GSM8K", "50.1<br>61.2", "55.1<br>66.2")]
    assert parts(table(*rows)) == [("55.1", "MATH", None, None), ("66.2", "GSM8K", None, None)]


def test_a_table_of_html_goes_on_behind_a_blank_line():
    text = html(("Benchmark", "River-7B"), ("MMLU", "61.7"), ("GSM8K", "44.0")).replace("</tr>\n", "</tr>\n\n")
    assert parts(text) == [("61.7", "MMLU", None, None), ("44.0", "GSM8K", None, None)]


def test_the_sentence_above_says_on_what():
    text = "We measured on the Tide speech test set:\n\n" + table(("Metric", "Value"), ("WER", "12.1"))
    assert parts(text) == [("12.1", "Tide speech", "test", None)]


def test_the_metric_may_be_above_the_table():
    text = "### WER\n\n" + table(("Dataset", "Value"), ("Tide speech", "12.1"))
    assert claims(text) == [("wer", "12.1")]


@pytest.mark.parametrize("value", ["~0.84", "\u2248 0.84", "> 0.84", "$\\approx$ 0.84"])
def test_a_vague_value_is_shown_and_not_compared(value):
    metadata = "---\nmodel-index:\n- name: river-7b\n  results:\n  - task: {type: text-classification}\n"
    metadata += (
        "    dataset: {name: rivers, type: lab/rivers}\n    metrics:\n    - {type: accuracy, value: 0.91}\n---\n"
    )
    card = parse(
        read(f"{metadata}\n# river-7b\n\n## Results\n\n{table(('Metric', 'Value'), ('Accuracy', value))}".encode())
    )
    assert [claim.text for claim in card.vague_claims] == ["0.84"]
    assert not [found for found in lint(card).findings if found.rule.name == "metric-mismatch"]


def test_the_accuracy_of_a_report_belongs_to_no_class():
    rows = [("Group", "Class", "F1"), ("tidal", "ebb", "0.71"), ("", "flood", "0.75"), ("Accuracy", "", "0.80")]
    assert ("0.80", None, None, None) in parts(table(*rows))


def subjects():
    card = card_of("")
    return Subjects(OwnNames(["River-7B"], card.metadata, None), ())


VALUE_TITLES = sorted(columns._VALUES - {""})


@pytest.mark.parametrize("title", VALUE_TITLES)
def test_without_its_title_a_column_of_values_is_nobodys(title, monkeypatch):
    body = table(("Metric", title), ("Accuracy", "0.83"), ("Recall", "0.79"))
    assert claims(body) == [("accuracy", "0.83"), ("recall", "0.79")]
    monkeypatch.setattr(columns, "_VALUES", columns._VALUES - {title})
    assert claims(body) == []


LABEL_TITLES = [
    (kind, title) for kind in (ColumnKind.DATASET, ColumnKind.SETTING) for title in sorted(columns._TITLES[kind])
]


@pytest.mark.parametrize(("kind", "title"), LABEL_TITLES)
def test_without_its_title_a_column_of_labels_explains_nothing(kind, title, monkeypatch):
    label = "tide-speech" if kind is ColumnKind.DATASET else "greedy"
    body = table((title, "WER"), (label, "12.1"), (label.upper(), "13.2"))
    assert claims(body) == [("wer", "12.1"), ("wer", "13.2")]
    body = table((title, "WER"), ("tide one", "12.1"), ("tide two", "13.2"))
    without = {each: titles - {title} for each, titles in columns._TITLES.items()}
    monkeypatch.setattr(columns, "_TITLES", without)
    assert claims(body) == []


@pytest.mark.parametrize("name", BENCHMARKS)
def test_every_benchmark_heads_a_score(name):
    assert meaning_of_heading(name, (), subjects()) in {Meaning.DATASET, Meaning.METRIC}


@pytest.mark.parametrize("name", sorted(AMBIGUOUS))
def test_a_word_that_is_also_a_benchmark_is_none(name):
    word = name.lower() if name.lower() != name else name.upper()
    assert meaning_of_heading(f"our {word} here", (), subjects()) is not Meaning.DATASET


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("With LM", "language model"), ("w/o language model", "language model"), ("5-gram LM", "language model"),
        ("clean", "noise"), ("Greedy", "decoding"), ("Beam 8", "decoding"), ("INT8", settings.NUMBER_FORMAT),
        ("PyTorch FP16", settings.NUMBER_FORMAT), ("4-bit", settings.NUMBER_FORMAT), ("no tools", "tools"),
        ("w/ Python", "tools"), ("5-shot", "shots"), ("Non-thinking", "thinking"), ("pass@1", "attempts"),
        ("Lake-7B", None), ("medium", None), ("test", None), ("FP32 baseline of Lake", None),
    ],
)  # fmt: skip
def test_kinds_of_settings(text, kind):
    assert kind_of_setting(text) == kind


@pytest.mark.parametrize(
    ("setting", "narrowing"),
    [("FP32", ""), ("without a language model", ""), ("no tools", ""), ("INT8", "int8"), ("with tools", "with tools")],
)
def test_a_plain_setting_narrows_nothing(setting, narrowing):
    assert narrowing_words(setting) == narrowing
