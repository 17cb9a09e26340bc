"""Where the metadata stands: what the Hub's expression takes, and what was only meant to be a front matter."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cardlint.card.frontmatter import HUB_BLOCK, FrontMatterState, find_front_matter, looks_like_metadata
from cardlint.card.yaml.nodes import parse_metadata
from cardlint.card.yaml.scalars import Timestamp
from cardlint.source import Source, Span


def find(text):
    return find_front_matter(Source("a.md", text))


def yaml_of(text):
    source = Source("a.md", text)
    return source.slice(find_front_matter(source).yaml)


# Text, what becomes of it, and the YAML between the fences. What the Hub's expression says of each is asked below.
FENCES = [
    # leading blank lines and blanks are legal, and some generators write them
    ("---\nlicense: mit\n---\nBody.\n", FrontMatterState.VALID, "license: mit"),
    ("\n\n  ---\nlicense: mit\n---\n", FrontMatterState.VALID, "license: mit"),
    ("\t \n\t---\nlicense: mit\n---\n", FrontMatterState.VALID, "license: mit"),
    # what stands before the fence makes it none
    ("<!-- words -->\n---\nlicense: mit\n---\n", FrontMatterState.MISPLACED, "license: mit"),
    ("# Title\n\n---\nlicense: mit\n---\n", FrontMatterState.MISPLACED, "license: mit"),
    ("# Title\n\n---\nNote: words\n---\n", FrontMatterState.NONE, ""),
    ("# Title\n\nWords.\n\n---\n\nMore words.\n\n---\n", FrontMatterState.NONE, ""),
    # an opener with something behind its dashes
    ("--- \nlicense: mit\n---\n", FrontMatterState.MISPLACED, "license: mit"),
    ("---\t\nlicense: mit\n---\n", FrontMatterState.MISPLACED, "license: mit"),
    ("----\nlicense: mit\n---\n", FrontMatterState.MISPLACED, "license: mit"),
    ("\u2014\nlicense: mit\n---\n", FrontMatterState.MISPLACED, "license: mit"),
    ("--\nlicense: mit\n--\n", FrontMatterState.NONE, ""),
    # a closer with blanks behind it is one, any other is none
    ("---\nlicense: mit\n---  \nBody.\n", FrontMatterState.VALID, "license: mit"),
    ("---\nlicense: mit\n---\t\nBody.\n", FrontMatterState.VALID, "license: mit"),
    ("---\nlicense: mit\n ---\nBody.\n", FrontMatterState.UNCLOSED, "license: mit"),
    ("---\nlicense: mit\n----\nBody.\n", FrontMatterState.UNCLOSED, "license: mit"),
    ("---\nlicense: mit\n...\nBody.\n", FrontMatterState.UNCLOSED, "license: mit"),
    ("---\nlicense: mit\n---words\nBody.\n", FrontMatterState.UNCLOSED, "license: mit"),
    ("---\nlicense: mit\n\nBody.\n", FrontMatterState.UNCLOSED, ""),
    # a later fence closes it even so, whatever stands between
    ("---\nlicense: mit\n----\nBody.\n---\n", FrontMatterState.VALID, "license: mit\n----\nBody."),
    # at the end of the text no line end is needed
    ("---\nlicense: mit\n---", FrontMatterState.VALID, "license: mit"),
    # the line behind the opener is never the closer
    ("---\n---\n", FrontMatterState.NONE, ""),
    ("---\n---\nBody.\n", FrontMatterState.NONE, ""),
    ("---\n\n---\n", FrontMatterState.VALID, ""),
    ("---\n# only a comment\n---\n", FrontMatterState.VALID, "# only a comment"),
    ("---\n---\nlanguage: en\n---", FrontMatterState.VALID, "---\nlanguage: en"),
    # regular line ends of Windows
    ("---\r\nlicense: mit\r\n---\r\nBody.\r\n", FrontMatterState.VALID, "license: mit"),
    ("---\r\na: 1\nb: 2\r\n---\nBody.\r\n", FrontMatterState.VALID, "a: 1\nb: 2"),
    # the first fence at the start of a line closes, inside a block scalar too
    ("---\na: |\n  x\n---\n  y\n---\n", FrontMatterState.VALID, "a: |\n  x"),
    # two blocks: the second is body
    ("---\na: 1\n---\n---\nb: 2\n---\n", FrontMatterState.VALID, "a: 1"),
    # a text between two rules is read as metadata
    ("---\n\nSome text.\n\n---\n", FrontMatterState.VALID, "\nSome text.\n"),
    # no front matter at all
    ("", FrontMatterState.NONE, ""),
    ("\n \n", FrontMatterState.NONE, ""),
    ("---", FrontMatterState.NONE, ""),
    ("---\n", FrontMatterState.NONE, ""),
    ("# Title\n", FrontMatterState.NONE, ""),
    ("---\n\nText below a rule.\n", FrontMatterState.NONE, ""),
]


@pytest.mark.parametrize(("text", "fences", "yaml"), FENCES)
def test_fences(text, fences, yaml):
    assert find(text).state is fences
    assert yaml_of(text) == yaml


@pytest.mark.parametrize(("text", "fences", "yaml"), FENCES)
def test_the_hub_reads_what_we_say_it_reads(text, fences, yaml):
    match = HUB_BLOCK.match(text)
    assert (match is not None) == (fences is FrontMatterState.VALID)
    if match:
        assert match[2] == yaml


# Where we read on purpose what the expression does not: another rule reports the byte order mark and the line ends, and
# the card's own statements are looked at as they were meant.
@pytest.mark.parametrize(
    ("text", "yaml"),
    [
        ("\ufeff---\nlicense: mit\n---\n", "license: mit"),
        ("\ufeff\n---\nlicense: mit\n---\n", "license: mit"),
        ("---\rlicense: mit\r---\rBody.\r", "license: mit"),
        ("---\r\r\nlicense: mit\r\r\n---\r\r\nBody.\r\r\n", "license: mit"),
    ],
)
def test_what_we_read_beyond_the_hub(text, yaml):
    assert find(text).state is FrontMatterState.VALID
    assert yaml_of(text) == yaml
    assert HUB_BLOCK.match(text) is None or HUB_BLOCK.match(text)[2] != yaml


def test_two_fences_of_windows_are_two_fences():
    """The expression takes the opener's carriage return for one line end and its line feed for the other."""
    assert HUB_BLOCK.match("---\r\n---\r\n")[2] == ""
    assert find("---\r\n---\r\n").state is find("---\n---\n").state


