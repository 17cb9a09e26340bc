"""The metadata's nodes: where each stands, what it means to both readers, and that nothing breaks them."""

import datetime as dt
import math
from decimal import Decimal

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from real_cards import needs_archive, sample
from ruamel.yaml.error import YAMLError

from cardlint.card.frontmatter import FrontMatterState, find_front_matter
from cardlint.card.yaml.errors import explain
from cardlint.card.yaml.nodes import (
    Alias,
    Mapping,
    Scalar,
    Sequence,
    _compose,
    _encodable,
    parse_metadata,
    resolve,
    same,
)
from cardlint.card.yaml.parsers import MAX_DEPTH, CParser, PureParser, RefusedError
from cardlint.card.yaml.scalars import Timestamp, read_as_hub, read_as_python
from cardlint.source import Source, Span, read


def parse(text):
    """The metadata of a card whose front matter is `text`, so that no span begins at nought."""
    source = Source("a.md", f"---\n{text}\n---\n")
    return parse_metadata(source, Span(4, 4 + len(text)))


def shown(metadata, node):
    return metadata.source.slice(node.span)


# YAML, the key to look at, and the text that its value stands on.
VALUES = [
    ("a: b", "a", "b"),
    ("a:   b c  # words", "a", "b c"),
    ("a: b#c", "a", "b#c"),
    ('a: "b # c" # d', "a", '"b # c"'),
    ("a: 'b''c'", "a", "'b''c'"),
    ('a: "b\n  c"', "a", '"b\n  c"'),
    ("a: b\n  c\nd: e", "a", "b\n  c"),
    ("a: |\n  b\n\n  c\n\n# words\nd: e", "a", "|\n  b\n\n  c"),
    ("a: >-\n  b\n  c", "a", ">-\n  b\n  c"),
    ("a: |  # words\n  b", "a", "|  # words\n  b"),
    ("a: [b, c]  # d", "a", "[b, c]"),
    ("a: [b,\n  c,\n]", "a", "[b,\n  c,\n]"),
    ("a: {b: c}", "a", "{b: c}"),
    ("a: []", "a", "[]"),
    ("a:\n- b\n- c  # d\n\ne: f", "a", "- b\n- c"),
    ("a:\n  - - b\n    - c\n  - d", "a", "- - b\n    - c\n  - d"),
    ("a:\n  b: c\n  d:\n    e: f\ng: h", "a", "b: c\n  d:\n    e: f"),
    ("a:\n- b: c\n  d: e\n", "a", "- b: c\n  d: e"),
    ("a:\nb: c", "a", ""),
    ("a: # words\nb: c", "a", ""),
    ("a: ~", "a", "~"),
    ("a: é界🙂 # b", "a", "é界🙂"),
    ("é: 界", "é", "界"),
    ('"a b": c', "a b", "c"),
    ("? a\n: b", "a", "b"),
    ("a: b\r\nc: d\r\n", "a", "b"),
    ("a: |\r\n  b\r\n  c\r\nd: e", "a", "|\r\n  b\r\n  c"),
    ("a: &x b", "a", "&x b"),
    ("a: !!str 1", "a", "!!str 1"),
    ("a: b\nc: &x [d]\ne: *x", "c", "&x [d]"),
    ("a: \tb\t", "a", "b"),
    ("a: http://b.c/d#e", "a", "http://b.c/d#e"),
    ("a: b\na: c", "a", "c"),
]


@pytest.mark.parametrize(("text", "key", "value"), VALUES)
def test_where_values_stand(text, key, value):
    metadata = parse(text)
    assert metadata.error is None
    assert shown(metadata, metadata.get(key)) == value


def test_where_keys_and_entries_stand():
    metadata = parse("'a': b # c\n\"d\" :\n- e\nf:\n")
    assert [shown(metadata, entry.key) for entry in metadata.mapping.entries] == ["'a'", '"d"', "f"]
    assert [shown(metadata, entry) for entry in metadata.mapping.entries] == ["'a': b", '"d" :\n- e', "f:"]
    assert [entry.name for entry in metadata.mapping.entries] == ["a", "d", "f"]


def test_a_null_stands_behind_its_colon():
    metadata = parse("a:   # words\n\nb: c")
    assert metadata.get("a").span == Span(6, 6)
    assert metadata.get("a").is_null


