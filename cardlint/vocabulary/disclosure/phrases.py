"""The words in which cards state the number of parameters, the length of the context, dates, and the cost of training.

A number counts only if a label says what it is, or if a sentence has the model as its subject and nothing but these
words between the subject and the number.

Refresh: read the tables and first sentences of new cards of large publishers, and add what can only be said of the
card's own model.
"""

from __future__ import annotations

__all__ = [
    "ARCHITECTURES",
    "CARBON",
    "COLUMN_HEADS",
    "GAP",
    "LABELS",
    "LEADS",
    "MODALITIES",
    "NOUNS",
    "OF_TRAINING",
    "POLICY_OWNERS",
    "TASK_MODALITIES",
    "TRAINING_GAP",
    "VERBS",
]

SOURCE = "read off 3,000 public model cards of 2020 to 2026, and 40 read by hand against the first expressions"
DATE = "2026-11-29"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


LABELS: dict[str, frozenset[str]] = {
    "parameters": _phrases(
        """parameters, parameter, params, number of parameters, parameter count, total parameters, total params,
        model parameters, parameters total, model size, parameter size, num parameters, of parameters"""
    ),
    "context-length": _phrases(
        """context length, context window, context size, max context length, maximum context length, max context,
        maximum context, context, native context length, context window size, supported context length,
        native context window, max context window, maximum context window, input context length, context limit"""
    ),
    "release-date": _phrases(
        """release date, model release date, released, date released, date of release, model date, released on,
        model released, initial release, initial release date, first released, model release"""
    ),
    "data-cutoff": _phrases(
        """knowledge cutoff, knowledge cutoff date, data cutoff, data cutoff date, training data cutoff, cutoff date,
        training cutoff, pretraining data cutoff, data freshness, cutoff, training data cutoff date, knowledge cut off,
        data cut off, training data freshness, knowledge cut off date"""
    ),
    "training-compute": _phrases(
        """training compute, compute used, compute, training time, training duration, gpu hours, total gpu hours,
        training gpu hours, hours used, training flops, total flops, training cost, total training time, flops used,
        pretraining compute, train time, compute budget, total training compute, training hours, training energy use,
        total compute"""
    ),
    "energy": _phrases(
        """carbon emitted, carbon emissions, co2 emissions, co2 emitted, energy consumed, energy consumption,
        energy used, training energy, total energy, carbon footprint, emissions, co2 eq emissions, co2eq emissions,
        training energy consumption, training energy use, co2 equivalent, total emissions, estimated emissions,
        estimated carbon emissions, training greenhouse gas emissions, greenhouse gas emissions, carbon impact,
        total carbon emissions, training emissions, co2eq, power consumption during training"""
    ),
    "architecture": _phrases(
        """architecture, model architecture, architecture type, network architecture, model type, base architecture,
        architectures, backbone architecture, type, core architecture"""
    ),
    "modalities": _phrases(
        """input modalities, output modalities, modalities, modality, input modality, output modality,
        supported modalities, input output modalities, input types, output types, input type, output type"""
    ),
}
"""The labels of each item, in lower case, without signs and remarks in brackets."""

COLUMN_HEADS = _phrases(
    """, value, values, details, detail, description, specification, specifications, spec, setting, info,
    information, data, configuration, content, model"""
)
"""Heads of the second column of a table that has labels in its first and is about one model."""

LEADS = _phrases(
    """we introduce, introducing, we present, we release, we are releasing, we are excited to introduce,
    we are excited to release, we are pleased to introduce, we are proud to introduce, we announce,
    we are excited to announce, today we introduce, today we release, meet, presenting, announcing,
    we are happy to release, we open source, we are thrilled to introduce, we're releasing, we're excited to release,
    we're excited to introduce, in this work we introduce, in this work we present, today we are releasing"""
)
"""Beginnings of a sentence before the name of the model, in lower case and without commas."""

NOUNS = _words(
    """language vision large small multimodal base-sized instruct instruction chat reasoning generative text image video
    audio speech code coding foundation trained fine-tuned finetuned final resulting released current merged"""
)
"""Words between "this", "the" or "our" and "model"."""

