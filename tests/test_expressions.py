"""Every regular expression of cardlint takes linear time: each is attacked with texts made from its own parts.

An attack is a beginning, a unit many times, and an end. The beginnings lead to a repeat of the expression, and the
units are what it repeats, single characters, and texts that the whole expression matches. The ends make it fail: they
are what no text has, and what may not follow.
"""

import ast
import random
import re
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from re import _constants as kinds
from re import _parser

import pytest
from msgspec import Struct

import cardlint
from cardlint.lazy_regex import LazyPattern

LENGTH = 10_000
QUICK = 0.03
"""Seconds of a processor: a text of this length that takes less is harmless."""
PATIENCE = 1
"""Seconds after which a text is too slow, whatever one of half the length takes."""
MOST_ATTACKS = 60
MANY = 20
"""A repeat of at least so many times is attacked."""
CHARACTERS = " \n\ta1A_-.,*`[](){}|/<>!:#\"'\\=~$&@%+;?é的"
ENDS = ("", "\0", "\n\0")
MOST_ENDS = 6
BOUNDED = {
    "card.links.anchors._TAG": "reads the text of a heading, of at most 500 characters",
    "card.provenance.lineage_english._LEAD": "is matched with a sentence of at most 700 characters and single blanks",
    "card.text.comments._COMMENT": "searches a text up to its last end of a comment",
    "card.text.template_tags._URL": "reads the 300 characters before a tag",
}
"""Expressions that are not strong, and why that does not matter."""
SEARCHING = {"search", "finditer", "findall", "split", "sub", "subn"}
METHODS = SEARCHING | {"match", "fullmatch"}
REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT)
OF_CATEGORY = {
    kinds.CATEGORY_DIGIT: "1",
    kinds.CATEGORY_NOT_DIGIT: "a ",
    kinds.CATEGORY_SPACE: " \n",
    kinds.CATEGORY_NOT_SPACE: "a.",
    kinds.CATEGORY_WORD: "a1_",
    kinds.CATEGORY_NOT_WORD: " .*",
}

posix = pytest.mark.skipif(sys.platform == "win32", reason="a timer that interrupts an expression")


class Sampler:
    """Makes texts that the parts of a parsed expression match, apart from its assertions."""

    def __init__(self, chance):
        self.chance = chance

    def text(self, items):
        return "".join(self.part(*item) for item in items)

    def part(self, kind, value):
        if kind is kinds.LITERAL:
            return chr(value)
        if kind is kinds.NOT_LITERAL:
            return self.chance.choice([each for each in CHARACTERS if ord(each) != value])
        if kind is kinds.ANY:
            return self.chance.choice("a .1")
        if kind is kinds.IN:
            return self.chance.choice(members(value))
        if kind is kinds.BRANCH:
            return self.text(self.chance.choice(value[1]))
        if kind is kinds.SUBPATTERN:
            return self.text(value[3])
        if kind is kinds.ATOMIC_GROUP:
            return self.text(value)
        if kind in REPEATS:
            least, most, inside = value
            return "".join(self.text(inside) for _ in range(self.chance.randint(least, min(most, least + 1))))
        return ""

    def repeats(self, items, before=""):
        """Yield a text that leads to each long repeat, and one that it repeats."""
        for kind, value in items:
            if kind in REPEATS:
                if value[1] >= MANY:
                    yield before, self.text(value[2])
                yield from self.repeats(value[2], before)
            elif kind is kinds.BRANCH:
                for branch in value[1]:
                    yield from self.repeats(branch, before)
            elif kind in {kinds.ASSERT, kinds.ASSERT_NOT, kinds.SUBPATTERN}:
                yield from self.repeats(value[-1], before)
            elif kind is kinds.ATOMIC_GROUP:
                yield from self.repeats(value, before)
            before += self.part(kind, value)

    def refused(self, items):
        """Yield texts that may not follow, according to the negative lookaheads."""
        for kind, value in items:
            if kind is kinds.ASSERT_NOT and value[0] > 0:
                yield from (self.text(value[1]) for _ in range(4))
            yield from self.refused(parts_of(kind, value))


def parts_of(kind, value):
    """Return the parsed parts inside a part of an expression."""
    if kind is kinds.BRANCH:
        return [part for branch in value[1] for part in branch]
    if kind in REPEATS or kind in {kinds.ASSERT, kinds.ASSERT_NOT, kinds.SUBPATTERN}:
        return value[-1]
    return value if kind is kinds.ATOMIC_GROUP else ()


def members(items):
    """Characters of a class."""
    compiled = re.compile("[" + "".join(map(spelled, items)) + "]", re.DOTALL)
    edges = [chr(each) for kind, value in items if kind in {kinds.LITERAL, kinds.RANGE} for each in numbers(value)]
    edges += [each for kind, value in items if kind is kinds.CATEGORY for each in OF_CATEGORY[value]]
    return [each for each in (*edges, *CHARACTERS) if compiled.match(each)] or ["\u2603"]


def numbers(value):
    return value if isinstance(value, tuple) else (value,)


def spelled(item):
    kind, value = item
    if kind is kinds.NEGATE:
        return "^"
    if kind is kinds.CATEGORY:
        name = str(value).removeprefix("CATEGORY_")
        letter = name.removeprefix("NOT_")[0].lower()
        return "\\" + (letter.upper() if name.startswith("NOT_") else letter)
    return "-".join(f"\\U{each:08x}" for each in numbers(value))


