"""Where a heading of a flattened text ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cardlint.card.flattened.title_ends import LONGEST, likely_end
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
        limit = self._limit(start)
        known = self._known(start, limit)
        if known is not None:
            return known, True
        if sentence is not None:
            return sentence, self.words[mark] == "#"
        return likely_end(self.words, start, limit, len(self.words[mark])), False

    def _sentence(self, start: int) -> int | None:
        """Where one of the Trainer's sentences begins, near enough to end the title."""
        for at in range(start, min(start + LONGEST, len(self.words))):
            if any(list(self.words[at : at + len(sentence)]) == sentence for sentence in _SENTENCES):
                return at
            if self.begins_block(at) and self.words[at] != "-":
                return None
        return None

    def _known(self, start: int, limit: int) -> int | None:
        """The end of a title of the Trainer's, or of one as common behind which a block begins."""
        for title in _TITLES.get(self.words[start].casefold().rstrip(":"), ()):
            end = start + len(title)
            found = " ".join(self.words[start:end])
            if found.casefold().rstrip(":") != " ".join(title):
                continue
            if end == limit or (found in _TRAINERS and not self.words[end][0].islower() and self.words[end][0] != "("):
                return end
        return None

    def _limit(self, start: int) -> int:
        """Where the title must have ended: at the next block or the longest title's end."""
        stop = min(start + LONGEST, len(self.words))
        for at in range(start, stop):
            if self.begins_block(at) and self.words[at] not in {"-", ">", "1."}:
                return at
        return stop
