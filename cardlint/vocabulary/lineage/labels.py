"""Labels of bullets, table rows, columns and sections whose value is the base model, by language.

Refresh: read the labels that new cards write before a link to a model.
"""

from __future__ import annotations

__all__ = ["FAMILY_LABELS", "LABELS"]

SOURCE = "templates of huggingface_hub, unsloth, sentence-transformers and TheBloke's form; labels of public cards"
DATE = "2026-11-29"

LABELS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "finetune": (
            "finetuned from", "fine-tuned from", "fine tuned from", "finetuned from model", "fine-tuned from model",
            "finetuned model from", "finetuned from base model", "finetune of", "fine-tune of",
            "finetuned version of", "fine-tuned version of", "finetuning from", "fine-tuned on top of",
            "fine-tuned model from", "base model for fine-tuning", "finetuned base model", "model finetuned from",
            "model fine-tuned from",
        ),
        "adapter": ("adapter for", "lora for", "lora base model", "adapter base model"),
        "quantized": (
            "quantized from", "quantized version of", "quantization of", "model quantized", "quantized base model",
        ),
        "merge": ("merge of", "models merged", "merged models"),
        "distilled": ("distilled from",),
        "converted": ("converted from", "original model", "original models", "source model"),
        "derived": (
            "base", "parent", "base model", "base models", "basemodel", "base_model", "base checkpoint",
            "base model used", "model base", "base llm", "base model name", "base model id", "base language model",
            "base architecture model", "parent model", "foundation model", "pretrained model used",
            "original base model", "derived from", "derived from model", "starting checkpoint", "starting model",
            "initial checkpoint", "initialized from", "initialised from", "pretrained checkpoint", "trained from",
            "trained from model", "based on", "based on model", "model based on", "this model is based on",
            "model is based on", "the model is based on", "underlying model", "pretrained base model",
            "pre-trained base model", "starting point", "base pretrained model", "base pre-trained model",
            "base model (hugging face)", "backbone model", "base model checkpoint", "sentence transformer body",
        ),
    },
    "de": {
        "derived": ("basismodell", "grundmodell", "ausgangsmodell", "originalmodell", "basiert auf"),
        "finetune": ("feinabgestimmt von", "feinabgestimmt aus", "finetuned von"),
    },
    "fr": {
        "derived": (
            "modèle de base", "modele de base", "modèle d'origine", "modèle parent", "modèle original", "basé sur",
            "modèle source",
        ),
        "finetune": ("affiné à partir de", "ajusté à partir de", "fine-tuné à partir de", "finetuné à partir de"),
    },
    "es": {
        "derived": ("modelo base", "modelo original", "modelo de partida", "modelo fundacional", "basado en"),
        "finetune": ("ajustado a partir de", "afinado a partir de", "ajuste fino de"),
    },
    "pt": {
        "derived": ("modelo base", "modelo original", "modelo de base", "modelo de origem", "baseado em"),
        "finetune": ("ajustado a partir de", "ajuste fino de"),
    },
    "it": {
        "derived": ("modello base", "modello di base", "modello originale", "modello di partenza", "basato su"),
        "finetune": ("addestrato a partire da", "fine-tuned da"),
    },
    "nl": {"derived": ("basismodel", "oorspronkelijk model", "gebaseerd op")},
    "sv": {"derived": ("basmodell", "grundmodell", "ursprungsmodell", "basmodel", "basismodell", "baserad på")},
    "pl": {"derived": ("model bazowy", "model podstawowy", "model oryginalny", "oparty na")},
    "id": {"derived": ("model dasar", "model awal", "model asli")},
    "tr": {"derived": ("temel model", "taban model", "ana model", "orijinal model")},
    "vi": {"derived": ("mô hình gốc", "mô hình cơ sở", "mô hình nền")},
    "ru": {
        "derived": ("базовая модель", "исходная модель", "оригинальная модель", "основа", "на основе"),
        "finetune": ("дообучена на основе", "дообучено из", "дообучена из"),
    },
    "uk": {"derived": ("базова модель", "вихідна модель", "оригінальна модель")},
    "ar": {"derived": ("النموذج الأساسي", "النموذج الأصلي", "النموذج الأساس")},
    "fa": {"derived": ("مدل پایه", "مدل اصلی")},
    "hi": {"derived": ("आधार मॉडल", "बेस मॉडल", "मूल मॉडल")},
    "th": {"derived": ("โมเดลพื้นฐาน", "โมเดลฐาน", "โมเดลต้นแบบ")},
    "zh": {
        "derived": (
            "基座模型", "基础模型", "基底模型", "底座模型", "基模型", "原始模型", "原模型", "底模", "基座",
            "基礎模型", "预训练模型", "母模型",
        ),
        "finetune": ("微调自", "微调基座"),
    },
    "ja": {
        "derived": (
            "ベースモデル", "元モデル", "基盤モデル", "元のモデル", "ベース", "事前学習モデル", "オリジナルモデル",
        ),
        "finetune": ("ファインチューニング元", "ファインチューン元"),
    },
    "ko": {
        "derived": ("베이스 모델", "기반 모델", "기본 모델", "원본 모델", "사전학습 모델", "베이스모델", "백본 모델"),
    },
}  # fmt: skip
"""Labels by language and relation, in lower case."""

FAMILY_LABELS = (
    "chat", "chat version", "chat model", "instruct", "instruct version", "instruct model", "instruction version",
    "instruction-tuned version", "instruction-tuned model", "instruct-tuned", "chat models", "sft model",
    "sft version", "dpo model", "rl model", "rlhf model", "chat-tuned model", "aligned model", "fine-tuned version",
    "finetuned version", "reasoning model", "thinking version", "thinking model", "coder model", "base version",
    "large version", "small version",
)  # fmt: skip
"""Labels beside "Base model" in a list of the members of a family: there it is a member, not the origin."""
