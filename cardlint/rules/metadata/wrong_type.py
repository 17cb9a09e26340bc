"""Rule `wrong-type`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cardlint.card.card import Card
from cardlint.card.metadata.ambiguity import is_ambiguous, quote
from cardlint.card.metadata.kinds import describe_kind, find_kind, fits
from cardlint.card.metadata.verdicts import consequence, severity_of
from cardlint.card.yaml.dashes import joined_lists
from cardlint.card.yaml.nodes import Entry, Mapping, Metadata, Node, Scalar, Sequence, resolve
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.keys.grammar import UNRECORDED, Fact, Form, Key
from cardlint.vocabulary.keys.table import MODEL_KEYS

if TYPE_CHECKING:
    from cardlint.card.metadata.nested_types import Misfit

# which `invalid-language`, `unknown-license`, `invalid-repo-id` and others report
FORMS_OF_OTHER_RULES: tuple[Form, ...] = ("word", "model id", "dataset id")
SIMPLE = LazyPattern(r"\w[\w .,+/-]*$")


@rule(severity=(Severity.ERROR, Severity.WARNING, Severity.NOTE), fix=Safety.SAFE, reads_metadata=True)
def wrong_type(card: Card) -> Iterator[Problem]:
    r"""A value is of the wrong type.

    The Hub refuses the card, which is an error, or accepts it and does not show what it cannot read. It also refuses an
    empty text under some keys, and a `license_link` other than an `https://` address, `LICENSE` or `LICENSE.md`.

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
    joined = joined_lists(metadata)
    for entry in metadata.mapping.entries:
        key = MODEL_KEYS.get(entry.name or "")
        value = resolve(entry.value)
        if key is not None and key.name in joined:
            yield _joined(entry, value, key, joined[key.name])
            continue
        if key is None or key.name == "model-index" or (isinstance(value, Scalar) and value.is_null):
            continue
        yield from _problems(metadata, entry, value, key)


def _joined(entry: Entry, value: Node, key: Key, edits: tuple[Edit, ...]) -> Problem:
    """Report items that lack the blank after their dash; what YAML reads instead is not reported."""
    fact = key.wrong_kind(find_kind(value))
    if isinstance(value, Scalar) and "text" in key.shape.kinds:
        fact = key.malformed if key.malformed.is_refusal else key.unlisted
    dash = edits[0].span.start - 1
    what = f"a blank is missing after the dash, so `{entry.name}` is {describe_kind(value)}, not a list"
    return Problem(
        Span(dash, dash + 1),
        what + consequence(fact),
        help="Write a blank after the dash.",
        fix=Fix("Write the blank", edits),
        severity=severity_of(fact),
    )


def _problems(metadata: Metadata, entry: Entry, value: Node, key: Key) -> Iterator[Problem]:
    if key.shape.wants_text:
        yield from _texts(metadata, entry, value, key)
        return
    if key.name == "widget":
        yield from _widget(metadata, entry, value, key)
    else:
        yield from _other(entry, value, key)
    yield from _inside(metadata, entry)


def _texts(metadata: Metadata, entry: Entry, value: Node, key: Key) -> Iterator[Problem]:
    if isinstance(value, Sequence) and "list" in key.shape.kinds:
        for index, item in enumerate(value.items):
            if not _is_text(item):
                fact = key.wrong_item_kind(find_kind(item))
                yield _not_text(metadata, f"{key.name}[{index}]", item, fact, key)
    elif isinstance(value, Scalar) and "text" not in key.shape.kinds:
        yield _no_list(entry, value, key)
    elif not _is_text(value):
        fix = None
        if isinstance(value, Sequence) and key.name == "mask_token" and value.flow:
            span = entry.value.span
            fix = Fix("Put it in quotes", (Edit(span, quote(metadata, metadata.source.slice(span))),))
        if isinstance(value, Scalar):
            yield _not_text(metadata, key.name, value, key.wrong_kind(find_kind(value)), key)
        else:
            yield _problem(entry, value, key, fix)
    elif isinstance(value, Scalar) and key.shape.form not in FORMS_OF_OTHER_RULES:
        yield from _form(entry, value, key)


def _is_text(node: Node) -> bool:
    """True if the node is text, or a scalar that `ambiguous-scalar` reports."""
    node = resolve(node)
    return isinstance(node, Scalar) and not node.is_null and (isinstance(node.hub, str) or is_ambiguous(node))


def _form(entry: Entry, value: Scalar, key: Key) -> Iterator[Problem]:
    """Yield the problem of a text that the Hub refuses since it is empty or does not have the pattern."""
    text = value.text
    fact = key.text_fact(text)
    if not fact.is_refusal:
        return
    words = " ".join(text.split())
    shown = f"`{words if len(words) <= 60 else words[:57] + '...'}`" if words else "an empty text"
    wanted = f", not {key.shape.description}" if text and key.shape.label else ""
    yield Problem(
        entry.value.span,
        f"`{key.name}` is {shown}{wanted}{consequence(fact)}",
        help=f"Write {key.shape.description}, or delete the key.",
        severity=severity_of(fact),
    )