def test_duplicates_are_kept_and_the_last_is_asked_for():
    metadata = parse("a: 1\nb: 2\na: 3")
    assert [entry.name for entry in metadata.mapping.entries] == ["a", "b", "a"]
    assert metadata.get("a").text == "3"


def test_aliases_lead_to_their_anchor_and_are_never_copied():
    metadata = parse("a: &x [b]\nc: *x\n")
    alias = metadata.mapping.entries[1].value
    assert isinstance(alias, Alias)
    assert shown(metadata, alias) == "*x"
    assert resolve(alias) is metadata.get("a")
    assert metadata.get("c") is metadata.get("a")
    assert [type(node) for node in metadata.walk()] == [Mapping, Scalar, Sequence, Scalar, Scalar, Alias]


def test_an_anchor_may_be_set_again():
    metadata = parse("a: &x 1\nb: *x\nc: &x 2\nd: *x\n")
    assert [metadata.get(name).text for name in "bd"] == ["1", "2"]


@pytest.mark.parametrize("text", ["", "# words", "\n\n", "~", "null"])
def test_nothing_is_null(text):
    metadata = parse(text)
    assert metadata.error is None
    assert metadata.root.is_null
    assert metadata.get("a") is None


@pytest.mark.parametrize(("text", "kind"), [("- a", Sequence), ("a", Scalar), ("a: b", Mapping), ("[a]", Sequence)])
def test_the_root(text, kind):
    metadata = parse(text)
    assert type(metadata.root) is kind
    assert metadata.read


@pytest.mark.parametrize(
    ("text", "style", "content"),
    [
        ("a: b", "", "b"),
        ("a: 'b'", "'", "b"),
        ('a: "b\\n\\u00e9"', '"', "b\né"),
        ("a: |\n  b\n  c\n", "|", "b\nc\n"),
        ("a: |-\n  b\n", "|", "b"),
        ("a: >\n  b\n  c\n", ">", "b c\n"),
        ("a: b\n  c", "", "b c"),
    ],
)
def test_contents(text, style, content):
    node = parse(text + "\nz: z").get("a")
    assert (node.style, node.text) == (style, content)


@pytest.mark.parametrize(
    ("text", "hub", "python"),
    [
        ("a: '1'", "1", "1"),
        ('a: "no"', "no", "no"),
        ("a: |\n  1\nz: z", "1\n", "1\n"),
        ("a: !!str 1", "1", "1"),
        ("a: ! 1", "1", "1"),
        ("a: 1", 1, 1),
        ("a: no", "no", False),
    ],
)
def test_quotes_and_tags_make_text(text, hub, python):
    node = parse(text).get("a")
    assert (node.hub, node.python) == (hub, python)
    assert type(node.hub) is type(hub)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("FALSE", False),
        ("tRue", "tRue"),
        ("yes", "yes"),
        ("nUll", "nUll"),
        ("0", 0),
        ("-0", 0),
        ("+12", 12),
        ("010", 10),
        ("0o17", 15),
        ("0x1f", 31),
        ("0b101", 5),
        ("0o8", "0o8"),
        ("1_000", "1_000"),
        ("1.", Decimal(1)),
        (".5", Decimal("0.5")),
        (".5e-3", Decimal("0.0005")),
        ("-.5e-3", "-.5e-3"),
        ("5e-5", Decimal("0.00005")),
        ("0.10", Decimal("0.10")),
        ("1.2.3", "1.2.3"),
        ("12:30", "12:30"),
        ("1e5x", "1e5x"),
        (".inf", Decimal("Infinity")),
        ("-.INF", Decimal("-Infinity")),
        ("inf", "inf"),
        ("2024-01-01", Timestamp("2024-01-01")),
        ("2024-1-1", "2024-1-1"),
        ("2024-01-01T10:00:00Z", Timestamp("2024-01-01T10:00:00Z")),
        ("2024-01-01 10:00:00.5 +01:00", Timestamp("2024-01-01 10:00:00.5 +01:00")),
        ("１２", "１２"),
        ("−1", "−1"),
        ("", None),
        ("~", None),
    ],
)
def test_as_the_hub_reads(text, value):
    found = read_as_hub(text)
    assert (type(found), found) == (type(value), value)


def test_digits_are_kept_as_written():
    assert str(read_as_hub("0.9340")) == "0.9340"
    assert read_as_hub("9" * 10_000) == Decimal("9" * 10_000)


