"""Access to the Hub through huggingface_hub, with its token and cache, with retries, and with cardlint's errors."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TypeVar

from huggingface_hub import HfApi, ModelInfo, constants, hf_hub_url, try_to_load_from_cache
from huggingface_hub.errors import HfHubHTTPError
from huggingface_hub.hf_api import ExpandModelProperty_T
from huggingface_hub.utils import (  # type: ignore[attr-defined]  # it has no `__all__`
    disable_progress_bars,
    parse_ratelimit_headers,
)
from msgspec.structs import replace

from cardlint.card.repository.weights import GGUF
from cardlint.hub.failures import ANY, BROKEN_OFF, PASSING, explain
from cardlint.hub.model import Model
from cardlint.hub.targets import README
from cardlint.regular_file import read_regular

__all__ = ["download", "download_small", "fetch_card", "fetch_model", "list_collection", "list_models"]

T = TypeVar("T")

_log = logging.getLogger(__name__)
# Seconds between attempts, if the Hub does not say how long to wait.
_WAITS = (1, 3)
_LONGEST = 3600
# What the Hub states about a model in the same answer.
_FIELDS: list[ExpandModelProperty_T] = ["sha", "siblings", "config", "safetensors", "gguf"]


@cache
def _api() -> HfApi:
    """Return the client; huggingface_hub finds the token, endpoint and cache as usual."""
    from cardlint import __version__

    if constants.HF_HUB_DISABLE_PROGRESS_BARS is None:
        disable_progress_bars()  # a card is small, and cardlint shows one bar for all cards
    return HfApi(library_name="cardlint", library_version=__version__)


def fetch_model(name: str, revision: str | None) -> Model:
    """Return the commit and the files of a model at a revision, by default its main branch.

    Raises:
        HubError: the request fails.
    """
    with _explained(name):
        info = _with_retries(
            lambda: _api().model_info(name, revision=revision, expand=_FIELDS, timeout=constants.HF_HUB_ETAG_TIMEOUT)
        )
        model = _model(info)
        if model.is_whole:
            return model
        files = _api().list_repo_files(model.name, revision=model.commit or revision)
        return replace(model, files=frozenset(files))


def list_models(owner: str) -> Iterator[Model]:
    """Yield the models of an owner that the token can read, by creation date; the list is read page by page.

    Raises:
        HubError: a page of the list cannot be read.
    """
    with _explained(owner, "owner"):
        for info in _api().list_models(author=owner, sort="created_at", expand=_FIELDS):
            yield _model(info)


def list_collection(slug: str) -> list[tuple[str, str]]:
    """Return the items of a collection in their order, each as kind (`model`, `dataset`, ...) and id.

    Raises:
        HubError: the request fails.
    """
    with _explained(slug, "collection"):
        collection = _with_retries(lambda: _api().get_collection(slug))
        return [(item.item_type, item.item_id) for item in collection.items]


def fetch_card(model: Model, revision: str | None) -> bytes:
    """Return the bytes of a model's card at its commit, from the cache if possible.

    Raises:
        HubError: the card cannot be downloaded.
    """
    with _explained(model.name):
        cached = try_to_load_from_cache(model.name, README, revision=model.commit) if model.commit else None
    if not isinstance(cached, str):
        # by the name of the revision, so that the cache can find it later without network
        data = download(model.name, README, revision)
        if not model.commit:
            return data
    # This reads the cache, unless the branch has moved since or the download used an older cached file.
    return download(model.name, README, model.commit)


def download(name: str, file: str, revision: str | None) -> bytes:
    """Return the bytes of a file in a model's repository, from the cache if possible.

    Raises:
        HubError: the file cannot be downloaded.
    """
    with _explained(name):
        # huggingface_hub itself retries after all other errors
        place = _with_retries(lambda: _api().hf_hub_download(name, file, revision=revision), BROKEN_OFF)
        return read_regular(place)


def download_small(name: str, file: str, revision: str, most: int) -> bytes | None:
    """Return the bytes of a file, from the cache if possible, or None if it has more than `most`.

    The Hub is asked for the size first, so that a larger file is not downloaded.

    Raises:
        HubError: the file cannot be downloaded.
    """
    with _explained(name):
        if not isinstance(try_to_load_from_cache(name, file, revision=revision), str):
            url = hf_hub_url(name, file, revision=revision)
            facts = _with_retries(lambda: _api().get_hf_file_metadata(url=url, timeout=constants.HF_HUB_ETAG_TIMEOUT))
            if facts.size is not None and facts.size > most:
                return None
    data = download(name, file, revision)
    return data if len(data) <= most else None


def _model(info: ModelInfo) -> Model:
    return Model(
        info.id,
        info.sha or "",
        frozenset(sibling.rfilename for sibling in info.siblings or ()),
        config=info.config if isinstance(info.config, dict) else None,
        parameters=_parameters(info),
    )


def _parameters(info: ModelInfo) -> dict[str, int] | None:
    """Return the parameters by their type; those of GGUF count whole, however they are packed."""
    if info.safetensors is not None:
        return info.safetensors.parameters
    total = info.gguf.get("total") if isinstance(info.gguf, dict) else None
    return {GGUF: total} if isinstance(total, int) else None


@contextmanager
def _explained(name: str, kind: str = "model") -> Iterator[None]:
    try:
        yield
    except ANY as error:
        raise explain(error, name, kind) from error


def _with_retries(call: Callable[[], T], passing: tuple[type[Exception], ...] = PASSING) -> T:
    """Return the result of a call that huggingface_hub itself does not retry, after retries for temporary errors."""
    for seconds in _WAITS:
        try:
            return call()
        except passing as error:
            wait = seconds
            if isinstance(error, HfHubHTTPError):
                if error.response.status_code not in _PASSING_STATUS:
                    raise
                wait = _requested_wait(error, seconds)
            _log.warning("retrying in %d s: %s", wait, str(error).strip().partition("\n")[0])
            time.sleep(wait)
    return call()


_PASSING_STATUS = {408, 429, 500, 502, 503, 504}


def _requested_wait(error: HfHubHTTPError, seconds: int) -> int:
    """Return the number of seconds that the Hub asks to wait, by default `seconds`."""
    limit = parse_ratelimit_headers(error.response.headers)
    if limit is not None and limit.remaining == 0:
        return min(limit.reset_in_seconds + 1, _LONGEST)
    after = error.response.headers.get("Retry-After", "").strip()
    return min(int(after) + 1, _LONGEST) if after.isdecimal() else seconds
