"""Titles and introductions of the card's own model: what is below any other may be about another model or a part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardlint.card.provenance.licenses import ABOUT_ANOTHER
from cardlint.card.text.own_names import OwnNames
from cardlint.card.text.sections import Section
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.disclosure.phrases import LABELS, OWN_INTRODUCTION, TITLE_WORDS
from cardlint.vocabulary.titles.section_kinds import kinds_of_title

__all__ = ["Ownership", "plain_label"]

_OTHER_TITLES = LazyPattern(
    r"\b(?:vs|versus|compar\w*|other|previous|earlier|older|related|planned|planning|plan|roadmap|future|upcoming"
    r"|changelog|famil(?:y|ies)|variants?|siblings?|alternatives?|inference|requirements|deployment|serving|dataset"
    r"|benchmarks?|ablations?|baselines?|draft|speculative|reward model|judge)\b",
    re.IGNORECASE,
)
# Sections whose numbers are not about the model itself, with those below them.
_OTHER_KINDS = frozenset(("how-to-use", "citation", "license", "evaluation", "results", "framework-versions"))
_OWN_KINDS = frozenset(
    ("description", "technical-specifications", "training-data", "training-procedure", "compute", "contact")
) | {"hyperparameters", "environmental-impact"}
_SIZE = LazyPattern(r"\b\d{1,4}(?:\.\d{1,2})?[BbMm]\b")
_OWN_INTRODUCTION = LazyPattern(OWN_INTRODUCTION, re.IGNORECASE)
_TITLE_WORD = LazyPattern(r"[^\W_][\w;-]*")
_MARKS = "*_`#:：.。 \t\n"


class Ownership:
    """A judge of titles and introductions: each is of the card's model, of another, or leaves it open."""

    def __init__(self, own: OwnNames, sections: Sequence[Section]) -> None:
        self.own = own
        self._first = next((section for section in sections if _TITLE_WORD.search(section.title)), None)
        self.sizes = {size.lower() for name in (*own.titles, own.repo_id or "") for size in _SIZE.findall(name)}
        self._labels = frozenset().union(*LABELS.values())
        self._admitted: dict[int, bool] = {}

    def is_about_another(self, text: str) -> bool:
        """Return True if a title or an introduction says that it is of another model."""
        if ABOUT_ANOTHER.search(text):
            return True
        sizes = {size.lower() for size in _SIZE.findall(text)}
        return bool(sizes) and not sizes <= self.sizes

    def is_of_model(self, text: str) -> bool:
        """Return True if a title or an introduction is of the card's model: by its name, or by general words only."""
        text = text.strip(_MARKS)
        if self.is_about_another(text):
            return False
        if not text or self.own.prefix(text) or _OWN_INTRODUCTION.match(text):
            return True
        if plain_label(text) in self._labels or _OWN_KINDS.intersection(kinds_of_title(text, whole=True)):
            return True
        return all(word in TITLE_WORDS for word in _TITLE_WORD.findall(text.lower()) if not word.isdigit())

    def admits_model(self, section: Section) -> bool:
        """Return True if neither the title of a section nor one above is about something else."""
        start = section.heading.span.start
        known = self._admitted.get(start)
        if known is None:
            known = self._is_title(section) or not self._is_other(section)
            known = known and (section.parent is None or self.admits_model(section.parent))
            self._admitted[start] = known
        return known

    def is_section_of_model(self, section: Section) -> bool:
        """Return True if the title of a section is of the card's model, and no title above is about something else."""
        is_own = self._is_title(section) or self.is_of_model(section.title)
        return is_own and self.admits_model(section) and self.is_below_model(section)

    def is_below_model(self, section: Section) -> bool:
        """Return True if all titles above a section are of a known kind or of the card's model."""
        above = section.parent
        while above is not None:
            if not (above.kinds or self._is_title(above) or self.is_of_model(above.title)):
                return False
            above = above.parent
        return True

    def _is_title(self, section: Section) -> bool:
        return section is self._first and section.parent is None

    def _is_other(self, section: Section) -> bool:
        return (
            not _OTHER_KINDS.isdisjoint(section.kinds)
            or _OTHER_TITLES.search(section.title) is not None
            or self.is_about_another(section.title)
        )


_REMARK = LazyPattern(r"\([^()]*\)")
_LABEL_WORD = LazyPattern(r"[^\W_]+")


def plain_label(text: str) -> str:
    """Return a label in lower case, without signs and remarks in brackets."""
    words: Sequence[str] = _LABEL_WORD.findall(_REMARK.sub(" ", text[:120].lower().replace("’", "'").replace("'", "")))
    return " ".join(words)
