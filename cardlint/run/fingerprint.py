"""A fingerprint of everything that linting depends on besides the card and its configuration.

That is the code of cardlint and of plugins, the installed libraries, and Python. Files are identified by size and time,
as `make` does; a version alone is not enough, since the code of a checkout changes within one version.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from cardlint.platform_differences import system_name
from cardlint.plugins import distributions
from cardlint.rule_definition import Rule

try:
    from _blake2 import blake2b  # the function of hashlib, without the libraries that it loads
except ImportError:
    from hashlib import blake2b

__all__ = ["identify", "own_fingerprint"]

_OWN = "cardlint"


def identify(version: str, rules: Mapping[str, Rule]) -> str:
    """Return a text that changes whenever the same card might get another result with the same configuration.

    It contains the files of cardlint and of the packages with further rules, every installed distribution with its
    version, and the version of Python.

    Raises:
        OSError: some code is not in files, such as in a zip archive.
    """
    packages = dict.fromkeys(rule.package for rule in rules.values() if rule.package != _OWN)
    files = [line for package in packages for place in _places(package) for line in _files(place)]
    installed = [os.path.basename(path) for path in distributions(sys.path)]  # noqa: PTH119 - thousands of names
    return repr((version, sys.version, system_name(), list(rules), own_fingerprint(), files, installed))


@cache
def own_fingerprint() -> str:
    """Return a hash of the paths, sizes and times of cardlint's own files.

    Raises:
        OSError: the code is not in files, such as in a zip archive.
    """
    files = [line for place in _places(_OWN) for line in _files(place)]
    return blake2b(repr(files).encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _places(package: str) -> Iterable[str]:
    """Return the folders of a package, or the file of a module."""
    module = sys.modules[package]
    places = list(getattr(module, "__path__", ())) or [getattr(module, "__file__", None)]
    if None in places:
        raise OSError(f"{package} is not in a file")
    return [str(place) for place in places]


def _files(place: str) -> Iterator[tuple[str, int, int]]:
    """Yield path, size and time of a file, or of every file in a folder except for compiled Python code."""
    if not os.path.isdir(place):  # noqa: PTH112
        status = Path(place).stat()
        yield place, status.st_size, status.st_mtime_ns
        return
    pending = [place]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        pending.append(entry.path)
                else:
                    status = entry.stat()
                    yield entry.path, status.st_size, status.st_mtime_ns
