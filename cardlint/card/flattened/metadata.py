"""The lines of a front matter that is on one line, found by the grammar of the metadata.

A colon after a word always ends a key, since a plain scalar cannot contain one; the difficulty is the depth of the key.
A key belongs to the innermost open mapping that knows the key and does not have it yet. Lines that exist show the depth
by their indentation, which is never changed.
"""

from __future__ import annotations

from msgspec import Struct

from cardlint.card.flattened.gaps import Gaps
from cardlint.card.flattened.phrases import Phrase, find_phrase, holds_value
from cardlint.card.flattened.tokens import Token, TokenKind
from cardlint.vocabulary.keys.grammar import Shape
from cardlint.vocabulary.keys.table import FRONT_MATTER

__all__ = ["break_metadata"]

_UNKNOWN = Shape(open=True)  # the content of an unknown key: anything
_ARTICLES = frozenset(("a", "an", "the", "your"))  # the word after one of these is part of a comment, even with a colon
# the last word of the comment in the Hub's template
_TEMPLATES_LAST_WORDS = frozenset(("https://huggingface.co/docs/hub/model-cards",))
_DEEPEST = 16  # the most open mappings; the metadata has six, and each one indents every line below it by two spaces


class _Level(Struct):
    """An open mapping: the columns of its keys and of the dash before it if it is an item, and the keys that it has."""

    shape: Shape
    indent: int
    dash: int | None = None
    used: set[str] = set()
    first: str = ""

    @property
    def item(self) -> bool:
        return self.dash is not None

    def wants(self, key: str) -> bool:
        return key in self.shape.keys and key not in self.used

    def take(self, key: str) -> Shape:
        self.used.add(key)
        self.first = self.first or key
        known = self.shape.keys.get(key)
        return known.shape if known else self.shape.others or _UNKNOWN


def break_metadata(tokens: list[Token], gaps: Gaps) -> None:
    """Find the line breaks before each of `tokens`: the front matter without its fences."""
    _MetadataReader(tokens, gaps).run()


