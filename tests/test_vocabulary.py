"""The vocabularies, and the tool that compares them with the packages that they come from."""

import json
import re
import shutil
import subprocess
import sys
import tarfile
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

from cardlint import vocabulary
from cardlint.vocabulary import languages, libraries, tasks
from cardlint.vocabulary.licenses import ids as licenses

ROOT = Path(__file__).parents[1]
MODULES = [module.name for module in walk_packages(vocabulary.__path__, "cardlint.vocabulary.")]


@pytest.mark.parametrize("name", MODULES)
def test_data_has_a_source_and_a_date(name):
    module = import_module(name)
    words = module.__doc__ or ""
    if "Refresh:" not in words:
        pytest.skip("reads what others hold")
    if "Source:" in words:
        pytest.skip("still has it in words only")
    assert module.SOURCE
    assert re.fullmatch(r"20\d\d-[01]\d-[0-3]\d", module.DATE)


def test_what_people_write_leads_to_what_the_hub_knows():
    assert set(libraries.ALIASES.values()) <= libraries.LIBRARIES
    assert {*tasks.RENAMED.values(), *tasks.GUESSES.values(), *tasks.LIBRARY_TASKS.values()} <= tasks.TASKS
    assert tasks.LANGUAGE_TASKS <= tasks.TASKS
    for known in (languages.BIBLIOGRAPHIC, languages.RETIRED, languages.COUNTRIES, languages.NAMES):
        assert set(known.values()) <= languages.all_codes() | languages.SPECIAL


def test_what_people_write_is_not_what_the_hub_knows():
    assert not set(libraries.ALIASES) & libraries.LIBRARIES
    assert not set(tasks.RENAMED) & tasks.TASKS
    assert not languages.all_codes() & (languages.FAMILIES | languages.UNLISTED | set(languages.BIBLIOGRAPHIC))
    assert all(licenses.certain_license(name) == name for name in licenses.LICENSES)


# The packages as the tool needs them, small; the numbers are those that the tool must tell.

TASKS_MODULE = '''"""Tasks."""

SOURCE = "npm `@huggingface/tasks` 1.0.0 (`PIPELINE_DATA`); more by hand"
DATE = "2026-01-01"

_TASKS = """
    flying sitting
"""
TASKS = frozenset(_TASKS.split())

SUBTASKS = {
    "landing": "flying",
}

LIBRARY_TASKS = {
    "wings": "sitting",
}
"""Kept by hand."""
'''
LIBRARIES_MODULE = '''SOURCE = (
    "npm "
    "`@huggingface/tasks` 1.0.0"
)
DATE = "2026-01-01"
_LIBRARIES = """
    feathers wings
"""
'''
LANGUAGES_MODULE = '''SOURCE = "npm `@huggingface/languages` 1.0.0"
DATE = "2026-01-01"
_SHORT_CODES = """
    aa
"""
_LONG_CODES = """
    aaa
"""
'''
TASKS_PACKAGE = """
export const PIPELINE_DATA = %s;
export const MODEL_LIBRARIES_UI_ELEMENTS = {wings: {snippet: () => []}, feathers: {}};
export const LIBRARY_TASK_MAPPING = {wings: ["flying"]};
"""
AS_IT_IS = {"sitting": {}, "flying": {"subtasks": [{"type": "landing"}]}}


@pytest.fixture
def modules(tmp_path):
    folder = tmp_path / "vocabulary"
    folder.mkdir()
    for name, text in (("tasks", TASKS_MODULE), ("libraries", LIBRARIES_MODULE), ("languages", LANGUAGES_MODULE)):
        (folder / f"{name}.py").write_text(text, "utf-8")
    return folder


@pytest.fixture
def tasks_package(tmp_path):
    """A function that makes such a package of a version with these tasks."""

    def make(pipelines, version="1.0.0"):
        folder = tmp_path / f"tasks-{version}" / "package"
        folder.mkdir(parents=True, exist_ok=True)
        about = {"name": "@huggingface/tasks", "version": version, "type": "module", "main": "index.js"}
        (folder / "package.json").write_text(json.dumps(about))
        (folder / "index.js").write_text(TASKS_PACKAGE % json.dumps(pipelines))
        return folder

    return make


@pytest.fixture
def languages_package(tmp_path):
    folder = tmp_path / "languages"
    folder.mkdir()
    (folder / "package.json").write_text(json.dumps({"name": "@huggingface/languages", "version": "1.0.0"}))
    (folder / "index.js").write_text("exports.LANGUAGES_ISO_639_1 = {aa: 1}; exports.LANGUAGES_ISO_639_3 = {aaa: 2};")
    return folder


def refresh(modules, *arguments):
    command = [sys.executable, ROOT / "tools/refresh_vocabulary.py", "--modules", modules, *arguments]
    return subprocess.run([*map(str, command)], capture_output=True, check=False, encoding="utf-8")


def texts(modules):
    return {path.name: path.read_text("utf-8") for path in modules.glob("*.py")}


needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")