LINES = st.lists(
    st.sampled_from(["---", "--- ", " ---", "---\t", "----", "--", "", " ", "a: b", "a", "- a", "\t", "é"])
)


@given(st.one_of(st.text(st.sampled_from("--- \n\n\tab:")), LINES.map("\n".join)))
@example("---\n---\n---")
@example("\n---\n\n---\t")
@example(" ---\n \n---")
@example("\u2003\n---\na: b\n---\n")
@example("\x0b---\na: b\n---\n")
@example("\x1c\n---\na: b\n---\n")
def test_exactly_what_the_hub_reads(text):
    front_matter = find(text)
    match = HUB_BLOCK.match(text)
    assert (front_matter.state is FrontMatterState.VALID) == (match is not None)
    if match:
        assert (front_matter.yaml.start, front_matter.yaml.end) == match.span(2)
        source = Source("a.md", text)
        assert source.slice(front_matter.opening) == "---"
        assert source.slice(front_matter.closing).rstrip(" \t") == "---"
        body = source.lines[front_matter.body_line].start if front_matter.body_line < len(source.lines) else len(text)
        assert body == match.end()


@given(LINES, st.sampled_from(["\r\n", "\r", "\r\r\n"]))
def test_line_ends_make_no_difference(lines, end):
    one, other = find("\n".join(lines)), find(end.join(lines))
    assert (one.state, one.body_line, one.suspect is None) == (other.state, other.body_line, other.suspect is None)


@given(st.one_of(LINES.map("\n".join), st.text()))
def test_spans_lie_inside_and_in_order(text):
    found = find(text)
    edges = [found.opening.start, found.opening.end, found.yaml.start, found.yaml.end]
    if found.closing.end:
        edges += [found.closing.start, found.closing.end]
    assert edges == sorted(edges)
    assert edges[-1] <= len(text)


@pytest.mark.parametrize(
    ("text", "opening", "closing"),
    [
        ("\n\n  ---\na: b\n---  \n", "---", "---  "),
        ("\ufeff---\na: b\n---", "---", "---"),
        ("---- \nlicense: mit\n---\n", "---- ", "---"),
        ("# T\n---\nlicense: mit\n--- \n", "---", "--- "),
    ],
)
def test_fence_lines(text, opening, closing):
    source = Source("a.md", text)
    found = find_front_matter(source)
    assert source.slice(found.opening) == opening
    assert source.slice(found.closing) == closing
    assert source.slice(found.span).startswith(opening)
    assert source.slice(found.span).endswith(closing)


