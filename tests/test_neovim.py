"""The language server in a real editor, where there is one: Neovim, without a screen."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NEOVIM = shutil.which("nvim")
SCRIPT = Path(__file__).parent / "data/editor.lua"
CARD = (
    "---\nlicense: mit\nlicense: mit\npipeline_tag: audio-classification\nlibrary_name: transformers\n---\n"
    "\n# Owl\n\nTells owls apart. It is meant for woods.\n"
)


def version_of_neovim():
    """The version as numbers, or none without Neovim."""
    if NEOVIM is None:
        return ()
    shown = subprocess.run([NEOVIM, "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(map(int, re.search(r"v(\d+)\.(\d+)", shown).groups()))


@pytest.mark.skipif(os.name == "nt", reason="the command is a shell script")
@pytest.mark.skipif(version_of_neovim() < (0, 11), reason="Neovim 0.11 is not installed")
def test_the_documented_settings_start_the_server(tmp_path):
    page = (Path(__file__).parents[1] / "docs/editors.md").read_text("utf-8")
    settings = re.search(r"```lua\n(.+?)```", page, re.DOTALL)[1]
    (tmp_path / "init.lua").write_text(settings, "utf-8")
    command = tmp_path / "bin/cardlint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cardlint "$@"\n', "utf-8")
    command.chmod(0o755)
    (tmp_path / "README.md").write_text(CARD, "utf-8")
    (tmp_path / ".git").mkdir()
    wait = "lua assert(vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end, 50))"
    show = "lua io.stdout:write(vim.diagnostic.get(0)[1].code)"
    done = subprocess.run(
        [NEOVIM, "--headless", "-u", "init.lua", "-n", "README.md", "-c", wait, "-c", show, "-c", "qall!"],
        cwd=tmp_path,
        env={**os.environ, **homes(tmp_path), "PATH": os.pathsep.join([str(command.parent), os.environ["PATH"]])},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.stdout == "duplicate-key", done.stderr


def homes(folder):
    """The folders of the user, in a folder of the test."""
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")
    return {name: str(folder / "home") for name in names}


@pytest.mark.skipif(NEOVIM is None, reason="Neovim is not installed")
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_neovim_shows_and_mends(tmp_path, end):
    (tmp_path / "README.md").write_bytes(CARD.replace("\n", end).encode())
    done = subprocess.run(
        [NEOVIM, "--headless", "-u", "NONE", "-n", "-c", f"luafile {SCRIPT}", "-c", "cquit"],
        cwd=tmp_path,
        env={**os.environ, **homes(tmp_path), "SERVER": sys.executable},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    about = "**error** `duplicate-key`: duplicate key `license`, so the Hub refuses the card"
    assert done.stdout.splitlines()[:3] == ["found duplicate-key", "text license", f"page {about}"]
    fixed = CARD.replace("license: mit\n", "", 1).replace("\n", end)
    assert (tmp_path / "README.md").read_bytes() == fixed.encode()
