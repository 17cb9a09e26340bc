"""Results of earlier runs in the user's cache folder, one file per result, written completely or not at all.

The name of an entry is a hash of everything that is known before a card is linted: its bytes and path, its
configuration, and the code of cardlint (see `cardlint.run.fingerprint`). An entry also stores the file-system queries
made; it is valid only while they give the same answers. No locks are needed: entries are written by renaming, and
broken entries are ignored. If the folder cannot be written, nothing is cached; if others than the user can write it, it
is not used, since they could write results.
"""

# ruff: noqa: PTH100, PTH103, PTH108, PTH110, PTH111, PTH116, PTH117, PTH118, PTH120, PTH208
# Paths are strings, as in `cardlint.files.discovery`, since a run with a full cache does little else than open files.

from __future__ import annotations

import marshal
import os
import stat
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from msgspec.structs import astuple

from cardlint import __version__
from cardlint.config.selection import ActiveRule
from cardlint.linting.results import Counts, Secret
from cardlint.platform_differences import above_cache, current_user
from cardlint.regular_file import read_regular
from cardlint.reporters.masking import masked
from cardlint.rule_definition import Rule
from cardlint.run.fingerprint import identify
from cardlint.run.serialization import StoredResult
from cardlint.source import Folder, Source, Span

try:
    from _blake2 import blake2b  # the function of hashlib, without the libraries that it loads
except ImportError:
    from hashlib import blake2b

__all__ = ["Cache", "cache_folder", "open_cache", "own_cache_folder", "why_refused"]

_MAGIC = b"cardlint result 3\n"
_KEY = 20  # bytes of a key
_SUM = 16  # bytes of the checksum over the content
_HEAD = len(_MAGIC) + _KEY + _SUM

_LARGEST_ENTRY = 1 << 26  # bytes; a longer file is not an entry
_DAY = 86_400
_OLDEST = 30 * _DAY
_FOLDERS = 16  # one for each first digit of a name
_LARGEST = 256 << 20  # bytes of all entries together, at most

_TAG = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# This folder holds results of cardlint, and may be deleted at any time.\n"
    "# For what this file is for see https://bford.info/cachedir/\n"
)


def cache_folder() -> str | None:
    """Return the cache folder: `CARDLINT_CACHE_DIR`, or the system's default; None without a home folder."""
    named = os.environ.get("CARDLINT_CACHE_DIR")
    if named:
        return os.path.abspath(os.path.expanduser(named))  # a workflow file does not expand `~`
    above = above_cache()
    return os.path.join(above, "cardlint") if os.path.isabs(above) else None


def own_cache_folder() -> str | None:
    """Return the cache folder, or None if there is none or others than the user can write it."""
    folder = cache_folder()
    return None if folder is None or why_refused(folder) else folder


def why_refused(folder: str) -> str:
    """Return the reason why a cache folder is not used, or an empty string; one that does not exist yet is used."""
    user = current_user()
    if user is None:
        return ""
    try:
        status = os.stat(folder)
    except OSError:
        return ""
    if status.st_uid not in {0, user}:
        return "it belongs to another user"
    return "others can write it" if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH) else ""


def open_cache(rules: Mapping[str, Rule]) -> Cache | None:
    """Return the cache for a run with these rules, or None if nothing can be cached."""
    folder = own_cache_folder()
    if folder is None:
        return None
    try:
        return Cache(folder, identify(__version__, rules))
    except OSError:
        return None


