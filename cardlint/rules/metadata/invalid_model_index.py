"""Rule `invalid-model-index`."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from cardlint.card.card import Card
from cardlint.card.metadata.kinds import describe_kind, find_kind, fits
from cardlint.card.metadata.verdicts import consequence, severity_of
from cardlint.card.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence, resolve
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.source import Source, Span
from cardlint.vocabulary.keys.grammar import ANYTHING, UNRECORDED, Fact, Key, Kind
from cardlint.vocabulary.keys.near_miss import near_miss
from cardlint.vocabulary.keys.table import MODEL_KEYS

# A mapping with this key is an item of the list, without the list around it.
_MARKS = {"model-index": "name", "results": "metrics", "metrics": "type"}

_KINDS: dict[Kind, str] = {"text": "text", "boolean": "a boolean", "list": "a list", "mapping": "a mapping"}

_TO_WRITE: dict[Kind, str] = {
    "text": "Write a text here, in quotes if it looks like a number.",
    "boolean": "Write `true` or `false`, or delete the key.",
    "list": "Write a list here, each item after a dash.",
    "mapping": "Write `key: value` lines here.",
}

_ADVICE = {
    "results": "Add `results: []`, or the list of results.",
    "dataset": "Add `dataset` with a `type` and a `name`.",
    "metrics": "Add `metrics`, a list of items with a `type` and a `value`.",
    "task": "Add `task` with a `type`.",
}


@rule(severity=(Severity.ERROR, Severity.WARNING), fix=Safety.SAFE, reads_metadata=True)
def invalid_model_index(card: Card) -> Iterator[Problem]:
    r"""The `model-index` does not have the form that the Hub reads.

    A model-index is a list of models, each with a `name` and a list of `results`. A result has a `task`, a `dataset`
    and a list of `metrics`, and a metric has a `type` and a `value`. The Hub refuses a card with certain mistakes;
    other mistakes are warnings, since the Hub does not show the result or huggingface_hub cannot load the card. A
    result without a dataset is not reported in cards of spaCy and HuggingPics, which write it by design.

    Bad:
        ---
        model-index:
        - name: lighthouse
          results:
          - task:
              type: image-classification
            dataset:
              type: owner/coast
              name: Coast
              config: 2024
            metrics:
              type: accuracy
              value: 0.87
        ---

    Good:
        ---
        model-index:
        - name: lighthouse
          results:
          - task:
              type: image-classification
            dataset:
              type: owner/coast
              name: Coast
              config: "2024"
            metrics:
            - type: accuracy
              value: 0.87
        ---
    """
    entry = card.metadata.mapping.entry("model-index")
    if entry is None:
        return
    place = _Place("model-index", entry.value, entry.key.span)
    node = resolve(entry.value)
    if isinstance(node, Scalar) and node.is_null:
        return  # which `null-value` reports
    if isinstance(node, Sequence) and not node.items:
        advice = "Delete it, or list a model with its `name` and `results`."
        yield _warn(place, "`model-index` is an empty list, which huggingface_hub does not accept", advice)
    else:
        checker = _Checker(card.source, writes_no_dataset=_indexes_no_dataset(card))
        yield from checker.check(place, _value_of(MODEL_KEYS["model-index"]))


class _Place(Struct, frozen=True):
    """A value with its path and its key; an item of a list has no key."""

    path: str
    node: Node
    key: Span | None = None

    @property
    def span(self) -> Span:
        """The place to report, at most one line: a scalar itself, else the key, else the value's beginning."""
        node = resolve(self.node)
        if isinstance(node, Scalar) and len(self.node.span) and node.style not in {"|", ">"}:
            return self.node.span
        if self.key is not None:
            return self.key
        if isinstance(node, Mapping) and node.entries:
            return node.entries[0].key.span
        start = self.node.span.start
        return Span(start, start + 1) if len(self.node.span) else Span(start - 1, start)  # the dash of an empty item


def _warn(place: _Place, message: str, advice: str) -> Problem:
    return Problem(place.span, message, help=advice, severity=severity_of(UNRECORDED))


