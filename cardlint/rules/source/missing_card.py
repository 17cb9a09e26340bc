"""Rule `missing-card`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from cardlint.card.card import Card
from cardlint.card.repository.model_files import find_model
from cardlint.finding import Problem, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span


@rule(severity=Severity.WARNING)
def missing_card(card: Card) -> Iterator[Problem]:
    r"""A folder holds a model, but no model card.

    The Hub shows the README.md of a repository as the page of its model, and finds the model by the metadata in it.
    The rule looks at the folders that you name, and at every clone of a model on the Hub in them. It reports one that
    holds weights, or a `config.json` with a `model_type`, if neither that folder nor one above it in its repository has
    a card. It is silent about parts of a model (`unet/`, `checkpoint-500/`), Spaces, datasets, Python projects and
    downloads from the Hub.

    A comment in a card cannot suppress a finding of this rule: use `ignore` or `per-file-ignores` in the configuration.

    Bad config.json:
        {"model_type": "bert"}

    Bad:

    Good config.json:
        {"model_type": "bert"}

    Good:
        ---
        license: mit
        ---

        # tide-base

        It predicts the tides of the North Sea.
    """
    folder = card.folder
    if folder is None or card.source.text.strip() or folder.has(PurePath(card.source.path).name):
        return
    model = find_model(folder)
    if model is not None:
        yield Problem(
            Span(0, 0),
            f"the folder holds a model (`{model}`), but no model card",
            "Write a `README.md`, which the Hub shows as the page of the model; `cardlint suggest --write` begins one.",
        )
