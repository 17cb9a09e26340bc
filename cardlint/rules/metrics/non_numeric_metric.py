"""Rule `non-numeric-metric`."""

from collections.abc import Iterator
from decimal import Decimal

from cardlint.card.card import Card
from cardlint.card.claims.claim import Claim
from cardlint.card.numbers.number import Number, agree, parse_number, read_number
from cardlint.card.yaml.nodes import Mapping, Node, Scalar, listed_mappings, resolve
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.lazy_regex import pattern
from cardlint.rule_definition import rule
from cardlint.source import Span


@rule(severity=Severity.WARNING, fix=Safety.SAFE, reads_metadata=True)
def non_numeric_metric(card: Card) -> Iterator[Problem]:
    r"""A metric of the model-index has a value that is no number.

    The Hub sorts models by these values and draws them; of `85%`, `xx.xx` or `NaN` it can make nothing. A mean with its
    deviation, as in `286.26 +/- 16.68`, is fine. A percentage safely becomes a number where the text of the card says
    on which scale: as `0.85` or as `85`.

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
    disputed: dict[Span, Span] | None = None
    for metric in _metrics(card):
        value = metric.own("value")
        kind = metric.own("type")
        # the correlation of a score that is the same for all queries, by MTEB
        if value is None or (isinstance(kind, Scalar) and kind.text.startswith("nauc_")):
            continue
        wrong = _wrong(value)
        if wrong:
            disputed = card.disputed_spans if disputed is None else disputed
            if value.span in disputed:
                continue
            message, advice = wrong
            yield Problem(value.span, f"{_label(metric)} is {message}", help=advice, fix=_fix(card, value))


def _metrics(card: Card) -> Iterator[Mapping]:
    """Every metric that stands in the model-index itself; aliases are not followed."""
    for _, model in listed_mappings(card.metadata.mapping.own("model-index")):
        for _, result in listed_mappings(model.own("results")):
            for _, metric in listed_mappings(result.own("metrics")):
                yield metric


def _label(metric: Mapping) -> str:
    texts = (metric.own(key) for key in ("name", "type"))
    return next((node.text for node in texts if isinstance(node, Scalar) and not node.is_null), "the value")


_NAN = pattern(r"(?i)[-+]?\.?(?:nan|inf(?:inity)?)(?: *(?:\+/-|\u00b1) *\.?(?:nan|inf))?")


def _wrong(value: Node) -> tuple[str, str] | None:
    """What is wrong with a value, and what to do; None for a number, and for what says that there is none yet."""
    if isinstance(value, Mapping):
        return _braces(value)
    if not isinstance(value, Scalar) or value.is_null:
        return None
    text = " ".join(value.text.split())
    number = read_number(value.text)
    if number is None:
        shown = f"`{text[:40]}`, which is no number" if text else "empty"
        advice = "Write the number, or delete the metric."
        if _NAN.fullmatch(text):
            advice = "Delete the metric, or evaluate the model once more."
        return shown, advice
    if number.percent and "+/-" not in text and "\u00b1" not in text:
        return f"`{text[:40]}`, which is text by its percent sign", "Write the number alone, on the scale of the text."
    if parse_number(value.text) is None and "," in value.text and number.text == text:
        return f"`{text[:40]}`, which is text by its comma", f"Write `{number.numeral}`."
    return None


def _braces(value: Mapping) -> tuple[str, str] | None:
    """`{value}` is a mapping to YAML, and a variable that nobody replaced."""
    if value.flow and len(value.entries) == 1:
        inside = resolve(value.entries[0].value)
        if isinstance(inside, Scalar) and inside.is_null:
            return f"`{{{value.entries[0].name}}}`, which is no number", "Write the number."
    return None


def _fix(card: Card, value: Node) -> Fix | None:
    number = read_number(value.text) if isinstance(value, Scalar) else None
    if number is None or not isinstance(value, Scalar):
        return None
    if not number.percent:
        return _write(value, number.numeral, Safety.UNSAFE)  # most likely a decimal comma
    scaled = _on_scale_of_text(card, value, number)
    return _write(value, scaled, Safety.SAFE) if scaled is not None else _write(value, number.numeral, Safety.UNSAFE)


def _write(value: Scalar, text: str, safety: Safety) -> Fix:
    return Fix(f"Write `{text}`", (Edit(value.span, text),), safety)


def _on_scale_of_text(card: Card, value: Scalar, number: Number) -> str | None:
    """The percentage as the text of the card has it: a number up to 1, or up to 100; None where it has both or none."""
    stated = next((claim for claim in card.claims if claim.span == value.span and claim.file is None), None)
    if stated is None:
        return None
    shown = {_is_fraction(claim) for claim in card.claims if _repeats(claim, stated, number)}
    if len(shown) != 1:
        return None
    sign, digits, exponent = number.value.as_tuple()
    assert isinstance(exponent, int)  # a number is finite
    return f"{Decimal((sign, digits, exponent - 2)):f}" if shown.pop() else f"{number.value:f}"


def _repeats(claim: Claim, stated: Claim, number: Number) -> bool:
    """Whether the text states the value, as a bare number that is no nought."""
    in_text = claim.source not in {"model-index", "eval-results"} and claim.unit is None
    return in_text and claim.is_about(stated) and bool(claim.value) and agree(claim.number, number)


def _is_fraction(claim: Claim) -> bool:
    return abs(claim.value) <= 1
