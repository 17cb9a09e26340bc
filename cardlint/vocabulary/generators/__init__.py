"""Programs that write model cards: their marks, and the oddities that they write by design."""

from __future__ import annotations

from cardlint.vocabulary.generators.conversions import CONVERSIONS
from cardlint.vocabulary.generators.forms import FORMS
from cardlint.vocabulary.generators.generator import Generator
from cardlint.vocabulary.generators.libraries import LIBRARIES
from cardlint.vocabulary.generators.sentences import SENTENCES
from cardlint.vocabulary.generators.services import SERVICES
from cardlint.vocabulary.generators.trainers import TRAINERS

__all__ = ["GENERATORS", "Generator"]

GENERATORS = (*CONVERSIONS, *SENTENCES, *TRAINERS, *LIBRARIES, *SERVICES, *FORMS)
"""The most specific first: a card's generator is the first one whose marks the card has."""
