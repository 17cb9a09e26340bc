"""Replay judgements of findings against a report, and write the page on accuracy.

    python benchmarks/accuracy.py FOLDER REPORT.json [--list] [--write]
    python benchmarks/accuracy.py --page

REPORT.json is what `cardlint check --isolated --output-format json` printed in FOLDER. `judgements.tsv` beside this
script has a line for each finding that was judged by opening its card. The table says for each rule how many of them
are still reported, in the same words or in others, and how many of those in the same words are right. `--list` names
the wrong findings that are still reported and the right ones that are gone. `--write` keeps the counts in
`accuracy.json` and writes docs/accuracy.md from them; `--page` writes the page from the kept counts.

Neither file contains text of a card: a card is known by the beginning of its SHA-256, a message by that of its own.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

import cardlint
from cardlint.registry import own_rules
from cardlint.reporters.rule_page import severities_in_words

HERE = Path(__file__).parent
JUDGEMENTS = HERE / "judgements.tsv"
COUNTS = HERE / "accuracy.json"
PAGE = HERE.parent / "docs" / "accuracy.md"

VERDICTS = ("right", "doubtful", "wrong")
KINDS = {
    "real": "cards that people and programs published between 2020 and 2025",
    "generated": "cards that the libraries themselves wrote, with invented numbers",
    "modern": "cards and templates of 2024 to 2026",
    "folders": "cards with the small files beside them",
}
HELD_OUT = frozenset("13579bdf")
"""First digits of the cards in the half on which no rule was tuned."""

FRESH = """\
A check on cards that no rule had seen, on 2026-11-30: 135 model cards of 76 public repositories of code, found by
names such as `HF_MODEL_CARD.md` and `hf_upload/README.md`, without those that are in the corpora above. Of 40 errors
and warnings beside `missing-front-matter`, 1 was wrong (`broken-bibtex`, an entry outside of code with lines indented
like code). Of 15 notes of `unindexed-results`, 1 was wrong (a table by number of training examples). Both kinds were
corrected. The 3 safe fixes were right. After that, 29 cards of 21 other repositories: none of 24 errors and warnings
and of 2 notes of `unindexed-results` was wrong.

