"""The small files of a repository that are downloaded for the rules: at most four, chosen by what the repository is."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from cardlint.card.card import EVAL_RESULTS, Card
from cardlint.card.repository.files import LONG, SHORT
from cardlint.card.repository.results import TRAINER_STATE
from cardlint.files.found import Missing
from cardlint.hub.folder import HubFolder
from cardlint.hub.model import HubError, Model
from cardlint.hub.targets import README
from cardlint.vocabulary.model_types import MODEL_TYPES

__all__ = ["MOST", "choose_files", "fetch_files", "fetch_results"]

MOST = 4
"""The largest number of files of one repository."""

_MERGES = ("mergekit_config.yml", "mergekit_config.yaml")
# Files of one library, each with the files that it is read together with.
_OF_LIBRARIES = (
    ("config_setfit.json",),
    ("modules.json", "config_sentence_transformers.json", "sentence_bert_config.json", "1_Pooling/config.json"),
    ("model_index.json",),
    ("train_config.json",),
)
_ALL_RESULTS = "all_results.json"  # with the numbers of the others
_RESULTS = ("eval_results.json", "test_results.json", "predict_results.json")
_LICENSES = ("LICENSE", "LICENSE.txt", "LICENSE.md")

_log = logging.getLogger(__name__)


def choose_files(model: Model, card: Card) -> tuple[str, ...]:
    """Return the paths of the files that may prove something about this model, the most telling first."""
    return tuple(dict.fromkeys(_wanted(model, card)))[:MOST]


def _wanted(model: Model, card: Card) -> Iterator[str]:
    files = model.files
    if "adapter_config.json" in files:
        yield "adapter_config.json"
    yield from [name for name in _MERGES if name in files][:1]
    for names in _OF_LIBRARIES:
        if names[0] in files:
            yield from (name for name in names if name in files)
    if {"meta.json", "config.cfg"} <= files:  # a pipeline of spaCy
        yield "meta.json"
    if "results.json" in files and any(name.endswith(".zip") for name in files):  # an agent of Stable-Baselines3
        yield "results.json"
    if "config.json" in files and "adapter_config.json" not in files and _may_be_of_transformers(model):
        yield "config.json"
    results = [_ALL_RESULTS] if _ALL_RESULTS in files else [name for name in _RESULTS if name in files]
    results += [TRAINER_STATE] if TRAINER_STATE in files else []
    if results and card.claims:
        yield from results
    yield from [name for name in _LICENSES if name in files][:1]


def _may_be_of_transformers(model: Model) -> bool:
    """Return True unless the Hub states that the configuration is of another library, or that code comes with it."""
    if model.config is None:
        return True
    model_type = model.config.get("model_type")
    return isinstance(model_type, str) and model_type in MODEL_TYPES and "auto_map" not in model.config


def fetch_files(folder: HubFolder, model: Model, card: Card, shown: str) -> Iterator[Missing]:
    """Download these files, and yield a `Missing` for each file that fails.

    A file that fails or is too large stays in the list of files and is not read: no rule takes it for missing.
    """
    for name in choose_files(model, card):
        yield from _download(folder, name, shown, LONG if name == TRAINER_STATE else SHORT)


def fetch_results(folder: HubFolder, shown: str) -> Iterator[Missing]:
    """Download the results in `.eval_results`, and yield a `Missing` for each file that fails.

    Such a file is taken from the list of files, since a rule reports one that cannot be opened.
    """
    for name in [f"{EVAL_RESULTS}/{name}" for name in folder.names(EVAL_RESULTS) if name.endswith(".yaml")]:
        yield from _download(folder, name, shown, SHORT)
        if folder.opened[name] is None:
            folder.files -= {name}
            folder.listed.clear()


def _download(folder: HubFolder, name: str, shown: str, most: int) -> Iterator[Missing]:
    """Download a file of at most `most` bytes into `folder.opened`; a larger one is only noted."""
    from cardlint.hub.client import download_small

    path = f"{shown.removesuffix(README)}{name}"
    folder.opened[name] = None
    try:
        folder.opened[name] = download_small(folder.repo_id or "", name, folder.commit, most)
    except HubError as error:
        yield Missing(path, str(error))
        return
    if folder.opened[name] is None:
        _log.warning("%s is too large to be read", path)
