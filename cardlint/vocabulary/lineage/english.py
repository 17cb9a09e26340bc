"""The English words of lineage sentences: relation, subject, object and what may be around them.

A sentence states the origin of the card's own model only if every word before the relation is in these lists (or is
part of the model's own name), and if only words of the lists are between the relation and the name of the base model.

Refresh: read what new cards say around a link to a model, and add what can only be said of the card's own model.
"""

from __future__ import annotations

SOURCE = (
    "read off 3,600 public model cards of 2020 to 2026 that link to a model; templates of TRL, mlx-lm, GGUF-my-repo"
)
DATE = "2026-11-29"

RELATIONS = {
    "finetune": None,
    "adapter": "adapter",
    "quantized": "quantized",
    "merge": "merge",
    "distilled": None,
    "converted": None,
    "derived": None,
}
"""Relations to a base model, each with its `base_model_relation`; None if the Hub finds the relation by itself.

A LoRA that was trained may have been merged into the base: only the name of an adapter makes the relation one.
"""

PARTICIPLES = {
    "finetune": (
        "fine-tuned", "finetuned", "fine tuned", "instruction-tuned", "instruction tuned", "instruct-tuned",
        "instruction-finetuned", "further trained", "further pre-trained", "further pretrained",
        "continually pretrained", "continually pre-trained", "continuously pretrained", "post-trained", "dpo-tuned",
        "preference-tuned", "sft-tuned", "domain-adapted", "retrained", "adapted", "full-parameter fine-tuned",
        "lora-tuned", "abliterated",
    ),
    "quantized": ("quantized", "quantised"),
    "distilled": ("distilled",),
    "converted": ("converted", "exported", "ported"),
    "derived": ("derived", "pruned"),
}  # fmt: skip
"""Participles for what was done to the base model: they precede "version of", "from", or the base model itself."""

FROM = ("from", "starting from", "on top of", "on the basis of")
"""Prepositions between a participle and the base model."""

VERSIONS = (
    "version", "variant", "checkpoint", "model", "edition", "copy", "derivative", "release", "versions", "variants",
    "checkpoints",
)  # fmt: skip
"""Nouns between a participle and "of"."""

LINKED_AFTER = {
    "finetune": ("fine-tuned on", "finetuned on", "fine-tuned over", "fine-tuned upon"),
    "adapter": (
        "lora adapter on",
        "lora trained on",
        "lora adapter trained on",
        "adapter trained on",
        "qlora trained on",
    ),
}
"""Phrases that may also precede a dataset: only a link to a model makes a base model of what follows."""

QUANTIZED_FORMATS = (
    "gguf", "ggml", "awq", "gptq", "exl2", "exl3", "4-bit", "8-bit", "4bit", "8bit", "6-bit", "5-bit", "3-bit",
    "2-bit", "int4", "int8", "fp8", "nf4", "imatrix", "w4a16", "w8a8", "bitsandbytes", "hqq", "q4", "q8",
)  # fmt: skip
FORMATS = (
    *QUANTIZED_FORMATS, "weighted/imatrix", "static", "dpo", "sft", "orpo", "kto", "grpo", "dreambooth", "full", "peft",
    "lora", "qlora", "experimental",
)  # fmt: skip
"""Formats of quantized weights and ways of training before a phrase: "AWQ quantization of", "DPO fine-tune of"."""

FORMAT_ENDS = (
    "version of", "versions of", "files for", "files of", "format model files for", "model files for",
    "conversion of", "conversions of", "weights of", "weights for", "model of", "copy of", "models of",
    "quantized version of", "quantised version of", "quantized model of", "quantized models of", "quantization of",
    "quantizations of", "quants of", "quants for",
)  # fmt: skip
"""Ends of phrases that begin with one of `QUANTIZED_FORMATS`."""

