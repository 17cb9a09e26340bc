"""Files are written whole or not at all."""

import os
import stat
import sys

import pytest

from cardlint.files.write import replacing, write_whole

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
