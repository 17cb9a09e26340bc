"""Expressions for the kind of section in a longer English title.

Source: the titles of ten thousand cards of 2020 to 2025, counted and read with their sections; read 2026-08-22.
Refresh: count the titles that no kind is found for.
"""

from __future__ import annotations

__all__ = ["BY_READERS", "EXPRESSIONS"]

SOURCE = "titles of 10,000 real cards, counted and read with what stands below them"
DATE = "2026-08-22"

_DATA = r"(?:data|datasets?|corp(?:us|ora)|data ?mix\w*)"
_TRAINING = r"(?:training|fine ?tuning|pre ?training)"

EXPRESSIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "evaluation",
        "eval|test|validation|dev",
        (r"^(?!.*\bresults?\b).*\b(?:eval|evaluation|test|testing|validation|dev) (?:data(?:sets?)?|sets?|corpus)$",),
    ),
    (
        "out-of-scope",
        "misuse|malicious|out of scope|unintended|prohibited|not intended",
        ("misuse", "malicious use", "out of scope", "unintended use", "prohibited use", "not intended"),
    ),
    (
        "intended-use",
        "use|usage|audience|application",
        (
            (
                r"\b(?:intended|primary|direct|downstream|potential|suggested|suitable|expected|target|possible) "
                r"(?:audience|us(?:e|es|er|ers|age)\b|use ?cases?\b|applications?\b)"
            ),
            r"^(?:\w+ ){0,2}use ?cases?$",
        ),
    ),
    (
        "license",
        "licen|terms|copyright|restriction",
        (r"\blicen[sc](?:e|es|ing)\b", r"\bterms (?:of|and)\b", r"^copyright\b", r"\busage restrictions?"),
    ),
    ("bias", "bias|fairness", (r"\b(?<!unintended )bias(?:es)?\b", r"\bfairness\b")),
    ("ethical-considerations", "ethic", (r"\bethic(?:s|al)\b",)),
    (
        "limitations",
        "limitation|risk|caveat|privacy|known issues|failure modes|disclaimer|responsibility|safety",
        (
            r"\b(?:limitations?|risks?|caveats?|privacy)\b",
            r"\b(?:known issues|failure modes|disclaimers?)\b",
            r"^(?:responsibility|safety)\b",
            r"^(?:\w+ )?safety$",
        ),
    ),
    ("citation", "cit|referencing|bibtex", (r"^(?:citing|referencing)\b", r"\b(?:cite|citations?|bibtex)\b")),
    ("environmental-impact", "environmental|carbon|co2", (r"environmental impact", r"\bcarbon\b", r"\bco2\b")),
    (
        "technical-specifications",
        "architecture|specification",
        (r"\b(?:model|network|neural|transformer) architecture\b", r"^architecture\b", r"^technical specifications?\b"),
    ),
    ("compute", "comput|hardware", (r"^comput(?:e|ing) (?:infrastructure|resources)\b", r"^hardware\b")),
    (
        "hyperparameters",
        "param|arguments",
        (
            r"\bhyper ?param(?:eter)?s?\b",
            r"^(?:training|fine ?tuning|training and \w+) (?:params|parameters|arguments)\b",
        ),
    ),
    ("framework-versions", "version", (r"^(?:framework|library|package|software) versions?\b",)),
    # what readers do with the model, before what its authors did
    (
        "how-to-use",
        "own|yourself|tun",
        (
            r"^(?:train(?:ing)?|fine ?tun(?:e|ing)|pre ?train(?:ing)?) .*\bown\b",
            r"^(?:train(?:ing)?|fine ?tun(?:e|ing)) .*\byourself$",
            r"^(?:further|continued?) fine ?tun(?:e|ing)\b",
            (
                r"^fine ?tun(?:e|ing) (?:(?:model|code|script) )?"
                r"(?:tutorials?|guides?|instructions?|notebooks?|examples?|it)$"
            ),
        ),
    ),
    (
        "training-data",
        "data|corp",
        (
            (
                r"\b(?:(?:pre|post) ?training|fine ?tun(?:ing|e|ed)|training|train|trained|sft|dpo|instruction|"
                rf"calibration) (?:\w+ )?{_DATA}\b"
            ),
            r"\bdatasets? used\b",
            r"^(?:data(?:sets?)?) for (?:pre|fine)? ?(?:training|tuning)",
            r"^details of (?:\w+ )?dataset",
            r"^(?!download|results|testing|per\b)(?:\w+ ){0,2}(?<!per )(?<!of )datasets?$",
            r"^data sources?\b",
            r"^datasets?\b(?! (?:curators|structure|contamination))",
        ),
    ),
    (
        "results",
        "result|score|performance|bench|leaderboard",
        (
            (
                r"\b(?:eval(?:uation|uations)?|test(?:ing)?|experiment(?:al)?|benchmark(?:ing)?|validation|dev|training|"
                r"fine ?tuning|pre ?training|final|main|overall|initial|detailed|quantitative|comparison|extrinsic|"
                r"intrinsic|zero shot)\b.*\b(?:results?|scores?|performances?)\b"
            ),
            r"^results?\b",
            r"^(?!generat|sample|example|.*generated)(?:\w+ )*results?(?: comparison)?$",
            r"\bperformances?\b",
            r"\bbench ?mark(?:s|ing)?\b",
            r"\bleaderboard\b",
        ),
    ),
    ("evaluation", "eval|testing", (r"\b(?<!c )(?<!agi )eval(?:uation|uations|uating|uate|s)?\b", r"^testing\b")),
    (
        "training-procedure",
        "train|tun|processing|produc|merg",
        (
            (
                r"^(?!.*(?:quantiz|faster|for free))"
                r"(?:(?:pre|post|continued|instruction|multi task|supervised|model) ?)*"
                r"(?:train(?:ing)?|fine ?tun(?:ing|e)|pretraining)\b"
            ),
            (
                rf"\b{_TRAINING} (?:procedure|process|details?|setup|method\w*|scripts?|code|recipe|strategy|"
                r"information|info|regime|objectives?|infrastructure|stages?|steps?)\b"
            ),
            r"\bpre ?processing$",
            r"^(?:code|script|command) (?:for|to) (?:re)?(?:train|produc)",
            r"^merg(?:e|ing) (?:details|method|config|procedure|process)",
            r"^how (?:i|we|was|were|is) (?:\w+ ){0,3}(?:train|fine ?tun)",
        ),
    ),
    (
        "how-to-use",
        (
            "how |us|run|load|install|deploy|try|serving|call|import|prompt|chat|generat|transcribing|set up|"
            "setting up|start|inference|code| command| script| snippet| template| format| structure| syntax|"
            " style| guid|trigger|activation|recommended|suggested"
        ),
        (
            r"^how (?:to|do i|do you|can i|can you|should i) (?!cite|contribute|train|reproduce|pre ?train|evaluate)",
            r"^(?:using|run|running|loading|load|installing|install|deploying|deploy|try|trying|serving|calling|call)\b",
            r"^(?:importing|import|prompting|chat with|chatting|generating|generate|transcribing|setting up|set up)\b",
            r"^(?:quick ?start|get started|getting started|to use|inference(?! (?:speed|time|providers?)))\b",
            r"^(?:first )?install\b",
            r"^(?:use|download|downloading) (?:\w+ )*?(?:with|in|from|via|model|weights|by|it|using)\b",
            r"^usage\b",
            r"(?<!memory )(?<!gpu )(?<!resource )\busage$",
            r"\b(?:usage|inference) (?:examples?|instructions?|guide|tips|code|script|demo|notes)\b",
            (
                r"^(?:(?:simple|quick|full|basic|minimal|python|direct|advanced) )*"
                r"(?:examples?|samples?|demo|inference|python|test) "
                r"(?:\w+ )*?(?:usage|code|command|script|snippet|use|using|inference)\b"
            ),
            r"\b(?:example|sample|inference) code\b",
            r"\bcode (?:usage|example|snippet)s?\b",
            (
                r"\b(?:chat|prompt|instruction|conversation|dialogue|input|instruct|prompting) "
                r"(?:templates?|format|formatting|structure|syntax|style|guide|guidelines)\b"
            ),
            r"^example (?:of (?:use|usage|how to|inference)|using)",
            r"^(?:trigger|activation) (?:words?|keywords?|tokens?|prompts?)",
            r"^(?:\w+ ){0,2}inference(?: on (?:\w+ )?(?:cpu|gpu|batch))?$",
            r"\binstallation$",
            r"^(?:recommended|suggested) (?:settings|parameters|sampl\w+|prompts?)",
        ),
    ),
    (
        "contact",
        "contact|question|get in touch|reach|author|developer|bugs|issues|team|community|discord|join",
        (
            r"\bcontacts?\b",
            r"^(?:any )?questions\b",
            r"\bquestions or comments\b",
            r"\bget in touch\b",
            r"\breach (?:out|us|me)\b",
            r"^(?:card )?authors?\b",
            r"^\w+ (?:authors?|developers?)$",
            r"^(?:bugs|issues|team)\b",
            r"^(?:join|our|discord) (?:\w+ )*community$",
            r"^(?:our )?discord\b",
            r"^join (?:us|community)",
        ),
    ),
    (
        "description",
        "description|overview|introduc|about|what is|details of|at a glance|highlights",
        (
            r"\bdescriptions?$",
            r"^description\b",
            r"\boverview$",
            r"^introduc(?:tion|ing)\b",
            r"\bintroduction$",
            r"^about (?:model|this)\b",
            r"^what is\b",
            r"^details of (?!downstream)",
            r"\bat a glance\b",
            r"\bhighlights$",
        ),
    ),
)
"""A kind, words between bars of which each of its titles contains one, and alternative expressions, to be searched for
in a title in lower case without articles and punctuation; the first kind that matches a part of a title counts. The
words are searched for first, so that the expressions of most kinds need not be compiled."""

BY_READERS = (
    r"\byou (?:can|could|may|might|should) (?:also |easily |directly )?(?:further )?(?:fine-?tune|train)\b"
    r"|\bif you (?:want|wish|would like|plan) to (?:further )?(?:fine-?tune|train)\b"
    r"|\b(?:has to|have to|can|may|should|must) be (?:easily |further )?fine-?tuned\b"
    r"|\b(?:how )?to fine-?tune (?:this|the|any|it|your|on your)\b|\bfine-?tun(?:e|ing) [^.\n]{0,60}\byour(?: own)? "
)
"""An expression for texts about a fine-tuning that readers do, in lower case; titles alone often do not tell."""
