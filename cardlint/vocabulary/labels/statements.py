"""The words by which a sentence states a result of the card's own model.

A number in a sentence is a claim only if everything before it in its clause is made of these words, of a phrase that
names what was measured, or of the model's own name; see `cardlint.card.claims.sentences`.

Refresh: read what the sentences of new cards say around a metric and a number, and add what states a result of the
card's own model. A word that may also introduce another model's result does not belong here.
"""

from __future__ import annotations

SOURCE = "read off the sentences about results in 24,000 public model cards of 2020 to 2026"
DATE = "2026-11-29"

SUBJECT_DETERMINERS = ("this", "the", "our", "my")
SUBJECT_ADJECTIVES = (
    "final", "fine-tuned", "finetuned", "fine tuned", "trained", "resulting", "best", "released", "current",
    "present", "proposed", "new", "adapted", "complete", "full", "classification", "language", "acoustic", "speech",
    "asr", "ner", "detection", "segmentation", "regression", "ml", "ai", "deep learning", "machine learning",
    "neural", "transformer",
)  # fmt: skip
SUBJECT_NOUNS = (
    "model", "models", "checkpoint", "network", "classifier", "system", "adapter", "pipeline", "tagger", "parser",
    "detector", "recognizer", "recogniser", "regressor", "translator", "summarizer", "encoder", "approach", "version",
    "agent", "tokenizer", "predictor", "segmenter",
)  # fmt: skip
BARE_SUBJECTS = "model"
"""Subjects that need no determiner before a verb: "Model achieves ..."."""
PRONOUNS = ("it", "we", "i")
"""Subjects of a clause that are this model, or the people who measured it."""

AUXILIARIES = (
    "has", "have", "had", "is", "was", "are", "were", "been", "was able to", "managed to", "does",
)  # fmt: skip
STATING_VERBS = (
    "reach", "reaches", "reached", "reaching", "achieve", "achieves", "achieved", "achieving", "attain", "attains",
    "attained", "attaining", "obtain", "obtains", "obtained", "obtaining", "score", "scores", "scored", "scoring",
    "get", "gets", "got", "getting", "yield", "yields", "yielded", "yielding", "give", "gives", "gave", "giving",
    "produce", "produces", "produced", "show", "shows", "showed", "showing", "demonstrates", "demonstrated",
    "deliver", "delivers", "delivered", "report", "reports", "reported", "reporting", "record", "records", "recorded",
    "perform", "performs", "performed", "performing", "exhibits", "exhibited", "resulted in", "resulting in",
    "comes to", "has", "had", "have", "having",
)  # fmt: skip
MEASURING_VERBS = ("evaluated", "tested", "validated", "measured", "benchmarked", "assessed")
TRAINING_VERBS = (
    "trained", "fine-tuned", "finetuned", "fine tuned", "retrained", "used", "pretrained", "pre-trained",
)  # fmt: skip
"""Verbs whose phrases say how the model was made, and nothing of what was measured."""

ADVERBS = (
    "currently", "overall", "finally", "also", "now", "thus", "therefore", "then", "consistently", "respectively",
    "successfully", "only", "already", "just", "furthermore", "additionally", "moreover", "in total", "in the end",
    "as a result", "well", "very well", "here", "subsequently", "afterwards", "directly",
)  # fmt: skip
QUALIFIERS = (
    "good", "great", "excellent", "high", "strong", "impressive", "decent", "very high", "very good", "remarkable",
    "robust", "competitive", "state-of-the-art", "sota", "low", "total", "respective", "following", "corresponding",
    "similar", "reasonable", "promising", "solid", "satisfactory", "high-quality", "perfect", "near-perfect",
    "combined", "general", "maximum", "test-set", "top", "result", "score", "performance", "results", "scores",
    "metric", "metrics", "rate",
)  # fmt: skip
DETERMINERS = ("a", "an", "the", "its", "our", "their", "this", "with", "with a", "with an", "of", "at", "to")
OPENINGS = (
    "evaluation results", "evaluation result", "test results", "results", "result", "evaluation", "performance",
    "metrics", "final results", "final result", "our results", "validation results", "scores", "note",
    "model performance", "test set results", "training results", "current achievement", "achievement", "achievements",
    "final evaluation", "final metrics", "model evaluation",
)  # fmt: skip
"""Words allowed before a colon at the beginning of a line of results."""

MEASURED_ON = ("on", "in", "for", "over", "across", "against")
"""Prepositions before a dataset, a split or a part of one."""

CIRCUMSTANCES = (
    "after", "during", "from", "using", "with", "at", "through", "by", "via", "under", "upon", "when", "without",
)  # fmt: skip
"""Prepositions before how or when a value was measured: the phrase becomes the claim's setting."""

HARMLESS_CIRCUMSTANCES = (
    "average", "training", "fine-tuning", "finetuning", "evaluation", "the evaluation", "testing", "the training",
    "epoch", "epochs", "steps", "step", "iterations", "hours", "minutes", "the end of training", "the end",
    "the last epoch", "inference", "the best checkpoint", "the final epoch", "the final checkpoint",
    "hyperparameter tuning", "validation", "being trained", "being fine-tuned", "convergence", "the final evaluation",
    "this model", "the model", "our experiments", "our tests", "our evaluation", "our experiment", "our test",
    "terms of", "our internal evaluation", "this configuration", "these parameters", "these hyperparameters",
    "the following parameters", "general", "this setup", "this task", "the task", "terms", "this approach",
    "this method", "a gpu", "the trainer", "scratch", "average of runs", "averaged over runs", "runs",
    "fold cross-validation",
)  # fmt: skip
"""Circumstances that narrow nothing: when in the making of this very model it was measured."""