def attacks(tree, chance):
    """Return beginnings with the units to repeat behind them."""
    sampler = Sampler(chance)
    pairs = {("", sampler.text(tree)) for _ in range(4)}
    for _ in range(6):
        for before, unit in sampler.repeats(tree):
            pairs |= {(before, unit), ("", before + unit)}
    beginnings = sorted({before for before, _ in pairs})
    chosen = ["", *chance.sample(beginnings, min(8, len(beginnings)))]
    pairs |= {(before, character) for before in chosen for character in CHARACTERS}
    found = sorted(pair for pair in pairs if pair[1])
    return chance.sample(found, min(MOST_ATTACKS, len(found)))


class TooLongError(Exception):
    pass


def _stop(*_):
    raise TooLongError


def seconds(call, text, most):
    """Return the seconds that a call takes, at most `most`."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    start = time.process_time()
    try:
        with suppress(TooLongError):
            signal.setitimer(signal.ITIMER_VIRTUAL, most)
            call(text)
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - start


def weakness(expression, flags, methods, seed=1, rounds=(2, 4, 8)):
    """Return an attack that takes more than linear time, or None.

    What looks weak is measured in each of the `rounds` as often as it says.
    """
    compiled = re.compile(expression, flags)
    calls = [getattr(compiled, name) for name in sorted(methods - SEARCHING)]
    if methods & SEARCHING:
        calls.append(lambda text: sum(1 for _ in compiled.finditer(text)))
    chance = random.Random(seed)
    tree = _parser.parse(expression, flags)
    ends = [*ENDS, *sorted(set(Sampler(chance).refused(tree)))[:MOST_ENDS]]
    for before, unit in attacks(tree, chance):
        for end, call in ((end, call) for end in ends for call in calls):

            def time_of(length, before=before, unit=unit, end=end, call=call):
                return seconds(call, before + unit * (length // len(unit) + 1) + end, PATIENCE)

            if time_of(LENGTH) <= QUICK:
                continue
            # the least of several times, since other processes only add
            for tries in rounds:
                short, long = (min(time_of(length) for _ in range(tries)) for length in (LENGTH // 2, LENGTH))
                if long <= 0.9 * PATIENCE and long <= max(2.7 * short, QUICK):
                    break
            else:
                return f"{before!r} + {unit!r} * n + {end!r}: {short:.3f} s, twice as long {long:.3f} s"
    return None


@posix
@pytest.mark.parametrize(
    ("expression", "method"),
    [(r"\s*(?:,|;|and)", "search"), ("(?:a+)+b", "match"), (r"-[ \t]*\t[ \t]*(?![^\n]*:)", "match")],
)
def test_a_weak_expression_is_found(expression, method):
    assert weakness(expression, 0, {method}, rounds=(1,))


@posix
@pytest.mark.parametrize(
    ("expression", "method"),
    [(r"(?<!\s)\s++,", "search"), (r"\s*,", "match"), ("a+b", "match"), (r"[*_]*+\w", "fullmatch"), ("[^a]b", "split")],
)
def test_a_strong_one_is_not(expression, method):
    assert weakness(expression, 0, {method}) is None


def modules():
    for module in walk_packages(cardlint.__path__, "cardlint."):
        if module.name != "cardlint.__main__":
            with suppress(ModuleNotFoundError):  # an extra that is not installed
                yield import_module(module.name)


def inside(name, value):
    """Yield the expressions in a value with their names: it is one, or holds some at any depth."""
    if isinstance(value, LazyPattern | re.Pattern):
        if isinstance(value.pattern, str):
            yield name, value
    elif isinstance(value, tuple | list):
        for index, each in enumerate(value):
            yield from inside(f"{name}[{index}]", each)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from inside(f"{name}[{key!r}]", each)
    elif isinstance(value, Struct):
        for field in value.__struct_fields__:
            yield from inside(f"{name}.{field}", getattr(value, field))


def all_patterns():
    """Return the expressions that the global names of the modules hold, by their names."""
    found = {}
    for module in modules():
        for global_name, value in vars(module).items():
            for name, pattern in inside(f"{module.__name__.removeprefix('cardlint.')}.{global_name}", value):
                found.setdefault(id(pattern), (name, pattern))
    return dict(found.values())


@cache
def used_methods():
    """Return the methods that the code calls of each expression that has a name; others may be called in any way."""
    used = defaultdict(set)
    for module in modules():
        tree = ast.parse(Path(module.__file__).read_text("utf-8"))
        called = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in METHODS and isinstance(node.value, ast.Name):
                called[id(node.value)] = node.attr
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                pattern = vars(module).get(node.id)
                if isinstance(pattern, LazyPattern | re.Pattern):
                    used[id(pattern)] |= {called[id(node)]} if id(node) in called else {"search", "fullmatch"}
    return used


PATTERNS = all_patterns()


@posix
@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(PATTERNS.keys() - BOUNDED))
def test_every_expression_is_strong(name):
    pattern = PATTERNS[name]
    used = used_methods()[id(pattern)] or {"search", "fullmatch"}
    assert weakness(pattern.pattern, pattern.flags, used) is None


def test_expressions_are_found_at_any_depth():
    class Holder(Struct):
        one: re.Pattern
        other: str

    held = {"a": (Holder(re.compile("b"), "c"), [LazyPattern("d")]), "e": re.compile(b"f")}
    assert [(name, found.pattern) for name, found in inside("n", held)] == [
        ("n['a'][0].one", "b"),
        ("n['a'][1][0]", "d"),
    ]
