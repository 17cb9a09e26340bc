"""Secrets of a card: no output, of whatever command, format or file, has more than their first characters.

Names of files and folders that have secrets are masked in all text for people. Formats for programs have their paths
as they are, since a program opens the file by it, and nothing else of them.
"""

import json
import random
import re
from pathlib import Path
from re import _constants as kinds
from re import _parser

import pytest
from test_expressions import Sampler, spelled
from test_undecodable import commands_with_cards
from typer.testing import CliRunner

from cardlint.card.text.secrets import find_secrets
from cardlint.cli.app import app
from cardlint.fixing.patch import NOT_APPLICABLE
from cardlint.linting.results import Secret
from cardlint.reporters.masking import Mask, masked
from cardlint.source import Source, Span
from cardlint.vocabulary.secret_shapes import SHAPES

BODY = "ZkQmWfTbVyRhLuXsPdNgEaCjBiKoYtMxqJ"
TOKEN = "h" + "f_" + BODY
ESCAPED = TOKEN.replace("_", "\\_", 1)
CARDS = {
    "text": f"# T\n\n{TOKEN}\n",
    "escaped": f"# T {ESCAPED}\n\n[a](b#{ESCAPED})\n",
    "in emphasis": f"# T\n\n__{TOKEN}__ *{TOKEN}*\n",
    "label of a result": f"# T\n\nIt achieves the following results on the evaluation set:\n- {TOKEN}: 0.5\n",
    "name of a metric": "---\nmodel-index:\n- name: T\n  results:\n  - task: {type: a}\n    dataset: {type: b}\n"
    f"    metrics:\n    - {{type: {TOKEN}, value: 0.5, name: {TOKEN}}}\n---\n# T\n\n| Metric | Value |\n|---|---|\n"
    f"| {TOKEN} | 0.6 |\n",
    "key": f"---\n{TOKEN}: a\n{TOKEN}: a\nlicense: {TOKEN}\nbase_model: {TOKEN}/{TOKEN}\n---\n# {TOKEN}\n",
    "tag": f"---\nlicense: mit\nlicense: mit\ntags:\n- {TOKEN}\n- {TOKEN}\n- {TOKEN.upper()}\n---\n# T\n",
    "lost lines": f"--- license: mit tags: - {TOKEN} --- # T ## Part {TOKEN} ## Other {TOKEN}\n",
    "heading without a space": f"#{TOKEN}\n\n##{TOKEN} a\n",
    "link": f"# T\n\n[a](https://huggingface.co/a/b?t={TOKEN}) [b](#{TOKEN}) [c]({TOKEN}.md)\n",
    "not YAML": f"---\na: b: {TOKEN}\nc: {{{TOKEN}\n---\n# T\n",
}


