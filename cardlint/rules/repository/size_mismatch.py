"""Rule `size-mismatch`."""

import re
from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span

BILLIONS = LazyPattern(r"(?<![\w.])(?P<size>\d{1,4}(?:\.\d{1,3})?)[ ]?[bB](?![\w.]*\w| tokens?\b)")
# Mixtures by their experts, packed weights, and small models beside a large one.
OTHER = LazyPattern(
    r"\d\s?[xX]\s?\d|\b(?:gguf|ggml|awq|gptq|exl[23]|[2348]-?bit|int[48]|fp[48]|nf4|lora|qlora|adapter|eagle\d*|draft\w*"
    r"|medusa|speculat\w*|projector|pruned|distil\w*|active)\b",
    re.IGNORECASE,
)
LEAST, MOST = 0.6, 1.6  # of what the name says; makers round 3.82B to 3B


@rule(severity=Severity.NOTE)
def size_mismatch(card: Card) -> Iterator[Problem]:
    r"""The title names another number of parameters than the weights have.

    The number follows from the bytes in `model.safetensors.index.json`, or in the Git LFS pointer of
    `model.safetensors`, and the type of the weights in `config.json`. Makers round generously, so only numbers outside
    of 0.6 to 1.6 times are reported. Quantized weights, adapters and mixtures such as `8x7B` are skipped.

    Bad:
        # Owl 7B

    Bad config.json:
        {"torch_dtype": "bfloat16"}

    Bad model.safetensors.index.json:
        {"metadata": {"total_size": 6425499648}, "weight_map": {}}

    Good:
        # Owl 3B

    Good config.json:
        {"torch_dtype": "bfloat16"}

    Good model.safetensors.index.json:
        {"metadata": {"total_size": 6425499648}, "weight_map": {}}
    """
    title = card.title
    match = _only_size(title.name) if title is not None else None
    if title is None or match is None:
        return
    from cardlint.card.repository.weights import count_parameters

    size = count_parameters(card.repository.files)
    if size is None:
        return
    billions = size.parameters / 10**9
    stated = float(match["size"])
    if not LEAST * stated <= billions <= MOST * stated:
        start = card.source.text.find(match[0], title.span.start, title.span.end)
        yield Problem(
            Span(start, start + len(match[0])) if start >= 0 else title.span,
            f"the title says {match[0]}, but the weights have {billions:.3g}B parameters",
            help="Correct the title, or upload the weights of this model.",
            related=(Related(size.span, "the bytes of the weights", size.source),),
        )


def _only_size(name: str) -> re.Match[str] | None:
    """Return the match of the only size in a name that speaks of nothing else."""
    found = list(BILLIONS.finditer(name))
    return found[0] if len(found) == 1 and float(found[0]["size"]) > 0 and not OTHER.search(name) else None
