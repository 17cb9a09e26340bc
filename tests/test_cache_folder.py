"""A cache folder with something else in place of entries: each is no entry, and nothing waits."""

import os
import subprocess
import sys

import pytest

from cardlint.run.cache import why_refused

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


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system keeps the folders of users apart")
@pytest.mark.parametrize("mode", [0o700, 0o755, 0o770, 0o777, 0o1777])
def test_a_folder_that_others_can_write_is_not_used(mode, tmp_path):
    cache = tmp_path / "cache"
    cache.mkdir()
    cache.chmod(mode)
    (tmp_path / "README.md").write_text(CARD)
    environment = os.environ | {"CARDLINT_CACHE_DIR": str(cache)}

    def check(*more):
        command = [sys.executable, "-m", "cardlint", "check", "--isolated", "README.md", *more]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)

    is_refused = bool(mode & 0o022)
    run = check()
    assert run.returncode == 1
    assert (f"note: the cache folder {cache} is not used: others can write it" in run.stderr) == is_refused
    assert (not list(cache.iterdir())) == is_refused
    assert "cache" not in check("--no-cache").stderr + check("--quiet").stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives folders away")
def test_a_folder_of_another_user_is_not_used(tmp_path):
    os.chown(tmp_path, 12345, -1)
    assert why_refused(str(tmp_path)) == "it belongs to another user"
    os.chown(tmp_path, 0, -1)
    assert why_refused(str(tmp_path)) == ""
    assert why_refused(str(tmp_path / "missing")) == ""
