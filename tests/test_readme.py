"""README shows what there is: its picture, its examples, and the commands that CI runs."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def drawing():
    return runpy.run_path(str(ROOT / "tools/draw_picture.py"))


@pytest.mark.skipif(os.name == "nt", reason="there is no terminal that a program can be")
def test_the_picture_shows_what_is_said_today():
    tool = drawing()
    shown = tool["PICTURE"].read_text("utf-8")
    assert tool["words"](shown), "no text in the picture"
    assert tool["words"](shown) == tool["words"](tool["picture"]()), "run `python tools/draw_picture.py`"


def test_the_picture_fetches_nothing():
    svg = drawing()["PICTURE"].read_text("utf-8")
    assert "url(http" not in svg
    assert "@import" not in svg


def test_the_examples_are_what_is_found_in_the_fixtures(tmp_path):
    examples = re.findall(r"^```text\n(.*)\n```$", README, re.MULTILINE)
    command = [sys.executable, "-m", "cardlint", "check", "fixtures", "--output-format", "concise"]
    environment = os.environ | {"CARDLINT_CACHE_DIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False, encoding="utf-8")
    found = done.stdout.splitlines()
    assert len(examples) == 7
    for example in examples:
        place = example.partition("]")[0]
        assert example in found, f"found instead: {[line for line in found if line.startswith(place)]}"


def command(marker):
    """The one-line command behind a marker."""
    (found,) = re.findall(rf"^<!-- ci: {marker} -->\n```sh\n(.+)\n```$", README, re.MULTILINE)
    return found


def test_the_commands_set_up_an_environment_each():
    set_up = "python3 -m venv .venv && .venv/bin/python -m pip install -q"
    assert command("lint") == f"{set_up} . && .venv/bin/cardlint check fixtures"
    assert re.fullmatch(re.escape(set_up) + r" '\.\[[\w-]+\]' && \.venv/bin/pytest", command("tests"))


@pytest.mark.skipif(not (ROOT / ".ci/run").exists(), reason="this is not the whole checkout")
def test_ci_runs_the_command_for_the_tests():
    script = (ROOT / ".ci/run").read_text("utf-8")
    expression = re.search(r're\.search\(r"(.+?)", text\)', script)[1].replace("\\n", "\n")
    assert re.search(expression, README)[1] == command("tests")
    extras = re.search(r"'\.\[[\w-]+\]'", command("tests"))[0]
    assert f"pip install {extras}\n      - run: python -m pytest" in (ROOT / ".github/workflows/ci.yml").read_text()
