"""The row of byte strings that waits for a report: in order, whole, and in memory only as far as it is short."""

import tempfile

from hypothesis import given
from hypothesis import strategies as st

from cardlint.run.disk_list import DiskList

ENTRIES = st.lists(st.tuples(st.text(max_size=3), st.binary(max_size=20)))


@given(ENTRIES, st.integers(0, 60))
def test_it_gives_back_what_was_put_in_sorted_by_key(entries, room):
    spool = DiskList(room)
    for key, data in entries:
        spool.put(key, data)
    assert len(spool) == len(entries)
    assert list(spool) == [data for _, data in sorted(entries, key=lambda entry: entry[0])]
    assert [spool[number] for number in range(len(entries))] == [data for _, data in entries]


@given(ENTRIES, st.integers(0, 60))
def test_it_can_be_read_while_it_grows(entries, room):
    spool = DiskList(room)
    for number, (key, data) in enumerate(entries):
        spool.put(key, data)
        assert spool[number // 2] == entries[number // 2][1]


def test_what_finds_no_room_on_disk_stays_in_memory(monkeypatch):
    def refuse(*_, **__):
        raise PermissionError("no")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    spool = DiskList(4)
    for word in (b"one", b"two", b"three", b"four"):
        spool.put("", word)
    assert list(spool) == [b"one", b"two", b"three", b"four"]


def test_it_holds_no_more_in_memory_than_it_has_room_for():
    spool = DiskList(1000)
    for _ in range(500):
        spool.put("", b"x" * 100)
    assert sum(map(len, spool._waiting)) <= 1000
    assert b"".join(spool) == b"x" * 50_000
