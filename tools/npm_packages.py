"""Packages of the npm registry: download them or read them from disk, and evaluate their data with node."""

import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["CannotTellError", "Package", "ask", "fetch", "install"]


class CannotTellError(Exception):
    """The data of a package cannot be read; the message says why."""


class Package(NamedTuple):
    """A package with its name and version, and the day it was published, empty if unknown."""

    name: str
    version: str
    published: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.version}" + (f" of {self.published}" if self.published else "")


def fetch(names: Sequence[str], folder: Path) -> Iterator[tuple[Path, str]]:
    """Download the latest tarballs with npm, and yield each with the day it was published."""
    for name in names:
        packed = json.loads(_run(["npm", "pack", name, "--json", "--ignore-scripts"], folder))[0]
        times = json.loads(_run(["npm", "view", name, "time", "--json"], folder))
        yield folder / Path(packed["filename"]).name, str(times.get(packed["version"], ""))[:10]


def install(given: Path, names: Sequence[str], folder: Path, published: str = "") -> Package:
    """Copy a package with one of these names, unpacked or as a tarball, into the `node_modules` of a folder."""
    unpacked = given
    try:
        if given.is_file():
            unpacked = folder / f"unpacked-{given.name}" / "package"
            with tarfile.open(given) as archive:
                archive.extractall(unpacked.parent, filter="data")
        about = json.loads((unpacked / "package.json").read_text("utf-8"))
        package = Package(about["name"], about["version"], published)
        if package.name not in names:
            raise CannotTellError(f"{given} is {package.name}, not {' or '.join(names)}")
        shutil.copytree(unpacked, folder / "node_modules" / package.name, dirs_exist_ok=True)
    except (OSError, ValueError, KeyError, tarfile.TarError) as error:
        raise CannotTellError(f"{given} is not a package: {error}") from error
    return package


def ask(package: str, expression: str, folder: Path) -> Any:
    """Return the value of a JavaScript expression in which `p` is the package."""
    script = f'import * as p from "{package}"; console.log(JSON.stringify({expression}))'
    return json.loads(_run(["node", "--input-type=module", "--eval", script], folder))


def _run(command: list[str], folder: Path) -> str:
    program = shutil.which(command[0])
    if program is None:
        raise CannotTellError(f"{command[0]} is not installed")
    done = subprocess.run([program, *command[1:]], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise CannotTellError(f"{command[0]} failed:\n{done.stderr.strip()}")
    return done.stdout
