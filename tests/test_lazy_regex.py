"""Expressions that are compiled when they are first used, and the literals that every match of some contains."""

import gc
import re
from contextlib import suppress
from importlib import import_module
from itertools import product
from pkgutil import walk_packages
from re import _constants, _parser

import pytest

import cardlint
from cardlint.lazy_regex import LazyPattern

TEXTS = ["", "a1", "xa1ya22", "A1", "a1\na1"]
CALLS = [
    (name, *arguments)
    for name, *arguments in (
        ("search",),
        ("match",),
        ("fullmatch",),
        ("finditer",),
        ("findall",),
        ("split",),
        ("sub", "-"),
        ("subn", "-"),
    )
]


def plain(result):
    """A result of a method as something to compare."""
    if isinstance(result, re.Match):
        return result.span()
    return result if isinstance(result, str | list | tuple | None) else [match.span() for match in result]


@pytest.mark.parametrize("needles", [(), ("a", "A")])
@pytest.mark.parametrize("flags", [0, re.IGNORECASE | re.MULTILINE])
@pytest.mark.parametrize("call", CALLS, ids=lambda call: call[0])
def test_it_answers_what_a_compiled_pattern_does(call, flags, needles):
    name, *arguments = call
    lazy, compiled = LazyPattern(r"(a)\d", flags, needles=needles), re.compile(r"(a)\d", flags)
    for text in TEXTS * 2:  # the first call compiles
        assert plain(getattr(lazy, name)(*arguments, text)) == plain(getattr(compiled, name)(*arguments, text))
    assert (lazy.pattern, lazy.flags) == (compiled.pattern, compiled.flags)


@pytest.mark.parametrize("name", ["search", "match", "fullmatch", "finditer", "findall"])
@pytest.mark.parametrize("needles", [(), ("a",)])
def test_it_searches_a_part_of_a_string(name, needles):
    lazy, compiled = LazyPattern(r"a\d", needles=needles), re.compile(r"a\d")
    for bounds in [(1,), (1, 3), (5, 2), (0, 99)] * 2:
        assert plain(getattr(lazy, name)("xa1ya22", *bounds)) == plain(getattr(compiled, name)("xa1ya22", *bounds))


def test_bytes_are_searched_as_well():
    assert LazyPattern(rb"a\d", needles=(b"a",)).search(b"xa1").span() == (1, 3)


def test_it_is_compiled_when_it_is_used():
    broken = LazyPattern("(")
    with pytest.raises(re.error):
        broken.search("(")


def test_a_string_without_needles_is_not_searched():
    broken = LazyPattern("(", needles=("a", "b"))
    assert broken.search("xyz") is None
    assert list(broken.finditer("xyz")) == []


# The proof: the expression is spelled out as texts with gaps. Whatever is not plainly a literal is a gap.

GAP, PROVED = "\U0010ffff", "\U0010fffe"
MOST_TEXTS = 20_000


def spelled_out(items, needles, flags):
    """The texts that a sequence of a parsed expression may match; `PROVED` is any that contains a needle."""
    texts = {""}
    for item in items:
        inside = texts_of(item, needles, flags)
        texts = {PROVED if PROVED in (before, after) else before + after for before, after in product(texts, inside)}
        texts = {PROVED if any(needle in text for needle in needles) else text for text in texts}
        if len(texts) > MOST_TEXTS:
            texts = {GAP}
    return texts


def texts_of(item, needles, flags):
    kind, value = item
    match kind:
        case _constants.LITERAL:
            letter = chr(value)
            return {GAP} if flags & re.IGNORECASE and letter.upper() != letter.lower() else {letter}
        case _constants.IN:
            if all(part[0] is _constants.LITERAL for part in value):
                return set().union(*(texts_of(part, needles, flags) for part in value))
            return {GAP}
        case _constants.BRANCH:
            return set().union(*(spelled_out(branch, needles, flags) for branch in value[1]))
        case _constants.SUBPATTERN:
            _, added, taken, inside = value
            return spelled_out(inside, needles, (flags | added) & ~taken)
        case _constants.ATOMIC_GROUP:
            return spelled_out(value, needles, flags)
        case _constants.MAX_REPEAT | _constants.MIN_REPEAT | _constants.POSSESSIVE_REPEAT:
            least, most, inside = value
            more = [(_constants.ANY, None)] if most > least else []
            return spelled_out([*list(inside) * min(least, 8), *more], needles, flags) if least < 9 else {GAP}
        case _constants.AT | _constants.ASSERT | _constants.ASSERT_NOT:
            return {""}
        case _:
            return {GAP}


def is_proved(expression, needles, flags=0):
    if isinstance(expression, bytes):
        expression, needles = expression.decode("latin-1"), [needle.decode("latin-1") for needle in needles]
    parsed = _parser.parse(expression, flags)
    return spelled_out(parsed, needles, parsed.state.flags) == {PROVED}


@pytest.mark.parametrize(
    ("expression", "needles"),
    [
        ("abc", ["b"]),
        ("[xy]b", ["xb", "yb"]),
        ("a(?:b|c)d", ["abd", "acd"]),
        ("(?:ab|ac)+x?", ["ab", "ac"]),
        ("a?(?P<name>bc)", ["bc"]),
        (r"\bab(?=x)", ["ab"]),
        ("(?:a{2}b){1,3}", ["aab"]),
        ("(?i:x)ab", ["ab"]),
        ("(?i)a:1", [":1"]),
        (b"a\xffb", [b"\xff"]),
    ],
)
def test_the_proof_finds_what_every_match_contains(expression, needles):
    assert is_proved(expression, needles)


@pytest.mark.parametrize(
    ("expression", "needles"),
    [
        ("ab?", ["ab"]),
        ("a|b", ["a"]),
        ("a.c", ["ac"]),
        ("a(?=b)", ["b"]),
        ("(?<=a)b", ["a"]),
        ("(?i)ab", ["ab"]),
        ("(?i:ab)", ["ab"]),
        ("[^a]", ["a"]),
        ("[a-c]", ["a"]),
        (r"\d(a)?", ["a"]),
        (r"(a|b)\1", ["aa"]),
        ("a*", ["a"]),
        ("(?:a|)x", ["ax"]),
        ("", ["a"]),
    ],
)
def test_the_proof_fails_where_it_must(expression, needles):
    assert not is_proved(expression, needles)


def test_the_proof_fails_under_a_flag():
    assert is_proved("ab", ["ab"])
    assert not is_proved("ab", ["ab"], re.IGNORECASE)


def test_every_match_of_an_expression_with_needles_contains_one():
    for module in walk_packages(cardlint.__path__, "cardlint."):
        if module.name != "cardlint.__main__":
            with suppress(ModuleNotFoundError):  # an extra that is not installed
                import_module(module.name)
    lazy = [each for each in gc.get_objects() if isinstance(each, LazyPattern) and each.needles]
    unproved = [each.pattern for each in lazy if not is_proved(each.pattern, each.needles, each._flags)]
    assert not unproved
