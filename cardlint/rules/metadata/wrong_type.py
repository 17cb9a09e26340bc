"""Rule `wrong-type`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.ambiguity import is_ambiguous, kind_of, quote
from cardlint.card.yaml.nodes import Entry, Mapping, Metadata, Node, Scalar, Sequence, resolve
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.lazy_regex import pattern
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.keys import TYPES

WANTED = {
    "text": "text",
    "texts": "text or a list of texts",
    "list": "a list",
    "widget": "a list",
    "switch": "`true`, `false` or a mapping with `parameters`",
    "emissions": "a number of grams or a mapping with `emissions`",
    "mapping": "a mapping",
    "boolean": "`true` or `false`",
}
# Under these the Hub is known to refuse what is neither a text of the right form nor a list of such.
REFUSED = frozenset({"language", "license", "datasets", "base_model"})
# These have values inside, each of a type of its own.
NESTED = frozenset({"widget", "switch", "emissions", "mapping"})
SIMPLE = pattern(r"\w[\w .,+/-]*$")


@rule(severity=Severity.ERROR, fix=Safety.SAFE, reads_metadata=True)
def wrong_type(card: Card) -> Iterator[Problem]:
    r"""A key's value is not of the type that the Hub asks for.

    The Hub refuses the commit (`"widget" must be an array`), or takes it and does not show what it cannot read. An
    error is what it is known to refuse, everything else a warning.

    Bad:
        ---
        license: mit
        tags: lighthouse
        ---

    Good:
        ---
        license: mit
        tags: [lighthouse]
        ---
    """
    metadata = card.metadata
    for entry in metadata.mapping.entries:
        wanted = TYPES.get(entry.name or "")
        value = resolve(entry.value)
        if wanted is None or (isinstance(value, Scalar) and value.is_null):
            continue
        if wanted in {"text", "texts", "list"}:
            found = _texts(metadata, entry, value, wanted)
        elif wanted == "widget":
            found = _widget(metadata, entry, value)
        else:
            found = _other(entry, value, wanted)
        yield from (*found, *(_inside(metadata, entry) if wanted in NESTED else ()))


def _inside(metadata: Metadata, entry: Entry) -> Iterator[Problem]:
    from cardlint.card.metadata.nested_types import find_misfits  # here, since few cards have such keys

    for misfit in find_misfits(entry):
        scalar = misfit.text
        edits = (Edit(scalar.span, quote(metadata, scalar.text)),) if scalar else ()
        fix = Fix("Put it in quotes", edits) if edits else None
        severity = Severity.NOTE if misfit.doubtful else Severity.WARNING
        yield Problem(misfit.span, misfit.message, help=misfit.help, fix=fix, severity=severity)


def _texts(metadata: Metadata, entry: Entry, value: Node, wanted: str) -> Iterator[Problem]:
    name = entry.name or ""
    if isinstance(value, Sequence) and wanted != "text":
        for index, item in enumerate(value.items):
            if not _is_text(item):
                yield _not_text(metadata, name, f"{name}[{index}]", item)
    elif isinstance(value, Scalar) and wanted == "list":
        if not is_ambiguous(value):
            yield _no_list(entry, value)
    elif not _is_text(value):
        fix = None
        if isinstance(value, Sequence) and name == "mask_token" and value.flow:
            span = entry.value.span
            fix = Fix("Put it in quotes", (Edit(span, quote(metadata, metadata.source.slice(span))),))
        if isinstance(value, Scalar):
            yield _not_text(metadata, name, name, value)
        else:
            yield _problem(entry, value, wanted, fix)


def _is_text(node: Node) -> bool:
    """Whether it is text, or a scalar of which `ambiguous-scalar` speaks."""
    node = resolve(node)
    return isinstance(node, Scalar) and not node.is_null and (isinstance(node.hub, str) or is_ambiguous(node))


def _not_text(metadata: Metadata, name: str, path: str, node: Node) -> Problem:
    value = resolve(node)
    fix = None
    if isinstance(value, Scalar) and not value.is_null and node is value:
        fix = Fix("Put it in quotes", (Edit(value.span, quote(metadata, value.text)),))
    refused = name in REFUSED and (name == "datasets" or not (isinstance(value, Scalar) and value.is_null))
    return Problem(
        node.span,
        f"`{path}` is {kind_of(node)}, where text belongs" + (_refusal(name, path) if refused else ""),
        help="Put it in quotes." if fix else _advice(value),
        fix=fix,
        severity=None if refused else Severity.WARNING,
    )


def _advice(value: Node) -> str:
    if isinstance(value, Mapping):
        return "Write it as one text, in quotes if a colon stands in it, or delete it."
    return "Write a text here, or delete it."


def _no_list(entry: Entry, value: Scalar) -> Problem:
    several = "," in value.text
    fix = None
    if not (several and value.style) and SIMPLE.match(value.text) and entry.value is value:
        span = value.span
        safety = Safety.UNSAFE if several else Safety.SAFE
        fix = Fix("Put it in brackets", (Edit(_start(span), "["), Edit(_end(span), "]")), safety)
    return Problem(
        entry.value.span,
        f"`{entry.name}` is {kind_of(value)}, where a list belongs",
        help="Put it in brackets, or write it as an item of its own line with `- ` before it.",
        fix=fix,
        severity=Severity.WARNING,
    )


def _widget(metadata: Metadata, entry: Entry, value: Node) -> Iterator[Problem]:
    if isinstance(value, Sequence):
        for index, item in enumerate(value.items):
            if not isinstance(resolve(item), Mapping):
                yield Problem(
                    item.span,
                    f"`widget[{index}]` is {kind_of(item)}, where a mapping belongs, so the Hub shows no example",
                    help="Write it as a mapping, for instance with `text: ` before it.",
                    severity=Severity.WARNING,
                )
        return
    fix = None
    if isinstance(value, Mapping) and entry.value is value:
        edits = _in_a_list(metadata, value)
        fix = Fix("Make it a list", edits) if edits else None
    yield Problem(
        entry.key.span,
        f'`widget` is {kind_of(value)}; the Hub refuses it: "widget" must be an array',
        help="Make it a list: put `- ` before the first key and indent the others as deep.",
        fix=fix,
    )


def _in_a_list(metadata: Metadata, mapping: Mapping) -> tuple[Edit, ...]:
    """Brackets for a mapping in braces; for one in lines a hyphen, and its other lines indented as deep."""
    source, span = metadata.source, mapping.span
    if mapping.flow:
        return Edit(_start(span), "["), Edit(_end(span), "]")
    first, last = source.line_index(span.start), source.line_index(span.end)
    scalars = (node for node in metadata.walk() if isinstance(node, Scalar) and span.covers(node.span))
    if any("\n" in source.slice(scalar.span) for scalar in scalars):  # its lines are not the mapping's
        return ()
    behind = (line for line in source.lines[first + 1 : last + 1] if source.slice(line).strip())
    return Edit(_start(span), "- "), *(Edit(_start(line), "  ") for line in behind)


def _other(entry: Entry, value: Node, wanted: str) -> Iterator[Problem]:
    if wanted == "emissions" and isinstance(value, Mapping):
        if value.get("emissions") is None:
            yield Problem(
                entry.key.span,
                "`co2_eq_emissions` has no `emissions`, so the Hub has nothing to show",
                help="Add `emissions`: the grams of CO2 equivalent, as a number.",
                severity=Severity.WARNING,
            )
    elif not _fits(value, wanted):
        yield _problem(entry, value, wanted)


def _fits(value: Node, wanted: str) -> bool:
    data = value.hub if isinstance(value, Scalar) else None
    is_mapping = isinstance(value, Mapping)
    match wanted:
        case "switch":
            return is_mapping or isinstance(data, bool)
        case "emissions":
            return is_mapping or (data is not None and not isinstance(data, bool | str))
        case "boolean":
            return isinstance(data, bool)
        case "mapping":
            return is_mapping
    return True


def _problem(entry: Entry, value: Node, wanted: str, fix: Fix | None = None) -> Problem:
    name = entry.name or ""
    return Problem(
        entry.key.span if isinstance(value, Mapping | Sequence) else entry.value.span,
        f"`{name}` is {kind_of(value)}, where {WANTED[wanted]} belongs"
        + (_refusal(name, name) if name in REFUSED else ""),
        help=f"Write {WANTED[wanted]}.",
        fix=fix,
        severity=None if name in REFUSED else Severity.WARNING,
    )


def _refusal(name: str, path: str) -> str:
    if name == "license":
        return '; the Hub refuses it: "license" must be one of [apache-2.0, ..., other, array]'
    return f'; the Hub refuses it: "{path}" is not valid'


def _start(span: Span) -> Span:
    return Span(span.start, span.start)


def _end(span: Span) -> Span:
    return Span(span.end, span.end)