PHRASES = {
    "finetune": (
        "lora fine-tune of", "lora finetune of", "qlora fine-tune of", "qlora finetune of", "uncensored version of",
        "dpo version of", "sft version of", "orpo version of", "continues the pretraining of",
        "continues the pre-training of", "continues the training of", "fine-tune of", "finetune of", "fine tune of",
        "fine-tuning of", "finetuning of", "continued pretraining of", "continued pre-training of", "sft of", "dpo of",
        "trained from", "trained on top of", "trained starting from", "training started from", "fine-tuning from",
        "fine-tuned starting with", "fine-tuned based on", "finetuned based on", "fine-tune from", "finetune from",
        "fine tune from", "fine-tune on top of",
    ),
    "adapter": (
        "adapter over", "lora over", "adapter loaded on top of", "lora for", "lora of", "lora adapter for",
        "lora adapter of", "lora adapters for", "lora weights for", "lora adaption weights for",
        "lora adaptation weights for", "adapter for", "adapters for", "adapter weights for", "qlora for", "qlora of",
        "qlora adapter for", "peft adapter for", "dora adapter for", "lora on top of", "adapter on top of",
        "dreambooth lora weights for", "lora model for", "lora adapter on top of", "lora trained from",
        "textual inversion for", "ip-adapter for",
    ),
    "quantized": (
        "quantization of", "quantisation of", "quantizations of", "quantisations of", "quants of", "quant of",
        "quants for", "quants from", "quantization for", "quantizations for",
        "converted to gguf from", "converted to gguf format from", "converted to ggml format from",
    ),
    "merge": (
        "merge of", "merge between", "merged model of", "frankenmerge of", "mix of", "merge from", "merged from",
        "moe merge of", "slerp of", "merge of the following models", "merge of pre-trained models",
        "mixture of experts of", "merge combining", "blend of",
    ),
    "distilled": (
        "distillation of", "distillation from", "knowledge distillation from", "student of",
    ),
    "converted": (
        "conversion of", "onnx version of", "onnx export of", "onnx conversion of", "onnx port of",
        "openvino version of", "ctranslate2 version of", "ctranslate2 conversion of", "core ml version of",
        "coreml version of", "safetensors version of", "port of", "pytorch version of", "tensorflow version of",
        "re-upload of", "reupload of", "mirror of", "mlx version of", "mlx conversion of",
        "converted to mlx format from", "converted to mlx from", "converted to onnx from",
        "converted to onnx format from", "converted to openvino from", "converted to the openvino ir format from",
        "sharded version of", "onnx weights of", "fork of",
    ),
    "derived": (
        "continues from", "continued from", "based on", "based upon", "built on", "built on top of", "built upon",
        "built from", "built off of", "based off of", "based off", "developed from", "developed on top of",
        "created from", "made from", "obtained from", "derivative of", "started from", "starting from",
        "warm-started from", "warm-started with", "initialized from", "initialised from", "initialized with",
        "initialised with", "bootstrapped from", "initialized using", "initialized with the weights of",
        "initialized from the weights of", "extracted from", "builds on", "builds upon", "derives from",
        "builds on top of",
    ),
}  # fmt: skip
"""Phrases that precede a base model."""

MERGES = ("merge of", "merged model of", "mix of", "made by merging", "created by merging", "merging", "merge using")
"""Phrases before "the following models:"."""

GERUNDS = {
    "finetune": (
        "fine-tuning", "finetuning", "fine tuning", "further training", "further pretraining", "further pre-training",
        "continued pretraining of", "continued pre-training of", "continuing the pretraining of", "training",
        "adapting", "instruction tuning", "instruction-tuning", "post-training", "continuing to train",
        "continual pretraining of",
    ),
    "quantized": ("quantizing", "quantising"),
    "distilled": ("distilling",),
    "converted": ("converting", "exporting"),
    "derived": ("pruning",),
    "merge": ("merging", "combining"),
}  # fmt: skip
MADE_BY = ("by", "from", "through", "via", "as a result of", "after", "the result of", "result of", "of")
"""Prepositions before a gerund: "was obtained by fine-tuning"."""

ACTIVE = {
    "finetune": (
        "fine-tuned", "finetuned", "fine tuned", "fine-tune", "finetune", "instruction-tuned", "post-trained",
        "continue pretraining", "continued pretraining", "continue pre-training", "continued pre-training",
        "continue to train", "continued training", "continue training", "further trained", "adapted",
        "trained a lora for", "trained a lora on top of", "trained a lora adapter for", "trained an adapter for",
        "trained a lora adapter on top of", "trained an adapter on top of", "applied lora to", "apply lora to",
        "trained a qlora for", "trained a qlora on top of",
    ),
    "quantized": ("quantized", "quantised", "quantize"),
    "distilled": ("distilled",),
    "merge": ("merged",),
    "converted": ("converted",),
    "derived": (
        "started from", "start from", "started with", "built on", "built upon", "build on", "build upon",
        "built on top of", "based it on", "based this model on", "started training from",
        "are sharing smaller versions of", "initialized the model from", "initialized the model with",
        "initialized our model from", "initialized our model with", "initialize the model from",
        "initialize our model with", "based our model on", "trained it from", "trained this model from",
    ),
}  # fmt: skip
"""Verbs after "we": the base model is their object."""

LINKED_AFTER_WE = {
    "finetune": ("trained a lora on", "trained a lora adapter on", "trained an adapter on", "trained a qlora on"),
}
"""Phrases after "we" that may also precede a dataset."""

