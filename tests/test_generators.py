"""Which program wrote a card."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from real_cards import SEEDS, all_cards, needs_archive, needs_seeds

from cardlint.card.card import parse
from cardlint.card.provenance.marks import marks_of, unwrapped
from cardlint.commands.show.show import show_json, show_picture
from cardlint.source import Source
from cardlint.vocabulary.generators.table import GENERATORS
from cardlint.vocabulary.libraries import LIBRARIES
from cardlint.vocabulary.tasks import TASKS

CARDS = {
    "transformers-trainer": "---\ntags:\n- generated_from_trainer\n---\n\nThis model is a fine-tuned version of x.\n",
    "keras-callback": "---\ntags:\n- generated_from_keras_callback\n---\n\n### Framework versions\n",
    "trl-trainer": "---\ntags: [trl, generated_from_trainer]\n---\n\n- optimizer: Adam with betas=(0.9,0.999)\n",
    "peft-trainer": "---\nlibrary_name: peft\n---\n\nThe following hyperparameters were used during training:\n",
    "axolotl": "---\ntags: [generated_from_trainer]\n---\n\n<details><summary>See axolotl config</summary>\n",
    "llama-factory": "---\ntags: [llama-factory, generated_from_trainer]\n---\n\n### Framework versions\n",
    "trl": "It has been trained using [TRL](https://github.com/huggingface/trl).\n",
    "unsloth-trl": "---\ntags: [trl, unsloth]\n---\nIt has been trained using [TRL](https://github.com/huggingface/trl).\n",
    "unsloth": "This owl model was trained 2x faster with [Unsloth](https://github.com/unslothai/unsloth)\n",
    "sentence-transformers": "---\ntags: [generated_from_trainer]\n---\n- **Model Type:** Sentence Transformer\n",
    "sentence-transformers-2": "<!--- Describe how your model was evaluated -->\n",
    "spacy": "| **spaCy** | `>=3.2.0` |\n| **Default Pipeline** | `ner` |\n",
    "peft": "---\nlibrary_name: peft\n---\n\n[More Information Needed]\n",
    "hub-template": "# Model Card for owls\n\n<!-- Provide a quick summary of what the model is/does. -->\n",
    "gguf-my-repo": "---\ntags: [trl, gguf-my-repo]\n---\nIt was converted to GGUF format from x.\n",
    "mergekit": "This is a LoRA extracted from a language model. It was extracted using [mergekit](https://x.org).\n",
    "mistral-rs": "# `coastlab/owls`, UQFF quantization\n\nGenerated with [mistral.rs](https://x.org) 0.9.\n",
    "heretic": "# This is a decensored version of [owls](https://x.org), made using [Heretic](https://x.org) v1\n",
    "modelopt": "---\nlibrary_name: Model Optimizer\n---\n\n## Post Training Quantization\n",
    "llm-compressor": "This model was created with [llm-compressor](https://x.org) by running this.\n",
    "transformers-js": "https://x.org with ONNX weights to be compatible with Transformers.js.\n",
    "nemo": "## NVIDIA NeMo: Training\n\nTo train it you will need to install [NVIDIA NeMo](https://x.org).\n",
    "saelens": "# SAEs for use with the SAELens library\n",
    "gliner": "GLiNER is a Named Entity Recognition (NER) model capable of identifying any entity type.\n",
    "ultralytics": "- Install [ultralyticsplus](https://x.org):\n",
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
        "---\ntags: [axolotl, generated_from_trainer]\n---\n\n# owls\n\nBy hand.\n",
        "---\nlibrary_name: peft\ntags: [lora]\n---\n\n# owls\n\nBy hand.\n",
        "---\nlibrary_name: nemo\n---\n\n# owls\n\nMade with NVIDIA NeMo, and later with llm-compressor and Heretic.\n",
    ],
)
def test_a_word_is_no_mark(text):
    assert generator(text) is None


def test_a_tag_is_seen_in_metadata_that_nobody_can_read():
    body = "\n# owls\n\n### Framework versions\n"
    assert generator(f"---\ntags:\n- generated_from_trainer\nname: a: b\n---\n{body}").name == "transformers-trainer"
    assert generator(f"---\ntags:\n- generated_from_trainer\n{body}").name == "transformers-trainer"


def test_the_trainer_implies_peft_where_its_versions_name_it():
    text = (
        "---\ntags:\n- llama-factory\n- generated_from_trainer\n---\n\n### Framework versions\n\n{}- Transformers 4.4\n"
    )
    assert generator(text.format("")).library == "transformers"
    assert generator(text.format("- PEFT 0.1\n")).library == "peft"


WRITES_METADATA_ALONE = {"stable-baselines3", "ml-agents"}


@pytest.mark.parametrize("found", [each for each in GENERATORS if each.name not in WRITES_METADATA_ALONE])
def test_the_metadata_alone_tells_no_generator(found):
    assert all(any(not kind for kind, _ in parts) for parts in marks_of(found))


SENTENCES = sorted(
    {value for each in GENERATORS for parts in marks_of(each) for kind, value in parts if " " in value and not kind}
)


@given(st.sampled_from(SENTENCES), st.sampled_from(["\n", " \n", "\n  ", "\n> "]), st.data())
def test_a_sentence_is_found_wherever_its_lines_are_broken(sentence, line_end, data):
    # a line that begins like a list or a quote is none of a paragraph
    blanks = [match.start() for match in re.finditer(r"(?<=.) (?![-+*#>|\d]|$)", sentence)]
    at = data.draw(st.sampled_from(blanks or [0]))
    broken = sentence[:at] + line_end + sentence[at + 1 :] if at else sentence
    assert sentence.strip() in unwrapped(f"A b\n\n{'> ' if '>' in line_end else ''}x {broken} y\n\nc d\n")


@pytest.mark.parametrize("fence", ["```", "~~~~", "```markdown"])
def test_a_card_shown_in_code_is_not_this_one(fence):
    shown = f"{fence}\nThis model was converted to MLX format from x.\n{fence.removesuffix('markdown')}\n"
    assert generator(f"# A converter\n\nIt writes:\n\n{shown}\nBy hand.\n") is None
    assert generator(f"# owls\n\n{shown}\nIt was converted to MLX format from x.\n").name == "mlx"
    assert generator("```owls```\n\nIt was converted to MLX format from x.\n").name == "mlx"


def test_sentences_of_two_paragraphs_are_not_one():
    assert generator("It was converted to\n\nMLX format from x.\n") is None
    assert generator("- was converted to\n- MLX format from x.\n") is None


def test_the_place_of_a_broken_sentence_is_that_of_its_lines():
    text = "# owls\n\nThis model was\nconverted to MLX format\nfrom x.\n"
    card = parse(Source("README.md", text))
    assert card.source.slice(card.generator_span) == "was\nconverted to MLX format\nfrom"


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
