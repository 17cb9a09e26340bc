"""Flatten the cards of a folder, recover them, and count how often the result equals the original.

    python benchmarks/flatten.py FOLDER... [--limit N] [--all] [--half a|b] [--show KIND]

Every sequence of white space becomes one blank. A card is used if it has one of the Trainer's sentences, or with
`--all` if it has a front matter. `--half a` takes the cards whose SHA-256 begins with an even digit, from which
`tools/learn_title_ends.py` may learn; `--half b` takes the others, which show what was learned.

The results are compared by PyYAML for the front matter and cmark (GitHub's) for the body, without regard to white
space. Headings are also counted one by one: those that come back exactly, and those that are made up. Nothing but white
space may change. `--show` prints the first differences of a kind (`missed`, `yaml`, `headings`, `rows`, `items`,
`code`). Originals that `recover` takes for flattened cards are listed at the end for inspection.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import cmarkgfm
import yaml
from cmarkgfm.cmark import Options

from cardlint.card.flattened.suspicion import recover
from cardlint.vocabulary import trainer

FRONT_MATTER = re.compile(r"\ufeff?\s*---[ \t]*\n([\S\s]*?)(?:^|\n)---[ \t]*(?:\n|$)")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
KINDS = ("missed", "changed", "yaml", "headings", "rows", "items", "code")
UNREADABLE = object()


class Outline(HTMLParser):
    """The texts of headings, table rows, list items and code blocks of a page."""

    TAGS = {"li": "items", "tr": "rows", "pre": "code"} | {f"h{level}": "headings" for level in range(1, 7)}

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {kind: [] for kind in KINDS[3:]}
        self.open: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        kind = self.TAGS.get(tag)
        if kind:
            self.found[kind].append(f"{tag}: " if kind == "headings" else "")
            self.open.append((kind, len(self.found[kind]) - 1))
        elif tag in {"td", "th"}:
            self.handle_data(" | ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.TAGS and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open:
            kind, index = self.open[-1]
            self.found[kind][index] += data


def outline(body: str) -> dict[str, list[str]]:
    parser = Outline()
    parser.feed(cmarkgfm.github_flavored_markdown_to_html(body, Options.CMARK_OPT_UNSAFE))
    return {kind: [" ".join(text.split()) for text in texts] for kind, texts in parser.found.items()}


def plain(value: Any) -> Any:
    """Return YAML data with single blanks for the white space in its strings."""
    if isinstance(value, dict):
        return {plain(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return " ".join(value.split()) if isinstance(value, str) else repr(value)


def facts(text: str) -> dict[str, Any]:
    text = text.replace("\r\n", "\n")
    match = FRONT_MATTER.match(text)
    data: Any = None
    if match:
        try:
            data = plain(yaml.load(match[1], Loader=LOADER))
        except (yaml.YAMLError, ValueError):
            data = UNREADABLE
    return {"yaml": data, **outline(text[match.end() if match else 0 :])}


def flatten(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def suitable(text: str, everything: bool) -> bool:
    if everything:
        return FRONT_MATTER.match(text.replace("\r\n", "\n")) is not None
    sentences = (*trainer.OPENING_SENTENCES, trainer.HYPERPARAMETERS_SENTENCE)
    return any(sentence in text for sentence in sentences)


def differences(text: str) -> tuple[list[str], dict[str, Any], dict[str, Any]]:
    """Return the kinds in which the recovered card differs (`certain` if nothing is guessed), and the facts of both."""
    expected = facts(text)
    flat = flatten(text)
    recovery = recover(flat)
    if recovery is None:
        return ["missed"], expected, {}
    if flatten(recovery.text) != flat:
        return ["changed"], expected, {}
    found = facts(recovery.text)
    wrong = [kind for kind in KINDS[2:] if expected[kind] != found[kind]]
    if found["yaml"] is UNREADABLE:
        wrong.append("unreadable")
    if not recovery.likely:
        wrong.append("certain, but wrong" if wrong else "certain")
    return wrong, expected, found


def show(path: Path, kind: str, expected: dict[str, Any], found: dict[str, Any]) -> None:
    print(f"--- {path}")
    if not found:
        return
    before, after = expected[kind], found[kind]
    if isinstance(before, list) and isinstance(after, list):
        for text in [text for text in before if text not in after][:3]:
            print(f"  lost   {text[:160]!r}")
        for text in [text for text in after if text not in before][:3]:
            print(f"  gained {text[:160]!r}")
    else:
        print(f"  before {str(before)[:600]}\n  after  {str(after)[:600]}")


def cards(folder: Path, half: str = "") -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.rglob("*.md")):
        data = path.read_bytes()
        if half and half != "ab"[int(sha256(data).hexdigest()[0], 16) % 2]:
            continue
        try:
            yield path, data.decode()
        except UnicodeDecodeError:
            continue


def count_headings(expected: dict[str, Any], found: dict[str, Any]) -> Counter[str]:
    before, after = Counter(expected["headings"]), Counter(found.get("headings", ()))
    return Counter(written=before.total(), exact=(before & after).total(), invented=(after - before).total())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--half", choices=("a", "b"), default="")
    parser.add_argument("--show", choices=KINDS)
    options = parser.parse_args()
    everything = [card for folder in options.folders for card in cards(folder, options.half)]
    chosen = [(path, text) for path, text in everything if suitable(text, options.all)]
    if 0 < options.limit < len(chosen):
        chosen = random.Random(0).sample(chosen, options.limit)
    counts: Counter[str] = Counter()
    headings: Counter[str] = Counter()
    unreadable_before = 0
    for path, text in chosen:
        wrong, expected, found = differences(text)
        unreadable_before += expected["yaml"] is UNREADABLE
        counts.update(wrong)
        headings += count_headings(expected, found)
        counts["everything"] += wrong not in ([], ["certain"])
        if options.show in wrong:
            show(path, options.show, expected, found)
    print(f"{len(chosen)} cards, {unreadable_before} with YAML that did not load before")
    for kind in (*KINDS, "unreadable", "everything"):
        print(f"{kind:12} {1 - counts[kind] / max(len(chosen), 1):.4f}  ({counts[kind]} wrong)")
    share = {kind: headings[kind] / max(headings["written"], 1) for kind in ("exact", "invented")}
    print(f"of {headings['written']} headings {headings['exact']} exact ({share['exact']:.4f}), ", end="")
    print(f"{headings['invented']} made up ({share['invented']:.4f})")
    print(f"without a guess: {counts['certain']} right, {counts['certain, but wrong']} wrong")
    taken = [path for path, text in everything if recover(text) is not None]
    print(f"of {len(everything)} originals {len(taken)} are taken for flattened")
    for path in taken:
        print(f"  {path}")


if __name__ == "__main__":
    main()
