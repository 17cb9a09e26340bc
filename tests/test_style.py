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

MODULES = [path.relative_to(PACKAGE).as_posix() for path in sorted(PACKAGE.rglob("*.py"))]


def _docstrings(tree):
    """Yield every docstring with its line, those of constants and fields included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.value.value


def _texts(tree):
    """Yield every text of a module with its line, docstrings and the constant parts of f-strings included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


@pytest.mark.parametrize("module", MODULES)
def test_docstrings_begin_with_a_verb_or_a_noun(module):
    tree = ast.parse((PACKAGE / module).read_text("utf-8"))
    wrong = [text.splitlines()[0] for _, text in _docstrings(tree) if text.split()[0].strip("`,.") in QUESTIONS]
    assert not wrong


@pytest.mark.parametrize("module", MODULES)
def test_texts_use_plain_words(module):
    tree = ast.parse((PACKAGE / module).read_text("utf-8"))
    texts = _docstrings(tree) if module.startswith("vocabulary/") else _texts(tree)  # facts quote other people's words
    wrong = [f"{line}: {match[0]}" for line, text in texts for match in WORDS.finditer(text)]
    assert not wrong


@pytest.mark.parametrize("module", [name for name in MODULES if re.fullmatch(r"rules/\w+/\w+(?<!__init__)\.py", name)])
def test_rule_files_have_one_order_of_parts(module):
    """Imports, constants, the rule function, then its helpers, each function below the one that first uses it."""
    tree = ast.parse((PACKAGE / module).read_text("utf-8"))
    parts = [node for node in tree.body if not isinstance(node, ast.Expr)]
    computing = {name for node in parts if _kind(node) == "constant" for name in _names(node)}
    kinds = ["constant" if getattr(node, "name", "") in computing else _kind(node) for node in parts]
    assert kinds == sorted(kinds, key=["import", "constant", "rule", "helper"].index)
    known = set()
    for node, kind in zip(parts, kinds, strict=True):
        if kind == "helper" and isinstance(node, ast.FunctionDef):
            assert node.name in known, f"{node.name} is defined above its first use"
        known |= _names(node)


def _names(node):
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}


def _kind(node):
    if isinstance(node, ast.Import | ast.ImportFrom | ast.If):
        return "import"
    if isinstance(node, ast.Assign | ast.AnnAssign):
        return "constant"
    decorators = [ast.unparse(decorator).split("(")[0] for decorator in getattr(node, "decorator_list", [])]
    return "rule" if "rule" in decorators else "helper"
