"""Rule `metrics-list-mismatch`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.yaml.edits import add_items
from cardlint.card.yaml.nodes import Metadata, Node, Scalar, Sequence, listed_mappings
from cardlint.finding import Fix, Problem, Related, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.vocabulary.labels.metrics import is_noise, read_label
from cardlint.wording import listed

# Modules that compute several metrics, or whose metric has another name in results.
_MODULES = {
    "code_eval": ("pass@1",),
    "squad": ("exact_match", "f1"),
    "squad_v2": ("exact_match", "f1"),
    "seqeval": ("accuracy", "f1", "precision", "recall"),
    "poseval": ("accuracy", "f1", "precision", "recall"),
    "glue": ("accuracy", "f1", "matthews_correlation", "pearsonr", "spearmanr"),
    "super_glue": ("accuracy", "f1", "exact_match"),
    "sacrebleu": ("bleu", "chrf", "ter"),
    "bleu": ("sacrebleu",),
    "mean_iou": ("accuracy",),
}
_PLAIN = LazyPattern(r"[A-Za-z][\w@./+-]*")


@rule(severity=Severity.NOTE, fix=Safety.SAFE, reads_metadata=True)
def metrics_list_mismatch(card: Card) -> Iterator[Problem]:
    r"""`metrics` and the model-index name different metrics.

    People who search for models by a metric find those that list it under `metrics`; its value comes from the
    model-index. Name the same metrics in both. Losses and run times are not metrics and need not be listed, and a
    module that computes several metrics (`squad`, `code_eval`) covers all of them. Nor need those that only the Hub has
    measured, in results with `verified: true`.

    Bad:
        ---
        metrics:
        - accuracy
        model-index:
        - name: tide
          results:
          - task:
              type: text-classification
            dataset:
              type: owner/tides
              name: Tides
            metrics:
            - type: accuracy
              value: 0.934
            - type: f1
              value: 0.927
        ---

    Good:
        ---
        metrics:
        - accuracy
        - f1
        model-index:
        - name: tide
          results:
          - task:
              type: text-classification
            dataset:
              type: owner/tides
              name: Tides
            metrics:
            - type: accuracy
              value: 0.934
            - type: f1
              value: 0.927
        ---
    """
    listed = card.metadata.get("metrics")
    if listed is None:
        return
    names = _scalars(listed)
    types = [(kind, verified) for kind, verified in _types(card.metadata) if _is_metric(kind)]
    measured = {_metric(kind) for kind, _ in types}
    if not measured or not names:
        return
    known = {read_label(part).metric for name in names for part in name.text.split(",")}
    known |= {metric for name in names for metric in _MODULES.get(name.text, ())}
    reported = {_metric(kind): kind for kind, verified in reversed(types) if not verified}
    lacking = {metric: kind for metric, kind in sorted(reported.items()) if metric not in known}
    idle = [name for name in names if _is_metric(name) and _metric(name) not in measured and name.text not in _MODULES]
    if lacking:
        yield _lacking(card, listed, lacking)
    elif idle:
        idle_names = _named(tuple(name.text for name in idle))
        pronoun = "it" if len(idle) == 1 else "them"
        yield Problem(
            idle[0].span,
            f"`metrics` lists {idle_names}, but no result of the model-index reports {pronoun}",
            help="Add the results, or remove the names from the list.",
        )


def _scalars(listed: Node) -> list[Scalar]:
    items = listed.items if isinstance(listed, Sequence) else (listed,)
    return [item for item in items if isinstance(item, Scalar) and not item.is_null]


def _metric(name: Scalar) -> str:
    return read_label(name.text).metric


def _types(metadata: Metadata) -> list[tuple[Scalar, bool]]:
    """Return the type of every metric of the model-index, and True if it is verified; aliases are not followed."""
    return [
        (kind, isinstance(verified := metric.value("verified"), Scalar) and verified.text == "true")
        for _, model in listed_mappings(metadata.mapping.value("model-index"))
        for _, result in listed_mappings(model.value("results"))
        for _, metric in listed_mappings(result.value("metrics"))
        if isinstance(kind := metric.value("type"), Scalar) and not kind.is_null
    ]


def _is_metric(name: Scalar) -> bool:
    read = read_label(name.text)
    return read.known and read.metric != "loss" and not read.words and not is_noise(name.text)


def _lacking(card: Card, listed: Node, lacking: dict[str, Scalar]) -> Problem:
    texts = tuple(metric if _PLAIN.fullmatch(kind.text) is None else kind.text for metric, kind in lacking.items())
    edit = add_items(card.source, listed, texts) if isinstance(listed, Sequence) else None
    fix = Fix(f"Add {_named(texts)} to `metrics`", (edit,)) if edit and all(map(_PLAIN.fullmatch, texts)) else None
    entry = card.metadata.mapping.entry("metrics")
    return Problem(
        entry.key.span if entry else listed.span,
        f"`metrics` does not list {_named(texts)}, which the model-index reports",
        help="List every metric of the model-index.",
        related=tuple(Related(kind.span, "in the model-index") for kind in lacking.values()),
        fix=fix,
    )


def _named(texts: tuple[str, ...]) -> str:
    return listed([f"`{text}`" for text in dict.fromkeys(texts)])