class _Wanted(Struct, frozen=True):
    """The kinds that a value may be of, for a key or an item of its list, and the facts about other values."""

    key: Key
    kinds: tuple[Kind, ...]
    is_item: bool = False

    def fact(self, kind: Kind | None) -> Fact:
        """Return the fact about a value of a wrong kind, or about null."""
        return self.key.wrong_item_kind(kind) if self.is_item else self.key.wrong_kind(kind)

    @property
    def is_free(self) -> bool:
        """True if the Hub accepts a value of any kind."""
        return self.kinds == ANYTHING.kinds or (not self.is_item and self.key.wrong.verdict == "accepted")


class _Checker:
    """Check a model-index against its grammar, one value at a time."""

    def __init__(self, source: Source, *, writes_no_dataset: bool) -> None:
        self.source = source
        self.writes_no_dataset = writes_no_dataset
        # nodes that were checked, so that aliases do not repeat their findings
        self.seen: set[int] = set()

    def check(self, place: _Place, wanted: _Wanted) -> Iterator[Problem]:
        node = resolve(place.node)
        if id(node) in self.seen:
            return
        self.seen.add(id(node))
        problems = self.judge(place, node, wanted)
        # a node with aliases gets no fix: the edit would change all places at once
        anchored = isinstance(node, Scalar | Sequence | Mapping) and node.anchor
        yield from (replace(problem, fix=None) for problem in problems) if anchored else problems

    def judge(self, place: _Place, node: Node, wanted: _Wanted) -> Iterator[Problem]:
        kind = find_kind(node)
        if kind is None:
            yield _null(place, wanted)
        elif wanted.is_free:
            return
        elif isinstance(node, Mapping) and "list" in wanted.kinds:
            yield from self.unbracketed(place, node, wanted)
        elif kind not in wanted.kinds:
            fix = _quote(node, place) if isinstance(node, Scalar) and "text" in wanted.kinds else None
            yield _wrong(place, wanted, fix)
        elif isinstance(node, Sequence):
            yield from self.items(place, node, wanted)
        elif isinstance(node, Mapping):
            yield from self.mapping(place, node, wanted.key)
        elif isinstance(node, Scalar) and not wanted.is_item:
            yield from _pattern(place, node, wanted.key)

    def items(self, place: _Place, node: Sequence, wanted: _Wanted) -> Iterator[Problem]:
        """Check the items of a list; those that a superfluous dash tore apart are checked as one."""
        torn = _torn_items(node, wanted.key)
        for index, item in enumerate(node.items):
            below = _Place(f"{place.path}[{index}]", item)
            if index in torn:
                parts = [each for each in map(resolve, torn[index]) if isinstance(each, Mapping)]
                yield _superfluous_dash(self.source, below, parts)
                whole = Mapping(item.span, tuple(entry for part in parts for entry in part.entries))
                yield from self.mapping(below, whole, wanted.key)
            elif not any(item in parts for parts in torn.values()):
                yield from self.check(below, _item_of(wanted.key))

    def unbracketed(self, place: _Place, node: Mapping, wanted: _Wanted) -> Iterator[Problem]:
        key = wanted.key
        fits_item = node.entry(_MARKS[key.name]) is not None
        yield _wrong(place, wanted, _bracket(self.source, place, node) if fits_item else None)
        if fits_item:
            yield from self.mapping(_Place(f"{place.path}[0]", place.node, place.key), node, key)

    def mapping(self, place: _Place, node: Mapping, owner: Key) -> Iterator[Problem]:
        entries = {entry.name: entry for entry in node.entries}
        for name, key in owner.shape.keys.items():
            entry = entries.get(name)
            if not key.is_read:
                continue
            if entry is not None:
                if not _is_right(entry.value, key):
                    yield from self.check(_Place(f"{place.path}.{name}", entry.value, entry.key.span), _value_of(key))
            elif key.missing is not None and "<<" not in entries:
                slip = _slip(node, owner, name)
                if slip is not None:
                    yield from self.misspelt(place, slip, key)
                elif not self.is_spared(name):
                    yield _missing(place, node, key)

    def misspelt(self, place: _Place, slip: Entry, key: Key) -> Iterator[Problem]:
        """Report a misspelt key, and check its value as that of the key that is meant."""
        assert key.missing is not None
        path = f"{place.path}.{key.name}"
        value = _Place(path, slip.value, slip.key.span)
        node = resolve(slip.value)
        edits: tuple[Edit, ...] | None = (Edit(slip.key.span, key.name),)
        mapping = node if isinstance(node, Mapping) and "list" in key.shape.kinds else None
        if mapping is not None:
            bracket = _bracket(self.source, value, mapping)
            edits = (Edit(slip.key.span, key.name), *bracket.edits) if bracket else None
        elif key.shape.kinds == ANYTHING.kinds and not isinstance(node, Scalar):
            edits = None  # the Hub accepts such a value, and nothing shows it
        yield Problem(
            slip.key.span,
            f"`{path}` is missing: the Hub does not read `{slip.name}`{consequence(key.missing)}",
            help=f"Rename `{slip.name}` to `{key.name}`" + (", and make it a list." if mapping else "."),
            fix=Fix(f"Rename it to `{key.name}`", edits) if edits else None,
            severity=severity_of(key.missing),
        )
        if mapping is not None:
            yield from self.mapping(_Place(f"{path}[0]", slip.value, slip.key.span), mapping, key)
        else:
            yield from self.check(value, _value_of(key))

    def is_spared(self, name: str) -> bool:
        return name == "dataset" and self.writes_no_dataset


