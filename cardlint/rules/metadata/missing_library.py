"""Rule `missing-library`."""

from collections.abc import Iterator

from cardlint.card import Card
from cardlint.card.metadata import Mapping
from cardlint.card.tasks import tag_scalars
from cardlint.card.yaml_edits import add_entry
from cardlint.finding import Fix, Problem, Related, Safety, Severity
from cardlint.pattern import pattern
from cardlint.rule import rule
from cardlint.source import Span
from cardlint.vocabulary.libraries import GENERATOR_SENTENCES, GENERATOR_TAGS, LIBRARIES, OTHER_FORMATS
from cardlint.vocabulary.trainer import OPENING_SENTENCES

# The others are misspellings, which are reported where they stand.
KEYS = ("library_name", "library", "libraries", "library-name", "library_tag")
# Words of a card whose model may need another library: an adapter's (certain only by the versions), a conversion's.
DOUBTS = pattern(r"(?i)\b(?:peft|q?lora|adapters?|gguf|ggml|onnxruntime|optimum-intel)\b")
Evidence = tuple[str, Span]


@rule(severity=Severity.NOTE, fix=Safety.SAFE)
def missing_library(card: Card) -> Iterator[Problem]:
    r"""The metadata names no library, though the card tells which one wrote it.

    The Hub shows code that loads the model only when it knows the library, and counts downloads by it; since August
    2024 it does not take `transformers` for granted any more. A tag that names a library is as good.

    Bad:
        ---
        license: mit
        tags:
        - generated_from_trainer
        ---

    Good:
        ---
        license: mit
        library_name: transformers
        tags:
        - generated_from_trainer
        ---
    """
    metadata = card.metadata
    if not metadata.read or metadata.error or not isinstance(metadata.root, Mapping) or card.has_foreign_metadata:
        return
    if any(metadata.mapping.entry(key) for key in KEYS):
        return
    if any(tag.text in LIBRARIES or tag.text.lower() in OTHER_FORMATS for tag in tag_scalars(metadata)):
        return
    found = _evidence(card)
    if found is None:
        return
    library, span = found
    edit = add_entry(metadata, f"library_name: {library}")
    yield Problem(
        card.front_matter.opening,
        f"the metadata names no library, which is `{library}` by what wrote the card",
        f"Add `library_name: {library}`.",
        related=(Related(span, "it says so here"),),
        fix=Fix(f"Add `library_name: {library}`", (edit,)) if edit else None,
    )


def _evidence(card: Card) -> Evidence | None:
    """The one library that every mark speaks for, and the first mark."""
    text = card.source.text
    marks: list[Evidence] = []
    for sentence, library in GENERATOR_SENTENCES.items():
        start = text.find(sentence, card.front_matter.span.end)
        if start >= 0:
            marks.append((library, Span(start, start + len(sentence.rstrip("(")))))
    marks += ((GENERATOR_TAGS[tag.text], tag.span) for tag in tag_scalars(card.metadata) if tag.text in GENERATOR_TAGS)
    if not marks or {library for library, _ in marks} == {"transformers"}:
        return _trainer(card, marks)
    return marks[0] if len({library for library, _ in marks}) == 1 else None


def _trainer(card: Card, marks: list[Evidence]) -> Evidence | None:
    """What the Trainer's card says; PEFT among its versions means that the model is an adapter."""
    text = card.source.text
    sentence = next((sentence for sentence in OPENING_SENTENCES if sentence in text), None)
    if not marks and not (sentence and "Transformers " in text):
        return None
    versions = card.training.versions if "ramework versions" in text else {}
    if "PEFT" in versions:
        return "peft", _version(text, "PEFT")
    if DOUBTS.search(text):
        return None
    if not marks and sentence and "Transformers" in versions:
        return "transformers", _version(text, "Transformers")
    return marks[0] if marks else None


def _version(text: str, name: str) -> Span:
    """Where the version stands: the last place that names the library, since versions end a card."""
    start = text.rfind(name)
    return Span(start, start + len(name))