class Cache:
    """The entries in `folder` that were made by the code with the fingerprint `identity`."""

    def __init__(self, folder: str, identity: str) -> None:
        self.folder = folder
        self._identity = _bytes(identity)
        self._option_hashes: dict[tuple[object, ...], tuple[object, bytes]] = {}
        self._writable = True

    def key(  # noqa: PLR0913 - everything that a result depends on
        self,
        data: bytes,
        shown: str,
        folder: Folder | None,
        active: tuple[ActiveRule, ...],
        repo_id: str | None,
        *,
        suppressions: bool,
        ahead: tuple[ActiveRule, ...] = (),
    ) -> bytes:
        """Return the key of a result; `ahead` are the rules under which the next profile would report more."""
        known = (id(active), id(ahead), repo_id, suppressions)
        options = self._option_hashes.get(known)
        if options is None:
            described = repr((_described(active), _described(ahead), repo_id, suppressions))
            # the rules are kept with the hash, so that no other object can get the same `id`
            options = self._option_hashes[known] = (
                (active, ahead),
                blake2b(self._identity + _bytes(described), digest_size=_KEY).digest(),
            )
        place = (shown, folder is not None, folder and folder.repo_id)
        return blake2b(options[1] + _bytes(repr(place)) + b"\0" + data, digest_size=_KEY).digest()

    def get(self, key: bytes, folder: Folder | None, source: Source) -> StoredResult | None:
        """Return the result with this key if it exists and the folder of the card still gives the same answers."""
        path = self._path(key)
        try:
            data = read_regular(path, _LARGEST_ENTRY)
            age = time.time() - os.stat(path).st_mtime
        except OSError:
            return None
        if data[: len(_MAGIC) + _KEY] != _MAGIC + key or data[_HEAD - _SUM : _HEAD] != _sum(data[_HEAD:]):
            return None
        *answers, counts, secrets, findings, short_of_next = marshal.loads(data[_HEAD:])  # noqa: S302 - the checksum is right
        if folder is not None and not _answers_alike(folder, *answers):
            return None
        if age > _DAY:  # entries in use must not expire
            with suppress(OSError):
                os.utime(path)
        found = tuple([_secret(each, source) for each in secrets])
        return StoredResult(Counts(*counts), found, findings, short_of_next)

    def put(self, key: bytes, folder: Folder | None, source: Source, result: StoredResult) -> None:
        """Store a result, unless it depends on queries that cannot be repeated or the folder cannot be written.

        Nothing is stored if the path of the card or the name of a file has a secret.
        """
        if not self._writable or (folder is not None and folder.is_left) or _names_secret(source, folder):
            return
        counts = astuple(result.counts)
        secrets = [_without_text(secret, source) for secret in result.secrets]
        content = marshal.dumps((*_asked(folder), counts, secrets, result.findings, result.short_of_next))
        from cardlint.files.write import write_whole  # here, since a known card needs none

        path = self._path(key)
        try:
            try:
                write_whole(path, _MAGIC + key + _sum(content) + content, private=True)
            except FileNotFoundError:  # the first entry in its folder
                self._prepare(os.path.dirname(path))
                write_whole(path, _MAGIC + key + _sum(content) + content, private=True)
        except OSError:
            self._writable = False

    def prune(self) -> None:
        """Delete entries that were not used for a month, and the oldest ones above the maximum size; once a day."""
        mark = os.path.join(self.folder, "CACHEDIR.TAG")
        now = time.time()
        with suppress(OSError):
            if abs(now - os.stat(mark).st_mtime) < _DAY:  # the clock may have been set back
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
            from cardlint.files.write import write_whole

            write_whole(tag, _TAG.encode(), private=True)
        os.makedirs(folder, mode=0o700, exist_ok=True)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _sum(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SUM).digest()


def _described(rules: tuple[ActiveRule, ...]) -> list[tuple[object, ...]]:
    """Return everything about the rules that changes what they find."""
    return [
        (
            chosen.rule.name,
            sorted(chosen.options.items()),
            chosen.severity and int(chosen.severity),
            chosen.fixable,
            chosen.profile,
        )
        for chosen in rules
    ]


def _asked(folder: Folder | None) -> tuple[Any, ...]:
    """Return all queries of a folder with their answers, as checksums for what was read of files."""
    if folder is None:
        return ((), (), (), ())
    # a plugin may also pass a Path
    asked = tuple([(str(name), answer) for name, answer in folder.asked.items()])
    listed = tuple([(str(name), names) for name, names in folder.listed.items()])
    opened = tuple([(str(name), data and _sum(data)) for name, data in folder.opened.items()])
    parts = tuple([(str(name), *span, data and _sum(data)) for (name, *span), data in folder.parts.items()])
    return (asked, listed, opened, parts)


def _names_secret(source: Source, folder: Folder | None) -> bool:
    names = [source.path]
    if folder is not None:
        names += [str(name) for name in (*folder.asked, *folder.listed, *folder.opened)]
        names += [name for listed in folder.listed.values() for name in listed]
    text = "\n".join(names)
    return masked(text) != text


def _answers_alike(folder: Folder, asked: Any, listed: Any, opened: Any, parts: Any) -> bool:
    return (
        all(folder.has(name) is answer for name, answer in asked)
        and all(folder.names(name) == answer for name, answer in listed)
        and all(((data := folder.read(name)) and _sum(data)) == answer for name, answer in opened)
        and all(((data := folder.read_part(*part)) and _sum(data)) == answer for *part, answer in parts)
    )


def _without_text(secret: Secret, source: Source) -> tuple[str, int, int, str]:
    """Return a secret for storage, without its text if that is part of the card."""
    path, text = ("", "") if secret.path == source.path else (secret.path, secret.text)
    return (path, secret.span.start, secret.span.end, text)


def _secret(kept: tuple[str, int, int, str], source: Source) -> Secret:
    path, start, end, text = kept
    span = Span(start, end)
    return Secret(path, span, text) if path else Secret(source.path, span, source.slice(span))


def _sweep(folder: str, now: float) -> None:
    """Delete the old entries of one folder, and the oldest ones above its share of the maximum size."""
    entries = []
    with os.scandir(folder) as found:
        for entry in found:
            with suppress(OSError):  # another run may delete it
                status = entry.stat()
                entries.append((status.st_mtime, status.st_size, entry.path))
    room = _LARGEST // _FOLDERS
    for changed, size, path in sorted(entries, reverse=True):
        room -= size
        age = now - changed
        if room < 0 or age > (_DAY if path.endswith(".tmp") else _OLDEST):
            with suppress(OSError):
                os.unlink(path)
