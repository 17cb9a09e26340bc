"""Masking of secrets in everything that a report shows."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from cardlint.finding import Fix
from cardlint.lazy_regex import LazyPattern
from cardlint.linting.results import Secret
from cardlint.source import SURROGATE, Source, Span

__all__ = ["Mask", "common_ends", "common_prefix", "masked"]

SHOWN = 6  # the visible characters of a secret, enough to recognise it
RECOGNISED = 10  # text that begins with this many letters and digits of a secret is masked too

_LETTER = LazyPattern("[0-9A-Za-z]")
_OTHER = LazyPattern("[^0-9A-Za-z]+")
_COVERED = LazyPattern(r"[^\r\n]")
_LONG = LazyPattern(r"\S{20}|-----BEGIN ")  # every secret has this, and many names and messages do not


_TEXTS = 8  # the number of texts whose hidden spans are kept; findings come card by card


class Mask:
    """A mask for the secrets of a report, in the card's text and in messages; lengths stay the same.

    A secret is hidden wherever it is written, in other cards too, not only where the rule found it. It is also hidden
    if the rule is off, if a comment suppresses the finding, or if the secret is in a file that the rule does not read.
    """

    def __init__(self, secrets: Iterable[Secret]) -> None:
        secrets = list(secrets)
        # by their beginnings, since a text is searched once for all of them
        self._secrets: dict[str, list[str]] = {}
        texts = {_letters(secret.text) for secret in secrets}
        for text in sorted(each for each in texts if len(each) > SHOWN):
            self._secrets.setdefault(text[:RECOGNISED], []).append(text)
        self._lengths = sorted({len(beginning) for beginning in self._secrets})
        self._spans: dict[str, list[Span]] = {}
        for secret in secrets:
            self._spans.setdefault(secret.path, []).append(Span(secret.span.start + SHOWN, secret.span.end))
        self._known: dict[int, tuple[Source, list[Span]]] = {}

    def text(self, text: str) -> str:
        """Return the text of a message or an edit, with secrets masked: known ones, and those of names in it."""
        if not self._secrets:
            return masked(text)
        return _cover(text, 0, [*self._occurrences(text), *_secrets_in(text)])

    def leaves(self, fix: Fix) -> bool:
        """Return True if a fix may be passed on to other programs: it contains no secrets and no undecodable bytes."""
        words = [fix.title, *(edit.text for edit in fix.edits)]
        return all(self.text(word) == word and not SURROGATE.search(word) for word in words)

    def slice(self, source: Source, span: Span) -> str:
        """Return the text of `source` at `span`, with secrets masked."""
        text = source.slice(span)
        if not self._secrets:
            return text
        # the whole text is searched, since a secret may begin or end outside of `span`
        if id(source) not in self._known:
            if len(self._known) == _TEXTS:
                self._known.clear()
            hidden = self._spans.get(source.path, []) + self._occurrences(source.text)
            self._known[id(source)] = (source, _united(hidden))
        known = self._known[id(source)][1]
        first = bisect_right(known, span.start, key=lambda hidden: hidden.end)
        return _cover(text, span.start, known[first : bisect_left(known, span.end, key=lambda hidden: hidden.start)])

    def _occurrences(self, text: str) -> list[Span]:
        """Return the hidden part of every secret in a text, in any case and with any other characters in between."""
        letters = _letters(text)
        if not any(length <= len(letters) for length in self._lengths):
            return []
        hidden: list[tuple[int, int]] = []
        for length in self._lengths:
            for start in range(len(letters) - length + 1):
                known = self._secrets.get(letters[start : start + length])
                if known is not None:
                    hidden.append((start, start + _longest_prefix(known, letters, start)))
        if not hidden:
            return []
        places = array("I", [match.start() for match in _LETTER.finditer(text)])
        spans = [Span(places[start] + SHOWN, places[end - 1] + 1) for start, end in hidden]
        return [span for span in spans if span.start < span.end]


def masked(text: str) -> str:
    """Return a text that is not of a card, such as the path of a file, with the secrets in it masked."""
    return _cover(text, 0, _secrets_in(text))


def _secrets_in(text: str) -> Iterator[Span]:
    """Yield the hidden part of every secret that a text has itself."""
    if _LONG.search(text):
        from cardlint.card.text.secrets import find_secrets  # here, since few texts need the shapes of secrets

        for secret in find_secrets(text):
            yield from (Span(span.start + SHOWN, span.end) for span in secret.spans)


def _letters(text: str) -> str:
    """Return the letters and digits of a text in lower case: all of a secret that every spelling of it keeps."""
    return _OTHER.sub("", text).lower()


def _longest_prefix(known: Sequence[str], letters: str, start: int) -> int:
    """Return the length of the longest common beginning of a text from `start` on and one of some sorted texts."""
    written = letters[start : start + max(map(len, known))]
    # it is that of one of the two between which the text belongs
    place = bisect_left(known, written)
    return max(common_prefix(each, written) for each in known[max(place - 1, 0) : place + 1])


def _united(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, with those that touch merged."""
    united: list[Span] = []
    for span in sorted(spans):
        if united and span.start <= united[-1].end:
            united[-1] = Span(united[-1].start, max(united[-1].end, span.end))
        else:
            united.append(span)
    return united


def _cover(text: str, offset: int, hidden: Iterable[Span]) -> str:
    """Replace every hidden character of `text`, which begins at `offset`, except line ends."""
    parts = []
    done = 0
    for span in _united(hidden):
        start, end = max(span.start - offset, done), min(span.end - offset, len(text))
        if start < end:
            parts += [text[done:start], _COVERED.sub("*", text[start:end])]
            done = end
    return "".join([*parts, text[done:]])


def common_ends(one: Sequence[object], other: Sequence[object]) -> tuple[int, int]:
    """Return the number of items that two sequences have in common at their start, and after these at their end."""
    head = common_prefix(one, other)
    return head, common_prefix(one[head:][::-1], other[head:][::-1])


def common_prefix(one: Sequence[object], other: Sequence[object]) -> int:
    """Return the number of items that two sequences have in common at their start: characters or lines."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
