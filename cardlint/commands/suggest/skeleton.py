"""A card for a repository that has none: headings to write under, and the results that its files have."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.card.card import parse
from cardlint.card.repository.results import Measured
from cardlint.commands.suggest.proposal import EMPTY
from cardlint.source import Folder, read
from cardlint.vocabulary.labels.metrics import is_noise, read_label
from cardlint.wording import without_commands

__all__ = ["skeleton", "without_empty_metadata"]

_HEADINGS = ("Model description", "Intended uses & limitations", "Training data", "Evaluation")


def skeleton(folder: Folder, path: str, name: str) -> str:
    """Return the text of a card of this name, with empty metadata, as the rules are to fill it in."""
    headings = "".join(f"\n## {heading}\n" for heading in _HEADINGS)
    results = parse(read(b"", path), folder).repository.results
    listed = "".join(f"- {line}\n" for line in _results(results))
    return f"{EMPTY}# {_on_one_line(name)}\n{headings}" + (f"\n{listed}" if listed else "")


def _results(results: tuple[Measured, ...]) -> Iterator[str]:
    """Yield the metrics of the first results file, with all digits."""
    for each in results:
        if each.file is results[0].file and read_label(each.label).known and not is_noise(each.label):
            label = _on_one_line(each.label if each.label.isupper() else each.label.replace("_", " "))
            yield f"{label[:1].upper()}{label[1:]}: {each.number.text}"


def _on_one_line(text: str) -> str:
    """Return a name of a folder or file's key without line ends, control characters and commands to CI services."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(without_commands(printable, " ").split())


def without_empty_metadata(text: str) -> str:
    """Return the text of a card without a front matter in which nothing is written."""
    return text.removeprefix(EMPTY)
