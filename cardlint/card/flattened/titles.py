"""Where a heading of a flattened text ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cardlint.vocabulary import trainer

__all__ = ["Titles"]

_LONGEST = 16  # words: a longer title is none

# words that begin sentences and hardly ever stand capitalised inside a title
_OPENERS = frozenset(["This", "It", "We", "You", "These", "There", "Our", "I", "They", "He", "She"])
_LIKELY_OPENERS = _OPENERS | frozenset(
    [
        "The",
        "A",
        "An",
        "In",
        "For",
        "If",
        "More",
        "See",
        "As",
        "Please",
        "All",
        "Note",
        "To",
        "Below",
        "First",
        "When",
        "Since",
        "Each",
        "Both",
        "Given",
        "After",
        "During",
        "Here",
        "Cite",
    ]
)
_CONNECTIVES = frozenset(
    [
        "of",
        "the",
        "a",
        "an",
        "and",
        "or",
        "&",
        "to",
        "for",
        "in",
        "on",
        "with",
        "by",
        "from",
        "using",
        "via",
        "at",
        "as",
        "is",
        "are",
        "per",
        "vs",
        "the",
        "your",
        "our",
        "this",
        "without",
    ]
)
# words that make a longer title of a known one: "Evaluation metrics"
_TITLE_NOUNS = frozenset(
    [
        "results",
        "metrics",
        "data",
        "dataset",
        "datasets",
        "procedure",
        "details",
        "information",
        "command",
        "commands",
        "model",
        "models",
        "example",
        "examples",
        "set",
        "sets",
        "parameters",
        "hyperparameters",
        "description",
        "method",
        "code",
        "instructions",
        "and",
        "by",
        "for",
        "of",
        "with",
        "on",
        "in",
        "to",
    ]
)
_VERBS = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "can",
        "will",
        "may",
        "should",
        "does",
        "uses",
        "consists",
        "contains",
        "supports",
    ]
)


def _by_first_word(titles: Sequence[str]) -> dict[str, list[list[str]]]:
    table: dict[str, list[list[str]]] = {}
    for title in sorted(titles, key=len, reverse=True):
        words = title.casefold().split()
        table.setdefault(words[0], []).append(words)
    return table


_TITLES = _by_first_word((*trainer.TITLES, *trainer.OTHER_TITLES))
_TRAINERS = frozenset(trainer.TITLES)
_SENTENCES = tuple(
    sentence.split()
    for sentence in (
        *trainer.OPENING_SENTENCES,
        trainer.EVALUATION_SENTENCE,
        trainer.HYPERPARAMETERS_SENTENCE,
        trainer.PLACEHOLDER,
    )
)


class Titles:
    """Finds the ends of the titles in `words`; `begins_block(index)` says where none can go on."""

    def __init__(self, words: Sequence[str], begins_block: Callable[[int], bool], name: str) -> None:
        self.words = words
        self.begins_block = begins_block
        self.name = name.split()

    def end(self, mark: int) -> tuple[int, bool]:
        """The index of the first word behind the title whose `#` stand at `mark`, and whether that is certain."""
        start = mark + 1
        sentence = self._sentence(start)
        if sentence == start or start == len(self.words):
            return start, True
        if self.words[mark] == "#" and self.name and list(self.words[start : start + len(self.name)]) == self.name:
            end = start + len(self.name)
            if sentence is None or self.words[end : end + 1] not in (["-"], ["("]):
                return end, True
        known = self._known(start)
        if known is not None:
            return known
        if sentence is not None:
            return sentence, self.words[mark] == "#"
        return self._likely(start, self._limit(start, hyphens=self.words[mark] == "#")), False

    def _sentence(self, start: int) -> int | None:
        """Where one of the Trainer's sentences begins, near enough to end the title."""
        for at in range(start, min(start + _LONGEST, len(self.words))):
            if any(list(self.words[at : at + len(sentence)]) == sentence for sentence in _SENTENCES):
                return at
            if self.begins_block(at) and self.words[at] != "-":
                return None
        return None

    def _known(self, start: int) -> tuple[int, bool] | None:
        """The end of a known title; one that could be the beginning of a longer title is passed over."""
        for title in _TITLES.get(self.words[start].casefold().rstrip(":"), ()):
            end = start + len(title)
            found = " ".join(self.words[start:end])
            if found.casefold().rstrip(":") != " ".join(title):
                continue
            trainers = found in _TRAINERS
            if end == len(self.words) or self.begins_block(end):
                return end, True
            if self.words[end][0] == "(":
                return self._behind_parenthesis(end), False
            if trainers or self._goes_no_further(end):
                return end, trainers and not self.words[end][0].islower()
        return None

    def _goes_no_further(self, index: int) -> bool:
        """Whether the word behind a known title makes no longer title of it."""
        word = self.words[index]
        return not word[0].islower() and word[0] not in "&-(/:," and word.casefold().rstrip(":") not in _TITLE_NOUNS

    def _behind_parenthesis(self, index: int) -> int:
        for at in range(index, min(index + _LONGEST, len(self.words))):
            if self.words[at].endswith((")", "):")):
                return at + 1
        return index

    def _limit(self, start: int, *, hyphens: bool) -> int:
        """Where the title must have ended: at the next block or the longest title's end."""
        stop = min(start + _LONGEST, len(self.words))
        for at in range(start, stop):
            if self.begins_block(at) and not (hyphens and self.words[at] in {"-", ">", "1."}):
                return at
        return stop

    def _likely(self, start: int, limit: int) -> int:
        """The best end that the text shows."""
        if limit == start:
            return start
        for at in range(start + 1, limit):
            if self._looks_ended(start, at):
                return at
        if limit < start + _LONGEST:
            return limit
        return self._sentence_case_end(start, limit)

    def _looks_ended(self, start: int, at: int) -> bool:
        """Whether a sentence begins at `at`, by its words and those before it."""
        word, before = self.words[at], self.words[at - 1]
        following = self.words[at + 1] if at + 1 < len(self.words) else ""
        if not word[0].isupper():
            return False
        if before[-1] in ".?!:":
            return not re.fullmatch(r"\d+\.", before)
        if before.casefold() in _CONNECTIVES:
            return False
        if word in _OPENERS or following in _VERBS:
            return True
        if word in _LIKELY_OPENERS:
            return following[:1].islower()
        return at > start + 1 and before[0].islower()

    def _sentence_case_end(self, start: int, limit: int) -> int:
        """Before the last capitalised word that stands in front of the first small one."""
        for at in range(start + 1, limit):
            word = self.words[at]
            if word[0].islower() and word not in _CONNECTIVES:
                return max(at - 1, start + 1)
        return start + 1
