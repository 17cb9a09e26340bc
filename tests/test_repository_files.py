"""The files beside a card: read with limits, no witness if they are odd, and compared at the digits that are shown."""

import json
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from cardlint.card.card import parse
from cardlint.card.repository.files import LONG, SHORT, Files
from cardlint.card.repository.weights import count_parameters
from cardlint.cli.app import app
from cardlint.config.selection import ActiveRule
from cardlint.linting.linter import lint
from cardlint.registry import load_rules
from cardlint.source import LARGEST_FILE, Folder, read

RULES = load_rules()
OF_REPOSITORY = [name for name, rule in RULES.items() if rule.info.group == "repository"]
READERS = [
    *OF_REPOSITORY,
    *("missing-base-model", "missing-library", "missing-license", "license-mismatch", "dataset-mismatch"),
    *("name-mismatch", "results-not-last-row", "inconsistent-steps"),
]
NAMES = [
    *("eval_results.json", "all_results.json", "trainer_state.json", "meta.json", "results.json", "config.json"),
    *("adapter_config.json", "modules.json", "sentence_bert_config.json", "1_Pooling/config.json", "LICENSE"),
    *("config_sentence_transformers.json", "config_setfit.json", "model_index.json", "mergekit_config.yml"),
    *("model.safetensors.index.json", "model.safetensors", "tokenizer_config.json", "train_config.json"),
]
CARD = """---
license: apache-2.0
library_name: peft
base_model: coastlab/lighthouse
datasets: [coastlab/ships]
model_name: act
tags: [act]
---

# Owl 7B

This model is a fine-tuned version of [coastlab/lighthouse](https://huggingface.co/coastlab/lighthouse).
It achieves the following results on the evaluation set:
- Loss: 0.5511
- Accuracy: 0.8342

| Training Loss | Epoch | Step | Validation Loss | Accuracy |
|:-------------:|:-----:|:----:|:---------------:|:--------:|
| 0.6103        | 1.0   | 250  | 0.5893          | 0.8125   |
| 0.5207        | 2.0   | 500  | 0.5511          | 0.8342   |
| 0.4718        | 3.0   | 150  | 0.5630          | 0.8301   |

- LoRA rank: 8
- Maximum Sequence Length: 512 tokens
- Output Dimensionality: 768 dimensions
- Number of Classes: 4 classes

```python
tokenizer = AutoTokenizer.from_pretrained("coastlab/owl-7b")
text = tokenizer.apply_chat_template(messages)
path = hf_hub_download("coastlab/owl-7b", filename="owl.pt")
```
"""


class Beside(Folder):
    """A folder whose files are given."""

    def __init__(self, files):
        super().__init__(None)
        self._files = files

    def _has(self, name):
        return any(each == name or each.startswith(f"{name}/") for each in self._files)

    def _names(self, folder):
        start = "" if folder == "." else f"{folder}/"
        return {each.removeprefix(start).partition("/")[0] for each in self._files if each.startswith(start)}

    def _read(self, name):
        return self._files.get(name)

    def _read_part(self, name, start, size):
        data = self._files.get(name)
        return None if data is None else data[start:][:size]


def findings(card, files, names=READERS, path="README.md"):
    rules = [
        ActiveRule(RULES[name], {key: each.default for key, each in RULES[name].options.items()}, None)
        for name in names
    ]
    result = lint(parse(read(card.encode(), path), Beside(files)), rules, suppressions=False)
    assert not result.bugs, result.bugs[0].message
    return [(finding.rule.name, finding.message) for finding in result.findings]


NUMBERS = st.one_of(st.integers(-(10**30), 10**30), st.floats(), st.booleans(), st.none())
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["LORA", "bert", "coastlab/owls", "checkpoint-250", "sentence_transformers.Pooling", "1_Pooling"]),
)
KEYS = st.sampled_from([
    *("eval_loss", "eval_accuracy", "log_history", "step", "epoch", "best_model_checkpoint", "best_global_step"),
    *("performance", "lang", "name", "version", "ents_f", "mean_reward", "std_reward", "architectures", "model_type"),
    *("peft_type", "base_model_name_or_path", "r", "lora_alpha", "rank_pattern", "type", "path", "max_seq_length"),
    *("word_embedding_dimension", "pooling_mode_mean_tokens", "labels", "normalize_embeddings", "id2label"),
    *("_class_name", "_diffusers_version", "metadata", "total_size", "torch_dtype", "dataset", "policy", "repo_id"),
])  # fmt: skip
VALUES = st.recursive(
    st.one_of(NUMBERS, TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=6)),
    max_leaves=12,
)


