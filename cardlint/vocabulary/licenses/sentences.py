"""Words of sentences that state a license: of what, and how.

Refresh: read the sentences with "license" in cards, and add words that sentences about the model or about something
else have. A word on no list leaves a sentence unclear.
"""

from __future__ import annotations

__all__ = [
    "EXCEPTING",
    "IN_OF_MODEL",
    "IN_OF_OTHER",
    "NAME",
    "NEUTRAL",
    "OF_MODEL",
    "OF_OTHER",
    "OWN_NAME",
    "REFERRING",
    "TITLE",
]

SOURCE = "sentences with a license in 10,000 real cards"
DATE = "2026-11-29"

NAME = "\u00a7"
"""The character in place of a license's name in the text that is matched."""

OWN_NAME = "\u00b6"
"""The character in place of a name of the model."""

_DETERMINER = r"(?:(?:all|both|each|every|any) ?(?:of )?)?(?:the|this|these|that|those|our|my|its|present)?"
_MODEL_WORD = (
    r"(?:fine-?tuned|pre-?trained|trained|quanti[sz]ed|converted|distilled|released|resulting|final|full|merged|new|own"
    r"|language|lora|peft|adapter|adapted|ai|ml|neural|embedding|speech|vision|diffusion|multimodal|translation|models?"
    r"|model's|instruct|chat|gguf|onnx|open|entire|latest|image|text|audio|video|code|segmentation|detection|recognition"
    r"|classification|generation|summari[sz]ation)"
)
_MODEL_NOUN = (
    r"(?:models?|weights?|checkpoints?|adapters?|loras?|parameters|quanti[sz]ations?|quants?|ggufs?|finetunes?"
    r"|fine-?tunes?|embeddings?|classifier|(?<=this )work)"
)
_HERE = (
    r"(?: (?:itself|themselves|files?|here|"
    r"(?:(?:included|contained|provided|published|hosted) )?(?:in|on|from) (?:this|the) "
    r"(?:repository|repo|page|model card)))?"
)
_OTHER_NOUN = (
    r"(?:codes?|codebase|scripts?|librar(?:y|ies)|toolkit|framework|data|datasets?|corpus|corpora|software|packages?"
    r"|tools?|backbone|tokenizer|documentation|paper|images?|annotations?|notebooks?|demo|implementation|audio|vocoder"
    r"|(?:base|original|source|parent|teacher|underlying|upstream|foundation) (?:models?|weights?|checkpoints?)|base)"
)
_ANY_WORD = rf"(?:(?!and |{_MODEL_NOUN} (?:is|are|and) )[\w'./-]+ )"
_OTHER = rf"(?:{_DETERMINER} )?{_ANY_WORD}{{0,3}}{_OTHER_NOUN}(?: \([^()]{{0,40}}\))?"
_THIS = (
    rf"(?:(?:{_DETERMINER} )?(?:(?:{_MODEL_WORD}|{OWN_NAME}) ){{0,4}}"
    rf"(?:{_MODEL_NOUN}(?: (?:and|&) {_MODEL_NOUN})?|{OWN_NAME}){_HERE}"
    rf"(?: \({OWN_NAME}\)| of (?:this model|the model|{OWN_NAME}))?"
    rf"(?:, (?:which|that|trained|built|developed) [^,{NAME}]{{1,80}},)?)"
)
_MODEL = rf"(?:(?:{_OTHER} ?(?:,|and|&|, and) )?{_THIS}(?: ?(?:,|and|&|, and|as well as) {_OTHER})?)"
_BE = (
    r"(?:is|are|was|were|has been|have been|will be|comes?|falls?|being)"
    r"(?: (?:also|currently|hereby|now|publicly|openly|freely|permissively|free|all|both|made))*"
)
_TREATED = (
    r"(?:licen[cs]ed|released|distributed|available|published|provided|shared|governed|open-?sourced|open sourced"
    r"|open[- ]source|open access(?: and available to all)?,?|offered|covered|subject|bound|intended to be used)"
    r"(?: (?:here|publicly|freely|openly|for use|to all,?))*"
)
_BY = r"(?:under|with|by|to|via|through|in accordance with|according to|as)"
_ANY = (
    r"(?:(?:the|a|an|terms|conditions|of|and|permissive|open|source|open-source|creative|commons|licen[cs]es?|following"
    r"|standard|non-?commercial|free|its|version|[,:(]) ?){0,8}"
)
_LEAD = (
    r"(?:(?:the )?licen[cs]e (?:of|for|to use|applied to|used (?:by|for)) |(?:the )?use of "
    r"|(?:i|we|the authors) (?:have )?(?:release|share|distribute|publish|open-source|license|provide|make)d? )?"
)
_STATES = (
    rf"(?: (?:{_BE} )?(?:{_TREATED} )?{_BY} {_ANY}| {_BE} {_ANY}"
    rf"| (?:has|have|uses?|follows?|carries|carry|adopts?|inherits?) {_ANY}"
    rf"|(?: (?:publicly|freely|openly|available)){{1,3}} {_BY} {_ANY}|(?:'s)?(?: licen[cs]e)? ?[:\u2013\u2014] ?{_ANY})"
)