@needs_node
def test_equal_data_is_told_and_written_as_it_was(modules, tasks_package, languages_package):
    before = texts(modules)
    result = refresh(modules, tasks_package(AS_IT_IS), languages_package, "--write", "--date", "2026-02-02")
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == [
        "@huggingface/tasks 1.0.0",
        "  tasks.TASKS: 2 names, no change",
        "  tasks.SUBTASKS: 1 names, no change",
        "  maintained by hand: wings has the task sitting; the package has flying",
        "  libraries.LIBRARIES: 2 names, no change",
        "@huggingface/languages 1.0.0",
        "  languages.SHORT_CODES: 1 names, no change",
        "  languages.LONG_CODES: 1 names, no change",
    ]
    assert texts(modules) == before


@needs_node
def test_what_differs_is_told_and_written_beside_what_is_kept_by_hand(modules, tasks_package, tmp_path):
    both = {"type": "gliding"}  # a part of two tasks, so of none
    newer = {"flying": {"subtasks": [both]}, "perching": {"subtasks": [{"type": "landing"}, both]}}
    package = tasks_package(newer, "1.1.0-beta.2")
    tarball = tmp_path / "tasks.tgz"
    with tarfile.open(tarball, "w:gz") as archive:
        archive.add(package, "package")
    before = texts(modules)
    result = refresh(modules, tarball)
    assert result.returncode == 1, result.stderr
    assert "  tasks.TASKS: 2 names, added 1: perching; removed 1: sitting\n" in result.stdout
    assert "  tasks.SUBTASKS: 1 names, changed 1: landing (flying -> perching)\n" in result.stdout
    assert texts(modules) == before
    assert refresh(modules, tarball, "--write", "--date", "2026-02-02").returncode == 1
    after = texts(modules)
    assert after["tasks.py"] == (
        TASKS_MODULE.replace("1.0.0", "1.1.0-beta.2")
        .replace("2026-01-01", "2026-02-02")
        .replace("    flying sitting\n", "    flying perching\n")
        .replace('"landing": "flying"', '"landing": "perching"')
    )
    assert after["libraries.py"] == LIBRARIES_MODULE.replace("1.0.0", "1.1.0-beta.2").replace("01-01", "02-02")
    assert after["languages.py"] == LANGUAGES_MODULE
    assert refresh(modules, tarball, "--write", "--date", "2026-03-03").returncode == 0
    assert texts(modules) == after


@needs_node
def test_our_own_modules_are_as_the_tool_writes_them(tmp_path, tasks_package, languages_package):
    modules = tmp_path / "ours"
    shutil.copytree(ROOT / "cardlint/vocabulary", modules, ignore=shutil.ignore_patterns("__pycache__"))
    before = texts(modules)
    wholes = {task: {"subtasks": []} for task in tasks.TASKS}
    for part, whole in tasks.SUBTASKS.items():
        wholes[whole]["subtasks"].append({"type": part})
    stated = re.search(r"tasks` ([\d.]+)", tasks.SOURCE)[1]
    package = tasks_package(wholes, stated)
    text = (package / "index.js").read_text()
    known = json.dumps(dict.fromkeys(libraries.LIBRARIES, 1))
    (package / "index.js").write_text(text.replace("{wings: {snippet: () => []}, feathers: {}}", known))
    short = json.dumps(dict.fromkeys(languages.SHORT_CODES, 1))
    long = json.dumps(dict.fromkeys(languages.all_codes() - languages.SHORT_CODES, 1))
    text = f"exports.LANGUAGES_ISO_639_1 = {short}; exports.LANGUAGES_ISO_639_3 = {long};"
    (languages_package / "index.js").write_text(text)
    result = refresh(modules, package, languages_package, "--write")
    assert result.returncode == 0, result.stdout + result.stderr
    assert texts(modules) == before


@needs_node
@pytest.mark.parametrize("pipelines", [{}, {'a"""b': {}}, {"two words": {}}, {"a": {"subtasks": [{"type": 1}]}}])
def test_what_is_no_name_is_never_written(modules, tasks_package, pipelines):
    before = texts(modules)
    result = refresh(modules, tasks_package(pipelines), "--write")
    assert result.returncode == 2
    assert result.stderr.startswith("error: @huggingface/tasks has values other than names for tasks.")
    assert texts(modules) == before


@needs_node
def test_a_package_without_the_data_cannot_be_compared(modules, tasks_package):
    package = tasks_package(AS_IT_IS)
    (package / "index.js").write_text("export const NOTHING = 1;")
    result = refresh(modules, package)
    assert result.returncode == 2
    assert result.stderr.startswith("error: node failed:\n")


@pytest.mark.parametrize("text", ["", "{}", '{"name": "../other", "version": "1"}'])
def test_what_is_no_package_of_the_two_is_refused(modules, tmp_path, text):
    (tmp_path / "package.json").write_text(text)
    for given in (tmp_path, tmp_path / "package.json", tmp_path / "gone"):
        result = refresh(modules, given)
        assert result.returncode == 2
        assert result.stderr.startswith(f"error: {given} is ")
