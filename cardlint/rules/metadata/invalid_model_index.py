"""Rule `invalid-model-index`."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from cardlint.card.card import Card
from cardlint.card.metadata.kinds import find_kind, fits
from cardlint.card.metadata.verdicts import severity_of
from cardlint.card.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence, resolve
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.source import Source, Span
from cardlint.vocabulary.keys.grammar import ANYTHING, Fact, Key, Kind
from cardlint.vocabulary.keys.table import MODEL_KEYS


@rule(severity=Severity.ERROR, fix=Safety.SAFE, reads_metadata=True)
def invalid_model_index(card: Card) -> Iterator[Problem]:
    r"""The `model-index` is not built as the Hub reads it.

    A model-index is a list of models, each with a `name` and a list of `results`; a result has a `task`, a `dataset`
    and a list of `metrics`, and a metric a `type` and a `value`. Of what breaks this grammar the Hub refuses a part,
    and the whole commit with it; the rest is a warning: the Hub shows nothing for it, or huggingface_hub cannot load
    the card. A result without a dataset is what spaCy writes by design, and is not reported there.

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
        return  # as with any other key, `null-value` says so
    if isinstance(node, Sequence) and not node.items:
        advice = "Delete it, or list a model with its `name` and `results`."
        yield _warn(place, "`model-index` is an empty list, which huggingface_hub does not take", advice)
    else:
        checker = _Checker(card.source, writes_no_dataset=_is_spacy(card))
        yield from checker.check(place, _value_of(MODEL_KEYS["model-index"]))


class _Place(Struct, frozen=True):
    """A value with its path and the key that it belongs to; an item of a list has none."""

    path: str
    node: Node
    key: Span | None = None

    @property
    def span(self) -> Span:
        """One line at most: a scalar itself, else the key, else what the value begins with."""
        node = resolve(self.node)
        if isinstance(node, Scalar) and len(self.node.span) and node.style not in {"|", ">"}:
            return self.node.span
        if self.key is not None:
            return self.key
        if isinstance(node, Mapping) and node.entries:
            return node.entries[0].key.span
        start = self.node.span.start
        return Span(start, start + 1) if len(self.node.span) else Span(start - 1, start)  # the dash of an empty item


class _Wanted(Struct, frozen=True):
    """The kinds that a value may be of, and the facts of one that is not: a key's value, or an item of its list."""

    key: Key
    kinds: tuple[Kind, ...]
    wrong: Fact
    null: Fact

    @property
    def is_free(self) -> bool:
        """True if the Hub takes a value of any kind."""
        return self.wrong.verdict == "accepted" or self.kinds == ANYTHING.kinds


def _value_of(key: Key) -> _Wanted:
    return _Wanted(key, key.shape.kinds, key.wrong, key.null)


def _item_of(key: Key) -> _Wanted:
    return _Wanted(key, key.shape.items, key.wrong_item, key.null_item)


# By one of these keys a mapping is known to be an item of the list that it should be in.
_MARKS = {"model-index": "name", "results": "metrics", "metrics": "type"}

# The types in the words of the Hub's server.
_TYPES: dict[Kind, str] = {"text": "a string", "boolean": "a boolean", "list": "an array", "mapping": "of type object"}


class _Checker:
    def __init__(self, source: Source, *, writes_no_dataset: bool) -> None:
        self.source = source
        self.writes_no_dataset = writes_no_dataset
        # what aliases lead to again was reported where it stands
        self.seen: set[int] = set()

    def check(self, place: _Place, wanted: _Wanted) -> Iterator[Problem]:
        node = resolve(place.node)
        if id(node) in self.seen:
            return
        self.seen.add(id(node))
        problems = self.judge(place, node, wanted)
        # what aliases repeat is not mended: the edit would reach further than it shows
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
            for index, item in enumerate(node.items):
                yield from self.check(_Place(f"{place.path}[{index}]", item), _item_of(wanted.key))
        elif isinstance(node, Mapping):
            yield from self.mapping(place, node, wanted.key)

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
            elif key.missing is not None and "<<" not in entries and not self.is_spared(name):
                yield _missing(place, node, key, _slip(node, owner, name))

    def is_spared(self, name: str) -> bool:
        return name == "dataset" and self.writes_no_dataset


