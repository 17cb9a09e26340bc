"""Rule `evaluated-on-train`."""

import re
from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.yaml.nodes import Mapping, Scalar, listed_mappings
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.vocabulary.trainer import TRAINING_SPLIT

# The whole split, or a slice of it as the datasets library writes slices.
TRAIN = LazyPattern(r"train(?:ing)?(?P<slice>\[[^\]]*\])?", re.IGNORECASE)


@rule(severity=Severity.NOTE, reads_metadata=True)
def evaluated_on_train(card: Card) -> Iterator[Problem]:
    r"""A result of the model-index names the training split.

    Results on data that the model was trained on say little about other data. The Trainer also writes `train` for a
    part of the training data that was held out, so the result may be honest, but readers cannot know. Report a result
    on another split, or explain the split in the body.

    From 4.21 to 4.25, transformers wrote the split of the training data for results on the evaluation data, too. In
    cards of these versions, write the split that was used for the evaluation.

    Bad:
        ---
        model-index:
        - name: owls
          results:
          - task:
              type: audio-classification
            dataset:
              type: coastlab/owls
              name: Owls
              split: train
            metrics:
            - type: accuracy
              value: 0.91
        ---

    Good:
        ---
        model-index:
        - name: owls
          results:
          - task:
              type: audio-classification
            dataset:
              type: coastlab/owls
              name: Owls
              split: test
            metrics:
            - type: accuracy
              value: 0.91
        ---
    """
    splits = list(_training_splits(card))
    if splits:
        first, others = splits[0], splits[1:]
        message, advice = _of_the_trainer(card, first.text) or _as_stated(first.text)
        related = tuple(Related(split.span, f"also `{split.text}`") for split in others)
        yield Problem(first.span, message, advice, related=related)


def _of_the_trainer(card: Card, split: str) -> tuple[str, str] | None:
    """Return a message and advice if a version of the Trainer wrote the split whatever the result was measured on."""
    version = card.training.versions.get("Transformers", "")
    if version not in TRAINING_SPLIT or card.generator is None or card.generator.family != "trainer":
        return None
    return (
        f"`{split}` is the split of the training data, which Transformers {version} wrote for every result",
        "Write the split that the result was measured on, or delete the line.",
    )


def _as_stated(split: str) -> tuple[str, str]:
    part = "a part of the training data" if "[" in split else "the training data"
    return (
        f"the split of this result is `{split}`, {part}",
        "Report a result on data that the model has not seen, or say in the body that this part was held out.",
    )


def _training_splits(card: Card) -> Iterator[Scalar]:
    for _, model in listed_mappings(card.metadata.mapping.value("model-index")):
        for _, result in listed_mappings(model.value("results")):
            dataset = result.value("dataset")
            split = dataset.value("split") if isinstance(dataset, Mapping) else None
            if isinstance(split, Scalar) and TRAIN.fullmatch(split.text) and _has_value(result):
                yield split


def _has_value(result: Mapping) -> bool:
    return any(metric.get("value") is not None for _, metric in listed_mappings(result.value("metrics")))
