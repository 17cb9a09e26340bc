"""Learn from a folder of cards where titles end, and update `cardlint/vocabulary/titles/title_ends.py`.

    python tools/learn_title_ends.py FOLDER... [--held-out]

Every heading of every card is an example: after each of its words, the title either ends or continues. A logistic
regression with few weights (L1) learns the difference from `cardlint.card.flattened.title_ends.evidence`. Titles in at
least three cards count as known. `FOLDER:a` means half of the cards, those whose SHA-256 begins with an even digit; the
other half is for measuring (`benchmarks/flatten.py --half b`). With `--held-out`, the tool learns from one half of the
cards, prints its accuracy on the other half, and writes nothing. It needs scikit-learn.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from zlib import crc32

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from cardlint import parse, read
from cardlint.card.flattened import title_ends
from cardlint.card.flattened.tables import find_tables
from cardlint.card.markdown.tree import Heading

Heading_ = tuple[int, list[str], list[str]]  # level, words of the title, words after it
Card_ = tuple[str, list[Heading_]]
CARDS = 3  # cards that must have a title before it counts as known
SEEN = 6  # occurrences of evidence that are needed for a weight
ROOT = Path(__file__).parents[1]
HEADER = '''"""Evidence for the end of a title, and common titles, for cards that lost their line breaks.

The weights are natural logarithms of odds, by the names of `cardlint.card.flattened.title_ends.evidence`; the titles
are written as its `bare` words.

Refresh: `python tools/learn_title_ends.py FOLDER...`, with folders of several thousand cards.
"""

SOURCE = "the headings of {count} real cards"
DATE = "{date}"

# fmt: off
'''


def read_cards(name: str) -> list[Card_]:
    folder = Path(name.removesuffix(":a"))
    cards = []
    for path in sorted(folder.rglob("*.md")):
        data = path.read_bytes()
        if name.endswith(":a") and int(sha256(data).hexdigest()[0], 16) % 2:
            continue
        source = read(data, path.as_posix())
        headings = []
        for block in parse(source).body.blocks:
            if isinstance(block, Heading) and source.text[block.span.start : block.span.start + 1] == "#":
                words = block.content.text.split()
                behind = source.text[block.span.end : block.span.end + 600].split()[:30]
                if words:
                    headings.append((block.level, words, behind))
        cards.append((path.relative_to(folder).as_posix(), headings))
    return cards


def known_titles(cards: Iterable[Card_]) -> frozenset[str]:
    counts: Counter[str] = Counter()
    for _, headings in cards:
        counts.update({_title(words) for _, words, _ in headings if len(words) <= 8})
    return frozenset(title for title, count in counts.items() if count >= CARDS and _is_common(title))


def _is_common(words: str) -> bool:
    """Return True if words are suitable for the vocabulary: no address, no markup, no sentence."""
    return words.isprintable() and len(words) <= 60 and not any(sign in words for sign in ("](", "http", "<", "{"))


def _title(words: list[str]) -> str:
    kept = words[title_ends.without_decoration(words, 0, len(words) - 1) :]
    while len(kept) > 1 and not any(map(str.isalnum, kept[-1])):
        kept.pop()
    return " ".join(map(title_ends.bare, kept))


def examples(cards: Iterable[Card_], titles: frozenset[str]) -> Iterator[tuple[dict[str, int], bool]]:
    for _, headings in cards:
        for level, words, behind in headings:
            text = [*words, *behind]
            limit = block_below(text)
            for end in range(1, min(len(words), len(text) - 1, limit - 1) + 1):
                place = title_ends.Place(text, 0, end, limit, level)
                yield dict.fromkeys(title_ends.evidence(place, titles), 1), end == len(words)


def block_below(words: list[str]) -> int:
    """Return the index of the first block behind a title, or the length of the longest title."""
    text = " ".join(words)
    table = next(find_tables(text, 0, len(text)), None)
    stop = len(text[: table.rows[0]].split()) if table else len(words)
    stop = min(stop, title_ends.LONGEST)
    return next((at for at in range(1, stop) if title_ends.begins_block(words[at])), stop)


def half(name: str, bit: int = 0) -> int:
    return crc32(name.encode()) >> bit & 1


def learn(cards: list[Card_]) -> dict[str, float]:
    """Return the weights; those of a known title are learned from other cards than those that made it known."""
    rows: list[tuple[dict[str, int], bool]] = []
    for side in (0, 1):
        titles = known_titles(card for card in cards if half(card[0], 1) != side)
        rows += examples((card for card in cards if half(card[0], 1) == side), titles)
    seen = Counter(sign for signs, _ in rows for sign in signs)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{s: 1 for s in signs if seen[s] >= SEEN} for signs, _ in rows])
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    model = LogisticRegression(C=1.0, l1_ratio=1, solver="liblinear", max_iter=500)
    model.fit(matrix, [ends for _, ends in rows])
    weights = dict(zip(vectorizer.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    weights["bias"] = weights.get("bias", 0.0) + float(model.intercept_[0])
    return {
        sign: round(weight, 2) for sign, weight in sorted(weights.items()) if abs(weight) >= 0.05 and _is_common(sign)
    }


def measure(cards: list[Card_]) -> None:
    from cardlint.vocabulary.titles import title_ends as data

    learned = [card for card in cards if half(card[0])]
    data.TITLES, data.WEIGHTS = known_titles(learned), learn(learned)
    right: Counter[str] = Counter()
    for name, headings in cards:
        if half(name):
            continue
        wrong = 0
        for level, words, behind in headings:
            text = [*words, *behind]
            wrong += title_ends.likely_end(text, 0, block_below(text), level) != len(words)
        right.update(headings=len(headings), wrong=wrong, cards=bool(headings), perfect=bool(headings and not wrong))
    print(f"{len(data.WEIGHTS)} weights, {len(data.TITLES)} titles")
    print(f"titles {1 - right['wrong'] / right['headings']:.3f}, whole cards {right['perfect'] / right['cards']:.3f}")


def module(cards: list[Card_]) -> str:
    header = HEADER.format(count=len(cards), date=datetime.now(UTC).date())
    weights = "".join(f"    {sign!r}: {weight},\n" for sign, weight in learn(cards).items())
    titles = "".join(f"    {title!r},\n" for title in sorted(known_titles(cards)))
    return f"{header}WEIGHTS: dict[str, float] = {{\n{weights}}}\n\nTITLES = frozenset((\n{titles}))\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--held-out", action="store_true")
    options = parser.parse_args()
    cards = [card for folder in options.folders for card in read_cards(folder)]
    if options.held_out:
        measure(cards)
    else:
        ROOT.joinpath("cardlint/vocabulary/titles/title_ends.py").write_text(module(cards), "utf-8")


if __name__ == "__main__":
    main()
