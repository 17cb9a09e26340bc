"""`cardlint disclose`: every item is stated only on evidence of this model, and the output keeps its contract."""

import json
import re
from pathlib import Path

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rich.cells import cell_len
from test_hostile import CARDS as HOSTILE
from typer.testing import CliRunner

from cardlint.card.card import parse
from cardlint.cli.app import app
from cardlint.commands.disclose import disclose_json, disclose_markdown, disclose_picture
from cardlint.disclosure import inventory
from cardlint.disclosure.inventory import take_inventory
from cardlint.source import Folder, Source
from cardlint.vocabulary.disclosure.items import ITEMS, NOTE, TEXTS
from cardlint.vocabulary.disclosure.phrases import TASK_MODALITIES
from cardlint.vocabulary.tasks import TASKS

FORBIDDEN = re.compile(
    r"\b(?:must|required?|requires|duty|violat\w*|compliant|compliance|gap|audit|fine|deadline|score|missing)\b",
    re.IGNORECASE,
)


def card_of(body, metadata="", title="# Owl 7B\n\n", folder=None):
    front = "" if metadata is None else f"---\npipeline_tag: text-generation\n{metadata}---\n\n"
    return parse(Source("README.md", f"{front}{title}{body}\n"), folder)


def stated(card):
    """Return the words of the first evidence for every item that a card states."""
    taken = take_inventory(card)
    assert taken.reason is None
    return {entry.item.name: entry.evidence[0].words for entry in taken.entries if entry.evidence}


STATED = [
    ("license", "license: mit\n", "", "mit"),
    ("license", "license: other\nlicense_name: owl-license\n", "", "owl-license"),
    ("license", "", "## License\n\nThis model is released under the Apache 2.0 license.", "Apache 2.0 license"),
    ("base-model", "base_model: coastlab/heron\n", "", "coastlab/heron"),
    ("base-model", "", "This model is a fine-tuned version of [coastlab/heron](https://huggingface.co/coastlab/heron).",
     "coastlab/heron"),
    ("release-date", "", "**Release date:** 3 May 2026", "3 May 2026"),
    ("release-date", "", "**Model Release Date** March 9, 2026", "March 9, 2026"),
    ("release-date", "", "| Property | Value |\n|---|---|\n| Released | 2026-03 |", "2026-03"),
    ("release-date", "", "## News\n\n- 2026.04.02: We release Owl 7B and its code.", "2026.04.02"),
    ("intended-use", "", "## Intended use\n\nTo answer questions about owls.", 'section "Intended use"'),
    ("acceptable-use", "", "Use is subject to our [Acceptable Use Policy](policy.md).", "Acceptable Use Policy"),
    ("acceptable-use", "", "The Owl 7B Prohibited Use Policy applies.", "Prohibited Use Policy"),
    ("acceptable-use", "", "## Acceptable use\n\nNo surveillance.", 'section "Acceptable use"'),
    ("architecture", "", "- Architecture: decoder-only transformer", "decoder-only transformer"),
    ("architecture", "", "Owl 7B is a sparse mixture-of-experts language model.", "mixture-of-experts"),
    ("architecture", "", "| | Owl 7B | Heron 8B |\n|---|---|---|\n| Architecture | Mamba | GAN |", "Mamba"),
    ("parameters", "", "We introduce Owl 7B, an open language model with 7.2 billion parameters.",
     "7.2 billion parameters"),
    ("parameters", "", "This model has 7.2B parameters.", "7.2B parameters"),
    ("parameters", "", "- **Number of parameters:** 7.2B", "7.2B"),
    ("parameters", "", "| Model | Params | A |\n|---|---|---|\n| Heron 8B | 8B | 3 |\n| Owl 7B | 7.2B | 4 |", "7.2B"),
    ("modalities", "", "", "text-generation (text in, text out)"),
    ("context-length", "", "- Context length: 128K tokens", "128K"),
    ("context-length", "", "Owl 7B supports a context window of 32,768 tokens.", "context window of 32,768"),
    ("context-length", "", "It is small.\n\nThe model has a 32k token context window.", "32k token context window"),
    ("integration", "", "## Usage\n\n```python\nfrom owl import load\n```", 'section "Usage"'),
    ("training-data", "datasets:\n- coastlab/hoots\n", "", "coastlab/hoots"),
    ("training-data", "", "## Training data\n\nTwo thousand hours of hoots.", 'section "Training data"'),
    ("data-cutoff", "", "- Knowledge cutoff: June 2025", "June 2025"),
    ("data-cutoff", "", "The training data has a cutoff of December 2024.",
     "The training data has a cutoff of December 2024"),
    ("training-compute", "", "Training took 1,200 H100 GPU hours.", "1,200 H100 GPU hours"),
    ("training-compute", "", "- **Training time:** 3 days", "3 days"),
    ("training-compute", "", "Pretraining used a total of 3e24 FLOPs.", "3e24 FLOPs"),
    ("energy", "co2_eq_emissions: 1200\n", "", "1200 g of CO2"),
    ("energy", "", "Estimated total emissions were 12 tCO2eq.", "12 tCO2eq"),
    ("energy", "", "- Energy consumption: 310 kWh", "310 kWh"),
    ("evaluation", "", "## Evaluation\n\n| Task | Owl 7B |\n|---|---|\n| Hoots | 71.2 |", None),
    ("limitations", "", "## Limitations\n\nOwl cannot see in daylight.", 'section "Limitations"'),
    ("limitations", "", "## Disclaimer\n\nThe model may produce wrong answers.", 'section "Disclaimer"'),
    ("bias", "", "## Limitations\n\nThe data are biased towards barn owls.", "The data are biased towards barn owls."),
    ("bias", "", "## Bias\n\nBarn owls are over-represented.", 'section "Bias"'),
    ("contact", "", "## Contact\n\nowl@coastlab.org", 'section "Contact"'),
    ("contact", "", "For questions, write to owl@coastlab.org.", "owl@coastlab.org"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "metadata", "body", "words"), STATED)