GAP = _words(
    """
    is was are has have had features feature contains contain comprises comprise consists includes include uses use
    using utilizes utilize utilized used employs leverages adopts adopting adopt offers offering provides supports
    support supporting boasts featuring containing comprising incorporating incorporates incorporate with of and or a an
    the in on for to at by its our that which it up only just about approximately around roughly nearly over total
    totalling totaling full overall cumulative new novel our latest next-generation generation state-of-the-art state
    art sota powerful efficient high-performance high performance performing large large-scale scale small tiny compact
    lightweight mid-sized medium sized ultra massive dense sparse sparsely activated active gated hybrid mixture experts
    expert mixture-of-experts moe language model models llm slm vlm lm mllm vision vision-language multimodal
    multi-modal omni omnimodal native natively fully open open-source open-weight open-weights source weight weights
    reasoning thinking instruct instruction instruction-tuned tuned following chat conversational general purpose
    general-purpose foundation foundational pretrained pre-trained pretraining pre trained generative generation text
    text-only image video audio speech music code coding agentic agent multilingual bilingual english chinese japanese
    korean german french spanish italian portuguese arabic russian autoregressive auto-regressive auto regressive causal
    decoder decoder-only encoder encoder-decoder only diffusion transformer transformers transformer-based based
    architecture optimized advanced innovative parameter parameters billion million trillion number long extended
    extremely ultra-long maximum max token tokens context window length input native per first second third single
    designed built developed created released type form style class series flagship text-to-image text-to-video
    text-to-speech text-to-audio image-to-video image-text-to-text causal-lm rectified flow latent state-space
    """
)
"""Words that may be between the model's name and a fact about it."""

VERBS = _words(
    """is was are has have features contains comprises includes uses utilizes employs leverages adopts offers provides
    supports boasts incorporates with"""
)
"""Verbs behind the model's name in a sentence that states a fact about it."""

OF_TRAINING = _phrases(
    """training, pretraining, pre-training, the training, total training, full training, model training, training run,
    the training run, the pretraining, the full training, fine-tuning, finetuning, total training compute,
    training compute, we trained, estimated total emissions, estimated total location-based greenhouse gas emissions,
    total emissions, estimated emissions, training emissions, carbon emissions, emissions, the training process,
    training of this model, training this model, training the model, total energy consumption, energy consumption,
    we pretrained, we pre-trained, we fine-tuned, pretraining of this model, training took"""
)
"""Beginnings of a sentence about the cost of the training, in lower case."""

TRAINING_GAP = _words(
    """
    was were is took takes take required requires require used uses utilized utilizes consumed consumes needed needs
    lasted ran run done performed completed finished estimated to be a an the of in for about approximately around
    roughly nearly over under total cumulative only just on using with and single one two four eight 1 2 4 8 16 32 64
    128 256 512 1024 2048 x x1 x2 x4 x8 nvidia amd google gpu gpus tpu tpus a100 a100s h100 h100s h200 h800 b200 v100
    l40s a6000 rtx 3090 4090 5090 t4 p100 mi250x mi300x node nodes 40gb 80gb it model this our trained pretrained
    pre-trained fine-tuned from scratch cluster hours training compute computation energy emissions combined
    """
)
"""Words that may be between the training, or the model, and the number that it took."""

POLICY_OWNERS = _words("the our this its an model model's license")
"""Words before "acceptable use policy" if it is that of the model, besides its names and those of its base models."""

ARCHITECTURES = (
    r"transformers?\b|mixture[- ]of[- ]experts?\b|\bmoe\b|decoder[- ]only|encoder[- ]decoder|encoder[- ]only"
    r"|\bdiffusion\b|\bdit\b|\bmmdit\b|\bu-?net\b|\bmamba\b|state[- ]space model|\brwkv\b|\blstm\b|\brnn\b|\bgan\b"
    r"|\bvae\b|\bvqvae\b|\bvits\b|\bconformer\b|flow[- ]matching|auto[- ]?regressive language model"
    r"|\b[A-Za-z0-9_]{2,60}For(?:CausalLM|ConditionalGeneration)\b"
)
"""Kinds of architecture, as an expression."""

MODALITIES = r"\b(?:text|images?|videos?|audio|speech|code|music|3d)\b"
"""Modalities, as an expression."""

CARBON = r"(?:of )?co ?_?[2₂] ?-?(?:e|eq|equivalents?)?\b"
"""The substance behind a mass, as an expression."""

TASK_MODALITIES = {
    "any-to-any": None,
    "audio-text-to-text": ("audio and text", "text"),
    "image-text-to-image": ("image and text", "image"),
    "image-text-to-text": ("image and text", "text"),
    "image-text-to-video": ("image and text", "video"),
    "image-to-image": ("image", "image"),
    "image-to-text": ("image", "text"),
    "image-to-video": ("image", "video"),
    "text-generation": ("text", "text"),
    "text-to-audio": ("text", "audio"),
    "text-to-image": ("text", "image"),
    "text-to-speech": ("text", "speech"),
    "text-to-video": ("text", "video"),
    "unconditional-image-generation": ("nothing", "image"),
    "video-text-to-text": ("video and text", "text"),
    "video-to-video": ("video", "video"),
}
"""The tasks that generate text, images, video or audio, each with its input and output; None if the task leaves them
open."""
