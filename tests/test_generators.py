"""Which program wrote a card."""

import json

import pytest
from real_cards import SEEDS, all_cards, needs_archive, needs_seeds

from cardlint.card.card import parse
from cardlint.commands.show.show import show_json, show_picture
from cardlint.source import Source
from cardlint.vocabulary.generators.table import GENERATORS
from cardlint.vocabulary.libraries import LIBRARIES
from cardlint.vocabulary.tasks import TASKS

CARDS = {
    "transformers-trainer": "---\ntags:\n- generated_from_trainer\n---\n\n# owls\n",
    "keras-callback": "---\ntags:\n- generated_from_keras_callback\n---\n\n# owls\n",
    "trl-trainer": "---\ntags: [trl, generated_from_trainer]\n---\n\n- optimizer: Adam with betas=(0.9,0.999)\n",
    "peft-trainer": "---\nlibrary_name: peft\n---\n\nThe following hyperparameters were used during training:\n",
    "axolotl": "---\ntags: [generated_from_trainer]\n---\n\n<details><summary>See axolotl config</summary>\n",
    "llama-factory": "---\ntags: [llama-factory, lora, generated_from_trainer]\n---\n",
    "trl": "It has been trained using [TRL](https://github.com/huggingface/trl).\n",
    "unsloth-trl": "---\ntags: [trl, unsloth]\n---\nIt has been trained using [TRL](https://github.com/huggingface/trl).\n",
    "unsloth": "This owl model was trained 2x faster with [Unsloth](https://github.com/unslothai/unsloth)\n",
    "sentence-transformers": "---\ntags: [generated_from_trainer]\n---\n- **Model Type:** Sentence Transformer\n",
    "sentence-transformers-2": "<!--- Describe how your model was evaluated -->\n",
    "spacy": "| **spaCy** | `>=3.2.0` |\n| **Default Pipeline** | `ner` |\n",
    "peft": "---\nlibrary_name: peft\n---\n\n[More Information Needed]\n",
    "hub-template": "# Model Card for owls\n\n<!-- Provide a quick summary of what the model is/does. -->\n",
    "gguf-my-repo": "---\ntags: [generated_from_trainer, llama-cpp, gguf-my-repo]\n---\n",
}


def generator(text):
    return parse(Source("README.md", text)).generator


@pytest.mark.parametrize(("name", "text"), CARDS.items(), ids=CARDS)
def test_the_most_special_generator_is_found(name, text):
    assert generator(text).name == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# owls\n\nTrained with transformers' Trainer; the tag generated_from_trainer is what it writes.\n",
        "---\ntags: [unsloth]\nlibrary_name: peft\n---\n\n# owls\n\nAn adapter.\n",
        "---\nlibrary_name: axolotl\ntags: trainer\n---\n\n# owls\n",
        "[<img src='x' alt=\"Built with Axolotl\"/>](https://example.org)\n\nBy hand.\n",
    ],
)
def test_a_word_is_no_mark(text):
    assert generator(text) is None


def test_a_tag_is_seen_in_metadata_that_nobody_can_read():
    assert generator("---\ntags:\n- generated_from_trainer\nname: a: b\n---\n").name == "transformers-trainer"
    assert generator("---\ntags:\n- generated_from_trainer\n\n# owls\n").name == "transformers-trainer"


def test_the_trainer_implies_peft_where_its_versions_name_it():
    text = (
        "---\ntags:\n- llama-factory\n- generated_from_trainer\n---\n\n### Framework versions\n\n{}- Transformers 4.4\n"
    )
    assert generator(text.format("")).library == "transformers"
    assert generator(text.format("- PEFT 0.1\n")).library == "peft"


def test_names_are_unique_and_libraries_known():
    assert len({each.name for each in GENERATORS}) == len(GENERATORS)
    assert {each.library for each in GENERATORS} - {None} <= LIBRARIES
    assert {each.task for each in GENERATORS} - {None} <= TASKS


@needs_seeds
def test_the_seeds_are_the_trainers():
    found = [parse(Source(path.name, path.read_text("utf-8"))).generator for path in sorted(SEEDS.glob("*.md"))]
    assert found
    assert {each and each.name for each in found} == {"transformers-trainer"}


# What the folders of generated cards in the corpus hold; the Hub's own library writes cards without a template, too.
WRITERS = {
    "diffusers": {"diffusers-training"},
    "huggingface_hub": {"hub-template", None},
    "peft": {"peft-trainer"},
    "sentence-transformers": {"sentence-transformers"},
    "setfit": {"setfit"},
    "skops": {"skops"},
    "transformers": {"transformers-trainer"},
    "trl": {"trl"},
}


@needs_archive
def test_the_generated_cards_of_the_corpus_are_their_generators():
    wrong = []
    for name, data in all_cards().items():
        if name.startswith("cards/generated/"):
            found = generator(data.decode("utf-8-sig"))
            if (found and found.name) not in WRITERS[name.split("/")[2]]:
                wrong.append((name, found and found.name))
    assert wrong == []


@needs_archive
def test_only_a_card_without_a_template_has_no_generator():
    for name, data in all_cards().items():
        if name.startswith("cards/generated/huggingface_hub/"):
            text = data.decode("utf-8-sig")
            assert (generator(text) is None) == ("<!-- Provide a" not in text), name


def test_show_names_it():
    card = parse(Source("README.md", CARDS["transformers-trainer"]))
    assert json.loads(show_json(card))["generator"] == "transformers-trainer"
    assert "written by transformers' Trainer" in show_picture(card, width=100, color=False, unicode=True)
    assert json.loads(show_json(parse(Source("README.md", "# owls\n"))))["generator"] is None
