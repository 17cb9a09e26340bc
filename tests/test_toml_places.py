"""Every key and value of a TOML text is found where it stands."""

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardlint.config.toml_places import find_places
from cardlint.source import Span

TEXT = '''\
# a comment with = and [brackets]
"quoted \\u0041.key" = "a # no comment"
'single.key' = 'C:\\path'
many = [
  "one",  # with ] in a comment
  [2, 3], { inner = "x]", "y z" = [true] },
]
dotted . "in four".parts = 1979-05-27 07:32:00
multi = """
[not a table]
end = ""\\""""""
literal = \'\'\'\'
[nor this]
\'\'\'\'\'
nothing = ""

[table.sub]  # comment
key=1
[ table . "sub two" ]
key = -inf
[[items]]
name = "first"
[[items]]
name = "second"
[items.deep]
er = {}
'''


def flatten(value, path=()):
    """All key paths of what tomllib made, with their values."""
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, child in value.items():
            yield from flatten(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from flatten(child, (*path, index))


def check_places(text):
    places = find_places(text)
    expected = dict(flatten(tomllib.loads(text)))
    assert places.keys() == expected.keys()
    for path, place in places.items():
        value, written = expected[path], text[place.value.start : place.value.end]
        if not isinstance(value, dict) and not is_header(written, value):  # what is in a table has paths of its own
            assert tomllib.loads(f"value = {written}")["value"] == value
        if isinstance(path[-1], str):
            assert tomllib.loads(f"{text[place.key.start : place.key.end]} = 0") == {path[-1]: 0}


def is_header(written, value):
    return isinstance(value, list) and value != [] and isinstance(value[0], dict) and "{" not in written


def test_every_way_to_write_a_key_is_found():
    check_places(TEXT)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_end_as_they_like(newline):
    check_places(TEXT.replace("\n", newline))


def test_a_key_and_its_value_have_spans_of_their_own():
    text = 'a = 1\n[t]\nb . c = "xy"  # z\n'
    places = find_places(text)
    assert places["t", "b", "c"].key == Span(text.index("c"), text.index("c") + 1)
    assert places["t", "b", "c"].value == Span(text.index('"xy"'), text.index('"xy"') + 4)
    assert places["t",].value == Span(6, 9)


def test_what_is_no_toml_is_refused():
    with pytest.raises(ValueError, match="offset 2"):
        find_places("a b")


KEYS = st.one_of(
    st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True), st.text(st.characters(codec="utf-8"), max_size=5)
)
SCALARS = st.one_of(
    st.booleans(),
    st.integers(-99, 99),
    st.text(st.characters(codec="utf-8"), max_size=8),
    st.sampled_from(['"', "'''", "]", "#"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)


@st.composite
def documents(draw):
    """TOML texts of tables, dotted keys, arrays over lines, inline tables and comments."""
    blank = st.sampled_from(["", " ", "\t", "  "])
    array_blank = st.sampled_from(["", " ", "\n", ' # ] } , "\n', "\r\n"])

    def quote(text):
        if draw(st.booleans()) and "'" not in text and text.isprintable():
            return f"'{text}'"
        return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

    def key(text):
        return text if text.isascii() and text.replace("-", "a").replace("_", "a").isalnum() else quote(text)

    def value(given):
        match given:
            case bool() | int():
                return str(given).lower()
            case str():
                return quote(given)
            case list():
                return "[" + ",".join(draw(array_blank) + value(item) + draw(array_blank) for item in given) + "]"
        pairs = (f"{draw(blank)}{key(name)}{draw(blank)}={draw(blank)}{value(item)}" for name, item in given.items())
        return "{" + ",".join(pairs) + "}"

    lines = []
    for number, (name, content) in enumerate(draw(st.dictionaries(KEYS, VALUES, max_size=4)).items()):
        dotted = draw(st.sampled_from(["", ".x", " . 'y z'"]))
        header = draw(
            st.sampled_from(["", f"[t{number}]\n", f"[ t{number} . u ]\n", f"[[t{number}]]\n[[t{number}]]\n"])
        )
        lines.append(f"{header}{draw(blank)}{key(name)}{dotted} ={draw(blank)}{value(content)} # = [c]\n")
    return "".join(lines)


@given(documents())
def test_all_that_tomllib_reads_is_found(text):
    check_places(text)
