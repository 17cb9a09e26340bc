"""Fix the cards of a folder in memory, with all rules, and check the promises of `--fix`.

    python benchmarks/fixes.py FOLDER [--safe-only] [--limit N] [--diffs N] [--seed N] [--jobs N]

Nothing is written. For every card that a fix changes, the script checks that no rule fails on it, that every byte
outside of the edits is the same, that a second run changes nothing, and that PyYAML reads equal data except for keys
with an edit. Fixes that the proof refused are counted by rule and reason. `--diffs` prints a number of patches, chosen
at random by `--seed` with each rule in turn.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, cycle, pairwise
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from cardlint.config.selection import ActiveRule
from cardlint.finding import Edit
from cardlint.fixing import rounds
from cardlint.fixing.edits import apply
from cardlint.fixing.patch import unified_diff
from cardlint.registry import load_rules
from cardlint.rule_definition import Rule
from cardlint.source import Source, Span, read

FRONT_MATTER = re.compile(r"\ufeff?\s*---[ \t]*\r*\n([\S\s]*?\n)---[ \t]*(?:\r*\n|$)")
KEY = re.compile(r"^[\"']?([\w-]+)[\"']?[ \t]*:", re.MULTILINE)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NUMBERS = re.compile(r"\d+")

Step = tuple[str, Sequence[Edit], str]


class Outcome(NamedTuple):
    path: str
    fixed: Counter[str]
    refused: list[tuple[str, str]]
    wrong: list[str]
    patch: str
    rounds: int


@cache
def rules() -> tuple[dict[str, Rule], tuple[ActiveRule, ...]]:
    known = dict(load_rules())
    return known, tuple(ActiveRule(rule, {}, None) for rule in known.values())


class Recorder:
    """A replacement for `apply` that records every text with its edits, including refused attempts."""

    def __init__(self) -> None:
        self.steps: dict[str, Step] = {}

    def __call__(self, text: str, edits: Sequence[Edit]) -> str:
        edits = sorted(edits)
        after = apply(text, edits)
        self.steps.setdefault(after, (text, edits, after))
        return after

    def steps_between(self, start: str, end: str) -> list[Step]:
        """Return the steps from one text to another."""
        steps: list[Step] = []
        while end != start:
            steps.append(self.steps.pop(end))
            end = steps[-1][0]
        return steps[::-1]


def fix(source: Source, *, unsafe: bool) -> tuple[rounds.FixedCard, list[Step]]:
    known, active = rules()
    recorder = Recorder()
    setattr(rounds, "apply", recorder)  # noqa: B010
    try:
        fixed = rounds.fix_card(source, None, active, unsafe=unsafe, known=known)
    finally:
        setattr(rounds, "apply", apply)  # noqa: B010
    return fixed, recorder.steps_between(source.text, fixed.source.text)


def keeps_other_bytes(source: Source, step: Step) -> bool:
    """Return True if the bytes between the edits are unchanged and in the same order."""
    text, edits, after = step
    position = 0
    for one, following in pairwise([None, *edits, None]):
        start = one.span.end if one else 0
        piece = text[start : following.span.start if following else len(text)]
        if source.encode(after[position : position + len(piece)]) != source.encode(piece):
            return False
        position += len(piece) + (len(following.text) if following else 0)
    return position == len(after)


def front_matter(text: str) -> tuple[int, str] | None:
    match = FRONT_MATTER.match(text)
    return (match.start(1), match[1]) if match else None


def load(text: str) -> Any:
    """Return the data that PyYAML reads, with comparable values for NaN and dates; None if it is not a mapping."""
    try:
        data = yaml.load(text.replace("\r", ""), Loader=LOADER)
    except (yaml.YAMLError, ValueError):
        return None
    return {key: repr(value) for key, value in data.items()} if isinstance(data, dict) else None


def named(text: str, offset: int, spans: Sequence[Span]) -> Iterator[str]:
    """Yield the top-level keys that contain or touch one of the spans."""
    keys = [(offset + match.start(), match[1]) for match in KEY.finditer(text)]
    starts = [start for start, _ in keys]
    for span in spans:
        for start, key in keys[max(bisect_right(starts, span.start) - 1, 0) :]:
            if start <= span.end:
                yield key


def moved(edits: Sequence[Edit]) -> list[Span]:
    """Return the spans of the edits' texts in the new text."""
    shifts = accumulate((len(edit.text) - len(edit.span) for edit in edits), initial=0)
    starts = [edit.span.start + shift for edit, shift in zip(edits, shifts, strict=False)]
    return [Span(start, start + len(edit.text)) for edit, start in zip(edits, starts, strict=True)]


