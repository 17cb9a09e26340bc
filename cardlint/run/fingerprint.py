"""What linting depends on besides the card and its configuration: this very code, its libraries, its Python.

Files are known by size and time, as `make` knows them. A version alone would not do: code in a checkout changes under
one version all day.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from cardlint.plugins import distributions
from cardlint.rule_definition import Rule

try:
    from _blake2 import blake2b  # the function of hashlib, without the libraries that it loads
except ImportError:
    from hashlib import blake2b

__all__ = ["identify", "own_fingerprint"]

_OWN = "cardlint"


def identify(version: str, rules: Mapping[str, Rule]) -> str:
    """A text that differs whenever the same card might get another result under the same configuration.

    It names cardlint's own files, with its vocabularies and their dates among them, those of the packages that bring
    further rules, every installed distribution with its version, and the Python that runs.

    Raises:
        OSError: not all code lies in files that can be looked at.
    """
    packages = dict.fromkeys(rule.package for rule in rules.values() if rule.package != _OWN)
    files = [line for package in packages for place in _places(package) for line in _files(place)]
    installed = [os.path.basename(path) for path in distributions()]  # noqa: PTH119 - thousands of names
    return repr((version, sys.version, os.name, list(rules), own_fingerprint(), files, installed))


@cache
def own_fingerprint() -> str:
    """Return a hash of the paths, sizes and times of cardlint's own files.

    Raises:
        OSError: they are not files, such as in a zip archive.
    """
    files = [line for place in _places(_OWN) for line in _files(place)]
    return blake2b(repr(files).encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _places(package: str) -> Iterable[str]:
    """The folders of a package, or the one file of a module."""
    module = sys.modules[package]
    places = list(getattr(module, "__path__", ())) or [getattr(module, "__file__", None)]
    if None in places:
        raise OSError(f"{package} lies in no file")
    return [str(place) for place in places]


def _files(place: str) -> Iterator[tuple[str, int, int]]:
    """Path, size and time of every file in a folder, or of a file itself; what Python compiles is left out."""
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
