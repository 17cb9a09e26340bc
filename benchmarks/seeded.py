"""Put one mistake at a time into cards, and count how often it is reported.

    python benchmarks/seeded.py FOLDER ... [--list KIND]

Precision is measured by judging findings (`accuracy.py`); this measures what is missed. Each kind of mistake changes
one fact that the card states twice: the metadata and the body both have it, or two lines of the training. That a card
states it twice is decided by its text alone and not by the views that the rules ask, so that a place that cardlint does
not read counts as missed. A mistake is reported if a rule for it has a finding. Cards for which such a rule reports
something without the mistake are left out. `--list` prints the cards with mistakes of a kind that are not reported.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from cardlint.card.card import Card, parse
from cardlint.card.numbers.number import NUMBER_IN_TEXT, agree, read_number
from cardlint.card.yaml.nodes import Scalar, Sequence, resolve
from cardlint.config.selection import ActiveRule, Configurations
from cardlint.finding import Finding
from cardlint.linting.linter import lint
from cardlint.registry import load_rules
from cardlint.source import Folder, Source, Span, read

FEWEST_DIGITS = 3
"""A number with fewer digits may be in the body by chance."""
OTHER = "example/zebra"

Change = tuple[Span, str]


class Mistake(msgspec.Struct, frozen=True):
    """A kind of mistake: the rules that may report it, and the change of a card that makes it, if it can be made."""

    name: str
    rules: frozenset[str]
    change: Callable[[Card], Change | None]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text).lstrip("0")


def metric_value(card: Card) -> Change | None:
    """Lower a value of the model-index that the body has too, rounded or not."""
    body = [number for match in NUMBER_IN_TEXT.finditer(card.body_text) if (number := read_number(match["number"]))]
    precise = [number for number in body if len(_digits(number.text)) >= FEWEST_DIGITS]
    for claim in card.metadata_claims:
        written = card.source.slice(claim.span)
        plain = re.fullmatch(r"(\d*)\.(\d+)", written)
        if claim.file is None and plain and any(agree(number, claim.number) for number in precise):
            lower = f"{float(written) * 0.87:.{min(len(plain[2]), 4)}f}"
            return None if lower == written else (claim.span, lower)
    return None


def _only(card: Card, key: str) -> Scalar | None:
    """Return the only value of a key of the metadata."""
    value = card.metadata.get(key)
    items = value.items if isinstance(value, Sequence) else (value,) if value else ()
    scalars = [item for item in map(resolve, items) if isinstance(item, Scalar)]
    return scalars[0] if len(scalars) == len(items) == 1 else None


_OF_ORIGIN = re.compile(r"fine-?\s?tun|trained|based on|base model|adapter|lora|distill|continued?|derived|built|uses")


def _is_stated(card: Card, name: str, sign: re.Pattern[str]) -> bool:
    """Return True if a line of the body has a name as a whole and a sign."""
    whole = re.compile(rf"(?<![\w/.-]){re.escape(name.lower())}(?![\w/-]|\.\w)")
    lines = card.lower_body.split("\n")
    return any(whole.search(line) and sign.search(whole.sub("", line)) for line in lines)


def base_model(card: Card) -> Change | None:
    """Replace the only base model, which a line of the body names beside a word of origin; not that of a conversion."""
    scalar = _only(card, "base_model")
    if scalar is None or "/" not in scalar.text or card.is_conversion:
        return None
    return (scalar.span, OTHER) if _is_stated(card, scalar.text, _OF_ORIGIN) else None


def dataset(card: Card) -> Change | None:
    """Replace the only dataset, which the Trainer's sentence names, and nothing else of the metadata."""
    scalar = _only(card, "datasets")
    if scalar is None or card.source.text[: card.front_matter.span.end].count(scalar.text) > 1:
        return None
    sentence = re.compile(r"fine-?tuned version of .* on the .*dataset")
    return (scalar.span, OTHER) if _is_stated(card, scalar.text, sentence) else None


def license_id(card: Card) -> Change | None:
    """Replace the license, which the body names, by another free one."""
    scalar = _only(card, "license")
    if scalar is None or scalar.text not in ("mit", "apache-2.0", "cc-by-4.0", "cc-by-nc-4.0", "gpl-3.0"):
        return None
    named = scalar.text.replace("-", "[- ]?(?:license)?,?[- ]?(?:version)?[- ]?v?")
    if not re.search(rf"\b{named}\b", card.lower_body):
        return None
    return scalar.span, "apache-2.0" if scalar.text != "apache-2.0" else "mit"


