"""What README shows is what there is: its picture, its table of rules, the names in it."""

import os
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def tool(name):
    return runpy.run_path(str(ROOT / "tools" / f"{name}.py"))


def test_the_table_of_rules_is_not_behind_the_rules():
    table = tool("rules_table")
    assert table["BEGIN"] in README
    assert table["with_table"](README) == README, "run `python tools/rules_table.py`"


@pytest.mark.skipif(os.name == "nt", reason="there is no terminal that a program can be")
def test_the_picture_shows_what_is_said_today():
    drawing = tool("draw_picture")
    shown = drawing["PICTURE"].read_text("utf-8")
    assert drawing["words"](shown), "no text in the picture"
    assert drawing["words"](shown) == drawing["words"](drawing["picture"]()), "run `python tools/draw_picture.py`"


def test_the_picture_fetches_nothing():
    svg = tool("draw_picture")["PICTURE"].read_text("utf-8")
    assert "url(http" not in svg
    assert "@import" not in svg


def test_every_command_is_named():
    from cardlint.cli.app import COMMANDS

    for command in COMMANDS:
        assert f"`cardlint {command}" in README
