"""The Hub for commands: a check of the installed client, the download of one card, and the client's notes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from logging import Handler, LogRecord, getLogger

from cardlint.commands.installation import install_command
from cardlint.files.found import Found, Missing, Skipped
from cardlint.reporters.masking import masked
from cardlint.source import HUB

__all__ = ["fetch_one", "notes_from_hub", "why_unusable"]

_FAILED = re.compile(r"(.*) thrown while requesting \w+ \S+")
_WAITS = re.compile(r"(?:Retrying in|Rate limited\. Waiting) ([\d.]+)s ")


def why_unusable() -> str:
    """Return why the Hub cannot be used (huggingface_hub is missing, too old or misconfigured), or ""."""
    try:
        import cardlint.hub.client  # noqa: F401
    except ModuleNotFoundError as error:
        if error.name != "huggingface_hub":
            raise
        return f"needs huggingface_hub; install it with {install_command('hub')}"
    except ValueError as error:  # huggingface_hub reads its environment variables on import
        return f"needs huggingface_hub, which cannot be imported: {error}; check `HF_ENDPOINT`"
    except ImportError:
        from importlib.metadata import version

        newer = f"needs a newer huggingface_hub than {version('huggingface_hub')}"
        return f"{newer}; install it with {install_command('hub')}"
    return ""


def fetch_one(path: str) -> Found | str:
    """Return the card of the model that a `hub:` path names, or the reason why it cannot be downloaded."""
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
        return f"not a single model; use `{HUB}OWNER/NAME`"
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
    """Write the client's log messages (mostly about waiting) as notes, or nothing if `quiet`."""
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
    """A log handler that writes notes to standard error; the same message from several threads is written once.

    The client logs an error and then the wait before it tries again: both are one note.
    """

    def __init__(self, *, quiet: bool) -> None:
        super().__init__()
        self._quiet = quiet
        self._last = ""
        self._reason = ""

    def emit(self, record: LogRecord) -> None:
        """Write a record, unless its message is the same as the last one."""
        message = "".join(filter(str.isprintable, record.getMessage()))
        failed = _FAILED.fullmatch(message)
        if failed:
            self._reason = failed[1].strip("'")
            return
        waits = _WAITS.match(message)
        if waits and self._reason:
            message = f"retrying in {float(waits[1]):g} s: {self._reason}"
        if not self._quiet and message != self._last:
            self._last = message
            sys.stderr.write(f"note: {masked(message)}\n")
