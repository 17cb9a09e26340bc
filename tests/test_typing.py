"""The types of the public API: mypy and pyright accept a plugin as people write one, and refuse mistakes in it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLUGIN = ROOT / "tests" / "plugin"
MISTAKE = "# mistake"

# What an author may write, beside the plugin: a test of the rule, and the Python API.
RIGHT = """
from pathlib import Path

from house_rules import loud_word

from cardlint import Finding, Folder, Rule, lint, load_rules, parse, read
from cardlint.testing import check_rule


def messages(path: Path) -> list[str]:
    card = parse(read(path.read_bytes(), str(path)), Folder(path.parent))
    places = [finding.source.position(finding.span.start).line for finding in lint(card).findings]
    known: dict[str, Rule] = load_rules()
    findings: list[Finding] = check_rule(loud_word, "# Owl", options={"word": "Owl"})
    return [*known, *map(str, places), *(finding.message for finding in findings), *(s.title for s in card.sections)]
"""

WRONG = f"""
from collections.abc import Iterator

from cardlint import Card, Problem, Severity, Span, lint, parse, rule
from cardlint.testing import check_rule


@rule(severity="warning")  {MISTAKE}
def severity_as_text(card: Card) -> Iterator[Problem]:
    yield Problem(Span(0, 1), "text")


@rule(severity=Severity.NOTE)
def wrong_parts(card: Card) -> Iterator[Problem]:
    yield Problem((0, 1), "text")  {MISTAKE}
    yield Problem(Span(0, 1), 3)  {MISTAKE}
    yield Span(0, 1)  {MISTAKE}
    card.no_such_view  {MISTAKE}


parse("# Owl")  {MISTAKE}
lint("# Owl")  {MISTAKE}
check_rule(wrong_parts, 3)  {MISTAKE}
"""


def checker(name):
    """Return the command of a type checker beside this Python or on the path; skip the test if it cannot run."""
    found = shutil.which(name, path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if found is None or subprocess.run([found, "--version"], capture_output=True, check=False).returncode:
        pytest.skip(f"{name} cannot run here")
    return found


@pytest.fixture
def written(tmp_path):
    """Write the plugin and further files, and return their folder."""
    for file in PLUGIN.glob("*.py"):
        shutil.copy(file, tmp_path)
    (tmp_path / "right.py").write_text(RIGHT, "utf-8")
    (tmp_path / "wrong.py").write_text(WRONG, "utf-8")
    return tmp_path


def mypy_errors(folder):
    # no configuration; MYPYPATH makes it read this checkout, even if a copy is installed
    options = ["--strict", "--config-file=", f"--cache-dir={folder / 'cache'}", "."]
    done = subprocess.run(
        [checker("mypy"), f"--python-executable={sys.executable}", *options],
        cwd=folder,
        env=os.environ | {"MYPYPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    return [
        (Path(file).name, int(line)) for file, line in re.findall(r"^(.+?):(\d+): error", done.stdout, re.MULTILINE)
    ]


def pyright_errors(folder):
    settings = {"typeCheckingMode": "strict", "extraPaths": [str(ROOT)], "reportUnusedExpression": False}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    done = subprocess.run(
        [checker("pyright"), "--outputjson", f"--pythonpath={sys.executable}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stdout)["generalDiagnostics"]
    return [(Path(each["file"]).name, each["range"]["start"]["line"] + 1) for each in found]


@pytest.mark.slow
@pytest.mark.parametrize("errors_of", [mypy_errors, pyright_errors])
def test_a_plugin_is_accepted_and_mistakes_in_one_are_refused(written, errors_of):
    mistakes = {("wrong.py", number) for number, line in enumerate(WRONG.splitlines(), 1) if line.endswith(MISTAKE)}
    assert len(mistakes) == WRONG.count(MISTAKE)
    assert set(errors_of(written)) == mistakes
