"""Put one slip at a time into cards, and count how often the safe fixes restore the card.

    python benchmarks/slips.py FOLDER ... [--most 200] [--list KIND]

A slip is undone if the fixed card is the same as the fixed card without the slip; it is reported if a finding that the
card does not have otherwise is left. `--most` is the number of cards for each kind of slip, `--list` prints the cards
with slips of a kind that are neither undone nor reported.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from cardlint.config.selection import ActiveRule, Configurations
from cardlint.fixing.rounds import fix_card
from cardlint.registry import load_rules
from cardlint.source import Folder, read

FRONT_MATTER = re.compile(r"---\n.*?\n---\n", re.DOTALL)
IN_METADATA = {
    "license in capitals": (r"^license: (mit|apache-2\.0)$", lambda match: f"license: {match[1].upper()}"),
    "license in words": (r"^license: apache-2\.0$", "license: Apache 2.0"),
    "British key": (r"^license:", "licence:"),
    "hyphen in a key": (r"^pipeline_tag:", "pipeline-tag:"),
    "singular key": (r"^datasets:", "dataset:"),
    "underscore in a task": (r"^pipeline_tag: ([a-z]+)-([a-z-]+)$", r"pipeline_tag: \1_\2"),
    "capital in a library": (r"^library_name: transformers$", "library_name: Transformers"),
    "name of a language": (r"^language: en$", "language: English"),
    "name of a language in a list": (r"^language:\n- en$", "language:\n- English"),
    "the same tag": (r"^tags:\n((?:- .*\n)*?)(- \w.*)$", r"tags:\n\1\2\n\2"),
    "tab before a tag": (r"^tags:\n- ", "tags:\n-\t"),
}
IN_BODY = {
    "heading without a blank": (r"^(##+) (\w)", r"\1\2"),
    "blank in a link": (r"(?<!\!)(\[[\w ]+\])\(http", r"\1 (http"),
}
KINDS = (*IN_METADATA, *IN_BODY)


def with_slip(text: str, kind: str) -> str | None:
    """Return a card with the slip in the first place where it can be made, or None."""
    match = FRONT_MATTER.match(text)
    if match is None:
        return None
    metadata, body = text[: match.end()], text[match.end() :]
    if kind in IN_METADATA:
        metadata = re.sub(*IN_METADATA[kind], metadata, count=1, flags=re.MULTILINE)
    else:
        body = re.sub(*IN_BODY[kind], body, count=1, flags=re.MULTILINE)
    return None if metadata + body == text else metadata + body


def outcome(text: str, kind: str, path: Path, active: list[ActiveRule]) -> str | None:
    """Return `undone`, `reported` or `silent` for a slip in a card, or None if it cannot be made."""
    slipped = with_slip(text, kind)
    if slipped is None:
        return None
    folder = Folder(path.parent)
    right, wrong = (fix_card(read(each.encode(), str(path)), folder, active) for each in (text, slipped))
    # a key that a fix adds is put below other keys if these are misspelt
    if sorted(wrong.source.text.splitlines()) == sorted(right.source.text.splitlines()):
        return "undone"
    usual = Counter(finding.rule.name for finding in right.result.findings)
    return "reported" if Counter(finding.rule.name for finding in wrong.result.findings) - usual else "silent"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=200)
    parser.add_argument("--list", metavar="KIND")
    options = parser.parse_args()
    configurations = Configurations(load_rules(), isolated=True)
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for path in (path for folder in options.folders for path in sorted(folder.rglob("*.md"))):
        text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
        active = list(configurations.for_card(path).active(path))
        for kind in KINDS:
            found = outcome(text, kind, path, active) if counts[kind].total() < options.most else None
            if found is not None:
                counts[kind][found] += 1
            if found == "silent" and options.list == kind:
                print(path)
    print("| slip | cards | undone | reported | neither |\n|---|---:|---:|---:|---:|")
    for kind, each in counts.items():
        print(f"| {kind} | {each.total()} | {each['undone']} | {each['reported']} | {each['silent']} |")


if __name__ == "__main__":
    main()
