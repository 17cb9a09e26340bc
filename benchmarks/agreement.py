"""Count the cards of a folder that state a metric in metadata and body, and those that contradict themselves.

    python benchmarks/agreement.py FOLDER [--list] [--once]

A pair consists of a value in the metadata and the best match in the body for the same result. Results that the Hub has
verified, or that name another page as their source, are ignored. `--list` prints every pair that disagrees. `--once`
counts a set of values that several cards share (copies of one card) only once.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from cardlint.card.agreement.comparison import Comparison
from cardlint.card.agreement.mismatch_cause import find_cause
from cardlint.card.card import Card, parse
from cardlint.source import Folder, read


def kind(card: Card, pair: Comparison) -> str:
    """Return the kind of a contradiction, as far as the card shows it."""
    cause = find_cause(pair, card.body_claims, card.training)
    if cause is None:
        return "unknown"
    if cause.origin is None:
        return f"a typing error: {cause.words}"
    rows = cause.origin.source == "results-row"
    return "the value of another row of the results" if rows else "the value of another metric"


def cards(folder: Path) -> Iterator[tuple[Path, Card]]:
    for path in sorted(folder.rglob("*.md")):
        yield path, parse(read(path.read_bytes(), str(path)), Folder(path.parent))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--once", action="store_true")
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    sources: Counter[tuple[str, bool]] = Counter()
    kinds: Counter[str] = Counter()
    seen: set[tuple[str, ...]] = set()
    for path, card in cards(arguments.folder):
        counts["cards"] += 1
        stated = [claim for claim in card.metadata_claims if not claim.verified]
        counts["cards with a metric in the metadata"] += bool(stated)
        pairs = [pair for pair in card.comparisons if stated and not pair.is_split_unknown]
        values = tuple(f"{pair.in_metadata.label} {pair.in_metadata.text} {pair.in_body.text}" for pair in pairs)
        if not pairs or (arguments.once and values in seen):
            continue
        seen.add(values)
        counts["cards that state one in both"] += 1
        counts["cards that contradict themselves"] += not all(pair.agrees for pair in pairs)
        counts["pairs"] += len(pairs)
        for pair in pairs:
            sources[pair.in_body.source, pair.agrees] += 1
            if not pair.agrees:
                counts["pairs that disagree"] += 1
                kinds[kind(card, pair)] += 1
                if arguments.list:
                    line = card.original.position(card.locate(pair.in_body.span).start).line
                    print(f"{path}:{line}: {pair.in_metadata.label} {pair.in_metadata.text} / {pair.in_body.text}")
    for name, count in counts.items():
        print(f"{count:>8,}  {name}")
    both, differ = counts["cards that state one in both"], counts["cards that contradict themselves"]
    print(f"{differ / both if both else 0:>8.1%}  of the cards that state a metric in both contradict themselves\n")
    for source in dict.fromkeys(source for source, _ in sources):
        print(f"{source:>12}  {sources[source, True]:>6,} agree  {sources[source, False]:>4,} disagree")
    print()
    for name, count in kinds.most_common():
        print(f"{count:>8,}  {name}")


if __name__ == "__main__":
    main()
