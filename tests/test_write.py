"""Files are written whole or not at all."""

import os
import signal
import stat
import subprocess
import sys
import time

import pytest

from cardlint.files.write import replacing, write_new, write_whole

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def umask():
    before = os.umask(0o027)
    yield
    os.umask(before)


def test_a_file_is_written_and_replaced(tmp_path):
    file = tmp_path / "a"
    for data in (b"one\r\n", b"two"):
        write_whole(file, data)
        assert file.read_bytes() == data
    assert list(tmp_path.iterdir()) == [file]


def test_a_name_without_a_folder_is_in_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_whole("a", b"x")
    assert (tmp_path / "a").read_bytes() == b"x"


def test_a_block_that_fails_leaves_what_was_there(tmp_path):
    file = tmp_path / "a"
    file.write_bytes(b"old")
    with pytest.raises(TypeError), replacing(file) as new:
        new.write("text")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_readers_see_the_old_file_while_the_new_one_is_written(tmp_path):
    file = tmp_path / "a"
    file.write_bytes(b"old")
    with replacing(file) as new:
        new.write(b"new")
        new.flush()
        assert file.read_bytes() == b"old"
    assert file.read_bytes() == b"new"


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "gone" / "a", b"")


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_replaces_nothing(tmp_path, monkeypatch, links):
    if not links:  # as on a file system that has none
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(PermissionError(1, "not permitted")))
    file, other = tmp_path / "a", tmp_path / "b"
    write_new(file, b"one")
    assert file.read_bytes() == b"one"
    with pytest.raises(FileExistsError):
        write_new(file, b"two")
    if sys.platform != "win32":
        other.symlink_to(tmp_path / "outside")
        with pytest.raises(FileExistsError):
            write_new(other, b"two")
        other.unlink()
    assert file.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [file]


@posix
@pytest.mark.usefixtures("umask")
def test_permissions_are_those_of_a_new_file_or_of_the_old_one(tmp_path):
    new, private, old = (tmp_path / name for name in ("new", "private", "old"))
    old.write_bytes(b"")
    old.chmod(0o604)
    write_whole(new, b"x")
    write_whole(private, b"x", private=True)
    write_whole(old, b"x")
    assert [mode(file) for file in (new, private, old)] == [0o640, 0o600, 0o604]


@posix
def test_nobody_reads_a_file_before_it_has_the_permissions_of_the_old_one(tmp_path):
    file = tmp_path / "a"
    file.touch(mode=0o640)
    with replacing(file):
        (temporary,) = tmp_path.glob(".cardlint-*")
        assert mode(temporary) == 0o600


@posix
@pytest.mark.parametrize("kind", ["SIGTERM", "SIGHUP"])
def test_a_fix_that_is_terminated_leaves_no_temporary_file(tmp_path, kind):
    card = tmp_path / "README.md"
    card.write_bytes(b"a\n")
    code = (
        "import os, signal, sys, time\n"
        "from pathlib import Path\n"
        "from cardlint.fixing.writing import write\n"
        "from cardlint.source import Source\n"
        f"os.fsync = lambda _: (os.kill(os.getpid(), signal.{kind}), time.sleep(0.05))\n"
        "write(Path(sys.argv[1]), Source('README.md', 'b\\n'), b'a\\n')\n"
        "time.sleep(60)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, str(card)], check=False, timeout=60)
    assert run.returncode == -getattr(signal, kind)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("README.md", b"b\n")]


@posix
@pytest.mark.parametrize("kind", ["SIGTERM", "SIGHUP"])
def test_a_suggested_card_that_is_terminated_is_complete(tmp_path, kind):
    (tmp_path / "config.json").write_text('{"architectures": ["BertForMaskedLM"], "model_type": "bert"}')
    (tmp_path / "model.safetensors").touch()
    code = (
        "import os, signal, sys, time\n"
        "from cardlint.cli.main import main\n"
        f"os.fsync = lambda _: (os.kill(os.getpid(), signal.{kind}), time.sleep(0.05))\n"
        "sys.argv = ['cardlint', 'suggest', '--write', sys.argv[1]]\n"
        "main()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], check=False, timeout=60, stdout=subprocess.DEVNULL
    )
    assert run.returncode == -getattr(signal, kind)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README.md", "config.json", "model.safetensors"]
    text = (tmp_path / "README.md").read_text()
    assert text.startswith("---\n")
    assert text.endswith("\n")


@posix
@pytest.mark.parametrize("kind", ["SIGTERM", "SIGHUP"])
def test_a_report_that_is_terminated_is_complete_and_leaves_no_temporary_file(tmp_path, kind):
    file = tmp_path / "report"
    code = (
        "import os, signal, sys, time\n"
        "from pathlib import Path\n"
        "from cardlint.commands import outputs\n"
        "def write(stream):\n"
        "    stream.write('first, ')\n"
        f"    os.kill(os.getpid(), signal.{kind})\n"
        "    time.sleep(0.05)\n"
        "    stream.write('last')\n"
        "outputs._into(Path(sys.argv[1]), write)\n"
        "time.sleep(60)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, str(file)], check=False, timeout=60)
    assert run.returncode == -getattr(signal, kind)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("report", b"first, last")]


@posix
@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_is_terminated_leaves_no_temporary_file(tmp_path, jobs):
    cards = [tmp_path / str(number) / "README.md" for number in range(400)]
    for card in cards:
        card.parent.mkdir()
        card.write_text("---\nlicense: MIT\n---\n# T\n")
    command = [sys.executable, "-m", "cardlint", "check", "--isolated", "--fix", "--jobs", jobs, "."]
    for _ in range(5):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(command, cwd=tmp_path, start_new_session=True, **quiet) as run:
            fixed = sum("MIT" not in card.read_text() for card in cards)
            while run.poll() is None and sum("MIT" not in card.read_text() for card in cards) < fixed + 10:
                pass
            run.terminate()
            run.wait(60)
        end = time.monotonic() + 60
        while _is_alive(run.pid) and time.monotonic() < end:
            time.sleep(0.1)  # the workers end by themselves
        assert not list(tmp_path.glob("*/.cardlint-*"))
        assert {card.read_text() for card in cards} <= {f"---\nlicense: {name}\n---\n# T\n" for name in ("MIT", "mit")}


def _is_alive(group):
    """Return True if a process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="the system has no extended attributes")
def test_extended_attributes_are_kept(tmp_path):
    file = tmp_path / "a"
    file.write_bytes(b"old")
    try:
        os.setxattr(file, "user.cardlint.test", b"x\0y")
    except OSError:
        pytest.skip("the file system has no extended attributes")
    write_whole(file, b"new")
    assert file.read_bytes() == b"new"
    assert os.getxattr(file, "user.cardlint.test") == b"x\0y"
