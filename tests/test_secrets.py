"""Secrets of a card: no output, of whatever command, format or file, has more than their first characters."""

import json
import re

import pytest
from test_undecodable import commands_with_cards
from typer.testing import CliRunner

from cardlint.cli.app import app
from cardlint.fixing.patch import NOT_APPLICABLE
from cardlint.linting.results import Secret
from cardlint.reporters.masking import Mask
from cardlint.source import Source, Span

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
