"""The grammar of a front matter: a `Key` is a row of the table, a `Shape` describes the values that the key accepts.

Both are used at the top of a front matter and inside it: the keys of a mapping are rows like all others.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from cardlint.lazy_regex import LazyPattern

__all__ = [
    "ANYTHING",
    "BOOLEAN",
    "LIST_OF_TEXTS",
    "MAPPING",
    "NUMBER",
    "TEXT",
    "TEXTS",
    "UNRECORDED",
    "Fact",
    "Form",
    "Key",
    "Kind",
    "Owner",
    "Shape",
    "Tells",
    "Verdict",
    "accepted",
    "by_name",
    "probably_refused",
    "refused",
    "unproved",
    "warned",
]

Kind = Literal["text", "number", "boolean", "date", "list", "mapping"]
"""The kinds of values in YAML, without null."""

Form = Literal["prose", "word", "name", "address", "model id", "dataset id"]
"""The forms of a text: a `word` is from a vocabulary, a `name` is free but short, an `address` a URL or a file."""

Verdict = Literal["refused", "probably refused", "warned", "accepted", "unknown"]
"""The Hub's answer to a commit whose card breaks a constraint.

For `refused` there is public evidence, for `probably refused` evidence about keys of the same kind. `warned` means that
the commit is accepted and the model's page shows a warning. `unknown`: public evidence is missing.
"""

Owner = Literal["model card", "dataset card", "Space", "generator", "other tool", "none"]
"""The reader of a key.

A `generator` is a program that writes or reads the key by convention; an `other tool` is one whose documents are not
cards, such as a site generator. Keys of `none` are written by people and read by no program.
"""

Tells = Literal["certain", "likely", "shared", "card", "nothing"]
"""The degree to which a key distinguishes its owner's cards from other Markdown with a front matter.

