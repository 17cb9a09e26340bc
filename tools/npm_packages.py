"""Packages of the npm registry: fetched by npm or taken from disk, and asked by node what they hold."""

import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["CannotTellError", "Package", "ask", "fetch", "install"]


class CannotTellError(Exception):
    """Why it could not be told what a package holds."""


class Package(NamedTuple):
    """What a package's `package.json` says, and the day it was published, empty where nobody was asked."""

    name: str
    version: str
    published: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.version}" + (f" of {self.published}" if self.published else "")


def fetch(names: Sequence[str], folder: Path) -> Iterator[tuple[Path, str]]:
    """The latest tarballs, from the registry that npm is configured for, each with the day it was published."""
    for name in names:
        packed = json.loads(_run(["npm", "pack", name, "--json", "--ignore-scripts"], folder))[0]
        times = json.loads(_run(["npm", "view", name, "time", "--json"], folder))
        yield folder / Path(packed["filename"]).name, str(times.get(packed["version"], ""))[:10]


def install(given: Path, names: Sequence[str], folder: Path, published: str = "") -> Package:
    """Put a package of one of these names, an unpacked one or a tarball, where node finds it by its name."""
    unpacked = given
    try:
        if given.is_file():
            unpacked = folder / f"unpacked-{given.name}" / "package"
            with tarfile.open(given) as archive:
                archive.extractall(unpacked.parent, filter="data")
        about = json.loads((unpacked / "package.json").read_text("utf-8"))
        package = Package(about["name"], about["version"], published)
        if package.name not in names:
            raise CannotTellError(f"{given} is {package.name}, and what is wanted is {' or '.join(names)}")
        shutil.copytree(unpacked, folder / "node_modules" / package.name, dirs_exist_ok=True)
    except (OSError, ValueError, KeyError, tarfile.TarError) as error:
        raise CannotTellError(f"{given} is no package: {error}") from error
    return package


def ask(package: str, expression: str, folder: Path) -> Any:
    """The value of a JavaScript expression, with `p` for the package, as JSON has it."""
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
