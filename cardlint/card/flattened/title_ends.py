"""The end of a heading's title without its line break, estimated from the words on both sides of each place."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.titles.section_kinds import kinds_of_title

__all__ = [
    "JOINING",
    "LONGEST",
    "Place",
    "bare",
    "begins_block",
    "evidence",
    "likely_end",
    "prefixes",
    "without_decoration",
]

LONGEST = 24
"""The most words in a title; hardly any title is longer."""

JOINING = frozenset("—–→&/+")
"""Words next to which no title ends."""

_LONGEST_KIND = 6

_NUMBERING = LazyPattern(r"\d+(?:\.\d+)*[.)]?")
_CJK_SENTENCE = LazyPattern(r"[，。：、；]")
_OWN_SHAPES = frozenset("-*+>|–—:&/")
_BEGINNINGS = (
    ("**", "bold"),
    ("__", "bold"),
    ("`", "code"),
    ("![", "image"),
    ("[", "link"),
    ("http:", "url"),
    ("https:", "url"),
    ("www.", "url"),
    ("<", "tag"),
    ("|", "pipe"),
    ("$", "math"),
    ("\\", "math"),
)


_BULLETS = frozenset("-*+•")
_DASHES = frozenset("-–—→|:/")
_VERBS = frozenset(
    (
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "can",
        "will",
        "should",
        "may",
        "must",
        "does",
        "do",
        "provides",
        "contains",
        "uses",
        "supports",
        "shows",
    )
)
_OPENERS = frozenset(
    (
        "this",
        "these",
        "the",
        "a",
        "an",
        "it",
        "we",
        "i",
        "you",
        "our",
        "in",
        "for",
        "to",
        "here",
        "there",
        "if",
        "when",
        "as",
        "by",
        "from",
        "with",
        "all",
        "please",
        "note",
        "use",
        "each",
        "both",
    )
)
_QUESTIONS = frozenset(("how", "what", "why", "when", "where", "which", "who", "is", "are", "can", "does", "do"))
_PRONOUNS = frozenset(("This", "These", "That", "It", "I", "We", "You"))
_BLOCKS = LazyPattern(
    r"#+|<!--.*|```.*|!\[.*|</?(?:[A-Z]\w+|details|div|p|table|center|img|h[1-6]|br|hr|pre|ul|video|audio)\b.*"
)


class Place(Struct, frozen=True):
    """A place at which a title may end: before `end`, at most at the block that begins at `limit`."""

    words: Sequence[str]
    start: int
    end: int
    limit: int
    level: int

    @property
    def title(self) -> Sequence[str]:
        """The words before this place."""
        return self.words[self.start : self.end]

    def word(self, behind: int) -> str:
        """Return a word behind this place, or an empty text."""
        return self.words[self.end + behind] if self.end + behind < len(self.words) else ""

    def ahead(self, count: int) -> Sequence[str]:
        """Return the words between this place and the block below, at most `count`."""
        return self.words[self.end : min(self.limit, self.end + count)]

    @property
    def rest(self) -> int:
        """The number of words up to the block below, or a large number if none is known."""
        is_known = self.limit < min(len(self.words), self.start + LONGEST)
        return self.limit - self.end if is_known and not self.words[self.limit].startswith("![") else 99


def begins_block(word: str) -> bool:
    """Return True if a word begins a block after any text, by its form alone."""
    return word[0] in "#<`!" and _BLOCKS.fullmatch(word) is not None


def likely_end(words: Sequence[str], start: int, limit: int, level: int) -> int:
    """Return the likeliest index after a title that begins at `start` and ends at `limit` at the latest.

    For each index there are odds that a title which has not ended before ends there. The likeliest index is the one
    with the highest probability that the title ends there and not before.
    """
    from cardlint.vocabulary.titles.title_ends import TITLES, WEIGHTS

    limit = min(limit, start + LONGEST)
    best, best_end = -math.inf, limit
    open_so_far = 0.0
    for end in range(start + 1, limit):
        if _goes_on(words, start, end):
            continue
        odds = sum(WEIGHTS.get(sign, 0.0) for sign in evidence(Place(words, start, end, limit, level), TITLES))
        here = open_so_far - math.log1p(math.exp(-odds))
        if here > best:
            best, best_end = here, end
        open_so_far -= math.log1p(math.exp(odds))
    return best_end if best >= open_so_far else limit


def _goes_on(words: Sequence[str], start: int, end: int) -> bool:
    """Return True if no title ends before `end`: next to a dash, or in a question such as `Why I Built This`."""
    if words[end] in JOINING or words[end - 1] in JOINING:
        return True
    is_in_question = words[start].casefold() in _QUESTIONS and words[end] in _PRONOUNS
    return is_in_question and end + 1 < len(words) and words[end + 1][0].isupper()


def evidence(place: Place, titles: frozenset[str]) -> Iterator[str]:
    """Yield evidence for or against a title that ends at a place; `titles` are known ones, as `bare` words."""
    title, before, behind, further = place.title, place.title[-1], place.word(0), place.word(1)
    count = len(title)
    rank = "h1" if place.level == 1 else "hn"
    left, right, next_right, tail = shape(before), shape(behind), shape(further), _tail(before)
    yield from ("bias", rank, f"n={min(count, 12)}", f"{rank} n={min(count, 8)}")
    yield from (f"a={bare(before)}", f"b={bare(behind)}", f"c={bare(further)}")
    yield from (f"sa={left}", f"sb={right}", f"sc={next_right}", f"ta={tail}", f"ta,sb={tail},{right}")
    yield from (f"sa,sb={left},{right}", f"sb,sc={right},{next_right}", f"sa,sb,sc={left},{right},{next_right}")
    yield from _unclosed(title)
    for sign in _known(place.words, place.start, place.end, titles):
        yield from (sign, f"{sign},sb={right}", f"{sign},sb,sc={right},{next_right}")
    if count > 1:
        capitals = all(shape(word) != "low" or len(word) < 5 for word in title)
        yield from (f"caps={capitals},sb={right}", f"caps={capitals},sb={right},sc={next_right}")
    if bare(behind) == bare(title[0]) and len(bare(behind)) > 2:
        yield "repeats"
    if bare(behind) == bare(before):
        yield "same"
    following = place.words[place.end + 1 : place.end + 5]
    capitalised = next((at for at, word in enumerate(following) if shape(word) == "low"), len(following))
    yield f"low={capitalised},sb={right}"
    yield from _sentence(place)
    yield from _forms(place, right, next_right)
    yield from _kind(place, right, next_right)


def _sentence(place: Place) -> Iterator[str]:
    """Yield evidence for a sentence behind the title: its first word, its verb, its end, and the block below."""
    ahead = place.ahead(12)
    is_capital = (
        bool(ahead) and ahead[0][0].isupper() and not place.word(1)[:1].isupper()
    )  # in a title, the next is too
    opens = is_capital and bare(ahead[0]) in _OPENERS
    verb = next((at for at, word in enumerate(ahead[:8]) if at and word in _VERBS), 0)
    stop = next((at for at, word in enumerate(ahead) if word[-1] in ".:!?。：" and len(word) > 2), len(ahead) + 12)
    yield from (f"verb={verb}", f"opens={opens},verb={verb > 0}", f"opens={opens},stop={stop < 12}")
    yield from (f"stop={min(stop, 13) // 2}", f"rest={min(place.rest, 13)}")
    if place.rest <= 12:
        yield f"rest={min(place.rest, 4)},{_tail(place.words[place.limit - 1])}"


def _forms(place: Place, right: str, next_right: str) -> Iterator[str]:
    """Yield evidence of capitals, dashes, names, bold titles, lists, questions, and scripts without spaces."""
    title, behind = place.title, place.word(0)
    text = " ".join(title)
    yield f"upper={len(title) > 1 and text.isupper()},sb={right}"
    first = bare(title[0])
    yield f"repeats ahead={any(bare(word) == first for word in place.ahead(10)[1:])}"
    yield f"bracket={next((at for at, word in enumerate(place.ahead(6)) if word[0] == '('), 9)}"
    dash = next((at for at in range(len(title) - 1, 0, -1) if title[at] in _DASHES), 0)
    yield f"since dash={min(len(title) - dash, 5) if dash else 0}"
    if dash:
        yield f"dash={title[dash]},{shape(title[-1])},{right}"
    name = _name(title[-1])
    yield from (f"name={name},{_name(behind)}", f"name={name},{right},{next_right}")
    yield f"name={name},{right},{_name(place.word(1))}"
    if title[0].startswith("**"):
        yield f"bold={title[-1].rstrip(':').endswith('**')}"
    if behind[:1].isupper() and behind[1:].lower() != behind[1:]:
        yield f"camel,sc={next_right}"
    if behind in _BULLETS:
        again = behind in place.words[place.end + 2 : place.end + 16]
        yield from (f"list={again}", f"list={again},n={min(len(title), 4)}")
        yield f"list={again},{next_right},{_name(place.word(1))}"
    yield from _question(place)
    yield from _without_spaces(place, right)


def _question(place: Place) -> Iterator[str]:
    asks = bare(place.title[0]) in _QUESTIONS
    yield f"asks={asks and min(len(place.title), 4)}"
    if place.title[-1].rstrip("*")[-1:] in {"?", "？"}:
        yield f"question={asks}"
    elif asks:
        yield f"question open={any(word.rstrip('*').endswith(('?', '？')) for word in place.ahead(8))}"


def _without_spaces(place: Place, right: str) -> Iterator[str]:
    """Yield evidence for titles in scripts that have spaces only next to other scripts."""
    title = place.title
    left = shape(title[-1])
    if left in {"cjk", "cjklong"}:
        ahead = any(shape(word) == "cjklong" for word in place.ahead(6)[1:])
        alone = all(word[0] > "\u2e80" or not any(map(str.isalnum, word)) for word in title)
        yield from (f"{left},{right},{ahead}", f"{left},{ahead},n={min(len(title), 3)}")
        yield from (f"{left},n={min(len(title[-1]), 9)}", f"{left},{right},all={alone}")


def _kind(place: Place, right: str, next_right: str) -> Iterator[str]:
    """Yield evidence from the vocabulary of section titles."""
    count = place.end - place.start
    if count > _LONGEST_KIND:
        return
    text = " ".join(place.title)
    known = bool(kinds_of_title(text, whole=True))
    goes_on = known and bool(kinds_of_title(f"{text} {place.word(0)}", whole=True))
    yield from (f"kind={known},{goes_on}", f"kind={known},rest={min(place.rest, 8)}")
    if known and not goes_on:
        yield from (f"kind,sb,sc={right},{next_right}", f"kind n={count}")


@lru_cache(4096)
def _name(word: str) -> str:
    """Return `path` for names with a slash, `name` for those with digits or underscores, else `word`."""
    if "/" in word.strip("/") and not word.startswith(("http", "<", "[")):
        return "path"
    mixed = len(word) > 2 and any(map(str.isdigit, word)) and any(map(str.isalpha, word))
    return "name" if mixed or "_" in word.strip("_") else "word"


def _known(words: Sequence[str], start: int, end: int, titles: frozenset[str]) -> Iterator[str]:
    first = without_decoration(words, start, end - 1)
    found = " ".join(map(bare, words[first:end]))
    longer = f"{found} {bare(words[end])}" if end < len(words) else found
    goes_on = longer in titles or longer in prefixes(titles)
    if found in titles:
        yield "known, goes on" if goes_on else "known"
        yield f"known n={min(end - first, 5)}"
    elif goes_on:
        yield "longer"


def _unclosed(title: Sequence[str]) -> Iterator[str]:
    text = " ".join(title)
    if text.count("(") > text.count(")"):
        yield "open("
    if text.count("[") > text.count("]"):
        yield "open["
    if text.count("**") % 2:
        yield "open**"
    elif text.count("`") % 2:
        yield "open`"
    if text.count('"') % 2:
        yield 'open"'


@cache
def prefixes(titles: frozenset[str]) -> frozenset[str]:
    """Return the beginnings of known titles that have two words or more."""
    split = [title.split() for title in titles]
    return frozenset(" ".join(words[:count]) for words in split for count in range(2, len(words)))


def without_decoration(words: Sequence[str], start: int, last: int) -> int:
    """Return the index after the numbers and emoji at the start of a title; at most `last`."""
    while start < last and (_NUMBERING.fullmatch(words[start]) or not any(map(str.isalnum, words[start]))):
        start += 1
    return start


@lru_cache(4096)
def bare(word: str) -> str:
    """Return a word without its case, its markup and the punctuation around it, unless nothing is left."""
    return word.casefold().strip("*_`\"'()[]:,.!?") or word


@lru_cache(4096)
def shape(word: str) -> str:
    """Return the kind of a word by its first characters."""
    if not word:
        return "end"
    if word in _OWN_SHAPES:
        return word
    for beginning, name in _BEGINNINGS:
        if word.startswith(beginning):
            return name
    if word.startswith("("):
        return "(low" if word[1:2].islower() else "(up"
    return _shape_of_letters(word)


def _shape_of_letters(word: str) -> str:
    if _NUMBERING.fullmatch(word) and word[-1] in ".)" and word[:-1].isdigit():
        return "num."
    tests: tuple[tuple[Callable[[], bool], str], ...] = (
        (word[0].isdigit, "digit"),
        (lambda: word[0] > "\u2e80" and word[0].isalpha(), "cjklong" if _is_sentence(word) else "cjk"),
        (lambda: len(word) > 1 and word[0].isupper() and word.isupper(), "UP"),
        (word[0].isupper, "Up"),
        (word[0].islower, "low"),
        (lambda: not any(map(str.isalnum, word)), "sign"),
    )
    return next((name for test, name in tests if test()), "other")


def _is_sentence(word: str) -> bool:
    """Return True if a word in a script without spaces is a whole sentence."""
    return len(word) > 10 or _CJK_SENTENCE.search(word) is not None


def _tail(word: str) -> str:
    """Return the kind of a word's end: a mark, a digit or a letter."""
    stripped = word.rstrip("*_`\"'")
    if not stripped:
        return "-"
    if stripped[-1] in ".:?!,;)]":
        return stripped[-1]
    return "0" if stripped[-1].isdigit() else "a"
