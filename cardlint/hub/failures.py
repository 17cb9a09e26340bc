"""What goes wrong between here and the Hub, in words that say what to do."""

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

# What speaks HTTP for the client: httpx2, and httpx in its versions before 2.
_HTTP_ERROR: type[Exception] = HfHubHTTPError.__bases__[0]
_http = import_module(_HTTP_ERROR.__module__.partition(".")[0])

# A client that another thread has closed after its connection broke is a RuntimeError.
PASSING = (HfHubHTTPError, _http.TimeoutException, _http.NetworkError, _http.RemoteProtocolError, RuntimeError)
"""What may be over when the call is made once more, if of an HTTP error the status says so."""

BROKEN_OFF = (_http.ReadError,)
"""What an answer comes to whose connection is reset on the way."""

# What an answer that the client cannot read comes to.
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)
ANY = (_HTTP_ERROR, _http.InvalidURL, OSError, EntryNotFoundError, RuntimeError, *_UNREADABLE)
"""What a call of the client may raise."""

_PLAIN = {
    DisabledRepoError: "disabled on the Hub",
    RevisionNotFoundError: "it has no such revision",
    EntryNotFoundError: "the file is gone",
}
_LOG_IN = "`hf auth login` or `HF_TOKEN` gives cardlint a token"


def explain(error: Exception, name: str, kind: str) -> HubError:
    """What a call about the model (the collection, ...) of this name came to."""
    if isinstance(error, LocalEntryNotFoundError) and error.__cause__ is not None:
        # the client looked into its cache, for want of an answer
        return explain(error.__cause__, name, kind) if isinstance(error.__cause__, Exception) else HubError(str(error))
    if isinstance(error, (OfflineModeIsEnabled, LocalEntryNotFoundError)):
        what = "not in the cache" if kind == "model" else "there are no lists in the cache"
        return OfflineError(f"{what}, and `HF_HUB_OFFLINE` is set")
    return HubError(_why(error, name, kind))


def _why(error: Exception, name: str, kind: str) -> str:
    match error:
        case GatedRepoError():
            ask = f"gated: accept its terms on {constants.ENDPOINT}/{name}"
            return f"{ask} with the account that your token is of" if get_token() else f"{ask}; {_LOG_IN}"
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
    return f"{constants.ENDPOINT} does not answer as the Hub does; is `HF_ENDPOINT` right?"


def _not_found(kind: str) -> str:
    if get_token():
        return f"no such {kind}, or a private one that your token may not read"
    return f"no such {kind}, or a private one; {_LOG_IN}"


def _by_status(status: int, kind: str) -> str:
    if status == 401:
        return "the Hub does not take your token; `hf auth login` stores another" if get_token() else _not_found(kind)
    if status == 403:
        return f"your token may not read it; {_LOG_IN} that may" if get_token() else f"not for everybody; {_LOG_IN}"
    if status == 404:
        return _not_found(kind)
    if status == 429:
        return "the Hub has had too many requests from here; " + (
            "try again later" if get_token() else f"it takes more with a token ({_LOG_IN})"
        )
    return f"the Hub answers with status {status}" + (", and did so when asked again" if status >= 500 else "")


def _reason(error: Exception) -> str:
    """What the error says, on one line that cannot disturb a terminal."""
    text = " ".join(str(error).split())
    return "".join(filter(str.isprintable, text)) or type(error).__name__
