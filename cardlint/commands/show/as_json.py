"""The output of `cardlint show CARD --output-format json`: the parsed card as a JSON object."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cardlint.card.card import Card
from cardlint.card.claims.claim import Claim, Unattributed
from cardlint.card.frontmatter import FrontMatterState
from cardlint.card.markdown.tree import (
    Block,
    BlockQuote,
    CodeBlock,
    Footnote,
    Heading,
    Html,
    List,
    ListItem,
    Math,
    Paragraph,
    Row,
    Table,
    ThematicBreak,
)
from cardlint.card.text.sections import Section
from cardlint.card.training.training import ResultsTable
from cardlint.commands.show.data import data_json
from cardlint.commands.show.facts import Fact, repository_facts
from cardlint.commands.show.secrets import Secrets
from cardlint.reporters.machine.json import encode, place_object
from cardlint.source import Span

__all__ = ["SCHEMA_VERSION", "show_json"]

SCHEMA_VERSION = 1


def show_json(card: Card) -> str:
    """Return the card as strict JSON, with one line for each block, section and claim.

    Every position refers to the file on disk, even for a flattened card.
    """
    writer = _Writer(card)
    claims = (*card.claims, *card.vague_claims, *card.file_claims)
    parts = {
        "schema_version": str(SCHEMA_VERSION),
        "path": encode(card.original.path),
        "metadata": writer.metadata(),
        "blocks": _lines(writer.json(writer.block(block)) for block in card.body.blocks),
        "generator": writer.json(card.generator.name if card.generator else None),
        "sections": _lines(writer.json(writer.section(section)) for section in card.sections),
        "claims": _lines(writer.json(writer.claim(claim)) for claim in claims),
        "training": writer.json(writer.training()),
        "unattributed": _lines(writer.json(writer.unattributed(number)) for number in card.unattributed),
        "repository": _lines(writer.json(writer.fact(fact)) for fact in repository_facts(card)),
    }
    return "{\n" + ",\n".join(f'  "{key}": {value}' for key, value in parts.items()) + "\n}\n"


def _lines(items: Iterable[str]) -> str:
    """Return an array with one item per line, so that a diff of two cards is readable."""
    body = ",\n    ".join(items)
    return f"[\n    {body}\n  ]" if body else "[]"


class _Writer:
    def __init__(self, card: Card) -> None:
        self.card = card
        self.secrets = Secrets(card)

    def json(self, value: object) -> str:
        return encode(self.hide(value))

    def hide(self, value: Any) -> Any:
        """Return the value with secrets hidden in all of its texts and keys, but for the path of a place."""
        match value:
            case str():
                return self.secrets.hide(value)
            case dict():
                return {self.hide(key): each if key == "path" else self.hide(each) for key, each in value.items()}
            case list() | tuple():
                return [self.hide(each) for each in value]
        return value

    def metadata(self) -> str:
        """Return the metadata that the Hub reads; for broken YAML, null with the error."""
        if self.card.front_matter.state is not FrontMatterState.VALID:
            return "null"
        metadata = self.card.metadata
        place = self.json(self.place(metadata.span))
        if metadata.error is None:
            return f'{place[:-1]}, "data": {data_json(metadata, self.json)}}}'
        error = {"message": metadata.error.reason, **self.place(metadata.error.span)}
        return f'{place[:-1]}, "data": null, "error": {self.json(error)}}}'

    def block(self, block: Block) -> dict[str, Any]:
        children = [self.block(child) for child in block.children]
        return {**self.described(block), **self.place(block.span), "children": children}

    def described(self, block: Block) -> dict[str, Any]:
        """Return the type of a block and its own text, without the blocks inside it."""
        plain = self.card.body.plain
        match block:
            case Heading():
                return {"type": "heading", "level": block.level, "text": plain(block.content).strip()}
            case Paragraph():
                return {"type": "paragraph", "text": plain(block.content)}
            case List():
                return {"type": "list", "ordered": block.start is not None}
            case ListItem():
                return {"type": "list_item"} | ({} if block.checked is None else {"checked": block.checked})
            case Row():
                return {"type": "table_row", "cells": [plain(cell.content) for cell in block.cells]}
            case CodeBlock():
                return {"type": "code_block", "language": block.language, "text": block.content.text}
            case Html() | Math():
                return {"type": _TYPES[type(block)], "text": block.content.text}
            case Footnote():
                return {"type": "footnote", "label": block.label}
        return {"type": _TYPES[type(block)]}

    def section(self, section: Section) -> dict[str, Any]:
        return {
            "title": section.title,
            "level": section.level,
            "kinds": section.kinds,
            "state": section.state.value,
            **self.place(section.span),
        }

    def claim(self, claim: Claim) -> dict[str, Any]:
        return {
            "metric": claim.metric,
            "label": claim.label,
            "text": claim.text,
            "value": claim.number.numeral,
            **({} if claim.unit is None else {"unit": claim.unit}),
            "source": claim.source,
            "dataset": claim.dataset,
            "split": claim.split,
            "task": claim.task,
            "config": claim.config,
            "variant": claim.variant,
            "setting": claim.setting,
            **({"vague": True} if claim.vague else {}),
            "grounds": {"how": claim.grounds.how.value, **self.place_of(claim, claim.grounds.span)},
            **self.place_of(claim, claim.span),
        }

    def place_of(self, claim: Claim, span: Span) -> dict[str, Any]:
        """Return the start and end of a span of a claim, with the path of its file if this is not the card."""
        if claim.file is None:
            return self.place(span)
        return {"path": claim.file.path, **place_object(claim.file, span)}

    def fact(self, fact: Fact) -> dict[str, Any]:
        return {
            "fact": fact.name,
            "card": fact.in_card,
            "files": fact.in_files,
            "verdict": fact.verdict.value,
            "path": fact.source.path,
            **place_object(fact.source, fact.span),
        }

    def unattributed(self, number: Unattributed) -> dict[str, Any]:
        return {"text": number.number.text, "reason": number.reason.value, **self.place(number.span)}

    def training(self) -> dict[str, Any]:
        training = self.card.training
        # hidden here, since the name of one may be `path`
        hyperparameters = {name: self.hide(bullet.text) for name, bullet in training.hyperparameters.items()}
        return {"hyperparameters": hyperparameters, "results": [self.results(table) for table in training.results]}

    def results(self, results: ResultsTable) -> dict[str, Any]:
        return {"columns": results.columns, "rows": results.rows, **self.place(results.table.span)}

    def place(self, span: Span) -> dict[str, Any]:
        """Return the start and end of a span on disk."""
        return place_object(self.card.original, self.card.locate(span))


_TYPES: dict[type[Block], str] = {
    Table: "table",
    BlockQuote: "block_quote",
    ThematicBreak: "thematic_break",
    Html: "html",
    Math: "math",
}
