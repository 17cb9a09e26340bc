"""A text and its bytes: places both ways, whatever ends the lines, and bytes that come back as they were."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cardlint.source import Folder, Position, Source, Span, read

TEXTS = st.text(st.sampled_from("ab\r\n\t \ufeffé界🙂\u2028\x0b\x0c\x85"))


def lines_of(text):
    source = Source("a.md", text)
    return [source.slice(line) for line in source.lines]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a", ""]),
        ("a\nb", ["a", "b"]),
        ("a\r\nb\r\n", ["a", "b", ""]),
        ("a\rb\r", ["a", "b", ""]),
        ("a\r\r\nb", ["a", "b"]),
        ("a\r\r\r\nb", ["a", "", "b"]),
        ("a\r\r\n\nb", ["a", "", "b"]),
        ("a\n\rb", ["a", "", "b"]),
        ("a\nb\r\nc\rd\r\r\ne", ["a", "b", "c", "d", "e"]),
        ("\n\n", ["", "", ""]),
        ("\ufeffa\nb", ["\ufeffa", "b"]),
        ("a\x0bb\x0cc\x85d\u2028e", ["a\x0bb\x0cc\x85d\u2028e"]),
    ],
)
def test_lines(text, lines):
    assert lines_of(text) == lines


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("", 0, 1, 1),
        ("ab", 2, 1, 3),
        ("a\nb", 1, 1, 2),
        ("a\nb", 2, 2, 1),
        ("a\n", 2, 2, 1),
        ("a\r\nb", 2, 1, 3),
        ("a\r\nb", 3, 2, 1),
        ("a\r\r\nb", 3, 1, 4),
        ("a\r\r\nb", 4, 2, 1),
        ("a\rb", 2, 2, 1),
        ("\ufeffa", 1, 1, 2),
        ("🙂界\nx", 2, 1, 3),
        ("🙂界\nx", 3, 2, 1),
    ],
)
def test_positions(text, offset, line, column):
    source = Source("a.md", text)
    assert source.position(offset) == Position(line, column)
    assert source.offset(Position(line, column)) == offset


@pytest.mark.parametrize(("line", "column"), [(0, 1), (1, 0), (-1, 1), (1, -1), (1, 4), (2, 3), (3, 1)], ids=str)
def test_no_such_position(line, column):
    with pytest.raises(ValueError, match="has no Position"):
        Source("a.md", "ab\nc").offset(Position(line, column))


@given(TEXTS)
@example("\r\r\n")
@example("\r\r\r\n\n")
def test_every_offset_has_its_position(text):
    source = Source("a.md", text)
    positions = [source.position(offset) for offset in range(len(text) + 1)]
    assert [source.offset(position) for position in positions] == list(range(len(text) + 1))
    assert positions == sorted(set(positions))


@given(TEXTS)
def test_lines_and_line_ends_are_the_text(text):
    source = Source("a.md", text)
    ends = [text[one.end : other.start] for one, other in zip(source.lines, source.lines[1:], strict=False)]
    assert set(ends) <= {"\n", "\r", "\r\n", "\r\r\n"}
    assert source.lines[0].start == 0
    assert source.lines[-1].end == len(text)
    assert not any(re.search("[\r\n]", source.slice(line)) for line in source.lines)


@given(TEXTS)
def test_lines_of_a_text_and_of_the_same_text_with_other_line_ends(text):
    regular = re.sub("\r\r\n|\r\n|\r", "\n", text)
    for end in ("\n", "\r\n", "\r\r\n"):
        assert lines_of(regular.replace("\n", end)) == regular.split("\n")


def test_spans():
    span = Span(2, 5)
    assert len(span) == 3
    assert span.covers(Span(2, 5))
    assert span.covers(Span(3, 3))
    assert not span.covers(Span(1, 3))
    assert span.overlaps(Span(4, 9))
    assert not span.overlaps(Span(5, 9))
    assert sorted([Span(3, 4), Span(2, 9), Span(2, 5)]) == [Span(2, 5), Span(2, 9), Span(3, 4)]


@pytest.mark.parametrize(
    ("data", "text", "undecodable"),
    [
        (b"", "", ()),
        (b"abc", "abc", ()),
        ("é界🙂".encode(), "é界🙂", ()),
        (b"\xef\xbb\xbfa", "\ufeffa", ()),
        (b"a\xe9b", "a\udce9b", (Span(1, 2),)),
        (b"\xff\xffa\xff", "\udcff\udcffa\udcff", (Span(0, 2), Span(3, 4))),
        # a lone surrogate, an overlong sequence and half a character are no UTF-8
        (b"\xed\xa0\x80", "\udced\udca0\udc80", (Span(0, 3),)),
        (b"\xc0\xaf", "\udcc0\udcaf", (Span(0, 2),)),
        ("é".encode()[:1] + b"x", "\udcc3x", (Span(0, 1),)),
        (b"a\0b", "a\0b", ()),
    ],
)
def test_utf_8(data, text, undecodable):
    source = read(data)
    assert (source.text, source.encoding, source.undecodable) == (text, "utf-8", undecodable)
    assert source.encode() == data


@pytest.mark.parametrize("text", ["# Title\r\n\r\nSome words.\n", "---\nlicense: mit\n---\n", "ab"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_wide_encoding_by_its_mark(encoding, text):
    data = ("\ufeff" + text).encode(encoding)
    source = read(data)
    assert (source.text, source.encoding) == ("\ufeff" + text, encoding)
    assert source.encode() == data


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(encoding):
    data = "# Title\n\nSome words, an é and a 界.\n".encode(encoding)
    source = read(data)
    assert source.encoding == encoding
    assert source.encode() == data


@pytest.mark.parametrize("data", [b"\0\0\0\0", b"a\0", b"text\0with one zero byte", b"\0" * 600])
def test_zero_bytes_alone_are_no_utf_16(data):
    assert read(data).encoding == "utf-8"


def test_broken_utf_16_is_still_read():
    source = read(b"\xff\xfea\0b")
    assert source.encoding == "utf-16-le"
    assert source.text.startswith("\ufeffa")


@given(st.binary())
@example(b"\xff\xfe")
@example(b"\xff\xfe\0")
@example(b"\xff\xfe\0\0")
@example(b"\0\0\xfe\xff\xff")
@example(b"\xf0\x9f\x99")
def test_the_bytes_come_back(data):
    source = read(data)
    if source.encoding == "utf-8":
        assert source.encode() == data
    marked = {offset for span in source.undecodable for offset in range(span.start, span.end)}
    assert marked == {offset for offset, character in enumerate(source.text) if "\udc80" <= character <= "\udcff"}
    assert all(span.start < span.end for span in source.undecodable)


@given(TEXTS)
def test_a_text_comes_back(text):
    assert read(text.encode()).text == text


def test_what_an_edit_leaves_alone_keeps_its_bytes():
    source = read(b"\xef\xbb\xbfa\xe9\r\nb")
    assert source.encode(source.text.replace("b", "c")) == b"\xef\xbb\xbfa\xe9\r\nc"


def test_a_folder_remembers_what_it_was_asked(tmp_path):
    (tmp_path / "LICENSE").write_text("words")
    folder = Folder(tmp_path)
    assert folder.has("LICENSE")
    assert not folder.has("config.json")
    (tmp_path / "LICENSE").unlink()
    assert folder.has("LICENSE")
    assert folder.asked == {"LICENSE": True, "config.json": False}


@pytest.mark.parametrize("name", ["a\0b", "x" * 10_000, "\udcff\ud800"])
def test_a_name_that_no_system_holds_is_not_there(tmp_path, name):
    assert not Folder(tmp_path).has(name)