WORDS = st.one_of(
    st.text(st.sampled_from("0123456789._-+eExobnaif:"), min_size=1, max_size=8),
    st.from_regex(r"[-+]?[0-9_]{1,4}(\.[0-9_]{0,3})?([eE][-+]?[0-9]{1,2})?", fullmatch=True),
    st.from_regex(r"[12][0-9]{3}-[01]?\d-[0-3]?\d([Tt ]\d{1,2}:[0-5]\d:[0-5]\d(Z| [-+]1:00)?)?", fullmatch=True),
    st.from_regex(r"[-+]?[0-9]{1,3}(:[0-9]{1,2}){1,3}(\.[0-9]*)?", fullmatch=True),
    st.sampled_from(
        ["yes", "Yes", "yEs", "YES", "no", "No", "on", "On", "ON", "off", "OFF", "y", "n",
         "true", "True", "TRUE", "false", "null", "Null", "~", ".nan", ".NaN", ".inf", "-.Inf"]
    ),
)  # fmt: skip


@given(WORDS)
@example("1:30.5")
@example("-1:30.5")
@example("34:10.05200419663447")
@example("0b_")
@example("+0x_1")
def test_as_pyyaml_reads(text):
    try:
        (key, expected), *_ = yaml.safe_load(f"k: {text}").items()
    except (yaml.YAMLError, ValueError, AttributeError):
        return  # `0b_`, or a thirteenth month: PyYAML itself has no value
    assert key == "k"
    value = read_as_python(text)
    match expected:
        case dt.date():
            assert isinstance(value, Timestamp)
        case float():
            assert isinstance(value, Decimal)
            # PyYAML adds up what `1:30.5` stands for in floats, and loses the last digit now and then
            assert math.isclose(float(value), expected, rel_tol=1e-14) or (value.is_nan() and math.isnan(expected))
        case str() | int() | None:
            assert (type(value), value) == (type(expected), expected)


def compose(text, parser):
    try:
        return _compose(text, Span(7, 7 + len(text)), parser(_encodable(text)))
    except (RefusedError, YAMLError):
        return None


PIECES = [
    "a", "b: ", "- ", ": ", "\n", "\n  ", "\n- ", "[", "]", "{", "}", ", ", '"', "'", "#", " # c", "|\n  ", ">-\n  ",
    "&x ", "*x", "~", "é", "🙂", "\r\n", "\t", "1e3", "word", "\n\n", "key: ", "%", "\\n",
]  # fmt: skip


needs_clib = pytest.mark.skipif(CParser is None, reason="ruamel.yaml.clib is not installed here")


@needs_clib
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example("b: # c\n\nc: d")
@example("- \n- # c\n- x")
@example("{a, b: , c: }")
def test_both_parsers_build_one_tree(text):
    """On what both accept; an explicit `?` key and several tags on one node are left out, which cards never have."""
    one, other = compose(text, CParser), compose(text, PureParser)
    assert one is None or other is None or one == other


@needs_clib
@needs_archive
def test_both_parsers_build_one_tree_of_real_cards():
    compared = 0
    for name, data in sample(300, seed=4, folder="cards/real/"):
        source = read(data, name)
        front_matter = find_front_matter(source)
        text = source.slice(front_matter.yaml)
        if front_matter.state is not FrontMatterState.VALID or len(text) > 30_000:
            continue
        one, other = compose(text, CParser), compose(text, PureParser)
        if one is not None and other is not None:
            compared += 1
            assert one == other, source.path
    assert compared > 200


