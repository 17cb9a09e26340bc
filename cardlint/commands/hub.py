"""What commands have to know of cards on the Hub: whether they can be had, and what is to be said on the way."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from logging import Handler, LogRecord, getLogger

from cardlint.files.found import Found, Missing, Skipped
from cardlint.source import HUB

__all__ = ["fetch_one", "notes_from_hub", "why_unusable"]


def why_unusable() -> str:
    """Why nothing can be had from the Hub: huggingface_hub is missing or too old; "" where it can."""
    install = "comes with the extra `hub`: pip install 'cardlint[hub]'"
    try:
        import cardlint.hub.client  # noqa: F401
    except ModuleNotFoundError as error:
        if error.name != "huggingface_hub":
            raise
        return f"`hub:` paths need huggingface_hub, which {install}"
    except ValueError as error:  # it reads its environment when it is imported
        return f"`hub:` paths need huggingface_hub, which does not start: {error}; is `HF_ENDPOINT` right?"
    except ImportError:
        from importlib.metadata import version

        return f"`hub:` paths need a newer huggingface_hub than {version('huggingface_hub')}, which {install}"
    return ""


def fetch_one(path: str) -> Found | str:
    """The card of the one model that a `hub:` path names, or why it cannot be had."""
    why = why_unusable()
    if why:
        return why
    from cardlint.hub.fetching import fetch
    from cardlint.hub.targets import TargetError, parse_target

    try:
        target = parse_target(path)
    except TargetError as error:
        return str(error)
    if target.kind != "model":
        return f"not one model; `{HUB}OWNER/NAME` is one"
    reason = ""
    with notes_from_hub(quiet=False):
        for item in fetch([path], lambda _path, _named: None):
            match item:
                case Found():
                    return item
                case Missing():
                    reason = item.message
                case Skipped():
                    reason = item.reason
    return reason


@contextmanager
def notes_from_hub(*, quiet: bool) -> Iterator[None]:
    """Tell what the client has to say, of waiting above all, as notes; a quiet run tells nothing."""
    loggers = [getLogger("huggingface_hub"), getLogger("cardlint.hub")]
    before = [(logger.handlers, logger.propagate) for logger in loggers]
    handler = _Notes(quiet=quiet)
    for logger in loggers:
        logger.handlers, logger.propagate = [handler], False
    try:
        yield
    finally:
        for logger, (handlers, propagate) in zip(loggers, before, strict=True):
            logger.handlers, logger.propagate = handlers, propagate


class _Notes(Handler):
    """Log records as notes on standard error; eight threads that say the same say it once."""

    def __init__(self, *, quiet: bool) -> None:
        super().__init__()
        self._quiet = quiet
        self._last = ""

    def emit(self, record: LogRecord) -> None:
        """Write a record, unless it is the one before once more."""
        message = "".join(filter(str.isprintable, record.getMessage()))
        if not self._quiet and message != self._last:
            self._last = message
            sys.stderr.write(f"note: {message}\n")
