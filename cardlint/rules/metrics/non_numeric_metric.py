"""Rule `non-numeric-metric`."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from cardlint.card.card import Card
from cardlint.card.claims.claim import Claim
from cardlint.card.numbers.number import Number, agree, parse_number, read_number
from cardlint.card.yaml.nodes import Mapping, Node, Scalar, Sequence, listed_mappings, resolve
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span

MOST = 200  # numbers of one metric in the body that a value is compared with
_NAN = LazyPattern(r"(?i)[-+]?\.?(?:nan|inf(?:inity)?)(?: *(?:\+/-|\u00b1) *\.?(?:nan|inf))?")


@rule(severity=Severity.WARNING, fix=Safety.SAFE, reads_metadata=True)
def non_numeric_metric(card: Card) -> Iterator[Problem]:
    r"""The value of a metric in the model-index is not a number.

    The Hub sorts models by these values and plots them, which is not possible with `85%`, `xx.xx` or `NaN`. For a list
    or a mapping it shows no number at all; those of one metric are one finding. A mean with its deviation, such as
    `286.26 +/- 16.68`, is allowed. The fix for a percentage is safe if the body shows the scale: `0.85` or `85`.

    Bad:
        ---
        model-index:
        - name: tide
          results:
          - task:
              type: image-classification
            dataset:
              type: owner/tides
              name: Tides
            metrics:
            - type: accuracy
              value: 85%
        ---

        It achieves the following results on the evaluation set:
        - Accuracy: 0.85

    Good:
        ---
        model-index:
        - name: tide
          results:
          - task:
              type: image-classification
            dataset:
              type: owner/tides
              name: Tides
            metrics:
            - type: accuracy
              value: 0.85
        ---

        It achieves the following results on the evaluation set:
        - Accuracy: 0.85
    """
    collections: dict[tuple[str, str], list[Mapping | Sequence]] = defaultdict(list)
    scales = _Scales(card)
    for metric in _metrics(card):
        value = metric.value("value")
        kind = metric.value("type")
        # MTEB's correlations are NaN if a score is the same for all queries
        if value is None or (isinstance(kind, Scalar) and kind.text.startswith("nauc_")):
            continue
        wrong = _wrong(value)
        if wrong:
            if value.span in card.disputed_spans:
                continue
            message, advice = wrong
            yield Problem(value.span, f"{_label(metric)} is {message}", help=advice, fix=_fix(scales, value))
        elif isinstance(value, Mapping | Sequence):
            collections[_label(metric), "list" if isinstance(value, Sequence) else "mapping"].append(value)
    for (label, kind_of_value), values in collections.items():
        yield _several(scales, label, kind_of_value, values)


def _metrics(card: Card) -> Iterator[Mapping]:
    """Yield every metric of the model-index; aliases are not followed."""
    for _, model in listed_mappings(card.metadata.mapping.value("model-index")):
        for _, result in listed_mappings(model.value("results")):
            for _, metric in listed_mappings(result.value("metrics")):
                yield metric


def _wrong(value: Node) -> tuple[str, str] | None:
    """Return the problem with a value and the advice for it, or None if it is a number or not given yet."""
    if isinstance(value, Mapping):
        return _braces(value)
    if not isinstance(value, Scalar) or value.is_null:
        return None
    text = " ".join(value.text.split())
    number = read_number(value.text)
    if number is None:
        shown = f"`{text[:40]}`, which is not a number" if text else "empty"
        advice = "Write the number, or delete the metric."
        if _NAN.fullmatch(text):
            advice = "Evaluate the model again, or delete the metric."
        return shown, advice
    if number.percent and "+/-" not in text and "\u00b1" not in text:
        return f"`{text[:40]}`, which YAML reads as text", "Write only the number, on the scale of the body."
    if parse_number(value.text) is None and "," in value.text and number.text == text:
        return f"`{text[:40]}`, which YAML reads as text", f"Write `{number.numeral}`."
    return None


def _braces(value: Mapping) -> tuple[str, str] | None:
    """Return the problem with `{value}`, a template's variable that YAML reads as a mapping, and the advice for it."""
    if value.flow and len(value.entries) == 1:
        inside = resolve(value.entries[0].value)
        if isinstance(inside, Scalar) and inside.is_null:
            return f"`{{{value.entries[0].name}}}`, which is not a number", "Write the number."
    return None


class _Scales:
    """The scales on which the body states metrics, looked up for each value of the metadata."""

    def __init__(self, card: Card) -> None:
        self._card = card

    @cached_property
    def _stated(self) -> dict[Span, Claim]:
        return {claim.span: claim for claim in reversed(self._card.claims) if claim.file is None}

    @cached_property
    def _bare(self) -> dict[tuple[str, str | None], list[Claim]]:
        """The bare numbers in the body that are not zero, by metric and variant."""
        found: dict[tuple[str, str | None], list[Claim]] = defaultdict(list)
        for claim in self._card.claims:
            if claim.source not in {"model-index", "eval-results"} and claim.unit is None and claim.value:
                found[claim.metric, claim.variant].append(claim)
        return found

    def rescale(self, value: Scalar, number: Number) -> str | None:
        """Return the percentage on the scale that the body uses, up to 1 or up to 100.

        None if the body uses both or neither, or states the metric more than `MOST` times.
        """
        stated = self._stated.get(value.span)
        bare = self._bare.get((stated.metric, stated.variant), ()) if stated is not None else ()
        if len(bare) > MOST:
            return None
        shown = {abs(claim.value) <= 1 for claim in bare if agree(claim.number, number)}
        if len(shown) != 1:
            return None
        sign, digits, exponent = number.value.as_tuple()
        assert isinstance(exponent, int)  # a number is finite
        return f"{Decimal((sign, digits, exponent - 2)):f}" if shown.pop() else f"{number.value:f}"


def _several(scales: _Scales, label: str, kind: str, values: list[Mapping | Sequence]) -> Problem:
    """Return the problem of a metric whose values are lists or mappings."""
    places = f" in {len(values)} results" if len(values) > 1 else ""
    first, *others = values
    return Problem(
        first.span,
        f"{label} is a {kind}{places}, for which the Hub shows no number",
        help="Write a single number, for example the mean.",
        related=tuple(Related(value.span, f"another {kind}") for value in others),
        fix=_only_item(scales, first) if not others else None,
    )


def _only_item(scales: _Scales, value: Mapping | Sequence) -> Fix | None:
    """Return the fix that writes the number of a list that has no other item."""
    item = value.items[0] if isinstance(value, Sequence) and value.flow and len(value.items) == 1 else None
    fix = _fix(scales, item) if isinstance(item, Scalar) else None
    return Fix(fix.title, (Edit(value.span, fix.edits[0].text),), Safety.UNSAFE) if fix else None


def _label(metric: Mapping) -> str:
    texts = (metric.value(key) for key in ("name", "type"))
    return next((node.text for node in texts if isinstance(node, Scalar) and not node.is_null), "the value")


def _fix(scales: _Scales, value: Node) -> Fix | None:
    number = read_number(value.text) if isinstance(value, Scalar) else None
    if number is None or not isinstance(value, Scalar):
        return None
    if not number.percent:
        return _write(value, number.numeral, Safety.UNSAFE)  # most likely a decimal comma
    scaled = scales.rescale(value, number)
    return _write(value, scaled, Safety.SAFE) if scaled is not None else _write(value, number.numeral, Safety.UNSAFE)


def _write(value: Scalar, text: str, safety: Safety) -> Fix:
    return Fix(f"Write `{text}`", (Edit(value.span, text),), safety)
