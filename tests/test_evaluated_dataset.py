"""The dataset that a card's results were measured on, and the YAML that `unindexed-results` offers for them."""

import pytest

from cardlint import read
from cardlint.card.card import parse
from cardlint.card.provenance.evaluated_dataset import find_evaluated_dataset, identify_dataset
from cardlint.registry import load_rules
from cardlint.testing import check_rule

UNINDEXED = load_rules()["unindexed-results"]


def card_of(metadata, sentence=""):
    text = f"This model is a fine-tuned version of [a/b](https://huggingface.co/a/b) {sentence}.\n" if sentence else ""
    return parse(read(f"---\n{metadata}\n---\n\n# owl\n\n{text}".encode()))


def parts(dataset):
    return dataset and (dataset.id, dataset.name, dataset.config)


@pytest.mark.parametrize(
    ("metadata", "sentence", "expected"),
    [
        # the case is that of a tag, of `datasets` and of `language`
        (
            "tags: [x, Lab/Owl_Calls_2]\ndatasets: [owl_calls]\nlanguage: [sv-SE]",
            "on the LAB/OWL_CALLS_2 - SV-SE dataset",
            ("Lab/Owl_Calls_2", "Lab/Owl_Calls_2", "sv-SE"),
        ),
        ("datasets: [lab/owls]\nlanguage: hy", "on the LAB/OWLS - HY-AM dataset", ("lab/owls", "lab/owls", "hy-AM")),
        ("datasets: lab/owls", "on the LAB/OWLS - NIGHT.EN-GB dataset", ("lab/owls", "lab/owls", "night.en-GB")),
        ("datasets: lab/owls", "on the lab/owls - SV-SE dataset", ("lab/owls", "lab/owls", "sv-SE")),
        ("datasets: lab/owls", "on the LAB/OWLS - NA dataset", ("lab/owls", "lab/owls", None)),
        # a configuration behind a blank, as the scripts for text write it
        ("datasets: [glue]", "on the GLUE MRPC dataset", ("glue", "glue", "mrpc")),
        ("datasets: [wmt16]", "on the wmt16 ro-en dataset", ("wmt16", "wmt16", "ro-en")),
        # without the owner
        ("datasets: [lab/owls]", "on the owls dataset", ("lab/owls", "lab/owls", None)),
        # by itself
        ("license: mit", "on the lab/Owls dataset", ("lab/Owls", "lab/Owls", None)),
        ("license: mit", "on the COMMON_VOICE - FR dataset", ("common_voice", "common_voice", "fr")),
        ("license: mit", "on the LAB/OWLS - FR dataset", (None, "LAB/OWLS", "fr")),
        ("license: mit", "on the owls of the night dataset", (None, "owls of the night", None)),
        # what the metadata lists is another one
        ("datasets: [squad_v2]", "on the squad dataset", (None, "squad", None)),
        ("datasets: [lab/owls_2]", "on the lab/owls dataset", ("lab/owls", "lab/owls", None)),
        # no name in the sentence
        ("datasets: [lab/owls]", "on an unknown dataset", ("lab/owls", "lab/owls", None)),
        ("datasets: [lab/owls]", "on the None dataset", ("lab/owls", "lab/owls", None)),
        ("datasets: [lab/owls]", "on the imagefolder dataset", ("lab/owls", "lab/owls", None)),
        ("datasets: [imagefolder]", "on the imagefolder dataset", None),
        ("datasets: [lab/owls, lab/gulls]", "on an unknown dataset", None),
        ("datasets: owls of the night", "", None),
        ("license: mit", "on the lab/owls and the lab/gulls datasets", None),
    ],
)
def test_the_dataset_of_a_sentence(metadata, sentence, expected):
    card = card_of(metadata, sentence)
    assert parts(find_evaluated_dataset(card.metadata, card.lineage)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Owls", ("lab/owls", "lab/owls", None)),
        ("Owls test set", ("lab/owls", "lab/owls", None)),
        ("Owls (dev)", ("lab/owls", "lab/owls", None)),
        ("evaluated on the Owls", ("lab/owls", "lab/owls", None)),
        ("'Gull Cries'", (None, "Gull Cries", None)),
        ("none", None),
    ],
)
def test_the_dataset_that_a_table_names(text, expected):
    card = card_of("datasets: [lab/owls]")
    assert parts(identify_dataset(text, card.metadata, card.lineage)) == expected


