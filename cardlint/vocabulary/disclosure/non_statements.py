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

ANYWHERE = (
    # promises
    rf"\b(?:will|shall|going to|to) be (?:\w+ )?(?:{_DONE_LATER})\b|\bcoming soon\b|\bstay tuned\b|\bsoon$"
    rf"|\b(?:is|are) (?:currently |still )?being (?:{_DONE_LATER}|prepared|collected|drafted)\b"
    r"|\bunder construction\b|\bwork in progress\b|\bin preparation\b|\bto be (?:determined|decided|defined|done)\b"
    r"|\b(?:tbd|tba|todo|lorem ipsum)\b"
    # refusals, and what nobody knows
    rf"|\b(?:no|not|never|nor|without|cannot)\b[^,;:]{{0,60}}\b(?:{_INFORMATION})\b"
    rf"|n['’]t\b[^,;:]{{0,60}}\b(?:{_INFORMATION})\b"
    r"|\b(?:undisclosed|unknown|unspecified|undocumented|unpublished|withheld|kept secret)\b"
    # references to another place
    rf"|\b(?:can be|is|are|was|were) (?:\w+ )?(?:{_HERE}) (?:{_ELSEWHERE})\b|\bavailable (?:here|on request"
    rf"|upon request)\b"
    # other languages
    "|未公开|不公开|未披露|未透露|保密|暂无|暂未|尚未|即将|敬请期待|待[补定更完公]|(?:参见|参考|参阅|查看|详见|请见)"
    "|非公開|未公開|公開して(?:い|お)(?:ない|ません)|準備中|未定|未評価|[わ分]かっていない|[わ分]かりません|不明|参照|ご覧ください"
    "|비공개|공개하지|공개되지|준비 ?중|추후|참고|참조|미정"
    r"|не раскры|не публик|не извест|неизвест|будет (?:добавлен|опубликован)|\bскоро\b|\bсм\.|смотрите"
    r"|\bnicht (?:\w+ )?(?:offengelegt|veröffentlicht|bekannt|angegeben|gemessen|dokumentiert)|\bkeine (?:angabe"
    r"|inform)"
    r"|\bsiehe\b|\bwird (?:noch )?(?:ergänzt|veröffentlicht)|\bunbekannt\b"
    r"|\bnon (?:divulgu|communiqu|publié|précis|connu|mesur)|\bpas (?:été )?(?:divulgu|communiqu|publi|précis|connu"
    r"|mesur)"
    r"|\bvoir\b|\bconsulte[rz]\b|\bà venir\b|\bsera (?:ajout|publi)"
    r"|\bno (?:se )?(?:ha |han )?(?:sido )?(?:divulg|revel|public|especific|conoc|medid)|\bvéase\b|\bver (?:el|la)\b"
    r"|\bpróximamente\b|\bdesconocid|\bse (?:añadir|publicar)"
    r"|\bnão (?:foi |foram |é )?(?:divulg|revel|public|especific|conhec|medid)|\bveja\b|\bem breve\b|\bserá (?:adic"
    r"|publ)"
    r"|\bnon (?:è |sono )?(?:divulgat|pubblicat|specificat|misurat)|\bvedi\b|\bsconosciut|\bsarà (?:aggiunt|pubblicat)"
)
"""Words that make a sentence state nothing."""

WHOLE = (
    # references: "See the paper.", "For more details, please refer to our report"
    r"(?:please )?(?:see|check|refer to|consult|visit|look at|have a look at|take a look at|cf)\b.*"
    r"|for [^.]{0,80}?(?:please |you can )?\b(?:see|check|refer|consult|visit|read)\b.*"
    r"|(?:more|further|full|additional|detailed) (?:details?|information|info|documentation)\b.*"
    r"|(?:details?|information|info) (?:on|about|can|is|are|will|in|at)\b.*"
    r"|(?:the |our |this |technical |project |official |model |full |original |see |in )*(?:paper|report|repository"
    r"|repo"
    r"|github|blog|blog ?post|website|page|documentation|docs|link|here|arxiv|model card|card)"
    # "None known"
    r"|(?:there (?:is|are) )?(?:currently )?(?:no|none|nothing)(?: (?:known|specific|particular|major|special"
    r"|obvious))*"
    rf"(?: (?:{_SUBJECTS}|and|or))*(?: (?:are|were|have been|is|was))?(?: (?:known|found|identified|reported|yet|so far"
    r"|to date|at (?:this|the) (?:time|moment)))*"
    # "Not evaluated", "The biases have not been assessed yet"
    rf"|(?:(?:the|its|any|potential|social|possible|and|or|of|model|{_SUBJECTS}) ?)*(?:(?:has|have|was|were|is"
    rf"|are) )?not"
    r" (?:yet )?(?:been )?(?:yet )?(?:analy[sz]ed|applicable|assessed|checked|evaluated|examined|explored|investigated"
    r"|measured|studied|tested)(?: yet)?"
    # "The data are proprietary"
    r"|(?:[\w' -]{0,60}\b(?:is|are|was|were|remains?) )?(?:fully |strictly )?(?:proprietary|confidential|private"
    r"|internal"
    r"|secret|closed|in-house)(?: data(?:sets?)?)?"
    # instructions of a template: "Describe what the model is for"
    r"|(?:please )?(?:add|describe|detail|discuss|explain|fill in|insert|list|mention|outline|provide|specify|state"
    r"|summari[sz]e"
    r"|write|enter)(?: (?:briefly|shortly))? (?:here|(?:the|any|all|some) (?:model|data|intended|known|limits?|use"
    r"|uses|bias"
    r"|biases|limitations?|training|risks?|details?|information|potential|possible|foreseeable)|what|how|who|which"
    r"|where"
    r"|why|your)\b.*"
    # "Same as the base model"
    r"|(?:the )?(?:same|identical|inherited|unchanged)\b.{0,80}|(?:as|like) (?:described|explained|for|in|the"
    r"|with)\b.{0,80}"
)
"""Whole sentences that state nothing."""