def other_data(step: Step) -> list[str]:
    """Return the keys whose data differs for PyYAML although they contain no edit."""
    text, edits, after = step
    old, new = front_matter(text), front_matter(after)
    before, now = (load(block[1]) if block else None for block in (old, new))
    if old is None or before is None:
        return []
    if new is None or now is None:
        return ["all"]
    allowed = {*named(old[1], old[0], [edit.span for edit in edits]), *named(new[1], new[0], moved(edits))}
    keys = (before.keys() | now.keys()) - allowed
    return sorted(str(key) for key in keys if before.get(key) != now.get(key))


def check(task: tuple[str, bool]) -> Outcome:
    path, unsafe = task
    data = Path(path).read_bytes()
    source = read(data, path)
    if source.encode() != data:
        return Outcome(path, Counter(), [], [], "", 0)  # such a file is not written, see `LossyError`
    fixed, steps = fix(source, unsafe=unsafe)
    wrong = [f"rule `{bug.rule}` fails: {bug.message}" for bug in fixed.result.bugs]
    if steps:
        wrong += ["bytes outside of the edits changed"] * (not all(keeps_other_bytes(source, step) for step in steps))
        wrong += [f"PyYAML reads other data: {key}" for step in steps for key in other_data(step)]
        again, more = fix(read(fixed.source.encode(), path), unsafe=unsafe)
        wrong += [f"a second run changes more: {sorted(again.fixed)}"] * bool(more)
    refused = [(refusal.rule, refusal.reason) for refusal in fixed.refusals]
    return Outcome(path, fixed.fixed, refused, wrong, unified_diff(source, fixed.source), fixed.rounds)


def draw(outcomes: Sequence[Outcome], count: int, seed: int) -> list[Outcome]:
    """Return a number of changed cards at random, with each rule in turn."""
    left = [outcome for outcome in outcomes if outcome.patch]
    random.Random(seed).shuffle(left)
    drawn: list[Outcome] = []
    turns = cycle(sorted({rule for outcome in left for rule in outcome.fixed}))
    while left and len(drawn) < count:
        rule = next(turns)
        index = next((index for index, outcome in enumerate(left) if rule in outcome.fixed), None)
        drawn += [left.pop(index)] if index is not None else []
    return drawn


def show(outcomes: Sequence[Outcome]) -> None:
    fixed: Counter[str] = Counter()
    refused: Counter[tuple[str, str]] = Counter()
    example: dict[tuple[str, str], str] = {}
    for outcome in outcomes:
        fixed.update(outcome.fixed)
        for rule, reason in outcome.refused:
            kind = rule, NUMBERS.sub("0", reason)[:110]
            refused[kind] += 1
            example.setdefault(kind, f"{outcome.path}: {reason}")
    changed = sum(bool(outcome.patch) for outcome in outcomes)
    print(f"{len(outcomes)} cards, {changed} changed by {fixed.total()} fixes")
    print("rounds:", dict(sorted(Counter(outcome.rounds for outcome in outcomes).items())))
    for name, count in fixed.most_common():
        print(f"  {count:6} {name}")
    print(f"refused: {refused.total()}")
    for kind, count in refused.most_common():
        print(f"  {count:6} {kind[0]}: {kind[1]}\n         {example[kind]}")
    wrong = [(outcome.path, each) for outcome in outcomes for each in outcome.wrong]
    print(f"wrong: {len(wrong)}")
    for path, each in wrong:
        print(f"  {path}: {each}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--safe-only", action="store_true")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--diffs", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    tasks = [(str(path), not options.safe_only) for path in sorted(options.folder.rglob("*.md"))]
    if 0 < options.limit < len(tasks):
        tasks = random.Random(options.seed).sample(tasks, options.limit)
    with Pool(options.jobs) as pool:
        outcomes = list(pool.imap_unordered(check, tasks, chunksize=20))
    outcomes.sort()
    for outcome in draw(outcomes, options.diffs, options.seed):
        print(dict(outcome.fixed), outcome.patch, sep="\n")
    show(outcomes)
    return int(any(outcome.wrong for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
