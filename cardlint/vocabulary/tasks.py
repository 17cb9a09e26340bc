"""Tasks that `pipeline_tag` may name, and words that people write instead.

Refresh: `python tools/refresh_vocabulary.py` for `TASKS` and `SUBTASKS`; the rest is edited by hand.
"""

from __future__ import annotations

__all__ = ["GUESSES", "LANGUAGE_TASKS", "LIBRARY_TASKS", "RENAMED", "STILL_TAGS", "SUBTASKS", "TASKS"]

SOURCE = "npm `@huggingface/tasks` 0.21.54 (`PIPELINE_DATA`); old and mistaken names curated by hand"
DATE = "2026-08-22"

_TASKS = """
    any-to-any audio-classification audio-text-to-text audio-to-audio automatic-speech-recognition depth-estimation
    document-question-answering feature-extraction fill-mask graph-ml image-classification image-feature-extraction
    image-segmentation image-text-to-image image-text-to-text image-text-to-video image-to-3d image-to-image
    image-to-text image-to-video keypoint-detection mask-generation multiple-choice object-detection other
    question-answering reinforcement-learning robotics sentence-similarity summarization table-question-answering
    table-to-text tabular-classification tabular-regression tabular-to-text text-classification text-generation
    text-ranking text-retrieval text-to-3d text-to-audio text-to-image text-to-speech text-to-video
    time-series-forecasting token-classification translation unconditional-image-generation video-classification
    video-text-to-text video-to-video visual-document-retrieval visual-question-answering voice-activity-detection
    zero-shot-classification zero-shot-image-classification zero-shot-object-detection
"""
TASKS = frozenset(_TASKS.split())
"""The tasks of the Hub."""

_LANGUAGE_TASKS = """
    automatic-speech-recognition fill-mask multiple-choice question-answering sentence-similarity summarization
    table-question-answering table-to-text text-classification text-generation text-ranking text-retrieval
    text-to-speech token-classification translation zero-shot-classification
"""
LANGUAGE_TASKS = frozenset(_LANGUAGE_TASKS.split())
"""Tasks of models that read or write a language."""

RENAMED = {
    "asr": "automatic-speech-recognition",
    "causal-lm": "text-generation",
    "conversational": "text-generation",
    "masked-language-modeling": "fill-mask",
    "ner": "token-classification",
    "reranking": "text-ranking",
    "sentiment-analysis": "text-classification",
    "speech-recognition": "automatic-speech-recognition",
    "speech-to-text": "automatic-speech-recognition",
    "text-reranking": "text-ranking",
    "text2text-generation": "text-generation",
    "tts": "text-to-speech",
    "vqa": "visual-question-answering",
    "zero-shot-text-classification": "zero-shot-classification",
}
"""Retired and other names of a task."""

STILL_TAGS = frozenset(("conversational", "text2text-generation"))
"""Retired tasks that are tags now, by which people still filter models."""

SUBTASKS = {
    "abstractive-qa": "text-generation",
    "acceptability-classification": "text-classification",
    "audio-emotion-recognition": "audio-classification",
    "audio-intent-classification": "audio-classification",
    "audio-language-identification": "audio-classification",
    "closed-book-qa": "text-generation",
    "conversational": "text-generation",
    "coreference-resolution": "token-classification",
    "dialogue-generation": "text-generation",
    "dialogue-modeling": "text-generation",
    "document-question-answering": "document-question-answering",
    "document-retrieval": "text-retrieval",
    "entity-linking-classification": "text-classification",
    "entity-linking-retrieval": "text-retrieval",
    "explanation-generation": "text-generation",
    "extractive-qa": "question-answering",
    "face-detection": "object-detection",
    "fact-checking": "text-classification",
    "fact-checking-retrieval": "text-retrieval",
    "grasping": "robotics",
    "hate-speech-detection": "text-classification",
    "image-captioning": "image-to-text",
    "image-colorization": "image-to-image",
    "image-inpainting": "image-to-image",
    "instance-segmentation": "image-segmentation",
    "intent-classification": "text-classification",
    "keyword-spotting": "audio-classification",
    "language-identification": "text-classification",
    "language-modeling": "text-generation",
    "lemmatization": "token-classification",
    "masked-language-modeling": "fill-mask",
    "multi-class-classification": "text-classification",
    "multi-class-image-classification": "image-classification",
    "multi-input-text-classification": "text-classification",
    "multi-label-classification": "text-classification",
    "multi-label-image-classification": "image-classification",
    "multiple-choice-coreference-resolution": "multiple-choice",
    "multiple-choice-qa": "multiple-choice",
    "multivariate-time-series-forecasting": "time-series-forecasting",
    "named-entity-recognition": "token-classification",
    "natural-language-inference": "text-classification",
    "news-articles-headline-generation": "summarization",
    "news-articles-summarization": "summarization",
    "open-book-qa": "text-generation",
    "open-domain-abstractive-qa": "text-generation",
    "open-domain-qa": "question-answering",
    "panoptic-segmentation": "image-segmentation",
    "parsing": "token-classification",
    "part-of-speech": "token-classification",
    "pose-estimation": "keypoint-detection",
    "rdf-to-text": "tabular-to-text",
    "semantic-segmentation": "image-segmentation",
    "semantic-similarity-classification": "text-classification",
    "semantic-similarity-scoring": "text-classification",
    "sentiment-analysis": "text-classification",
    "sentiment-classification": "text-classification",
    "sentiment-scoring": "text-classification",
    "slot-filling": "fill-mask",
    "speaker-identification": "audio-classification",
    "super-resolution": "image-to-image",
    "tabular-multi-class-classification": "tabular-classification",
    "tabular-multi-label-classification": "tabular-classification",
    "tabular-single-column-regression": "tabular-regression",
    "task-planning": "robotics",
    "text-scoring": "text-classification",
    "text-simplification": "text-generation",
    "text2text-generation": "text-generation",
    "topic-classification": "text-classification",
    "univariate-time-series-forecasting": "time-series-forecasting",
    "utterance-retrieval": "text-retrieval",
    "vehicle-detection": "object-detection",
    "visual-question-answering": "visual-question-answering",
    "word-sense-disambiguation": "token-classification",
}
"""Subtasks of the Hub, each with its task."""

GUESSES = SUBTASKS | {
    "chat": "text-generation",
    "code-generation": "text-generation",
    "embedding": "feature-extraction",
    "embeddings": "feature-extraction",
    "image-generation": "text-to-image",
    "llm": "text-generation",
    "multimodal": "any-to-any",
    "segmentation": "image-segmentation",
    "sentence-embeddings": "sentence-similarity",
}
"""Words that usually mean this task, and parts of tasks."""

LIBRARY_TASKS = {
    "cleanrl": "reinforcement-learning",
    "ml-agents": "reinforcement-learning",
    "sample-factory": "reinforcement-learning",
    "setfit": "text-classification",
    "span-marker": "token-classification",
    "stable-baselines3": "reinforcement-learning",
}
"""Libraries whose models all have one task."""
