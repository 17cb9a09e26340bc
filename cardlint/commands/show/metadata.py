"""The metadata in the picture of a card: a tree with long lists shortened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from rich.cells import cell_len
from rich.text import Text

from cardlint.card.card import Card
from cardlint.card.frontmatter import FrontMatterState
from cardlint.card.yaml.nodes import Alias, Entry, Mapping, Metadata, Node, Scalar
from cardlint.card.yaml.nodes import Sequence as NodeList
from cardlint.commands.show.canvas import Canvas, Piece
from cardlint.wording import counted

__all__ = ["draw_metadata"]

_MOST_KEYS = 40  # at the top level
_MOST_CHILDREN = 6  # below it
_DEEPEST = 7
_MOST_LISTED = 8  # items of a list that are shown on its line
_WIDEST_LABEL = 24


class _Branch(Struct, frozen=True):
    """A key or an item with the rest of its line and the branches below it; `label` is clean text."""

    label: str
    pieces: Sequence[Piece] = ()
    children: Sequence[_Branch] = ()
    left_out: int = 0


def draw_metadata(card: Card, canvas: Canvas) -> Iterator[Text]:
    """Yield the lines of the tree, or why there is none."""
    trouble = _trouble(card)
    metadata = card.metadata
    if trouble:
        yield canvas.title("Metadata")
        yield from canvas.flow([canvas.signs.differ, *canvas.clean(trouble).split()], " ", "red")
        return
    yield canvas.title("Metadata", (_lines(card, metadata), "dim"))
    root = _Planter(canvas).plant("", metadata.root, 0)
    if root.pieces and not isinstance(metadata.root, Mapping):
        yield canvas.line(*root.pieces)
    yield from _draw(root, canvas, "")


def _trouble(card: Card) -> str:
    """Return why the Hub cannot read the metadata, or ""."""
    front_matter = card.front_matter
    line = card.original.position(card.locate(front_matter.opening).start).line
    error = card.metadata.error
    match front_matter.state:
        case FrontMatterState.NONE:
            return "none: the card has no front matter"
        case FrontMatterState.UNCLOSED:
            return f"not read by the Hub: the front matter that begins on line {line} is not closed"
        case FrontMatterState.MISPLACED:
            return f"not read by the Hub: the front matter on line {line} is not at the start of the card"
    if error is not None:
        from cardlint.card.yaml.errors import explain  # here, since few cards need it

        explanation = explain(card.metadata)
        place = card.original.position(card.locate(explanation.span).start)
        return f"broken YAML on line {place.line}, column {place.column}: {explanation.message}"
    return ""


def _lines(card: Card, metadata: Metadata) -> str:
    span = card.locate(metadata.span)
    first, last = card.original.position(span.start).line, card.original.position(span.end).line
    return f"line {first}" if first == last else f"lines {first}-{last}"


class _Planter:
    """A builder of the tree, which reads only the part of the metadata that is shown."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def plant(self, label: str, node: Node, depth: int) -> _Branch:
        match node:
            case Mapping():
                return self.mapping(label, node, depth)
            case NodeList():
                return self.sequence(label, node, depth)
        return _Branch(label, [self.value(node)])

    def mapping(self, label: str, mapping: Mapping, depth: int) -> _Branch:
        """Return a branch with one line for a small mapping of scalars, or a line for each key of a larger one."""
        entries = mapping.entries
        if depth > 0 and len(entries) <= _MOST_CHILDREN and all(_is_leaf(entry.value) for entry in entries):
            return _Branch(label, self.inline(entries))
        most = _shown(len(entries), _MOST_CHILDREN if depth else _MOST_KEYS)
        summary = [(counted(len(entries), "key"), "dim")]
        if depth >= _DEEPEST:
            return _Branch(label, summary)
        children = [self.plant(self.key(entry), entry.value, depth + 1) for entry in entries[:most]]
        return _Branch(label, summary if label and not depth else (), children, len(entries) - most)

    def inline(self, entries: Sequence[Entry]) -> list[Piece]:
        pieces: list[Piece] = []
        for index, entry in enumerate(entries):
            pieces += ((f"{', ' if index else ''}{self.key(entry)}: ", "dim"), self.value(entry.value))
        return pieces or [("{}", "dim")]

    def sequence(self, label: str, node: NodeList, depth: int) -> _Branch:
        """Return a branch with one line for a list of scalars, or the first items of another list."""
        items = node.items
        count = (f"{counted(len(items), 'item')}", "dim")
        if all(_is_leaf(item) for item in items[:_MOST_LISTED]):
            return _Branch(label, self.listed(items))
        if depth >= _DEEPEST:
            return _Branch(label, [count])
        if len(items) == 1:
            only = self.plant("", items[0], depth + 1)
            return _Branch(label, [count], only.children or [only], only.left_out)
        most = _shown(len(items), _most(depth))
        children = [self.plant(str(index), item, depth + 1) for index, item in enumerate(items[:most], 1)]
        return _Branch(label, [count], children, len(items) - most)

    def listed(self, items: Sequence[Node]) -> list[Piece]:
        if not items:
            return [("[]", "dim")]
        values = [self.value(item)[0] for item in items[:_MOST_LISTED]]
        count = [(f"{len(items)} items: ", "dim")] if len(items) > len(values) else []
        rest = [(f", {self.canvas.signs.ellipsis}", "dim")] if count else []
        return [*count, (", ".join(values), ""), *rest]

    def key(self, entry: Entry) -> str:
        key = entry.key
        text = key.text if isinstance(key, Scalar) else f"*{key.name}" if isinstance(key, Alias) else "?"
        return self.canvas.fit(self.canvas.clean(text), _WIDEST_LABEL) or "''"

    def value(self, node: Node) -> Piece:
        match node:
            case Scalar():
                if node.is_null:
                    return (node.text or "null", "dim italic")
                return (self.canvas.clean(node.text), "") if node.text.strip() else ("''", "dim")
            case Alias():
                return (self.canvas.clean(f"*{node.name}"), "dim")
            case Mapping():
                return ("{...}", "dim")
        return ("[...]", "dim")


def _is_leaf(node: Node) -> bool:
    return isinstance(node, Scalar | Alias)


def _shown(count: int, most: int) -> int:
    """Return how many of `count` lines are shown: hiding a single one would not save a line."""
    return count if count <= most + 1 else most


def _most(depth: int) -> int:
    """Return how many items of a list of mappings are shown: fewer at deeper levels."""
    return max(_MOST_CHILDREN - 1 - depth // 2, 2)


def _draw(branch: _Branch, canvas: Canvas, indent: str) -> Iterator[Text]:
    """Yield the lines of the children of a branch, each with its own children below it."""
    signs = canvas.signs
    column = max((cell_len(child.label) for child in branch.children), default=0)
    for index, child in enumerate(branch.children):
        is_last = index == len(branch.children) - 1 and not branch.left_out
        label = f"{canvas.pad(child.label, column)}  " if column else ""
        fork = signs.last if is_last else signs.branch
        yield canvas.line((indent + fork, "dim"), (label, "cyan"), *child.pieces)
        yield from _draw(child, canvas, indent + (" " * len(signs.trunk) if is_last else signs.trunk))
    if branch.left_out:
        yield canvas.line((indent + signs.last + f"{signs.ellipsis} {branch.left_out} more", "dim"))
