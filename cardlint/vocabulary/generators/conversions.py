"""Programs that convert or merge models, and copy the original's metadata with the marks of its generator.

Refresh: read the templates in the repositories that `SOURCE` names, and newer cards of the others.
"""

from __future__ import annotations

from cardlint.vocabulary.generators.generator import Generator

__all__ = ["CONVERSIONS"]

SOURCE = (
    "mergekit (`card.py` of 0dc9713), mistral.rs (`generate_uqff_card.py` of 15b43b6, `quantize.rs`), heretic "
    "(`utils.py` of 0014af5); of the others the cards that they wrote"
)
DATE = "2026-11-29"

CONVERSIONS = (
    Generator("mistral-rs", "mistral.rs", "uqff", (("`, UQFF quantization", "with [mistral.rs]("),)),
    Generator("heretic", "Heretic", "heretic", (("is a decensored version of", "made using [Heretic]("),)),
    Generator(
        "modelopt",
        "NVIDIA's form for ModelOpt",
        "modelopt",
        (
            ("library=Model Optimizer", "## Post Training Quantization"),
            ("## Post Training Quantization", "quantized with nvidia-modelopt"),
            ("## Post Training Quantization", "/TensorRT-Model-Optimizer"),
        ),
    ),
    Generator(
        "llm-compressor",
        "RedHat's form for llm-compressor",
        "llm-compressor",
        ("This model was created with [llm-compressor](",),
    ),
    Generator(
        "transformers-js",
        "Transformers.js' conversion",
        "transformers-js",
        ("with ONNX weights to be compatible with Transformers.js",),
        "transformers.js",
        writes_no_title=True,
    ),
    Generator(
        "gguf-my-repo",
        "GGUF-my-repo",
        "gguf",
        (
            ("tag=gguf-my-repo", "was converted to GGUF format from"),
            ("was converted to GGUF format from", "GGUF-my-repo]("),
        ),
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
    Generator(
        "mergekit",
        "mergekit",
        "mergekit",
        (
            "merge of pre-trained language models created using [mergekit](",
            "LoRA extracted from a language model. It was extracted using [mergekit](",
        ),
    ),
    Generator(
        "lazymergekit",
        "LazyMergekit",
        "mergekit",
        ("using [LazyMergekit](", "This model is a merge of the following models made with [mergekit]("),
    ),
)
