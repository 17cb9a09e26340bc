"""Sentences that the transformers Trainer always writes into a card, and section titles of other generators.

Refresh: `pip download --no-deps transformers huggingface_hub`; in `transformers/modelcard.py` read
`TrainingSummary.to_model_card`, `_TRAINING_ARGS_KEYS` and `extract_hyperparameters_from_trainer` again.
"""

from __future__ import annotations

__all__ = [
    "COMMENT_START",
    "EVALUATION_OPENINGS",
    "EVALUATION_SENTENCE",
    "HYPERPARAMETERS_SENTENCE",
    "HYPERPARAMETER_NAMES",
    "NAMED_HYPERPARAMETERS",
    "OPENING_SENTENCES",
    "OPTIMIZER_SECOND_LINE",
    "OTHER_TITLES",
    "PLACEHOLDER",
    "TITLES",
    "TRAINING_SPLIT",
    "VERSIONS",
]

SOURCE = (
    "`modelcard.py` of transformers 4.20.1, 4.21.0, 4.25.1, 4.26.0, 4.30.2, 4.57.1 and 5.23.0, "
    "`modelcard_template.md` of huggingface_hub 2.4.0"
)
DATE = "2026-11-30"

COMMENT_START = "<!-- This model card has been generated automatically according to the information"
"""The beginning of the notice that asks to proofread, the same for Trainer, Keras and diffusers."""

OPENING_SENTENCES = ("This model is a fine-tuned version of", "This model was trained from scratch")
EVALUATION_SENTENCE = "It achieves the following results on the evaluation set:"
EVALUATION_OPENINGS = ("It achieves the following results on the",)
"""The beginning of the evaluation sentence, whose end people change: `... on the test set (Common Voice 11.0):`."""
HYPERPARAMETERS_SENTENCE = "The following hyperparameters were used during training:"
PLACEHOLDER = "More information needed"

OPTIMIZER_SECOND_LINE = "No additional optimizer arguments"
"""The line below "Use adafactor and the args are:" and similar lines."""

TITLES = (
    "Model description",
    "Intended uses & limitations",
    "Training and evaluation data",
    "Training procedure",
    "Training hyperparameters",
    "Training results",
    "Framework versions",
)
"""The section titles of the Trainer's card, in order."""

HYPERPARAMETER_NAMES = {
    "epoch": "num_epochs",
    "epochs": "num_epochs",
    "eval_batch_size": "eval_batch_size",
    "global_batch_size": "total_train_batch_size",
    "gradient_accumulation": "gradient_accumulation_steps",
    "gradient_accumulation_steps": "gradient_accumulation_steps",
    "learning_rate": "learning_rate",
    "lr": "learning_rate",
    "max_steps": "training_steps",
    "n_gpu": "num_devices",
    "n_gpus": "num_devices",
    "num_devices": "num_devices",
    "num_epochs": "num_epochs",
    "num_gpus": "num_devices",
    "num_train_epochs": "num_epochs",
    "num_train_steps": "training_steps",
    "number_of_devices": "num_devices",
    "number_of_epochs": "num_epochs",
    "number_of_gpus": "num_devices",
    "number_of_training_epochs": "num_epochs",
    "number_of_training_steps": "training_steps",
    "per_device_eval_batch_size": "eval_batch_size",
    "per_device_train_batch_size": "train_batch_size",
    "per_gpu_eval_batch_size": "eval_batch_size",
    "per_gpu_train_batch_size": "train_batch_size",
    "total_eval_batch_size": "total_eval_batch_size",
    "total_train_batch_size": "total_train_batch_size",
    "total_training_steps": "training_steps",
    "train_batch_size": "train_batch_size",
    "training_epochs": "num_epochs",
    "training_steps": "training_steps",
    "world_size": "num_devices",
}
"""The names that programs and people have for a hyperparameter, each with the Trainer's."""

NAMED_HYPERPARAMETERS = ("distributed_type", "lr_scheduler_type", "mixed_precision_training", "training_precision")
"""Hyperparameters whose value is one word (or "Native AMP"), so that words after it do not belong to it."""

VERSIONS = ("PEFT", "TRL", "Transformers", "Pytorch", "PyTorch", "TensorFlow", "Datasets", "Tokenizers")
"""Names in the bullets of "Framework versions", with a colon after them (TRL) or without."""

TRAINING_SPLIT = (
    *("4.21.0", "4.21.1", "4.21.2", "4.21.3", "4.22.0", "4.22.1", "4.22.2", "4.23.0", "4.23.1", "4.24.0", "4.25.1"),
    *("4.22.0.dev0", "4.23.0.dev0", "4.24.0.dev0", "4.25.0.dev0", "4.26.0.dev0"),
)
"""Versions of transformers that wrote the split of the training data for results on the evaluation data, too.

In the versions before, a result has no split; in those after, the split is that of the evaluation data.
"""

OTHER_TITLES = (
    "Model Details",
    "Model Description",
    "Model Sources",
    "Model Sources [optional]",
    "Uses",
    "Direct Use",
    "Downstream Use",
    "Downstream Use [optional]",
    "Out-of-Scope Use",
    "Bias, Risks, and Limitations",
    "Recommendations",
    "How to Get Started with the Model",
    "Training Details",
    "Training Data",
    "Training Procedure",
    "Preprocessing",
    "Preprocessing [optional]",
    "Training Hyperparameters",
    "Speeds, Sizes, Times",
    "Speeds, Sizes, Times [optional]",
    "Evaluation",
    "Testing Data, Factors & Metrics",
    "Testing Data",
    "Factors",
    "Metrics",
    "Results",
    "Summary",
    "Model Examination",
    "Model Examination [optional]",
    "Environmental Impact",
    "Technical Specifications",
    "Technical Specifications [optional]",
    "Model Architecture and Objective",
    "Compute Infrastructure",
    "Hardware",
    "Software",
    "Citation",
    "Citation [optional]",
    "Citations",
    "Glossary",
    "Glossary [optional]",
    "More Information",
    "More Information [optional]",
    "Model Card Authors",
    "Model Card Authors [optional]",
    "Model Card Contact",
    "Quick start",
    "Usage",
    "How to use",
    "Description",
    "Performance",
    "Limitations",
    "License",
    "Acknowledgements",
    "References",
    "Dataset",
    "Intended uses",
    "Intended use",
    "Evaluation results",
    "Evaluation data",
    "Evaluation metrics",
    "Evaluation Commands",
    "Evaluation Command",
    "Inference With LM",
    "Open LLM Leaderboard Evaluation Results",
    "Contributions",
    "Authors",
    "Model Card",
    "Model date",
    "Related Models",
    "Ethical considerations",
)
"""Titles of the Hub's template and other common titles; several are the beginning of longer ones."""
