"""The language server in a real editor, where there is one: Neovim, without a screen."""

import os
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


@pytest.mark.skipif(NEOVIM is None, reason="Neovim is not installed")
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_neovim_shows_and_mends(tmp_path, end):
    (tmp_path / "README.md").write_bytes(CARD.replace("\n", end).encode())
    homes = {name: str(tmp_path / "home") for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")}
    done = subprocess.run(
        [NEOVIM, "--headless", "-u", "NONE", "-n", "-c", f"luafile {SCRIPT}", "-c", "cquit"],
        cwd=tmp_path,
        env={**os.environ, **homes, "SERVER": sys.executable},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:3] == ["found duplicate-key", "text license", "page # `duplicate-key`"]
    fixed = CARD.replace("license: mit\n", "", 1).replace("\n", end)
    assert (tmp_path / "README.md").read_bytes() == fixed.encode()
