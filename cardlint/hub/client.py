"""The Hub as huggingface_hub knows it: its functions, token, cache and patience, and its failures in our words."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TypeVar

from huggingface_hub import HfApi, ModelInfo, constants, try_to_load_from_cache
from huggingface_hub.errors import HfHubHTTPError
from huggingface_hub.utils import (  # type: ignore[attr-defined]  # it has no `__all__`
    disable_progress_bars,
    parse_ratelimit_headers,
)

from cardlint.hub.failures import ANY, BROKEN_OFF, PASSING, explain
from cardlint.hub.model import Model
from cardlint.hub.targets import README
from cardlint.regular_file import read_regular

__all__ = ["download", "fetch_card", "fetch_model", "list_collection", "list_models"]

T = TypeVar("T")

_log = logging.getLogger(__name__)
# Seconds between attempts, where the Hub does not say how long it wants to be left alone.
_WAITS = (1, 3)
_LONGEST = 3600


@cache
def _api() -> HfApi:
    """The client, which finds its token, endpoint and cache where huggingface_hub always looks for them."""
    from cardlint import __version__

    if constants.HF_HUB_DISABLE_PROGRESS_BARS is None:
        disable_progress_bars()  # a card is a few kilobytes, and there is a bar over all cards
    return HfApi(library_name="cardlint", library_version=__version__)


def fetch_model(name: str, revision: str | None) -> Model:
    """What there is to know of a model at a revision, by default its main branch.

    Raises:
        HubError: it cannot be told.
    """
    with _explained(name):
        info = _patiently(
            lambda: _api().model_info(
                name, revision=revision, expand=["sha", "siblings"], timeout=constants.HF_HUB_ETAG_TIMEOUT
            )
        )
        model = _model(info)
        if model.is_whole:
            return model
        files = _api().list_repo_files(model.name, revision=model.commit or revision)
        return Model(model.name, model.commit, frozenset(files))


def list_models(owner: str) -> Iterator[Model]:
    """All models of an owner that the token may see, by the time when they were made; the list is read page by page.

    Raises:
        HubError: the list, or the rest of it, cannot be had.
    """
    with _explained(owner, "owner"):
        for info in _api().list_models(author=owner, sort="created_at", expand=["sha", "siblings"]):
            yield _model(info)


def list_collection(slug: str) -> list[tuple[str, str]]:
    """What is in a collection, in its order: of each item the kind (`model`, `dataset`, ...) and the id.

    Raises:
        HubError: it cannot be told.
    """
    with _explained(slug, "collection"):
        collection = _patiently(lambda: _api().get_collection(slug))
        return [(item.item_type, item.item_id) for item in collection.items]


def fetch_card(model: Model, revision: str | None) -> bytes:
    """The bytes of a model's card at its commit; from the cache, where that has them or must do.

    Raises:
        HubError: it cannot be had.
    """
    with _explained(model.name):
        cached = try_to_load_from_cache(model.name, README, revision=model.commit) if model.commit else None
    if not isinstance(cached, str):
        # by the revision's name, which the cache remembers then for the time when there is no network
        data = download(model.name, README, revision)
        if not model.commit:
            return data
    # This asks nobody, unless the branch has moved in between or the Hub gave way to what is in the cache.
    return download(model.name, README, model.commit)


def download(name: str, file: str, revision: str | None) -> bytes:
    """The bytes of a file in a model's repository, from the cache where it has them.

    Raises:
        HubError: it cannot be had.
    """
    with _explained(name):
        # the client is patient here itself, but for this
        place = _patiently(lambda: _api().hf_hub_download(name, file, revision=revision), BROKEN_OFF)
        return read_regular(place)


def _model(info: ModelInfo) -> Model:
    return Model(info.id, info.sha or "", frozenset(sibling.rfilename for sibling in info.siblings or ()))


@contextmanager
def _explained(name: str, kind: str = "model") -> Iterator[None]:
    try:
        yield
    except ANY as error:
        raise explain(error, name, kind) from error


def _patiently(call: Callable[[], T], passing: tuple[type[Exception], ...] = PASSING) -> T:
    """What a call gives back where the client itself gives up at once: what may pass is tried again."""
    for seconds in _WAITS:
        try:
            return call()
        except passing as error:
            wait = seconds
            if isinstance(error, HfHubHTTPError):
                if error.response.status_code not in _PASSING_STATUS:
                    raise
                wait = _asked_for(error, seconds)
            _log.warning("asking the Hub again in %d s: %s", wait, str(error).strip().partition("\n")[0])
            time.sleep(wait)
    return call()


_PASSING_STATUS = {408, 429, 500, 502, 503, 504}


def _asked_for(error: HfHubHTTPError, seconds: int) -> int:
    """How long the Hub wants to be left alone."""
    limit = parse_ratelimit_headers(error.response.headers)
    if limit is not None and limit.remaining == 0:
        return min(limit.reset_in_seconds + 1, _LONGEST)
    after = error.response.headers.get("Retry-After", "").strip()
    return min(int(after) + 1, _LONGEST) if after.isdecimal() else seconds
