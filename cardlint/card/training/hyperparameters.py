"""Lists of hyperparameters: bullets `name: value`, and the name that each program has for one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property, lru_cache

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, Heading, List, ListItem, Paragraph
from cardlint.card.numbers.number import parse_number
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.trainer import HYPERPARAMETER_NAMES

__all__ = ["Bullet", "HyperparameterList", "announces_hyperparameters", "read_bullet", "read_bullets"]

_BULLET = LazyPattern(r"[*_`]*(?P<label>[^:=\n]{1,80}?)[*_`]*\s*[:=]\s*[*_`]*\s*(?P<value>.*)", re.DOTALL)
_SEPARATORS = LazyPattern(r"[\W_]+")
_IN_TITLE = LazyPattern(r"(?i)\bhyper[- ]?param")


class Bullet(Struct, frozen=True):
    """A bullet `- label: value`; `text` is the value as written, `span` its span, `whole` that of the bullet."""

    label: str
    text: str
    span: Span
    whole: Span

    @property
    def name(self) -> str:
        """The Trainer's name of the hyperparameter, or the label itself."""
        return hyperparameter_name(self.label)

    @property
    def number(self) -> Decimal | None:
        """The value if it is a plain number, exact as written."""
        number = parse_number(self.text)
        return number.value if number and not number.percent else None


class HyperparameterList(Struct, frozen=True, dict=True):
    """The hyperparameters of one list, in its order."""

    bullets: tuple[Bullet, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Bullet]:
        """The bullets by the Trainer's names; of several with one name the last."""
        return {bullet.name: bullet for bullet in self.bullets}

    def hyperparameter(self, name: str) -> Bullet | None:
        """Return the bullet of a hyperparameter, or None if the list has none or states two values."""
        bullet = self.by_name.get(name)
        if bullet is None or any(other.text != bullet.text for other in self.bullets if other.name == name):
            return None
        return bullet

    def number(self, name: str) -> Decimal | None:
        """Return a hyperparameter that is a plain number, exact as written, or None."""
        bullet = self.hyperparameter(name)
        return bullet.number if bullet else None


@lru_cache(1024)
def hyperparameter_name(label: str) -> str:
    """Return the Trainer's name for a label: `num_epochs` for `Number of epochs`; another label as it is."""
    name = _SEPARATORS.sub("_", label.lower()).strip("_")
    return HYPERPARAMETER_NAMES.get(name, label)


def announces_hyperparameters(block: Block | None, document: Document) -> bool:
    """Return True if the block right above a list says that hyperparameters follow."""
    if isinstance(block, Paragraph):
        text = block.content.text.lower()
        return "hyperparameters" in text and text.rstrip().endswith(":")
    return isinstance(block, Heading) and _IN_TITLE.search(document.plain(block.content)) is not None


def read_bullets(block: List) -> Iterator[Bullet]:
    """Yield the bullets of a list that have the form `label: value`."""
    return filter(None, map(read_bullet, block.items))


def read_bullet(item: ListItem) -> Bullet | None:
    """Return the item of a list as a bullet, or None if it is not `label: value`."""
    if not item.blocks or not isinstance(item.blocks[0], Paragraph):
        return None
    content = item.blocks[0].content
    match = _BULLET.fullmatch(content.text)
    if match is None:
        return None
    start = match.start("value")
    end = start + len(match["value"].rstrip())
    for marker in ("**", "__", "`", "*", "_"):
        if content.text.endswith(marker, start, end) and content.text.endswith(marker, 0, start):
            end -= len(marker)
            break
    return Bullet(match["label"].strip(), content.text[start:end], content.span(start, end), item.span)
