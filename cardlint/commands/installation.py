"""The command that installs an extra of cardlint in the way in which cardlint was installed."""

from __future__ import annotations

import os
import sys
from typing import Any

from msgspec import Struct

from cardlint.platform_differences import quote_for_shell, system_path

__all__ = ["Installation", "MissingExtraError", "install_command", "installation"]


class MissingExtraError(Exception):
    """A package is missing that the command needs and that only an extra of cardlint installs."""


class Installation(Struct, frozen=True):
    """The way in which cardlint was installed.

    `tool` is `pip`, `uv pip`, `pipx` or `uv tool`. `source` is the address of what was installed, empty for a version
    from the package index, and `editable` is true if it is a checkout that is used as it is.
    """

    tool: str = "pip"
    source: str = ""
    editable: bool = False


def install_command(extra: str, installed: Installation | None = None) -> str:
    """Return the command that installs cardlint with an extra, as one types it in a shell."""
    installed = installation() if installed is None else installed
    folder = _folder(installed.source)
    if folder:
        words = ["-e"] * installed.editable + [f"{folder}[{extra}]"]
    elif installed.source:
        words = [f"cardlint[{extra}] @ {installed.source}"]
    else:
        words = [f"cardlint[{extra}]"]
    # the environment of a tool is made anew; pipx has no other way to add an extra
    force = ["--force"] if installed.tool in {"pipx", "uv tool"} else []
    return " ".join([installed.tool, "install", *force, *map(quote_for_shell, words)])


def installation() -> Installation:
    """Return the way in which cardlint was installed, as far as its metadata say; pip and the index if not."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        found = distribution("cardlint")
        return _described(found.read_text("INSTALLER") or "", _address(found.read_text("direct_url.json")))
    except (PackageNotFoundError, OSError):
        return Installation()


def _described(installer: str, address: dict[str, Any]) -> Installation:
    source = str(address.get("url") or "")
    version_control = address.get("vcs_info") or {}
    if version_control:
        revision = version_control.get("requested_revision")
        source = f"{version_control.get('vcs', 'git')}+{source}{f'@{revision}' if revision else ''}"
    return Installation(_tool(installer), source, bool((address.get("dir_info") or {}).get("editable")))


def _tool(installer: str) -> str:
    for file, tool in (("uv-receipt.toml", "uv tool"), ("pipx_metadata.json", "pipx")):
        if os.path.exists(os.path.join(sys.prefix, file)):  # noqa: PTH110, PTH118
            return tool
    return "uv pip" if installer.strip() == "uv" else "pip"


def _address(text: str | None) -> dict[str, Any]:
    import msgspec

    try:
        address = msgspec.json.decode(text or "{}")
    except msgspec.DecodeError:
        return {}
    return address if isinstance(address, dict) else {}


def _folder(source: str) -> str:
    """Return the folder of an address, or an empty string if it is not one on this machine."""
    if not source.startswith("file://"):
        return ""
    from urllib.parse import unquote, urlsplit

    path = system_path(unquote(urlsplit(source).path))
    return path if os.path.isdir(path) else ""  # noqa: PTH112
