"""Rule `embedding-mismatch`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from cardlint.card.card import Card
from cardlint.card.markdown.tree import CodeBlock, List
from cardlint.card.training.training import read_bullets
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span

if TYPE_CHECKING:
    from cardlint.card.repository.embeddings import Property

# The labels of the bullets in the cards of sentence-transformers, in lower case.
LABELS = {
    "maximum sequence length": "length",
    "output dimensionality": "dimension",
    "similarity function": "similarity",
}
SHOWN = {"length": "tokens", "dimension": "dimensions"}
COUNT = LazyPattern(r"(?P<count>\d{1,3}(?:,\d{3})+|\d{1,7})(?: (?:tokens|dimensions))?")
SIMILARITIES = {
    "cosine similarity": "cosine",
    "dot product": "dot",
    "euclidean distance": "euclidean",
    "manhattan distance": "manhattan",
}
PRINTED = LazyPattern(r"\bTransformer\(\{[^{}]{0,300}?'max_seq_length': (?P<count>\d{1,7})")


@rule(severity=Severity.WARNING)
def embedding_mismatch(card: Card) -> Iterator[Problem]:
    r"""A property of a sentence transformer is another one in the card than in its files.

    sentence-transformers writes the length, the dimension and the similarity function into the card and into files. A
    longer text than the length is cut off, and an index needs the right dimension. The files are
    `sentence_bert_config.json`, the configuration of the last module with a dimension, and
    `config_sentence_transformers.json`.

    Bad:
        # owls

        - **Maximum Sequence Length:** 512 tokens

    Bad modules.json:
        [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]

    Bad sentence_bert_config.json:
        {"max_seq_length": 256}

    Good:
        # owls

        - **Maximum Sequence Length:** 256 tokens

    Good modules.json:
        [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]

    Good sentence_bert_config.json:
        {"max_seq_length": 256}
    """
    if not card.repository.files.has("modules.json"):
        return
    from cardlint.card.repository.embeddings import embedding_properties

    properties = {each.name: each for each in embedding_properties(card.repository.files)}
    if properties:
        yield from _bullets(card, properties)
    if "length" in properties:
        yield from _printed(card, properties["length"])


def _bullets(card: Card, properties: Mapping[str, Property]) -> Iterator[Problem]:
    for block in card.body.blocks:
        for bullet in read_bullets(block) if isinstance(block, List) else ():
            stated = properties.get(LABELS.get(bullet.label.lower(), ""))
            if stated is None:
                continue
            value = _count(bullet.text) if stated.name in SHOWN else SIMILARITIES.get(bullet.text.lower())
            if value is not None and value != stated.value:
                yield _problem(bullet.span, bullet.label, bullet.text, stated)


def _count(text: str) -> int | None:
    match = COUNT.fullmatch(text)
    return int(match["count"].replace(",", "")) if match else None


def _printed(card: Card, length: Property) -> Iterator[Problem]:
    """Report the length in the printed modules of the model, if all that are printed have another one."""
    if "max_seq_length" not in card.body_text:
        return
    printed = [
        (block, match)
        for block in card.body.walk()
        if isinstance(block, CodeBlock)
        for match in PRINTED.finditer(block.content.text)
    ]
    if len({match["count"] for _, match in printed}) == 1 and int(printed[0][1]["count"]) != length.value:
        block, match = printed[0]
        yield _problem(block.content.span(*match.span("count")), "max_seq_length", match["count"], length)


def _problem(span: Span, label: str, text: str, stated: Property) -> Problem:
    return Problem(
        span,
        f"`{label}` is {text}, but `{stated.file.name}` says {stated.value}",
        help="Write the value of the file, or correct the file.",
        related=(Related(stated.file.place(stated.key), f"{stated.value} here", stated.file.source),),
    )
