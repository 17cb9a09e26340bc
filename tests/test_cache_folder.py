"""A cache folder with something else in place of entries: each is no entry, and nothing waits."""

import os
import subprocess
import sys

import pytest

CARD = "---\nlicense: mit\nlicense: mit\n---\n# T\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
@pytest.mark.parametrize("kind", ["pipe", "folder", "empty", "noise", "device"])
def test_what_is_no_entry(kind, tmp_path):
    (tmp_path / "README.md").write_text(CARD)
    environment = os.environ | {"CARDLINT_CACHE_DIR": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "cardlint", "check", "--isolated", "README.md"]

    def check():
        return subprocess.run(command, capture_output=True, check=False, cwd=tmp_path, env=environment, timeout=60)

    first = check()
    assert first.returncode == 1
    entries = [path for path in (tmp_path / "cache").rglob("*") if path.is_file() and path.name != "CACHEDIR.TAG"]
    for path in entries:
        path.unlink()
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "folder":
            path.mkdir()
        elif kind == "device":
            path.symlink_to("/dev/zero")
        else:
            path.write_bytes(b"noise" * 1000 if kind == "noise" else b"")
    second = check()
    assert (second.returncode, second.stdout, second.stderr) == (1, first.stdout, b"")
