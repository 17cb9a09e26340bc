"""The words in which cards state the number of parameters, the length of the context, dates, and the cost of training.

A number counts only if a label says what it is, or if a sentence has the model as its subject and nothing but these
words between the subject and the number.

Refresh: read the tables and first sentences of new cards of large publishers, and add what can only be said of the
card's own model.
"""

from __future__ import annotations

__all__ = [
    "ADJECTIVES",
    "ARCHITECTURES",
    "BARE_HOURS",
    "CARBON",
    "COLUMN_HEADS",
    "CONNECTORS",
    "DATA_OF_RUN",
    "DERIVED",
    "DESCRIBED",
    "DETERMINERS",
    "LABELS",
    "LEADS",
    "MODALITIES",
    "MODALITY_NOUNS",
    "MODEL_NOUNS",
    "NOUNS",
    "OF_ANOTHER",
    "OF_TRAINING",
    "OWN_INTRODUCTION",
    "PHRASES_OF_NUMBERS",
    "POLICY_OWNERS",
    "RISK_TITLE_WORDS",
    "RUN_LABELS",
    "TASK_MODALITIES",
    "TITLE_WORDS",
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
        model parameters, parameters total, model size, parameter size, num parameters, of parameters,
        参数, 参数量, 参数规模, 模型参数, 模型参数量, 模型大小, パラメータ数, パラメーター数, 파라미터,
        파라미터 수, 매개변수 수,
        parameteranzahl, anzahl der parameter, nombre de paramètres, paramètres, número de parámetros, parámetros,
        número de parâmetros, parâmetros, numero di parametri, parametri, число параметров, количество параметров"""
    ),
    "context-length": _phrases(
        """context length, context window, context size, max context length, maximum context length, max context,
        maximum context, context, native context length, context window size, supported context length,
        native context window, max context window, maximum context window, input context length, context limit,
        上下文长度, 上下文窗口, 上下文, 最大上下文长度, コンテキスト長, コンテキストウィンドウ,
        컨텍스트 길이, 컨텍스트 윈도우,
        문맥 길이, kontextlänge, kontextfenster, longueur de contexte, longueur du contexte, fenêtre de contexte,
        longitud de contexto, longitud del contexto, ventana de contexto, comprimento de contexto, janela de contexto,
        lunghezza del contesto, finestra di contesto, длина контекста, контекстное окно"""
    ),
    "release-date": _phrases(
        """release date, release dates, model release date, released, date released, date of release, released on,
        model released, initial release, initial release date, first released, model release, 发布日期, 发布时间,
        リリース日, 公開日, 출시일, 공개일, veröffentlichungsdatum, date de sortie, date de publication,
        fecha de lanzamiento, fecha de publicación, data de lançamento, data di rilascio, дата выпуска, дата релиза"""
    ),
    "data-cutoff": _phrases(
        """knowledge cutoff, knowledge cutoff date, data cutoff, data cutoff date, training data cutoff, cutoff date,
        training cutoff, pretraining data cutoff, data freshness, cutoff, training data cutoff date, knowledge cut off,
        data cut off, training data freshness, knowledge cut off date, 知识截止日期, 知识截止, 数据截止日期,
        知識カットオフ, 지식 컷오프, wissensstand, fecha de corte"""
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
        architectures, backbone architecture, type, core architecture, 架构, 模型架构, 模型结构, アーキテクチャ,
        モデルアーキテクチャ, 아키텍처, 모델 아키텍처, architektur, modellarchitektur, arquitectura, arquitetura,
        architettura, архитектура"""
    ),
    "modalities": _phrases(
        """input modalities, output modalities, modalities, modality, input modality, output modality,
        supported modalities, input output modalities, input types, output types, input type, output type"""
    ),
    "training-data": _phrases(
        """training data, training dataset, training datasets, training corpus, training corpora, pretraining data,
        pre training data, pretraining dataset, pretraining corpus, fine tuning data, finetuning data,
        fine tuning dataset, finetuning dataset, sft data, instruction tuning data, post training data, 训练数据,
        训练数据集, 学習データ, 학습 데이터, trainingsdaten, données d entraînement, datos de entrenamiento,
        dados de treinamento, dati di addestramento, обучающие данные"""
    ),
}
"""The labels of each item, in lower case, without signs and remarks in brackets."""