def _value(card: Card, name: str) -> tuple[Span, int] | None:
    """Return the only value of a hyperparameter, in a line of its own, that is a whole number."""
    found = list(re.finditer(rf"^[-*+] +[*_`]*{name}[*_`]*: *[*_`]*(\d+)\b(?!\.)", card.source.text, re.MULTILINE))
    return (Span(*found[0].span(1)), int(found[0][1])) if len(found) == 1 else None


def total_batch_size(card: Card) -> Change | None:
    """Raise the total batch size, which is the product of two other lines."""
    total, size = _value(card, "total_train_batch_size"), _value(card, "train_batch_size")
    steps = _value(card, "gradient_accumulation_steps")
    if not (total and size and steps and size[1] * steps[1] == total[1]):
        return None
    return total[0], str(total[1] * 3)


def epochs(card: Card) -> Change | None:
    """Lower the number of epochs, which the last row of the only results table reaches."""
    stated = _value(card, "num_epochs")
    heads = re.findall(
        r"^\| *Training Loss *\| *Epoch *\|.*\n\|[-:| ]+\n((?:\|.*\n?)+)", card.source.text, re.MULTILINE
    )
    if stated is None or len(heads) != 1:
        return None
    last = re.match(r"\|[^|]*\| *(\d+)(?:\.0)? *\|", heads[0].splitlines()[-1])
    return (stated[0], str(stated[1] - 1)) if last and int(last[1]) == stated[1] > 1 else None


MISTAKES = (
    Mistake("metric", frozenset({"metric-mismatch"}), metric_value),
    Mistake("base model", frozenset({"base-model-mismatch"}), base_model),
    Mistake("dataset", frozenset({"dataset-mismatch"}), dataset),
    Mistake("license", frozenset({"license-mismatch"}), license_id),
    Mistake("batch size", frozenset({"batch-size-arithmetic"}), total_batch_size),
    Mistake("epochs", frozenset({"epochs-exceeded"}), epochs),
)


def _findings(source: Source, folder: Folder, active: list[ActiveRule]) -> tuple[Finding, ...]:
    return lint(parse(source, folder), active).findings


def outcomes(paths: Iterable[Path]) -> Iterator[tuple[str, str, Path]]:
    """Yield for each mistake its kind, the severity of the finding or `nothing`, and the card."""
    rules = load_rules()
    configurations = Configurations(rules, isolated=True)
    for path in paths:
        source, folder = read(path.read_bytes(), str(path)), Folder(path.parent)
        card = parse(source, folder)
        if card.is_oversized or card.recovery is not None:
            continue
        for mistake in MISTAKES:
            change = mistake.change(card)
            if change is None:
                continue
            active = [each for each in configurations.for_card(path).active(path) if each.rule.name in mistake.rules]
            if _findings(source, folder, active):
                continue
            span, new = change
            changed = read((source.text[: span.start] + new + source.text[span.end :]).encode(), str(path))
            found = _findings(changed, folder, active)
            yield mistake.name, max(found, key=lambda each: each.severity).severity.label if found else "nothing", path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--list", metavar="KIND", help="print the cards of which a mistake of this kind is missed")
    options = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    for kind, outcome, path in outcomes(path for folder in options.folders for path in sorted(folder.rglob("*.md"))):
        counts[kind, outcome] += 1
        if options.list == kind and outcome == "nothing":
            print(path)
    print("| mistake | cards | error or warning | note | nothing |\n|---|---:|---:|---:|---:|")
    for mistake in MISTAKES:
        outcome = {severity: counts[mistake.name, severity] for severity in ("error", "warning", "note", "nothing")}
        cards = sum(outcome.values())
        shown = (outcome["error"] + outcome["warning"], outcome["note"], outcome["nothing"])
        shares = " | ".join(f"{each:,} ({each / max(cards, 1):.0%})" for each in shown)
        print(f"| {mistake.name} | {cards:,} | {shares} |")


if __name__ == "__main__":
    main()
