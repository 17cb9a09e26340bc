"""Downloading cards from the Hub, several at a time and returned in order."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Thread

from msgspec import Struct

from cardlint.card.card import parse
from cardlint.files.found import NO_CARD, Discovered, Exclude, Found, Missing, Skipped
from cardlint.hub.folder import HubFolder
from cardlint.hub.model import HubError, Model, OfflineError
from cardlint.hub.small_files import fetch_files, fetch_results
from cardlint.hub.targets import README, Target, TargetError, parse_target
from cardlint.source import read

__all__ = ["fetch"]

# Parallel downloads, as many as huggingface_hub uses for the files of one model.
_MOST = 8

_log = logging.getLogger(__name__)


def fetch(paths: Sequence[str], exclude: Exclude, seen: set[str] | None = None) -> Iterator[Discovered]:
    """Yield the cards of all models that `hub:` paths name, in their order, each once.

    A card that cannot be downloaded is `Missing`, and the others follow. Excluded cards are not downloaded. `seen` are
    the paths that were yielded before; those of this call are added.
    """
    seen = set() if seen is None else seen
    pending: deque[_Fetch] = deque()
    for item in _wanted(paths):
        fetching = _Fetch(item)
        pending.append(fetching)
        if fetching.is_wanted(exclude):
            fetching.start()
        if len(pending) == _MOST:
            yield from pending.popleft().result(seen)
    while pending:
        yield from pending.popleft().result(seen)


class _Wanted(Struct, frozen=True):
    """A model whose card is wanted, with the data that a list has returned for it."""

    target: Target
    model: Model | None = None


class _Fetch(Thread):
    """A thread that downloads one card; a daemon, so that an interrupted run does not wait for the network."""

    def __init__(self, item: _Wanted | Missing | Skipped) -> None:
        super().__init__(daemon=True)
        self._item = item
        self._found: tuple[Discovered, ...] = ()

    def is_wanted(self, exclude: Exclude) -> bool:
        """Return True if there is something to download; otherwise the result is known already."""
        if not isinstance(self._item, _Wanted):
            self._found = (self._item,)
            return False
        shown = _card_path(self._item.target)
        # `include` applies to files; a `hub:` path names all models of an owner
        reason = exclude(Path(shown), True)
        # the result if the thread ends without one
        self._found = (Skipped(shown, reason),) if reason else (Missing(shown, "the download did not finish"),)
        return reason is None

    def run(self) -> None:
        """Download the card."""
        assert isinstance(self._item, _Wanted)
        self._found = tuple(_fetch(self._item))

    def result(self, seen: set[str]) -> Iterator[Discovered]:
        """Wait for the download, and yield its results that are not in `seen`."""
        if self.ident is not None:
            self.join()
        for item in self._found:
            if item.shown not in seen:
                seen.add(item.shown)
                yield item


def _fetch(wanted: _Wanted) -> Iterator[Discovered]:
    from cardlint.hub.client import fetch_card

    target = wanted.target
    try:
        model = wanted.model or _look_up(target)
        if model.name != target.name:
            _log.warning("%s is now named %s", target.name, model.name)
            target = Target("model", model.name, target.revision)
        shown = _card_path(target)
        if model.commit and README not in model.files:
            yield Skipped(target.shown, NO_CARD)
            return
        data = fetch_card(model, target.revision)
    except HubError as error:
        yield Missing(target.shown, str(error))
        return
    folder = HubFolder(model)
    yield from fetch_results(folder, shown)
    yield from fetch_files(folder, model, parse(read(data, shown), None, model.name), shown)
    yield Found(Path(shown), shown, data, folder)


def _look_up(target: Target) -> Model:
    from cardlint.hub.client import fetch_model

    try:
        return fetch_model(target.name, target.revision)
    except OfflineError:
        _log.warning("offline: cards are read from the cache, without the other files of their repositories")
        return Model(target.name)


def _card_path(target: Target) -> str:
    return f"{target.shown}/{README}"


def _wanted(paths: Iterable[str]) -> Iterator[_Wanted | Missing | Skipped]:
    """Yield every model that the paths name; lists are read only as far as needed."""
    for path in paths:
        try:
            target = parse_target(path)
            match target.kind:
                case "model":
                    yield _Wanted(target)
                case "owner":
                    yield from _of_owner(target)
                case "collection":
                    yield from _of_collection(target)
        except (TargetError, HubError) as error:
            yield Missing(path, str(error))


def _of_owner(owner: Target) -> Iterator[_Wanted | Missing]:
    from cardlint.hub.client import list_models

    has_any = False
    for model in list_models(owner.name):
        has_any = True
        yield _Wanted(Target("model", model.name), model if model.is_whole else None)
    if not has_any:
        yield Missing(owner.shown, f"no visible models for user or organization `{owner.name}`")


def _of_collection(collection: Target) -> Iterator[_Wanted | Skipped]:
    from cardlint.hub.client import list_collection

    for kind, name in list_collection(collection.name):
        if kind == "model":
            yield _Wanted(Target("model", name))
        else:
            yield Skipped(f"{collection.shown}: {name}", f"a {kind}, not a model")
