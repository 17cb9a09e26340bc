"""Model cards are told from other Markdown files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cardlint.card.card import parse
from cardlint.card.provenance.marks import marks_of
from cardlint.files.card_detection import reason_to_skip
from cardlint.files.discovery import classify, walk
from cardlint.files.found import Found
from cardlint.source import Source, read
from cardlint.vocabulary.generators.table import GENERATORS

CARD = "---\nlicense: mit\n---\n\n# Tiny\n"

MODEL_CARDS = {
    "a license": CARD,
    "a base model": "---\nbase_model: someone/something\n---\n",
    "a quoted key": "---\n'library_name': keras\n---\n",
    "a doubly quoted key": '---\n"pipeline_tag" : fill-mask\n---\n',
    "an index": "---\nmodel-index:\n- name: x\n---\n",
    "a key without value": "---\ntags: [a]\nwidget:\n---\n",
    "broken YAML": "---\ntags: [a\n  : }{\nlicense: 'mit\n---\n",
    "an unclosed fence": "---\nlicense: mit\n\n# Tiny\n",
    "a byte order mark": "\ufeff" + CARD,
    "CRLF": CARD.replace("\n", "\r\n"),
    "CR": CARD.replace("\n", "\r"),
    "CR CR LF": CARD.replace("\n", "\r\r\n"),
    "blank lines first": "\n \n\n" + CARD,
    "a ragged fence": "---- \nlicense: mit\n----\n",
    "an empty fence first": "---\n---\nlanguage: en\n---\n",
    "a comment first": "<!-- made by hand -->\n" + CARD,
    "a title first": "# Tiny\n\n" + CARD,
    "a code block first": "```sh\nls\n```\n\n" + CARD,
    "no opening fence": "license: mit\ntags:\n- x\n---\n\n# Tiny\n",
    "a long front matter": "---\ntags:\n" + "- word\n" * 100_000 + "license: mit\n---\n",
    "one line": "--- license: mit tags: - a - b --- # Tiny Something to read.\n",
    "a front matter on the fence's line": "--- tags: - a library_name: keras\n---\n# Tiny\n",
    "a title and a license": "---\ntitle: Tiny\nlicense: mit\n---\n",
    "a dataset's key and a model's": "---\ntask_categories: [x]\nbase_model: a/b\n---\n",
    "a post's key and a model's": "---\nlayout: post\nlibrary_name: keras\n---\n",
    "the Trainer's words": "<!-- generated according to the information the Trainer had access to. -->\n# x\n",
    "the Trainer's list": "# x\n\nThe following hyperparameters were used during training:\n- seed: 1\n",
    "the template": "---\n{}\n---\n\n# Model Card for Tiny\n",
    "a title below its line": "Model Card for Tiny\n===================\n",
    "a title in HTML": '<h1 align="center">Model Card for Tiny</h1>\n',
    "a title with a picture": "#  🦉 **Model card for `tiny`**\n",
    "a title in capitals": "   # MODEL CARD FOR TINY\n",
    "a title with a colon": "---\ntags: [vision]\n---\n\n# Model Card: Tiny\n",
    "words of a program far down": "---\ntags: [a]\n---\n"
    + "word \n" * 1000
    + "trained 2x faster with [Unsloth](https://u)\n",
}

OTHERS = {
    "nothing": ("", "no sign of a model card"),
    "a project": (
        "# tool\n\n[![ci](https://ci/b.svg)](https://ci)\n\n## Install\n\n    pip install it\n\n## License\n\nMIT\n",
        "no sign of a model card",
    ),
    "tags": ("---\ntags:\n- nlp\n- pytorch\n---\n\n# Notes\n", "no sign of a model card"),
    "a title": ("---\ntitle: Model cards\n---\n", "no sign of a model card"),
    "a post": (
        "---\nlayout: post\ntitle: How we train\ntags: [bert]\nlicense: CC-BY-4.0\n---\n",
        "another tool's front matter (`layout`)",
    ),
    "a page": ("---\nsidebar_label: API\nlanguage: en\n---\n# API\n", "another tool's front matter (`sidebar_label`)"),
    "a translated tutorial": (
        "---\nauthor: A. B.\ndate: 2020-01-02\nlicense: cc-by\n---\n# How to\n",
        "another tool's front matter (`author`)",
    ),
    "a data set": ("---\nlicense: mit\nsize_categories:\n- n<1K\n---\n", "a dataset card (`size_categories`)"),
    "a data set of many words": (
        "---\nlanguage: en\nlicense: mit\npretty_name: Words\n---\n",
        "a dataset card (`pretty_name`)",
    ),
    "a Space": ("---\ntitle: Demo\nsdk: gradio\nlicense: mit\n---\n", "a Space card (`sdk`)"),
    "a Space on one line": ("--- title: Demo sdk: gradio license: mit --- # Demo", "a Space card (`sdk`)"),
    "documentation of cards": (
        "# Writing a card\n\nBegin with this:\n\n```yaml\n---\nlicense: mit\nlibrary_name: keras\n---\n```\n",
        "no sign of a model card",
    ),
    "an example of a title": (
        "# Writing a card\n\n```md\n# Model Card for Tiny\n```\n\n~~~\n# Model Card for Tiny\n~~~\n",
        "no sign of a model card",
    ),
    "a title about cards": ("# Model Cards for everyone\n\n## Model Card for Tiny\n", "no sign of a model card"),
    "a rule first, an example later": (
        "---\n\nSome words.\n\n```yaml\nlicense: mit\n```\n",
        "no sign of a model card",
    ),
    "a key that is indented": ("---\nproject:\n  license: mit\n---\n", "no sign of a model card"),
    "a key in the body": ("---\ntitle: x\n---\n\nlicense: mit\n", "no sign of a model card"),
    "a key that runs on": ("---\nlicense:mit\nlicensees: all\n---\n", "no sign of a model card"),
    "a data set's form": (
        "# Dataset Card for Tides\n\n[More Information Needed]\n\n### Out-of-Scope Use\n",
        "a dataset card (its title)",
    ),
    "a topic": ("---\ntags: [skops, huggingtweets]\n---\n\n# Saving pipelines\n", "no sign of a model card"),
    "a longer word": ("# How to Write a Model Card\n", "no sign of a model card"),
}


@pytest.mark.parametrize("text", MODEL_CARDS.values(), ids=MODEL_CARDS)
def test_a_model_card_is_recognised(text):
    assert reason_to_skip(text) is None


@pytest.mark.parametrize(("text", "reason"), OTHERS.values(), ids=OTHERS)
def test_anything_else_is_named(text, reason):
    assert reason_to_skip(text) == reason


MARKS = [(generator.name, parts) for generator in GENERATORS for parts in marks_of(generator)]


def written_by(parts):
    """A card that shows the parts of one mark and nothing else of a model card."""
    tags = [value for kind, value in parts if kind == "tag"]
    forms = {"library": "library_name: {}", "key": "{}: someone"}
    metadata = [forms[kind].format(value) for kind, value in parts if kind in forms]
    metadata += [f"tags: [{', '.join(tags)}]"] if tags else []
    body = [f"{'A' if value[0] == ' ' else ''}{value} x\n" for kind, value in parts if not kind]
    return "\n".join((*(["---", *metadata, "---"] if metadata else []), "# Owls\n", *body))


def test_every_sentence_of_a_generator_tells_a_card_in_a_folder(tmp_path):
    for number, (_, parts) in enumerate(MARKS):
        (tmp_path / f"{number}.md").write_text(written_by(parts), encoding="utf-8")
    judged = map(classify, walk([str(tmp_path)], exclude=lambda *_: None))
    found = {item.path.stem for item in judged if isinstance(item, Found)}
    tags_alone = {str(number) for number, (_, parts) in enumerate(MARKS) if all(kind == "tag" for kind, _ in parts)}
    generators = {name for number, (name, _) in enumerate(MARKS) if str(number) in found}
    assert {str(number) for number in range(len(MARKS))} - tags_alone <= found
    assert generators == {generator.name for generator in GENERATORS}


@pytest.mark.parametrize(("name", "parts"), MARKS)
def test_the_cards_of_that_test_are_those_of_a_generator(name, parts):
    assert parse(Source("README.md", written_by(parts))).generator is not None, name


@pytest.mark.parametrize("tag", ["generated_from_trainer", "generated_from_setfit_trainer"])
def test_a_tag_that_only_programs_write_tells_a_card(tag):
    assert reason_to_skip(f"---\ntags:\n- {tag}\n---\n\n# Owls\n") is None
    assert reason_to_skip(f"---\ntags:\n- {tag}\n\n# Owls\n") is None
    assert reason_to_skip(f"# Notes\n\nThe tag `{tag}` is written by a program.\n") is not None


# Pages around models that are no cards: they name what generators name, and link to it.
PAGES = {
    "a library": (
        "# tidefit\n\n[![PyPI](https://img.example/v.svg)](https://pypi.org/project/tidefit)\n\n"
        "Fit tide models in three lines. Works with [sentence-transformers](https://www.sbert.net),\n"
        "[SetFit](https://s.example), [TRL](https://t.example) and [BERTopic](https://b.example).\n\n"
        "## Installation\n\n```sh\npip install tidefit\n```\n\n## Training procedure\n\nCall `fit`.\n"
    ),
    "a tool for merges": (
        "# mergebot\n\nA bot over [mergekit](https://m.example). Merges land as GGUF files by `llama.cpp`;\n"
        "quantizations of every merge follow. Inspired by [LazyMergekit](https://l.example).\n\n"
        "### Framework versions\n\nTested with:\n\n- PEFT 0.11\n- Transformers 4.41\n"
    ),
    "a guide to cards": (
        '# How to Write a Model Card\n\nFill in "Model Details", "Out-of-Scope Use" and "Model Card Contact".\n'
        "A model card for a fine-tuned model names its base model.\n"
    ),
    "a page of documentation": (
        "# Trainer\n\nThe trainer writes a card with the hyperparameters used during training.\n\n"
        "## Model description\n\nAn agent playing a game is evaluated with `evaluate_policy`.\n"
    ),
    "a changelog": (
        "# Changelog\n\n## 2.0\n\n- Push to the Hub with `PyTorchModelHubMixin`.\n- KerasHub presets can be uploaded.\n"
        "- Model2Vec, Flair and ESPnet models load.\n- axolotl configs are read.\n"
    ),
    "a list of links": "# Awesome owls\n\n- [Unsloth](https://u.example): trains faster\n- [LeRobot](https://r.example)\n",
}


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("front_matter", ["", "---\ntitle: Page\ntags: [unsloth, trl, peft]\n---\n"])
def test_a_page_that_names_generators_is_no_card(front_matter, text):
    assert reason_to_skip(front_matter + text, Path("docs/README.md")) == "no sign of a model card"


def test_one_part_of_several_is_no_sign():
    by_parts = {parts for _, parts in MARKS}
    for _, parts in MARKS:
        kind, value = parts[0]
        if len(parts) > 1 and kind == "tag" and not value.startswith("generated_from_") and parts[:1] not in by_parts:
            assert reason_to_skip(written_by(parts[:1])) == "no sign of a model card", parts


def test_a_skill_is_no_model_card_and_a_readme_with_the_same_keys_is():
    text = "---\nname: tidy\ndescription: Tidies up.\nlicense: mit\n---\n"
    assert reason_to_skip(text, Path("tidy/SKILL.md")) == "another tool's front matter (`name`, `description`)"
    assert reason_to_skip(text, Path("tidy/README.md")) is None


@pytest.mark.parametrize(
    "name",
    [
        *("model.safetensors", "tiny.Q4.gguf", "adapter_config.json", "tokenizer.json", "pytorch_model.bin"),
        *("model_index.json", "saved_model.pb", "model.onnx", "best.pt", "lamp.pkl", "lamp.keras", "lamp.tflite"),
    ],
)
def test_a_readme_beside_a_model_is_its_card(tmp_path, name):
    assert reason_to_skip("# Tiny\n", tmp_path / "README.md") == "no sign of a model card"
    (tmp_path / name).touch()
    assert reason_to_skip("# Tiny\n", tmp_path / "README.md") is None
    assert reason_to_skip("# Tiny\n", tmp_path / "notes.md") == "no sign of a model card"
    assert reason_to_skip("---\nsdk: gradio\n---\n", tmp_path / "README.md") == "a Space card (`sdk`)"


REFUSED = (
    "---\n\n---\n\n# Tiny\n",
    "---\njust text\n---\n",
    "---\n- mit\n---\n",
    "version https://git-lfs.github.com/spec/v1\n",
)


@pytest.mark.parametrize("text", REFUSED)
def test_a_card_that_the_hub_refuses_is_known_by_what_is_around_it(tmp_path, text):
    readme = tmp_path / "README.md"
    assert reason_to_skip(text, readme) == "no sign of a model card"
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text('[remote "origin"]\n\turl = https://github.com/coast/tiny\n')
    assert reason_to_skip(text, readme) == "no sign of a model card"
    (tmp_path / ".git" / "config").write_text('[remote "origin"]\n\turl = https://huggingface.co/coast/tiny\n')
    assert reason_to_skip(text, readme) is None
    assert reason_to_skip(text, tmp_path / "notes.md") == "no sign of a model card"


@pytest.mark.parametrize("name", ["MODEL_CARD.md", "modelcard.md", "HF_MODEL_CARD.md", "model-card-tiny.markdown"])
def test_a_file_may_say_by_its_name_that_it_is_a_card(tmp_path, name):
    assert reason_to_skip("# Tiny\n", tmp_path / name) is None
    assert reason_to_skip("---\nsdk: gradio\n---\n", tmp_path / name) == "a Space card (`sdk`)"


@pytest.mark.parametrize("name", ["my_model_cards.md", "remodelcard.md", "modelcard.txt", "model.md"])
def test_other_names_say_nothing(tmp_path, name):
    assert reason_to_skip("# Tiny\n", tmp_path / name) == "no sign of a model card"


@pytest.mark.parametrize(
    ("config", "recognised"),
    [
        ('{"architectures": ["TinyModel"]}', True),
        ('{"hidden_size": 4, "model_type" : "tiny"', True),
        ('{"model_type": ', True),
        ('{"type": "model_type"}', False),
        ("", False),
    ],
)
def test_a_configuration_tells_a_model_by_its_keys_even_when_it_is_broken(tmp_path, config, recognised):
    (tmp_path / "config.json").write_text(config, encoding="utf-8")
    assert (reason_to_skip("# Tiny\n", tmp_path / "README.md") is None) is recognised


def test_a_folder_called_like_a_configuration_tells_nothing(tmp_path):
    (tmp_path / "config.json").mkdir()
    assert reason_to_skip("# Tiny\n", tmp_path / "README.md") == "no sign of a model card"


def test_a_folder_that_is_gone_tells_nothing(tmp_path):
    assert reason_to_skip("# Tiny\n", tmp_path / "gone" / "README.md") == "no sign of a model card"


FRAGMENTS = [
    "---",
    "\n",
    "\r",
    " ",
    "license: mit",
    "sdk:",
    "```",
    "\ufeff",
    "'",
    '"',
    "configs:",
    "# ",
    "-",
    "\0",
    "x",
]


@given(st.one_of(st.binary(), st.lists(st.sampled_from(FRAGMENTS)).map(lambda parts: "".join(parts).encode())))
@example(b"---" * 50_000)
@example(b"\n" * 100_000)
@example(b"--- " + b"a " * 50_000)
@example(b"a:\n" * 50_000)
def test_every_file_gets_an_answer(data):
    reason = reason_to_skip(read(data).text)
    assert reason is None or reason