@pytest.mark.parametrize(
    ("text", "suspect"),
    [
        ("---\na: b\n ---\nBody.\n", " ---"),
        ("---\na: b\n-----\nBody.\n", "-----"),
        ("---\na: b\n...\nBody.\n", "..."),
        ("---\na: b\n---# Title\n", "---# Title"),
        ("---\na: b\n\u2014\nBody.\n", "\u2014"),
        ("---\na: b\n\nBody.\n", None),
        ("---\na: b\n\n| x | y |\n|---|---|\n", None),
    ],
)
def test_the_line_that_was_meant_to_close(text, suspect):
    source = Source("a.md", text)
    found = find_front_matter(source)
    assert found.state is FrontMatterState.UNCLOSED
    assert (source.slice(found.suspect) if found.suspect else None) == suspect


@pytest.mark.parametrize(
    ("lines", "known", "expected"),
    [
        ("license: mit\n---", True, True),
        ("\n# words\nlicense: mit\ntags:\n- a\n---", True, True),
        ("tags: [a,\n  b\n]\n---", True, True),
        ("note: words\n---", False, True),
        ("note: words\n---", True, False),
        ("license: mit\n", False, False),
        ("license: mit\nSome words.\n---", False, False),
        ("---", False, False),
        ("- a\n---", False, False),
        ("https://a.example\n---", False, False),
    ],
)
def test_what_looks_like_metadata(lines, known, expected):
    assert looks_like_metadata(Source("a.md", lines), 0, known=known) is expected


# Two parsers: what the Hub (js-yaml) reads and what huggingface_hub (PyYAML) reads.
@pytest.mark.parametrize(
    ("text", "hub", "python"),
    [
        ("no", "no", False),
        ("NO", "NO", False),
        ("on", "on", True),
        ("yes", "yes", True),
        ("off", "off", False),
        ("y", "y", "y"),
        ("true", True, True),
        ("5e-5", "0.00005", "5e-5"),
        ("1e-3", "0.001", "1e-3"),
        ("1.0e-3", "0.001", "0.001"),
        ("010", 10, 8),
        ("0o17", 15, "0o17"),
        ("0x1F", 31, 31),
        ("1_000", "1_000", 1000),
        ("12:34:56", "12:34:56", 45296),
        ("2024-01-01", Timestamp("2024-01-01"), Timestamp("2024-01-01")),
        ("NaN", "NaN", "NaN"),
        ("nan", "nan", "nan"),
        ("~", None, None),
        ("", None, None),
        ("Null", None, None),
    ],
)
def test_scalars_that_two_parsers_read_differently(text, hub, python):
    node = parse_metadata(Source("a.md", f"k: {text}"), Span(0, 3 + len(text)))
    scalar = node.get("k")
    for value, expected in ((scalar.hub, hub), (scalar.python, python)):
        if type(expected) is str and type(value) is not str:
            assert value == type(value)(expected)
        else:
            assert (type(value), value) == (type(expected), expected)


@pytest.mark.parametrize("text", [".nan", ".NaN", ".NAN"])
def test_not_a_number(text):
    scalar = parse_metadata(Source("a.md", text), Span(0, len(text))).root
    assert scalar.hub.is_nan()
    assert scalar.python.is_nan()


# Whether the Hub takes a document at all; the client's refusal of trailing tabs is no reason to refuse it.
@pytest.mark.parametrize(
    "yaml",
    ["a: \tb", "value: 0.918177\t", "a: b\t# words", "1: x", "no: x", "ignore_metadata_errors: 1", "a: [http://x, b]"],
)
def test_documents_that_the_hub_takes(yaml):
    text = f"---\n{yaml}\n---\n"
    assert parse_metadata(Source("a.md", text), find(text).yaml).error is None


@pytest.mark.parametrize(
    "yaml",
    [
        "a:\n\tb: c",
        "a: @x",
        "a: `x`",
        "a: %x",
        "a: *x",
        "a: b: c",
        "a: !!python/tuple [1]",
        "a: !x b",
        "a: [b",
        "a: 'b",
    ],
)
def test_documents_that_the_hub_refuses(yaml):
    text = f"---\n{yaml}\n---\n"
    assert parse_metadata(Source("a.md", text), find(text).yaml).error is not None
