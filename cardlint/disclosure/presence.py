"""Items that are recognised by what sections have: uses, limits, bias, contact, data, results, code, policies."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Block, CodeBlock, Heading, Html, Paragraph, Row, Table
from cardlint.card.provenance.license_sentences import visible_text
from cardlint.card.provenance.licenses import ABOUT_ANOTHER
from cardlint.card.text.sections import Section, SectionState
from cardlint.disclosure.evidence import Evidence
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.boilerplate import TEMPLATE_MARKS
from cardlint.vocabulary.disclosure.phrases import POLICY_OWNERS

__all__ = ["PRESENCE"]


def _intended_use(card: Card) -> Iterator[Evidence]:
    yield from _sections(card, "intended-use")


def _limitations(card: Card) -> Iterator[Evidence]:
    others = []
    for section in _filled(card, "limitations"):
        text = _text(card, section, "limitations")
        is_titled = _LIMITS_TITLE.search(section.title) is not None
        is_certain = is_titled and _ON_HARM.issuperset(section.kinds)  # unlike "Intended uses & limitations"
        if not text.strip() or not (is_certain or _OF_LIMITS.search(text)):
            continue
        if is_titled:
            yield _of_section(section)
        else:
            others.append(section)
    yield from map(_of_section, others)


def _bias(card: Card) -> Iterator[Evidence]:
    for kind in ("bias", "limitations", "ethical-considerations"):
        for section in _filled(card, kind):
            text = _text(card, section, kind)
            if _OF_BIAS.search(text) or (section.kinds == ("bias",) and text.strip()):
                yield _of_section(section)


def _contact(card: Card) -> Iterator[Evidence]:
    for section in _filled(card, "contact"):
        text = _text(card, section, "contact", raw=True)
        match = _ADDRESS.search(text) if _CONTACT_TITLE.search(section.title) else _MAIL.search(text)
        if match is not None and not _PLACEHOLDER_ADDRESS.search(match[0]):
            yield _of_section(section)
    for block, around in _paragraphs(card):
        if around is not None and "citation" in around.kinds:
            continue
        match = _MAIL_FOR_QUESTIONS.search(block.content.text)
        if match is not None and not _PLACEHOLDER_ADDRESS.search(match["mail"]):
            start, end = match.span("mail")
            yield Evidence(words=match["mail"], span=block.content.span(start, end), form="sentence")


def _training_data(card: Card) -> Iterator[Evidence]:
    for section in _filled(card, "training-data"):
        text = _text(card, section, "training-data")
        is_of_training = _OF_TRAINING.search(section.title) or _OF_TRAINING.search(text)
        if is_of_training and _has_own_text(section) and not _is_refusal(text):
            yield _of_section(section)


def _evaluation(card: Card) -> Iterator[Evidence]:
    for kind in ("evaluation", "results"):
        for section in _filled(card, kind):
            if any(_has_results(block) for part in _parts(section, kind) for block in part.blocks):
                yield _of_section(section)


def _integration(card: Card) -> Iterator[Evidence]:
    for load in card.own_loads:
        if load.text is not None:
            yield Evidence(words=f"code that loads {load.text}", span=load.span, form="code")
    for section in _filled(card, "how-to-use"):
        blocks = [block for part in section.walk() for block in part.blocks]
        if any(isinstance(block, CodeBlock) and _is_program(block) for block in blocks) and not _loads_only_bases(
            card, section
        ):
            yield _of_section(section)
    yield from _sections(card, "framework-versions")


def _is_program(block: CodeBlock) -> bool:
    """Return True for a program or a command, False for a prompt or an output."""
    return block.language.lower() in _PROGRAMS or _PROGRAM.search(block.content.text) is not None


def _loads_only_bases(card: Card, section: Section) -> bool:
    """Return True if the code of a section loads models, and none of them can be the card's own."""
    bases = {name.text.lower() for name in (*card.lineage.base_models, *card.lineage.stated_base_models)}
    first, last = (bisect_left(card.loads, end, key=lambda load: load.span.start) for end in _ends(section))
    loaded = [load.text for load in card.loads[first:last] if load.text is not None]
    return bool(loaded) and all(text.lower() in bases for text in loaded)


def _ends(section: Section) -> tuple[int, int]:
    return section.span.start, section.span.end


