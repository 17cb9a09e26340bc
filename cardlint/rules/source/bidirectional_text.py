"""Rule `bidirectional-text`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.links.links import find_links
from cardlint.card.markdown.literal import in_text
from cardlint.card.yaml.nodes import Node, Scalar, resolve
from cardlint.characters import EMBEDDINGS, TAGS, ZERO_WIDTH
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span

# The flag of a region is a black flag and its code in tags.
HIDING = LazyPattern(rf"\U0001f3f4[{TAGS}]{{1,10}}|(?P<hiding>[{EMBEDDINGS}{TAGS}])")
EMPTY = LazyPattern(f"[{ZERO_WIDTH}]")
MOST_RELATED = 20


@rule(severity=Severity.WARNING)
def bidirectional_text(card: Card) -> Iterator[Problem]:
    r"""Invisible characters change how text is read.

    Embeddings and overrides (U+202A to U+202E) show the text after them in another order than programs read it, and tag
    characters hide a text from people. A zero-width character in an id or address makes it another one that looks the
    same. Isolates and direction marks are never reported, nor joiners in words and emoji, nor characters in code.

    Bad:
        ---
        base_model: coastlab/owls\u200b
        ---

        # Owls

    Good:
        ---
        base_model: coastlab/owls
        ---

        # Owls
    """
    text = card.source.text
    if text.isascii():
        return
    hiding = [match.start() for match in HIDING.finditer(text) if match["hiding"]]
    kept = in_text(card.body, hiding) if hiding else []
    if kept:
        message = f"{_named(text[kept[0]])} changes the order in which text is shown, or hides it"
        yield _problem(kept, message, "Delete it, or use an isolate (U+2066 to U+2069) for text in another direction.")
    empty = sorted(_in_names(card)) if EMPTY.search(text) else []
    if empty:
        message = f"{_named(text[empty[0]])} is invisible, but makes this a different name or address"
        yield _problem(empty, message, "Delete it.")


def _named(letter: str) -> str:
    import unicodedata  # here, since few cards need its tables

    return f"U+{ord(letter):04X} ({unicodedata.name(letter, 'tag character').capitalize()})"


def _problem(offsets: list[int], message: str, advice: str) -> Problem:
    first, *others = (Span(offset, offset + 1) for offset in offsets)
    related = tuple(Related(span, "also here") for span in others[:MOST_RELATED])
    return Problem(first, message, advice, related)


def _in_names(card: Card) -> set[int]:
    """Return the offsets of characters without width in values of the metadata, ids and addresses."""
    values = [node for entry in card.metadata.mapping.entries for node in _scalars(resolve(entry.value))]
    spans = [node.span for node in values if _is_name(card, node.span)]
    spans += [link.target_span for link in find_links(card.body, EMPTY.search) if EMPTY.search(link.target)]
    spans += [load.span for load in card.loads if load.text and EMPTY.search(load.text)]
    return {match.start() for span in spans for match in EMPTY.finditer(card.source.text, span.start, span.end)}


def _scalars(node: Node | None) -> list[Scalar]:
    nodes = [] if node is None else [node, *getattr(node, "items", ())]
    return [each for each in nodes if isinstance(each, Scalar)]


def _is_name(card: Card, span: Span) -> bool:
    """Return True if a value is ASCII but for characters without width: no script that needs them."""
    return EMPTY.sub("", card.source.slice(span)).isascii()
