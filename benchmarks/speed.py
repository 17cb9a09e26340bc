"""Measure the speed of cardlint as a ratio within one run: a full lint against bare parsing.

    python benchmarks/speed.py FOLDER [--cards 700] [--rounds 5]

FOLDER contains cards (`*.md`, at any depth). Bare parsing is the complete tree of mistune (tables, strikethrough,
footnotes, task lists) and PyYAML's C loader on the front matter. Both sides take turns, and the median of the rounds
counts, since ratios vary less than times.
"""

import gc
import statistics
import time
from contextlib import suppress

import mistune
import yaml
from ratios import arguments, every_nth

from cardlint.card.card import parse
from cardlint.card.frontmatter import HUB_BLOCK
from cardlint.config.selection import Configurations
from cardlint.linting.linter import lint
from cardlint.registry import load_rules
from cardlint.source import Folder, read

LIMITS = {"full lint / bare parsing": 2.0}
PLUGINS = ["table", "strikethrough", "footnotes", "task_lists"]


def sample(folder, count):
    """Return a number of cards of a folder with their bytes, so that reading is not measured."""
    return [(path, path.read_bytes()) for path in every_nth(folder, count)]


def bare_parsing(cards):
    """Parse the cards with mistune and PyYAML only."""
    markdown = mistune.create_markdown(renderer=None, plugins=PLUGINS)
    for _, data in cards:
        text = data.decode("utf-8", "replace")
        match = HUB_BLOCK.match(text)
        if match:
            with suppress(yaml.YAMLError, TypeError, ValueError):
                yaml.load(match[2], yaml.CSafeLoader)
            text = text[match.end() :]
        markdown(text)


def full_lint(cards):
    """Lint the cards with all default rules, without reading files and without a report."""
    rules = load_rules()
    configurations = Configurations(rules, isolated=True)
    for path, data in cards:
        active = configurations.for_card(path).active(path)
        lint(parse(read(data, str(path)), Folder(path.parent)), active, known=rules)


def in_turns(first, second, rounds):
    """Return the seconds of each function, round by round."""
    times = ([], [])
    for _ in range(rounds):
        for side, run in enumerate((first, second)):
            gc.collect()
            start = time.process_time()
            run()
            times[side].append(time.process_time() - start)
    return times


def measure(folder, cards=700, rounds=5):
    """Return the ratio by name."""
    return {"full lint / bare parsing": statistics.median(ratios(sides(sample(folder, cards), rounds)))}


def sides(cards, rounds):
    """Return the seconds of both sides, round by round."""
    full_lint(cards[:20])
    bare_parsing(cards[:20])
    return in_turns(lambda: full_lint(cards), lambda: bare_parsing(cards), rounds)


def ratios(both):
    return [ours / theirs for ours, theirs in zip(*both, strict=True)]


def main():
    options = arguments(__doc__, cards=700)
    cards = sample(options.folder, options.cards)
    print(f"{len(cards)} cards, {sum(len(data) for _, data in cards) / 1e6:.1f} MB, {options.rounds} rounds")
    both = sides(cards, options.rounds)
    some, (ours, theirs) = ratios(both), map(statistics.median, both)
    print(
        f"full lint {1000 * ours:.0f} ms against {1000 * theirs:.0f} ms, ratio {statistics.median(some):.2f} "
        f"({min(some):.2f} to {max(some):.2f}), limit {LIMITS['full lint / bare parsing']}"
    )


if __name__ == "__main__":
    main()
