"""The kinds of a table's columns: names of models, datasets, metrics or classes, or numbers."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING

from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.labels.metrics import normalise_label, read_label

if TYPE_CHECKING:
    from cardlint.card.claims.subject import Subjects

__all__ = [
    "ColumnKind",
    "aggregate",
    "is_class_title",
    "is_metric_title",
    "is_remark_title",
    "is_system_title",
    "is_tuned_title",
    "is_untuned_title",
    "is_value_title",
    "kind_of_labels",
    "says_nothing",
    "split_of",
]


class ColumnKind(Enum):
    """The kind of things that a column of texts, or the titles of columns, name."""

    MODEL = "model"
    DATASET = "dataset"
    SPLIT = "split"
    METRIC = "metric"
    CLASS = "class"
    TASK = "task"
    SETTING = "setting"
    REMARK = "remark"
    UNKNOWN = "unknown"


_OF_SYSTEMS = ("configuration", "setting", "settings", "setup", "mode", "condition", "conditions", "protocol")
_TITLES = {
    ColumnKind.MODEL: frozenset((
        "algorithm", "approach", "architecture", "backbone", "base model", "checkpoint", "classifier", "encoder",
        "fine-tuned model", "method", "methods", "model", "model name", "models", "name", "network", "our model",
        "pretrained model", "release", "system", "variant", "version",
    )),
    ColumnKind.DATASET: frozenset((
        "benchmark", "benchmarks", "config", "corpus", "data", "data set", "dataset", "datasets", "domain",
        "eval dataset", "evaluation dataset", "evaluation set", "langpair", "language pair", "subset",
        "test", "test data", "test dataset", "test set", "tests", "testset",
    )),
    ColumnKind.SPLIT: frozenset((
        "partition", "phase", "set", "split", "subset",
    )),
    ColumnKind.METRIC: frozenset((
        "attribute", "criterion", "evaluation metric", "key", "measure", "metric", "metrics", "score type", "type",
    )),
    ColumnKind.CLASS: frozenset((
        "by class", "categories", "category", "class", "class name", "classes", "emotion", "entities", "entity",
        "entity type", "intent", "label", "labels", "ner tag", "tag", "tags",
        "area", "capability", "topic", "topics",
    )),
    ColumnKind.TASK: frozenset(("task", "tasks")),
    ColumnKind.REMARK: frozenset((
        "comment", "comments", "description", "details", "higher is better", "interpretation", "link", "meaning",
        "note", "notes", "paper", "reference", "remark", "remarks", "source", "what it measures",
    )),
    ColumnKind.SETTING: frozenset((
        "lang", "language", "languages",
        "shots", "shot", "n-shot", "few-shot", "# shots", "#shots", "num shots", "tools", "decoding", "prompt",
        "prompting", "stage", *_OF_SYSTEMS,
    )),
}  # fmt: skip
_VALUES = frozenset(
    ("value", "values", "score", "scores", "result", "results", "performance", "", "metric", "metrics", "percentage",
     "final", "evaluation", "evaluation results", "model", "final result", "average score",
     # and what says the same in other languages
     "valor", "resultado", "puntuación", "puntuacion", "valeur", "résultat", "wert", "ergebnis", "valore", "risultato",
     "значение", "результат", "waarde", "resultaat", "wartość", "wynik", "nilai", "hasil", "giá trị", "값", "결과",
     "数值", "值", "分数", "结果", "値", "スコア", "結果", "qiymət", "değer", "sonuç", "värde", "resultat", "arvo",
     "tulos", "القيمة")
)  # fmt: skip
_IDLE = LazyPattern(
    r"(?i)\b(?:support|std\w*|stderr|deviation|error margin|#|params?|parameters?|size|hours?|epochs?|steps?|time"
    r"|samples?|sentences?|tokens?|vocab\w*|dimensions?|length|seq\w*|layers?|gpus?|version|batch|year|count|number|gb|mb"
    r"|speed|latency|throughput|memory|seed|runtime|threshold|sent|words|ci|rank|index|id|fold|runs?)\b|±|#"
)
_AGGREGATES = {
    "all": "", "overall": "", "total": "", "accuracy": "", "avg": "", "average": "", "mean": "",
    "macro avg": "macro", "macro average": "macro", "macro": "macro", "avg macro": "macro", "avg / macro": "macro",
    "weighted avg": "weighted", "weighted average": "weighted", "weighted": "weighted", "avg / total": "weighted",
    "micro avg": "micro", "micro average": "micro", "micro": "micro", "macro mean": "macro",
}  # fmt: skip


_RELEASES = frozenset(("release", "version", "date"))
_TUNED = frozenset(("fine-tuned", "finetuned", "fine tuned", "after", "after fine-tuning", "tuned"))
_UNTUNED = frozenset(("base", "base model", "before", "before fine-tuning", "original", "pretrained", "baseline"))


def is_tuned_title(title: str, others: Sequence[str]) -> bool:
    """Return whether a column holds the values of the fine-tuned model beside those of its base."""
    return normalise_label(title) in _TUNED and any(normalise_label(other) in _UNTUNED for other in others)


def is_untuned_title(title: str) -> bool:
    """Return whether a column holds the values of the model before it was fine-tuned."""
    return normalise_label(title) in _UNTUNED


def is_class_title(title: str) -> bool:
    """Return whether the texts below a title are classes, even if they are numbers; a report has no title there."""
    name = normalise_label(title)
    return not name or name in _TITLES[ColumnKind.CLASS]


def is_metric_title(title: str) -> bool:
    """Return whether the texts below a title are metrics, whatever their names."""
    return normalise_label(title) in _TITLES[ColumnKind.METRIC]


def is_system_title(title: str) -> bool:
    """Return whether the texts below a title may name systems: "Configuration", "Setup"."""
    return normalise_label(title) in _OF_SYSTEMS


def is_remark_title(title: str) -> bool:
    """Return whether a column only explains the others."""
    return normalise_label(title) in _TITLES[ColumnKind.REMARK]


def is_value_title(title: str) -> bool:
    """Return True if a column's title only says that there are values below it."""
    return normalise_label(title).lstrip("# ") in _VALUES


