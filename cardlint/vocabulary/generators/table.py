"""The one table of generators.

Its parts are separate modules, each with its source and how to refresh it.
"""

from __future__ import annotations

from cardlint.vocabulary.generators.conversions import CONVERSIONS
from cardlint.vocabulary.generators.forms import FORMS
from cardlint.vocabulary.generators.libraries import LIBRARIES
from cardlint.vocabulary.generators.sentences import SENTENCES
from cardlint.vocabulary.generators.services import SERVICES
from cardlint.vocabulary.generators.trainers import TRAINERS

__all__ = ["GENERATORS"]

GENERATORS = (*CONVERSIONS, *SENTENCES, *TRAINERS, *LIBRARIES, *SERVICES, *FORMS)
"""The more special first: a card's generator is the first one whose marks it has."""