What is missed is measured by mistakes that are put into cards; the
[benchmarks](../benchmarks/README.md#mistakes-put-into-cards) have the table.
"""


class Judgement(msgspec.Struct, frozen=True):
    """A verdict on one finding: the columns of `judgements.tsv`."""

    rule: str
    card: str
    line: int
    message: str
    cards: str
    verdict: str
    date: str
    reason: str

    @property
    def key(self) -> tuple[str, str, int, str]:
        return self.rule, self.card, self.line, self.message

    @property
    def is_held_out(self) -> bool:
        return self.card[0] in HELD_OUT


class Replay(msgspec.Struct):
    """The judgements of one rule after a replay, by what became of their findings."""

    reported: list[Judgement] = msgspec.field(default_factory=list)
    reworded: list[Judgement] = msgspec.field(default_factory=list)
    gone: list[Judgement] = msgspec.field(default_factory=list)
    unknown: list[Judgement] = msgspec.field(default_factory=list)

    def count(self, verdict: str) -> int:
        """Return the number of findings with a verdict that are reported in the same words."""
        return sum(judgement.verdict == verdict for judgement in self.reported)

    @property
    def precision(self) -> float | None:
        """The share of right findings among those that are reported in the same words and not doubtful."""
        decided = self.count("right") + self.count("wrong")
        return self.count("right") / decided if decided else None


class Counts(msgspec.Struct, frozen=True):
    """The kept counts of a replay: cards, findings by rule, and wrong findings by rule that are still reported."""

    version: str
    date: str
    cards: int
    findings: dict[str, int]
    wrong: dict[str, int]


def read_judgements(path: Path = JUDGEMENTS) -> list[Judgement]:
    with path.open(encoding="utf-8", newline="") as file:
        return msgspec.convert(list(csv.DictReader(file, delimiter="\t")), list[Judgement], strict=False)


def shortened(data: bytes, digits: int) -> str:
    return hashlib.sha256(data).hexdigest()[:digits]


def card_key(path: Path) -> str:
    return shortened(path.read_bytes(), 16)


def message_key(message: str) -> str:
    return shortened(message.encode(), 12)


def replay(judgements: Iterable[Judgement], findings: list[dict], folder: Path) -> dict[str, Replay]:
    """Return for each rule what became of the judged findings."""
    keys = {path: card_key(folder / path) for path in {finding["path"] for finding in findings}}
    known = set(keys.values()) | {card_key(path) for path in folder.rglob("*.md") if path.is_file()}
    exact = set()
    places = set()
    for finding in findings:
        place = (finding["rule"], keys[finding["path"]], finding["start"]["line"])
        places.add(place)
        exact.add((*place, message_key(finding["message"])))
    replays: dict[str, Replay] = defaultdict(Replay)
    for judgement in judgements:
        rule = replays[judgement.rule]
        if judgement.card not in known:
            rule.unknown.append(judgement)
        elif judgement.key in exact:
            rule.reported.append(judgement)
        elif judgement.key[:3] in places:
            rule.reworded.append(judgement)
        else:
            rule.gone.append(judgement)
    return dict(sorted(replays.items()))


def table(replays: dict[str, Replay]) -> Iterator[str]:
    yield f"{'rule':28} {'judged':>6} {'gone':>5} {'reworded':>8} {'right':>6} {'doubtful':>8} {'wrong':>6} precision"
    for rule, each in replays.items():
        judged = len(each.reported) + len(each.reworded) + len(each.gone)
        counts = " ".join(f"{each.count(verdict):>{max(len(verdict), 6)}}" for verdict in VERDICTS)
        precision = "" if each.precision is None else f"{each.precision:9.1%}"
        yield f"{rule:28} {judged:>6} {len(each.gone):>5} {len(each.reworded):>8} {counts} {precision}".rstrip()
    unknown = sum(len(each.unknown) for each in replays.values())
    if unknown:
        yield f"{unknown} judgements are of cards that are not in the folder."


def differences(replays: dict[str, Replay]) -> Iterator[str]:
    """Yield a line for each wrong finding that is still reported, and for each right one that is gone."""
    for rule, each in replays.items():
        for title, judgements, verdict in (("still wrong", each.reported, "wrong"), ("lost", each.gone, "right")):
            for judgement in judgements:
                if judgement.verdict == verdict:
                    yield f"{title}: {rule} {judgement.card}:{judgement.line} {judgement.reason}"


def counted(report: dict, replays: dict[str, Replay]) -> Counts:
    return Counts(
        version=cardlint.__version__,
        date=dt.datetime.now(dt.UTC).date().isoformat(),
        cards=report["summary"]["cards"],
        findings=dict(sorted(Counter(finding["rule"] for finding in report["findings"]).items())),
        wrong={rule: each.count("wrong") for rule, each in replays.items() if each.count("wrong")},
    )


def page(judgements: list[Judgement], counts: Counts) -> str:
    """Return docs/accuracy.md."""
    by_rule: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        by_rule[judgement.rule].append(judgement)
    verdicts = Counter(judgement.verdict for judgement in judgements)
    held_out = sum(judgement.is_held_out for judgement in judgements)
    kinds = "\n".join(f"- {kind}: {what}" for kind, what in KINDS.items())
    return f"""\
# Accuracy

Findings of the rules that have any were judged in the card: **right** if its author would agree and find it useful,
**wrong** if not, **doubtful** if authors might disagree. The lines at the finding were read, and the whole card if the
finding is about all of it. Of {len(judgements):,} findings, {verdicts["right"]:,} are right, \
{verdicts["doubtful"]} doubtful and {verdicts["wrong"]} wrong. For a wrong one,
others of its kind were searched in the cards, and the kind was corrected; \
{sum(counts.wrong.values())} of them are still reported.

The figures are of cardlint {counts.version} on {counts.date}, over {counts.cards:,} cards:

{kinds}

Rules were tuned on one half of the cards, by the hash of their content; {held_out:,} of the findings are from the other
half ("held out"), most of them drawn at random. One reader judged, without asking the authors. If twenty findings of
twenty are right, a rule is wrong less than once in seven times with 95 % confidence, and no more can be said. Little is
known about a rule with few findings in these cards.

{FRESH}
| rule | severity | findings per 1,000 cards | judged | held out | doubtful | wrong | still wrong | judged on | last |
|---|---|---:|---:|---:|---:|---:|---:|---|---|
{"".join(_row(rule.name, severities_in_words(rule), by_rule[rule.name], counts) for rule in own_rules())}
A wrong finding whose words have changed does not count as still wrong: it was judged again. Since rules are corrected
by what was found wrong, the column says if the corrections last, and nothing about other findings.

The judgements are in `benchmarks/judgements.tsv`: the rule, the hashes of card and message, the line, the verdict and
the reason, without text of the card. `python benchmarks/accuracy.py FOLDER REPORT.json` replays them against a new
report: it says which of the judged findings are gone, and which wrong ones are still reported.
"""


def _row(rule: str, severity: str, judgements: list[Judgement], counts: Counts) -> str:
    rate = 1000 * counts.findings.get(rule, 0) / counts.cards
    shown = f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}" if rate >= 0.1 else f"{rate:.2f}" if rate else "0"
    verdicts = Counter(judgement.verdict for judgement in judgements)
    kinds = Counter(judgement.cards for judgement in judgements)
    judged_on = ", ".join(f"{kinds[kind]} {kind}" for kind in KINDS if kinds[kind])
    held_out = sum(judgement.is_held_out for judgement in judgements)
    last = max((judgement.date for judgement in judgements), default="")
    cells = (
        *(f"`{rule}`", severity, shown, len(judgements), held_out, verdicts["doubtful"], verdicts["wrong"]),
        *(counts.wrong.get(rule, 0), judged_on, last),
    )
    return "| " + " | ".join(map(str, cells)) + " |\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("report", type=Path, nargs="?")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--page", action="store_true")
    options = parser.parse_args()
    judgements = read_judgements()
    if options.report:
        report = json.loads(options.report.read_bytes())
        replays = replay(judgements, report["findings"], options.folder)
        print("\n".join([*table(replays), *(differences(replays) if options.list else ())]))
        if options.write:
            COUNTS.write_bytes(msgspec.json.format(msgspec.json.encode(counted(report, replays))) + b"\n")
    elif not options.page:
        parser.error("a folder and a report are needed, or --page")
    if options.write or options.page:
        PAGE.write_text(page(judgements, msgspec.json.decode(COUNTS.read_bytes(), type=Counts)), encoding="utf-8")


if __name__ == "__main__":
    main()