def _acceptable_use(card: Card) -> Iterator[Evidence]:
    names = _policy_names(card)
    for section in card.sections:
        if _POLICY_TITLE.fullmatch(section.title.strip(" *:#.0123456789")) and _is_filled(section):
            yield _of_section(section)
    for block, _ in _paragraphs(card):
        text = visible_text(block, block.content, card.body).text
        for match in _POLICY.finditer(text):
            before = " ".join(text[max(match.start() - _BEFORE, 0) : match.start()].lower().split())
            if _is_own_policy(before, names):
                words = " ".join(match[0].split())
                yield Evidence(words=words, span=block.content.span(*match.span()), form="sentence")


def _is_own_policy(before: str, names: frozenset[str]) -> bool:
    """Return True if the words before "Acceptable Use Policy" make it that of the model."""
    if _DENIAL.search(before):
        return False
    last = before.rpartition(" ")[2].strip("(,:;")
    if not before or last in POLICY_OWNERS:
        return True
    return any(before.endswith(name) for name in names)


def _policy_names(card: Card) -> frozenset[str]:
    """Return the names of the model, of its base models and of its license, as they may precede the policy's name."""
    names = set()
    for written in (*card.own_names.titles, card.repo_id or "", *(base.text for base in card.lineage.base_models)):
        words = re.split(r"[\s/_-]", written[:_LONGEST_NAME].lower())
        names |= {" ".join(words), *(" ".join(words[:count]) for count in (1, 2))}
        names |= {" ".join(words[1:][:count]) for count in (1, 2) if "/" in written}
    return frozenset(name for name in names if len(name.strip()) > 2 and name.split()[0] not in POLICY_OWNERS)


_PROGRAMS = frozenset(("python", "py", "bash", "sh", "shell", "console", "javascript", "js", "typescript", "ts"))
_PROGRAM = LazyPattern(
    r"^(?:[$>!%] ?)?(?:from \w[\w.]* import|import \w|pip3? install|python3? |git clone|curl |docker |ollama |uv "
    r"|vllm )",
    re.MULTILINE,
)
_BEFORE = 60
_LONGEST_NAME = 200
_POLICY = LazyPattern(
    r"\b(?:acceptable|prohibited)\s+uses?\s+polic(?:y|ies)\b|\busage\s+polic(?:y|ies)\b", re.IGNORECASE
)
_POLICY_TITLE = LazyPattern(r"(?:acceptable|prohibited) uses?(?: policy)?|usage policy", re.IGNORECASE)
_DENIAL = LazyPattern(r"\b(?:no|not|without|lacks?|neither|nor|never|n't|other|their)\b")

_OF_LIMITS = LazyPattern(
    r"limit|caveat|weakness|known issue|\brisks?\b|\bbias|hallucinat|inaccura|incorrect|not (?:suitable|reliable)"
    r"|may (?:produce|generate|fail|struggle|not)|can (?:produce|fail)|harmful|restrict|not intended|struggles?",
    re.IGNORECASE,
)
_LIMITS_TITLE = LazyPattern(r"limitation|caveat|weakness", re.IGNORECASE)
_ON_HARM = frozenset(("bias", "limitations", "ethical-considerations"))
_OF_BIAS = LazyPattern(r"\bbias(?:es|ed)?\b|\bstereotyp|\bdiscriminat|\bunfair|\bfairness\b|\bprejudice", re.IGNORECASE)
_CONTACT_TITLE = LazyPattern(
    r"contact|question|feedback|support|in touch|reach|[^\x00-\u024f\u2000-\u2bff\ufe0f\U0001f000-\U0001ffff]",
    re.IGNORECASE,
)
_ADDRESS_OF_MAIL = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
_MAIL = LazyPattern(_ADDRESS_OF_MAIL)
_ADDRESS = LazyPattern(rf"{_ADDRESS_OF_MAIL}|https?://[^\s)>\]]{{4,200}}|(?<![\w/])@\w{{2,40}}")
_MAIL_FOR_QUESTIONS = LazyPattern(
    r"\b(?:questions?|comments?|feedback|contact|inquir(?:y|ies)|enquir(?:y|ies)|reach|e-?mail us|issues?)\b"
    rf"[^.!?\n]{{0,120}}?(?P<mail>{_ADDRESS_OF_MAIL})",
    re.IGNORECASE,
)
_PLACEHOLDER_ADDRESS = LazyPattern(
    r"example\.|your|name@|user@|e?mail@|domain\.|xxx|\btodo|@username|placeholder|huggingface\.co/docs", re.IGNORECASE
)
_REFUSAL = LazyPattern(
    r"\bundisclosed\b|\bproprietary\b|\bconfidential\b|\bsoon\b|\bunknown\b|\bno information\b"
    r"|\bnot (?:be |been |being )?(?:disclosed|released|publicly|public|available|specified|provided|known)\b"
    r"|\bwill be (?:released|added|published)\b",
    re.IGNORECASE,
)
_OF_TRAINING = LazyPattern(
    r"train|tun(?:ed|ing)\b|learn|\bcorp(?:us|ora)\b|[^\x00-\u024f\u2000-\u2bff\ufe0f]", re.IGNORECASE
)
_SHORT = 200  # characters of a section that only says that the data are not disclosed


