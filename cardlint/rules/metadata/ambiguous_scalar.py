"""Rule `ambiguous-scalar`."""

from collections.abc import Iterator
from math import isfinite

from cardlint.card.card import Card
from cardlint.card.metadata.ambiguity import describe, is_ambiguous, may_be_quoted, quote, top_level_texts
from cardlint.card.yaml.nodes import Mapping, Metadata, Node, Scalar, listed_mappings
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.keys.grammar import Shape
from cardlint.vocabulary.keys.model_index import RESULT
from cardlint.vocabulary.keys.table import MODEL_KEYS


def _text_keys(shape: Shape) -> frozenset[str]:
    return frozenset(name for name, key in shape.keys.items() if key.is_read and key.shape.wants_text)


TEXTS_OF_PARTS = {part: _text_keys(key.shape) for part, key in RESULT.items() if key.shape.kinds == ("mapping",)}
TEXTS_OF_A_METRIC = _text_keys(RESULT["metrics"].shape)


@rule(severity=Severity.WARNING, fix=Safety.SAFE, reads_metadata=True)
def ambiguous_scalar(card: Card) -> Iterator[Problem]:
    r"""A value without quotes is not read as it is written.

    The Hub reads YAML 1.2, huggingface_hub and most Python tools read YAML 1.1. `no` is Norwegian for the Hub but false
    for Python tools, which write `false` into the card when they save it; `1e-3` is a number for the Hub but text for
    Python; `3.10` is the number 3.1 for both. Put the value in quotes. Only values for which it matters are reported:
    texts such as languages, versions, ids and tags, and the values of metrics.

    Bad:
        ---
        language: no
        ---

    Good:
        ---
        language: "no"
        ---
    """
    metadata = card.metadata
    for path, scalar in _texts(metadata):
        yield _text(metadata, path, scalar)
    for path, scalar in _numbers(metadata):
        yield _number(path, scalar)


def _texts(metadata: Metadata) -> Iterator[tuple[str, Scalar]]:
    for entry, scalar in top_level_texts(metadata):
        if is_ambiguous(scalar):
            yield entry.name or "", scalar
    for entry in metadata.mapping.entries:
        value = entry.value
        name = entry.name or ""
        is_version = name.endswith("version") and name != "new_version"
        if is_version and isinstance(value, Scalar) and not value.style and value.tag is None and is_ambiguous(value):
            yield name, value
    for path, result in _results(metadata):
        for part, keys in TEXTS_OF_PARTS.items():
            yield from _misread(f"{path}.{part}", result.value(part), keys)
        for place, metric in listed_mappings(result.value("metrics"), f"{path}.metrics"):
            yield from _misread(place, metric, TEXTS_OF_A_METRIC)


def _results(metadata: Metadata) -> Iterator[tuple[str, Mapping]]:
    for path, model in listed_mappings(metadata.mapping.value("model-index"), "model-index"):
        yield from listed_mappings(model.value("results"), f"{path}.results")


def _misread(path: str, node: Node | None, keys: frozenset[str]) -> Iterator[tuple[str, Scalar]]:
    """Yield values that are text for the Hub but not for Python; `invalid-model-index` reports other types."""
    for entry in node.entries if isinstance(node, Mapping) else ():
        value = entry.value
        if entry.name not in keys or not isinstance(value, Scalar) or value.style:
            continue
        if type(value.hub) is str and type(value.python) is not str:
            yield f"{path}.{entry.name}", value


def _text(metadata: Metadata, path: str, scalar: Scalar) -> Problem:
    if scalar.hub is False and path in {"language", "tags"}:
        # a tool that reads YAML 1.1 writes this for Norwegian when it saves a card
        fix = Fix("Write the code of Norwegian", (Edit(scalar.span, quote(metadata, "no")),), Safety.UNSAFE)
        advice = "If this was the language code `no`, write it in quotes; a tool has replaced it by `false`."
        return Problem(scalar.span, _message(path, scalar), help=advice, fix=fix)
    if path in MODEL_KEYS and not may_be_quoted(MODEL_KEYS[path]):
        return Problem(scalar.span, _message(path, scalar), help=f"Write a value of `{path}`, or delete the key.")
    fix = Fix("Put it in quotes", (Edit(scalar.span, quote(metadata, scalar.text)),))
    return Problem(scalar.span, _message(path, scalar), help="Put it in quotes.", fix=fix)


def _message(path: str, scalar: Scalar) -> str:
    hub, python = describe(scalar.hub), describe(scalar.python)
    if "_" in scalar.text and isinstance(scalar.hub, str) and isinstance(scalar.python, int):
        # js-yaml read a number here before its version 4.3; it is not known which one the Hub has
        return f"`{path}` is `{scalar.text}`, which Python reads as {python} and only some YAML parsers as text"
    if hub == python:
        return f"`{path}` is `{scalar.text}`, which the Hub and Python read as {hub}"
    return f"`{path}` is `{scalar.text}`, which the Hub reads as {hub} and Python as {python}"


def _numbers(metadata: Metadata) -> Iterator[tuple[str, Scalar]]:
    emissions = metadata.get("co2_eq_emissions")
    if isinstance(emissions, Mapping):
        emissions = emissions.get("emissions")
    if isinstance(emissions, Scalar) and _differs(emissions):
        yield "co2_eq_emissions", emissions
    for path, result in _results(metadata):
        for place, metric in listed_mappings(result.value("metrics"), f"{path}.metrics"):
            value = metric.get("value")
            if isinstance(value, Scalar) and _differs(value):
                yield f"{place}.value", value


def _differs(scalar: Scalar) -> bool:
    hub, python = scalar.hub, scalar.python
    if not isinstance(hub, str) or not isinstance(python, str):
        return type(hub) is not type(python) or (hub != python and hub == hub)  # noqa: PLR0124 - not a number
    return False


def _number(path: str, scalar: Scalar) -> Problem:
    digits, _, exponent = scalar.text.lower().partition("e")
    fix = None
    if exponent and isinstance(scalar.python, str):
        if "." not in digits:
            digits += ".0"
        text = f"{digits}e{exponent if exponent[0] in '+-' else '+' + exponent}"
        if not digits.startswith((".", "-.", "+.")) and isfinite(float(text)):
            fix = Fix("Write the number so that both read it", (Edit(scalar.span, text),))
    return Problem(
        scalar.span,
        _message(path, scalar),
        help=f"Write `{fix.edits[0].text}`." if fix else "Write all digits, or put it in quotes if it is text.",
        fix=fix,
    )
