"""Rule `missing-library`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.tasks import tag_scalars
from cardlint.card.yaml.edits import add_entry
from cardlint.finding import Fix, Problem, Related, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.libraries import LIBRARIES, OTHER_FORMATS

# The key and its misspellings, which `unknown-key` reports.
KEYS = ("library_name", "library", "libraries", "library-name", "library_tag")
# Words of cards whose model may need another library: adapters (certain only by the versions) and conversions. In
# lower case, each under a text that it contains and that is searched for first; expressions that begin with letters are
# fast.
DOUBTS = {
    "peft": LazyPattern(r"peft(?<!\wpeft)\b"),
    "lora": LazyPattern(r"lora(?:(?<!\wlora)|(?<=\bqlora))\b"),
    "adapter": LazyPattern(r"adapter(?<!\wadapter)s?\b"),
    "gg": LazyPattern(r"gg(?<!\wgg)(?:uf|ml)\b"),
    "onnxruntime": LazyPattern(r"onnxruntime(?<!\wonnxruntime)\b"),
    "optimum-intel": LazyPattern(r"optimum-intel(?<!\woptimum-intel)\b"),
}
# Tags of models that no library loads: code of the author's own, or llama.cpp, which reads the file itself.
WITHOUT_LIBRARY = frozenset(("custom-implementation", "gguf-my-repo", "llama-cpp", "llama.cpp"))
Evidence = tuple[str, Span]


@rule(severity=Severity.NOTE, fix=Safety.SAFE, reads_metadata=True)
def missing_library(card: Card, *, always: bool = False) -> Iterator[Problem]:
    r"""The metadata has no `library_name`, but the card or a file beside it shows the library.

    The Hub shows code to load the model, and counts downloads, by its library; since August 2024 it does not assume
    `transformers`. A tag that names the library is enough. The library is shown by the generator of the card, or by a
    file that only this library writes: `adapter_config.json`, `config_setfit.json`, `modules.json`, `model_index.json`,
    `config.json` with a `model_type` of transformers, or files of spaCy, LeRobot and Stable-Baselines3.

    Bad:
        ---
        license: mit
        tags:
        - generated_from_trainer
        ---

        This model is a fine-tuned version of owls.

    Good:
        ---
        license: mit
        library_name: transformers
        tags:
        - generated_from_trainer
        ---

        This model is a fine-tuned version of owls.

    Options:
        always: also report a card if nothing shows the library. The profile `release` sets this option.
    """
    metadata = card.metadata
    if not metadata.is_mapping:
        return
    if not metadata.keys.isdisjoint(KEYS):
        return
    if any(tag.text in LIBRARIES or tag.text.lower() in OTHER_FORMATS for tag in tag_scalars(metadata)):
        return
    proof = card.repository.library
    if proof is not None:
        place = Related(proof.file.place(proof.key), "shown here", proof.file.source)
        yield _problem(card, proof.library, f"`{proof.file.name}` is a file of", place)
        return
    found = _evidence(card)
    if found is not None:
        library, span = found
        yield _problem(card, library, "the card shows that it is", Related(span, "shown here"))
    elif always and not any(tag.text in WITHOUT_LIBRARY for tag in tag_scalars(metadata)):
        yield Problem(card.front_matter.opening, "the metadata has no `library_name`", "Add the library of the model.")


def _problem(card: Card, library: str, reason: str, place: Related) -> Problem:
    edit = add_entry(card.metadata, f"library_name: {library}")
    return Problem(
        card.front_matter.opening,
        f"the metadata has no `library_name`, but {reason} `{library}`",
        f"Add `library_name: {library}`.",
        related=(place,),
        fix=Fix(f"Add `library_name: {library}`", (edit,)) if edit else None,
    )


def _evidence(card: Card) -> Evidence | None:
    """Return the library that the generator implies, and the place that shows the generator."""
    generator = card.generator
    if generator is None or generator.library is None:
        return None
    text = card.source.text
    # PEFT among the versions proves that the model is an adapter
    if generator.family == "trainer" and "ramework versions" in text and "PEFT" in card.training.versions:
        return "peft", _version(text, "PEFT")
    if generator.library == "transformers":
        lower = text.lower()
        if any(sign in lower and words.search(lower) for sign, words in DOUBTS.items()):
            return None
    return generator.library, card.generator_span


def _version(text: str, name: str) -> Span:
    """Return the place of a library's version: the last one that names the library, since versions end a card."""
    start = text.rfind(name)
    return Span(start, start + len(name))