def shown(text):
    """Return every longer part of the secret in an output, in any case and spelling."""
    letters = re.sub(r"[^0-9a-z]", "", re.sub(r"\\\\u[0-9a-f]{4}|%5f|%5c", "", text.lower()))
    return [part for part in (BODY.lower()[start : start + 8] for start in range(12, 20)) if part in letters]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "cards").mkdir()
    for name, text in CARDS.items():
        (tmp_path / "cards" / f"{name}.md").write_text(text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("CARDLINT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


def printed(arguments):
    for path in ["cards"] if arguments[0] == "check" else [f"cards/{name}.md" for name in CARDS]:
        more = ["--all-markdown"] if arguments[0] == "check" else []
        result = CliRunner().invoke(app, [*arguments, *more, path])
        yield (result.stdout_bytes + result.stderr_bytes).decode("utf-8", "replace")


@pytest.mark.parametrize("arguments", list(commands_with_cards()), ids=" ".join)
def test_every_command_and_format(arguments, folder, monkeypatch):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary.txt"))
    for output in printed(arguments):
        assert shown(output) == []
    for path in folder.rglob("*"):
        if path.is_file() and path.parent.name != "cards":
            assert shown(path.read_text("utf-8", "replace")) == [], path


NAMED = (
    "---\nlicense: mit\nlicense: mit\nbase_model: a/b\n---\n#T\n\n[a](data)\n\n## Metrics\n\n"
    "| Metric | Value |\n|---|---|\n| accuracy | 0.5 |\n"
)
RESULT = "- dataset: {id: a/b, task_id: c}\n  value: 0.6\n  date: no\n"
PATH_KEYS = {"path", "uri", "file", "from", "root"}
OF_PROGRAMS = {"json", "jsonl", "sarif", "gitlab", "rdjson"}


@pytest.fixture
def named(folder):
    """A folder whose names have a secret: of the folder, the card, a file beside it, and the configuration's folder."""
    for name in CARDS:
        (folder / "cards" / f"{name}.md").unlink()
    model = folder / "cards" / TOKEN
    (model / ".eval_results").mkdir(parents=True)
    (model / "README.md").write_text(NAMED)
    (model / f"{TOKEN}.md").write_text(NAMED)
    (model / f"{TOKEN}.safetensors").touch()
    (model / "adapter_config.json").write_text('{"base_model_name_or_path": "c/d"}')
    (model / ".eval_results" / f"{TOKEN}.yaml").write_text(RESULT)
    broken = folder / "cards" / f"broken {TOKEN}"
    broken.mkdir()
    (broken / "README.md").write_text(NAMED)
    (broken / "cardlint.toml").write_text(f'select = ["{TOKEN}"]\n')
    return folder


def without_paths(value):
    """Return the data of a report without the paths in it, and the paths."""
    match value:
        case dict():
            pairs = {key: without_paths(each) for key, each in value.items() if key not in PATH_KEYS}
            own = [each for key, each in value.items() if key in PATH_KEYS and isinstance(each, str)]
            own += [path for _, found in pairs.values() for path in found]
            return {key: rest for key, (rest, _) in pairs.items()}, own
        case list():
            pairs = list(map(without_paths, value))
            return [rest for rest, _ in pairs], [path for _, found in pairs for path in found]
    return value, []


def data_of(output, style):
    lines = output.splitlines() if style == "jsonl" else [output]
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("arguments", list(commands_with_cards()), ids=" ".join)
def test_names_with_a_secret(arguments, named, monkeypatch):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(named / "summary.txt"))
    style = arguments[-1] if "--output-format" in arguments else ""
    many = arguments[0] == "check"
    for path in ["cards"] if many else [f"cards/{TOKEN}/README.md", f"cards/{TOKEN}/{TOKEN}.md", f"no {TOKEN}"]:
        result = CliRunner().invoke(app, [*arguments, *(["--all-markdown"] if many else []), path])
        assert shown(result.stderr) == []
        output = result.stdout_bytes.decode("utf-8", "replace")
        if style in OF_PROGRAMS and output:
            rest, paths = without_paths(data_of(output, style))
            assert shown(json.dumps(rest)) == []
            assert any(TOKEN in path and Path(path).is_file() for path in paths)
        elif style == "github":
            assert TOKEN in output
            assert shown(re.sub(r"(?<=[ ,])file=[^,:]*", "", output)) == []
        else:
            assert shown(output) == []
    for file in named.rglob("*"):
        if file.is_file() and "cards" not in file.relative_to(named).parts:
            text = file.read_text("utf-8", "replace")
            if file.suffix == ".json":  # a baseline or report, with the paths of files
                text = json.dumps(without_paths(json.loads(text))[0])
            assert shown(text) == [], file


@pytest.mark.parametrize(
    "arguments",
    [
        *(["check", *more] for more in (["--show-files", "."], ["--verbose", "."], [f"no-{TOKEN}"])),
        *(["check", f"--{name}", TOKEN, "."] for name in ("select", "jobs", "since", "exclude", "config")),
        *(["check", "--output-file", f"cards/{TOKEN}/README.md", "."], ["check", f"--{TOKEN}"], [TOKEN]),
        *([command, TOKEN] for command in ("show", "disclose", "suggest", "config", "init")),
        *(["config", f"cards/{name}"] for name in (TOKEN, f"broken {TOKEN}")),
        *(["init", f"cards/{TOKEN}"], ["suggest", f"cards/{TOKEN}"], ["explain", TOKEN]),
        *([command, f"hub:{TOKEN}"] for command in ("check", "show", "suggest")),
    ],
    ids=" ".join,
)
def test_what_is_said_of_names_with_a_secret(arguments, named):
    result = CliRunner().invoke(app, arguments)
    assert shown(result.output) == []


def test_a_baseline_names_its_cards(named):
    arguments = ["check", "--isolated", "--no-cache", "--baseline", f"{TOKEN}.json", "cards"]
    result = CliRunner().invoke(app, [*arguments, "--write-baseline"])
    assert shown(result.output) == []
    assert f"cards/{TOKEN}/README.md" in (named / f"{TOKEN}.json").read_text()
    assert CliRunner().invoke(app, arguments).exit_code == 0


def test_nothing_is_kept_of_names_with_a_secret(named):
    for _ in range(2):
        CliRunner().invoke(app, ["check", "--all-markdown", "cards"])
    entries = [path.read_bytes().decode("latin-1") for path in (named / "cache").rglob("*") if path.is_file()]
    assert shown("".join(entries)) == []


# A private key, the last shape, has several lines.
@pytest.mark.parametrize("shape", SHAPES[:-1], ids=lambda shape: f"{shape.marks[0]} {shape.what}")
def test_a_name_may_have_a_secret_of_any_shape(shape):
    chance = random.Random(shape.what)
    for _ in range(500):
        secret = chance.choice(shape.marks) + sampled(shape.body, chance)
        if [found.text for found in find_secrets(secret)] == [secret]:
            assert masked(f"a/{secret}.md") == f"a/{secret[:6]}{re.sub('.', '*', secret[6:])}.md"
            return
    pytest.fail("no example")


def sampled(expression, chance):
    """Return a text of varied letters and digits that an expression matches."""
    return Sampled(chance).text(_parser.parse(expression))


class Sampled(Sampler):
    """Draws from all members of a class, not only from its edges."""

    def part(self, kind, value):
        if kind is kinds.IN:
            pattern = re.compile("[" + "".join(map(spelled, value)) + "]")
            return self.chance.choice([each for each in map(chr, range(32, 127)) if pattern.match(each)])
        return super().part(kind, value)


def test_the_keys_of_the_parsed_card(folder):
    text = f"# T\n\nThe following hyperparameters were used during training:\n- {TOKEN}: 0.1\n- path: {TOKEN}\n"
    (folder / "a.md").write_text(text)
    for style in ("text", "json"):
        assert shown(CliRunner().invoke(app, ["show", "--output-format", style, "a.md"]).output) == []


def test_a_patch_is_exact_elsewhere(folder):
    text = "---\nlicense: mit\nlicense: mit\n---\n# T\n\n" + "a\n" * 20 + f"##Part {TOKEN}\n\n[a](b)\n"
    for name in CARDS:
        (folder / "cards" / f"{name}.md").unlink()
    (folder / "cards" / "a.md").write_text(text)
    (output,) = printed(["check", "--diff"])
    first, second = output.split(NOT_APPLICABLE)
    assert "-license: mit" in first
    assert "+## Part h" + "f_ZkQ***" in second
    assert shown(output) == []


def test_a_fix_with_a_secret_is_not_passed_on(folder):
    for name in ("json", "jsonl"):
        (output,) = printed(["check", "--no-cache", "--output-format", name])
        findings = json.loads(output)["findings"] if name == "json" else map(json.loads, output.splitlines())
        edits = [edit["text"] for finding in findings if finding["fix"] for edit in finding["fix"]["edits"]]
        assert not [text for text in edits if "*" in text or "\ufffd" in text]


def test_what_arrow_gets(folder):
    pytest.importorskip("pyarrow")
    import pyarrow as pa

    from cardlint.corpus import lint_batch

    rows = lint_batch(pa.table({"id": list(CARDS), "text": list(CARDS.values())}))
    assert shown(json.dumps(rows.to_pylist(), default=str)) == []
    assert any(row["claims"] for row in rows.to_pylist())


@pytest.mark.parametrize("text", [TOKEN, TOKEN.lower(), TOKEN.upper(), ESCAPED, TOKEN.replace("_", "-"), f"x{TOKEN}x"])
def test_every_spelling_is_masked(text):
    mask = Mask([Secret("a", Span(0, len(TOKEN)), TOKEN)])
    covered = mask.text(f"é {text} İ {text}")
    assert shown(covered) == []
    assert len(covered) == len(f"é {text} İ {text}")
    assert covered.startswith(f"é {text[:4]}")
    source = Source("b", f"{text} and {text}")
    assert shown(mask.slice(source, Span(0, len(source.text)))) == []