def _pattern(place: _Place, node: Scalar, key: Key) -> Iterator[Problem]:
    """Yield the problem of a text that the Hub refuses since it is empty or does not have the pattern."""
    fact = key.text_fact(node.text)
    if fact.is_refusal:
        words = " ".join(node.text.split())
        shown = f"`{words if len(words) <= 60 else words[:57] + '...'}`" if words else "an empty text"
        message = f"`{place.path}` is {shown}, not {key.shape.description}{consequence(fact)}"
        yield Problem(place.span, message, help=f"Write {key.shape.description}.", severity=severity_of(fact))


def _null(place: _Place, wanted: _Wanted) -> Problem:
    needed = "Write a value." if wanted.key.missing is not None else "Write a value, or delete the key."
    if place.key is None:
        needed = "Write the item, or delete it."
    fact = wanted.fact(None)
    message = f"`{place.path}` has no value{consequence(fact)}"
    return Problem(place.span, message, help=needed, severity=severity_of(fact))


def _quote(node: Scalar, place: _Place) -> Fix | None:
    if node.style or node is not place.node or node.tag:
        return None
    return Fix("Put it in quotes", (Edit(node.span, f'"{node.text}"'),))


def _wrong(place: _Place, wanted: _Wanted, fix: Fix | None = None) -> Problem:
    message = f"`{place.path}` is {describe_kind(place.node)}, not {_KINDS[wanted.kinds[0]]}"
    advice = f"{fix.title}." if fix else _TO_WRITE[wanted.kinds[0]]
    fact = wanted.fact(find_kind(place.node))
    return Problem(place.span, message + consequence(fact), help=advice, fix=fix, severity=severity_of(fact))


def _item_of(key: Key) -> _Wanted:
    return _Wanted(key, key.shape.items, is_item=True)


def _bracket(source: Source, place: _Place, node: Mapping) -> Fix | None:
    """Return the fix that makes a list of one item: brackets in flow style, else a dash in front of the first key."""
    if node is not place.node or node.tag or place.key is None:
        return None
    start = node.span.start
    if node.flow:
        edits = (Edit(Span(start, start), "["), Edit(Span(node.span.end, node.span.end), "]"))
        return Fix("Put it in brackets", edits)
    lines = source.lines
    parent, line = lines[source.line_index(place.key.start)], lines[source.line_index(start)]
    indent = source.text[line.start : start]
    outer = source.text[parent.start : place.key.start].replace("-", " ")
    if parent == line or indent.strip(" ") or outer.strip(" ") or len(indent) < len(outer) + 2:
        return None
    return Fix("Put a dash before it", (Edit(Span(start - 2, start), "- "),))


def _is_right(node: Node, key: Key) -> bool:
    """True for a text or number that is right, like most values, and needs no further checks."""
    if not isinstance(node, Scalar) or node.anchor is not None or not fits(node, key.shape):
        return False
    return not key.text_fact(node.text).is_refusal