DESCRIBED = LABELS["training-data"] | (LABELS["architecture"] - _phrases("model type, type"))
"""Labels whose value may be any description."""

DATA_OF_RUN = _phrases("data, dataset, datasets, train data, train dataset")
"""Labels of the training data among settings of a training run."""

BARE_HOURS = _phrases("hours used, gpu hours, total gpu hours, training gpu hours, training hours")
"""Labels that have the unit of their value."""

COLUMN_HEADS = _phrases(
    """, value, values, details, detail, description, specification, specifications, spec, setting, info,
    information, data, configuration, content, model, choice"""
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
    """large small multimodal base-sized instruct instruction chat reasoning generative code coding foundation trained
    fine-tuned finetuned final resulting released current merged"""
)
"""Words between "this", "the" or "our" and "model"."""

MODALITY_NOUNS = _words("language vision text image video audio speech diffusion")
"""Words between "this" and "model"; with "the" or "our" they may be of a part of the model."""

OWN_INTRODUCTION = (
    r"(?:here |below |following )?(?:are |is )?(?:this|the|our)(?: [\w-]{1,20}){0,2} (?:model|repo|repository"
    r"|checkpoint|"
    r"version|release)\b(?!['’]s)"
)
"""The beginning of an introduction to a list about the model, as an expression."""

TITLE_WORDS = _words(
    """
    a about and architecture at background basic basics below budget card carbon compute config configuration context
    cost costs cutoff data dataset date dates design detail details emissions energy environmental facts fact
    fine-tuning finetuning features following footprint general glance hardware has have here highlights impact in info
    information infrastructure intro introduction is key length limits main metadata model modelcard models news
    objective of our overview parameters params post-training pre-training pretraining profile properties release
    releases sheet size sizes software some spec specification specifications specs speed speeds statistics stats
    summary table technical the these this time times tl;dr tldr training version with
    """
)
"""Words of titles and introductions that are about the card's own model if they have no others."""

DETERMINERS = _words("a an the our one")

VERBS = _words(
    """is was are has have features contains comprises includes uses utilizes employs leverages adopts offers provides
    supports boasts incorporates with"""
)
"""Verbs behind the model's name in a sentence that states a fact about it."""

ADJECTIVES = _words(
    """
    just about approximately around roughly nearly over total full overall cumulative new novel latest next-generation
    state-of-the-art sota powerful efficient high-performance high-performing large large-scale small tiny compact
    lightweight mid-sized medium sized ultra massive dense sparse sparsely activated active gated hybrid mixture experts
    expert mixture-of-experts moe language model models llm slm vlm lm mllm vision vision-language multimodal
    multi-modal omni omnimodal native natively fully open open-source open-weight open-weights weights reasoning
    thinking instruct instruction instruction-tuned instruction-following fine-tuned finetuned chat conversational
    general-purpose general purpose foundation foundational pretrained pre-trained generative text text-only image video
    audio speech music code coding agentic agent multilingual bilingual english chinese japanese korean german french
    spanish italian portuguese arabic russian autoregressive auto-regressive causal decoder decoder-only encoder
    encoder-decoder only diffusion transformer transformer-based advanced innovative parameter parameters billion
    million trillion number long extended extremely ultra-long maximum max token tokens context window length input
    text-to-image text-to-video text-to-speech text-to-audio image-to-video image-text-to-text causal-lm rectified flow
    latent state-space popular modern custom simple standard
    """
)
"""Words between the verb and a fact about the model: what kind of model, and what kind of number."""

CONNECTORS = _words(
    """and that which with featuring having containing comprising incorporating utilizing using employing supporting
    totaling totalling also natively currently"""
)
"""Words that connect such words: "a language model with 7 billion parameters"."""

PHRASES_OF_NUMBERS = ("a total of", "total of", "number of", "up to", "length of", "window of", "size of", "mixture of")
"""Phrases with a preposition that may be before a number or an architecture."""

MODEL_NOUNS = _words(
    """model models llm slm vlm lm mllm transformer network architecture backbone checkpoint release moe
    mixture-of-experts"""
)
"""Nouns of which "7 billion parameter" is said if it is the model's."""