def test_a_card_that_states_an_item(item, metadata, body, words):
    found = stated(card_of(body, metadata))
    assert item in found
    assert words is None or found[item] == words


def test_every_item_has_a_card_that_states_it():
    assert {item for item, *_ in STATED} == {item.name for item in ITEMS}


OF_THE_TEMPLATE = (
    "Users (both direct and downstream) should be made aware of the risks, biases and limitations of the model."
)
NOT_STATED = [
    ("license", "license: unknown\n", ""),
    ("license", "license: other\n", ""),
    ("license", "", "## Data\n\nThe dataset is released under the MIT license."),
    ("base-model", "", "Owl 7B outperforms coastlab/heron."),
    ("release-date", "", "**Release date:** soon"),
    ("release-date", "", "## News\n\n- 2026.04.02: We release Heron 8B."),
    ("release-date", "", "> **Release date:** 3 May 2026"),
    ("release-date", "", "## Base model\n\n- Release date: 3 May 2026"),
    ("intended-use", "", "## Intended use\n\n[More Information Needed]"),
    ("intended-use", "", "## Intended uses\n\n### How to use\n\n```python\nimport owl\n```"),
    ("acceptable-use", "", "OpenAI's usage policy applies to its own models."),
    ("acceptable-use", "", "There is no acceptable use policy."),
    ("architecture", "", "- Library: transformers\n- Type: text"),
    ("architecture", "", "Unlike Heron 8B, a mixture of experts, this one is small."),
    ("architecture", "", "Owl 7B outperforms diffusion models."),
    ("architecture", "", "The model used for diffusion was changed."),
    ("parameters", "", "Owl 7B outperforms Heron with 70B parameters."),
    ("parameters", "", "Heron 8B has 8 billion parameters."),
    ("parameters", "", "The LoRA has 40M trainable parameters."),
    ("parameters", "", "Trained on 15B tokens; temperature, top-p and other parameters are below."),
    ("parameters", "", "**The base model (Heron 8B):**\n\n- Parameters: 8B"),
    ("parameters", "", "## Comparison\n\n- Parameters: 8B"),
    ("parameters", "", "| Model | Params | Layers |\n|---|---|---|\n| Heron 8B | 8B | 3 |"),
    ("context-length", "", "We evaluated with a context length of 32K."),
    ("context-length", "", "- Sequence length: 2048"),
    ("context-length", "", "## Usage\n\nSet the context length: 4096"),
    ("context-length", "", "```\ncontext length: 4096\n```"),
    ("integration", "", "## Usage\n\n```\n[INST] Hello [/INST]\n```"),
    ("integration", "base_model: coastlab/heron\n",
     "## Usage\n\n```python\nm = AutoModel.from_pretrained('coastlab/heron')\n```"),
    ("training-data", "", "## Training data\n\nNot publicly disclosed."),
    ("training-data", "", "## Training data\n\n<!-- what it was trained on -->"),
    ("data-cutoff", "", "Heron 8B has a knowledge cutoff of June 2025."),
    ("data-cutoff", "", "The cutoff frequency is 2000 Hz."),
    ("training-compute", "", "It runs on an H100 with 80 GB."),
    ("training-compute", "", "Heron took 64 TPU days, which we avoid."),
    ("training-compute", "", "The evaluation took 100 GPU hours."),
    ("training-compute", "", "- Training regime: bf16"),
    ("energy", "co2_eq_emissions: 0\n", ""),
    ("energy", "", "A household uses 3,500 kWh a year."),
    ("energy", "", "Carbon emissions can be estimated using the calculator; 30 kg of CO2 are typical."),
    ("evaluation", "", "## Evaluation\n\nTBD"),
    ("evaluation", "", "## Evaluation\n\nSee [the paper](https://arxiv.org/abs/2601.00001)."),
    ("limitations", "", "## Limitations\n\nMore information needed"),
    ("limitations", "", "## Disclaimer\n\nThe authors are owls."),
    ("limitations", "", "## Intended uses & limitations\n\nYou can use it to count owls."),
    ("limitations", "", "## Limitations of the base model\n\nIt cannot hoot."),
    ("bias", "", "## Architecture\n\nAll layers have a bias."),
    ("bias", "", f"## Bias, Risks, and Limitations\n\nMay be wrong.\n\n### Recommendations\n\n{OF_THE_TEMPLATE}"),
    ("contact", "", "## Contact\n\nyour@email.com"),
    ("contact", "", "## Community\n\nWe believe in [openness](https://coastlab.org)."),
    ("contact", "", "## Citation\n\nFor questions cite owl@coastlab.org."),
]  # fmt: skip


