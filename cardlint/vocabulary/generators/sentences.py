"""The family of sentence-transformers, whose cards also have the tag of the Trainer.

Refresh: `pip download --no-deps` the libraries and read their templates of cards again.
"""

from __future__ import annotations

from cardlint.vocabulary.generators.generator import Generator

__all__ = ["SENTENCES"]

SOURCE = "sentence-transformers 2.2 to 6.2, setfit 1.2.0 and span_marker 1.5 (`model_card_template*`)"
DATE = "2026-08-22"

# `#### Semantic Similarity` for every evaluator, `#### Unnamed Dataset` for every dataset without a name.
_EVALUATIONS = frozenset(
    ("unnamed dataset", "semantic similarity", "information retrieval", "triplet", "binary classification",
     "paraphrase mining", "reranking", "translation", "knowledge distillation", "label accuracy")
)  # fmt: skip

SENTENCES = (
    Generator(
        "setfit",
        "SetFit",
        "setfit",
        (
            "This is a [SetFit](",
            "This is a [SetFit model](",
            ("tag=generated_from_setfit_trainer", "### Framework Versions"),
        ),
        "setfit",
        task="text-classification",
    ),
    Generator(
        "span-marker",
        "SpanMarker",
        "span-marker",
        ("This is a [SpanMarker](", ("tag=generated_from_span_marker_trainer", "### Framework Versions")),
        "span-marker",
        task="token-classification",
    ),
    Generator("pylate", "PyLate", "sentence-transformers", ("This is a [PyLate](",), repeats_titles=_EVALUATIONS),
    Generator(
        "cross-encoder",
        "sentence-transformers' CrossEncoder",
        "sentence-transformers",
        ("](https://www.sbert.net/docs/cross_encoder/usage/usage.html) model", "- **Model Type:** Cross Encoder"),
        "sentence-transformers",
        repeats_titles=_EVALUATIONS,
    ),
    Generator(
        "sparse-encoder",
        "sentence-transformers' SparseEncoder",
        "sentence-transformers",
        (
            "](https://www.sbert.net/docs/sparse_encoder/usage/usage.html) model",
            ("- **Model Type:**", "Sparse Encoder", "<!-- - **Language:** Unknown -->"),
        ),
        "sentence-transformers",
        repeats_titles=_EVALUATIONS,
    ),
    Generator(
        "sentence-transformers",
        "sentence-transformers",
        "sentence-transformers",
        (
            "- **Model Type:** Sentence Transformer",
            "# SentenceTransformer based on ",
            ("This is a [sentence-transformers](", "<!-- ### Downstream Usage (Sentence Transformers)"),
        ),
        "sentence-transformers",
        repeats_titles=_EVALUATIONS,
        task="sentence-similarity",
    ),
    Generator(
        "sentence-transformers-2",
        "sentence-transformers before version 3",
        "sentence-transformers-2",
        (
            "This is a [sentence-transformers](",
            "<!--- Describe how your model was evaluated -->",
            "<!--- Describe your model here -->",
            "seb.sbert.net?model_name=",
        ),
        "sentence-transformers",
        task="sentence-similarity",
    ),
)