def _is_right(node: Node, key: Key) -> bool:
    """Return true for a text or number just as it should be, which most values are: nothing else is asked of them."""
    return isinstance(node, Scalar) and node.anchor is None and fits(node, key.shape)


def _slip(node: Mapping, owner: Key, name: str) -> Entry | None:
    """Return the list under a key that is written in place of this one."""
    entries = (node.entry(key.name) for key in owner.shape.keys.values() if key.meant == name)
    return next((entry for entry in entries if entry and isinstance(resolve(entry.value), Sequence)), None)


def _warn(place: _Place, message: str, advice: str) -> Problem:
    return Problem(place.span, message, help=advice, severity=Severity.WARNING)


def _null(place: _Place, wanted: _Wanted) -> Problem:
    needed = "Give it a value." if wanted.key.missing is not None else "Give it a value, or delete the key."
    if place.key is None:
        needed = "Fill the item in, or delete it."
    if not wanted.null.is_refusal:
        return _warn(place, f"`{place.path}` has no value", needed)
    if wanted.is_free:
        return Problem(place.span, f"`{place.path}` has no value, and the Hub refuses the card", help=needed)
    what = f'`"{place.path}" must be {_TYPES[wanted.kinds[0]]}`'
    return Problem(place.span, f"{what}, and nothing stands here: the Hub refuses the card", help=needed)


def _wrong(place: _Place, wanted: _Wanted, fix: Fix | None = None) -> Problem:
    what = _TYPES[wanted.kinds[0]]
    advice = f"{fix.title}." if fix else _TO_WRITE[wanted.kinds[0]]
    if not wanted.wrong.is_refusal:
        return Problem(place.span, f"`{place.path}` should be {what}", help=advice, fix=fix, severity=Severity.WARNING)
    return Problem(place.span, f'`"{place.path}" must be {what}`: the Hub refuses the card', help=advice, fix=fix)


_TO_WRITE: dict[Kind, str] = {
    "text": "Write one word or text here, in quotes if it looks like a number.",
    "boolean": "Write `true` or `false`, or delete the key.",
    "list": "Write a list here, each item behind a dash.",
    "mapping": "Write `key: value` lines here.",
}


def _missing(place: _Place, node: Mapping, key: Key, slip: Entry | None) -> Problem:
    assert key.missing is not None
    severity = severity_of(key.missing)
    span, path = place.key or _Place(place.path, node).span, f"{place.path}.{key.name}"
    if slip is not None:
        return Problem(
            slip.key.span,
            f"`{path}` is missing; `{slip.name}` is not what the Hub reads",
            help=f"Rename `{slip.name}` to `{key.name}`.",
            fix=Fix(f"Rename it to `{key.name}`", (Edit(slip.key.span, key.name),)),
            severity=severity,
        )
    advice = _ADVICE.get(key.name, f"Add `{key.name}`.")
    if key.missing.is_refusal:
        return Problem(span, f"`{path}` is missing, and the Hub refuses the card", help=advice)
    message = f"`{path}` is missing, and huggingface_hub cannot load the card"
    return Problem(span, message, help=advice, severity=severity)


_ADVICE = {
    "results": "Add `results: []`, or the list of what was measured.",
    "dataset": "Add `dataset` with a `type` and a `name`.",
    "metrics": "Add `metrics`, a list in which each has a `type` and a `value`.",
    "task": "Add `task` with a `type`.",
}


def _quote(node: Scalar, place: _Place) -> Fix | None:
    if node.style or node is not place.node or node.tag:
        return None
    return Fix("Put it in quotes", (Edit(node.span, f'"{node.text}"'),))


def _bracket(source: Source, place: _Place, node: Mapping) -> Fix | None:
    """Make the one item a list: brackets in flow style, else a dash in the two columns before the first key."""
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


def _is_spacy(card: Card) -> bool:
    """Whether spaCy made the card; it writes results without a dataset."""
    tags, library = card.metadata.get("tags"), card.metadata.get("library_name")
    names = [*tags.items, library] if isinstance(tags, Sequence) else [tags, library]
    return any(isinstance(name, Scalar) and name.text.lower() == "spacy" for name in names)
