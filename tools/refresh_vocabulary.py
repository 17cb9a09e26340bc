"""Compare the vocabularies with the registry packages that carry them: `python tools/refresh_vocabulary.py [--write]`.

Fetches `@huggingface/tasks` and `@huggingface/languages` by `npm pack`, from the registry that npm is configured for,
or takes packages as they lie on disk, unpacked or as tarballs; says what was added and removed, and with `--write`
writes it into `cardlint/vocabulary/`. What is kept by hand there (aliases, guesses) stays as it is. Needs node.

Exits with 0 where nothing differs, with 1 where something does, with 2 where it could not be told.
"""

import argparse
import ast
import re
import sys
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from npm_packages import CannotTellError, Package, ask, fetch, install

MODULES = Path(__file__).parents[1] / "cardlint/vocabulary"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*")  # what comes from elsewhere is written as Python only if it looks so

Data = list[str] | dict[str, str]


class Vocabulary(NamedTuple):
    """An assignment of a module that a package can be asked for: words in a string, or pairs in a dictionary.

    `script` is the JavaScript expression, with `p` for the package, that has the data.
    """

    module: str
    name: str
    package: str
    script: str


PACKAGES = TASKS, LANGUAGES = ("@huggingface/tasks", "@huggingface/languages")
PARTS = "(subtasks ?? []).map(({type}) => [type, task])"
VOCABULARIES = (
    Vocabulary("tasks", "_TASKS", TASKS, "Object.keys(p.PIPELINE_DATA)"),
    Vocabulary(
        "tasks", "SUBTASKS", TASKS, f"Object.entries(p.PIPELINE_DATA).flatMap(([task, {{subtasks}}]) => {PARTS})"
    ),
    Vocabulary("libraries", "_LIBRARIES", TASKS, "Object.keys(p.MODEL_LIBRARIES_UI_ELEMENTS)"),
    Vocabulary("languages", "_CODES", LANGUAGES, "[p.LANGUAGES_ISO_639_1, p.LANGUAGES_ISO_639_3].flatMap(Object.keys)"),
)
# Not written: the tasks that the Hub offers for a library bear out what `LIBRARY_TASKS` says of some by hand.
LIBRARY_TASKS = Vocabulary("tasks", "LIBRARY_TASKS", TASKS, "Object.entries(p.LIBRARY_TASK_MAPPING)")


def told(vocabulary: Vocabulary, folder: Path) -> Data:
    """The data of a vocabulary as a package has it, sorted; a part of several tasks belongs to none."""
    found = ask(vocabulary.package, vocabulary.script, folder)
    names = [name for item in found for name in ([item] if isinstance(item, str) else item)]
    if not names or not all(isinstance(name, str) and NAME.fullmatch(name) for name in names):
        raise CannotTellError(f"{vocabulary.package} has something else than names for {label(vocabulary)}")
    if isinstance(found[0], str):
        return sorted(set(found))
    wholes: dict[str, set[str]] = {}
    for part, whole in found:
        wholes.setdefault(part, set()).add(whole)
    return {part: whole.pop() for part, whole in sorted(wholes.items()) if len(whole) == 1}


