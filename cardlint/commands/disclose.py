"""The output of `cardlint disclose CARD`: the inventory as text, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from cardlint.card.card import Card
from cardlint.commands.show.secrets import Secrets
from cardlint.disclosure.evidence import Evidence
from cardlint.disclosure.inventory import Entry, Inventory, take_inventory
from cardlint.reporters.machine.json import encode, place_object
from cardlint.source import Source
from cardlint.vocabulary.disclosure.items import DATE, ITEMS, NOTE, TEXTS, Item, Request, Text

if TYPE_CHECKING:
    from rich.text import Text as Line

    from cardlint.commands.show.canvas import Canvas

__all__ = ["SCHEMA_VERSION", "disclose_json", "disclose_markdown", "disclose_picture"]

SCHEMA_VERSION = 1
_OUTSIDE = "No inventory"


def disclose_picture(card: Card, *, width: int, color: bool, unicode: bool) -> str:
    """Return the inventory for people: what the card states, what was not found, and the texts that ask for it.

    A line has at most `width` cells (but at least 40). Without `color` the text has no escape sequences, and without
    `unicode` only text of the card is beyond ASCII.
    """
    from cardlint.commands.show.canvas import Canvas  # here, since only pictures need rich

    canvas = Canvas(width, unicode=unicode, secrets=Secrets(card))
    picture = _Picture(card, canvas)
    return canvas.render(picture.lines(take_inventory(card)), color=color)


class _Picture:
    def __init__(self, card: Card, canvas: Canvas) -> None:
        self.card = card
        self.canvas = canvas
        self.column = max(len(item.title) for item in ITEMS) + 4

    def lines(self, inventory: Inventory) -> Iterator[Line]:
        canvas = self.canvas
        title = canvas.clean(self.card.title.text) if self.card.title is not None else ""
        yield canvas.line((title, "bold") if title else ("no title", "dim italic"))
        yield canvas.line((canvas.clean(self.card.original.path), ""))
        yield canvas.line()
        if inventory.reason is not None:
            yield from self.wrapped(f"{_OUTSIDE}: {canvas.clean(inventory.reason)}.", "", 0)
        else:
            yield from self.stated([entry for entry in inventory.entries if entry.evidence])
            yield from self.not_found([entry for entry in inventory.entries if not entry.evidence])
            yield from self.texts()
            yield from self.wrapped(NOTE, "dim", 0)

    def stated(self, entries: Sequence[Entry]) -> Iterator[Line]:
        if entries:
            yield self.canvas.title("States")
        for entry in entries:
            yield self.statement(entry)
            yield from self.asked_for(entry.item, "presence only; " if entry.item.presence_only else "")
        if entries:
            yield self.canvas.line()

    def statement(self, entry: Entry) -> Line:
        """Return the line with the first evidence and its place."""
        canvas, first = self.canvas, entry.evidence[0]
        place = canvas.clean(self.place(first))
        room = max(canvas.width - self.column - len(place) - 2, 4)
        return canvas.line(
            (f"{canvas.signs.filled} ", "green"),
            (entry.item.title.ljust(self.column - 2), "bold"),
            (canvas.pad(canvas.clean(first.words), room), ""),
            (f"  {place}", "dim"),
        )

    def place(self, evidence: Evidence) -> str:
        """Return a place that editors and terminals open, `path:line`, or only the line if the path is long."""
        source, start = _start(self.card, evidence)
        line = source.position(start).line
        place = f"{source.path}:{line}"
        return place if len(place) <= self.canvas.width // 4 else f"line {line}"

    def not_found(self, entries: Sequence[Entry]) -> Iterator[Line]:
        if entries:
            yield self.canvas.title("Not found")
        for entry in entries:
            looked_for = f"looked for {_listed(entry.item.looked_for)}"
            first, *rest = wrap(looked_for, self.canvas.width - self.column)
            head = (f"{self.canvas.signs.empty} ", "dim"), (entry.item.title.ljust(self.column - 2), "bold")
            yield self.canvas.line(*head, (first, ""))
            for line in rest:
                yield self.canvas.line((" " * self.column + line, ""))
            yield from self.asked_for(entry.item)
        if entries:
            yield self.canvas.line()

    def asked_for(self, item: Item, remark: str = "") -> Iterator[Line]:
        """Yield the texts that ask for an item, without the names of their sections."""
        names = "; ".join(_in_words(request, with_titles=False) for request in item.asked_by)
        yield from self.wrapped(f"{remark}asked for by {names}", "dim", 2)

    def texts(self) -> Iterator[Line]:
        """Yield whom the texts address, with the texts that address the same in one entry."""
        yield self.canvas.title("Texts", (f"read {DATE}", "dim"))
        for addressed_to, texts in groupby(TEXTS.values(), attrgetter("addressed_to")):
            names = ", ".join(text.name for text in texts)
            yield from self.wrapped(f"{names}: addressed to {addressed_to}", "dim", 0, 2)
        yield from self.wrapped("Their sources are in the output as Markdown and as JSON.", "dim", 0)
        yield self.canvas.line()

    def wrapped(self, text: str, style: str, indent: int, hanging: int = 0) -> Iterator[Line]:
        for line in wrap(
            text,
            self.canvas.width,
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + hanging),
            break_on_hyphens=False,
        ):
            yield self.canvas.line((line, style))


def _start(card: Card, evidence: Evidence) -> tuple[Source, int]:
    """Return the file that a statement is in, and its offset there."""
    if evidence.file is None:
        return card.original, card.locate(evidence.span).start
    return evidence.file, evidence.span.start


def _place(card: Card, evidence: Evidence) -> str:
    """Return the line of a statement, with the name of its file if that is not the card."""
    source, start = _start(card, evidence)
    line = source.position(start).line
    return f"line {line}" if evidence.file is None else f"{source.path.rpartition('/')[2]}:{line}"


def _listed(forms: Sequence[str]) -> str:
    return ", ".join(forms)


def _asked_by(item: Item) -> str:
    return "; ".join(_in_words(each) for each in item.asked_by)


def _in_words(request: Request, *, with_titles: bool = True) -> str:
    """Return the name of a text with the place in it: a number as it is, words in brackets."""
    name, place = TEXTS[request.text].name, request.place
    if place[:1].isdigit() or place.startswith("Art."):
        return f"{name} {place}"
    return f"{name} ({place})" if place and with_titles else name


def disclose_json(card: Card) -> str:
    """Return the inventory as strict JSON, with one line for each item and text."""
    inventory = take_inventory(card)
    hide = Secrets(card).hide
    items = [encode(_item_object(card, entry, hide)) for entry in inventory.entries]
    parts = {
        "schema_version": str(SCHEMA_VERSION),
        "path": encode(card.original.path),
        "outside": encode(None if inventory.reason is None else hide(inventory.reason)),
        "items": _lines(items),
        "texts": _lines([encode(_text_object(text)) for text in TEXTS.values()]),
        "note": encode(NOTE),
    }
    return "{\n" + ",\n".join(f'  "{key}": {value}' for key, value in parts.items()) + "\n}\n"


def _lines(items: Sequence[str]) -> str:
    body = ",\n    ".join(items)
    return f"[\n    {body}\n  ]" if body else "[]"


def _item_object(card: Card, entry: Entry, hide: Any) -> dict[str, Any]:
    item = entry.item
    return {
        "item": item.name,
        "title": item.title,
        "status": "states" if entry.evidence else "not found",
        "presence_only": item.presence_only,
        "evidence": [_evidence_object(card, each, hide) for each in entry.evidence],
        "looked_for": item.looked_for,
        "asked_for_by": [{"text": each.text, "place": each.place} for each in item.asked_by],
    }


def _evidence_object(card: Card, evidence: Evidence, hide: Any) -> dict[str, Any]:
    words = {"words": hide(evidence.words), "form": evidence.form}
    if evidence.file is None:
        return {**words, **place_object(card.original, card.locate(evidence.span))}
    return {**words, "path": evidence.file.path, **place_object(evidence.file, evidence.span)}


def _text_object(text: Text) -> dict[str, str]:
    return {
        "text": text.id,
        "name": text.name,
        "source": text.source,
        "addressed_to": text.addressed_to,
        "read": text.read,
    }


def disclose_markdown(card: Card) -> str:
    """Return the inventory as a page of Markdown with one table."""
    from cardlint.reporters.markdown.escaping import code, prose

    inventory = take_inventory(card)
    hide = Secrets(card).hide
    path = code(hide(card.original.path))
    if inventory.reason is not None:
        return f"{_OUTSIDE} of {path}: {prose(hide(inventory.reason))}.\n"
    rows = [
        f"| {entry.item.title} | {_cell(card, entry, hide)} | {prose(_asked_by(entry.item))} |"
        for entry in inventory.entries
    ]
    table = "\n".join(("| item | card | asked for by |", "|---|---|---|", *rows))
    texts = "\n".join(
        f"- {text.name}: {prose(text.source)}; addressed to {text.addressed_to}; read {text.read}"
        for text in TEXTS.values()
    )
    return f"What {path} states of its model:\n\n{table}\n\n{texts}\n\n{NOTE}\n"


def _cell(card: Card, entry: Entry, hide: Any) -> str:
    from cardlint.reporters.markdown.escaping import code, prose

    if not entry.evidence:
        return prose(f"not found (looked for {_listed(entry.item.looked_for)})")
    first = entry.evidence[0]
    presence = " (presence only)" if entry.item.presence_only else ""
    return f"states {code(hide(first.words))}, {prose(hide(_place(card, first)))}{presence}"
