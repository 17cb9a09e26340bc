"""Cards from the Hub, several under way at a time and given back in their order."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Thread

from msgspec import Struct

from cardlint.card.card import EVAL_RESULTS
from cardlint.files.found import NO_CARD, Discovered, Exclude, Found, Missing, Skipped
from cardlint.hub.folder import HubFolder
from cardlint.hub.model import HubError, Model, OfflineError
from cardlint.hub.targets import README, Target, TargetError, parse_target

__all__ = ["fetch"]

# Models under way at a time, as many as huggingface_hub takes for the files of one.
_MOST = 8

_log = logging.getLogger(__name__)


def fetch(paths: Sequence[str], exclude: Exclude, seen: set[str] | None = None) -> Iterator[Discovered]:
    """The cards of all models that `hub:` paths lead to, in their order, each once.

    What cannot be had is `Missing`, and the others come all the same. What `exclude` excludes is never downloaded.
    `seen` are the paths that were given back before, to which those of this call are added.
    """
    seen = set() if seen is None else seen
    under_way: deque[_Fetch] = deque()
    for item in _wanted(paths):
        fetching = _Fetch(item)
        under_way.append(fetching)
        if fetching.is_wanted(exclude):
            fetching.start()
        if len(under_way) == _MOST:
            yield from under_way.popleft().result(seen)
    while under_way:
        yield from under_way.popleft().result(seen)


class _Wanted(Struct, frozen=True):
    """A model that somebody wants the card of, with what a list has told of it."""

    target: Target
    model: Model | None = None


class _Fetch(Thread):
    """The way to one card. It is a daemon, since no run that is broken off shall wait for the network."""

    def __init__(self, item: _Wanted | Missing | Skipped) -> None:
        super().__init__(daemon=True)
        self._item = item
        self._found: tuple[Discovered, ...] = ()

    def is_wanted(self, exclude: Exclude) -> bool:
        """Whether there is something to fetch; else the result stands already."""
        if not isinstance(self._item, _Wanted):
            self._found = (self._item,)
            return False
        shown = _card_path(self._item.target)
        # `include` is about files: whoever names an owner means all of theirs
        reason = exclude(Path(shown), True)
        # what stands in for a result, should there never be one
        self._found = (Skipped(shown, reason),) if reason else (Missing(shown, "the way to it broke off"),)
        return reason is None

    def run(self) -> None:
        """Fetch it."""
        assert isinstance(self._item, _Wanted)
        self._found = tuple(_fetch(self._item))

    def result(self, seen: set[str]) -> Iterator[Discovered]:
        """What came of it, as soon as that is known; nothing where it was `seen` before."""
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
            _log.warning("%s is now %s", target.name, model.name)
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
    yield from _fetch_results(folder, shown)
    yield Found(Path(shown), shown, data, folder)


def _look_up(target: Target) -> Model:
    from cardlint.hub.client import fetch_model

    try:
        return fetch_model(target.name, target.revision)
    except OfflineError:
        _log.warning("offline: cards come from the cache, and nothing is known of what lies beside them")
        return Model(target.name)


def _fetch_results(folder: HubFolder, shown: str) -> Iterator[Missing]:
    """Fetch what rules will want to read; a file that cannot be had is told, and no fault of the card's."""
    for name in [f"{EVAL_RESULTS}/{name}" for name in folder.names(EVAL_RESULTS) if name.endswith(".yaml")]:
        try:
            folder.opened[name] = folder.fetch(name)
        except HubError as error:
            folder.files -= {name}
            folder.listed.clear()
            yield Missing(f"{shown.removesuffix(README)}{name}", str(error))


def _card_path(target: Target) -> str:
    return f"{target.shown}/{README}"


def _wanted(paths: Iterable[str]) -> Iterator[_Wanted | Missing | Skipped]:
    """Every model that the paths lead to, found as slowly as it is asked for."""
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
        yield Missing(owner.shown, "nobody of this name has a model that can be seen from here")


def _of_collection(collection: Target) -> Iterator[_Wanted | Skipped]:
    from cardlint.hub.client import list_collection

    for kind, name in list_collection(collection.name):
        if kind == "model":
            yield _Wanted(Target("model", name))
        else:
            yield Skipped(f"{collection.shown}: {name}", f"a {kind}, and no model")
