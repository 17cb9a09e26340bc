"""The ledger: numbers as people write them, claims of every source, and which of them are about one result."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardlint.card.card import parse
from cardlint.card.claims import prose
from cardlint.card.numbers.number import agree, read_number
from cardlint.source import Folder, Source
from cardlint.vocabulary.labels.metrics import read_label


def card_of(text, folder=None):
    return parse(Source("README.md", text), folder)


def with_index(metrics, body="", dataset="name: barn, type: owner/barn"):
    entries = "".join(f"    - {{{metric}}}\n" for metric in metrics)
    result = f"  - task: {{type: x}}\n    dataset: {{{dataset}}}\n    metrics:\n"
    head = f"---\nmodel-index:\n- name: owls\n  results:\n{result}"
    return card_of(f"{head}{entries}---\n# owls\n\n{body}")


def told(card, source):
    """The claims of a source as metric, variant, text, dataset and split."""
    return [
        (claim.metric, claim.variant, claim.text, claim.dataset, claim.split)
        for claim in card.claims
        if claim.source == source
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.93", "0.93"),
        (" -1.5e-05 ", "-0.000015"),
        ("\u22120.5", "-0.5"),
        ("93.4 %", "93.4"),
        ("93.4\uff05", "93.4"),
        ("286.26 +/- 16.68", "286.26"),
        ("286.26\u00b116.68", "286.26"),
        ("0,93", "0.93"),
        ("0,934", "0.934"),
        ("93,4 %", "93.4"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1e400", "1e400"),
        ("1,234", None),  # a thousand and some, or one and a bit: nobody knows
        ("12.3.4", None),
        ("1.234.567", None),
        ("NaN", None),
        ("nan", None),
        ("inf", None),
        ("\u221e", None),
        ("-\u221e", None),
        ("\uff19\uff13.\uff14", None),  # full-width digits are text to the Hub
        ("\u0663", None),
        ("1e10000", None),
        ("1e9999999999", None),
        ("0x10", None),
        ("1_000", None),
        ("about 3", None),
        ("", None),
    ],
)
def test_numbers_as_people_write_them(text, value):
    number = read_number(text)
    assert (None if number is None else number.value) == (None if value is None else Decimal(value))


def test_a_number_too_large_for_a_float_is_compared_as_it_is():
    assert agree(read_number("1e400"), read_number("1e400"))
    assert not agree(read_number("1e400"), read_number("1e401"))
    assert not agree(read_number("1e400"), read_number("0.5"))
    assert agree(read_number("1e-9999"), read_number("1e-9999"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("0.93406", "0.9341", True),
        ("0.93406", "0.9340", True),  # cut off
        ("0.93406", "0.9342", False),
        ("2.5e-05", "0.0000", True),
        ("0.8488", "84.88", True),
        ("93.4 %", "0.934", True),
        ("0,934", "93,4 %", True),
        ("0.1", "0.0", False),
        ("0.91", "0.934", False),
    ],
)
def test_two_numbers_agree(one, other, same):
    assert agree(read_number(one), read_number(other)) is same
    assert agree(read_number(other), read_number(one)) is same


@given(st.text(st.sampled_from("0123456789.,+-eE% \u00b1\u2212"), max_size=20), st.decimals(allow_nan=False))
def test_any_text_is_a_number_or_none(text, other):
    number = read_number(text)
    if number is not None:
        assert Decimal(number.numeral) == number.value
        assert agree(number, number)
        shown = read_number(str(other))
        assert shown is None or agree(number, shown) == agree(shown, number)


@pytest.mark.parametrize(
    ("label", "metric", "variant", "split"),
    [
        ("Accuracy", "accuracy", None, None),
        ("eval_f1_macro", "f1", "macro", None),
        ("Macro F1", "f1", "macro", None),
        ("Test WER (+LM)", "wer", "lm", "test"),
        ("WER (without LM)", "wer", None, None),
        ("**cosine_ndcg@10**", "ndcg", "@10 cosine", None),
        ("Rouge1", "rouge", "rouge1", None),
        ("ROUGE-L", "rouge", "rougel", None),
        ("mAP50-95", "map", "@50-95", None),
        ("mAP@0.5", "map", "@50", None),
        ("Top-5 accuracy", "accuracy", "@5", None),
        ("Top-1 accuracy (%)", "accuracy", None, None),
        ("Validation Loss", "loss", None, "validation"),
        ("Unlabeled Attachment Score (UAS)", "uas", None, None),
        ("ENTS_F", "f1", "ner", None),
        ("NER F Score", "f1", "ner", None),
        ("Feathers", "feathers", None, None),
    ],
)
def test_labels(label, metric, variant, split):
    read = read_label(label)
    assert (read.metric, read.variant, read.split) == (metric, variant, split)


def test_shapes_of_a_model_index():
    card = card_of(
        "---\nmodel-index:\n  name: owls\n  results:\n  - dataset: {name: barn}\n"
        "    metric: {name: Accuracy, type: accuracy, value: 85%}\n"
        "  - metrics:\n    - {type: mean_reward, value: 286.26 +/- 16.68}\n    - {type: f1, value: [0.5, 0.6, x]}\n"
        "    - {type: rouge, value: {rouge1: 40.1, rouge2: '19,2'}}\n    - {accuracy: 0.7, wer: 0.2}\n"
        "    - {type: wer, name: Test Result, value: 12.3}\n    - {type: f1, value: NaN}\n---\n"
    )
    assert [claim[:3] for claim in told(card, "model-index")] == [
        ("accuracy", None, "85%"),
        ("mean_reward", None, "286.26"),
        ("f1", None, "0.5"),
        ("f1", None, "0.6"),
        ("rouge", "rouge1", "40.1"),
        ("rouge", "rouge2", "19,2"),
        ("accuracy", None, "0.7"),
        ("wer", None, "0.2"),
        ("wer", None, "12.3"),
    ]


def test_results_beside_the_card(tmp_path):
    beside = tmp_path / ".eval_results"
    beside.mkdir()
    (beside / "owls.yaml").write_text("- dataset: {id: owner/barn, task_id: hoot}\n  value: 0.412\n", "utf-8")
    card = card_of("# owls\n", Folder(tmp_path))
    (claim,) = card.claims
    assert (claim.source, claim.text, claim.dataset) == ("eval-results", "0.412", "owner/barn")
    assert claim.file.slice(claim.span) == "0.412"


@pytest.mark.parametrize(
    ("body", "claims"),
    [
        (
            "It achieves the following results on the evaluation set:\n- Loss: 0.4\n- Hoots: 3\n- Runtime: 5\n",
            [("loss", None, "0.4", None, None), ("hoots", None, "3", None, None)],
        ),
        ("## Evaluation results\n\n- **Test WER**: 12.3 %\n- Owls: 12\n", [("wer", None, "12.3 %", None, "test")]),
        ("On the dev set we found these results:\n\n- F1: 0,81\n", [("f1", None, "0,81", None, "validation")]),
        (
            "## Validation Metrics\n\nloss: 0.61\n\nf1_macro: 0.7\n\n",
            [("loss", None, "0.61", None, "validation"), ("f1", "macro", "0.7", None, "validation")],
        ),
        ("Some owls:\n\n- Accuracy: 0.9\n", []),
    ],
)
def test_bullets(body, claims):
    assert told(card_of(body), "summary") == claims


TABLES = {
    "values by metric": (
        "| Metric | Value |\n|---|---|\n| **Accuracy** | **0.9** |\n| Feathers | 12 |\n",
        [("accuracy", None, "0.9", None, None)],
    ),
    "metrics across, one row": ("| Loss | WER |\n|---|---|\n| 0.4 | 12.3 |\n", ["0.4", "12.3"]),
    "several models": (
        "| Model | F1 |\n|---|---|\n| wrens | 0.7 |\n| owner/owls | 0.8 |\n| larks | 0.75 |\n",
        [("f1", None, "0.8", None, None)],
    ),
    "several models, ours": ("| Model | F1 |\n|---|---|\n| wrens | 0.7 |\n| nest (ours) | 0.8 |\n", ["0.8"]),
    "several models, one in bold": ("| Model | F1 |\n|---|---|\n| wrens | 0.7 |\n| **nest-xl** | 0.8 |\n", []),
    "several models, none of them this one": ("| Model | F1 |\n|---|---|\n| wrens | 0.7 |\n| larks | 0.8 |\n", []),
    "metrics down, models across": (
        "| Metric | wrens | owls |\n|---|---|---|\n| F1 | 0.7 | 0.8 |\n| Accuracy | 0.71 | 0.81 |\n",
        ["0.8", "0.81"],
    ),
    "datasets": (
        "| Dataset | WER | CER |\n|---|---|---|\n| barn | 12.3 | 4.5 |\n| loft test | 13.3 | 5.5 |\n",
        [
            ("wer", None, "12.3", "barn", None),
            ("cer", None, "4.5", "barn", None),
            ("wer", None, "13.3", "loft test", "test"),
            ("cer", None, "5.5", "loft test", "test"),
        ],
    ),
    "splits": (
        "| metric | dev | test |\n|---|---|---|\n| f1 | 95.1 | 91.3 |\n",
        [("f1", None, "95.1", None, "validation"), ("f1", None, "91.3", None, "test")],
    ),
    "classes and their averages": (
        (
            "| | precision | recall | f1-score | support |\n|---|---|---|---|---|\n| hoot | 0.7 | 0.6 | 0.65 | 40 |\n"
            "| screech | 0.8 | 0.7 | 0.75 | 60 |\n| macro avg | 0.75 | 0.65 | 0.70 | 100 |\n"
        ),
        [
            *("0.7", "0.6", "0.65", "0.8", "0.7", "0.75"),
            ("precision", "macro", "0.75", None, None),
            ("recall", "macro", "0.65", None, None),
            ("f1", "macro", "0.70", None, None),
        ],
    ),
    "with and without a language model": (
        "| Decode with LM | WER |\n|---|---|\n| Yes | 10.1 |\n",
        [("wer", "lm", "10.1", None, None)],
    ),
    "an empty header": ("| | |\n|---|---|\n| Metric | Value |\n| F1 | 0.8 |\n", ["0.8"]),
    "a section's split": ("## Test results\n\n| F1 |\n|---|\n| 0.8 |\n", [("f1", None, "0.8", None, "test")]),
    "said to differ": ("These values may differ from those above:\n\n| F1 |\n|---|\n| 0.8 |\n", []),
    "counts": ("| Split | Hours | Samples |\n|---|---|---|\n| test | 12.5 | 400 |\n", []),
}


@pytest.mark.parametrize("name", TABLES)
def test_tables(name):
    text, claims = TABLES[name]
    found = told(card_of(f"# owls\n\n{text}"), "table")
    assert [
        claim if isinstance(known, tuple) else claim[2] for claim, known in zip(found, claims, strict=True)
    ] == claims


def test_a_leaderboards_table_names_datasets():
    table = "| Benchmark | Score |\n|---|---|\n| Barn (5-shot) | 41.2 |\n| Loft | 3.0 |\n"
    card = with_index(["type: accuracy, value: 0.412"], table)
    assert told(card, "table") == [
        ("score", "5-shot", "41.2", "Barn (5-shot)", None),
        ("score", None, "3.0", "Loft", None),
    ]
    assert [pair.agrees for pair in card.comparisons] == [True]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("It achieves a WER of 12.3 % on the Barn test set.", [("wer", None, "12.3 %", "Barn", "test")]),
        ("**Test WER**: 46.77 %", [("wer", None, "46.77 %", None, "test")]),
        (
            "accuracy: 0.93 (dev) / 0.91 (test)",
            [("accuracy", None, "0.93", None, "validation")],
        ),
        ("The model has 93.4% accuracy.", [("accuracy", None, "93.4%", None, None)]),
        ("Its macro F1 score is 0.81 and its recall was 0.7.", [("f1", "macro", "0.81"), ("recall", None, "0.7")]),
        ("**Test Result**: 19.36 %", [("wer", None, "19.36 %", None, "test")]),
        ("The baseline had an accuracy of 0.7.", []),
        ("This improves accuracy by 2.1 %.", []),
        ("Accuracy is over 90 %.", []),
        ("An accuracy of about 0.9 is expected.", []),
        ("It has an accuracy of 0.8 on the Loft-2 dataset.", [("accuracy", None, "0.8", "Loft-2", None)]),
        ("Owls hear 12 mice.", []),
        ("Version 1.2 of accuracy 3.4.5", []),
    ],
)
def test_sentences(text, claims):
    card = with_index(["type: wer, value: 20.5"], text)
    found = told(card, "prose")
    assert [claim[: len(known)] for claim, known in zip(found, claims, strict=True)] == claims


def test_what_nobody_could_follow_is_not_compared():
    rows = "".join(f"| barn{number} | 0.{number} |\n" for number in range(1000))
    metrics = [f"type: accuracy, value: 0.{number}1" for number in range(1000)]
    card = with_index(metrics, f"| Dataset | F1 |\n|-|-|\n{rows}")
    assert len(card.claims) == 2000
    assert list(card.comparisons) == []


@given(st.text(st.sampled_from("accuracy F1 of 0.93%|-\n*:()test"), max_size=200))
def test_claims_stand_where_they_say(text):
    card = card_of(text)
    for claim in card.body_claims:
        assert claim.text in card.source.slice(claim.span)


@given(st.from_regex(re.compile(prose._SIGN.pattern), alphabet=st.characters(codec="ascii")).map(str.lower))
def test_no_sentence_with_a_metric_lacks_its_words(text):
    assert prose._may_claim(text) == (prose._SIGN.search(text) is not None)