@given(
    st.one_of(st.text(), st.lists(st.sampled_from([*PIECES, "? ", "!!str ", "---", "..."]), max_size=15).map("".join))
)
def test_nodes_lie_inside_their_parents_and_in_order(text):
    metadata = parse(text)
    assert metadata.span.covers(metadata.root.span)
    if metadata.error:
        assert metadata.span.covers(metadata.error.span)
        assert explain(metadata).message
    for node in metadata.walk():
        inside = []
        if isinstance(node, Sequence):
            inside = list(node.items)
        elif isinstance(node, Mapping):
            inside = [child for entry in node.entries for child in (entry.key, entry.value)]
        edges = [
            node.span.start,
            *(edge for child in inside for edge in (child.span.start, child.span.end)),
            node.span.end,
        ]
        assert edges == sorted(edges)
    for comment in metadata.comments:
        shown = metadata.source.slice(comment)
        assert shown.startswith("#")
        assert "\n" not in shown


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("# a\nb: c # d\n", ["# a", "# d"]),
        ("a: b#c\n", []),
        ("a: 'b # c' # d", ["# d"]),
        ("a: |\n  # b\n# c\nd: e", ["# c"]),
        ("a: | # b\n  # c\nz: z", ["# b"]),
        ("a: b # c # d", ["# c # d"]),
        ("a: [b, # c\n  d] # e", ["# c", "# e"]),
        ("a: # b\n# c", ["# b", "# c"]),
        ("#", ["#"]),
        ("a: b # c\r\nd: e\r\n", ["# c"]),
        ("a: b\t# c", ["# c"]),
    ],
)
def test_comments(text, comments):
    metadata = parse(text)
    assert [metadata.source.slice(comment) for comment in metadata.comments] == comments


# A broken text, the line (from 1, of the YAML) of the trouble, that of its other end, and words of the message.
BROKEN = [
    ("a: b: c", 1, 1, "colon"),
    ("ok: 1\ntitle: Model: the second\nz: 1", 2, 2, "colon"),
    ("- a: b: c", 1, 1, "colon"),
    ("a: b\n  c: d", 2, 1, "a key is not possible here"),
    ("a:\n\tb: c", 2, None, "tab"),
    ("a:\n  - b\n\t- c", 3, None, "tab"),
    ('a: "b\nc: d', 1, None, "never closed"),
    ("x: 1\na: 'b\nc: d", 2, None, "never closed"),
    ('a: "\\q"', 1, 1, "not an escape"),
    ('a: "C:\\models"', 1, 1, "not an escape"),
    ("a: @b", 1, None, "`@` cannot begin"),
    ("a: `b`", 1, None, "`` ` ``|cannot begin"),
    ("a: %b", 1, None, "`%` cannot begin"),
    ("a: *b", 1, None, "anchor"),
    ("tags:\n- a\n- *", 3, None, "anchor"),
    ('a: "b" c', 1, 1, "after the quote"),
    ("a: 'it's'", 1, 1, "after the quote"),
    ("a: b\n c: d\n", 2, 1, "a key is not possible here"),
    ("a:\n  b: c\n d: e", 3, 1, "indentation of this line does not match any block"),
    ("a: b\nwords\nc: d", 2, None, "neither `key: value`"),
    ("a: b\nwords", 2, None, "neither `key: value`"),
    ("a: [b, c\nd: e", 2, 1, "comma or the closing bracket of the list"),
    ("a: {b: c\nd: e", 2, 1, "comma or the closing bracket of the mapping"),
    ("a: - b", 1, None, "list item cannot be on the same line"),
    ("a: b\n---\nc: d", 2, None, "second"),
    ("a: !!python/tuple [b]", 1, None, "!!python/tuple"),
    ("x: 1\na: !b c", 2, None, "`!b`"),
    ("a:\n- b\nc", 3, None, "neither `key: value`"),
]


@pytest.mark.parametrize(("text", "line", "other", "words"), BROKEN)
def test_errors(text, line, other, words):
    metadata = parse(text)
    assert metadata.error is not None
    explanation = explain(metadata)
    lines = metadata.source.position
    assert any(word in explanation.message for word in words.split("|")), explanation.message
    assert lines(explanation.span.start).line - 1 == line
    assert (lines(explanation.other.start).line - 1 if explanation.other else None) == other
    assert explanation.help
    assert metadata.span.covers(explanation.span)
    assert metadata.mapping.entries == ()


@pytest.mark.parametrize(("text", "line", "other", "words"), BROKEN)
def test_a_cure_mends_what_it_is_for(text, line, other, words):
    metadata = parse(text)
    edits = explain(metadata).edits
    fixed = text
    for edit in sorted(edits, reverse=True):
        fixed = fixed[: edit.span.start - 4] + edit.text + fixed[edit.span.end - 4 :]
    assert not edits or parse(fixed).error is None


def test_what_both_parsers_refuse_alone_is_read():
    for text in ["a: [b:c, http://x]", "a: \tb", "a: &x 1\nb: &x 2"]:
        assert parse(text).error is None


