"""Values of the wrong type inside keys of the front matter: in widgets, forms of gated repositories and others."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.metadata.ambiguity import is_ambiguous
from cardlint.card.metadata.kinds import describe_kind, find_kind, fits
from cardlint.card.metadata.verdicts import consequence
from cardlint.card.yaml.nodes import Alias, Entry, Mapping, Node, Scalar, Sequence, resolve
from cardlint.finding import Edit, Fix, Safety
from cardlint.source import Span
from cardlint.vocabulary.keys.grammar import UNRECORDED, Fact, Key
from cardlint.vocabulary.keys.near_miss import near_miss, plain_name
from cardlint.vocabulary.keys.nested import EMISSIONS, GATED_FIELD, INFERENCE, WIDGET, WIDGET_INPUTS

__all__ = ["Misfit", "find_misfits", "find_misfits_of_example"]

# in grams: a thousand tonnes, which only the largest models have reached
_MOST_EMISSIONS = 10**9

_EXAMPLE = [name for name, key in WIDGET.keys.items() if key.is_read]
_MESSAGE = WIDGET.keys["messages"].shape.keys
_PARAMETERS = INFERENCE.keys["parameters"]
_OPTIONS = GATED_FIELD.keys["options"]
_GRAMS = EMISSIONS.keys["emissions"]


class Misfit(Struct, frozen=True):
    """A value of the wrong type; `text` is the scalar that would be right in quotes.

    `fix` renames a misspelt key. A `doubtful` value has the right type, but is hardly what the author meant. `fact` is
    the Hub's verdict.
    """

    span: Span
    message: str
    help: str
    text: Scalar | None = None
    fix: Fix | None = None
    doubtful: bool = False
    fact: Fact = UNRECORDED


def find_misfits(entry: Entry) -> Iterator[Misfit]:
    """Yield the misfits inside a top-level key whose own value has the right type; aliases are not followed."""
    match entry.name, entry.value:
        case "widget", Sequence(items=items):
            for index, item in enumerate(items):
                if isinstance(item, Mapping):
                    yield from find_misfits_of_example(item, f"widget[{index}]")
        case "inference", Mapping() as inference:
            yield from _inference(inference)
        case "extra_gated_fields", Mapping(entries=fields):
            for field in fields:
                if field.name is not None:
                    yield from _field(field)
        case "co2_eq_emissions", value:
            yield from _emissions(value)


def find_misfits_of_example(example: Mapping, path: str) -> Iterator[Misfit]:
    """Yield the misfits of an example of the widget; `path` names it in messages."""
    meant = {entry.name: _meant(entry.name) for entry in example.entries if entry.name is not None}
    if example.entries and "<<" not in meant and WIDGET_INPUTS.isdisjoint({*meant, *meant.values()}):
        yield Misfit(
            example.entries[0].key.span,
            f"`{path}` has no input, so the Hub shows no example",
            "Add the input of the model: `text`, `src`, `messages`, `source_sentence` and `sentences`, or a table.",
        )
        return
    for entry in example.entries:
        name, value = entry.name or "", entry.value
        key = WIDGET.keys.get(name)
        if key is None or not key.is_read:
            if meant.get(name) and meant[name] not in meant:
                yield _misspelt(entry, path, meant[name])
        elif not fits(value, key.shape):
            yield _misfit(entry, f"{path}.{name}", key)
        elif name == "messages" and isinstance(value, Sequence):
            yield from _messages(value, f"{path}.messages")


def _meant(name: str) -> str:
    """Return the key of an example that a misspelt `name` is meant to be, or an empty text."""
    if name in WIDGET.keys:
        return WIDGET.keys[name].meant
    return near_miss(name, _EXAMPLE) or ""


def _misspelt(entry: Entry, path: str, meant: str) -> Misfit:
    """Return the misfit of a misspelt key; renaming it is safe if only its spelling differs and its value is right."""
    certain = plain_name(entry.name or "") == meant and fits(entry.value, WIDGET.keys[meant].shape)
    safety = Safety.SAFE if certain else Safety.UNSAFE
    return Misfit(
        entry.key.span,
        f"the Hub does not read `{path}.{entry.name}`: it reads `{meant}`",
        f"Write `{meant}`.",
        fix=Fix(f"Rename it to `{meant}`", (Edit(entry.key.span, meant),), safety),
    )


def _messages(messages: Sequence, path: str) -> Iterator[Misfit]:
    for index, message in enumerate(messages.items):
        if isinstance(message, Mapping):
            lacking = [key for key in _MESSAGE if message.entry(key) is None]
            if lacking and message.entries and message.entry("<<") is None:
                names = " and no ".join(f"`{name}`" for name in lacking)
                advice = "Give each message a `role` and its `content`."
                yield Misfit(message.entries[0].key.span, f"`{path}[{index}]` has no {names}", advice)
        elif isinstance(message, Scalar | Sequence):
            what = f"`{path}[{index}]` is {describe_kind(message)}, not a mapping with `role` and `content`"
            yield Misfit(message.span, what, "Write it as a mapping with `role` and `content`.")


def _inference(inference: Mapping) -> Iterator[Misfit]:
    entry = inference.entry("parameters")
    if entry is not None and not fits(entry.value, _PARAMETERS.shape):
        yield _misfit(entry, "inference.parameters", _PARAMETERS)
    elif entry is None and inference.entries and inference.entry("<<") is None:
        message = "`inference` has no `parameters`, so the Hub ignores it"
        yield Misfit(inference.entries[0].key.span, message, "Move these keys below `parameters`.")


def _field(field: Entry) -> Iterator[Misfit]:
    """Yield the misfits of a form field: it is a type, or a mapping with `type` and its options."""
    path, value = f"extra_gated_fields.{field.name}", field.value
    entry = value.entry("type") if isinstance(value, Mapping) else field
    known = ", ".join(f"`{kind}`" for kind in GATED_FIELD.values) + " or a `select` with `options`"
    if entry is None and isinstance(value, Mapping) and value.entry("<<") is None:
        yield Misfit(field.key.span, f"`{path}` has no `type`", f"Add `type`: {known}.")
    if entry is None or not isinstance(entry.value, Scalar | Sequence):
        return
    kind = entry.value.text if isinstance(entry.value, Scalar) else ""
    if kind == "select":
        yield from _select(field, path)
    elif kind not in GATED_FIELD.values:
        shown = f"`{kind}`" if kind else describe_kind(entry.value)
        yield Misfit(_place(entry), f"`{path}` is {shown}, which is not a type of a form field", f"Write {known}.")


def _select(field: Entry, path: str) -> Iterator[Misfit]:
    advice = "Write it as a mapping with `type: select` and `options`, a list of texts."
    options = field.value.entry("options") if isinstance(field.value, Mapping) else None
    if options is None:
        if not (isinstance(field.value, Mapping) and field.value.entry("<<")):
            yield Misfit(field.key.span, f"`{path}` is a `select` without `options`", advice)
    elif not fits(options.value, _OPTIONS.shape):
        yield _misfit(options, f"{path}.options", _OPTIONS)
    elif isinstance(options.value, Sequence):
        for index, option in enumerate(options.value.items):
            if not isinstance(option, Alias) and find_kind(option) not in _OPTIONS.shape.items:
                found = describe_kind(option)
                what = f"`{path}.options[{index}]` is {found}, not text or a `label` with a `value`"
                yield Misfit(option.span, what, "Put it in quotes.", _quotable(option))


def _emissions(value: Node) -> Iterator[Misfit]:
    name, entry = "co2_eq_emissions", None
    if isinstance(value, Mapping):
        name, entry = "co2_eq_emissions.emissions", value.entry("emissions")
        if entry is None or not isinstance(entry.value, Scalar | Sequence | Mapping):
            return
        value = entry.value
    if not isinstance(value, Scalar):
        if entry is not None:
            yield _misfit(entry, name, _GRAMS)
        return
    grams = value.hub
    if grams is None or isinstance(grams, str | bool):
        if entry is not None and not is_ambiguous(value):
            yield _misfit(entry, name, _GRAMS)
    elif grams != grams or grams < 0:  # noqa: PLR0124 - what is no number is not equal to itself
        yield Misfit(value.span, f"`{name}` is {value.text}, not an amount of emissions", "Write the grams of CO2.")
    elif grams > _MOST_EMISSIONS:
        what = f"`{name}` is more than a thousand tonnes of CO2"
        yield Misfit(value.span, what, "Write it in grams.", doubtful=True)


def _misfit(entry: Entry, path: str, key: Key) -> Misfit:
    value = resolve(entry.value)
    wanted = key.shape.description
    text = _quotable(value) if key.shape.kinds == ("text",) else None
    fact = key.wrong_kind(find_kind(value))
    what = f"`{path}` is {describe_kind(value)}, not {wanted}{consequence(fact)}"
    return Misfit(_place(entry), what, "Put it in quotes." if text else f"Write {wanted}.", text, fact=fact)


def _quotable(value: Node) -> Scalar | None:
    return value if isinstance(value, Scalar) and not value.is_null and not value.style and not value.tag else None


def _place(entry: Entry) -> Span:
    return entry.value.span if isinstance(entry.value, Scalar) and len(entry.value.span) else entry.key.span
