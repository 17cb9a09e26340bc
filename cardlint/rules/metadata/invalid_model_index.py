"""Rule `invalid-model-index`."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from cardlint.card.card import Card
from cardlint.card.yaml.nodes import Mapping, Node, Scalar, Sequence, resolve
from cardlint.card.yaml.scalars import Timestamp
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.source import Source, Span


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
        yield from _Checker(card.source, writes_no_dataset=_is_spacy(card)).check(place, _MODELS)


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


class _Kind(Struct, frozen=True):
    """What a value must be: `shape` is `string`, `boolean`, `array`, `object` or `any`.

    `wrong` weighs a value of another shape and `missing` its absence, None where it may be absent. Items of an array
    are of the kind `item`; `keys` are those of an object. By `sign` an object is known that lacks only its brackets.
    """

    shape: str
    wrong: Severity = Severity.WARNING
    missing: Severity | None = None
    keys: "tuple[tuple[str, _Kind], ...]" = ()
    item: "_Kind | None" = None
    sign: str = ""


_E, _W = Severity.ERROR, Severity.WARNING
_NAMED = (("type", _Kind("string", missing=_W)), ("name", _Kind("string")))
_TASK = _Kind("object", _W, _W, _NAMED)
_DATASET = _Kind(
    "object",
    _W,
    _W,
    (
        ("type", _Kind("string", missing=_W)),
        ("name", _Kind("string", missing=_W)),
        ("config", _Kind("string", _E)),
        ("split", _Kind("string")),
        ("revision", _Kind("string", _E)),
        ("args", _Kind("any")),
    ),
)
_METRIC = _Kind(
    "object",
    _E,
    keys=(
        ("type", _Kind("string", missing=_W)),
        ("value", _Kind("any", _E, _E)),
        ("name", _Kind("string")),
        ("config", _Kind("string", _E)),
        ("args", _Kind("any")),
        ("verified", _Kind("boolean")),
        ("verifyToken", _Kind("string")),
    ),
)
_SOURCE = _Kind("object", keys=(("url", _Kind("string", _E, _E)), ("name", _Kind("string"))))
_RESULT = _Kind(
    "object",
    _E,
    keys=(
        ("task", _TASK),
        ("dataset", _DATASET),
        ("metrics", _Kind("array", _E, _W, item=_METRIC, sign="type")),
        ("source", _SOURCE),
    ),
)
_RESULTS = _Kind("array", _E, _W, item=_RESULT, sign="metrics")
_MODEL = _Kind("object", _E, keys=(("name", _Kind("string", _W, _E)), ("results", _RESULTS)))
_MODELS = _Kind("array", _E, item=_MODEL, sign="name")

# The singular that people write for a list.
_SLIPS = {"results": "result", "metrics": "metric"}

_WHAT = {"string": "a string", "boolean": "a boolean", "array": "an array", "object": "of type object"}


class _Checker:
    def __init__(self, source: Source, *, writes_no_dataset: bool) -> None:
        self.source = source
        self.writes_no_dataset = writes_no_dataset
        # what aliases lead to again was reported where it stands
        self.seen: set[int] = set()

    def check(self, place: _Place, kind: _Kind) -> Iterator[Problem]:
        node = resolve(place.node)
        if id(node) in self.seen:
            return
        self.seen.add(id(node))
        problems = self.judge(place, node, kind)
        # what aliases repeat is not mended: the edit would reach further than it shows
        anchored = isinstance(node, Scalar | Sequence | Mapping) and node.anchor
        yield from (replace(problem, fix=None) for problem in problems) if anchored else problems

    def judge(self, place: _Place, node: Node, kind: _Kind) -> Iterator[Problem]:
        match node:
            case Scalar():
                yield from self.scalar(place, node, kind)
            case Mapping() if kind.shape == "array":
                yield from self.unbracketed(place, node, kind)
            case Sequence() if kind.shape == "array" and kind.item:
                for index, item in enumerate(node.items):
                    yield from self.check(_Place(f"{place.path}[{index}]", item), kind.item)
            case Mapping() if kind.shape == "object":
                yield from self.object(place, node, kind)
            case _ if kind.shape != "any":
                yield _wrong(place, kind)

    def scalar(self, place: _Place, node: Scalar, kind: _Kind) -> Iterator[Problem]:
        value = node.hub
        if node.is_null:
            yield _null(place, kind)
        elif kind.shape == "string":
            if not isinstance(value, str) or isinstance(value, Timestamp):
                yield _wrong(place, kind, _quote(node, place))
        elif kind.shape != "any" and not (kind.shape == "boolean" and isinstance(value, bool)):
            yield _wrong(place, kind)

    def unbracketed(self, place: _Place, node: Mapping, kind: _Kind) -> Iterator[Problem]:
        assert kind.item
        fits = node.entry(kind.sign) is not None
        yield _wrong(place, kind, _bracket(self.source, place, node) if fits else None)
        if fits:
            yield from self.object(_Place(f"{place.path}[0]", place.node, place.key), node, kind.item)

    def object(self, place: _Place, node: Mapping, kind: _Kind) -> Iterator[Problem]:
        entries = {entry.name: entry for entry in node.entries}
        for name, inside in kind.keys:
            entry = entries.get(name)
            if entry is not None:
                if not _fits(entry.value, inside):
                    yield from self.check(_Place(f"{place.path}.{name}", entry.value, entry.key.span), inside)
            elif inside.missing is not None and "<<" not in entries and not self.is_spared(name):
                yield _missing(place, node, name, inside.missing)

    def is_spared(self, name: str) -> bool:
        return name == "dataset" and self.writes_no_dataset


def _fits(node: Node, kind: _Kind) -> bool:
    """Whether a value is a text or number just as it should be, which most are: nothing else is asked of them."""
    if not isinstance(node, Scalar) or node.anchor is not None or kind.shape not in {"string", "any"}:
        return False
    value = node.hub
    return value is not None and (kind.shape == "any" or type(value) is str)


def _warn(place: _Place, message: str, advice: str) -> Problem:
    return Problem(place.span, message, help=advice, severity=_W)


def _null(place: _Place, kind: _Kind) -> Problem:
    needed = "Give it a value." if kind.missing is not None else "Give it a value, or delete the key."
    if place.key is None:
        needed = "Fill the item in, or delete it."
    if kind.wrong is _W:
        return _warn(place, f"`{place.path}` has no value", needed)
    if kind.shape == "any":
        return Problem(place.span, f"`{place.path}` has no value, and the Hub refuses the card", help=needed)
    what = f'`"{place.path}" must be {_WHAT[kind.shape]}`'
    return Problem(place.span, f"{what}, and nothing stands here: the Hub refuses the card", help=needed)


def _wrong(place: _Place, kind: _Kind, fix: Fix | None = None) -> Problem:
    what = _WHAT[kind.shape]
    advice = f"{fix.title}." if fix else _SHAPES[kind.shape]
    if kind.wrong is _W:
        return Problem(place.span, f"`{place.path}` should be {what}", help=advice, fix=fix, severity=_W)
    return Problem(place.span, f'`"{place.path}" must be {what}`: the Hub refuses the card', help=advice, fix=fix)


_SHAPES = {
    "string": "Write one word or text here, in quotes if it looks like a number.",
    "boolean": "Write `true` or `false`, or delete the key.",
    "array": "Write a list here, each item behind a dash.",
    "object": "Write `key: value` lines here.",
}


def _missing(place: _Place, node: Mapping, name: str, severity: Severity) -> Problem:
    slip = node.entry(_SLIPS.get(name, ""))
    span, path = place.key or _Place(place.path, node).span, f"{place.path}.{name}"
    if slip is not None and isinstance(resolve(slip.value), Sequence):
        return Problem(
            slip.key.span,
            f"`{path}` is missing; `{slip.name}` is not what the Hub reads",
            help=f"Rename `{slip.name}` to `{name}`.",
            fix=Fix(f"Rename it to `{name}`", (Edit(slip.key.span, name),)),
            severity=severity,
        )
    advice = _ADVICE.get(name, f"Add `{name}`.")
    if severity is _E:
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