def test_nesting_ends_where_some_versions_of_the_hubs_parser_stop():
    assert parse("[" * MAX_DEPTH + "]" * MAX_DEPTH).error is None
    deeper = parse("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))
    assert "deeper" in deeper.error.reason
    assert deeper.error.disputed
    assert deeper.error.span == Span(4 + MAX_DEPTH, 5 + MAX_DEPTH)


def test_an_alias_bomb_stays_small():
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))]
    metadata = parse("\n".join(lines))
    assert len(list(metadata.walk())) < 400


def test_alias_bombs_are_compared():
    bombs = [f"{x}{n}: &{x}{n} [*{x}{n - 1}, *{x}{n - 1}]" for x in "ab" for n in range(1, 60)]
    metadata = parse("\n".join(["a0: &a0 x", "b0: &b0 x", *bombs]))
    assert same(metadata.get("a59"), metadata.get("b59"))
    assert not same(metadata.get("a59"), metadata.get("b58"))


def test_an_alias_inside_its_own_anchor_is_refused():
    assert parse("a: &x [*x]").error is not None


def test_a_long_scalar_is_read_as_a_short_one_is_but_not_remembered():
    long = "1" * 300
    before = read_as_hub.cache_info().currsize, read_as_python.cache_info().currsize
    node = parse(f"a: {long}").get("a")
    assert (node.hub, node.python) == (int(long), int(long))
    assert (read_as_hub.cache_info().currsize, read_as_python.cache_info().currsize) == before


def test_a_long_scalar():
    assert parse("a: " + "b" * 300_000).get("a").text == "b" * 300_000
    assert parse("a: |\n" + "  b\n" * 60_000).get("a").text == "b\n" * 60_000


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x80", "\ufffe", "\ud800"])
def test_characters_that_yaml_does_not_allow(character):
    metadata = parse(f"a: b\nc: d{character}e\n")
    if metadata.error:
        assert metadata.span.covers(metadata.error.span)
        assert explain(metadata).message


def test_an_undecodable_byte_is_a_character_like_others():
    source = read(b"---\na: b\xe9c # d\ne: f\n---\n")
    metadata = parse_metadata(source, find_front_matter(source).yaml)
    assert metadata.error is None
    assert source.slice(metadata.get("a").span) == "b\udce9c"
    assert source.slice(metadata.get("e").span) == "f"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("[a, b]", "- a\n- b", True),
        ("{a: 1}", "a: 1", True),
        ("a", "'a'", True),
        ("1", "'1'", False),
        ("1.0", "1.00", False),
        ("[a]", "a", False),
        ("[a, b]", "[b, a]", False),
        ("{a: 1}", "{a: 2}", False),
        ("a: .nan", "a:   .nan", True),
        ("a: .nan", "a: '.nan'", False),
    ],
)
def test_same_data(one, other, expected):
    assert same(parse(one).root, parse(other).root) is expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: b\u2028c d", "b\u2028c d"),
        ("a: b\x85c", "b\x85c"),
        ("a: |\n  b\u2028c\n  d\n", "b\u2028c\nd\n"),
        ("a: >\n  b\u2029c\n  d\n", "b\u2029c d\n"),
        ("a: 'b \u2028c'", "b \u2028c"),
        ('a: "b\\Lc\u2028d"', "b\u2028c\u2028d"),
        ("a: b\u2028#c", "b\u2028#c"),
    ],
)
def test_unicode_line_ends_are_characters_as_to_the_hub(text, value):
    metadata = parse(f"{text}\ne: f")
    assert metadata.error is None
    assert metadata.get("a").text == value
    assert shown(metadata, metadata.get("e")) == "f"


def test_a_text_that_has_the_stand_ins_itself_keeps_them():
    assert parse("a: b\ufdd0\x85c").get("a").text.startswith("b\ufdd0")


def test_two_escapes_of_a_surrogate_pair_are_one_character():
    # JSON of other programs writes an emoji so, and js-yaml reads it
    assert parse(r'a: "b \uD83D\uDE00 c"').get("a").text == "b \U0001f600 c"
    assert parse(r'a: "\uD83D"').get("a").text == "\ufffd"
    assert parse(r"a: '\uD83D\uDE00'").get("a").text == r"\uD83D\uDE00"


def test_a_directive_is_called_one():
    metadata = parse("%YAML 1.2\n")
    explanation = explain(metadata)
    assert "directive" in explanation.message
    assert shown(metadata, explanation) == "%YAML 1.2"
