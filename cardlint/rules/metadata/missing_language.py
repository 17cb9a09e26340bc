"""Rule `missing-language`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.tasks import tag_scalars, task_hints
from cardlint.card.yaml.nodes import Scalar
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.keys.table import meant_by
from cardlint.vocabulary.tasks import LANGUAGE_TASKS

LANGUAGE_KEYS = frozenset(("language", "language_bcp47"))
# Subjects with sequences of letters that are not language: a model of proteins also fills masks.
OTHER_SUBJECTS = frozenset(
    ("biology", "chemistry", "protein", "proteins", "dna", "rna", "genomics", "esm", "smiles", "molecules", "music")
)


@rule(severity=Severity.NOTE, reads_metadata=True)
def missing_language(card: Card) -> Iterator[Problem]:
    r"""The metadata of a language model has no `language`.

    People who filter by language do not find the model. Only models with a task that is about language are checked.

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
    said = _task(card)
    if said and not any(_is_of_other_subject(tag.text) for tag in tag_scalars(metadata)):
        task, span = said
        yield Problem(
            card.front_matter.opening,
            f"the metadata has no `language`, but the task is `{task}`",
            "Add `language` with a code of two or three letters, or a list of them.",
            related=(Related(span, "the task"),),
        )


def _task(card: Card) -> tuple[str, Span] | None:
    """Return the task and its place, if all evidence is for tasks of language models."""
    stated = card.metadata.get("pipeline_tag")
    if isinstance(stated, Scalar):
        return (stated.text, stated.span) if stated.text in LANGUAGE_TASKS else None
    hints = task_hints(card.metadata)
    if hints and all(hint.task in LANGUAGE_TASKS for hint in hints):
        return hints[0].task, hints[0].span
    return None


def _is_of_other_subject(tag: str) -> bool:
    return not OTHER_SUBJECTS.isdisjoint(tag.lower().replace("_", "-").replace(" ", "-").split("-"))
