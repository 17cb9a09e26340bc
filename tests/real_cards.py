"""Real cards, for tests that read many: archives beside the checkout, which not everybody has."""

import random
import tarfile
from functools import cache
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"
ARCHIVE = SHARED / "corpus" / "cards.tar.gz"
FOLDERS = SHARED / "corpus" / "folders.tar.gz"
SEEDS = SHARED / "seeds"

needs_archive = pytest.mark.skipif(not ARCHIVE.is_file(), reason="the shared corpus is not here")
needs_folders = pytest.mark.skipif(not FOLDERS.is_file(), reason="the shared folders are not here")
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared seeds are not here")


@cache
def all_cards():
    """Return every card of the archive by its name, in the archive's order.

    They are read once and in that order: a compressed archive starts over for every file that lies further back.
    """
    with tarfile.open(ARCHIVE) as archive:
        return {member.name: archive.extractfile(member).read() for member in archive if member.isfile()}


def sample(count, *, seed, folder="cards/"):
    """Return the names and bytes of some cards of a folder, always the same ones for a seed."""
    names = sorted(name for name in all_cards() if name.startswith(folder))
    return [(name, all_cards()[name]) for name in random.Random(seed).sample(names, count)]


def unpack_folders(place):
    """Unpack the folders with the files beside real cards, and return the cards in the order of their names."""
    with tarfile.open(FOLDERS) as archive:
        archive.extractall(place, filter="data")
    return sorted(place.glob("folders/*/README.md"))
