"""The ends of headings in a flattened text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cardlint.card.flattened.title_ends import JOINING, LONGEST, likely_end
from cardlint.vocabulary import trainer

__all__ = ["Titles"]


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
    """A search for the ends of titles in `words`; no title continues at an index where `begins_block` is true."""

    def __init__(self, words: Sequence[str], begins_block: Callable[[int], bool], name: str) -> None:
        self.words = words
        self.begins_block = begins_block
        self.name = name.split()

    def end(self, mark: int) -> tuple[int, bool]:
        """Return the index after the title whose `#` are at `mark`, and if it is certain."""
        start = mark + 1
        sentence = self._sentence(start)
        if sentence == start or start == len(self.words):
            return start, True
        if self.words[mark] == "#" and self.name and list(self.words[start : start + len(self.name)]) == self.name:
            end = start + len(self.name)
            if end < len(self.words) and self.words[end] in JOINING:
                return likely_end(self.words, start, self._limit(start), 1), False
            if sentence is None or self.words[end : end + 1] not in (["-"], ["("]):
                return end, True
        limit = self._limit(start)
        known = self._known(start, limit)
        if known is not None:
            return known, True
        if sentence is not None:
            return sentence, self.words[mark] == "#"
        return likely_end(self.words, start, limit, len(self.words[mark])), False

    def _sentence(self, start: int) -> int | None:
        """Return the start of one of the Trainer's sentences, if it is near enough to end the title."""
        for at in range(start, min(start + LONGEST, len(self.words))):
            if any(list(self.words[at : at + len(sentence)]) == sentence for sentence in _SENTENCES):
                return at
            if self.begins_block(at) and self.words[at] != "-":
                return None
        return None

    def _known(self, start: int, limit: int) -> int | None:
        """Return the end of a title of the Trainer, or of another common title if a block follows it."""
        for title in _TITLES.get(self.words[start].casefold().rstrip(":"), ()):
            end = start + len(title)
            found = " ".join(self.words[start:end])
            if found.casefold().rstrip(":") != " ".join(title):
                continue
            if end == limit or (found in _TRAINERS and not self.words[end][0].islower() and self.words[end][0] != "("):
                return end
        return None

    def _limit(self, start: int) -> int:
        """Return the last possible end of the title: the next block, or the length of the longest title."""
        stop = min(start + LONGEST, len(self.words))
        for at in range(start, stop):
            if self.begins_block(at) and self.words[at] not in {"-", ">", "1."}:
                return at
        return stop
