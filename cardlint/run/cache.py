"""Results of earlier runs, in the user's cache folder: one file for each, which is whole or not there at all.

An entry is named by all that is known before a card is linted: its bytes and path, its configuration, and the code
that lints (see `cardlint.run.fingerprint`). An entry also stores the file-system queries made; it is valid only while
they give the same answers. There is no lock: entries are put in place by renaming, and one that is broken, or was never
one, is no entry. A folder that cannot be written is one without entries.
"""

# ruff: noqa: PTH100, PTH103, PTH105, PTH108, PTH110, PTH111, PTH116, PTH117, PTH118, PTH120, PTH123, PTH208
# Paths are text here, as in `cardlint.files.discovery`: a warm run does little else than open files.

from __future__ import annotations

import marshal
import os
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from msgspec.structs import astuple

from cardlint import __version__
from cardlint.config.selection import ActiveRule
from cardlint.linting.results import Counts, Secret
from cardlint.rule_definition import Rule
from cardlint.run.fingerprint import identify
from cardlint.run.serialization import StoredResult
from cardlint.source import Folder, Source, Span

try:
    from _blake2 import blake2b  # what hashlib gives out, without the libraries that it loads
except ImportError:
    from hashlib import blake2b

__all__ = ["Cache", "cache_folder", "open_cache", "replace_file"]

_MAGIC = b"cardlint result 2\n"
_KEY = 20  # bytes of a name
_SUM = 16  # bytes of the sum over what follows the head
_HEAD = len(_MAGIC) + _KEY + _SUM

_DAY = 86_400
_OLDEST = 30 * _DAY
_FOLDERS = 16  # that entries are spread over: one for each first letter of a name
_LARGEST = 256 << 20  # bytes of all entries together

_TAG = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# This folder holds results of cardlint, and may be deleted at any time.\n"
    "# For what this file is for see https://bford.info/cachedir/\n"
)


def cache_folder() -> str | None:
    """Where results are kept: `CARDLINT_CACHE_DIR`, or where this system has caches; None where there is no home."""
    named = os.environ.get("CARDLINT_CACHE_DIR")
    if named:
        return os.path.abspath(os.path.expanduser(named))  # a workflow's `~` has met no shell
    if sys.platform == "win32":
        above = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        above = os.path.expanduser("~/Library/Caches")
    else:
        above = os.environ.get("XDG_CACHE_HOME", "")
        above = above if os.path.isabs(above) else os.path.expanduser("~/.cache")
    return os.path.join(above, "cardlint") if os.path.isabs(above) else None


