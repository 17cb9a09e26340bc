"""Rule `unindexed-results`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.claims.claim import Claim
from cardlint.card.claims.model_index_yaml import Result
from cardlint.card.claims.ranges import beyond_range
from cardlint.card.metadata.tasks import task_hints
from cardlint.card.yaml.edits import add_entry
from cardlint.card.yaml.nodes import Entry, Scalar, Sequence, listed_mappings
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.source import Source, Span
from cardlint.vocabulary.labels.metrics import SCORE
from cardlint.wording import listed

_MOST = 12  # results that the help lists and the fix adds


@rule(severity=Severity.NOTE, fix=Safety.UNSAFE, reads_metadata=True)
def unindexed_results(card: Card) -> Iterator[Problem]:
    r"""The body reports results that are missing from the metadata.

    The Hub shows and compares models only by the numbers in the model-index. Generators leave it empty if they do not
    know the task or the dataset: the Trainer writes `results: []` after most trainings on local files. The help shows
    the YAML to add; if the card names a task and a single dataset, the fix adds it.

    Bad:
        ---
        pipeline_tag: text-classification
        datasets:
        - owner/tides
        model-index:
        - name: tide
          results: []
        ---

        # tide

        It achieves the following results on the evaluation set:
        - Loss: 0.2107
        - Accuracy: 0.934

    Good:
        ---
        pipeline_tag: text-classification
        datasets:
        - owner/tides
        model-index:
        - name: tide
          results:
          - task:
              type: text-classification
            dataset:
              type: owner/tides
              name: owner/tides
            metrics:
            - type: accuracy
              value: 0.934
        ---

        # tide

        It achieves the following results on the evaluation set:
        - Loss: 0.2107
        - Accuracy: 0.934
    """
    metadata = card.metadata
    if not metadata.is_mapping:
        return
    index = metadata.mapping.entry("model-index")
    empty = _empty_results(index) if index else None
    if card.metadata_claims or (index is not None and empty is None):
        return
    claims = _one_evaluation([claim for claim in card.body_claims if _is_result(claim)])
    # impossible values are not worth adding; `metric-out-of-range` reports them
    claims = tuple(claim for claim in claims if not beyond_range(claim))
    if not claims:
        return
    result = Result(_task(card), _dataset(card, claims[0]), claims[0].split, claims)
    index_state = "an empty model-index" if empty else "no model-index"
    yield Problem(
        claims[0].span,
        f"the body reports {_listed(claims)}, but the metadata has {index_state}",
        help=f"Add to the `results` of the model-index: `{result.inline()}`.",
        related=(Related(empty.key.span, "no results here"),) if empty else (),
        fix=_fix(card, result, empty),
    )


def _empty_results(index: Entry) -> Entry | None:
    """Return the entry `results: []` of a model-index with a single, empty model."""
    models = [model for _, model in listed_mappings(index.value)]
    entry = models[0].entry("results") if len(models) == 1 else None
    is_empty = entry is not None and isinstance(entry.value, Sequence) and not entry.value.items
    return entry if is_empty else None


def _one_evaluation(claims: list[Claim]) -> tuple[Claim, ...]:
    """Return the best source's claims of the same evaluation as its first; of a table, those of the last row."""
    for source in ("summary", "table", "prose", "results-row"):
        of_source = [claim for claim in claims if claim.source == source]
        if source == "results-row":
            of_source = _last_row(of_source)
        if of_source:
            about = of_source[0].measured_on
            first: dict[tuple[str, str | None], Claim] = {}
            for claim in of_source:
                if claim.measured_on == about:
                    first.setdefault((claim.metric, claim.variant), claim)
            return tuple(first.values())[:_MOST]
    return ()


def _last_row(claims: list[Claim]) -> list[Claim]:
    """Return the claims of the last table row: those after the last repetition of a metric."""
    row: list[Claim] = []
    for claim in reversed(claims):
        if any(claim.is_about(known) for known in row):
            break
        row.append(claim)
    return row[::-1]


def _is_result(claim: Claim) -> bool:
    """True if a claim reports a metric of the finished model: not a loss, a training value or a difference."""
    is_metric = claim.reading.known and claim.metric not in {"loss", SCORE} and "/" not in claim.metric
    return is_metric and "train" not in (claim.split, claim.reading.split) and claim.value >= 0


def _task(card: Card) -> str | None:
    tag = card.metadata.get("pipeline_tag")
    if isinstance(tag, Scalar) and not tag.is_null:
        return tag.text
    tasks = {hint.task for hint in task_hints(card.metadata)}
    if card.generator is not None and card.generator.task:
        tasks.add(card.generator.task)
    return tasks.pop() if len(tasks) == 1 else None


def _dataset(card: Card, claim: Claim) -> str | None:
    """Return the dataset that the claim names, or else the only one of the metadata."""
    if claim.dataset:
        return claim.dataset
    from cardlint.vocabulary.builders import BUILDERS

    datasets = card.lineage.datasets
    name = datasets[0].text if len(datasets) == 1 else None
    return None if name in BUILDERS else name


def _listed(claims: tuple[Claim, ...]) -> str:
    shown = [f"{claim.label} {claim.text}" for claim in claims[:3]]
    return listed([*shown, "more"] if len(claims) > 3 else shown)


def _fix(card: Card, result: Result, empty: Entry | None) -> Fix | None:
    # a dataset that only the body names may not be an id of the Hub
    is_certain = result.is_known and result.claims[0].dataset is None and result.claims[0].source == "summary"
    if not is_certain:
        return None
    if empty is not None:
        edit = _fill(card.source, empty, result)
    else:
        name = card.repo_id or (card.title.name if card.title else "")
        edit = _add(card, name.rpartition("/")[2], result)
    return Fix("Add the results to the model-index", (edit,), Safety.UNSAFE) if edit else None


def _fill(source: Source, empty: Entry, result: Result) -> Edit | None:
    """Return the edit that replaces the empty list by the result, indented like its key."""
    lines = source.lines
    line = source.line_index(empty.key.span.start)
    before = source.text[lines[line].start : empty.key.span.start]
    colon = source.text.find(":", empty.key.span.end, empty.value.span.start)
    if before.strip() not in {"", "-"} or colon < 0 or line + 1 >= len(lines):
        return None
    line_end = source.text[lines[line].end : lines[line + 1].start]
    indent = " " * len(before)
    text = "".join(f"{line_end}{indent}{written}" for written in result.lines())
    return Edit(Span(colon + 1, empty.value.span.end), text)


def _add(card: Card, name: str, result: Result) -> Edit | None:
    if not name or not name.isascii() or not name.replace("-", "").replace("_", "").replace(".", "").isalnum():
        return None
    quoted = f'"{name}"' if name[0].isdigit() else name
    lines = ("model-index:", f"- name: {quoted}", "  results:", *(f"  {line}" for line in result.lines()))
    return add_entry(card.metadata, *lines, last=True)
