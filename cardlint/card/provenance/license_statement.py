"""A license that a body states, and the words without which a text states none."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["LicenseStatement", "Subject", "may_state_license"]

# Every text that states a license has one of these in lower case.
_SIGNS = (
    *("licen", "licença", "lizen", "lisen", "lisan", "лиценз", "ліценз", "giấy phép", "สัญญาอนุญาต", "लाइसेंस"),
    *("许可", "許可", "协议", "協議", "授权", "授權", "ライセンス", "라이선스", "라이센스"),
    *("الترخيص", "الرخصة", "مجوز", "لایسنس"),
)


def may_state_license(text: str) -> bool:
    """Return False if a text certainly states no license."""
    lower = text.lower()
    return any(sign in lower for sign in _SIGNS)


class Subject(Enum):
    """The thing that a statement is about.

    `NONE` is a license without a subject, as in the value of a label; `UNCLEAR` are words that may concern the model.
    """

    MODEL = "model"
    OTHER = "other"
    NONE = "none"
    UNCLEAR = "unclear"


# Ids that stand for a whole family of licenses.
_FAMILIES = frozenset(("bsd", "cc", "gpl", "lgpl"))


class LicenseStatement(Struct, frozen=True, kw_only=True):
    """A license that the body states, of the model or of something else.

    `id` is the Hub's identifier, or the beginning of several if the text has no version: `apache`, `cc-by`. It is None
    for a license without an identifier, and for words that may state any. `name` is the license as written, between
    `span`. `place` is the heading, the labelled line, the row or the sentence; `form` is `section`, `label` or
    `sentence`.
    """

    id: str | None
    name: str
    subject: Subject
    span: Span
    place: Span
    form: str

    @property
    def is_of_model(self) -> bool:
        """True if the license is certainly the model's: a sentence says so, or the title or label of a bare name."""
        return self.subject in (Subject.MODEL, Subject.NONE)

    def may_be(self, identifier: str) -> bool:
        """Return True if this may be the license `identifier`, which may also name a whole family: `cc`, `gpl`."""
        if self.id is None:
            return _shares_word(self.name, identifier)
        if "openrail" in (identifier, self.id):
            return "rail" in identifier and "rail" in self.id
        if identifier in _FAMILIES and self.id.startswith(identifier):
            return True
        from cardlint.vocabulary.licenses.names import same_license  # here, since few cards state a license

        return same_license(self.id, identifier) or (self.id in _FAMILIES and identifier.startswith(self.id))


def _shares_word(name: str, identifier: str) -> bool:
    """Return True if a name may be an author's own words for an id: they share a word, or nearly."""
    if "rail" in identifier and "responsible ai" in name.lower():
        return True
    words = _WORD.findall(name.lower())
    parts = [part.rstrip("0123456789.") for part in identifier.split("-") if part[:1].isalpha()]
    if any(part in words for part in parts if len(part) > 2):
        return True
    from difflib import get_close_matches  # here, since few cards need it

    return any(len(part) > 3 and (part in name.lower() or get_close_matches(part, words, 1, 0.8)) for part in parts)


_WORD = LazyPattern(r"[^\W\d_]+")