def offered(card):
    (finding,) = check_rule(UNINDEXED, card)
    first, *lines = finding.problem.help.split("\n")
    return first, "\n".join(lines)


def test_the_help_is_yaml():
    card = "---\npipeline_tag: text-classification\n---\n\n# owl\n\nThe model reaches an accuracy of 93.4% on Hoots.\n"
    first, yaml = offered(card)
    assert first == "Add the results to the model-index, and fill in what is `...`:"
    assert yaml == (
        "model-index:\n"
        "- name: owl\n"
        "  results:\n"
        "  - task:\n"
        "      type: text-classification\n"
        "    dataset:\n"
        "      type: ...\n"
        "      name: Hoots\n"
        "    metrics:\n"
        "    - type: accuracy\n"
        "      value: 93.4"
    )
    there = parse(read(f"---\n{yaml}\n---\n".encode()))
    assert [(claim.metric, claim.text, claim.names) for claim in there.metadata_claims] == [
        ("accuracy", "93.4", ("...", "Hoots"))
    ]


@pytest.mark.parametrize("row", ["Dutch", "Dutch (nl)", "nl", "en-nl", "Text Classification", "a/b"])
def test_what_is_not_a_dataset_becomes_part_of_the_name(row):
    metadata = "pipeline_tag: text-classification\ndatasets: [lab/owls]\nbase_model: a/b"
    _, yaml = offered(
        f"---\n{metadata}\n---\n\n# owl\n\n## Results\n\n| Dataset | Accuracy |\n|---|---|\n| {row} | 57% |\n"
    )
    assert "type: lab/owls\n" in yaml
    assert f"({row})" in yaml


def test_a_folder_of_hypotheses_names_the_split_only():
    metadata = "pipeline_tag: text-classification\ndatasets: [lab/owls]"
    table = "| dataset | F1 |\n|---|---|\n| decode_asr_model/dev | 57.0 |\n"
    _, yaml = offered(f"---\n{metadata}\n---\n\n# owl\n\n## Results\n\n{table}")
    assert "name: lab/owls\n      split: validation\n    metrics:\n    - type: f1\n      value: 57.0" in yaml


def test_what_another_table_reports_is_left_out():
    tables = "\n\n".join(
        f"## {name}\n\n| Metric | Value |\n|---|---|\n| {metric} | 0.{index}1 |"
        for index, (name, metric) in enumerate([("Barn owls", "Accuracy"), ("Eagle owls", "F1")], 1)
    )
    _, yaml = offered(f"---\nlicense: mit\n---\n\n# owl\n\n{tables}\n")
    assert yaml.endswith("    - type: accuracy\n      value: 0.11")


def test_what_another_row_reports_is_left_out():
    rows = "| barn_owls | acc | 0.31 |\n| | acc_norm | 0.32 |\n| eagle_owls | F1 | 0.33 |"
    table = f"| Task | Metric | Value |\n|---|---|---|\n{rows}"
    _, yaml = offered(f"---\nlicense: mit\n---\n\n# owl\n\n## Results\n\n{table}\n")
    assert yaml.count("value:") == 2
    assert yaml.endswith("name: acc_norm\n      value: 0.32")


def test_a_benchmark_is_no_metric():
    table = "| Metric | SQuAD | F1 |\n|---|---|---|\n| Value | 0.81 | 0.83 |"
    _, yaml = offered(f"---\nlicense: mit\n---\n\n# owl\n\n## Results\n\n{table}\n")
    assert "squad" not in yaml


def test_the_datasets_of_timm_are_those_of_the_training():
    metadata = "library_name: timm\ntags: [timm]\npipeline_tag: image-classification\ndatasets: [imagenet-12k]"
    table = "| model | top1 |\n|---|---|\n| owlnet.in12k | 84.2 |"
    _, yaml = offered(f"---\n{metadata}\n---\n\n# Model card for owlnet.in12k\n\n## Model Comparison\n\n{table}\n")
    assert "imagenet-12k" not in yaml
    assert "value: 84.2" in yaml


def test_a_title_of_several_words_is_not_the_name_of_the_model():
    _, yaml = offered("---\nlicense: mit\n---\n\n# The owl: a model\n\nThe model reaches an accuracy of 93.4%.\n")
    assert "- name: ...\n" in yaml