def _statement(subject: str) -> str:
    return rf"(?:{_LEAD}{subject}{_STATES}{NAME}|{NAME} ?(?:licen[cs]e )?(?:for|applies to|\() ?{subject}\)?)"


OF_MODEL = _statement(_MODEL)
"""The statement of the model's license, from the beginning of a clause, in lower case and with single blanks."""

IN_OF_MODEL = (
    "model", "weight", "checkpoint", "adapter", "lora", "parameters", "quant", "gguf", "tune", "embedding",
    "classifier", "work", OWN_NAME,
)  # fmt: skip
"""Parts of words of which every statement of the model's license has one."""

OF_OTHER = _statement(_OTHER)
"""The statement of a license of something else: code, data, a library, the base model."""

IN_OF_OTHER = (
    "code", "script", "librar", "toolkit", "framework", "data", "corp", "software", "package", "tool", "backbone",
    "tokenizer", "documentation", "paper", "image", "annotation", "notebook", "demo", "implementation", "audio",
    "vocoder", "base", "original", "source", "parent", "teacher", "underlying", "upstream", "foundation",
)  # fmt: skip
"""Parts of words of which every statement of a license of something else has one."""

NEUTRAL = frozenset(
    (  # noqa: SIM905 - easier to read in this form
        "the a an this is are under with of for and or by in to at it its license licence licenses licensed "
        "licensing licences agreement terms conditions released distributed available published provided made see "
        "read check view refer please full text here details more information file files copy international "
        "version public open source open-source opensource permissive free freely creative "
        "commons no limitations standard software all rights information: following below above link official "
        "applies name type spdx id identifier unported generic"
    ).split()
)
"""Words beside a license's name that leave no doubt that it is the model's, below the title or label "License"."""

TITLE = frozenset(
    (  # noqa: SIM905 - easier to read in this form
        "the a of and this our model models weights information info details terms use usage uses conditions agreement "
        "notice policy statement copyright legal attribution attributions citation acknowledgement acknowledgements "
        "acknowledgment acknowledgments credits disclaimer contact restrictions limitations commercial open source "
        "rights distribution availability release section type"
    ).split()
)
"""Words in the title of a section about the model's license."""

REFERRING = (
    r"[,(]? ?(?:please |you can |you may |to |for |and )?(?:see|refer|check|read|view|find|found|learn|allowing|allows"
    r"|permitting|which (?:allows|permits|means|grants)|more (?:details|information)|details|copyright|\(c\)|\u00a9"
    r"|as found|the full text|a copy|full text)\b"
)
"""The beginning of words that say where the license is to be read, or what it permits."""

EXCEPTING = (
    r"\b(?:except|unless|however|but|excluding|only|until|inherit\w*|llama|gemma|based|derived|original|licen[cs]\w*|terms"
    r"|conditions?|restrict\w*|prohibit\w*|not|plus|if|when|formerly|originally"
    r"|previously|initially|earlier|before|once|addition\w*|third|non-?commercial|additionally|respective)\b"
)
"""Words of another or a narrower license."""
