"""Sentences that state nothing of an item: promises, refusals, references, instructions, and "none known".

All expressions are for a sentence in lower case without the signs around it.

Refresh: read the sections of one sentence in new cards, and add what leaves the reader without the item.
"""

from __future__ import annotations

__all__ = ["ANYWHERE", "NO_NAMES", "WHOLE"]

SOURCE = "sections of one sentence in 3,000 public model cards of 2020 to 2026; other languages by their dictionaries"
DATE = "2026-11-30"

NO_NAMES = frozenset(
    (
        *("-", "--", "?", "any", "custom", "default", "from scratch", "no", "null", "nil", "not applicable", "other"),
        *("own", "private", "proprietary", "scratch", "self", "todo", "undisclosed", "unspecified", "various"),
        # sorts of data, and loaders of the library `datasets`
        *("curated", "generated", "in-house", "internal", "mixed", "multiple", "public", "synthetic", "synthetic data"),
        *("arrow", "audiofolder", "csv", "generator", "imagefolder", "json", "pandas", "parquet", "text"),
        *("videofolder", "webdataset"),
    )
)
"""Values of metadata that name no license, model or dataset, besides the placeholders."""

_INFORMATION = (
    "announced|assessed|available|calculated|communicated|computed|defined|described|determined|disclosed|documented"
    "|estimated|given|identified|information|investigated|known|logged|measured|provided|public|publicly|published"
    "|quantified|recorded|released|reported|revealed|share|shared|specified|stated|studied|tracked|written"
)
_DONE_LATER = (
    "added|announced|available|completed|described|disclosed|documented|extended|filled|given|included|open-?sourced"
    "|posted|provided|published|released|reported|shared|updated|uploaded|written"
)
_HERE = "found|described|documented|discussed|listed|detailed|explained|outlined|reported|given"
_ELSEWHERE = "in|at|on|here|below|above|elsewhere|by"
_SUBJECTS = (
    "limitations?|bias(?:es)?|risks?|issues?|caveats?|restrictions?|contacts?|polic(?:y|ies)|uses?|concerns?|problems?"
)

_OTHER_LANGUAGES = (
    # Chinese, Japanese, Korean
    "未公开|不公开|未披露|未透露|保密|暂无|暂未|尚未|即将|敬请期待|待[补定更完公]|参见|(?<!供)参考|参阅|查看|详见|请见",
    "非公開|未公開|公開して(?:い|お)(?:ない|ません)|準備中|未定|未評価|[わ分]かっていない|[わ分]かりません|不明|参照|ご覧ください",
    "비공개|공개하지|공개되지|준비 ?중|추후|참고|참조|미정",
    # Russian, German, French, Spanish, Portuguese, Italian
    r"не раскры|не публик|не извест|неизвест|будет (?:добавлен|опубликован)|\bскоро\b|\bсм\.|смотрите",
    r"\bnicht (?:\w+ )?(?:offengelegt|veröffentlicht|bekannt|angegeben|gemessen|dokumentiert)|\bunbekannt\b|\bsiehe\b",
    r"\bkeine (?:angabe|inform)|\bwird (?:noch )?(?:ergänzt|veröffentlicht)",
    r"\b(?:non|pas|pas été) (?:divulgu|communiqu|publié|précis|connu|mesur)|\bsera (?:ajout|publi)",
    r"\bvoir\b|\bconsulte[rz]\b|\bà venir\b",
    r"\bno (?:se )?(?:ha |han )?(?:sido )?(?:divulg|revel|public|especific|conoc|medid)|\bdesconocid",
    r"\bvéase\b|\bver (?:el|la)\b|\bpróximamente\b|\bse (?:añadir|publicar)",
    r"\bnão (?:foi |foram |é )?(?:divulg|revel|public|especific|conhec|medid)|\bserá (?:adic|publ)",
    r"\bveja\b|\bem breve\b",
    r"\bnon (?:è |sono )?(?:divulgat|pubblicat|specificat|misurat)|\bsconosciut|\bsarà (?:aggiunt|pubblicat)|\bvedi\b",
)
ANYWHERE = "|".join(
    (
        # promises
        rf"\b(?:will|shall|going to|to) be (?:\w+ )?(?:{_DONE_LATER})\b|\bcoming soon\b|\bstay tuned\b|\bsoon$",
        rf"\b(?:is|are) (?:currently |still )?being (?:{_DONE_LATER}|prepared|collected|drafted)\b",
        r"\bunder construction\b|\bwork in progress\b|\bin preparation\b",
        r"\bto be (?:determined|decided|defined|done)\b|\b(?:tbd|tba|todo|lorem ipsum)\b",
        # refusals, and unknown values
        rf"\b(?:no|not|never|nor|without|cannot)\b[^,;:]{{0,60}}\b(?:{_INFORMATION})\b",
        rf"n['’]t\b[^,;:]{{0,60}}\b(?:{_INFORMATION})\b",
        r"\b(?:undisclosed|unknown|unspecified|undocumented|unpublished|withheld|kept secret)\b",
        # references to another place
        rf"\b(?:can be|is|are|was|were) (?:\w+ )?(?:{_HERE}) (?:{_ELSEWHERE})\b",
        r"\bavailable (?:here|on request|upon request)\b",
        *_OTHER_LANGUAGES,
    )
)
"""Words that make a sentence state nothing."""

