"""Rule `unindexed-results`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cardlint.card.card import Card
from cardlint.card.claims.claim import Claim
from cardlint.card.claims.model_index_yaml import Result
from cardlint.card.claims.ranges import beyond_range
from cardlint.card.metadata.tasks import task_hints
from cardlint.card.provenance.evaluated_dataset import EvaluatedDataset, find_evaluated_dataset, identify_dataset
from cardlint.card.yaml.edits import add_entry, replace_scalar
from cardlint.card.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence, listed_mappings
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Source, Span
from cardlint.vocabulary.labels.metrics import SCORE, read_label
from cardlint.wording import listed

if TYPE_CHECKING:
    from cardlint.card.agreement.context import Surroundings

_MOST = 12  # results that the help lists and the fix adds
_MODEL_NAME = LazyPattern(r"(?a:[\w][\w.-]*)")
_LONGEST_SETTING = 40
# What BLEU is made of.
_COMPONENTS = frozenset(("bp", "brevity", "penalty", "precisions", "length", "ratio"))
# Datasets that the library evaluate has a "metric" of: the number is an accuracy, an F1 or something else.
_BENCHMARKS = frozenset(
    ("competition_math", "cuad", "fever", "glue", "indic_glue", "squad", "squad_v2", "super_glue", "xnli")
)
# Their `datasets` are those of the training; all were evaluated on ImageNet.
_LISTS_TRAINING_DATA = frozenset(("timm",))
# A folder of ESPnet with the hypotheses of one model.
_DECODED = LazyPattern(r"(?i)\bdecode_|\.(?:acc|cer|loss|wer)\.(?:ave|best)")
_IN_BRACKETS = LazyPattern(r"(?P<before>.*?)(?<!\s)\s*+\((?P<inside>[^()]*)\)")
_LANGUAGE_PAIR = LazyPattern(r"(?i)(?P<from>[a-z]{2,3})(?:-[a-z]{2,4})?(?: ?(?:-|→|->|>|to|_) ?(?P<to>[a-z]{2,3}))?")


@rule(severity=Severity.NOTE, fix=Safety.UNSAFE, reads_metadata=True)
def unindexed_results(card: Card) -> Iterator[Problem]:
    r"""The body reports results that are missing from the metadata.

    The Hub shows and compares models only by the numbers in the model-index. Generators leave it empty if they do not
    know the task or the dataset: the Trainer writes `results: []` after most trainings on local files. The help shows
    the YAML to add, with `...` for what the card does not say. The dataset is the one that the generator's sentence
    names, else the only one of the metadata, else GLUE if `config.json` beside the card names one of its tasks. The fix
    adds the YAML if nothing is missing. A number that a results file
    beside the card has with more digits is written with all of them.

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
    # a key that is misspelt is reported by another rule
    if not metadata.is_mapping or card.metadata_claims or "model_index" in metadata.keys:
        return
    index = metadata.mapping.entry("model-index")
    model = _empty_model(index) if index else None
    if index is not None and model is None:
        return
    doubtful = {claim.span for pair in card.inconsistencies for claim in (pair.earlier, pair.later)}
    doubtful |= {span for mismatch in card.file_mismatches for span in (mismatch.span, *mismatch.others)}
    results = [claim for claim in map(_without_folder, card.body_claims) if _is_result(claim)]
    results = [claim for claim in results if claim.span not in doubtful]
    if not results:
        return
    # here, since most cards have no results, or index them
    from cardlint.card.agreement.context import Surroundings
    from cardlint.card.agreement.results_files import precise_number

    claims = _one_evaluation(results, Surroundings(card.body, card.sections, results))
    if not claims:
        return
    precise = tuple(replace(claim, number=precise_number(claim, card.repository)) for claim in claims)
    result = _result(card, precise)
    name = _model_name(card, model)
    empty = model.entry("results") if model else None
    is_whole = result.is_known and name is not None
    missing = "" if is_whole else ", and fill in what is `...`"
    yield Problem(
        claims[0].span,
        f"the body reports {_listed(claims)}, but the metadata has {'an empty' if empty else 'no'} model-index",
        help="\n".join((f"Add the results to the model-index{missing}:", *result.model_index(name))),
        related=(Related(empty.key.span, "no results here"),) if empty else (),
        fix=_fix(card, result, name, model),
    )


