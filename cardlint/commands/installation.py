"""The command that installs an extra of cardlint in the way in which cardlint was installed."""

from __future__ import annotations

import os
import sys
from typing import Any

from msgspec import Struct

from cardlint.platform_differences import quote_for_shell, quote_program, system_path

__all__ = ["Installation", "MissingExtraError", "install_command", "installation"]

_CACHE_OF_UV = "archive-v0"


class MissingExtraError(Exception):
    """A package is missing that the command needs and that only an extra of cardlint installs."""


class Installation(Struct, frozen=True):
    """The way in which cardlint was installed.

    `tool` is `pip`, `uv pip`, `pipx` or `uv tool`. `source` is the address of what was installed, empty for a version
    from the package index, and `editable` is true if it is a checkout that is used as it is. `python` is the
    interpreter that a command must name, empty if the tool finds its environment without.
    """

    tool: str = "pip"
    source: str = ""
    editable: bool = False
    python: str = ""


def install_command(extra: str, installed: Installation | None = None) -> str:
    """Return the command that installs cardlint with an extra, as one types it in a shell."""
    installed = installation() if installed is None else installed
    path = _local_path(installed.source)
    if path and not os.path.exists(path):  # noqa: PTH110
        return _command_for_packages(installed, _requirements(extra))
    if os.path.isdir(path):  # noqa: PTH112
        words = ["-e"] * installed.editable + [f"{path}[{extra}]"]
    elif installed.source:
        words = [f"cardlint[{extra}] @ {installed.source}"]
    else:
        words = [f"cardlint[{extra}]"]
    # the environment of a tool is made anew; pipx has no other way to add an extra
    force = ["--force"] if installed.tool in {"pipx", "uv tool"} else []
    return " ".join([*_install(installed), *force, *map(quote_for_shell, words)])


def _install(installed: Installation) -> list[str]:
    """Return the words before what is to be installed."""
    python = quote_program(installed.python)
    if not installed.python:
        return [installed.tool, "install"]
    return [installed.tool, "install", "--python", python] if installed.tool == "uv pip" else [python, "-m pip install"]


def _command_for_packages(installed: Installation, packages: list[str]) -> str:
    """Return the command that adds packages, for a cardlint that cannot be installed again: its source is gone."""
    if installed.tool == "pipx":
        head = ["pipx inject cardlint"]
    elif installed.tool == "uv tool":
        head = _install(Installation("uv pip", python=sys.executable))
    else:
        head = _install(installed)
    return " ".join([*head, *map(quote_for_shell, packages)])


def _requirements(extra: str) -> list[str]:
    """Return the packages of an extra, as the metadata of cardlint name them."""
    from importlib.metadata import requires

    needed = (each.partition(";") for each in requires("cardlint") or ())
    return [package.strip() for package, _, marker in needed if f"extra == '{extra}'" in marker]


def installation() -> Installation:
    """Return the way in which cardlint was installed, as far as its metadata say; pip and the index if not."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        found = distribution("cardlint")
        return _described(found.read_text("INSTALLER") or "", _address(found.read_text("direct_url.json")))
    except (PackageNotFoundError, OSError):
        return Installation("pip", _checkout(), editable=True, python=_python("pip"))


def _checkout() -> str:
    """Return the address of the checkout around this file, or an empty string if it is not in one."""
    from pathlib import Path

    root = Path(__file__).parents[2]
    return root.as_uri() if (root / "pyproject.toml").exists() else ""


def _described(installer: str, address: dict[str, Any]) -> Installation:
    source = str(address.get("url") or "")
    version_control = address.get("vcs_info") or {}
    if version_control:
        revision = version_control.get("requested_revision")
        source = f"{version_control.get('vcs', 'git')}+{source}{f'@{revision}' if revision else ''}"
    tool = _tool(installer)
    return Installation(tool, source, bool((address.get("dir_info") or {}).get("editable")), _python(tool))


def _tool(installer: str) -> str:
    for file, tool in (("uv-receipt.toml", "uv tool"), ("pipx_metadata.json", "pipx")):
        if os.path.exists(os.path.join(sys.prefix, file)):  # noqa: PTH110, PTH118
            return tool
    if _CACHE_OF_UV in sys.prefix.replace(os.sep, "/").split("/"):  # run by uvx, which keeps nothing that is added
        return "uv tool"
    return "uv pip" if installer.strip() == "uv" else "pip"


def _address(text: str | None) -> dict[str, Any]:
    import msgspec

    try:
        address = msgspec.json.decode(text or "{}")
    except msgspec.DecodeError:
        return {}
    return address if isinstance(address, dict) else {}


def _python(tool: str) -> str:
    """Return the interpreter that a command must name, since `pip` or `uv pip` would choose another environment."""
    import shutil

    if tool == "pip":
        finds_it = os.path.dirname(shutil.which("pip") or "") == os.path.dirname(sys.executable)  # noqa: PTH120
    else:
        finds_it = tool != "uv pip" or os.environ.get("VIRTUAL_ENV") == sys.prefix
    return "" if finds_it else sys.executable


def _local_path(source: str) -> str:
    """Return the path of an address, or an empty string if it is not one on this machine."""
    if not source.startswith("file://"):
        return ""
    from urllib.parse import unquote, urlsplit

    return system_path(unquote(urlsplit(source).path))
