"""Docstrings and the text that users read are plain English (STYLE in CONTRIBUTING.md)."""

import ast
import re
from pathlib import Path

import pytest

import cardlint

PACKAGE = Path(cardlint.__file__).parent
# The first word of a docstring is a verb or the noun that it defines.
QUESTIONS = ("What", "Whether", "Where", "How", "Why", "Which")
WORDS = re.compile(
    r"\b(?:nobody|somebody|mend(?:s|ed|ing)?|grave|graver|gravest|is told|what becomes of)\b"
    r"|\bstands (?:in|at|on|for|here|there)\b|\bis no (?!longer|more)",
    re.IGNORECASE,
)
# Modules that are rewritten later, by their beginning; it only gets shorter.
WAITING: tuple[str, ...] = ()

MODULES = [path.relative_to(PACKAGE).as_posix() for path in sorted(PACKAGE.rglob("*.py"))]


def _docstrings(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node)
            if text:
                yield node, text


def _texts(tree):
    """Every text of a module, docstrings and the constants of f-strings among them, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


@pytest.mark.parametrize("module", MODULES)
def test_docstrings_begin_with_a_verb_or_a_noun(module):
    if module.startswith(WAITING):
        pytest.skip("rewritten later")
    tree = ast.parse((PACKAGE / module).read_text("utf-8"))
    wrong = [f"{text.splitlines()[0]}" for _, text in _docstrings(tree) if text.split()[0].strip("`,.") in QUESTIONS]
    assert not wrong


@pytest.mark.parametrize("module", MODULES)
def test_texts_use_plain_words(module):
    if module.startswith(WAITING) or module.startswith("vocabulary/"):  # facts quote what others write
        pytest.skip("rewritten later, or other people's words")
    tree = ast.parse((PACKAGE / module).read_text("utf-8"))
    wrong = [f"{line}: {match[0]}" for line, text in _texts(tree) for match in WORDS.finditer(text)]
    assert not wrong
