"""Statements of sentences and of lines with a label, such as `Base model: x`, about the origin of a model."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from cardlint.card.provenance.lineage_grammar import Match, announces_merge, match_label, match_sentence
from cardlint.card.provenance.lineage_labels import is_family_label
from cardlint.card.provenance.lineage_signs import may_state_lineage
from cardlint.card.provenance.lineage_statement import LineageStatement
from cardlint.card.provenance.model_names import CONVERSIONS, Name, is_own
from cardlint.card.provenance.named_text import BARE, MARK, NamedText
from cardlint.card.provenance.snippets import Load
from cardlint.card.text.own_names import OwnNames, plain_name, prefix_of
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["SentenceReader"]

_START = LazyPattern(r"(?:\A|(?<=[.!?])\s+|(?<=[\u3002\uff01\uff1f])\s*|\n(?![a-z\ufffb\ufffc]))")
_SENTENCE_END = LazyPattern(r"[.!?](?=\s|$)|[\u3002\uff01\uff1f]|\n\s*\n")
_INTRODUCED = LazyPattern(r"(?:the |this )(?:model |adapter |lora )?")
_THESE_ARE = "these are "
_LEADING = LazyPattern(r"[^\w\ufffb\ufffc\"]+")
# "Based on" a model may speak of its architecture; these words in the paragraph say that the weights are others.
_DOUBT = LazyPattern(
    r"\bfrom scratch\b|\bown (?:[\w-]+ )?(?:vocabulary|tokenizer)|\bscales the\b|\brandom(?:ly)? initiali"
    r"|\bnew vocabulary\b|\bpre-?trained (?:[\w-]+ ){0,3}based on\b|\bsmaller version\b"
    r"|\b(?:was|is|been|and) pre-?trained\b(?! weights)|\bself-supervised\b"
)
_LONGEST = 700  # characters of a sentence


class SentenceReader:
    """A reader of texts in which marks replace the models that they name; `loads` are those that the code loads."""

    def __init__(self, own: OwnNames, loads: tuple[Load, ...]) -> None:
        self.own = own
        self.loads = loads

    def announce_merge(self, named: NamedText) -> bool:
        """Return True if a sentence of a text says that this model is a merge of what follows."""
        lower = named.lower
        sentences = (self._with_own_subject(named, lower, start, len(lower))[0] for start in _starts(named.text))
        return any(announces_merge(sentence.strip()) for sentence in sentences)

    def read(self, named: NamedText, *, is_item: bool) -> Iterator[LineageStatement]:
        """Yield the statements of each line with a label, and of each sentence."""
        lower = named.lower
        done = -1
        for start in _starts(named.text):
            if start < done:
                continue
            end = _end(lower, start)
            written = lower[start:end]
            if (MARK not in written and BARE not in written) or not may_state_lineage(written):
                continue
            match, form, shift = match_label(written), "label", 0
            if match is None or _has_family_label(lower):
                sentence, shift = self._with_own_subject(named, lower, start, end)
                match, form = match_sentence(sentence, is_item=is_item), "prose"
                if match is not None and match.is_doubtful and _DOUBT.search(lower):
                    match = None
            if match is not None:
                yield from self._stated(named, match, form, start, shift)
                done = start + shift + match.end

    def _with_own_subject(self, named: NamedText, lower: str, start: int, end: int) -> tuple[str, int]:
        """Return a sentence in which "this model" replaces the model's own name, and the shift of its characters."""
        sentence = lower[start:end]
        introduced = _INTRODUCED.match(sentence)
        before = introduced.end() if introduced else 0
        rest = named.text[start + before : end]
        length = self.own.prefix(rest) or prefix_of(rest, self._loaded_names)
        if sentence[0] in (MARK, BARE) and self._is_subject(named.names_in(start, start + 1)[0]):
            length, before = 1, 0
        if not length:
            return self._without_own_object(named, sentence, start)
        return f"this model{sentence[before + length :]}", before + length - len("this model")

    def _without_own_object(self, named: NamedText, sentence: str, start: int) -> tuple[str, int]:
        """Return a sentence without the own name in "These are x LoRA weights for y", and the shift."""
        at = len(_THESE_ARE)
        if not sentence.startswith((f"{_THESE_ARE}{MARK} ", f"{_THESE_ARE}{BARE} ")):
            return sentence, 0
        if not self._is_subject(named.names_in(start + at, start + at + 1)[0]):
            return sentence, 0
        return _THESE_ARE + sentence[at + 2 :], 2

    def _is_subject(self, name: Name) -> bool:
        return is_own(self.own, name) or plain_name(name.id or name.text) in self._loaded_names

    @cached_property
    def _loaded_names(self) -> frozenset[str]:
        """The names of the models that the card's code loads: as a subject they are this model."""
        return frozenset(plain_name(load.text) for load in self.loads if load.text) - {""}

    def _stated(self, named: NamedText, match: Match, form: str, start: int, shift: int) -> Iterator[LineageStatement]:
        first, last = start + shift + match.start, start + shift + match.end
        begin = named.offset(start)
        is_bare = named.text[first] == BARE
        for name in named.names_in(first, last):
            if self._is_base(name, match, is_bare=is_bare):
                end = name.span.end if name.link is None else name.link.span.end
                yield LineageStatement(span=Span(begin, end), form=form, base=name, relation=match.relation)

    def _is_base(self, name: Name, match: Match, *, is_bare: bool) -> bool:
        """Return True unless a name is the model's own, or may be that of a dataset, or two words with a slash."""
        if is_own(self.own, name, is_conversion=match.relation in CONVERSIONS):
            return False
        if match.needs_link and name.link is None:
            return False
        return not (is_bare and match.is_loose) or "/" not in name.text or any(map(str.isdigit, name.text))


def _has_family_label(text: str) -> bool:
    return any(is_family_label(line.partition(":")[0]) for line in text.split("\n") if ":" in line)


def _starts(text: str) -> Iterator[int]:
    """Yield the places where a sentence or a line begins, after bullets, emoji and other signs."""
    last = -1
    for match in _START.finditer(text):
        leading = _LEADING.match(text, match.end())
        start = leading.end() if leading else match.end()
        if last < start < len(text):
            yield start
            last = start


def _end(text: str, start: int) -> int:
    match = _SENTENCE_END.search(text, start, start + _LONGEST)
    return match.start() if match else min(len(text), start + _LONGEST)