def _value_of(key: Key) -> _Wanted:
    return _Wanted(key, key.shape.kinds)


def _missing(place: _Place, node: Mapping, key: Key) -> Problem:
    assert key.missing is not None
    span, path = place.key or _Place(place.path, node).span, f"{place.path}.{key.name}"
    client = "huggingface_hub cannot load the card"
    accepted = key.missing.verdict == "accepted"
    end = consequence(key.missing, f": the Hub accepts it, but {client}" if accepted else f", so {client}")
    advice = _ADVICE.get(key.name, f"Add `{key.name}`.")
    return Problem(span, f"`{path}` is missing{end}", help=advice, severity=severity_of(key.missing))


def _slip(node: Mapping, owner: Key, name: str) -> Entry | None:
    """Return the entry under a misspelt form of this key, or None if there is none or more than one."""
    slips = [entry for entry in node.entries if entry.name is not None and _meant(entry.name, owner) == name]
    return slips[0] if len(slips) == 1 and _fits_or_lacks_a_dash(slips[0].value, owner.shape.keys[name]) else None


def _meant(name: str, owner: Key) -> str | None:
    """Return the key that a misspelt one means, or None for a key that the Hub reads."""
    keys = owner.shape.keys
    if name in keys:
        return keys[name].meant or None
    near = near_miss(name, keys)
    return (keys[near].meant or near) if near else None


def _fits_or_lacks_a_dash(value: Node, key: Key) -> bool:
    value = resolve(value)
    return fits(value, key.shape) or (isinstance(value, Mapping) and "list" in key.shape.kinds)


def _torn_items(node: Sequence, key: Key) -> dict[int, list[Node]]:
    """Return the items that are one item with superfluous dashes, by the index of the first.

    None of them has all keys that an item needs, together they have each of them once, and the last key comes last.
    """
    order = [name for name, inner in key.shape.keys.items() if inner.missing is not None]
    needed = set(order)
    torn: dict[int, list[Node]] = {}
    index = 0
    while index < len(node.items):
        names: set[str] = set()
        parts: list[Node] = []
        for item in node.items[index:]:
            found = _names(item)
            if not found or found & names or needed <= found:
                break
            names |= found
            parts.append(item)
            if needed <= names:
                if order[-1] in found:
                    torn[index] = parts
                break
        index += len(torn.get(index, [item]))
    return torn


def _names(node: Node) -> set[str]:
    """Return the keys of a mapping in block style; none of an alias or of a mapping that others refer to."""
    if not isinstance(node, Mapping) or node.flow or node.anchor is not None:
        return set()
    return {entry.name or "" for entry in node.entries}


def _superfluous_dash(source: Source, place: _Place, parts: list[Mapping]) -> Problem:
    keys = [part.entries[0].key.span for part in parts[1:]]
    dashes = [Span(source.text.rfind("-", 0, key.start), key.start) for key in keys]
    # a fix writes the dash and one key behind it anew; what other keys of the item belong to would be a guess
    is_simple = all(len(part.entries) == 1 for part in parts[1:])
    is_simple = is_simple and all(source.slice(dash).strip() == "-" for dash in dashes)
    edits = tuple(
        Edit(Span(dash.start, key.end), " " * len(dash) + source.slice(key))
        for dash, key in zip(dashes, keys, strict=True)
    )
    return Problem(
        Span(dashes[0].start, dashes[0].start + 1),
        f"this dash begins a second item, so `{place.path}` lacks `{parts[1].entries[0].name}`",
        help="Remove the dash, so that the keys before and after it belong to one item.",
        fix=Fix("Remove the dash", edits, Safety.UNSAFE) if is_simple else None,
        severity=severity_of(UNRECORDED),
    )


def _indexes_no_dataset(card: Card) -> bool:
    """Return True if a program wrote the card whose results have no dataset by design; spaCy's tag is a sign too."""
    tags, library = card.metadata.get("tags"), card.metadata.get("library_name")
    names = [*tags.items, library] if isinstance(tags, Sequence) else [tags, library]
    if any(isinstance(name, Scalar) and name.text.lower() == "spacy" for name in names):
        return True
    return card.generator is not None and card.generator.indexes_no_dataset
