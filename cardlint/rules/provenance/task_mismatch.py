"""Rule `task-mismatch`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.yaml.nodes import Scalar
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span

# What SetFit's models are made from; they themselves classify.
BODY_TASKS = frozenset(("sentence-similarity", "feature-extraction"))
STATEMENT = LazyPattern(
    r"(?i)\b(?:this|the|our|it)(?: \w+){0,2} (?:is an? |(?:is|was) trained (?:with|using) )\[?setfit\b"
)


@rule(severity=Severity.NOTE, reads_metadata=True)
def task_mismatch(card: Card) -> Iterator[Problem]:
    r"""`pipeline_tag` is the task of the model that this one was made from.

    A SetFit model classifies texts, but is trained from an encoder of sentences and is easily pushed with the encoder's
    metadata. With `sentence-similarity` the Hub shows code and a widget that do not work with it.

    Bad:
        ---
        pipeline_tag: sentence-similarity
        ---

        # lighthouse-topics

        This is a SetFit model that sorts messages by topic.

    Good:
        ---
        pipeline_tag: text-classification
        ---

        # lighthouse-topics

        This is a SetFit model that sorts messages by topic.
    """
    task = card.metadata.get("pipeline_tag")
    if not isinstance(task, Scalar) or task.text not in BODY_TASKS or "setfit" not in card.lower_body:
        return
    shown = _statement(card)
    if shown is not None:
        yield Problem(
            task.span,
            f"a SetFit model classifies texts, but `pipeline_tag` is `{task.text}`",
            help="Write `text-classification`.",
            related=(Related(shown, "shown here"),),
        )


def _statement(card: Card) -> Span | None:
    """Return the place that says that the model is SetFit's."""
    if card.generator is not None and card.generator.name == "setfit":
        return card.generator_span
    match = STATEMENT.search(card.body_text)
    start = card.front_matter.span.end
    return Span(start + match.start(), start + match.end()) if match else None