@settings(max_examples=examples(150), deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), st.one_of(VALUES.map(json.dumps), st.text(max_size=40)), max_size=6))
def test_no_content_of_a_file_is_an_error(files):
    findings(CARD, {name: text.encode("utf-8", "surrogatepass") for name, text in files.items()})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"[" * 200_000, id="deep"),
        pytest.param(b'{"eval_loss": ' + b"9" * 5000 + b"}", id="long integer"),
        pytest.param(b'{"eval_loss": 1e999999999, "eval_accuracy": -1E-99999999999}', id="exponent"),
        pytest.param(b'{"eval_loss": NaN, "eval_accuracy": Infinity}', id="not a number"),
        pytest.param(b"\xff\xfe\x00\xd8", id="bytes"),
        pytest.param(b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n", id="pointer"),
        pytest.param(b"{}", id="nothing"),
        pytest.param(b"null", id="null"),
        pytest.param(b'{"eval_accuracy": 0.1, "x": "' + b"x" * LARGEST_FILE + b'"}', id="large"),
    ],
)
def test_an_odd_file_is_no_witness(name, data):
    without = [(rule, message) for rule, message in findings(CARD, {}) if name not in message]
    found = findings(CARD, {name: data})
    assert [each for each in found if name in each[1] and each[0] != "no-chat-template"] == []
    assert set(without) <= set(found)


def test_a_file_above_the_limit_is_not_read():
    text = json.dumps({"eval_accuracy": 0.5, "eval_loss": 0.5511})
    for name, most in (("eval_results.json", SHORT), ("trainer_state.json", LARGEST_FILE)):
        assert Files(read(b""), Beside({name: b" " * (most - len(text)) + text.encode()})).json(name, most)
        assert not Files(read(b""), Beside({name: b" " * (most - len(text) + 1) + text.encode()})).json(name, most)


def test_the_folder_itself_reads_no_large_file(tmp_path):
    (tmp_path / "small.json").write_bytes(b"x" * LARGEST_FILE)
    (tmp_path / "large.json").write_bytes(b"x" * (LARGEST_FILE + 1))
    folder = Folder(tmp_path)
    assert folder.read("small.json") is not None
    assert folder.read("large.json") is None
    assert set(folder.opened) == {"small.json", "large.json"}


def test_files_speak_only_for_the_page_of_their_repository():
    files = {"eval_results.json": b'{"eval_accuracy": 0.5, "eval_loss": 0.5511}'}
    assert findings(CARD, files, ["results-file-mismatch"])
    assert findings(CARD, files, ["results-file-mismatch"], "models/owl/readme.md")
    assert not findings(CARD, files, ["results-file-mismatch"], "models/owl/NOTES.md")


def test_a_run_without_the_files_reports_nothing_that_needs_them():
    assert findings(CARD, {}, OF_REPOSITORY) == []


def summary(accuracy):
    return (
        f"# Owls\n\nIt achieves the following results on the evaluation set:\n- Loss: 0.5511\n- Accuracy: {accuracy}\n"
    )


VALUE = st.decimals("0.1", "0.99", places=12, allow_nan=False)


@settings(max_examples=examples(200), deadline=None)
@given(
    VALUE,
    st.integers(2, 9),
    st.sampled_from([ROUND_HALF_EVEN, ROUND_DOWN]),
    st.sampled_from(["{}", "{}%", "**{}**"]),
    st.sampled_from(["eval_results.json", "all_results.json", "test_results.json"]),
)
def test_a_number_agrees_rounded_cut_off_and_in_percent(value, digits, rounding, form, name):
    shown = (value * 100 if "%" in form else value).quantize(Decimal(1).scaleb(-digits), rounding)
    files = {name: f'{{"eval_loss": 0.55107, "eval_accuracy": {value}}}'.encode()}
    assert findings(summary(form.format(shown)), files, ["results-file-mismatch"]) == []


@settings(max_examples=examples(200), deadline=None)
@given(VALUE, st.integers(3, 9), st.integers(1, 40), st.booleans())
def test_a_number_that_is_two_units_away_does_not(value, digits, units, above):
    unit = Decimal(1).scaleb(-digits)
    other = (value + unit * (units + 1) * (1 if above else -1)).quantize(unit)
    files = {"eval_results.json": f'{{"eval_loss": 0.55107, "eval_accuracy": {value}}}'.encode()}
    found = findings(summary(other), files, ["results-file-mismatch"])
    assert len(found) == (other > 0)


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(VALUE, min_size=2, max_size=5), st.data())
def test_any_entry_that_agrees_clears_a_number(values, data):
    right = data.draw(st.sampled_from(values))
    log = [{"step": 100 * at, "eval_loss": 0.55107, "eval_accuracy": float(value)} for at, value in enumerate(values)]
    files = {
        "trainer_state.json": json.dumps({"log_history": log}).encode(),
        "eval_results.json": b'{"eval_loss": 0.55107, "eval_accuracy": 0.01}',
    }
    assert findings(summary(round(right, 4)), files, ["results-file-mismatch"]) == []


