"""Which texts are plainly model cards, and what the others are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cardlint.files.card_detection import reason_to_skip
from cardlint.source import read

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
    "a rule first, an example later": (
        "---\n\nSome words.\n\n```yaml\nlicense: mit\n```\n",
        "no sign of a model card",
    ),
    "a key that is indented": ("---\nproject:\n  license: mit\n---\n", "no sign of a model card"),
    "a key in the body": ("---\ntitle: x\n---\n\nlicense: mit\n", "no sign of a model card"),
    "a key that runs on": ("---\nlicense:mit\nlicensees: all\n---\n", "no sign of a model card"),
    "a longer word": ("# How to Write a Model Card\n", "no sign of a model card"),
}


@pytest.mark.parametrize("text", MODEL_CARDS.values(), ids=MODEL_CARDS)
def test_a_model_card_is_recognised(text):
    assert reason_to_skip(text) is None


@pytest.mark.parametrize(("text", "reason"), OTHERS.values(), ids=OTHERS)
def test_anything_else_is_named(text, reason):
    assert reason_to_skip(text) == reason


def test_a_skill_is_no_model_card_and_a_readme_with_the_same_keys_is():
    text = "---\nname: tidy\ndescription: Tidies up.\nlicense: mit\n---\n"
    assert reason_to_skip(text, Path("tidy/SKILL.md")) == "another tool's front matter (`name`, `description`)"
    assert reason_to_skip(text, Path("tidy/README.md")) is None


@pytest.mark.parametrize(
    "name", ["model.safetensors", "tiny.Q4.gguf", "adapter_config.json", "tokenizer.json", "pytorch_model.bin"]
)
def test_a_readme_beside_a_model_is_its_card(tmp_path, name):
    assert reason_to_skip("# Tiny\n", tmp_path / "README.md") == "no sign of a model card"
    (tmp_path / name).touch()
    assert reason_to_skip("# Tiny\n", tmp_path / "README.md") is None
    assert reason_to_skip("# Tiny\n", tmp_path / "notes.md") == "no sign of a model card"
    assert reason_to_skip("---\nsdk: gradio\n---\n", tmp_path / "README.md") == "a Space card (`sdk`)"


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
