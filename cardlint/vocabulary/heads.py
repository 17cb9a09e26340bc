"""The heads of the classes of transformers: the tasks that each can serve, and the pipelines of Diffusers.

Refresh: read `models/auto/modeling_auto.py` and `pipelines/__init__.py` of transformers. Only heads for one
kind of task are listed.
"""

from __future__ import annotations

from cardlint.lazy_regex import LazyPattern

__all__ = ["AUTO_TASKS", "CERTAIN_CLASSES", "CERTAIN_TASKS", "COMPARED", "HEAD_TASKS", "head_of", "pipeline_family"]

SOURCE = "transformers 5.24.0 (`MODEL_FOR_*_MAPPING_NAMES`, `SUPPORTED_TASKS`); pipelines curated by hand"
DATE = "2026-11-29"

_FROM_TEXT = frozenset(
    ("text-classification", "zero-shot-classification", "token-classification", "question-answering")
)
_GENERATIVE = frozenset(("text-generation", "summarization", "translation"))

HEAD_TASKS = {
    "ForSequenceClassification": frozenset(("text-classification", "zero-shot-classification", "audio-classification")),
    "ForTokenClassification": frozenset(("token-classification",)),
    "ForQuestionAnswering": frozenset(("question-answering",)),
    "ForImageClassification": frozenset(("image-classification",)),
    "ForAudioClassification": frozenset(("audio-classification",)),
    "ForObjectDetection": frozenset(("object-detection",)),
    "ForSemanticSegmentation": frozenset(("image-segmentation",)),
    "ForCTC": frozenset(("automatic-speech-recognition",)),
    # many tasks on texts begin with these models, or can be put as a question to a language model
    "ForMaskedLM": _FROM_TEXT | {"fill-mask"},
    "ForCausalLM": _FROM_TEXT | _GENERATIVE,
    "LMHeadModel": _FROM_TEXT | _GENERATIVE,
}
"""The tasks that a head can serve, of those that some head of this table serves."""

COMPARED = frozenset().union(*HEAD_TASKS.values())
"""The tasks of which each needs one of these heads."""

CERTAIN_TASKS = {
    "ForTokenClassification": "token-classification",
    "ForQuestionAnswering": "question-answering",
    "ForImageClassification": "image-classification",
    "ForAudioClassification": "audio-classification",
    "ForObjectDetection": "object-detection",
    "ForCTC": "automatic-speech-recognition",
    "ForMaskedLM": "fill-mask",
    "ForCausalLM": "text-generation",
    "LMHeadModel": "text-generation",
}
"""The task of a head for one task only; a classifier of texts may also order or reward them."""

CERTAIN_CLASSES = {
    "WhisperForConditionalGeneration": "automatic-speech-recognition",
    "Speech2TextForConditionalGeneration": "automatic-speech-recognition",
    "SpeechT5ForSpeechToText": "automatic-speech-recognition",
    "SpeechT5ForTextToSpeech": "text-to-speech",
}
"""The task of a class whose head alone does not tell it."""

AUTO_TASKS = {
    "AutoModelForCausalLM": "text-generation",
    "AutoModelForSeq2SeqLM": "summarization",
    "AutoModelForSequenceClassification": "text-classification",
    "AutoModelForTokenClassification": "token-classification",
    "AutoModelForQuestionAnswering": "question-answering",
    "AutoModelForImageClassification": "image-classification",
    "AutoModelForAudioClassification": "audio-classification",
    "AutoModelForObjectDetection": "object-detection",
    "AutoModelForSemanticSegmentation": "image-segmentation",
    "AutoModelForCTC": "automatic-speech-recognition",
    "AutoModelForMaskedLM": "fill-mask",
}
"""A task that a model which is loaded with the class must be able to serve."""

_HEAD = LazyPattern(r"(?=\w*+\Z)[A-Z]\w*?(?P<head>For[A-Z]\w*|LMHeadModel)")


def head_of(architecture: str) -> str | None:
    """Return the head in the name of a class, or None: `BertForMaskedLM` has `ForMaskedLM`."""
    match = _HEAD.fullmatch(architecture)
    return match["head"] if match and match["head"] in HEAD_TASKS else None


_FAMILIES = (
    *("StableDiffusionXL", "StableDiffusion3", "StableDiffusion", "Flux", "PixArtAlpha", "PixArtSigma", "Kandinsky"),
    *("KandinskyV22", "StableCascade", "HunyuanDiT", "CogVideoX", "AuraFlow", "Sana", "LTX", "Mochi", "Wan"),
)
_VARIANT = LazyPattern(r"(?:Img2Img|ImageToImage|Inpaint|ImageToVideo)?Pipeline")


def pipeline_family(name: str) -> str | None:
    """Return the family of weights that a pipeline of Diffusers loads, or None if it is not certain."""
    for family in _FAMILIES:
        if name.startswith(family) and _VARIANT.fullmatch(name[len(family) :]):
            return family
    return None
