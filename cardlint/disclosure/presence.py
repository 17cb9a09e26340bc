"""Items that are recognised by what sections have: uses, limits, bias, contact, data, results, code."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Block, Cell, CodeBlock, Content, Html, Table
from cardlint.card.provenance.license_sentences import visible_text
from cardlint.card.text.sections import Section
from cardlint.disclosure.evidence import Evidence
from cardlint.disclosure.ownership import plain_label
from cardlint.disclosure.passages import own_cells
from cardlint.disclosure.policies import find_policies
from cardlint.disclosure.section_texts import SectionTexts, evidence_of_section
from cardlint.disclosure.substance import has_statement, is_statement
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.disclosure.phrases import RISK_TITLE_WORDS

__all__ = ["PRESENCE"]


def _intended_use(texts: SectionTexts) -> Iterator[Evidence]:
    for section in texts.of_kind("intended-use"):
        if _states(texts, section, "intended-use"):
            yield evidence_of_section(section)


def _states(texts: SectionTexts, section: Section, kind: str) -> bool:
    return any(is_statement(sentence.text) for sentence in texts.sentences(section, kind))


def _limitations(texts: SectionTexts) -> Iterator[Evidence]:
    found: dict[bool, list[Section]] = {True: [], False: []}
    for section in texts.of_kind("limitations"):
        if "license" in section.kinds:  # "No limitation for commercial use"
            continue
        stated = [each.text for each in texts.sentences(section, "limitations") if is_statement(each.text)]
        is_titled = _LIMITS_TITLE.search(section.title) is not None
        is_certain = is_titled and _ON_HARM.issuperset(section.kinds)  # unlike "Intended uses & limitations"
        if stated and (is_certain or (_is_on_risks(section.title) and any(map(_OF_LIMITS.search, stated)))):
            found[is_certain].append(section)
    yield from map(evidence_of_section, found[True] + found[False])


def _is_on_risks(title: str) -> bool:
    """Return False for a title with "safety" or "risk" that names a thing or an event, such as "Safety module"."""
    words = _TITLE_WORD.findall(title.lower())
    return (
        _RISK_WORDS.isdisjoint(words) or _LIMITS_TITLE.search(title) is not None or RISK_TITLE_WORDS.issuperset(words)
    )


_TITLE_WORD = LazyPattern(r"[a-z]+")
_RISK_WORDS = frozenset(("privacy", "risk", "risks", "safety"))
_OF_LIMITS = LazyPattern(
    r"limit|caveat|weakness|known issue|\brisks?\b|\bbias|hallucinat|inaccura|incorrect|not (?:suitable|reliable)"
    r"|may (?:produce|generate|fail|struggle|not)|can (?:produce|fail)|harmful|restrict|not intended|struggles?"
    r"|风险|错误|不准确|偏见|误导|幻觉|リスク|誤り|不正確|偏見|위험|오류|부정확|편향|риск|ошиб|fehler|erreurs?|errores|erros|errori",
    re.IGNORECASE,
)
_LIMITS_TITLE = LazyPattern(
    r"limit|caveat|weakness|einschränkung|grenzen|局限|限制|限界|制限事項|缺陷|한계|제한 ?사항|ограничен|недостат",
    re.IGNORECASE,
)
_ON_HARM = frozenset(("bias", "limitations", "ethical-considerations"))


def _bias(texts: SectionTexts) -> Iterator[Evidence]:
    for section in texts.of_kind("bias"):
        if section.kinds == ("bias",) and _states(texts, section, "bias"):
            yield evidence_of_section(section)
    for kind in ("bias", "limitations", "ethical-considerations"):
        for section in texts.of_kind(kind):
            for sentence in texts.sentences(section, kind):
                if _is_on_bias(sentence.text):
                    yield sentence.evidence()


def _is_on_bias(sentence: str) -> bool:
    """Return True if a sentence says that outputs or data may be biased, not that a layer has a bias."""
    of_outputs = _TECHNICAL_BIAS.sub(" ", sentence)
    return _OF_BIAS.search(of_outputs) is not None and _NO_BIAS.search(sentence) is None and is_statement(sentence)


_TECHNICAL_BIAS = LazyPattern(
    r"\b(?:qkv|attention|position(?:al)?|length|yes|no|recency|experts?|inductive|layer|order|token|linear|router"
    r"|routing|logit"
    r"|exposure|verbosity|learned|conv\w*)[\"'”’]? bias(?:es)?\b|\bbias (?:terms?|parameters?|vectors?|weights?)\b",
    re.IGNORECASE,
)

_OF_BIAS = LazyPattern(
    r"\bbiases\b|\bbiased\b|\bbias (?:in|from|of|against|towards?|and|or|present|inherent|inherited|issues?)\b"
    r"|\b(?:social|societal|cultural|gender|racial|ethnic|political|demographic|religious|harmful|data|dataset"
    r"|selection"
    r"|representation|algorithmic|inherent|existing|potential|implicit|unintended|subject to|amplif\w+"
    r"|reflect\w*) bias\b"
    r"|\bfairness(?:,| (?:and|or|across|towards?|between|for|issues?|concerns?|considerations?|risks?|gaps?))\b"
    r"|\b(?:and|or|of|to|demographic|geographic(?:al)?|group|gender|racial|social|societal|algorithmic) fairness\b"
    r"|\bstereotyp|\bdiscriminat(?:ion|ory)|\bunfair\b(?! compar)|\bprejudice|偏见|偏見|バイアス|편향|предвзят"
    r"|voreingenommen"
    r"|\bsesgo|\bbiais\b|\bvieses\b|\bpregiudizi",
    re.IGNORECASE,
)
# "Do not use it to create hateful, biased or discriminatory content" forbids a use
_BANNED_USE = (
    r"\b(?:not|never|n['’]t) (?:be )?(?:used?|intended|meant)(?: it| this model| the model)?(?: for| to)"
    r"(?:,? (?:any|in|content|and|or|creat\w+|generat\w+|produc\w+|spread\w*|promot\w+|harmful|hateful|offensive|toxic"
    r"|misleading|false|illegal|unlawful|abusive|malicious|harassing)){0,8}"
    r",? (?:biased|discriminat\w+|stereotyp\w+|prejudiced|unfair)"
)
_NO_BIAS = LazyPattern(
    r"\b(?:no|not|without|never|free (?:of|from)|avoid|excluded?|removed?|eliminat\w*)\b[^.;,]{0,60}(?:bias"
    r"|stereotyp|prejud)"
    r"|n['’]t\b[^.;,]{0,60}bias"
    rf"|{_BANNED_USE}",
    re.IGNORECASE,
)


def _contact(texts: SectionTexts) -> Iterator[Evidence]:
    for section in texts.of_kind("contact"):
        pattern = _ADDRESS if _CONTACT_TITLE.search(section.title) else _MAIL
        contents = (content for content, text in texts.contents(section, "contact") if _may_have_address(text))
        found = (match[0] for content in contents for match in pattern.finditer(content.text))
        if any(_PLACEHOLDER_ADDRESS.search(address) is None for address in found):
            yield evidence_of_section(section)
    for block, around in texts.paragraphs():
        if around is None or "citation" not in around.kinds:
            yield from _addresses(block.content)


def _may_have_address(visible: str) -> bool:
    """Return True for a text that is only an address, which is not visible, or that is not a mere reference."""
    return not visible.strip() or has_statement(visible)


def _addresses(content: Content) -> Iterator[Evidence]:
    """Yield the address behind a label such as "Contact:", or that for questions."""
    labelled = _CONTACT_LABEL.match(content.text)
    pattern = _ADDRESS if labelled is not None else _MAIL_FOR_QUESTIONS
    match = pattern.search(content.text, labelled.end() if labelled is not None else 0)
    if match is None:
        return
    start, end = match.span("mail") if labelled is None else match.span()
    before = content.text[match.start() : start]
    if _PLACEHOLDER_ADDRESS.search(content.text[start:end]) is None and _NO_CONTACT.search(before) is None:
        yield Evidence(
            words=content.text[start:end], span=content.span(start, end), form="label" if labelled else "sentence"
        )


_CONTACT_TITLE = LazyPattern(
    r"contact|question|feedback|support|in touch|reach|[^\x00-\u024f\u2000-\u2bff\ufe0f\U0001f000-\U0001ffff]",
    re.IGNORECASE,
)
_CONTACT_LABEL = LazyPattern(
    r"[\W_]{0,8}(?:contacts?|contact us|point of contact|contact (?:e-?mail|information|info|person)"
    r"|maintainer contact"
    r"|联系方式|联系我们|お問い合わせ|연락처|kontakt|contacto|contato|контакты)[*_ ]{0,4}[:：]",
    re.IGNORECASE,
)
_ADDRESS_OF_MAIL = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
_MAIL = LazyPattern(_ADDRESS_OF_MAIL)
_ADDRESS = LazyPattern(rf"{_ADDRESS_OF_MAIL}|https?://[^\s)>\]\"]{{4,200}}|(?<![\w/])@\w{{2,40}}")
_MAIL_FOR_QUESTIONS = LazyPattern(
    r"\b(?:questions?|comments?|feedback|contact|inquir(?:y|ies)|enquir(?:y|ies)|reach|e-?mail us|issues?)\b"
    rf"[^.!?\n]{{0,120}}?(?P<mail>{_ADDRESS_OF_MAIL})",
    re.IGNORECASE,
)
_NO_CONTACT = LazyPattern(
    r"\b(?:base|original|upstream|data ?sets?|no longer|never|cannot)\b|\bnot\b(?! hesitate)|n['’]t\b(?! hesitate)",
    re.IGNORECASE,
)
_PLACEHOLDER_ADDRESS = LazyPattern(
    r"example\.|your|name@|user@|e?mail@|domain\.|xxx|\btodo|@username|placeholder|huggingface\.co/(?:docs|papers)"
    r"|arxiv\.org|doi\.org|aclanthology|/papers?/|license|paypal|patreon|ko-?fi|buymeacoffee|donat|sponsor",
    re.IGNORECASE,
)


def _training_data(texts: SectionTexts) -> Iterator[Evidence]:
    for section in texts.of_kind("training-data"):
        if _TESTING_TITLE.search(section.title):
            continue
        sentences = [each.text for each in texts.sentences(section, "training-data")]
        stated = [text for text in sentences if is_statement(text) and not _OF_BASE.search(text)]
        has_link = any(_DATASET_LINK.search(content.text) for content, _ in texts.contents(section, "training-data"))
        is_of_training = _OF_TRAINING.search(section.title) or any(map(_OF_TRAINING.search, stated))
        # how to arrange data of their own
        for_readers = _FORMAT_TITLE.search(section.title) or any(map(_FORMAT.search, sentences))
        if is_of_training and ((stated and not for_readers) or has_link):
            yield evidence_of_section(section)


_OF_TRAINING = LazyPattern(
    r"train|tun(?:ed|ing)\b|learn|\bcorp(?:us|ora)\b|[^\x00-\u024f\u2000-\u2bff\ufe0f]", re.IGNORECASE
)
_TESTING_TITLE = LazyPattern(r"^\W*(?:eval|evaluation|test|testing|validation)\b", re.IGNORECASE)
_DATASET_LINK = LazyPattern(r"huggingface\.co/datasets/|kaggle\.com/|zenodo\.org/|commoncrawl\.org")
_OF_BASE = LazyPattern(
    r"\b(?:original|base|teacher|parent|upstream|source)\b(?: [\w.-]+){0,5} (?:was|were|is|are"
    r"|has been) (?:pre-?)?trained",
    re.IGNORECASE,
)
_FORMAT_TITLE = LazyPattern(r"\b(?:format|schema|layout|folders?|director(?:y|ies))\b", re.IGNORECASE)
_FORMAT = LazyPattern(
    r"\b(?:following|this|same|expected|right) (?:format|structure)\b|\b(?:must|should) be in\b", re.IGNORECASE
)


def _evaluation(texts: SectionTexts) -> Iterator[Evidence]:
    for kind in ("evaluation", "results"):
        for section in texts.of_kind(kind):
            blocks = (block for part in texts.parts(section, kind) for block in part.blocks)
            if not _DATA_TITLE.search(section.title) and any(_has_results(texts.card, block) for block in blocks):
                yield evidence_of_section(section)


def _has_results(card: Card, block: Block) -> bool:
    """Return True for a table with results: with those of the model, if the table names it."""
    if isinstance(block, Html):
        return any(_is_result("", _TAG.sub("", cell["text"])) for cell in _HTML_CELL.finditer(block.content.text))
    if not isinstance(block, Table):
        return False
    named = [(label, cell) for label, cell, is_named in own_cells(block, card.own_names, card.body) if is_named]
    cells = named or _cells(block)
    return any(_is_result(label, visible_text(cell, cell.content, card.body).text) for label, cell in cells)


def _cells(table: Table) -> Iterator[tuple[str, Cell]]:
    """Yield the cells of a table but those of the first column, each with the head of its column.

    Rows on the cost of running have none.
    """
    heads = [plain_label(cell.content.text) for cell in table.header.cells]
    for row in table.rows:
        if row.cells and _COST_LABEL.search(plain_label(row.cells[0].content.text)) is None:
            yield from zip(heads[1:], row.cells[1:], strict=False)


def _is_result(label: str, text: str) -> bool:
    """Return True for a cell that is a number, not a text with one, and neither a target nor the cost of running."""
    if _NO_RESULT.search(label) or _COST_LABEL.search(label):
        return False
    text = text.strip()
    number = _RESULT.match(text)
    return number is not None and len(text) - number.end() <= _LONGEST_REMARK and not _COST_UNIT.match(number["rest"])


_HTML_CELL = LazyPattern(r"<td\b[^<>]{0,200}>(?P<text>[^<>]{0,100}(?:<(?!/?t[dr])[^<>]{0,200}>[^<>]{0,100}){0,8})")
_TAG = LazyPattern(r"<[^<>]{0,200}>")
_RESULT = LazyPattern(r"[^\w<>≤≥]{0,12}?(?:\d{1,3}(?:[.,]\d{1,8})?|\.\d{1,8})(?![\w,-])(?P<rest>.{0,12})")
_LONGEST_REMARK = 40
_COST_UNIT = LazyPattern(
    r" ?(?:[kmgt]i?b|ms|s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|fps|hz|watts?|w|params?|parameters|layers|steps"
    r"|(?:tokens?|toks?|t|batch(?:es)?|samples?|images?|it|words?|chars?|frames?) ?(?:/|per\b))\b",
    re.IGNORECASE,
)
_COST_LABEL = LazyPattern(
    r"\b(?:v?ram|memory|throughput|latency|speed|speedup|runtime|ttft|rtf|fps|tok s"
    r"|(?:model|file|disk|weights?|download) size|tokens (?:s|sec|second|per second)"
    r"|(?:inference|training|wall|load|loading|generation|decode|prefill) time)\b"
)
_NO_RESULT = LazyPattern(
    r"\b(?:shots?|examples?|samples?|rows|size|params?|parameters|count|context|length|tokens|year|date|steps?"
    r"|epochs?|seed|criteri(?:on|a)|targets?|goals?|thresholds?|requirements?|acceptance"
    r"|n|k|no|num|number|questions|classes|rank|version)\b"
)
_DATA_TITLE = LazyPattern(r"\bcontaminat|\bdatasets?\b|\bdata\b", re.IGNORECASE)


def _integration(texts: SectionTexts) -> Iterator[Evidence]:
    card = texts.card
    for load in card.own_loads:
        if load.text is not None:
            yield Evidence(words=f"code that loads {load.text}", span=load.span, form="code")
    for section in texts.of_kind("how-to-use"):
        blocks = [block for part in section.walk() for block in part.blocks]
        has_program = any(isinstance(block, CodeBlock) and _is_program(block) for block in blocks)
        if has_program and not _loads_only_bases(card, section):
            yield evidence_of_section(section)
    for section in texts.of_kind("framework-versions"):
        if any(_VERSION.search(text) for _, text in texts.contents(section, "framework-versions")):
            yield evidence_of_section(section)


def _is_program(block: CodeBlock) -> bool:
    """Return True for a program or a command, False for a prompt or an output."""
    return block.language.lower() in _PROGRAMS or _PROGRAM.search(block.content.text) is not None


def _loads_only_bases(card: Card, section: Section) -> bool:
    """Return True if the code of a section loads models, and none of them can be the card's own."""
    bases = {name.text.lower() for name in (*card.lineage.base_models, *card.lineage.stated_base_models)}
    first, last = (bisect_left(card.loads, end, key=lambda load: load.span.start) for end in _ends(section))
    loaded = [load.text for load in card.loads[first:last] if load.text is not None]
    return bool(loaded) and all(text.lower() in bases and not card.is_own_model(text) for text in loaded)


def _ends(section: Section) -> tuple[int, int]:
    return section.span.start, section.span.end


_VERSION = LazyPattern(r"\b\d{1,4}\.\d{1,4}")
_PROGRAMS = frozenset(("python", "py", "bash", "sh", "shell", "console", "javascript", "js", "typescript", "ts"))
_PROGRAM = LazyPattern(
    r"^(?:[$>!%] ?)?(?:from \w[\w.]* import|import \w|pip3? install|python3? |git clone|curl |docker |ollama |uv "
    r"|vllm )",
    re.MULTILINE,
)

PRESENCE: dict[str, Callable[[SectionTexts], Iterator[Evidence]]] = {
    "intended-use": _intended_use,
    "acceptable-use": find_policies,
    "integration": _integration,
    "training-data": _training_data,
    "evaluation": _evaluation,
    "limitations": _limitations,
    "bias": _bias,
    "contact": _contact,
}
"""The readers of sections, by item."""