RUN_LABELS = _words("optimizer warmup scheduler epochs steps seed dropout") | _phrases(
    """batch size, learning rate, weight decay, gradient accumulation, micro batch size, global batch size, lr,
    warmup steps, warmup ratio, lr scheduler, training steps, max steps, lora r, lora rank, lora alpha,
    gradient clipping, number of epochs, num epochs, per device batch size"""
)
"""Labels of settings of a training run: a context length among them is that of the run."""

OF_TRAINING = _phrases(
    """training, pretraining, pre-training, the training, total training, full training, model training,
    model pre-training, model pretraining, training run,
    the training run, the pretraining, the full training, fine-tuning, finetuning, total training compute,
    training compute, we trained, estimated total emissions, estimated total location-based greenhouse gas emissions,
    total emissions, estimated emissions, training emissions, carbon emissions, emissions, the training process,
    training of this model, training this model, training the model, total energy consumption, energy consumption,
    we pretrained, we pre-trained, we fine-tuned, pretraining of this model, training took"""
)
"""Beginnings of a sentence about the cost of the training, in lower case."""

TRAINING_GAP = _words(
    """
    was were is took required used utilized consumed needed lasted ran run done performed completed finished estimated
    a an the of in for about approximately around roughly nearly over total cumulative only just on using with and
    single one two four eight 1 2 4 8 16 32 64 128 256 512 1024 2048 x x1 x2 x4 x8 nvidia amd google gpu gpus tpu tpus
    a100 a100s h100 h100s h200 h800 b200 v100 l40s a6000 rtx 3090 4090 5090 t4 p100 mi250x mi300x node nodes 40gb 80gb
    it model this our trained pretrained pre-trained fine-tuned from scratch cluster hours training compute computation
    energy emissions combined
    """
)
"""Words that may be between the training, or the model, and the number that it took."""

_OTHERS = (
    "base|original|teacher|parent|draft|upstream|reward|judge|student|vision|text|audio|image|tokenizer|encoder|decoder"
)
_PLANS = "planned|expected|tentative|estimated release|tbc|tbd|upcoming|forthcoming|projected|target"
OF_ANOTHER = (
    # "(base model)", "for the teacher", "for Heron"
    rf"[\s(（,–—-]*(?:(?:of|for|from|in|by) )?(?:the |its |our |a )?(?:{_OTHERS})\b(?! ?:|-)"
    r"|\s*(?:for|of|from|as) (?-i:[A-Z])"
    # "(planned)", "per epoch", "(estimated for inference)"
    rf"|[\s(（,–—-]*(?:{_PLANS})\b"
    r"|\s*(?:/|per |each |an? ) ?(?:[a-z]|1[,.]?000\b|1 ?[km]\b)"
    r"|[\s(（,–—-]*(?:estimated |measured )?(?:for|during|at|of|in) inference\b"
)
"""Words behind a value that make it another model's, a plan, or a rate, as an expression."""

_COPY = "(?:version|copy|variant|conversion|model|weights)"
DERIVED = (
    r" (?:is|was|are) (?:an? |the )?(?:[\w.,-]+ ){0,4}?(?:"
    r"(?P<merge>merge of\b)|(?P<adapter>(?:lora|adapter)(?: adapter| weights?)? (?:for|of|on)\b)"
    rf"|(?P<quantized>quanti[sz]ed {_COPY} of\b)|(?P<converted>(?:gguf|onnx|mlx|awq|gptq|exl2) (?:{_COPY} )?of\b))"
)
"""The beginning of a sentence, behind the model, that makes it one of another model; the group is the relation."""

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

RISK_TITLE_WORDS = _words(
    """a advice ai alignment and bias biases caution cautions caveats child compliance concerns considerations content
    critical data disclaimer ethical ethics fairness for general guidelines harms important information intended key
    known misuse mitigation mitigations model notes notice of or other out potential privacy recommendations residual
    responsibility responsible risk risks safety scope security societal statement the toxicity trust usage use uses
    warning warnings with"""
)
"""Words of the titles on the risks of a model; a title on safety with others names a thing or an event."""
