"""Rule `missing-library`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.tasks import tag_scalars
from cardlint.card.yaml.edits import add_entry
from cardlint.finding import Fix, Problem, Related, Safety, Severity
from cardlint.lazy_regex import pattern
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.libraries import LIBRARIES, OTHER_FORMATS

# The others are misspellings, which are reported where they stand.
KEYS = ("library_name", "library", "libraries", "library-name", "library_tag")
# Words of a card whose model may need another library: an adapter's (certain only by the versions), a conversion's.
# In lower case, each by what is looked for first, and begun with letters, which an expression finds quickly.
DOUBTS = {
    "peft": pattern(r"peft(?<!\wpeft)\b"),
    "lora": pattern(r"lora(?:(?<!\wlora)|(?<=\bqlora))\b"),
    "adapter": pattern(r"adapter(?<!\wadapter)s?\b"),
    "gg": pattern(r"gg(?<!\wgg)(?:uf|ml)\b"),
    "onnxruntime": pattern(r"onnxruntime(?<!\wonnxruntime)\b"),
    "optimum-intel": pattern(r"optimum-intel(?<!\woptimum-intel)\b"),
}
Evidence = tuple[str, Span]


@rule(severity=Severity.NOTE, fix=Safety.SAFE, reads_metadata=True)
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
    if not metadata.is_mapping:
        return
    if not metadata.keys.isdisjoint(KEYS):
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
        f"the metadata names no `library_name`, though the card says that it is `{library}`",
        f"Add `library_name: {library}`.",
        related=(Related(span, "it says so here"),),
        fix=Fix(f"Add `library_name: {library}`", (edit,)) if edit else None,
    )


def _evidence(card: Card) -> Evidence | None:
    """The library that what wrote the card implies, and where the card shows that."""
    generator = card.generator
    if generator is None or generator.library is None:
        return None
    text = card.source.text
    # among the versions it is certain that the model is an adapter
    if generator.family == "trainer" and "ramework versions" in text and "PEFT" in card.training.versions:
        return "peft", _version(text, "PEFT")
    if generator.library == "transformers":
        lower = text.lower()
        if any(sign in lower and words.search(lower) for sign, words in DOUBTS.items()):
            return None
    return generator.library, card.generator_span


def _version(text: str, name: str) -> Span:
    """Where the version stands: the last place that names the library, since versions end a card."""
    start = text.rfind(name)
    return Span(start, start + len(name))