def _not_text(metadata: Metadata, path: str, node: Node, fact: Fact, key: Key) -> Problem:
    value = resolve(node)
    fix = None
    if isinstance(value, Scalar) and not value.is_null and node is value and key.shape.form != "word":
        fix = Fix("Put it in quotes", (Edit(value.span, quote(metadata, value.text)),))
    return Problem(
        node.span,
        f"`{path}` is {describe_kind(node)}, not text{consequence(fact)}",
        help="Put it in quotes." if fix else _advice(value),
        fix=fix,
        severity=severity_of(fact),
    )


def _advice(value: Node) -> str:
    if isinstance(value, Mapping):
        return "Write it as one text, in quotes if it contains a colon, or delete it."
    return "Write a text here, or delete it."


def _no_list(entry: Entry, value: Scalar, key: Key) -> Problem:
    several = "," in value.text
    fact = key.wrong_kind(find_kind(value))
    fix = None
    if not (several and value.style) and SIMPLE.match(value.text) and entry.value is value:
        span = value.span
        safety = Safety.UNSAFE if several else Safety.SAFE
        fix = Fix("Put it in brackets", (Edit(_start(span), "["), Edit(_end(span), "]")), safety)
    return Problem(
        entry.value.span,
        f"`{entry.name}` is {describe_kind(value)}, not a list{consequence(fact)}",
        help="Put it in brackets, or write it on a separate line with `- ` before it.",
        fix=fix,
        severity=severity_of(fact),
    )


def _start(span: Span) -> Span:
    return Span(span.start, span.start)


def _end(span: Span) -> Span:
    return Span(span.end, span.end)


def _problem(entry: Entry, value: Node, key: Key, fix: Fix | None = None) -> Problem:
    wanted = key.shape.description
    fact = key.wrong_kind(find_kind(value))
    return Problem(
        entry.key.span if isinstance(value, Mapping | Sequence) else entry.value.span,
        f"`{key.name}` is {describe_kind(value)}, not {wanted}{consequence(fact)}",
        help=f"Write {wanted}.",
        fix=fix,
        severity=severity_of(fact),
    )


def _widget(metadata: Metadata, entry: Entry, value: Node, key: Key) -> Iterator[Problem]:
    if isinstance(value, Sequence):
        for index, item in enumerate(value.items):
            if not isinstance(resolve(item), Mapping):
                fact = key.wrong_item_kind(find_kind(item))
                end = consequence(fact, ", so the Hub shows no example")
                yield Problem(
                    item.span,
                    f"`widget[{index}]` is {describe_kind(item)}, not a mapping{end}",
                    help="Write it as a mapping, for instance with `text: ` before it.",
                    severity=severity_of(fact),
                )
        return
    fix = None
    fact = key.wrong_kind(find_kind(value))
    if isinstance(value, Mapping) and entry.value is value:
        edits = _in_a_list(metadata, value)
        fix = Fix("Make it a list", edits) if edits else None
    yield Problem(
        entry.key.span,
        f"`widget` is {describe_kind(value)}, not a list{consequence(fact)}",
        help="Make it a list: write `- ` before the first key, and indent the other keys equally.",
        fix=fix,
        severity=severity_of(fact),
    )


def _in_a_list(metadata: Metadata, mapping: Mapping) -> tuple[Edit, ...]:
    """Return the edits that make a list: brackets, or a dash and the other lines indented equally."""
    source, span = metadata.source, mapping.span
    if mapping.flow:
        return Edit(_start(span), "["), Edit(_end(span), "]")
    first, last = source.line_index(span.start), source.line_index(span.end)
    scalars = (node for node in metadata.walk() if isinstance(node, Scalar) and span.covers(node.span))
    if any("\n" in source.slice(scalar.span) for scalar in scalars):  # its lines cannot be indented
        return ()
    behind = (line for line in source.lines[first + 1 : last + 1] if source.slice(line).strip())
    return Edit(_start(span), "- "), *(Edit(_start(line), "  ") for line in behind)


def _other(entry: Entry, value: Node, key: Key) -> Iterator[Problem]:
    if key.name == "co2_eq_emissions" and isinstance(value, Mapping):
        if value.get("emissions") is None:
            yield Problem(
                entry.key.span,
                "`co2_eq_emissions` has no `emissions`, so the Hub has nothing to show",
                help="Add `emissions`: the grams of CO2 equivalent, as a number.",
                severity=severity_of(UNRECORDED),
            )
    elif not fits(value, key.shape):
        yield _problem(entry, value, key)


def _inside(metadata: Metadata, entry: Entry) -> Iterator[Problem]:
    # here, since few cards have such keys
    from cardlint.card.metadata.nested_types import find_misfits, find_misfits_of_example

    for misfit in find_misfits(entry):
        yield _misfit(metadata, misfit)
    if entry.name == "widget" and isinstance(entry.value, Mapping):  # which `_widget` makes a list
        for misfit in find_misfits_of_example(entry.value, "widget[0]"):
            yield _misfit(metadata, misfit)


def _misfit(metadata: Metadata, misfit: Misfit) -> Problem:
    scalar, fix = misfit.text, misfit.fix
    if scalar is not None:
        fix = Fix("Put it in quotes", (Edit(scalar.span, quote(metadata, scalar.text)),))
    severity = Severity.NOTE if misfit.doubtful else severity_of(misfit.fact)
    return Problem(misfit.span, misfit.message, help=misfit.help, fix=fix, severity=severity)
