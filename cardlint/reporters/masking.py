"""Secrets that a rule found stay secret in every place that a report shows."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from cardlint.finding import Fix
from cardlint.lazy_regex import pattern
from cardlint.linting.results import Secret
from cardlint.source import Source, Span

__all__ = ["Mask", "common_prefix"]

_NO_TEXT = pattern("[\ud800-\udfff]")
SHOWN = 6  # characters of a secret that may be seen, enough to tell which one it is
RECOGNISED = 10  # as many of its first characters, met anywhere, are taken for the secret or a part of it


_TEXTS = 8  # whose hidden spans are remembered: findings come card by card


class Mask:
    """Hides the secrets of a report in the card's text and in words, keeping the length of what it hides.

    A secret is hidden wherever it stands, in other cards too, not only where the rule found it; and that the rule is
    off, that a comment silences it, or that it never looks into a file beside the card, makes no secret public.
    """

    def __init__(self, secrets: Iterable[Secret]) -> None:
        secrets = list(secrets)
        self._secrets = sorted({secret.text for secret in secrets if len(secret.text) > SHOWN})
        self._spans: dict[str, list[Span]] = {}
        for secret in secrets:
            self._spans.setdefault(secret.path, []).append(Span(secret.span.start + SHOWN, secret.span.end))
        self._known: dict[int, tuple[Source, list[Span]]] = {}

    def text(self, text: str) -> str:
        """The words of a message or an edit without the secrets in them."""
        if not self._secrets:
            return text
        return _cover(text, 0, self._occurrences(text))

    def leaves(self, fix: Fix) -> bool:
        """Whether a fix may be given away for others to apply: no secret is in it, and no byte that is no text."""
        words = [fix.title, *(edit.text for edit in fix.edits)]
        return all(self.text(word) == word and not _NO_TEXT.search(word) for word in words)

    def slice(self, source: Source, span: Span) -> str:
        """What `source` has at `span`, with asterisks for what may not be seen."""
        text = source.slice(span)
        if not self._secrets:
            return text
        # the whole text is searched, since a secret may stand across the borders of `span`
        if id(source) not in self._known:
            if len(self._known) == _TEXTS:
                self._known.clear()
            hidden = self._spans.get(source.path, []) + self._occurrences(source.text)
            self._known[id(source)] = (source, _united(hidden))
        known = self._known[id(source)][1]
        first = bisect_right(known, span.start, key=lambda hidden: hidden.end)
        return _cover(text, span.start, known[first : bisect_left(known, span.end, key=lambda hidden: hidden.start)])

    def _occurrences(self, text: str) -> list[Span]:
        hidden = []
        for secret in self._secrets:
            start = text.find(secret[:RECOGNISED])
            while start >= 0:
                end = start + common_prefix(secret, text[start : start + len(secret)])
                hidden.append(Span(start + SHOWN, end))
                start = text.find(secret[:RECOGNISED], end)
        return hidden


def _united(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that meet made one."""
    united: list[Span] = []
    for span in sorted(spans):
        if united and span.start <= united[-1].end:
            united[-1] = Span(united[-1].start, max(united[-1].end, span.end))
        else:
            united.append(span)
    return united


def _cover(text: str, offset: int, hidden: Iterable[Span]) -> str:
    """`text`, which stands at `offset`, with every hidden character but line ends replaced."""
    for span in hidden:
        start, end = max(span.start - offset, 0), min(span.end - offset, len(text))
        if start < end:
            text = text[:start] + re.sub(r"[^\r\n]", "*", text[start:end]) + text[end:]
    return text


def common_prefix(one: str, other: str) -> int:
    """How many characters two texts have in common from their start."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
