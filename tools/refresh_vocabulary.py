"""Compare the vocabularies with npm packages that contain them: `python tools/refresh_vocabulary.py [--write]`.

The tool downloads `@huggingface/tasks` and `@huggingface/languages` with `npm pack`, or reads packages on disk,
unpacked or as tarballs. It lists added and removed names, and with `--write` updates `cardlint/vocabulary/`. Data there
that is maintained by hand (aliases, guesses) is not changed. It needs node.

Exit codes: 0 if nothing differs, 1 if something differs, 2 after an error.
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
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*")  # only names like these are written into Python modules

Data = list[str] | dict[str, str]


class Vocabulary(NamedTuple):
    """An assignment in a module with data from a package: words in a string, or pairs in a dictionary.

    `script` is a JavaScript expression for the data, in which `p` is the package.
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
    Vocabulary("languages", "_SHORT_CODES", LANGUAGES, "Object.keys(p.LANGUAGES_ISO_639_1)"),
    Vocabulary("languages", "_LONG_CODES", LANGUAGES, "Object.keys(p.LANGUAGES_ISO_639_3)"),
)
# Not written: `LIBRARY_TASKS` is maintained by hand and only compared with the tasks that the Hub offers for a library.
LIBRARY_TASKS = Vocabulary("tasks", "LIBRARY_TASKS", TASKS, "Object.entries(p.LIBRARY_TASK_MAPPING)")


def package_data(vocabulary: Vocabulary, folder: Path) -> Data:
    """Return the data of a vocabulary in its package, sorted; a subtask of several tasks is left out."""
    found = ask(vocabulary.package, vocabulary.script, folder)
    names = [name for item in found for name in ([item] if isinstance(item, str) else item)]
    if not names or not all(isinstance(name, str) and NAME.fullmatch(name) for name in names):
        raise CannotTellError(f"{vocabulary.package} has values other than names for {label(vocabulary)}")
    if isinstance(found[0], str):
        return sorted(set(found))
    wholes: dict[str, set[str]] = {}
    for part, whole in found:
        wholes.setdefault(part, set()).add(whole)
    return {part: whole.pop() for part, whole in sorted(wholes.items()) if len(whole) == 1}


class Module:
    """A module of the vocabulary whose assignments can be replaced without any other change."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text("utf-8")

    def span(self, name: str) -> slice:
        """Return the lines of an assignment."""
        for node in ast.parse(self.text).body:
            if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == name for to in node.targets):
                return slice(node.lineno - 1, node.end_lineno)
        raise CannotTellError(f"{self.path} has no `{name}`")

    def value(self, name: str) -> Data:
        """Return the assigned value: words, or a dictionary."""
        statement = "".join(self.text.splitlines(keepends=True)[self.span(name)])
        value = ast.literal_eval(statement.partition("=")[2].strip())
        return value.split() if isinstance(value, str) else value

    def pairs(self, name: str) -> dict[str, str]:
        """Return the assigned value of a dictionary."""
        value = self.value(name)
        assert isinstance(value, dict)
        return value

    def assign(self, name: str, statement: str) -> None:
        lines = self.text.splitlines(keepends=True)
        lines[self.span(name)] = [statement]
        self.text = "".join(lines)

    def date(self, package: Package, day: str) -> None:
        """Record the version that the module was compared with, and the day if the version is new."""
        lines = self.text.splitlines(keepends=True)
        stated = "".join(lines[self.span("SOURCE")])
        version = re.search(rf"(?<=`{package.name}` )[\w.+-]+", stated)
        if version is None:
            raise CannotTellError(f"`SOURCE` of {self.path} does not name a version of `{package.name}`")
        if version[0] != package.version:
            self.assign("SOURCE", stated[: version.start()] + package.version + stated[version.end() :])
            self.assign("DATE", f'DATE = "{day}"\n')


def statement(name: str, data: Data) -> str:
    """Return the text of an assignment."""
    if isinstance(data, dict):
        return f"{name} = {{\n" + "".join(f'    "{key}": "{value}",\n' for key, value in data.items()) + "}\n"
    indent = " " * 4
    words = textwrap.fill(" ".join(data), 116, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    return f'{name} = """\n{words}\n"""\n'


def label(vocabulary: Vocabulary) -> str:
    return f"{vocabulary.module}.{vocabulary.name.lstrip('_')}"


def difference(old: Data, new: Data) -> str:
    """Return in words what was added, removed or changed; empty if nothing was."""
    added = [name for name in new if name not in old]
    removed = [name for name in old if name not in new]
    moved = []
    if isinstance(old, dict) and isinstance(new, dict):
        moved = [f"{name} ({old[name]} -> {new[name]})" for name in new if old.get(name, new[name]) != new[name]]
    parts = (("added", added), ("removed", removed), ("changed", moved))
    return "; ".join(f"{word} {len(names)}: {' '.join(names)}" for word, names in parts if names)


def contradictions(module: Module, folder: Path) -> Iterator[str]:
    """Yield the tasks of libraries, maintained by hand, that the Hub does not offer for them."""
    offered = dict(ask(LIBRARY_TASKS.package, LIBRARY_TASKS.script, folder))
    for library, task in module.pairs(LIBRARY_TASKS.name).items():
        if library in offered and task not in offered[library]:
            yield f"{library} has the task {task}; the package has {', '.join(offered[library])}"


def refresh(package: Package, folder: Path, modules: Path, day: str, *, write: bool) -> bool:
    """Compare and print all data of one package, write it if `write`, and return True if any data differs."""
    mine = [entry for entry in VOCABULARIES if entry.package == package.name]
    if not NAME.fullmatch(package.version):
        raise CannotTellError(f"{package} does not have a valid version")
    sys.stdout.write(f"{package}\n")
    differs = False
    for name in dict.fromkeys(entry.module for entry in mine):
        module = Module(modules / f"{name}.py")
        before = module.text
        for entry in (entry for entry in mine if entry.module == name):
            old, new = module.value(entry.name), package_data(entry, folder)
            change = difference(old, new)
            differs |= bool(change)
            sys.stdout.write(f"  {label(entry)}: {len(new)} names, {change or 'no change'}\n")
            module.assign(entry.name, statement(entry.name, new))
        if name == LIBRARY_TASKS.module:
            sys.stdout.writelines(f"  maintained by hand: {words}\n" for words in contradictions(module, folder))
        module.date(package, day)
        if write and module.text != before:
            module.path.write_text(module.text, "utf-8", newline="\n")
            sys.stdout.write(f"  written: {module.path.name}\n")
    return differs


def main(arguments: list[str]) -> int:
    """Run the tool with these arguments, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", nargs="*", type=Path, help="packages on disk, instead of downloading them with npm")
    parser.add_argument("--write", action="store_true", help="write the differences into the modules")
    parser.add_argument(
        "--date",
        default=datetime.now(UTC).date().isoformat(),
        help="the day to record for a new version, by default today",
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