def says_nothing(title: str) -> bool:
    """Return True if the numbers below a title do not measure quality: counts, sizes, times, deviations."""
    return _IDLE.search(title.lstrip("# ")) is not None and not read_label(title).known


def aggregate(text: str) -> str | None:
    """Return the average of a row over all classes, empty if it is unspecified; None for a single class."""
    return _AGGREGATES.get(normalise_label(text))


def split_of(text: str) -> str | None:
    """Return the split that a text names, or None if it names anything else."""
    read = read_label(text)
    return read.split if not read.known and not read.words else None


def kind_of_labels(title: str, texts: Sequence[str], subjects: Subjects) -> ColumnKind:
    """Return the kind of a column of texts, by its title or else by the texts."""
    name = normalise_label(title)
    given = next((kind for kind, titles in _TITLES.items() if name in titles), None)
    stated = [text for text in texts if text.strip()]
    known = sum(read_label(text).known for text in stated)
    if len(stated) == 1 and name.rpartition(" ")[2] in _RELEASES:
        return ColumnKind.REMARK  # the only release is that of this card
    if given is ColumnKind.MODEL and stated and sum(map(subjects.is_dataset, stated)) * 2 > len(stated):
        return ColumnKind.DATASET  # "Model" over the benchmarks, whose columns are the models
    if given is ColumnKind.CLASS and stated and known == len(stated):
        return ColumnKind.METRIC  # "Label" over the metrics, whose columns are the classes
    if given in {ColumnKind.MODEL, ColumnKind.CLASS, ColumnKind.SETTING, ColumnKind.REMARK}:
        return given
    return _kind_by_texts(stated, known, given, subjects)


def _kind_by_texts(stated: Sequence[str], known: int, given: ColumnKind | None, subjects: Subjects) -> ColumnKind:
    """Return the kind of the texts, of which `known` are metrics, if it is certain, else the `given` one."""
    if given is not ColumnKind.DATASET and any(map(subjects.is_own, stated)):
        return ColumnKind.MODEL
    if stated and known * 2 >= len(stated):
        return ColumnKind.METRIC
    if stated and all(map(split_of, stated)):
        return ColumnKind.SPLIT
    if given in {None, ColumnKind.TASK} and any(map(subjects.is_dataset, stated)):
        return ColumnKind.DATASET
    if given is None and any(aggregate(text) is not None for text in stated):
        return ColumnKind.CLASS
    return given or ColumnKind.UNKNOWN