ACTIVE_OF_MODEL = {
    "finetune": ("fine-tunes", "finetunes", "fine tunes", "further trains", "continues to train"),
    "quantized": ("quantizes", "quantises"),
    "distilled": ("distills",),
}
"""Verbs after a subject that is this model."""

THEN = {
    "finetune": (
        "fine-tunes it",
        "finetunes it",
        "fine-tuned it",
        "finetuned it",
        "fine-tune it",
        "finetune it",
        "trains it",
        "trained it",
        "adapts it",
        "adapted it",
    ),
    "quantized": ("quantized it", "quantizes it"),
    "distilled": ("distilled it", "distills it"),
}
"""Verbs after "we took x and"."""

USES = (
    "uses", "using", "used", "use", "with", "utilizes", "utilizing", "takes", "took", "employs", "leverages",
    "leveraging", "from", "chose",
)  # fmt: skip
"""Verbs and prepositions before "x as the base model"."""

ROLES = (
    "base", "base model", "sentence transformer embedding body", "sentence transformer embedding model",
    "embedding body", "starting point", "starting checkpoint", "base checkpoint", "initial checkpoint", "foundation",
    "foundation model", "pre-trained model", "pretrained model", "pretrained base model", "pre-trained base model",
    "original model", "original fp32 model", "original float model", "initialization", "pretrained checkpoint",
    "initial model", "parent model",
)  # fmt: skip
"""Roles of a base model: "with x as the base model", "the base model is x"."""

SUBJECTS = (
    "it", "it's", "she", "he", "this", "that's", "here", "these", "this repo", "this repository", "the repo",
    "the repository", "these weights", "the weights", "these are", "we", "i",
)  # fmt: skip
"""Subjects beside those of `cardlint.vocabulary.labels.statements` that are this model, its files or its makers."""

PARTS = ("encoder", "tokenizer", "approach", "pipeline", "system", "agent")
"""Nouns of `cardlint.vocabulary.labels.statements` that may be a part of the model, which has an origin of its own."""

TASKS = (
    "text", "token", "image", "sentiment", "sequence", "named", "entity", "recognition", "question", "answering",
    "summarization", "translation", "sentence", "embedding", "segmentation", "emotion", "topic", "intent", "toxicity",
    "chat", "instruction", "causal", "masked", "conversational", "vision", "audio", "multilingual", "reranking",
    "retrieval", "language", "binary", "zero-shot", "multi-label", "pos", "tagging", "generation",
)  # fmt: skip
"""Words of a noun phrase without an article that names a task, not another model."""

SUBJECT_ADJECTIVES = ("merged", "quantized", "distilled", "lora", "peft", "following", "converted", "instruct", "chat")
SUBJECT_NOUNS = (
    "lora", "loras", "adapters", "weights", "repo", "repository", "files", "finetune", "fine-tune", "merge",
    "quantization", "llm", "transformer", "embedding model", "reranker", "variant", "release", "generator",
    "checkpoints", "quants", "conversion", "language model", "qlora", "tune", "series", "student",
)  # fmt: skip

AUXILIARIES = (
    "is", "was", "are", "were", "has been", "have been", "had been", "being", "having been", "having", "have", "has",
    "originally", "later", "mainly", "primarily", "directly", "further", "then", "first", "basically", "essentially",
    "simply", "just", "fully", "entirely", "now", "specifically", "initially", "currently", "subsequently", "only",
    "built and", "trained and", "itself", "been",
)  # fmt: skip
CONTAINING = (
    "contains", "contain", "hosts", "provides", "holds", "includes", "offers", "represents", "stores", "presents",
    "is sharing", "are sharing", "shares", "share", "release", "released", "present", "provide", "introduces",
    "serves as", "are releasing", "consists of", "comprises",
)  # fmt: skip
MADE = (
    "obtained", "created", "built", "produced", "made", "trained", "developed", "derived", "constructed", "generated",
    "resulted", "results", "resulting", "result", "initialized", "initialised", "prepared", "extracted", "achieved",
    "fine-tuned", "finetuned", "pre-trained", "pretrained", "quantized", "converted", "merged", "distilled",
)  # fmt: skip
"""Verbs between the subject and the phrase with the relation: "was created by fine-tuning", "has been trained from"."""

OPENINGS = (
    "in this repository", "in this repo", "in this work", "in this project", "in this model", "here", "currently",
    "for this model", "specifically", "in particular", "for this project", "for training", "to train this model",
    "to create this model", "to build this model", "note", "model", "model description", "description", "summary",
    "overview", "info", "model details", "details", "about", "training", "type", "model type", "version",
    "architecture", "training procedure", "fine-tuning", "finetuning", "model info", "model name", "model summary",
    "name", "model information", "method", "training details", "to do so", "to this end", "for this",
    "for fine-tuning",
)  # fmt: skip
"""Words allowed before the subject, with a comma or colon behind them."""

