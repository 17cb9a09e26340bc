"""Messages for errors of requests to the Hub that say what to do."""

from __future__ import annotations

from importlib import import_module

from huggingface_hub import constants, get_token
from huggingface_hub.errors import (
    DisabledRepoError,
    EntryNotFoundError,
    GatedRepoError,
    HfHubHTTPError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from cardlint.hub.model import HubError, OfflineError

__all__ = ["ANY", "BROKEN_OFF", "PASSING", "explain"]

# The HTTP library of the client: httpx2, or httpx before version 2.
_HTTP_ERROR: type[Exception] = HfHubHTTPError.__bases__[0]
_http = import_module(_HTTP_ERROR.__module__.partition(".")[0])

# A client that another thread has closed after a connection error raises a RuntimeError.
PASSING = (HfHubHTTPError, _http.TimeoutException, _http.NetworkError, _http.RemoteProtocolError, RuntimeError)
"""Errors that may be temporary; for an HTTP error the status decides."""

BROKEN_OFF = (_http.ReadError,)
"""The error if the connection is reset during an answer."""

# Errors if the client cannot understand an answer.
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)
ANY = (_HTTP_ERROR, _http.InvalidURL, OSError, EntryNotFoundError, RuntimeError, *_UNREADABLE)
"""All errors that a call of the client may raise."""

_PLAIN = {
    DisabledRepoError: "disabled on the Hub",
    RevisionNotFoundError: "no such revision",
    EntryNotFoundError: "the file does not exist any more",
}
_LOG_IN = "log in with `hf auth login` or set `HF_TOKEN`"


def explain(error: Exception, name: str, kind: str) -> HubError:
    """Return the error of a call about a `kind` (model, owner, collection) with this name as a `HubError`."""
    if isinstance(error, LocalEntryNotFoundError) and error.__cause__ is not None:
        # the request failed, so the client tried its cache
        return explain(error.__cause__, name, kind) if isinstance(error.__cause__, Exception) else HubError(str(error))
    if isinstance(error, (OfflineModeIsEnabled, LocalEntryNotFoundError)):
        what = "not in the cache" if kind == "model" else "lists are not cached"
        return OfflineError(f"{what}, and `HF_HUB_OFFLINE` is set")
    return HubError(_why(error, name, kind))


def _why(error: Exception, name: str, kind: str) -> str:
    match error:
        case GatedRepoError():
            ask = f"gated: accept its terms on {constants.ENDPOINT}/{name}"
            return f"{ask} with the account of your token" if get_token() else f"{ask}; {_LOG_IN}"
        case DisabledRepoError() | RevisionNotFoundError() | EntryNotFoundError():
            return next(words for kind_of_error, words in _PLAIN.items() if isinstance(error, kind_of_error))
        case RepositoryNotFoundError():
            return _not_found(kind)
        case HfHubHTTPError():
            return _by_status(error.response.status_code, kind)
        case OSError() if error.strerror:
            return f"{error.strerror[:1].lower()}{error.strerror[1:]}: {error.filename}"
    if isinstance(error, (_HTTP_ERROR, _http.InvalidURL, RuntimeError)) and not isinstance(error, _UNREADABLE):
        return f"{constants.ENDPOINT} cannot be reached: {_reason(error)}"
    return f"{constants.ENDPOINT} did not answer like the Hub; check `HF_ENDPOINT`"


def _not_found(kind: str) -> str:
    if get_token():
        return f"no such {kind}, or a private one that your token cannot read"
    return f"no such {kind}, or a private one; {_LOG_IN}"


def _by_status(status: int, kind: str) -> str:
    if status == 401:
        return "the Hub rejected your token; log in again with `hf auth login`" if get_token() else _not_found(kind)
    if status == 403:
        return "access denied; use another token" if get_token() else f"access denied; {_LOG_IN}"
    if status == 404:
        return _not_found(kind)
    if status == 429:
        return "too many requests to the Hub; " + (
            "try again later" if get_token() else f"a token allows more requests: {_LOG_IN}"
        )
    return f"the Hub answered with status {status}" + (", also after retries" if status >= 500 else "")


def _reason(error: Exception) -> str:
    """Return the message of an error on one line, without control characters."""
    text = " ".join(str(error).split())
    return "".join(filter(str.isprintable, text)) or type(error).__name__
