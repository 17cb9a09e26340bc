"""The lines of a body that is on one line, found by the form of the Trainer's card.

Blocks are recognised by their beginnings. The end of a heading, an item or a paragraph is certain if known titles,
names and sentences show it, and only likely if the words suggest it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from cardlint.card.flattened.gaps import Gaps
from cardlint.card.flattened.tables import FlatTable, find_tables
from cardlint.card.flattened.title_ends import begins_block
from cardlint.card.flattened.titles import Titles
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary import trainer

__all__ = ["break_body"]

_WORD = LazyPattern(r"[^ \t]+")
_HEADING = LazyPattern(r"#{1,6}")
_NUMBER = LazyPattern(r"(\d{1,3})[.)]")
_RULE = LazyPattern(r"(?:-{3,}|\*{3,}|_{3,})")
_BULLETS = frozenset("-*+•")
_MARKERS = _BULLETS | frozenset("|>")
_SENTENCE_END = LazyPattern(r"[.!?:;。！？：][\"')*_`\]]*$")
_NUMERIC = LazyPattern(r"[-+]?[\d.,]+(?:e[-+]?\d+)?%?|nan|inf", re.IGNORECASE)
_LANGUAGE = LazyPattern(r"```[A-Za-z]\w*")
_LABEL_WORDS = 8  # a sentence, not a label, has more words before its colon


def break_body(  # noqa: PLR0913 - the text and the facts about it
    text: str, start: int, stop: int, gaps: Gaps, name: str = "", *, whole: bool = True
) -> None:
    """Find the line breaks of the body `text[start:stop]`; `name` is the model's, which the Trainer uses as the title.

    If this is not the `whole` body, other lines surround it, and a title at its start may fill it completely.
    """
    _BodyReader(text, start, stop, gaps, name, whole=whole).run()


class _BodyReader:
    def __init__(self, text: str, start: int, stop: int, gaps: Gaps, name: str, *, whole: bool) -> None:  # noqa: PLR0913
        self.text = text
        self.whole = whole
        self.gaps = gaps
        self.starts: list[int] = []
        self.words: list[str] = []
        for match in _WORD.finditer(text, start, stop):
            self.starts.append(match.start())
            self.words.append(match[0])
        self.tables = {table.rows[0]: table for table in find_tables(text, start, stop)}
        self.headings = [index for index, word in enumerate(self.words) if _HEADING.fullmatch(word)]
        self.numbers = self._numbers()
        self.titles = Titles(self.words, self._begins_block, name)
        self.fresh = True  # the last block ended: the next word begins one
        self.bullet = ""  # the marker of the current list
        self.known_list = False  # the current list is one that the Trainer writes
        self.kind = ""  # the kind of character that the first item begins with; the other items may begin alike
        self.number = 0  # the number of the current numbered item
        self.loose = False  # other blocks separate the numbered items
        self.quote = False
        self.titled = False  # a heading was read
        self.unclosed: set[str] = set()

    def run(self) -> None:
        index = 0
        while index < len(self.words):
            index = self._read(index)

    def _read(self, index: int) -> int:
        for reader in (self._block, self._sentence, self._item, self._quoted):
            following = reader(index)
            if following is not None:
                return following
        if self._may_begin_a_line(index):
            self.gaps.doubt(self.starts[index])
        self.fresh = False
        return index + 1

    def _may_begin_a_line(self, index: int) -> bool:
        """Return True if a word in a paragraph looks like the beginning of an item, a row or a heading."""
        word = self.words[index]
        return word in _MARKERS or word[0] == "#" or bool(_NUMBER.fullmatch(word)) or word.startswith("```")

    # the text as words

    def _numbers(self) -> dict[int, list[int]]:
        numbers: dict[int, list[int]] = {}
        for index, word in enumerate(self.words):
            match = _NUMBER.fullmatch(word)
            if match:
                numbers.setdefault(int(match[1]), []).append(index)
        return numbers

    def _index(self, offset: int) -> int:
        """Return the index of the first word at or after an offset."""
        return bisect_left(self.starts, offset)

    def _break(self, index: int, *, lines: int, certain: bool, indent: int = 0) -> None:
        if index < len(self.words):
            self.gaps.before(self.starts[index], lines=lines, indent=indent, certain=certain)

    def _are(self, index: int, sentence: str) -> int | None:
        """Return the index after `sentence` if its words are at `index`."""
        expected = sentence.split()
        if self.words[index] != expected[0]:
            return None
        end = index + len(expected)
        return end if self.words[index:end] == expected else None

    def _ended(self, index: int) -> bool:
        """Return True if a block or a sentence ends before `index`."""
        return self.fresh or index == 0 or bool(_SENTENCE_END.search(self.words[index - 1][-8:]))

    def _begins_block(self, index: int) -> bool:
        """Return True if the word at `index` begins a block after any text, and cannot be part of a title."""
        word = self.words[index]
        return (
            begins_block(word)
            or self.starts[index] in self.tables
            or word in {"-", ">", "1.", "---"}
            or self._is_command(index)
        )

    def _is_command(self, index: int) -> bool:
        """Return True for the call of a script, which is usually on a line of its own."""
        if self.words[index] not in {"python", "!python", "python3"} or index + 1 == len(self.words):
            return False
        return self.words[index + 1].endswith(".py")

    def _end_block(self, index: int, *, certain: bool) -> int:
        """End all open blocks before `index`."""
        self._break(index, lines=2, certain=certain)
        self.fresh = True
        self.bullet = ""
        self.known_list = self.quote = self.loose = False
        self.number = 0
        return index

    # headings, comments, code, tables, rules

    def _block(self, index: int) -> int | None:
        word = self.words[index]
        if _HEADING.fullmatch(word):
            return None if self._is_comment(index) else self._heading(index)
        if word.startswith("<!--"):
            return self._enclosed(index, "<!--", "-->")
        if word.startswith("```"):
            return self._code(index)
        if self.starts[index] in self.tables:
            return self._table(index, self.tables[self.starts[index]])
        if _RULE.fullmatch(word):
            self._end_block(index, certain=False)
            return self._end_block(index + 1, certain=False)
        if self._is_command(index):
            number = self.number  # the list continues after the call
            self._end_block(index, certain=False)
            self.number, self.loose, self.fresh = number, True, False
            return index + 1
        return None

    def _is_comment(self, index: int) -> bool:
        """Return True for the `#` of a comment: small letters follow, it ends nothing, and a title came before."""
        word = self.words[index + 1] if index + 1 < len(self.words) else ""
        return self.words[index] == "#" and self.titled and word[:1].islower() and not self._ended(index)

    def _heading(self, index: int) -> int:
        self.titled = True
        end, certain = self.titles.end(index)
        if not (self.whole or certain or index):
            end = next((at for at in range(index + 1, len(self.words)) if self._begins_block(at)), len(self.words))
        self._end_block(index, certain=certain)
        if not certain:
            self.gaps.doubt(self.starts[index])
        return self._end_block(end, certain=certain)

    def _enclosed(self, index: int, opening: str, closing: str) -> int | None:
        offset = self.starts[index]
        end = -1 if opening in self.unclosed else self.text.find(closing, offset + len(opening))
        if end < 0 or end + len(closing) > self.starts[-1] + len(self.words[-1]):
            self.unclosed.add(opening)
            return None
        following = self._index(end + len(closing))
        self._end_block(index, certain=True)
        if self.text.startswith(trainer.COMMENT_START, offset):
            self._notice(index, following)
        return self._end_block(following, certain=True)

    def _notice(self, index: int, end: int) -> None:
        """Break the Trainer's notice, which has two lines."""
        for at in range(index, min(end - 1, index + 40)):
            if self.words[at : at + 2] == ["You", "should"]:
                self._break(at + 1, lines=1, certain=True)

    def _code(self, index: int) -> int | None:
        fence = self.starts[index]
        end = -1 if "```" in self.unclosed else self.text.find(" ```", fence + 3)
        if end < 0 or self._index(end + 1) >= len(self.words):
            self.unclosed.add("```")
            return self._unclosed_code(index) if _LANGUAGE.fullmatch(self.words[index]) else None
        closing = self._index(end + 1)
        self._end_block(index, certain=True)
        if closing > index + 2:
            self.gaps.doubt(fence)  # the lines inside cannot be recovered
        self._break(index + 1, lines=1, certain=self.words[index] != "```")
        self._break(closing, lines=1, certain=True)
        return self._end_block(closing + 1, certain=True)

    def _unclosed_code(self, index: int) -> int:
        """Read code without a closing fence, which ends with the text."""
        self._end_block(index, certain=False)
        self._break(index + 1, lines=1, certain=False)
        return len(self.words)

    def _table(self, index: int, table: FlatTable) -> int:
        self._end_block(index, certain=table.certain)
        for row in table.rows[1:]:
            self.gaps.before(row, certain=table.certain)
        return self._end_block(self._index(table.end), certain=table.certain)

    # sentences that the Trainer always writes

    def _sentence(self, index: int) -> int | None:
        end = self._are(index, trainer.EVALUATION_SENTENCE)
        if end is not None:
            self._break(index, lines=1, certain=True)
            return self._known_list(end)
        end = self._are(index, trainer.HYPERPARAMETERS_SENTENCE)
        if end is not None:
            self._end_block(index, certain=True)
            return self._known_list(end)
        end = self._are(index, trainer.PLACEHOLDER)
        if end is not None and self._ended(index):
            self._end_block(index, certain=True)
            return self._end_block(end, certain=True)
        for opening in (*trainer.OPENING_SENTENCES, *trainer.EVALUATION_OPENINGS):
            end = self._are(index, opening)
            if end is not None and (self._ended(index) or self.bullet):
                if self.bullet or opening in trainer.OPENING_SENTENCES:
                    self._end_block(index, certain=self.fresh)
                self.fresh = False
                return end
        return None

    def _known_list(self, index: int) -> int:
        """Begin the list that one of the Trainer's sentences announces."""
        self.fresh = False
        if index < len(self.words) and self.words[index] == "-":
            self.bullet = "-"
            self.known_list = True
        return index

    # lists

    def _item(self, index: int) -> int | None:
        word = self.words[index]
        if word in _BULLETS and index + 1 < len(self.words):
            return self._bullet(index)
        match = _NUMBER.fullmatch(word)
        if match:
            return self._numbered(index, int(match[1]))
        return None

    def _bullet(self, index: int) -> int | None:
        known = self.known_list or self._names_version(index + 1)
        if not (known or self._continues_list(index) or (not self.bullet and self._ended(index))):
            return None
        label = self._label_end(index + 1)
        if self.known_list and label is None and not self._names_version(index + 1):
            return None  # a hyphen inside a value
        self._break(index, lines=1, indent=3 if self.number else 0, certain=known)
        if not self.bullet:
            self.kind = _kind(self.words[index + 1])
        self.bullet = self.words[index]
        self.known_list = known
        self.fresh = self.quote = False
        if known or (label is not None and self._is_value(label, label)):
            return self._value(index, label)
        return index + 1

    def _continues_list(self, index: int) -> bool:
        """Return True if a hyphen inside an item looks like the bullet of the next item."""
        if self.bullet != self.words[index]:
            return False
        kind = _kind(self.words[index + 1])
        if self.bullet != "-" or self._ended(index) or self._short_item(index):
            return True
        return kind in {"capital", "mark"} or kind == self.kind

    def _short_item(self, index: int) -> bool:
        return index >= 2 and self.words[index - 2] == self.bullet

    def _names_version(self, index: int) -> bool:
        """Return True if an item of "Framework versions" follows."""
        if index + 1 >= len(self.words) or not self.words[index + 1][0].isdigit():
            return False
        return self.words[index].rstrip(":") in trainer.VERSIONS

    def _label_end(self, index: int) -> int | None:
        """Return the index after `Key:` if an item begins with one."""
        for at in range(index, min(index + _LABEL_WORDS, len(self.words))):
            if self.words[at].endswith(":"):
                return at + 1
            if at > index and self.words[at] == "-":
                return None
        return None

    def _value(self, index: int, label: int | None) -> int:
        """Skip the value of a bullet if its extent is known, and check the text after it."""
        value = index + 2 if label is None else label
        if value >= len(self.words):
            return value
        end = self._value_end(value)
        if self._is_value(value, label) and end < len(self.words) and self.words[end] != self.bullet:
            if self._begins_paragraph(end):
                return self._end_block(end, certain=False)
            if not self._begins_block(end):
                self.gaps.doubt(self.starts[end])  # the value continues, or unknown text follows
        return end

    def _is_value(self, index: int, label: int | None) -> bool:
        """Return True if the value at `index` is known to be one word, or to end at `_value_end`."""
        if index >= len(self.words):
            return False
        if label is None or _NUMERIC.fullmatch(self.words[index]):
            return True
        return self.words[label - 1][:-1] in trainer.NAMED_HYPERPARAMETERS

    def _value_end(self, index: int) -> int:
        """Return the index after a value: one word, a dictionary, or the optimizer's words with their own line."""
        if self.words[index][0] in "{[":
            return self._brackets_end(index)
        if self.words[index : index + 2] == ["Native", "AMP"]:
            return index + 2
        if self.words[index] == "Use":
            for at in range(index, min(index + 12, len(self.words))):
                if self.words[at] == "are:" and self._are_at(at + 1, trainer.OPTIMIZER_SECOND_LINE):
                    self._break(at + 1, lines=1, certain=True)
        return index + 1 if self.words[index] not in _BULLETS else index

    def _are_at(self, index: int, sentence: str) -> bool:
        return index < len(self.words) and self._are(index, sentence) is not None

    def _brackets_end(self, index: int) -> int:
        if "{" in self.unclosed:
            return index + 1
        depth = 0
        for at in range(index, self._section_end(index)):
            word = self.words[at]
            depth += word.count("{") + word.count("[") - word.count("}") - word.count("]")
            if depth <= 0:
                return at + 1
        self.unclosed.add("{")
        return index + 1

    def _section_end(self, index: int) -> int:
        """Return the index of the next heading, or of the end."""
        at = bisect_right(self.headings, index)
        return self.headings[at] if at < len(self.headings) else len(self.words)

    def _begins_paragraph(self, index: int) -> bool:
        word = self.words[index]
        return (word[0].isupper() or word.startswith(("**", "["))) and not self._begins_block(index)

    def _numbered(self, index: int, number: int) -> int | None:
        following = number == self.number + 1 and self.number > 0
        if not following and not (number == 1 and self._ended(index) and (self.fresh or self._has_second(index))):
            return None
        self._break(index, lines=2 if self.loose else 1, certain=False)
        self.number = number
        self.fresh = self.loose = False
        self.bullet = ""
        self.known_list = self.quote = False
        return index + 1

    def _has_second(self, index: int) -> bool:
        """Return True if a "2." follows before the next heading."""
        seconds = self.numbers.get(2, [])
        at = bisect_right(seconds, index)
        return at < len(seconds) and seconds[at] < self._section_end(index)

    # quotes and bold labels

    def _quoted(self, index: int) -> int | None:
        word = self.words[index]
        if word == ">" and (self.quote or self._ended(index)):
            self._break(index, lines=1, certain=False)
            self.quote = True
            self.fresh = False
            return index + 1
        if word.startswith("**") and not self.bullet and not self.number and self._ended(index):
            return self._bold_label(index)
        return None

    def _bold_label(self, index: int) -> int | None:
        """Begin a paragraph at a bold label with a colon: `**Limitations:** ...`."""
        for at in range(index, min(index + _LABEL_WORDS, len(self.words))):
            word = self.words[at]
            if word.endswith((":**", "**:")):
                self._end_block(index, certain=False)
                self.fresh = False
                return at + 1
            if word.endswith("**") and len(word) > 2 and self.words[at + 1 : at + 2] == ["-"]:
                self._end_block(index, certain=False)
                return at + 1
            if at > index and "**" in word:
                return None
        return None


def _kind(word: str) -> str:
    """Return the kind of character that an item begins with."""
    if word[0].isdigit():
        return "digit"
    if word[0] in "*[`_<\"'":
        return "mark"
    if word[0].isupper():
        return "capital"
    return "small" if word[0].islower() else "other"