def _empty_model(index: Entry) -> Mapping | None:
    """Return the only model of a model-index if its `results` are an empty list."""
    models = [model for _, model in listed_mappings(index.value)]
    results = models[0].value("results") if len(models) == 1 else None
    return models[0] if isinstance(results, Sequence) and not results.items else None


def _without_folder(claim: Claim) -> Claim:
    """Return a claim without the setting that is only the name of a folder."""
    return replace(claim, setting=None) if claim.setting and _DECODED.search(claim.setting) else claim


def _is_result(claim: Claim) -> bool:
    """Return whether a claim reports a possible value of a metric: no loss, nothing of the training, no difference."""
    is_metric = claim.reading.known and claim.metric not in {"loss", SCORE} and "/" not in claim.metric
    of_training = "train" in (claim.split, claim.reading.split)
    is_metric = is_metric and claim.metric not in _BENCHMARKS
    is_whole = _COMPONENTS.isdisjoint(claim.reading.words) and len(claim.setting or "") <= _LONGEST_SETTING
    return is_metric and is_whole and not of_training and claim.value >= 0 and not beyond_range(claim)


def _one_evaluation(claims: list[Claim], around: Surroundings) -> tuple[Claim, ...]:
    """Return the claims of the best source that go together: of a results table, those of the last row.

    They are the first that no setting narrows to a part of the data, else the first, and those of the same section or
    table that were measured on the same.
    """
    for source in ("summary", "table", "fenced", "prose", "results-row"):
        of_source = [claim for claim in claims if claim.source == source]
        if source == "results-row":
            of_source = _last_row(of_source)
        if of_source:
            first = next((claim for claim in of_source if not claim.setting), of_source[0])
            together: dict[tuple[str, str | None], Claim] = {}
            for claim in of_source:
                is_alike = (claim.measured_on, claim.setting) == (first.measured_on, first.setting)
                if is_alike and _are_together(claim, first, around):
                    together.setdefault((claim.metric, claim.variant), claim)
            return tuple(together.values())[:_MOST]
    return ()


def _are_together(one: Claim, other: Claim, around: Surroundings) -> bool:
    """Return whether two claims are in one section, or in rows of one table with the same labels."""
    if one.source == "table":
        is_one_table = around.table_of(one) is around.table_of(other)
        return is_one_table and around.unexplained(one) == around.unexplained(other)
    return around.section_of(one) is around.section_of(other)


def _last_row(claims: list[Claim]) -> list[Claim]:
    """Return the claims of one table row: those behind the last claim of the same metric before them."""
    row: list[Claim] = []
    for claim in reversed(claims):
        if any(claim.is_about(known) for known in row):
            break
        row.append(claim)
    return row[::-1]


def _result(card: Card, claims: tuple[Claim, ...]) -> Result:
    # a generator's sentence is read together with the metadata
    named = None if claims[0].source == "summary" else claims[0].dataset
    if card.generator is not None and card.generator.name in _LISTS_TRAINING_DATA:
        dataset = None
    elif named is None or _DECODED.search(named) is not None:
        dataset = find_evaluated_dataset(card.metadata, card.lineage)
    elif _names_data(named, card):
        dataset = identify_dataset(named, card.metadata, card.lineage)
    else:  # a language or a task is a part of the dataset
        dataset = find_evaluated_dataset(card.metadata, card.lineage)
        claims = tuple(replace(claim, setting=" ".join(filter(None, (named, claim.setting)))) for claim in claims)
    if dataset is None and named is None:
        dataset = _by_file(card)
    of_folder = read_label(named.rpartition("/")[2]).split if named else None
    splits = {claim.split or claim.reading.split or of_folder for claim in claims}
    return Result(
        task=_task(card),
        dataset=dataset.id if dataset else None,
        dataset_name=dataset.name if dataset else None,
        config=(dataset.config if dataset else None) or claims[0].config,
        split=splits.pop() if len(splits) == 1 else None,
        claims=claims,
    )


