"""Some inputs of `benchmarks/fuzz.py`: each of its mutations of the cards in this repository."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def fuzz():
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        import fuzz
    finally:
        sys.path.pop(0)
    return fuzz


@pytest.fixture(scope="module")
def cards(fuzz):
    return fuzz.known_cards()


@pytest.fixture(scope="module")
def rules(fuzz):
    return fuzz.Fuzz()


def test_there_are_many_kinds_of_mutations(fuzz):
    assert len({mutation.__name__ for mutation in fuzz.MUTATIONS}) >= 18


def test_an_input_is_made_again_by_its_number(fuzz, cards):
    first = [fuzz.mutated(cards, 1, number) for number in range(50)]
    assert first == [fuzz.mutated(cards, 1, number) for number in range(50)]
    assert len({data for _, data in first}) > 45


@pytest.mark.parametrize("start", [pytest.param(0), pytest.param(200, marks=pytest.mark.slow)])
def test_no_input_does_harm(fuzz, cards, rules, start):
    for number in range(start, start + (200 if start == 0 else 4_000)):
        names, data = fuzz.mutated(cards, 7, number)
        assert rules.problems(data) == [], (number, names)


def test_what_is_harm_is_seen(fuzz, rules, monkeypatch):
    card = b"---\nlicense: mit\nlicense: mit\n---\n# T\n"
    assert rules.problems(card) == []
    with monkeypatch.context() as patch:
        patch.setattr(fuzz, "LONGEST_MESSAGE", 3)
        assert "a message of" in rules.problems(card)[0]
    with monkeypatch.context() as patch:
        patch.setattr(fuzz, "MOST_SECONDS", 0)
        assert "seconds" in rules.problems(card)[0]
    monkeypatch.setattr(fuzz, "parse", lambda source: None)
    assert "Traceback" in rules.problems(card)[0]
