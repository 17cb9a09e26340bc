"""Run all rules and fixes over mutated cards, and report whatever an ordinary card would not cause.

    python benchmarks/fuzz.py [FOLDER ...] [--count N] [--minutes 10] [--seed 0] [--first 0] [--keep FOLDER]

The cards (`*.md`, at any depth) are those of the folders, of `fixtures/` and of the cases in `tests/rules/`. Every
input is made of a card by one to three mutations of `MUTATIONS`, drawn by the seed and the number of the input: a
number always gives the same input. A failure is an exception, a bug in a rule, a span outside of the text, a message of
more than `LONGEST_MESSAGE` characters, an input that takes more than `MOST_SECONDS`, a fixed card that a second run of
fixes changes again, or an error that safe fixes add to a card that could be read. `--keep` writes the inputs that fail.
Warnings and notes that safe fixes add are only counted: rules read what was, for example, under a misspelt key.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from cardlint.card.card import Card, parse
from cardlint.config.selection import ActiveRule
from cardlint.finding import Finding, Severity
from cardlint.fixing.rounds import FixedCard, fix_card
from cardlint.linting.linter import lint
from cardlint.linting.results import CardResult
from cardlint.registry import load_rules
from cardlint.source import Source, Span, read
from cardlint.testing import decode_escapes, read_cases

ROOT = Path(__file__).parents[1]
MOST_BYTES = 200_000
"""Longer inputs are cut, so that most of the time goes to many inputs and not to long ones."""
MOST_SECONDS = 10
LONGEST_MESSAGE = 2_000

STRANGE = (
    b"\0", b"\x1b[31m", b"\x7f", b"\xc7", b"\xff\xfe", b"\xed\xa0\x80", b"\xf0\x9f\x8c\x8a", b"\xef\xbb\xbf",
    b"\xe2\x80\xae", b"\xc2\xa0", b"\xe3\x80\x80", b"\xe2\x80\x8b", b"\xe2\x80\xa8", b"\x0b", b"\x0c", b"\xc2\x85",
)  # fmt: skip
NUMBERS = (
    b"0", b"-0", b"00.50", b"1e999999999", b"-1e-999999999", b"nan", b".inf", b"1_000", b"1,000.5", b"0x1F", b"1:30",
    b"99999999999999999999", b"50%", b"0.5\xc2\xb10.1", b"\xd9\xa3", b"1/0", b"1e5", b"\xe2\x88\x925", b"1.2.3",
)  # fmt: skip
CONSTRUCTS = (
    b"---\n", b"```\n", b"~~~python\n", b"<!--", b"-->", b"<details>\n", b"| a | b |\n|---|---|\n", b"> ", b"- [ ] ",
    b"1. ", b"# ", b"===\n", b"[a](b)", b"![", b"](", b"[^a]: ", b"**", b"_", b"`", b"$$", b"&#0;", b"\\", b"{{ a }}",
    b"{% if %}", b"<<<<<<< a\n", b"&a ", b"*a", b"!!python/object ", b"? ", b"? - ", b"|\n  ", b">-\n  ", b"'", b'"',
    b"[", b"{", b": ", b" #", b"license: mit\n", b"model-index:\n- name: a\n  results:\n", b"tags: [a, a]\n",
    b"<!-- cardlint-disable placeholder-text -->", b"# cardlint: ignore[duplicate-key]", b"[More Information Needed]",
    b"It achieves the following results on the evaluation set:\n- Loss: 0.5\n", b"https://huggingface.co/a/b",
    b"This model is a fine-tuned version of [a/b](https://huggingface.co/a/b) on the c dataset.\n",
)  # fmt: skip
LINE_ENDS = (b"\n", b"\r\n", b"\r", b"\n\r", b"\n\n")
WORDS = re.compile(rb"[^\s]+")
DIGITS = re.compile(rb"\d+(?:\.\d+)?")
PUNCTUATION = re.compile(rb"[^\w\s]")

Mutation = Callable[[bytes, bytes, random.Random], bytes]
"""A change of a card; the second argument is another card."""


def _range(data: bytes, chance: random.Random, longest: int = 400) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(start + chance.randint(1, longest), len(data))


def _insert(data: bytes, piece: bytes, chance: random.Random) -> bytes:
    place = chance.randint(0, len(data))
    return data[:place] + piece + data[place:]


def _replace(data: bytes, expression: re.Pattern[bytes], piece: bytes, chance: random.Random) -> bytes:
    """Replace one of the matches."""
    matches = list(expression.finditer(data))
    if not matches:
        return _insert(data, piece, chance)
    match = chance.choice(matches)
    return data[: match.start()] + piece + data[match.end() :]


def _lines(data: bytes, change: Callable[[list[bytes]], list[bytes]]) -> bytes:
    return b"".join(change(data.splitlines(keepends=True)))


def cut(data: bytes, _: bytes, chance: random.Random) -> bytes:
    start, end = _range(data, chance)
    return data[:start] + data[end:]


def truncate(data: bytes, _: bytes, chance: random.Random) -> bytes:
    place = chance.randint(0, len(data))
    return chance.choice([data[:place], data[place:]])


def repeat(data: bytes, _: bytes, chance: random.Random) -> bytes:
    start, end = _range(data, chance)
    return data[:end] + data[start:end] * chance.choice([1, 2, 20]) + data[end:]


def move(data: bytes, _: bytes, chance: random.Random) -> bytes:
    start, end = _range(data, chance)
    return _insert(data[:start] + data[end:], data[start:end], chance)


def swap_lines(data: bytes, _: bytes, chance: random.Random) -> bytes:
    def change(lines: list[bytes]) -> list[bytes]:
        if lines:
            one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[one], lines[other] = lines[other], lines[one]
        return lines

    return _lines(data, change)


def drop_lines(data: bytes, _: bytes, chance: random.Random) -> bytes:
    share = chance.choice([0.02, 0.2, 0.6])
    return _lines(data, lambda lines: [line for line in lines if chance.random() > share])


def shuffle_words(data: bytes, _: bytes, chance: random.Random) -> bytes:
    start, end = _range(data, chance)
    words = data[start:end].split(b" ")
    chance.shuffle(words)
    return data[:start] + b" ".join(words) + data[end:]


def join_lines(data: bytes, _: bytes, chance: random.Random) -> bytes:
    """Put a part of the card, or all of it, on one line."""
    start, end = chance.choice([(0, len(data)), _range(data, chance)])
    return data[:start] + data[start:end].replace(b"\n", chance.choice([b" ", b"", b"\\n"])) + data[end:]


def change_line_ends(data: bytes, _: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.5:
        return data.replace(b"\n", chance.choice(LINE_ENDS))
    return b"".join(part + chance.choice(LINE_ENDS) for part in data.split(b"\n"))


def indent(data: bytes, _: bytes, chance: random.Random) -> bytes:
    """Indent, quote or list some lines, or take their indentation away."""
    prefix, share = chance.choice([b" ", b"    ", b"\t", b"> ", b"- ", b"| ", b""]), chance.choice([0.05, 0.5, 1])
    return _lines(
        data,
        lambda lines: [
            (prefix + line if prefix else line.lstrip(b" \t")) if chance.random() < share else line for line in lines
        ],
    )


def flip(data: bytes, _: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _number in range(chance.choice([1, 5, 50]) if data else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def add_strange(data: bytes, _: bytes, chance: random.Random) -> bytes:
    for _number in range(chance.choice([1, 3, 30])):
        data = _insert(data, chance.choice(STRANGE), chance)
    return data


def add_run(data: bytes, _: bytes, chance: random.Random) -> bytes:
    """Insert a long run of one to three characters."""
    unit = bytes(chance.choices(b" \t\n-_*#`~|>[]()<!$\\&:.,/0a'\"{}", k=chance.choice([1, 1, 2, 3])))
    return _insert(data, unit * chance.choice([10, 100, 2_000]), chance)


def add_construct(data: bytes, _: bytes, chance: random.Random) -> bytes:
    for _number in range(chance.choice([1, 1, 4])):
        data = _insert(data, chance.choice(CONSTRUCTS), chance)
    return data


def change_number(data: bytes, _: bytes, chance: random.Random) -> bytes:
    for _number in range(chance.choice([1, 5])):
        data = _replace(data, DIGITS, chance.choice(NUMBERS), chance)
    return data


def change_punctuation(data: bytes, _: bytes, chance: random.Random) -> bytes:
    for _number in range(chance.choice([1, 5, 20])):
        piece = chance.choice([b"", bytes([chance.choice(b"-:|#[]()*_`'\",.>&{}")])])
        data = _replace(data, PUNCTUATION, piece, chance)
    return data


def change_word(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Replace words by those of another card, by other cases of themselves, or by nothing."""
    words = WORDS.findall(other) or [b"a"]
    for _number in range(chance.choice([1, 5, 20])):
        word = chance.choice(words)
        data = _replace(data, WORDS, chance.choice([word, word.upper(), word.swapcase(), b""]), chance)
    return data


