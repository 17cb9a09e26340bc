"""A card of the largest ordinary size takes little memory, whatever it is full of."""

import subprocess
import sys

import pytest
from large_cards import FRONT, KINDS

MOST = 50
"""Bytes of memory for each byte of a card: one of 5 MB then takes less than 300 MB in all."""
FINDING_A_LINE = 100
"""The same for cards in which every line has a finding or an edit, which are kept until they are reported."""
WITH_FINDINGS = {"headings without a blank", "unknown keys", "languages that are none", "the same tag"}
FIXED = 10_000_000
"""Bytes of modules, tables and caches that a card of a few words does not need."""
SIZE = 1_000_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the unit of the peak is another"),
]

# a process of its own starts the command, since a new one counts the memory of its parent
WATCH = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


def peak(folder, text):
    """Return the bytes of memory that a check of a card takes at its peak."""
    card = folder / "README.md"
    card.write_text(text, "utf-8")
    command = [sys.executable, "-m", "cardlint", "check", "--isolated", "--no-cache", "--jobs", "1"]
    command += ["--output-format", "json", str(card)]
    watch = [sys.executable, "-c", WATCH, *command]
    return int(subprocess.run(watch, capture_output=True, check=True).stdout)


@pytest.fixture(scope="module")
def of_few_words(tmp_path_factory):
    return peak(tmp_path_factory.mktemp("few"), FRONT + "Tells owls apart.\n")


@pytest.mark.parametrize("kind", KINDS)
def test_a_large_card_takes_little_memory(kind, tmp_path, of_few_words):
    text = KINDS[kind](SIZE)
    size = len(text.encode())
    assert size > 0.9 * SIZE
    taken = peak(tmp_path, text) - of_few_words
    most = FINDING_A_LINE if kind in WITH_FINDINGS else MOST
    assert size < taken < most * size + FIXED
