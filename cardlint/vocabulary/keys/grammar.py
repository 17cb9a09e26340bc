"""The grammar of a front matter: a `Key` is a row of the table, a `Shape` describes the values that the key accepts.

Both serve at the top of a front matter and inside it: the keys of a mapping are rows like any other.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

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
]

Kind = Literal["text", "number", "boolean", "date", "list", "mapping"]
"""The kinds of values that YAML knows, apart from null."""

Form = Literal["prose", "word", "name", "address", "model id", "dataset id"]
"""The forms of a text: a `word` is one of a vocabulary, a `name` is free but short, an `address` a URL or a file."""

Verdict = Literal["refused", "probably refused", "warned", "accepted", "unknown"]
"""The Hub's answer to a commit whose card breaks a constraint.

`refused` has public evidence, and `probably refused` the evidence of keys of the same kind. By `warned` the commit is
accepted, and the model's page shows a warning. Of `unknown` nothing public tells.
"""

Owner = Literal["model card", "dataset card", "Space", "generator", "other tool", "none"]
"""The reader of a key.

A `generator` is a program that writes or reads the key by agreement, an `other tool` one whose documents are not cards,
such as a generator of sites. People write the keys of `none`, and no program reads them.
"""

Tells = Literal["certain", "likely", "shared", "card", "nothing"]
"""The degree in which a key tells the card of its owner from other Markdown with a front matter.

A `certain` key decides, whatever keys are beside it; a `likely` one unless a certain key of another owner is there; a
`shared` one unless there is a more telling key of another. By `card` a front matter is a card's, whichever card it is.
"""


class Fact(Struct, frozen=True):
    """A verdict with its evidence: where it can be read, and the day on which it was given or last confirmed."""

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
    """Return the fact that the Hub refuses the like, so probably this."""
    return Fact("probably refused", source, date)


def accepted(source: str, date: str) -> Fact:
    """Return the fact that the Hub accepts the card."""
    return Fact("accepted", source, date)


class Shape(Struct, frozen=True):
    """The values that a key accepts.

    A value is of one of `kinds`, and an item of a list of one of `items`. `keys` are those of the mapping that the
    value or an item is; `open` says that it may have keys of any other name, whose values are of the shape `others`, or
    anything if that is None. A text is of the form `form`, or one of `values` if there are any. `label` names the value
    in a message where the kinds alone would say too little.
    """

    kinds: tuple[Kind, ...] = ("text",)
    items: tuple[Kind, ...] = ()
    keys: dict[str, Key] = {}
    open: bool = False
    others: Shape | None = None
    form: Form = "prose"
    values: tuple[str, ...] = ()
    label: str = ""

    @property
    def wants_text(self) -> bool:
        """True if text is accepted and a number is not, so that what looks like a number needs quotes."""
        inside = {*self.kinds, *self.items}
        return "text" in inside and "number" not in inside

    @property
    def lists_mappings(self) -> bool:
        """True if a list of mappings is accepted."""
        return "mapping" in self.items

    @property
    def description(self) -> str:
        """The accepted values in words, as a message puts them: `text or a list of texts`."""
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
    """A row of the table: a key, and all that is known of it.

    `meant` is the key to write instead of one that is misspelt or outdated. `common` keys are those that very many
    cards have. `no_effect` says why the key does nothing though it looks as if it did, and `unloadable` why
    huggingface_hub cannot load a card with it. An `inner` key is listed at the top since people write it there, but
    belongs in a mapping.

    Each constraint has the fact that is known of a card that breaks it: the key is `missing` (None if it may be), the
    value or an item of its list is `wrong` (of another kind) or `null`, a text is `empty` or `malformed` (not of its
    form).
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

    source: str = "`api-model.ts` of npm `@huggingface/hub` 2.17.5"
    date: str = "2026-08-22"

    @property
    def is_read(self) -> bool:
        """True if the Hub reads the key on the card of a model."""
        return self.owner == "model card"


def by_name(*keys: Key) -> dict[str, Key]:
    """Return the rows under their names, as a `Shape` has them."""
    return {key.name: key for key in keys}
