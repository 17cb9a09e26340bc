"""Writing a fixed card to disk, completely or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from cardlint.files.write import replacing, termination_held
from cardlint.platform_differences import sync_folder
from cardlint.regular_file import read_regular
from cardlint.source import Source, read

__all__ = ["ChangedError", "LossyError", "NotWrittenError", "write"]


class NotWrittenError(Exception):
    """A card was not written; the message says why."""


class ChangedError(NotWrittenError):
    """The card on disk has changed since it was read."""


class LossyError(NotWrittenError):
    """The card contains bytes that cannot be written back, even if they are not edited."""


def write(path: Path, source: Source, original: bytes) -> None:
    """Replace the `original` bytes that were read from `path` by the text of `source`.

    Other processes see the old file or the new one, never a part. Permissions are kept, the owner and extended
    attributes too if the system allows it, and a symbolic link stays a link. Other hard links keep the old text.

    Raises:
        ChangedError: the file no longer contains `original`, or was removed.
        LossyError: the file contains bytes that its encoding cannot represent and that would be lost.
        OSError: the file or its folder cannot be written.
    """
    unedited = read(original, source.path)
    if unedited.encoding != source.encoding or unedited.encode() != original:
        raise LossyError(f"{source.path} was not fixed, because it contains bytes that would be lost")
    data = source.encode()
    if data == original:
        return
    try:
        target = os.path.realpath(path, strict=True)
    except FileNotFoundError as error:
        raise ChangedError(f"{source.path} was removed while it was being fixed") from error
    if not os.access(target, os.W_OK):  # replacing a read-only file would work, but is not wanted
        raise PermissionError(13, "the file is read-only", str(path))
    _replace(target, data, original, source.path)


def _replace(target: str, data: bytes, original: bytes, shown: str) -> None:
    with termination_held(), replacing(target) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        # as late as possible, so that changes saved in between are not overwritten
        if _is_other(target, original):
            raise ChangedError(f"{shown} was not written, because it changed on disk while it was being fixed")
    sync_folder(os.path.dirname(target))  # noqa: PTH120 - realpath gives a string


def _is_other(target: str, original: bytes) -> bool:
    try:
        return read_regular(target, len(original) + 1) != original
    except FileNotFoundError:
        return True
