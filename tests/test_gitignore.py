"""Patterns of .gitignore files mean what git takes them to mean."""

# ruff: noqa: PTH118
# Paths are text in the module under test.

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pathspec
import pytest
from examples import examples
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cardlint.config.globs import Globs
from cardlint.files.gitignore import NOTHING_IGNORED, GitIgnore
from cardlint.gitpatterns import GitPatterns

PATTERNS = [
    # pattern, what it ignores, what it does not speak of
    ("*.log", ["a.log", "b/a.log", ".log", "b.log/"], ["a.logs", "log"]),
    ("build/", ["build/", "a/build/"], ["build", "a/build"]),
    ("/build", ["build", "build/"], ["a/build"]),
    ("a/b", ["a/b", "a/b/"], ["c/a/b", "a/b/c"]),
    ("a/*", ["a/b", "a/b/"], ["a/", "a/b/c"]),
    ("a/**", ["a/b", "a/b/", "a/b/c"], ["a/", "a", "c/a/b"]),
    ("**/a", ["a", "b/a", "b/c/a/"], ["ab", "a/b"]),
    ("a/**/b", ["a/b", "a/c/b", "a/c/d/b"], ["a/cb", "ab"]),
    ("a**b", ["ab", "acb", "c/ab"], ["a/b"]),
    ("?.md", ["a.md"], [".md", "ab.md", "/.md"]),
    ("[a-c]x", ["ax", "cx"], ["dx", "-x"]),
    ("[!a-c]x", ["dx"], ["ax", "/x"]),
    ("[]a]", ["]", "a"], ["[]a]"]),
    ("[[:digit:]]", ["1"], ["d", "12"]),
    ("\\*.md", ["*.md"], ["a.md"]),
    ("\\#a", ["#a"], ["a"]),
    ("\\!a", ["!a"], ["a"]),
    ("a  ", ["a"], ["a  "]),
    ("a\\ ", ["a "], ["a"]),
    ("(a|b)+", ["(a|b)+"], ["a", "ab"]),
]
NOTHINGS = ["", "   ", "#a", "!", "/", "//", "[", "a\\", "a//"]


@pytest.mark.parametrize(("pattern", "ignored", "others"), PATTERNS, ids=[row[0] for row in PATTERNS])
def test_a_pattern_speaks_of_what_git_says(pattern, ignored, others):
    patterns = GitPatterns.parse([pattern])
    assert [patterns.ignore(path) for path in ignored] == [True] * len(ignored)
    assert [patterns.ignore(path) for path in others] == [None] * len(others)


@pytest.mark.parametrize("line", NOTHINGS)
def test_a_line_that_means_nothing_ignores_nothing(line):
    patterns = GitPatterns.parse([line])
    assert [patterns.ignore(path) for path in ("a", "a/", "#a", "[", "/", "a/b")] == [None] * 6


def test_the_last_pattern_that_matches_counts():
    patterns = GitPatterns.parse(["*.md", "!README.md", "/README.md"])
    assert patterns.ignore("a.md") is True
    assert patterns.ignore("b/README.md") is False
    assert patterns.ignore("README.md") is True


STARS = [
    ("*a" * 30 + "b", "a" * 4_000),
    ("**/a/" * 30 + "b", "a/" * 2_000),
    ("**/*a*/" * 10 + "b", "aa/" * 1_000),
    ("?*" * 30 + "b", "a" * 4_000),
]


@pytest.mark.parametrize(("pattern", "path"), STARS, ids=[pattern[:8] for pattern, _ in STARS])
def test_a_pattern_of_many_stars_is_no_trap(pattern, path):
    assert GitPatterns.parse([pattern]).ignore(path) is None
    assert Globs([pattern]).match(path) is None


@given(
    st.lists(st.text(alphabet="ab*/?!", min_size=1, max_size=8), min_size=1, max_size=3),
    st.lists(st.text(alphabet="ab", min_size=1, max_size=3), min_size=1, max_size=4).map("/".join),
)
def test_globs_are_those_of_pathspec(globs, path):
    """What a folder's glob says of the files inside is read as pathspec reads it."""
    # there pathspec does not do what git does
    assume(not any("***" in glob or "//" in glob or glob in {"!", "!/", "!!"} or "!!" in glob for glob in globs))
    result = pathspec.GitIgnoreSpec.from_lines(globs).check_file(path)
    expected = globs[result.index] if result.include and result.index is not None else None
    assert Globs(globs).match(path) == expected


@given(st.lists(st.one_of(st.text(), st.text(alphabet="[]!^-:a\\\\*?/&~| "))), st.text())
def test_any_lines_can_be_read_and_asked(lines, path):
    assert GitPatterns.parse(lines).ignore(path) in (True, False, None)


def test_outside_a_repository_nothing_above_counts(tmp_path):
    (tmp_path / ".gitignore").write_text("*\n", encoding="utf-8")
    (tmp_path / "inner").mkdir()
    assert GitIgnore.above(str(tmp_path / "inner")) == NOTHING_IGNORED


SEGMENTS = ["a", "b", "*", "a*", "?", "**", "[ab]", "[!a]", "*.md", "x.md", "\\a", "a b", "c "]
SEGMENT = st.sampled_from(SEGMENTS)
PATTERN = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "", "/"]),
    st.lists(SEGMENT, min_size=1, max_size=3).map("/".join),
    st.sampled_from(["", "", "/"]),
)
FOLDERS = ["a", "b", "ab", "a/a", "a/b", "b/a", "b/ab", "a/b/a"]
FILES = [f"{folder}{name}" for folder in ["", *(f"{each}/" for each in FOLDERS)] for name in ("x.md", "a.md", "c")]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is the judge here")
@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["", *FOLDERS]), st.lists(PATTERN, min_size=1, max_size=4), max_size=3))
def test_what_is_left_is_what_git_leaves(tmp_path_factory, patterns):
    root = os.path.realpath(tmp_path_factory.mktemp("repository"))
    environment = os.environ | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": root,
    }
    for variable in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        environment.pop(variable, None)
    subprocess.run(["git", "init", "-q", root], check=True, env=environment)
    for folder in FOLDERS:
        Path(root, folder).mkdir(parents=True, exist_ok=True)
    for name in FILES:
        Path(root, name).touch()
    for folder, lines in patterns.items():
        Path(root, folder, ".gitignore").write_bytes("\n".join(lines).encode())
    listed = subprocess.run(
        ["git", "-C", root, "ls-files", "--others", "--exclude-standard", "-z"],
        check=True, capture_output=True, env=environment,
    )  # fmt: skip
    names = [name for name in listed.stdout.decode().split("\0") if name and not name.endswith(".gitignore")]
    assert sorted(_left(root, NOTHING_IGNORED, "")) == sorted(names)


def _left(root, ignores, prefix):
    folder = os.path.join(root, prefix).rstrip(os.sep)
    names = [entry.name for entry in Path(folder).iterdir()]
    ignores = ignores.inside(folder, names)
    for name in set(names) - {".git", ".gitignore"}:
        path = os.path.join(folder, name)
        is_folder = Path(path).is_dir()
        if ignores.ignores(path, is_folder=is_folder):
            continue
        if is_folder:
            yield from _left(root, ignores, f"{prefix}{name}/")
        else:
            yield f"{prefix}{name}"
