"""Rule `missing-language`."""

import re
from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Paragraph
from cardlint.card.metadata.languages import certain_codes
from cardlint.card.metadata.tasks import tag_scalars, task_hints
from cardlint.card.yaml.edits import add_entry
from cardlint.card.yaml.nodes import Scalar
from cardlint.finding import Fix, Problem, Related, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.keys.table import meant_by
from cardlint.vocabulary.tasks import LANGUAGE_TASKS, RENAMED

LANGUAGE_KEYS = frozenset(("language", "language_bcp47"))
# Subjects with sequences of letters that are not language: a model of proteins also fills masks.
OTHER_SUBJECTS = frozenset(
    ("biology", "chemistry", "protein", "proteins", "dna", "rna", "genomics", "esm", "smiles", "molecules", "music")
)

LONGEST = 300  # characters of a paragraph with a label
LABELLED = LazyPattern(r"languages?(?:\(s\))?(?: \(nlp\))? ?: ?(?P<said>.+)", re.IGNORECASE)
THREE_LETTERS = LazyPattern(r"\b(?!and\b)[a-z]{3}\b", re.IGNORECASE)


@rule(severity=Severity.NOTE, fix=Safety.SAFE, reads_metadata=True)
def missing_language(card: Card) -> Iterator[Problem]:
    r"""The metadata of a language model has no `language`.

    People who filter by language do not find the model. Only models with a task that is about language are checked, and
    pipelines of spaCy. If the body lists the languages behind a label, the fix adds them; of a pipeline of spaCy, it
    adds the language in `meta.json` beside the card.

    Bad:
        ---
        pipeline_tag: text-classification
        ---

    Good:
        ---
        pipeline_tag: text-classification
        language: nl
        ---
    """
    metadata = card.metadata
    if not metadata.is_mapping:
        return
    if any(meant_by(name) in LANGUAGE_KEYS for name in metadata.keys):
        return
    by_file = _by_file(card)
    if by_file is not None:
        yield by_file
        return
    said = _task(card)
    if said and not any(_is_of_other_subject(tag.text) for tag in tag_scalars(metadata)):
        task, span = said
        yield _missing(card, task, span)


def _missing(card: Card, task: str, span: Span) -> Problem:
    place = card.front_matter.opening
    stated = _stated(card) if "language" in card.lower_body else None
    if stated is None:
        return Problem(
            place,
            f"the metadata has no `language`, but the task is `{task}`",
            "Add `language` with a code of two or three letters, or a list of them.",
            related=(Related(span, "the task"),),
        )
    codes, paragraph = stated
    shown = " and ".join(f"`{code}`" for code in codes) if len(codes) < 4 else f"{len(codes)} languages"
    return _stated_problem(card, codes, f"the body states {shown}", Related(paragraph, "stated here"))


def _stated_problem(card: Card, codes: tuple[str, ...], fact: str, place: Related) -> Problem:
    written = ['"no"' if code == "no" else code for code in codes]
    value = written[0] if len(written) == 1 else f"[{', '.join(written)}]"
    edit = add_entry(card.metadata, f"language: {value}")
    return Problem(
        card.front_matter.opening,
        f"the metadata has no `language`, but {fact}",
        f"Add `language: {value}`.",
        related=(place,),
        fix=Fix(f"Add `language: {value}`", (edit,)) if edit else None,
    )


def _by_file(card: Card) -> Problem | None:
    """Return the problem with the language that a file beside the card states."""
    if card.repository.language is None:
        return None
    from cardlint.vocabulary.languages import is_language  # here, since few cards need it

    file, code = card.repository.language
    if not is_language(code):
        return None
    place = Related(file.place("lang"), "stated here", file.source)
    return _stated_problem(card, (code,), f"`{file.name}` states `{code}`", place)


def _stated(card: Card) -> tuple[tuple[str, ...], Span] | None:
    """Return the languages behind a label of the body, such as `Language(s) (NLP): English`, and their place."""
    for block in card.body.walk():
        if isinstance(block, Paragraph) and len(block.content.text) <= LONGEST:
            match = LABELLED.fullmatch(" ".join(card.body.plain(block.content).split()))
            said = match["said"].strip(" .") if match else ""
            # codes of three letters are words too
            codes = certain_codes(said) if not THREE_LETTERS.search(said) else ()
            if codes:
                return codes, block.span
    return None


def _task(card: Card) -> tuple[str, Span] | None:
    """Return the task and its place, if all evidence is for tasks of language models."""
    stated = card.metadata.get("pipeline_tag")
    if isinstance(stated, Scalar):
        task = RENAMED.get(stated.text.lower(), stated.text)
        return (task, stated.span) if task in LANGUAGE_TASKS else None
    hints = task_hints(card.metadata)
    generator = card.generator
    if not hints and generator is not None and generator.task in LANGUAGE_TASKS:
        return generator.task, card.generator_span
    if hints and all(hint.task in LANGUAGE_TASKS for hint in hints):
        return hints[0].task, hints[0].span
    return None


def _is_of_other_subject(tag: str) -> bool:
    return not OTHER_SUBJECTS.isdisjoint(tag.lower().replace("_", "-").replace(" ", "-").split("-"))
