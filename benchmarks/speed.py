"""How fast cardlint is, as ratios within one run: a full lint against bare parsing, a cold start against two imports.

    python benchmarks/speed.py FOLDER [--cards 700] [--rounds 5]

FOLDER holds cards (`*.md`, at any depth). Bare parsing is mistune's whole tree (tables, strikethrough, footnotes, task
lists) and PyYAML's C loader on the front matter. Both sides of a ratio take turns, and the median of the rounds counts:
machines are noisy, ratios less so. A cold start is only measured rightly where cardlint is installed as users have it,
compiled (`pip install .`, not `-e`, if Python is told not to write byte code).
"""

import argparse
import gc
import resource
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import mistune
import yaml

from cardlint.card import parse
from cardlint.card.frontmatter import HUB_BLOCK
from cardlint.linter import lint
from cardlint.registry import load_rules
from cardlint.selection import Configurations
from cardlint.source import Folder, read

LIMITS = {"full lint / bare parsing": 1.0, "cold start / two imports": 1.8}
PLUGINS = ["table", "strikethrough", "footnotes", "task_lists"]


def sample(folder, count):
    """Every n-th card of a folder, so that all kinds are there; read beforehand, since both sides would pay for it."""
    paths = sorted(path for path in Path(folder).rglob("*.md") if path.is_file())
    return [(path, path.read_bytes()) for path in paths[:: max(len(paths) // count, 1)][:count]]


def bare_parsing(cards):
    """What everybody pays who reads cards at all."""
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
    """The whole way of a card, all default rules, without reading it and without a report."""
    rules = load_rules()
    configurations = Configurations(rules, isolated=True)
    for path, data in cards:
        active = configurations.for_card(path).active(path)
        lint(parse(read(data, str(path)), Folder(path.parent)), active, known=rules)


def in_turns(first, second, rounds):
    """The seconds that each took, round by round."""
    times = ([], [])
    for _ in range(rounds):
        for side, run in enumerate((first, second)):
            gc.collect()
            start = time.process_time()
            run()
            times[side].append(time.process_time() - start)
    return times


def cold(command, folder):
    """The processor's seconds that a command takes as a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def sides(cards, rounds):
    """What each ratio is made of, by its name: our seconds and the others', round by round."""
    full_lint(cards[:20])
    bare_parsing(cards[:20])
    lint_and_parsing = in_turns(lambda: full_lint(cards), lambda: bare_parsing(cards), rounds)

    card = str(min(cards, key=lambda entry: abs(len(entry[1]) - 2500))[0].resolve())
    command = [str(Path(sysconfig.get_path("scripts"), "cardlint")), "check", "--isolated", "--no-cache", card]
    imports = [sys.executable, "-c", "import mistune, ruamel.yaml"]
    with tempfile.TemporaryDirectory() as elsewhere:  # not here, where Python would import the checkout
        cold(command, elsewhere), cold(imports, elsewhere)
        pairs = [(cold(command, elsewhere), cold(imports, elsewhere)) for _ in range(4 * rounds)]
    return {"full lint / bare parsing": lint_and_parsing, "cold start / two imports": tuple(zip(*pairs, strict=True))}


def measure(folder, count=700, rounds=5):
    """The ratios, by name."""
    return {name: statistics.median(ratios(both)) for name, both in sides(sample(folder, count), rounds).items()}


def ratios(both):
    return [ours / theirs for ours, theirs in zip(*both, strict=True)]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("--cards", type=int, default=700)
    arguments.add_argument("--rounds", type=int, default=5)
    options = arguments.parse_args()
    cards = sample(options.folder, options.cards)
    print(f"{len(cards)} cards, {sum(len(data) for _, data in cards) / 1e6:.1f} MB, {options.rounds} rounds")
    for name, both in sides(cards, options.rounds).items():
        ours, theirs = (statistics.median(each) * 1000 for each in both)
        some = ratios(both)
        print(
            f"{name:<26} {ours:8.0f} ms  against {theirs:8.0f} ms  ratio {statistics.median(some):.2f} "
            f"({min(some):.2f} to {max(some):.2f}), to be at most {LIMITS[name]}"
        )


if __name__ == "__main__":
    main()
