"""Measure what a full lint is made of: the time of each view of a card and of each rule, without what they call.

    python benchmarks/views.py FOLDER [--cards 1000] [--rounds 3]

FOLDER contains cards (`*.md`, at any depth). Every view and every rule is timed, and the time of what it asks for in
turn is not counted: a rule that first asks for the claims does not pay for them. The least time of the rounds counts.
Timing adds about a tenth to the whole, mostly to "the engine", which is all that is neither a view nor a rule.
"""

import time
from functools import cached_property, partial

from ratios import arguments
from speed import full_lint, sample

from cardlint.card import card as cards
from cardlint.card.card import Card
from cardlint.card.markdown import document
from cardlint.registry import load_rules

PARTS = {
    "Markdown": ("body", "inline Markdown"),
    "YAML and the fences of the front matter": ("metadata", "fences"),
    "sections, titles, placeholders": ("sections", "title", "own_names", "placeholders", "unfilled_template"),
    "tables, claims, comparisons": (
        *("grids", "training", "_body_numbers", "_body_claims", "body_claims", "metadata_claims", "claims"),
        *("vague_claims", "unattributed", "impossible_claims", "evaluations", "comparisons", "inconsistencies"),
        *("reported_row", "disputed_spans", "eval_results"),
    ),
    "lineage, licenses, links, code": (
        *("lineage", "is_conversion", "licenses", "links", "loads", "own_loads", "recipes"),
    ),
    "generators": ("generator", "generator_span"),
}
"""The views that are shown together; others are shown as one row."""


class Clock:
    """A sum of times by name, in which a name does not count while another one runs inside."""

    def __init__(self):
        self.times = {}
        self._running = ["engine"]
        self._since = time.thread_time()

    def _switch(self):
        now = time.thread_time()
        name = self._running[-1]
        self.times[name] = self.times.get(name, 0) + now - self._since
        self._since = now

    def run(self, name, function, *values, **options):
        """Call a function, and count its time under a name."""
        self._switch()
        self._running.append(name)
        try:
            return function(*values, **options)
        finally:
            self._switch()
            self._running.pop()


def watch(clock):
    """Time all views and rules with this clock from now on."""
    for name, view in vars(Card).items():
        if isinstance(view, cached_property):
            view.func = partial(clock.run, name, view.func)
    cards.find_front_matter = partial(clock.run, "fences", cards.find_front_matter)
    document.parse_inline = partial(clock.run, "inline Markdown", document.parse_inline)
    for rule in load_rules().values():
        rule.check = partial(clock.run, f"rule `{rule.name}`", partial(findings, rule.check))


def findings(check, card, **options):
    """Return the findings of a rule, not a generator that works on when it is asked."""
    return list(check(card, **options))


def measure(folder, count=1000, rounds=3):
    """Return the least time of each name in seconds."""
    some = sample(folder, count)
    full_lint(some[:50])
    clock = Clock()
    watch(clock)
    seen = []
    for _ in range(rounds):
        clock.times = {}
        clock.run("engine", full_lint, some)
        seen.append(clock.times)
    return {name: min(times.get(name, 0) for times in seen) for name in seen[0]}


def table(times):
    """Yield the lines of a table in Markdown: the parts, and the ten slowest rules."""
    whole = sum(times.values())
    rules = {name: seconds for name, seconds in times.items() if name.startswith("rule ")}
    shown = {part: sum(times.get(name, 0) for name in names) for part, names in PARTS.items()}
    shown["the engine"] = times["engine"]
    shown["rules themselves"] = sum(rules.values())
    shown["other views"] = whole - sum(shown.values())
    yield "| part | share |\n|---|---:|"
    for part, seconds in sorted(shown.items(), key=lambda row: -row[1]):
        yield f"| {part} | {seconds / whole:.1%} |"
    for name, seconds in sorted(rules.items(), key=lambda row: -row[1])[:10]:
        yield f"| {name} | {seconds / whole:.1%} |"


def main():
    options = arguments(__doc__, cards=1000)
    print("\n".join(table(measure(options.folder, options.cards, options.rounds))))


if __name__ == "__main__":
    main()
