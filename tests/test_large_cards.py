"""A large card takes time in proportion to its size, with a finding in every line too."""

import time
from functools import partial

import pytest
from growth import too_slow
from large_cards import FAULTY, FRONT

from cardlint.card.card import parse
from cardlint.config.selection import ActiveRule
from cardlint.fixing.patch import unified_diff
from cardlint.fixing.rounds import fix_card
from cardlint.linting.linter import lint
from cardlint.linting.results import Secret
from cardlint.registry import load_rules
from cardlint.reporters.masking import Mask
from cardlint.source import Source, Span

RULES = load_rules()
ACTIVE = [ActiveRule(rule, {}, None) for rule in RULES.values()]
SIZE = 100_000


def linted(make, size):
    source = Source("README.md", make(size))
    start = time.process_time()
    assert not lint(parse(source), ACTIVE, known=RULES).bugs
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("kind", FAULTY)
def test_many_findings_take_linear_time(kind):
    assert not too_slow(partial(linted, FAULTY[kind]), SIZE, 2 * SIZE, most=2.6)


def headings(number):
    return FRONT + "".join(f"##Lamp {n}\n\nThe state of lamp {n}.\n\n" for n in range(number))


def fixed(number):
    source = Source("README.md", headings(number))
    start = time.process_time()
    assert fix_card(source, None, ACTIVE, known=RULES).fixed.total() == number
    return time.process_time() - start


@pytest.mark.slow
def test_many_fixes_take_linear_time():
    assert not too_slow(fixed, 2_000, 4_000, most=2.6)


def compared(number):
    before = headings(number)
    after = before.replace("##", "## ")
    start = time.process_time()
    patch = unified_diff(Source("README.md", before), Source("README.md", after))
    assert patch.count("\n+## Lamp") == number
    return time.process_time() - start


def test_the_patch_of_many_changes_takes_linear_time():
    assert not too_slow(compared, 1_000, 4_000, most=6)


def masked(number):
    texts = [f"hf_AbCdEfGhIjKlMnOpQrStUvWxYz{n:08}" for n in range(number)]
    mask = Mask(Secret("README.md", Span(0, 0), text) for text in texts)
    start = time.process_time()
    shown = mask.text(" ".join(texts))
    assert shown.count("hf_AbC*") == number
    return time.process_time() - start


def test_many_secrets_with_one_beginning_are_masked_in_linear_time():
    assert not too_slow(masked, 500, 2_000, most=6)