def _is_refusal(text: str) -> bool:
    return len(text) < _SHORT and _REFUSAL.search(text) is not None


def _has_results(block: Block) -> bool:
    """Return True for a table with numbers, in Markdown or in HTML."""
    if isinstance(block, Table):
        cells = [cell.content.text for row in block.rows for cell in row.cells[1:]]
        return any(_RESULT.search(text) for text in cells)
    return isinstance(block, Html) and "<td" in block.content.text and _RESULT.search(block.content.text) is not None


_RESULT = LazyPattern(r"(?<![\w.-])\d{1,3}(?:\.\d{1,4})?%?(?![\w-])")


def _has_own_text(section: Section) -> bool:
    return any(not isinstance(block, Heading | CodeBlock) for part in section.walk() for block in part.blocks)


def _sections(card: Card, kind: str) -> Iterator[Evidence]:
    yield from (_of_section(section) for section in _filled(card, kind))


def _filled(card: Card, kind: str) -> Iterator[Section]:
    """Yield the filled sections of a kind that are not about another model."""
    for section in card.sections:
        if kind in section.kinds and _is_filled(section) and next(_parts(section, kind), None) is not None:
            yield section


def _is_filled(section: Section) -> bool:
    above: Section | None = section
    while above is not None:
        if ABOUT_ANOTHER.search(above.title):
            return False
        above = above.parent
    return section.state is SectionState.FILLED


def _parts(section: Section, kind: str) -> Iterator[Section]:
    """Yield the filled parts of a section that are about a kind: itself, and those below it of the kind or of none."""
    if section.own_state is SectionState.FILLED:
        yield section
    for child in section.children:
        if kind in child.kinds or not child.kinds:
            yield from _parts(child, kind)


def _of_section(section: Section) -> Evidence:
    return Evidence(words=f'section "{" ".join(section.title.split())}"', span=section.heading.span, form="section")


def _text(card: Card, section: Section, kind: str, *, raw: bool = False) -> str:
    """Return the text of a section about a kind, without headings and placeholders; with `raw`, with link targets."""
    return "\n".join(text for part in _parts(section, kind) for text in _texts(card, part.blocks, raw=raw))


def _texts(card: Card, blocks: Sequence[Block], *, raw: bool) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph() | Html():
                text = block.content.text if raw else visible_text(block, block.content, card.body).text
                if not any(mark in text for mark in TEMPLATE_MARKS):
                    yield text
            case Row():
                yield from (cell.content.text for cell in block.cells)
            case CodeBlock() | Heading():
                pass
            case _:
                yield from _texts(card, block.children, raw=raw)


def _paragraphs(card: Card) -> Iterator[tuple[Paragraph, Section | None]]:
    """Yield the paragraphs of the sections, in lists too, each with its section; then those above all headings."""
    inside: set[int] = set()
    for section in card.sections:
        for block in section.blocks:
            for paragraph in _within(block):
                inside.add(paragraph.span.start)
                yield paragraph, section
    for block in card.body.blocks:
        yield from ((paragraph, None) for paragraph in _within(block) if paragraph.span.start not in inside)


def _within(block: Block) -> Iterator[Paragraph]:
    if isinstance(block, Paragraph):
        yield block
    for child in block.children:
        yield from _within(child)


PRESENCE: dict[str, Callable[[Card], Iterator[Evidence]]] = {
    "intended-use": _intended_use,
    "acceptable-use": _acceptable_use,
    "integration": _integration,
    "training-data": _training_data,
    "evaluation": _evaluation,
    "limitations": _limitations,
    "bias": _bias,
    "contact": _contact,
}
"""The readers of sections, by item."""
