"""What the metadata and the sentences of a card say of its origin."""

import pytest

from cardlint import read
from cardlint.card.card import parse
from cardlint.card.provenance.lineage import is_conversion, is_path

HUB = "https://huggingface.co"


def card_of(text):
    return parse(read(text.encode()))


def stated(text):
    """The base of each statement, with its id, and the datasets with theirs."""
    card = card_of(text)
    for statement in card.lineage.statements:
        for name in (statement.base, *statement.datasets):
            assert name is None or name.text in card.source.slice(name.span)
    return [
        (
            (found.base.text, found.base.id) if found.base else None,
            [(name.text, name.id) for name in found.datasets],
        )
        for found in card.lineage.statements
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"This model is a fine-tuned version of [a/b]({HUB}/a/b) on the owls dataset.",
            [(("a/b", "a/b"), [("owls", None)])],
        ),
        (
            f"This model is a fine-tuned version of [gpt2]({HUB}/gpt2) on the squad, the None and the c/d datasets.",
            [(("gpt2", "gpt2"), [("squad", "squad"), ("None", None), ("c/d", "c/d")])],
        ),
        (
            f"Fine-tuned version of `a/b` on the [c]({HUB}/datasets/c/c) and\n[d]({HUB}/datasets/c/d) datasets.",
            [(("a/b", "a/b"), [("c", "c/c"), ("d", "c/d")])],
        ),
        (f"This model is a fine-tuned version of [a/b]({HUB}/a/b) on an unknown dataset.", [(("a/b", "a/b"), [])]),
        ("This model was trained from scratch on the `owls` dataset.", [(None, [("owls", None)])]),
        (f"This model is a fine-tuned version of [None]({HUB}/None).", [(("None", None), [])]),
        (f"This model is a fine-tuned version of []({HUB}/) on the owls dataset.", [(("", None), [("owls", None)])]),
        (f"This model is a fine-tuned version of [./b]({HUB}/./b).", [(("./b", None), [])]),
        (f"Finetuned version of the [Owl model]({HUB}/a/owl).", [(("Owl model", "a/owl"), [])]),
        ("It flies.\nThis model was a fine-tuned version of `a/b`.", [(("a/b", "a/b"), [])]),
        ("- **Finetuned from model [optional]:** gpt2", [(("gpt2", "gpt2"), [])]),
        ("- **Finetuned from model :** unsloth/owl-4bit", [(("unsloth/owl-4bit", "unsloth/owl-4bit"), [])]),
        (f"- **Base model:** [a/b]({HUB}/a/b) <!-- at revision 1234 -->", [(("a/b", "a/b"), [])]),
        ("- **Base model**: owls and gulls", []),
        ("- **Finetuned from model [optional]:** [More Information Needed]", []),
        ("There are fine-tuned versions of [a/b](c) in this model.", []),
        ("This model is a fine-tuned version of owls.", []),
    ],
)
def test_statements(text, expected):
    assert stated(text) == expected


TITLES = {
    "Owls based on coastlab/gull": "coastlab/gull",
    "SentenceTransformer based on coastlab/gull": "coastlab/gull",
    "Owl classifier with coastlab/gull": "coastlab/gull",
    "A fine-tune of coastlab/gull": "coastlab/gull",
    # a name of the model itself, which is not its own base
    "coastlab/gull": None,
    "\U0001f989 coastlab/gull": None,
    "Model card for coastlab/gull": None,
    "Classifier - coastlab/gull": None,
    "Classifier: coastlab/gull": None,
    "LoRA - https://huggingface.co/coastlab/gull": None,
}


@pytest.mark.parametrize(("title", "base"), TITLES.items())
def test_a_title_may_name_the_base_model(title, base):
    card = card_of(f"# {title}\n\nThis is a model finetuned from [coastlab/gull]({HUB}/coastlab/gull).")
    assert [each.base.id for each in card.lineage.origin] == ([base] if base else [])


@pytest.mark.parametrize("own", ["coastlab/owl", "`coastlab/owl`", f"[coastlab/owl]({HUB}/coastlab/owl)"])
def test_weights_for_a_base_may_be_called_by_their_name(own):
    card = card_of(f"# Owl\n\nThese are {own} LoRA weights for coastlab/gull-7b.")
    assert [(each.relation, each.base.id) for each in card.lineage.origin] == [("adapter", "coastlab/gull-7b")]
    assert card.source.slice(card.lineage.origin[0].base.span) == "coastlab/gull-7b"


def test_weights_of_another_name_are_not_this_models():
    assert not card_of("# Owl\n\nThese are coastlab/tern LoRA weights for coastlab/gull-7b.").lineage.origin


def test_unknown_dataset():
    card = card_of(f"This model is a fine-tuned version of [a/b]({HUB}/a/b) on an unknown dataset.")
    assert card.source.slice(card.lineage.statements[0].unknown) == "an unknown dataset"


def test_the_metadata_names_one_or_several():
    card = card_of("---\nbase_model: gpt2\ndatasets:\n- squad\n- a/b\n- 5\n- owls\n---\n")
    origin = card.lineage
    assert [(name.text, name.id) for name in origin.base_models] == [("gpt2", "gpt2")]
    assert [(name.text, name.id) for name in origin.datasets] == [("squad", "squad"), ("a/b", "a/b"), ("owls", None)]
    assert origin.stated_base_models == origin.stated_datasets == ()
    assert card.source.slice(origin.datasets[1].span) == "a/b"


@pytest.mark.parametrize(
    "text",
    [
        *("/home/me/owls", "./owls", "../owls", "~/owls", "C:\\owls", "D:/owls", "a\\b", "a/b/c", "owls/", "a/b/"),
        *("checkpoint-500", "outputs/checkpoint-500", "models/owls", "my_results/owls"),
    ],
)
def test_paths(text):
    assert is_path(text)


@pytest.mark.parametrize("text", ["owls", "a/b", "https://huggingface.co/a/b", "", "t5-small", "coastlab/outputs"])
def test_no_paths(text):
    assert not is_path(text)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntags:\n- gguf\n---\n",
        "---\nlibrary_name: mlx\n---\n",
        "---\nbase_model_relation: quantized\n---\n",
        "---\nquantized_by: me\n---\n",
        "# Owls 7B - GPTQ\n",
        "# owls-4bit\n",
        "---\ntags: [merge]\n---\n",
    ],
)
def test_conversions(text):
    card = card_of(text)
    assert is_conversion(card.metadata, card.title)


def test_no_conversion():
    card = card_of("---\ntags:\n- generated_from_trainer\nlibrary_name: transformers\n---\n# Owls\n")
    assert not is_conversion(card.metadata, card.title)