@pytest.mark.parametrize(("item", "metadata", "body"), NOT_STATED)
def test_a_near_miss(item, metadata, body):
    assert item not in stated(card_of(body, metadata))


def test_every_item_but_the_task_has_a_near_miss():
    assert {item for item, *_ in NOT_STATED} == {item.name for item in ITEMS} - {"modalities"}
    assert "modalities" not in stated(card_of("").with_text("---\npipeline_tag: any-to-any\n---\n# Owl\n"))


def test_files_beside_the_card_are_evidence(tmp_path):
    config = {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "torch_dtype": "bfloat16"}
    (tmp_path / "config.json").write_text(json.dumps(config), "utf-8")
    index = {"metadata": {"total_size": 14_000_000_000}, "weight_map": {}}
    (tmp_path / "model.safetensors.index.json").write_text(json.dumps(index), "utf-8")
    found = stated(parse(Source("README.md", "# Owl\n"), Folder(tmp_path)))
    assert found["architecture"] == "LlamaForCausalLM"
    assert found["parameters"] == "7,000,000,000 in the weights"
    assert found["modalities"] == "text-generation (text in, text out)"
    drawn = disclose_picture(
        parse(Source("README.md", "# Owl\n"), Folder(tmp_path)), width=80, color=False, unicode=True
    )
    assert re.search(r"architecture +LlamaForCausalLM +config\.json:1\n", drawn)