CLOSED_CLASS = (
    "than", "like", "unlike", "similar", "compatible", "comparable", "competitive", "versus", "vs", "but", "not",
    "no", "never", "nor", "or", "if", "when", "while", "although", "because", "so", "you", "your", "they", "their",
    "he", "she", "who", "whose", "what", "how", "why", "where", "can", "could", "should", "would", "may", "might",
    "must", "will", "cannot", "can't", "isn't", "wasn't", "don't", "does", "do", "did", "without", "instead",
    "rather", "except", "between", "alternative", "replacement", "competitor", "rival", "baseline", "opposed",
    "contrast", "compare", "compared", "comparison", "outperforms", "outperform", "beats", "better", "worse", "see",
    "other", "others", "another", "neither", "different", "also", "inspired", "previous", "predecessor", "successor",
    "used", "mimic", "mimics", "same", "resembles", "equivalent", "companion", "counterpart", "tokenizer",
    "originated", "replaces", "against", "before", "i.e", "e.g", "unlikely", "following", "we", "i", "which", "that",
    "is", "was", "were", "are", "has", "have", "been", "by", "from", "as", "reproduction", "replication",
    "implementation", "collection", "list", "dataset", "scratch", "draft", "speculative", "upcoming", "future",
    "hypothetical", "intended", "meant", "designed", "ready", "suitable", "useful", "recommended", "generated",
)  # fmt: skip
"""Words that may not be between "is a" and the relation: they bring in another subject or a doubt."""

OTHER_THINGS = (
    "architecture", "architectures", "tokenizer", "tokenizers", "paper", "papers", "dataset", "datasets", "data",
    "code", "codebase", "repo", "repository", "script", "scripts", "notebook", "framework", "library", "toolkit",
    "config", "configuration", "vocabulary", "vocab", "recipe", "approach", "method", "card", "prompt", "format",
    "template", "style", "series", "family", "implementation", "corpus", "license", "collection", "space", "demo",
    "leaderboard", "work", "idea", "ideas", "concept", "design", "outputs", "output", "generations", "responses",
    "embeddings", "tutorial", "blog", "guide", "example", "examples", "structure", "api", "pipeline", "trainer",
    "quants", "dataset's", "reward", "judge", "labels", "annotations", "course", "features", "vae", "scheduler",
)  # fmt: skip
"""Nouns beside a model's name that make something else of it: "based on the x architecture", "x tokenizer"."""

MODEL_NOUNS = (
    "model", "models", "checkpoint", "checkpoints", "weights", "version", "variant", "llm", "encoder", "transformer",
    "network", "backbone", "base", "parameters", "language model", "pipeline", "foundation model", "classifier",
)  # fmt: skip
"""Nouns that may follow the name of a base model after a few words: "x summarization checkpoint"."""

OTHER_ROLES = (
    "baseline", "baselines", "teacher", "reference", "comparison", "judge", "critic", "control", "reward",
    "competitor", "reranker", "retriever", "text encoder", "tokenizer", "vocoder", "draft", "annotator",
    "reward model",
)  # fmt: skip
"""Roles of another model than the base: "we fine-tuned x as a baseline"."""

AS_A_TOOL = ("used", "applied", "employed", "compared", "queried", "asked", "chosen")
"""Participles of a model that only helped: "a reward model based on x was used to rank the answers"."""

FOLLOWERS = (
    "on", "for", "using", "with", "in", "by", "that", "which", "to", "and", "from", "at", "via", "as", "through",
    "trained", "fine-tuned", "finetuned", "is", "was", "has", "where", "while", "but", "over", "of", "after",
    "released", "developed", "pretrained", "pre-trained", "provided", "available", "made", "under", "specifically",
    "designed", "optimized", "finetune", "then", "we", "it", "this", "the", "into", "used", "so", "since", "because",
    "upon", "created", "quantized", "converted", "adapted", "without", "(", "when", "quantised", "whose", "merged",
    "further", "who", "i", "only", "usage", "instead", "additionally", "both", "can", "capable", "tuned", "loaded",
    "resulting", "aimed", "if", "plus", "described", "introduced", "licensed", "published", "hosted", "here",
    "however", "during", "a", "an", "are", "utilizing", "leveraging", "targeting", "focused", "making", "our", "its",
    "built", "powered", "enhanced", "specialized", "featuring", "aligned", "within", "uploaded", "following", "you",
    "per", "back", "excels", "supports", "enabling", "intended", "w/", "@",
)  # fmt: skip
"""Words that may follow the name of a base model directly."""