def _by_file(card: Card) -> EvaluatedDataset | None:
    """Return GLUE if the model's configuration names one of its tasks, and the card names no dataset."""
    task = card.repository.glue_task
    is_named = bool(card.lineage.datasets) or any(len(each.datasets) > 1 for each in card.lineage.statements)
    return None if task is None or is_named else EvaluatedDataset("GLUE", "glue", task)


def _names_data(text: str, card: Card) -> bool:
    """Return False for the name of a language, a pair of languages, a task or a base model."""
    name = text.strip().lower()
    aside = _IN_BRACKETS.fullmatch(name)
    names = [name, *filter(None, aside.groups())] if aside else [name]
    of_base = {each.lower() for base in card.lineage.base_models for each in (base.text, base.id or base.text)}
    return not any(each in of_base or _is_language(each) or _is_task(each) for each in names)


def _is_language(name: str) -> bool:
    from cardlint.vocabulary.languages import NAMES, is_language

    pair = _LANGUAGE_PAIR.fullmatch(name)
    codes = [code for code in pair.groups() if code] if pair else []
    return name in NAMES or (bool(codes) and all(map(is_language, codes)))


def _is_task(name: str) -> bool:
    from cardlint.vocabulary.tasks import GUESSES, RENAMED, TASKS

    return any(name.replace(" ", "-") in tasks for tasks in (TASKS, RENAMED, GUESSES))


def _task(card: Card) -> str | None:
    tag = card.metadata.get("pipeline_tag")
    if isinstance(tag, Scalar) and not tag.is_null:
        return tag.text
    tasks = {hint.task for hint in task_hints(card.metadata)}
    if card.generator is not None and card.generator.task:
        tasks.add(card.generator.task)
    return tasks.pop() if len(tasks) == 1 else None


def _model_name(card: Card, model: Mapping | None) -> str | None:
    """Return the name that the model-index has, else that of the repository or of the title."""
    given = model.value("name") if model else None
    if isinstance(given, Scalar) and given.text.strip() and not given.is_null:
        return given.text
    name = card.repo_id or (card.title.name if card.title else "")
    name = name.rpartition("/")[2]
    return name if _MODEL_NAME.fullmatch(name) else None


def _listed(claims: tuple[Claim, ...]) -> str:
    shown = [f"{claim.label} {claim.text}" for claim in claims[:3]]
    return listed([*shown, "more"] if len(claims) > 3 else shown)


def _fix(card: Card, result: Result, name: str | None, model: Mapping | None) -> Fix | None:
    # a table or a sentence may be about another dataset than the sentence of the generator
    if not result.is_known or name is None or result.claims[0].source != "summary":
        return None
    if model is None:
        added = add_entry(card.metadata, *result.model_index(name), last=True)
        edits: tuple[Edit, ...] = (added,) if added else ()
    else:
        edits = _fill(card.source, model, name, result)
    return Fix("Add the results to the model-index", edits, Safety.UNSAFE) if edits else None


def _fill(source: Source, model: Mapping, name: str, result: Result) -> tuple[Edit, ...]:
    """Write the result in the place of the empty list, at the indentation of its key, and a name that is empty."""
    named = _with_name(model.value("name"), name)
    empty = model.entry("results")
    assert empty is not None
    lines = source.lines
    line = source.line_index(empty.key.span.start)
    before = source.text[lines[line].start : empty.key.span.start]
    colon = source.text.find(":", empty.key.span.end, empty.value.span.start)
    if named is None or before.strip() not in {"", "-"} or colon < 0 or line + 1 >= len(lines):
        return ()
    line_end = source.text[lines[line].end : lines[line + 1].start]
    indent = " " * len(before)
    text = "".join(f"{line_end}{indent}{written}" for written in result.lines())
    return (*named, Edit(Span(colon + 1, empty.value.span.end), text))


def _with_name(node: Node | None, name: str) -> tuple[Edit, ...] | None:
    """Return the edit that writes the name of the model, none if it is there; None if it cannot be written."""
    if not isinstance(node, Scalar):
        return None
    if node.text == name:
        return ()
    return (replace_scalar(node, name),) if node.style in {"'", '"'} else None
