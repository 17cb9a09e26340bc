"""Texts of generators in place of the author's.

Refresh: `pip download --no-deps` the libraries that `SOURCE` names and read their templates of cards again.
"""

from __future__ import annotations

from cardlint.lazy_regex import LazyPattern

__all__ = [
    "BEGINNINGS",
    "EMISSIONS",
    "EXAMPLES",
    "FILLER",
    "NOTICES",
    "PLACEHOLDERS",
    "PYTHON_OBJECT",
    "PYTHON_OBJECT_FORM",
    "SENTENCES",
    "STUBS",
    "TEMPLATE_MARKS",
]

SOURCE = (
    "huggingface_hub 2.4.0 (`modelcard_template.md`), transformers 4.15 to 5.23 (`modelcard.py`), diffusers 0.42.1, "
    "trl 1.16.0, sentence-transformers 2.2 to 6.2, setfit 1.2.0, skops, lerobot 0.4.4, NeMo "
    "(`nemo/core/classes/common.py`), and cards by others"
)
DATE = "2026-08-22"

PLACEHOLDERS = frozenset(("more information needed", "needs more information", "more information is needed"))
"""Placeholders, in lower case without brackets, full stop and emphasis."""

TEMPLATE_MARKS = (
    "[More Information Needed]",  # up to 39 times in an untouched card
    "Carbon emissions can be estimated using the",
    "Users (both direct and downstream) should be made aware",
)
"""Texts of which every placeholder of the Hub's own template contains one."""

_AUTOMATIC = "that has been pushed on the Hub. This model card has been automatically generated."
FILLER = frozenset(
    (
        "Use the code below to get started with the model.",
        f"This is the model card of a 🤗 transformers model {_AUTOMATIC}",
        f"This is the model card of a 🧨 diffusers pipeline {_AUTOMATIC}",
        "BibTeX:",
        "APA:",
        # skops
        "This model card is written by following authors:",
        "You can contact the model card authors through following channels:",
        "Below you can find information related to citation.",
    )
)
"""Sentences of templates, as readers see them, that say nothing about the model."""

EMISSIONS = (
    "carbon emissions can be estimated using the machine learning impact calculator presented in lacoste et al. (2019)."
)
"""A sentence of the Hub's template that is true of any model: a placeholder only if nothing follows it."""

SENTENCES = frozenset(
    (
        # the Hub's template
        (
            "users (both direct and downstream) should be made aware of the risks, biases and limitations of the "
            "model. more information needed for further recommendations."
        ),
        # the Hub's template of 2020
        "provide examples of latent issues and potential remediations.",
        "preprocessing, hardware used, hyperparameters...",
        "describe the data you used to train the model.",
        (
            "describe the data you used to train the model. if you initialized it with pre-trained weights, add a link "
            "to the pre-trained model card or repository with description of the pre-training data."
        ),
        # diffusers' training scripts
        "[todo: provide examples of latent issues and potential remediations]",
        "[todo: describe the data used to train the model]",
        # sentence-transformers 2, from its comments
        "describe your model here",
        "describe how your model was evaluated",
        "describe where people can find more information",
        # notebooks of 2021
        "(to do, feel free to open a pr)",
        # fastai, LeRobot, KerasHub
        "no evaluation results have been provided for this policy yet.",
        "greetings fellow fastlearner 🤝! don't forget to delete this content from your model card.",
        "model type not recognized — please update this template.",
        (
            "this model card has been generated automatically and should be completed by the model author. see model "
            "cards documentation for more information."
        ),
    )
)
"""Whole paragraphs of templates that are placeholders, as readers see them, in lower case."""

EXAMPLES = (
    # (the placeholder in an example of use, the text that should replace it)
    ("sentence_transformers_model_id", "the model's id"),
    ("cross_encoder_model_id", "the model's id"),
    ("sparse_encoder_model_id", "the model's id"),
    ("multi_vector_encoder_model_id", "the model's id"),
    ("pylate_model_id", "the model's id"),
    ("setfit_model_id", "the model's id"),
    ("span_marker_model_id", "the model's id"),
    ('= "PATH_TO_THIS_REPO"', "the model's id"),  # AutoTrain
    ('"{MODEL_NAME}"', "the model's id"),  # sentence-transformers 2
    ("'{MODEL_NAME}'", "the model's id"),
    ("model_name={MODEL_NAME}", "the model's id"),
    ('model="None"', "the model's id"),  # TRL
    ('from_pretrained("None")', "the model's id"),
    ("# TODO: add an example code snippet for running this diffusion pipeline", "an example"),
    ("# You can include sample code which will be formatted", "an example"),
    ("If you had a time machine, but could only go to the past or the future once", "a question of your own"),
)
"""Placeholders in the examples of use that generators write."""

BEGINNINGS = (
    # NeMo
    "add some information about what are the inputs to this model",
    "add some information about what are the outputs of this model",
    "add information here about how the model was trained.",
    "add information here about the performance of the model.",
    "add information here discussing architectural details of the model",
    "discuss any practical limitations to the model when being used in real world cases.",
    "provide appropriate references in the markdown link format below.",
    "put a short model description here",
    "try to provide as detailed a list of datasets as possible.",
)
"""Beginnings of paragraphs in which a template tells the author what to write, as readers see them, in lower case."""

STUBS = frozenset(
    (
        "[moreinformationneeded]",
        "fromstable_baselines3import...fromhuggingface_sb3importload_from_hub...",  # huggingface_sb3
        "@inproceedings{...,year={2020}}",  # the Hub's template of 2020
        "@inproceedings{...,year={2021}}",
        "@inproceedings{...,year={2022}}",
    )
)
"""Whole examples that are placeholders, in lower case and without blanks."""

NOTICES = {
    "the information the trainer had access to": "transformers' Trainer",
    "the information keras had access to": "transformers' Keras callback",
    "the information the training script had access to": "diffusers' training script",
}
"""The distinctive part of a comment that asks for proofreading, in lower case, and its generator."""

PYTHON_OBJECT_FORM = (
    r"(?:<class '[\w.]{1,100}'>|<(?:function |bound method )?[\w.]{1,100}(?: object)? at 0x[0-9a-fA-F]{1,16}>"
    r"|\b(?:Posix|Windows)Path\('[^'\n]{0,200}'\))"
)
PYTHON_OBJECT = LazyPattern(PYTHON_OBJECT_FORM, needles=("<class '", " at 0x", "Path('"))
"""Text that Python prints for a class, a function or an object without a text of its own."""
