"""Puts a mended card on disk, whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from cardlint.regular_file import read_regular
from cardlint.source import Source, read

__all__ = ["ChangedError", "LossyError", "NotWrittenError", "write"]


class NotWrittenError(Exception):
    """A card was left as it is; the message says why."""


class ChangedError(NotWrittenError):
    """The card on disk is no longer the one that was read."""


class LossyError(NotWrittenError):
    """The card's bytes cannot be given back as they were, not even where nothing was edited."""


def write(path: Path, source: Source, original: bytes) -> None:
    """Put the text of `source` in the place of the `original` bytes that were read from `path`.

    Readers see the old file or the new one, never a part. Permissions stay, the owner where the system lets it, and a
    symbolic link stays a link; of a hard link's names only this one leads to the new text.

    Raises:
        ChangedError: the file does not hold `original` any more, or is gone.
        LossyError: the file has bytes that are no text in its encoding and would be lost.
        OSError: the file or its folder cannot be written.
    """
    unedited = read(original, source.path)
    if unedited.encoding != source.encoding or unedited.encode() != original:
        raise LossyError(f"{source.path} holds bytes that would be lost, and is left alone")
    data = source.encode()
    if data == original:
        return
    try:
        target = os.path.realpath(path, strict=True)
    except FileNotFoundError as error:
        raise ChangedError(f"{source.path} was removed while it was being fixed") from error
    if not os.access(target, os.W_OK):  # the folder would allow it, but whoever made the file read-only would not
        raise PermissionError(13, "the file is read-only", str(path))
    _replace(target, data, original, source.path)


def _replace(target: str, data: bytes, original: bytes, shown: str) -> None:
    folder = os.path.dirname(target)  # noqa: PTH120 - realpath gives a string
    descriptor, temporary = tempfile.mkstemp(prefix=".cardlint-", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            _take_after(target, temporary)
            os.fsync(file.fileno())
        # as late as can be: what somebody saved in between is not overwritten
        if _is_other(target, original):
            raise ChangedError(f"{shown} changed on disk while it was being fixed, and is left alone")
        os.replace(temporary, target)  # noqa: PTH105
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)  # noqa: PTH108 - left over only where something went wrong
    _sync_folder(folder)


def _is_other(target: str, original: bytes) -> bool:
    try:
        return read_regular(target) != original
    except FileNotFoundError:
        return True


def _take_after(target: str, temporary: str) -> None:
    """Give the new file the owner and the permissions of the old one."""
    status = os.stat(target)  # noqa: PTH116
    if hasattr(os, "chown"):
        with suppress(OSError):  # only root may give a file away
            os.chown(temporary, status.st_uid, status.st_gid)
    os.chmod(temporary, stat.S_IMODE(status.st_mode))  # noqa: PTH101 - behind chown, which takes some away


def _sync_folder(folder: str) -> None:
    """Make the new name last through a crash, where the system knows how."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