OUTSIDE = [
    ("---\nlicense: mit\n---\n# Owl\n", "names no task"),
    ("# Owl\n", "names no task"),
    ("---\npipeline_tag: fill-mask\n---\n# Owl\n", "`fill-mask`"),
    ("---\npipeline_tag: text-generation\nlibrary_name: peft\n---\n# Owl\n", "an adapter"),
    ("---\npipeline_tag: text-generation\nbase_model_relation: merge\n---\n# Owl\n", "a merge"),
    ("---\npipeline_tag: text-generation\nbase_model_relation: quantized\n---\n# Owl\n", "a quantized copy"),
    ("---\npipeline_tag: text-generation\n---\n# Owl-GGUF\n", "`GGUF`"),
    ("---\npipeline_tag: text-generation\ntags: [moe, gguf]\n---\n# Owl\n", "`gguf`"),
    ("---\npipeline_tag: text-generation\nlicense: {{ license }}\n---\n# Owl\n", "template tags"),
    (
        (
            "---\npipeline_tag: text-generation\ntags: [generated_from_trainer]\n---\n# owl\n\n"
            "This model is a fine-tuned version of [a/b](https://huggingface.co/a/b) on an unknown dataset.\n"
        ),
        "Trainer",
    ),
]


@pytest.mark.parametrize(("text", "reason"), OUTSIDE)
def test_a_card_outside_says_why(text, reason):
    card = parse(Source("README.md", text))
    taken = take_inventory(card)
    assert not taken.entries
    assert reason in taken.reason
    drawn = disclose_picture(card, width=200, color=False, unicode=False)
    assert reason in " ".join(drawn.split())
    answer = json.loads(disclose_json(card))
    assert answer["items"] == []
    assert reason in answer["outside"]
    assert "No inventory" in disclose_markdown(card)
    result = CliRunner().invoke(app, ["disclose", "-"], input=text)
    assert result.exit_code == 0
    assert "No inventory" in result.stdout


def test_a_mixture_of_experts_is_inside():
    assert take_inventory(card_of("", "tags: [moe]\n")).reason is None


def test_only_tasks_of_the_hub_open_the_gate():
    assert set(TASK_MODALITIES) <= TASKS


STRING = {"type": "string"}


def closed(**properties):
    return {
        "type": "object",
        "properties": properties,
        "required": [key for key in properties if key != "path" or len(properties) > 5],
        "additionalProperties": False,
    }


PLACE = closed(line={"type": "integer"}, column={"type": "integer"}, offset={"type": "integer"})
EVIDENCE = closed(
    words=STRING,
    form={"enum": ["metadata", "label", "table", "sentence", "prose", "recipe", "section", "results", "code", "file"]},
    path=STRING,
    start=PLACE,
    end=PLACE,
)
ITEM = closed(
    item={"enum": [item.name for item in ITEMS]},
    title=STRING,
    status={"enum": ["states", "not found"]},
    presence_only={"type": "boolean"},
    evidence={"type": "array", "items": EVIDENCE, "maxItems": 3},
    looked_for={"type": "array", "items": STRING, "minItems": 1},
    asked_for_by={"type": "array", "items": closed(text={"enum": list(TEXTS)}, place=STRING), "minItems": 1},
)
SCHEMA = closed(
    schema_version={"const": 1},
    path=STRING,
    outside={"type": ["string", "null"]},
    items={"type": "array", "items": ITEM},
    texts={
        "type": "array",
        "items": closed(text=STRING, name=STRING, source=STRING, addressed_to=STRING, read=STRING),
    },
    note={"const": NOTE},
)
WHOLE = card_of(
    "\n\n".join(dict.fromkeys(body for _, _, body, _ in STATED)), "license: mit\ndatasets: [coastlab/hoots]\n"
)


def test_the_json_keeps_its_contract():
    for card in (WHOLE, card_of("")):
        answer = json.loads(disclose_json(card))
        Draft202012Validator(SCHEMA).validate(answer)
        assert [item["item"] for item in answer["items"]] == [item.name for item in ITEMS]
        for item in answer["items"]:
            assert (item["status"] == "states") == bool(item["evidence"])
            for evidence in item["evidence"]:
                assert evidence["start"]["offset"] < evidence["end"]["offset"] <= len(card.original.text)