def splice(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Put a part of another card into this one, or its end behind this one's beginning."""
    start, end = _range(other, chance, 2_000)
    if chance.random() < 0.5:
        return _insert(data, other[start:end], chance)
    return data[: chance.randint(0, len(data))] + other[start:]


MUTATIONS: tuple[Mutation, ...] = (
    cut, truncate, repeat, move, swap_lines, drop_lines, shuffle_words, join_lines, change_line_ends, indent, flip,
    add_strange, add_run, add_construct, change_number, change_punctuation, change_word, splice,
)  # fmt: skip


def known_cards() -> list[bytes]:
    """Return the cards of the repository: the fixtures, and the cases of the rules."""
    cards = [path.read_bytes() for path in sorted(ROOT.glob("fixtures/**/*.md"))]
    for path in sorted(ROOT.glob("tests/rules/*.md")):
        cards += [decode_escapes(case.card) for case in read_cases(path.read_text("utf-8"))]
    return cards


def mutated(cards: Sequence[bytes], seed: int, number: int) -> tuple[list[str], bytes]:
    """Return the input with this number, and the names of the mutations that made it."""
    chance = random.Random(f"{seed} {number}")
    data, other = chance.choice(cards), chance.choice(cards)
    # each kind in turn, and some others behind it
    chosen = [MUTATIONS[number % len(MUTATIONS)], *chance.choices(MUTATIONS, k=chance.choice([0, 0, 1, 2]))]
    for mutation in chosen:
        data = mutation(data, other, chance)[:MOST_BYTES]
    return [mutation.__name__ for mutation in chosen], data


class Fuzz:
    """All rules, with their defaults."""

    def __init__(self) -> None:
        self.rules = load_rules()
        self.active = [
            ActiveRule(rule, {name: option.default for name, option in rule.options.items()}, None)
            for rule in self.rules.values()
        ]
        self.fixed_cards = 0
        self.added: Counter[str] = Counter()

    def problems(self, data: bytes) -> list[str]:
        """Return all that is wrong with the result of a card, in words."""
        start = time.process_time()
        source = read(data)
        found: list[str] = []
        try:
            card = parse(source)
            result = lint(card, self.active, known=self.rules)
            found += [bug.words for bug in result.bugs]
            for finding in result.findings:
                found += _unsound(finding, source)
            if any(finding.problem.fix for finding in result.findings):
                for unsafe in (False, True):
                    found += self.harm_of_fixes(card, result, unsafe=unsafe)
        except Exception:  # noqa: BLE001 - any exception is what is looked for
            return [traceback.format_exc()]
        seconds = time.process_time() - start
        if seconds > MOST_SECONDS:
            found.append(f"it takes {seconds:.0f} seconds")
        return found

    def harm_of_fixes(self, card: Card, result: CardResult, *, unsafe: bool) -> Iterator[str]:
        """Yield which promises of `--fix` the fixes of a card do not keep."""
        fixed = self.fix(card.original, unsafe=unsafe)
        yield from (bug.words for bug in fixed.result.bugs)
        self.fixed_cards += bool(fixed.rounds) and not unsafe
        written = read(fixed.source.encode())
        if fixed.rounds and (again := self.fix(written, unsafe=unsafe)).rounds:
            yield f"a second run {'of unsafe fixes ' if unsafe else ''}fixes more: {dict(again.fixed)}"
        if not unsafe and fixed.rounds and _could_be_read(card):
            added = _rules(fixed.result) - _rules(result)
            self.added += Counter({name: count for (name, is_error), count in added.items() if not is_error})
            for name, is_error in added:
                if is_error:
                    yield f"after safe fixes {dict(fixed.fixed)} an error of {name}"

    def fix(self, source: Source, *, unsafe: bool) -> FixedCard:
        """Return the card with all fixes of all rules."""
        return fix_card(source, None, self.active, unsafe=unsafe, known=self.rules)


def _rules(result: CardResult) -> Counter[tuple[str, bool]]:
    """Count the findings by rule, errors apart."""
    return Counter((finding.rule.name, finding.severity is Severity.ERROR) for finding in result.findings)


def _could_be_read(card: Card) -> bool:
    return card.recovery is None and card.metadata.read and card.metadata.error is None


def _unsound(finding: Finding, source: Source) -> Iterator[str]:
    name, problem = finding.rule.name, finding.problem
    spans = [(finding.span, source)]
    spans += [(related.span, related.source or source) for related in problem.related]
    spans += [(edit.span, source) for edit in problem.fix.edits] if problem.fix else []
    yield from (f"{name}: {span} is outside" for span, text in spans if not _is_inside(span, text))
    if len(finding.message) > LONGEST_MESSAGE:
        yield f"{name}: a message of {len(finding.message)} characters"


def _is_inside(span: Span, source: Source) -> bool:
    return 0 <= span.start <= span.end <= len(source.text)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folders", nargs="*", type=Path)
    arguments.add_argument("--count", type=int, help="the number of inputs; without it, as many as the minutes allow")
    arguments.add_argument("--minutes", type=float, default=10)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--first", type=int, default=0, help="the number of the first input")
    arguments.add_argument("--keep", type=Path, help="the folder for inputs that fail")
    options = arguments.parse_args()
    cards = known_cards()
    for folder in options.folders:
        cards += [path.read_bytes() for path in sorted(folder.rglob("*.md")) if path.is_file()]
    fuzz = Fuzz()
    kinds: Counter[str] = Counter()
    failures = 0
    slowest, slowest_number = 0.0, options.first
    end = time.monotonic() + 60 * options.minutes
    number = options.first
    while time.monotonic() < end if options.count is None else number < options.first + options.count:
        names, data = mutated(cards, options.seed, number)
        start = time.process_time()
        problems = fuzz.problems(data)
        if (seconds := time.process_time() - start) > slowest:
            slowest, slowest_number = seconds, number
        kinds.update(names)
        if problems:
            failures += 1
            print(f"input {number} ({', '.join(names)}):", *problems, sep="\n  ", flush=True)
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{options.seed}-{number}.md").write_bytes(data)
        number += 1
    print(f"{number - options.first:,} inputs from {len(cards):,} cards: {failures} fail")
    print(f"the slowest, {slowest_number}, takes {slowest:.1f} s; mutations: {dict(kinds.most_common())}")
    print(f"{fuzz.fixed_cards:,} get safe fixes, which add warnings and notes of {dict(fuzz.added.most_common())}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