_PLACES = (
    "paper|report|repository|repo|github|blog|blog ?post|website|page|documentation|docs|link|here|arxiv"
    "|model card|card"
)
_TO_PLACES = "the |our |this |technical |project |official |model |full |original |see |in "
_NOT_DONE = "analy[sz]ed|applicable|assessed|checked|evaluated|examined|explored|investigated|measured|studied|tested"
_ORDERS = (
    "add|describe|detail|discuss|explain|fill in|insert|list|mention|outline|provide|specify|state|summari[sz]e|write"
    "|enter"
)
_ASKED = (
    "model|data|intended|known|limits?|uses?|bias|biases|limitations?|training|risks?|details?|information|potential"
    "|possible|foreseeable"
)
WHOLE = (
    # references: "See the paper.", "For more details, please refer to our report", "Figure 2"
    r"(?:please )?(?:see|check|refer to|consult|visit|look at|have a look at|take a look at|cf)\b.*"
    r"|for [^.]{0,80}?(?:please |you can )?\b(?:see|check|refer|consult|visit|read)\b.*"
    r"|(?:more|further|full|additional|detailed) (?:details?|information|info|documentation)\b.*"
    r"|(?:details?|information|info) (?:on|about|can|is|are|will|in|at)\b.*"
    rf"|(?:{_TO_PLACES})*(?:{_PLACES})|(?:see )?(?:figure|fig|table|section|appendix)\.? ?[\w.]{{1,4}}"
    # answers without a value
    r"|yes|no|ok|custom|various|multiple|default|standard|mixed|other|own data|own"
    # introductions of code: "Usage is as follows:"
    r"|(?:usages?|uses?|examples?|code) (?:is|are) (?:as follows|below|shown below|given below)"
    r"|(?:here|below|this) is (?:an example of )?how to use\b.*"
    r"|use (?:it|the model|this model) (?:as follows|like this)"
    # "None known"
    r"|(?:there (?:is|are) )?(?:currently )?(?:no|none|nothing)(?: (?:known|specific|particular|major|special))*"
    rf"(?: (?:{_SUBJECTS}|and|or))*(?: (?:are|were|have been|is|was))?"
    r"(?: (?:known|found|identified|reported|yet|so far|to date|at (?:this|the) (?:time|moment)))*"
    # "Not evaluated", "The biases have not been assessed yet"
    rf"|(?:(?:the|its|any|potential|social|possible|and|or|of|model|{_SUBJECTS}) ?)*(?:(?:has|have|was|were|is|are) )?"
    rf"not (?:yet )?(?:been )?(?:yet )?(?:{_NOT_DONE})(?: yet)?"
    # "The data are proprietary"
    r"|(?:[\w' -]{0,60}\b(?:is|are|was|were|remains?) )?(?:fully |strictly )?"
    r"(?:proprietary|confidential|private|internal|secret|closed|in-house)(?: data(?:sets?)?)?"
    # instructions of a template: "Describe what the model is for"
    rf"|(?:please )?(?:{_ORDERS})(?: (?:briefly|shortly))?"
    rf" (?:here|(?:the|any|all|some) (?:{_ASKED})|what|how|who|which|where|why|your)\b.*"
    # "Same as the base model"
    r"|(?:the )?(?:same|identical|inherited|unchanged)\b.{0,80}"
    r"|(?:as|like) (?:described|explained|for|in|the|with)\b.{0,80}"
)
"""Whole sentences that state nothing."""