A `certain` key decides alone; a `likely` one unless a certain key of another owner is present; a `shared` one unless a
stronger key of another owner is present. `card` means that the front matter is that of a card of any kind.
"""


class Fact(Struct, frozen=True):
    """A verdict with its evidence: the source, and the date on which it was given or last confirmed."""

    verdict: Verdict
    source: str = ""
    date: str = ""

    @property
    def is_refusal(self) -> bool:
        """True if the Hub refuses the card, or probably does."""
        return self.verdict in {"refused", "probably refused"}


UNRECORDED = Fact("unknown")
"""The fact of a constraint for which nothing is recorded."""


def refused(source: str, date: str) -> Fact:
    """Return the fact that the Hub refuses the card."""
    return Fact("refused", source, date)


def probably_refused(source: str, date: str) -> Fact:
    """Return the fact that the Hub refuses similar cards, and so probably this one."""
    return Fact("probably refused", source, date)


def warned(source: str, date: str) -> Fact:
    """Return the fact that the Hub accepts the card and shows a warning."""
    return Fact("warned", source, date)


def unproved(source: str, date: str) -> Fact:
    """Return a hint from which no verdict follows."""
    return Fact("unknown", source, date)


def accepted(source: str, date: str) -> Fact:
    """Return the fact that the Hub accepts the card."""
    return Fact("accepted", source, date)


class Shape(Struct, frozen=True):
    """The values that a key accepts.

    A value is of one of `kinds`, and an item of a list of one of `items`. `keys` are the keys of a mapping; `open`
    means that it may have other keys too, whose values are of the shape `others`, or of any shape if `others` is None.
    A text is of the form `form`, one of `values` if there are any, and matches `pattern` as a whole if there is one;
    a text that matches `near` is nearly of that pattern. `label` names the value in a message if the kinds are not
    enough.
    """

    kinds: tuple[Kind, ...] = ("text",)
    items: tuple[Kind, ...] = ()
    keys: dict[str, Key] = {}
    open: bool = False
    others: Shape | None = None
    form: Form = "prose"
    values: tuple[str, ...] = ()
    pattern: LazyPattern[str] | None = None
    near: LazyPattern[str] | None = None
    label: str = ""

    @property
    def wants_text(self) -> bool:
        """True if text is accepted and a number is not, so that text that looks like a number needs quotes."""
        inside = {*self.kinds, *self.items}
        return "text" in inside and "number" not in inside

    def matches(self, text: str) -> bool:
        """Return True if a text has the pattern of this shape, or there is none."""
        return self.pattern is None or self.pattern.fullmatch(text) is not None

    @property
    def lists_mappings(self) -> bool:
        """True if a list of mappings is accepted."""
        return "mapping" in self.items

    @property
    def description(self) -> str:
        """The accepted values in words, for a message: `text or a list of texts`."""
        if self.label:
            return self.label
        words = [_WORDS[kind] for kind in self.kinds]
        if len(words) > 1 and self.items == ("text",):
            words[self.kinds.index("list")] = "a list of texts"
        return " or ".join(words)


_WORDS: dict[Kind, str] = {
    "text": "text",
    "number": "a number",
    "boolean": "`true` or `false`",
    "date": "a date",
    "list": "a list",
    "mapping": "a mapping",
}

TEXT = Shape()
TEXTS = Shape(("text", "list"), ("text",))
LIST_OF_TEXTS = Shape(("list",), ("text",))
NUMBER = Shape(("number",))
BOOLEAN = Shape(("boolean",))
MAPPING = Shape(("mapping",), open=True)
ANYTHING = Shape(tuple(_WORDS), tuple(_WORDS), open=True)


class Key(Struct, frozen=True):
    """A row of the table: a key with all facts about it.

    `meant` is the key to write instead of a misspelt or outdated one. `common` keys are in very many cards. `no_effect`
    says why the key has no effect although it seems to have one, and `unloadable` why huggingface_hub cannot load a
    card with it. An `inner` key is listed at the top since people write it there, but belongs in a mapping.

    Each constraint has the fact about a card that breaks it: the key is `missing` (None if it may be), the value or an
    item of its list is `wrong` (of another kind) or `null`; a text is `empty`, `malformed` (not of its form), `inexact`
    (nearly of its form: an id with a revision, another file of a license), in `upper_case`, or `unlisted` (of its form,
    but not in the Hub's vocabulary). `wrong_kinds` are facts about values of one wrong kind that differ from `wrong`.
    """

    name: str
    shape: Shape = TEXT
    owner: Owner = "model card"
    tells: Tells = "nothing"
    meant: str = ""
    common: bool = False
    no_effect: str = ""
    unloadable: str = ""
    inner: bool = False

    missing: Fact | None = None
    wrong: Fact = UNRECORDED
    wrong_item: Fact = UNRECORDED
    null: Fact = UNRECORDED
    null_item: Fact = UNRECORDED
    empty: Fact = UNRECORDED
    malformed: Fact = UNRECORDED
    inexact: Fact = UNRECORDED
    upper_case: Fact = UNRECORDED
    unlisted: Fact = UNRECORDED
    unlisted_item: Fact = UNRECORDED
    wrong_kinds: dict[Kind, Fact] = {}

    source: str = "`api-model.ts` of npm `@huggingface/hub` 2.17.5"
    date: str = "2026-08-22"

    @property
    def is_read(self) -> bool:
        """True if the Hub reads the key in a model card."""
        return self.owner == "model card"

    def wrong_kind(self, kind: Kind | None) -> Fact:
        """Return the fact about a value of this kind, which the key does not accept; the kind of null is None."""
        return self.null if kind is None else self.wrong_kinds.get(kind, self.wrong)

    def text_fact(self, text: str) -> Fact:
        """Return the fact about a text: that it is empty or does not match the pattern, or else that it may be used."""
        if not text:
            return self.empty
        if self.shape.matches(text):
            return UNRECORDED
        near = self.shape.near
        return self.inexact if near is not None and near.fullmatch(text) else self.malformed

    def wrong_item_kind(self, kind: Kind | None) -> Fact:
        """Return the fact about a list with an item of this kind, which the key does not accept."""
        return self.null_item if kind is None else self.wrong_item


def by_name(*keys: Key) -> dict[str, Key]:
    """Return the rows by name, for a `Shape`."""
    return {key.name: key for key in keys}