class Module:
    """A module of the vocabulary, whose assignments can be exchanged; everything else in it stays as it stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text("utf-8")

    def span(self, name: str) -> slice:
        """The lines of an assignment."""
        for node in ast.parse(self.text).body:
            if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == name for to in node.targets):
                return slice(node.lineno - 1, node.end_lineno)
        raise CannotTellError(f"{self.path} has no `{name}`")

    def value(self, name: str) -> Data:
        """What is assigned: words, or a dictionary."""
        statement = "".join(self.text.splitlines(keepends=True)[self.span(name)])
        value = ast.literal_eval(statement.partition("=")[2].strip())
        return value.split() if isinstance(value, str) else value

    def pairs(self, name: str) -> dict[str, str]:
        """What is assigned, where that is known to be a dictionary."""
        value = self.value(name)
        assert isinstance(value, dict)
        return value

    def assign(self, name: str, statement: str) -> None:
        lines = self.text.splitlines(keepends=True)
        lines[self.span(name)] = [statement]
        self.text = "".join(lines)

    def date(self, package: Package, day: str) -> None:
        """Say which version the module was compared with, and when; the same version leaves the day as it is."""
        lines = self.text.splitlines(keepends=True)
        stated = "".join(lines[self.span("SOURCE")])
        version = re.search(rf"(?<=`{package.name}` )[\w.+-]+", stated)
        if version is None:
            raise CannotTellError(f"`SOURCE` of {self.path} does not name a version of `{package.name}`")
        if version[0] != package.version:
            self.assign("SOURCE", stated[: version.start()] + package.version + stated[version.end() :])
            self.assign("DATE", f'DATE = "{day}"\n')


def statement(name: str, data: Data) -> str:
    """The assignment as it is written, the same for the same data."""
    if isinstance(data, dict):
        return f"{name} = {{\n" + "".join(f'    "{key}": "{value}",\n' for key, value in data.items()) + "}\n"
    indent = " " * 4
    words = textwrap.fill(" ".join(data), 116, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    return f'{name} = """\n{words}\n"""\n'


def label(vocabulary: Vocabulary) -> str:
    return f"{vocabulary.module}.{vocabulary.name.lstrip('_')}"


def difference(old: Data, new: Data) -> str:
    """What was added, removed or given another meaning, in words; empty where nothing was."""
    added = [name for name in new if name not in old]
    removed = [name for name in old if name not in new]
    moved = []
    if isinstance(old, dict) and isinstance(new, dict):
        moved = [f"{name} ({old[name]} -> {new[name]})" for name in new if old.get(name, new[name]) != new[name]]
    parts = (("added", added), ("removed", removed), ("changed", moved))
    return "; ".join(f"{word} {len(names)}: {' '.join(names)}" for word, names in parts if names)


def contradictions(module: Module, folder: Path) -> Iterator[str]:
    """Tasks of libraries, kept by hand, that the Hub does not offer for them."""
    offered = dict(ask(LIBRARY_TASKS.package, LIBRARY_TASKS.script, folder))
    for library, task in module.pairs(LIBRARY_TASKS.name).items():
        if library in offered and task not in offered[library]:
            yield f"{library} is said to do {task}; the package has {', '.join(offered[library])}"


def refresh(package: Package, folder: Path, modules: Path, day: str, *, write: bool) -> bool:
    """Compare all that one package carries, tell and, if so wanted, write; whether any data differs."""
    mine = [entry for entry in VOCABULARIES if entry.package == package.name]
    if not NAME.fullmatch(package.version):
        raise CannotTellError(f"{package} has a strange version")
    sys.stdout.write(f"{package}\n")
    differs = False
    for name in dict.fromkeys(entry.module for entry in mine):
        module = Module(modules / f"{name}.py")
        before = module.text
        for entry in (entry for entry in mine if entry.module == name):
            old, new = module.value(entry.name), told(entry, folder)
            change = difference(old, new)
            differs |= bool(change)
            sys.stdout.write(f"  {label(entry)}: {len(new)} names, {change or 'as they are here'}\n")
            module.assign(entry.name, statement(entry.name, new))
        if name == LIBRARY_TASKS.module:
            sys.stdout.writelines(f"  kept by hand: {words}\n" for words in contradictions(module, folder))
        module.date(package, day)
        if write and module.text != before:
            module.path.write_text(module.text, "utf-8", newline="\n")
            sys.stdout.write(f"  written: {module.path.name}\n")
    return differs


def main(arguments: list[str]) -> int:
    """The tool with these arguments; its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", nargs="*", type=Path, help="packages on disk, instead of those that npm fetches")
    parser.add_argument("--write", action="store_true", help="write what differs into the modules")
    parser.add_argument(
        "--date",
        default=datetime.now(UTC).date().isoformat(),
        help="the day to note with a new version, by default today",
    )
    parser.add_argument("--modules", type=Path, default=MODULES, help="the folder with the modules")
    given = parser.parse_args(arguments)
    with TemporaryDirectory() as place:
        folder = Path(place)
        try:
            found = [(path, "") for path in given.packages] or list(fetch(PACKAGES, folder))
            packages = [install(path, PACKAGES, folder, published) for path, published in found]
            differ = [refresh(package, folder, given.modules, given.date, write=given.write) for package in packages]
        except CannotTellError as error:
            sys.stderr.write(f"error: {error}\n")
            return 2
    return int(any(differ))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