def test_places_are_those_of_the_words():
    card = card_of("Training took 1,200 **H100** GPU hours.")
    (compute,) = [each for each in take_inventory(card).entries if each.item.name == "training-compute"]
    assert card.source.slice(compute.evidence[0].span) == "1,200 **H100** GPU hours"


def test_the_output_judges_nothing():
    for card in (WHOLE, card_of("")):
        for text in (disclose_picture(card, width=100, color=False, unicode=True), disclose_markdown(card)):
            assert not FORBIDDEN.search(text)
            assert " ".join(text.split()).count(NOTE) == 1
            assert ("not found" in text.lower()) == (card is not WHOLE)
            assert "asked for by" in text
            assert "presence only" in text or card is not WHOLE


def test_every_text_is_asked_something_and_has_a_date():
    assert {request.text for item in ITEMS for request in item.asked_by} == set(TEXTS)
    assert all(re.fullmatch(r"20\d\d-[01]\d-[0-3]\d", text.read) for text in TEXTS.values())


@pytest.mark.parametrize("width", [40, 80, 120, 300])
def test_the_picture_fits(width):
    drawn = disclose_picture(WHOLE, width=width, color=False, unicode=True)
    assert max(cell_len(line) for line in drawn.splitlines()) <= min(width, 120)
    assert "\x1b" not in drawn
    assert "\x1b" in disclose_picture(WHOLE, width=width, color=True, unicode=True)
    assert disclose_picture(card_of(""), width=width, color=False, unicode=False).isascii()


def test_secrets_are_hidden():
    token = "hf_" + "KqWzRtYpLm" * 3 + "Hsdf"  # put together here, so that no scanner takes it for one
    card = card_of(f"## Limitations {token}\n\nMany.")
    for text in (
        disclose_json(card),
        disclose_markdown(card),
        disclose_picture(card, width=120, color=False, unicode=True),
    ):
        assert token not in text


@pytest.mark.parametrize("output_format", ["text", "json", "markdown"])
def test_the_command_writes_every_format(output_format, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    result = CliRunner().invoke(app, ["disclose", "-", "--output-format", output_format], input=WHOLE.original.text)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "context length" in result.stdout


def test_a_folder_is_no_card(tmp_path):
    result = CliRunner().invoke(app, ["disclose", str(tmp_path)])
    assert result.exit_code == 2
    assert "takes one card" in result.stderr


@pytest.mark.parametrize("k", [pytest.param(100, id="small"), pytest.param(1_000, id="large", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_card_has_an_inventory(name, k, monkeypatch):
    monkeypatch.setattr(inventory, "reason_outside", lambda _: None)
    card = parse(Source("README.md", HOSTILE[name](k)))
    taken = take_inventory(card)
    assert taken.reason is None
    for entry in taken.entries:
        for evidence in entry.evidence:
            assert 0 <= evidence.span.start <= evidence.span.end <= len(card.source.text)


BODIES = st.lists(
    st.one_of(
        st.sampled_from([f"{body}\n\n" for _, _, body, _ in STATED] + [body for _, _, body in NOT_STATED]),
        st.text(max_size=9),
    ),
    max_size=8,
).map("".join)


@settings(max_examples=examples(60), deadline=None)
@given(BODIES)
def test_any_text_has_an_inventory(body):
    card = card_of(body)
    Draft202012Validator(SCHEMA).validate(json.loads(disclose_json(card)))
    disclose_markdown(card)


def test_the_page_lists_every_item_and_text():
    page = (Path(__file__).parents[1] / "docs" / "disclosure.md").read_text("utf-8")
    for item in ITEMS:
        presence = " (presence only)" if item.presence_only else ""
        assert f"| {item.title} | {', '.join(item.looked_for)}{presence} | " in page
    for text in TEXTS.values():
        assert f"| {text.name} | {text.source} | {text.addressed_to} | {text.read} |" in page
