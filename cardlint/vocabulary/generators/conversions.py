"""Programs that convert or merge models, and copy the original's metadata with the marks of its generator.

Refresh: read their newer cards.
"""

from __future__ import annotations

from cardlint.vocabulary.generators.generator import Generator

__all__ = ["CONVERSIONS"]

SOURCE = "the cards that they wrote"
DATE = "2026-08-22"

CONVERSIONS = (
    Generator(
        "gguf-my-repo",
        "GGUF-my-repo",
        "gguf",
        ("tag=gguf-my-repo", ("was converted to GGUF format from", "GGUF-my-repo](")),
    ),
    Generator("unsloth-gguf", "Unsloth's GGUF export", "gguf", ("converted to GGUF format using [Unsloth](",)),
    Generator("mlx", "mlx-lm", "mlx", ("was converted to MLX format from",), "mlx"),
    Generator(
        "thebloke",
        "TheBloke's form",
        "gguf",
        (("<!-- header start -->", "TheBloke"), ("key=quantized_by", "TheBloke's LLM work is generously supported")),
        repeats_titles=frozenset(("discord",)),
    ),
    Generator(
        "bartowski",
        "bartowski's form",
        "gguf",
        (
            ("Quantizations of", 'Using <a href="https://github.com/ggerganov/llama.cpp/">llama.cpp</a> release'),
            "## Llamacpp imatrix Quantizations of",
            "## Exllama v2 Quantizations of",
        ),
        writes_no_title=True,
    ),
    Generator(
        "mradermacher",
        "mradermacher's form",
        "gguf",
        (
            "<!-- ### quantize_version:",
            ("weighted/imatrix quants of", "mradermacher"),
            ("static quants of", "mradermacher"),
        ),
        writes_no_title=True,
    ),
    Generator("mergekit", "mergekit", "mergekit", ("merge of pre-trained language models created using [mergekit](",)),
    Generator(
        "lazymergekit",
        "LazyMergekit",
        "mergekit",
        ("using [LazyMergekit](", "This model is a merge of the following models made with [mergekit]("),
    ),
)
