"""The documentation is rendered whole, and says of the JSON what the JSON is."""

import json
import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from cardlint.registry import load_rules

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def tool():
    path = list(sys.path)
    yield runpy.run_path(str(ROOT / "tools/build_docs.py"))
    sys.path[:] = path


@pytest.fixture(scope="module")
def built(tool, tmp_path_factory):
    folder = tmp_path_factory.mktemp("build")
    tool["write"](folder)
    return folder


def _named(nav):
    for entry in nav:
        for value in [entry] if isinstance(entry, str) else entry.values():
            if isinstance(value, str):
                yield value
            else:
                yield from _named(value)


def test_every_page_is_there_and_in_its_place(built):
    found = {path.relative_to(built / "docs").as_posix() for path in (built / "docs").rglob("*.md")}
    settings = tomllib.loads((built / "zensical.toml").read_text("utf-8"))
    assert sorted(_named(settings["project"]["nav"])) == sorted(found)
    assert {f"rules/{rule.name}.md" for rule in load_rules().values() if rule.package == "cardlint"} <= found


def test_links_between_pages_lead_somewhere(built):
    for page in (built / "docs").rglob("*.md"):
        text = re.sub(r"^(````*)[^`].*?^\1`*$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        for target in re.findall(r"\]\((?!https?:)([^)#\s]+)", re.sub(r"`+[^`]*`+", "", text)):
            assert (page.parent / target).is_file(), f"{page.name}: {target}"


def test_every_option_of_the_command_line_is_named(built):
    commands = (built / "docs/commands.md").read_text("utf-8")
    for option in ("[PATHS]...", "--select", "--unsafe-fixes", "--stdin-filename", "--schema", "--all-markdown"):
        assert f"`{option}`" in commands


def _shape(value):
    if isinstance(value, dict):
        return {key: _shape(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_shape(value[0])] if value else []
    return type(value).__name__


def test_the_json_is_as_it_is_described(tmp_path):
    text = (ROOT / "docs/output.md").read_text("utf-8")
    described = json.loads(re.search(r"```json\n(.*?)```", text, re.DOTALL)[1])
    card = (ROOT / "fixtures/contradicting/README.md").read_bytes()
    (tmp_path / "README.md").write_bytes(card)
    command = ["check", "README.md", "gone/README.md", "--select", "metric-mismatch", "--output-format", "json"]
    done = subprocess.run(
        [sys.executable, "-m", "cardlint", *command], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    report = json.loads(done.stdout)
    assert list(report) == list(described)
    assert _shape(report) == _shape(described)


def test_the_parsed_card_has_the_keys_that_are_described(tmp_path):
    text = (ROOT / "docs/output.md").read_text("utf-8")
    part = text.partition("## The parsed card")[2].partition("\n## ")[0]
    done = subprocess.run(
        [sys.executable, "-m", "cardlint", "show", "fixtures/contradicting/README.md", "--output-format", "json"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    described = re.findall(r"^\| `(\w+)`", part, re.MULTILINE)
    assert {"schema_version", "path", *described} == set(json.loads(done.stdout))


def test_a_site_is_made_of_it(built):
    pytest.importorskip("zensical")
    subprocess.run([sys.executable, "-m", "zensical", "build"], cwd=built, check=True, capture_output=True)
    assert (built / "site/rules/metric-mismatch/index.html").is_file()