# The size of the weights


def safetensors(tensors, *, length=None):
    header = json.dumps(tensors).encode()
    return (len(header) if length is None else length).to_bytes(8, "little") + header + b"\0" * 64


def count(files, config='{"torch_dtype": "bfloat16"}'):
    return count_parameters(Files(read(b""), Beside({"config.json": config.encode(), **files})))


def test_the_header_of_safetensors_has_the_exact_number_of_parameters():
    tensors = {
        "__metadata__": {"format": "pt"},
        "a": {"dtype": "BF16", "shape": [1000, 300], "data_offsets": [0, 1]},
        "b": {"dtype": "F32", "shape": [300], "data_offsets": [1, 2]},
        "positions": {"dtype": "I64", "shape": [1, 512], "data_offsets": [2, 3]},
    }
    size = count({"model.safetensors": safetensors(tensors)}, "{}")
    assert size is not None
    assert (size.parameters, size.source.path) == (300_300, "model.safetensors")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            safetensors({"a": {"dtype": "U8", "shape": [9]}, "b": {"dtype": "BF16", "shape": [9]}}), id="packed"
        ),
        pytest.param(safetensors({"a": {"dtype": "BF16", "shape": ["9"]}}), id="odd shape"),
        pytest.param(safetensors({"a": {"dtype": 1}}), id="odd type"),
        pytest.param(safetensors([1]), id="list"),
        pytest.param(safetensors({}, length=LONG + 1), id="long header"),
        pytest.param(safetensors({}, length=2**63), id="longest header"),
        pytest.param(b"", id="empty"),
        pytest.param(b"\x05", id="cut off"),
    ],
)
def test_weights_that_state_no_number(data):
    assert count({"model.safetensors": data}) is None


@pytest.mark.parametrize("filling", [0, 2_000_000])
@pytest.mark.parametrize("is_first", [True, False])
def test_the_total_of_an_index_is_at_its_start_or_its_end(filling, is_first):
    metadata = '"metadata": {"total_size": 6425499648}'
    weights = f'"weight_map": {{"a": "{"x" * filling}"}}'
    index = f"{{{metadata}, {weights}}}" if is_first else f"{{{weights}, {metadata}}}"
    size = count({"model.safetensors.index.json": index.encode()})
    assert size is not None
    assert size.parameters == 6425499648 // 2


def test_a_pointer_states_the_bytes():
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 6425499648\n"
    size = count({"model.safetensors": pointer})
    assert size is not None
    assert (size.parameters, size.source.position(size.span.start).line) == (6425499648 // 2, 3)
    assert count({"model.safetensors": pointer}, '{"torch_dtype": "int8"}') is None
    assert count({"model.safetensors": pointer}, '{"torch_dtype": "float16", "quantization_config": {}}') is None


def test_parts_of_files_are_recorded(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"0123456789")
    folder = Folder(tmp_path)
    assert folder.read_part("model.safetensors", 2, 3) == b"234"
    assert folder.read_part("model.safetensors", -3, 9) == b"789"
    assert folder.read_part("model.safetensors", -30, 4) == b"0123"
    assert folder.read_part("gone.bin", 0, 4) is None
    assert folder.read_part("../x", 0, 4) is None
    assert list(folder.parts) == [
        ("model.safetensors", 2, 3),
        ("model.safetensors", -3, 9),
        ("model.safetensors", -30, 4),
        ("gone.bin", 0, 4),
        ("../x", 0, 4),
    ]


def test_a_cached_result_does_not_outlive_a_part_of_a_file(tmp_path, monkeypatch):
    monkeypatch.setenv("CARDLINT_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "README.md").write_text("---\nlicense: mit\n---\n\n# Owl 7B\n", "utf-8")
    (tmp_path / "config.json").write_text('{"torch_dtype": "bfloat16"}', "utf-8")
    index = tmp_path / "model.safetensors.index.json"

    def check(total):
        index.write_text(f'{{"metadata": {{"total_size": {total}}}}}', "utf-8")
        arguments = ["check", "--isolated", "--select", "size-mismatch", str(tmp_path / "README.md")]
        return "size-mismatch" in CliRunner().invoke(app, arguments).stdout

    assert [check(total) for total in (13_800_000_000, 6_400_000_000, 13_800_000_000)] == [False, True, False]