def open_cache(rules: Mapping[str, Rule]) -> Cache | None:
    """The cache for a run with these rules; None where there can be none."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        return Cache(folder, identify(__version__, rules))
    except OSError:
        return None


class Cache:
    """The entries below `folder` that the code called `identity` has made."""

    def __init__(self, folder: str, identity: str) -> None:
        self.folder = folder
        self._identity = _bytes(identity)
        self._ways: dict[tuple[int, str | None, bool], tuple[tuple[ActiveRule, ...], bytes]] = {}
        self._writable = True

    def key(  # noqa: PLR0913 - all that a result depends on
        self,
        data: bytes,
        shown: str,
        folder: Folder | None,
        active: tuple[ActiveRule, ...],
        repo_id: str | None,
        *,
        suppressions: bool,
    ) -> bytes:
        """The name of a result."""
        way = self._ways.get((id(active), repo_id, suppressions))
        if way is None:
            # the rules are kept with it, so that no others can come to have the same `id`
            way = self._ways[id(active), repo_id, suppressions] = (
                active,
                blake2b(self._identity + _bytes(_described(active, repo_id, suppressions)), digest_size=_KEY).digest(),
            )
        place = (shown, folder is not None, folder and folder.repo_id)
        return blake2b(way[1] + _bytes(repr(place)) + b"\0" + data, digest_size=_KEY).digest()

    def get(self, key: bytes, folder: Folder | None, source: Source) -> StoredResult | None:
        """The result of this name, if there is one and the folder around the card answers as it did."""
        path = self._path(key)
        try:
            with open(path, "rb", buffering=0) as file:
                data = file.read()
                age = time.time() - os.fstat(file.fileno()).st_mtime
        except OSError:
            return None
        if data[: len(_MAGIC) + _KEY] != _MAGIC + key or data[_HEAD - _SUM : _HEAD] != _sum(data[_HEAD:]):
            return None
        asked, listed, opened, counts, secrets, findings = marshal.loads(data[_HEAD:])  # noqa: S302 - as above
        if folder is not None and not _answers_alike(folder, asked, listed, opened):
            return None
        if age > _DAY:  # one that is of use does not grow old
            with suppress(OSError):
                os.utime(path)
        return StoredResult(Counts(*counts), tuple([_secret(each, source) for each in secrets]), findings)

    def put(self, key: bytes, folder: Folder | None, source: Source, result: StoredResult) -> None:
        """Keep a result, unless it rests on what cannot be asked again, or the folder is not for us to write."""
        if not self._writable or (folder is not None and folder.is_left):
            return
        counts = astuple(result.counts)
        secrets = [_without_text(secret, source) for secret in result.secrets]
        content = marshal.dumps((*_asked(folder), counts, secrets, result.findings))
        path = self._path(key)
        try:
            try:
                replace_file(path, _MAGIC + key + _sum(content) + content)
            except FileNotFoundError:  # the first entry there
                self._prepare(os.path.dirname(path))
                replace_file(path, _MAGIC + key + _sum(content) + content)
        except OSError:
            self._writable = False

    def prune(self) -> None:
        """Once a day, let go what nobody has used for a month, and the oldest of what is too much."""
        mark = os.path.join(self.folder, "CACHEDIR.TAG")
        now = time.time()
        with suppress(OSError):
            if abs(now - os.stat(mark).st_mtime) < _DAY:  # a clock may have been put back
                return
            os.utime(mark)
            for name in os.listdir(self.folder):
                if len(name) == 1:
                    _sweep(os.path.join(self.folder, name), now)

    def _path(self, key: bytes) -> str:
        name = key.hex()
        return f"{self.folder}{os.sep}{name[0]}{os.sep}{name[1:]}"

    def _prepare(self, folder: str) -> None:
        os.makedirs(self.folder, mode=0o700, exist_ok=True)
        tag = os.path.join(self.folder, "CACHEDIR.TAG")
        if not os.path.exists(tag):
            replace_file(tag, _TAG.encode())
        os.makedirs(folder, mode=0o700, exist_ok=True)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _sum(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SUM).digest()


def _described(active: tuple[ActiveRule, ...], repo_id: str | None, suppressions: bool) -> str:
    rules = [
        (chosen.rule.name, sorted(chosen.options.items()), chosen.severity and int(chosen.severity), chosen.fixable)
        for chosen in active
    ]
    return repr((rules, repo_id, suppressions))


def _asked(folder: Folder | None) -> tuple[Any, ...]:
    """All that a folder was asked, with the answers; of files that were read, sums."""
    if folder is None:
        return ((), (), ())
    # a plugin may ask by a path, too, which is not kept as such
    asked = tuple([(str(name), answer) for name, answer in folder.asked.items()])
    listed = tuple([(str(name), names) for name, names in folder.listed.items()])
    return (asked, listed, tuple([(str(name), data and _sum(data)) for name, data in folder.opened.items()]))


def _answers_alike(folder: Folder, asked: Any, listed: Any, opened: Any) -> bool:
    return (
        all(folder.has(name) is answer for name, answer in asked)
        and all(folder.names(name) == answer for name, answer in listed)
        and all(((data := folder.read(name)) and _sum(data)) == answer for name, answer in opened)
    )


def _without_text(secret: Secret, source: Source) -> tuple[str, int, int, str]:
    """A secret as it is kept: what stands in the card itself is not written down a second time."""
    path, text = ("", "") if secret.path == source.path else (secret.path, secret.text)
    return (path, secret.span.start, secret.span.end, text)


def _secret(kept: tuple[str, int, int, str], source: Source) -> Secret:
    path, start, end, text = kept
    span = Span(start, end)
    return Secret(path, span, text) if path else Secret(source.path, span, source.slice(span))


def replace_file(path: str, data: bytes) -> None:
    """Put a file in place, whole."""
    temporary = f"{path}.{os.urandom(6).hex()}.tmp"
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            os.write(descriptor, data)  # an entry that is cut short is none
        finally:
            os.close(descriptor)
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _sweep(folder: str, now: float) -> None:
    """Delete from one folder what is old, and the oldest of what is more than its share."""
    entries = []
    with os.scandir(folder) as found:
        for entry in found:
            with suppress(OSError):  # somebody else is at it
                status = entry.stat()
                entries.append((status.st_mtime, status.st_size, entry.path))
    room = _LARGEST // _FOLDERS
    for changed, size, path in sorted(entries, reverse=True):
        room -= size
        age = now - changed
        if room < 0 or age > (_DAY if path.endswith(".tmp") else _OLDEST):
            with suppress(OSError):
                os.unlink(path)