class _MetadataReader:
    def __init__(self, tokens: list[Token], gaps: Gaps) -> None:
        self.tokens = tokens
        self.gaps = gaps
        self.levels = [_Level(FRONT_MATTER, 0)]
        self.pending: Shape | None = None  # the shape of the last key's value, until some of the value was read
        self.items: int | None = None  # the column of the dashes in a list of scalars
        self.words = 0  # in the current scalar
        self.following = _following_keys(tokens)

    def run(self) -> None:
        index = 0
        while index < len(self.tokens):
            index = self._read(index)

    def _read(self, index: int) -> int:
        token = self.tokens[index]
        match token.kind:
            case TokenKind.KEY:
                self._key(index)
            case TokenKind.DASH:
                return self._dash(index)
            case TokenKind.BLOCK if self.pending is not None or self._after_dash(index):
                return self._opaque(index + 1, broken=True)
            case TokenKind.COMMENT:
                return self._comment(index)
            case _:
                return self._word(index)
        return index + 1

    def _word(self, index: int) -> int:
        depth = self._form()
        phrase = find_phrase(self.tokens, index, self.levels[depth].shape if depth else self.pending)
        if phrase is None:
            self.pending = None
            self.words += 1
            return index + 1
        return self._phrase(phrase, depth)

    def _after_dash(self, index: int) -> bool:
        return index > 0 and self.tokens[index - 1].kind is TokenKind.DASH

    # keys that are sentences

    def _form(self) -> int:
        """Return the depth of the open form of a gated repository; 0 if none is open."""
        return max((depth for depth, level in enumerate(self.levels) if level.shape.others), default=0)

    def _phrase(self, phrase: Phrase, depth: int) -> int:
        """Read a key of several words in the form at `depth`, or begin the form with it."""
        if not depth:
            assert self.pending is not None
            self.levels.append(_Level(self.pending, self.levels[-1].indent + 2))
            depth = len(self.levels) - 1
        del self.levels[depth + 1 :]
        level = self.levels[depth]
        first, last = self.tokens[phrase.first], self.tokens[phrase.last]
        self.gaps.before(first.start, indent=level.indent, certain=phrase.certain)
        if first.text == "?":
            self.gaps.before(last.end - 1, indent=level.indent, certain=phrase.certain)
        self._open(level, self.gaps.text[first.start : last.end])
        return phrase.last + 1

    # keys

    def _key(self, index: int) -> None:
        key = self.tokens[index].key
        column = self.gaps.column(self.tokens[index].start)
        if column is not None:
            level, certain = self._at(column), True
        elif self.pending is not None and self._nests(key, self.pending):
            level = _Level(self.pending, self.levels[-1].indent + 2)
            self.levels.append(level)
            certain = key in self.pending.keys
        else:
            level, certain = self._place(index)
        self.gaps.before(self.tokens[index].start, indent=level.indent, certain=certain)
        self._open(level, key)

    def _at(self, column: int) -> _Level:
        """Return the open mapping of a key that begins a line at `column`, and close deeper ones."""
        if self.pending is not None and column > self.levels[-1].indent:
            self.levels.append(_Level(self.pending, column))
        self._close(column)
        return self.levels[-1]

    def _close(self, column: int, *, dash: int | None = None) -> None:
        """Close the mappings with keys deeper than `column`, but not the items of a list with dashes at `dash`."""
        while len(self.levels) > 1 and self.levels[-1].indent > column:
            if self.levels[-1].dash == dash is not None:
                break
            self.levels.pop()
            self.pending = None

    def _open(self, level: _Level, key: str) -> None:
        self.pending = level.take(key)
        self.items = None
        self.words = 0

    def _nests(self, key: str, shape: Shape) -> bool:
        """Return True if `key` begins a mapping under the last key, which otherwise has no value."""
        if key in shape.keys:
            return True
        if not shape.open or len(self.levels) >= _DEEPEST:
            return False
        # top-level names (`language`) are common words that `args` may have as keys; names of mappings are rarer
        at_top = FRONT_MATTER.keys.get(key)
        holds_keys = at_top is not None and bool(at_top.shape.keys)
        rivals = self.levels if shape is _UNKNOWN or holds_keys else self.levels[1:]
        return not any(level.wants(key) for level in rivals)

    def _place(self, index: int) -> tuple[_Level, bool]:
        """Return the open mapping that the key at `index` belongs to, and close deeper ones."""
        key = self.tokens[index].key
        wanting = [depth for depth, level in enumerate(self.levels) if level.wants(key)]
        fitting = [depth for depth in wanting if self._fits(self.levels[depth].shape.keys[key].shape, index)]
        candidates = fitting or wanting
        if candidates:
            depth, certain = candidates[-1], len(candidates) == 1
        else:
            depth, certain = self._guess(index)
        del self.levels[depth + 1 :]
        return self.levels[-1], certain

    def _guess(self, index: int) -> tuple[int, bool]:
        """Choose a mapping for an unexpected key: one with unknown keys, one that has the key already, or the top."""
        key, form = self.tokens[index].key, self._form()
        if form and holds_value(self.tokens, index, self.levels[form].shape):
            return form, True
        if self.levels[-1].shape.open:
            return len(self.levels) - 1, False
        return max((depth for depth, level in enumerate(self.levels) if key in level.shape.keys), default=0), False

    def _fits(self, shape: Shape, index: int) -> bool:
        """Return True if the text after the key at `index` can belong to a key of this shape."""
        following = self.tokens[index + 1 : index + 3]
        if not following or following[0].kind is TokenKind.BLOCK:
            return not shape.keys
        if following[0].kind is TokenKind.KEY:
            return following[0].key in shape.keys or shape.open
        if following[0].kind is TokenKind.DASH and len(following) == 2 and following[1].kind is TokenKind.KEY:
            return shape.open or (shape.lists_mappings and following[1].key in shape.keys)
        flow = following[0].text[0] in "[{"
        return not shape.keys or shape.open or flow

    # lists

    def _dash(self, index: int) -> int:
        dash = self.tokens[index]
        column = self.gaps.column(dash.start)
        if column is not None:
            self._close(column, dash=column)
        key = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        begins = key is not None and key.kind is TokenKind.KEY
        if begins and len(self.levels) < _DEEPEST and self._mapping_item(index):
            return index + 2
        if self.pending is not None:
            self.items = self._list_column(index)
            self.gaps.before(dash.start, indent=self.items, certain=not self.pending.keys)
        elif self.items is not None:
            self.gaps.before(dash.start, indent=self.items, certain=self.words <= 1)
        self.pending = None
        self.words = 0
        return index + 1

    def _mapping_item(self, index: int) -> bool:
        """Begin an item that is a mapping, if the key after the dash at `index` allows it."""
        key = self.tokens[index + 1].key
        if self.pending is not None and not self.pending.keys and self._begins_no_mapping(key):
            self.pending = None  # a key or a list item without a value
            if any(level.item and key == level.first for level in self.levels):
                return self._mapping_item(index)
            self.gaps.before(self.tokens[index].start, indent=self.levels[-1].indent, certain=False)
            return False
        if self.pending is not None:
            dash, indent = self._item_columns(index)
            level, certain = _Level(self.pending, indent, dash), key in self.pending.keys
            self.levels.append(level)
        elif self.items is not None and not any(level.item and key == level.first for level in self.levels):
            if any(level.wants(key) for level in self.levels):
                return False
            level, certain = _Level(_UNKNOWN, self.items + 2, self.items), False
            self.levels.append(level)
        else:
            depth, certain = self._list_of(index)
            if depth is None:
                return False
            del self.levels[depth + 1 :]
            level = self.levels[-1]
            level.used.clear()
        self.gaps.before(self.tokens[index].start, indent=level.dash or 0, certain=certain)
        self._open(level, key)
        return True

    def _item_columns(self, index: int) -> tuple[int, int]:
        """Return the columns of the dash at `index`, the first one of a list, and of the key behind it."""
        dash = self._list_column(index)
        begins_line = self.gaps.column(self.tokens[index].start) is not None
        return dash, dash + (self.tokens[index + 1].start - self.tokens[index].start if begins_line else 2)

    def _list_column(self, index: int) -> int:
        """Return the column of the dashes in the list that begins at `index`, by its items that begin lines."""
        column = self.gaps.column(self.tokens[index].start)
        while column is None and index + 1 < len(self.tokens) and self.tokens[index + 1].kind is not TokenKind.KEY:
            index += 1
            if self.tokens[index].kind is TokenKind.DASH:
                column = self.gaps.column(self.tokens[index].start)
        return self.levels[-1].indent if column is None else column

    def _begins_no_mapping(self, key: str) -> bool:
        """Return True if a key after a dash belongs to an open mapping, not to the expected list of scalars."""
        return any(level.wants(key) or (level.item and key == level.first) for level in self.levels)

    def _list_of(self, index: int) -> tuple[int | None, bool]:
        """Return the depth of the open list that the item at `index` belongs to, and if it is certain."""
        key = self.tokens[index + 1].key
        column = self.gaps.column(self.tokens[index].start)
        if column is not None and self.levels[-1].dash == column:
            return len(self.levels) - 1, True
        second = self._second_key(index)
        lists = [depth for depth, level in enumerate(self.levels) if level.item]
        alike = [depth for depth in lists if key == self.levels[depth].first]  # items of a list begin alike
        knowing = [depth for depth in lists if key in self.levels[depth].shape.keys]
        for candidates in (alike, knowing):
            both = [depth for depth in candidates if second is None or second in self.levels[depth].shape.keys]
            if both:
                return both[-1], True
        if alike or knowing:
            return (alike or knowing)[-1], False
        return (lists[-1], False) if lists else (None, False)

    def _second_key(self, index: int) -> str | None:
        """Return the key after the first one of the item at `index`, if both belong to the same mapping."""
        following = self.following[index + 2] if index + 2 < len(self.tokens) else None
        if following is None or following == index + 2 or self.tokens[following - 1].kind is TokenKind.DASH:
            return None
        return self.tokens[following].key

    # text without tokens

    def _comment(self, index: int) -> int:
        """Read a comment up to the next expected key; it follows a value, or is on a line of its own."""
        if self.pending is not None or index == 0 or self.tokens[index - 1].kind is TokenKind.COMMENT:
            self.gaps.before(self.tokens[index].start, indent=self.levels[-1].indent, certain=False)
        end = self._opaque(index + 1 + self._comments_out(index), broken=False)
        if end < len(self.tokens) and self.tokens[end - 1].text not in _TEMPLATES_LAST_WORDS:
            self.gaps.doubt(self.tokens[end].start)  # the comment may continue
        return end

    def _comments_out(self, index: int) -> bool:
        """Return True if an item or a key follows the `#` at `index`: it is then part of the comment."""
        following = self.tokens[index + 1].kind if index + 1 < len(self.tokens) else None
        return following is TokenKind.DASH or (following is TokenKind.KEY and len(self.tokens[index].text) == 1)

    def _opaque(self, index: int, *, broken: bool) -> int:
        """Skip a block scalar or a comment; `broken` puts it on a line of its own, deeper than its key."""
        if broken and index < len(self.tokens):
            column = self.items if self.items is not None else self.levels[-1].indent
            self.gaps.before(self.tokens[index].start, indent=column + 2, certain=False)
            self.pending = None
        while index < len(self.tokens) and not self._ends_opaque(index, broken):
            if not broken and self.tokens[index].kind is TokenKind.COMMENT:
                self.gaps.before(self.tokens[index].start, indent=self.levels[-1].indent, certain=False)
                index += self._comments_out(index)
            index += 1
        return index

    def _ends_opaque(self, index: int, broken: bool) -> bool:
        token = self.tokens[index]
        if token.kind is TokenKind.DASH:
            if index + 1 < len(self.tokens) and self.tokens[index + 1].kind is TokenKind.KEY:
                key = self.tokens[index + 1].key
                expected = self.pending is not None and key in self.pending.keys
                return expected or any(level.item and key in level.shape.keys for level in self.levels)
            return self.items is not None or (not broken and self.pending is not None)
        if not broken and self.tokens[index - 1].text in _ARTICLES:
            return False
        return token.kind is TokenKind.KEY and any(level.wants(token.key) for level in self.levels)


def _following_keys(tokens: list[Token]) -> list[int | None]:
    """Return for each token the index of the first key at or after it."""
    following: list[int | None] = []
    nearest = None
    for index in range(len(tokens) - 1, -1, -1):
        if tokens[index].kind is TokenKind.KEY:
            nearest = index
        following.append(nearest)
    following.reverse()
    return following
