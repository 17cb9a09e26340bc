"""Paths for other programs: relative to the root of the repository, and as URIs."""

from __future__ import annotations

import os
import re
from pathlib import Path

from cardlint.source import HUB

__all__ = ["as_ascii", "from_root", "uri"]


def from_root(path: str, variable: str) -> str:
    """Return a path relative to the folder in an environment variable of the CI, with forward slashes.

    If the path is not in that folder, it is relative to the working folder; outside of both it is absolute.
    """
    if not path or path.startswith(HUB):
        return path
    root = os.environ.get(variable)
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - the repository has a symlink under its own name
    for folder in (root, root and os.path.realpath(root), os.curdir):
        if folder:
            top = Path(os.path.abspath(folder))  # noqa: PTH100
            if absolute.is_relative_to(top):
                return absolute.relative_to(top).as_posix()
    return absolute.as_posix()


def uri(path: str) -> str:
    """Return a path as a URI reference of RFC 3986: a relative one as it is, an absolute one with `file://`."""
    from urllib.parse import quote

    try:
        data = path.encode("utf-8", "surrogateescape")  # undecodable bytes of a name are kept
    except UnicodeEncodeError:
        data = path.encode("utf-8", "replace")
    quoted = quote(data)
    if path.startswith("/"):
        return f"file://{quoted}"
    # a drive of Windows
    return f"file:///{path[0]}:{quote(data[2:])}" if path[1:3] == ":/" else quoted


def as_ascii(address: str) -> str:
    """Return a web address in ASCII, so that it cannot end the text around it."""
    return re.sub(r"[^\x21-\x7e]", _percent, address)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
