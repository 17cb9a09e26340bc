"""Rule `invalid-base-model-relation`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.tasks import tag_scalars
from cardlint.card.yaml.nodes import Scalar, resolve
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.keys.table import MODEL_KEYS

RELATIONS = MODEL_KEYS["base_model_relation"].shape.values

# Adapters are converted and quantized too.
CONVERTED = frozenset(("gguf", "mlx", "onnx", "openvino"))

MEANT = {
    "adapters": "adapter",
    "derivative": "finetune",
    "fine-tune": "finetune",
    "fine-tuned": "finetune",
    "fine-tuning": "finetune",
    "fine_tuned": "finetune",
    "finetuned": "finetune",
    "finetuning": "finetune",
    "lora": "adapter",
    "merged": "merge",
    "peft": "adapter",
    "qlora": "adapter",
    "quant": "quantized",
    "quantization": "quantized",
    "quantize": "quantized",
}


@rule(severity=(Severity.WARNING, Severity.NOTE), reads_metadata=True)
def invalid_base_model_relation(card: Card) -> Iterator[Problem]:
    r"""`base_model_relation` is not a relation of the Hub, or has no `base_model`.

    The relation is `adapter`, `merge`, `quantized` or `finetune`: it says how the model was made from its `base_model`,
    and decides where the Hub shows it in the model tree. Without the key the Hub infers the relation. An adapter that
    says `quantized` gets a note: that its base was loaded with fewer bits does not make it a quantized model.

    Bad:
        ---
        base_model: coastlab/lighthouse
        base_model_relation: fine-tuned
        ---

    Good:
        ---
        base_model: coastlab/lighthouse
        base_model_relation: finetune
        ---
    """
    entry = card.metadata.mapping.entry("base_model_relation")
    if entry is None:
        return
    value = resolve(entry.value)
    # `wrong-type` reports other types
    if isinstance(value, Scalar) and type(value.hub) is str and value.text not in RELATIONS:
        yield _unknown(entry.value.span, value.text)
    if isinstance(value, Scalar) and value.text == "quantized":
        yield from _adapter(card, entry.value.span)
    if card.metadata.mapping.entry("base_model") is None:
        yield Problem(
            entry.key.span,
            "`base_model_relation` has no effect without `base_model`",
            help="Add `base_model`, or delete `base_model_relation`.",
        )


def _unknown(span: Span, text: str) -> Problem:
    words = " ".join(text.split())
    meant = MEANT.get(words.lower(), words.lower())
    return Problem(
        span,
        f"`{words[:60]}` is not a base model relation of the Hub" if words else "`base_model_relation` is empty",
        help=f"Did you mean `{meant}`?" if meant in RELATIONS else "Use `adapter`, `merge`, `quantized` or `finetune`.",
    )


def _adapter(card: Card, relation: Span) -> Iterator[Problem]:
    """Report `quantized` if the library is PEFT's and no tag says that the adapter itself was converted."""
    library = card.metadata.get("library_name")
    if not isinstance(library, Scalar) or library.text != "peft":
        return
    if any(tag.text.lower() in CONVERTED for tag in tag_scalars(card.metadata)):
        return
    yield Problem(
        relation,
        "an adapter is not a quantized model, even if its base was loaded with fewer bits",
        help="Write `adapter`.",
        related=(Related(library.span, "the library of adapters"),),
        severity=Severity.NOTE,
    )
