"""Imports run downward (the layout in docs/architecture.md): a unit knows only the units below it.

Every import counts: those inside functions and those under TYPE_CHECKING too. A unit is a module or folder of
`cardlint/`, and each folder of `card/` is a unit of its own.
"""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import cardlint

PACKAGE = Path(cardlint.__file__).parent

# From the ground up. Units on one line do not know each other.
FLOORS = [
    {"characters", "lazy_regex", "platform_differences", "plugins", "wording"},
    {"regular_file", "repository_root"},
    {"source", "gitpatterns"},
    {"vocabulary", "finding"},
    {"card/yaml", "card/markdown", "card/numbers", "card/frontmatter"},
    {"card/flattened"},
    {"card/links", "card/text", "card/training", "card/metadata"},
    {"card/repository"},
    {"card/provenance"},
    {"card/claims"},
    {"card/agreement", "card/arithmetic"},
    {"card/card"},
    {"rule_definition", "disclosure"},
    {"rules"},
    {"registry"},
    {"config"},
    {"files"},
    {"linting"},
    {"fixing"},
    {"reporters"},
    {"run"},
    {"hub"},
    {"corpus", "testing"},
    {"mcp", "server"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
FLOOR_OF = {unit: floor for floor, units in enumerate(FLOORS) for unit in units}


def _module_names():
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


MODULES = dict(_module_names())


def _imports(path):
    """Every module of cardlint or elsewhere that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if name in MODULES or not node.module.startswith("cardlint") else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


IMPORTS = {name: set(_imports(path)) for name, path in MODULES.items()}
INSIDE = {name: {each for each in imported if each in MODULES} for name, imported in IMPORTS.items()}


def unit_of(module):
    parts = module.split(".")[1:]
    if not parts:
        return "cardlint"
    return "/".join(parts[:2]) if parts[0] == "card" else parts[0]


def test_no_module_imports_itself_in_a_circle():
    graph = {name: imported - {"cardlint"} for name, imported in INSIDE.items() if name != "cardlint"}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_every_unit_has_a_floor():
    units = {unit_of(name) for name in MODULES} - {"cardlint", "card"}
    assert units - set(FLOOR_OF) == set()
    assert set(FLOOR_OF) - units == set()


def test_imports_run_downward():
    wrong = [
        f"{name} imports {imported}"
        for name in sorted(INSIDE)
        for imported in sorted(INSIDE[name])
        if (importer := unit_of(name)) != (unit := unit_of(imported))
        and "cardlint" not in (importer, unit)
        and FLOOR_OF.get(unit, 0) >= FLOOR_OF.get(importer, 0)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_init_of_a_folder_only_states_its_purpose():
    exempt = {"cardlint", "cardlint.corpus", "cardlint.vocabulary.generators"}  # whose names are imported
    for name, path in MODULES.items():
        if path.name == "__init__.py" and name not in exempt:
            statements = ast.parse(path.read_text("utf-8")).body
            assert len(statements) == 1, name


# Units that a rule may import.
FOR_RULES = {"characters", "finding", "lazy_regex", "rule_definition", "source", "vocabulary", "wording"}


def test_a_rule_imports_no_rule_and_no_parser():
    wrong = [
        f"{name} imports {imported}"
        for name in sorted(INSIDE)
        if unit_of(name) == "rules"
        for imported in sorted(INSIDE[name])
        if not (unit_of(imported) in FOR_RULES or unit_of(imported).startswith("card/"))
    ]
    assert not wrong, "\n".join(wrong)


# The only importers of a library: a folder (with a slash behind it) or a module.
ONLY_IMPORTERS = {
    "anyio": ["mcp/"],
    "daft": ["corpus/"],
    "huggingface_hub": ["hub/"],
    "lsprotocol": ["server/"],
    "mcp": ["mcp/", "commands/mcp.py"],
    "mistune": ["card/markdown/"],
    "pygls": ["server/", "commands/server.py"],
    "ray": ["corpus/"],
    "ruamel": ["card/yaml/"],
    "typer": ["cli/"],
}
# What speaks with other machines, or could; `--ray` looks for the cluster by a socket.
NETWORK = ["aiohttp", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "ssl", "urllib.request", "urllib3"]
ONLY_IMPORTERS |= {library: ["hub/", "corpus/cluster.py"] for library in NETWORK}


@pytest.mark.parametrize("library", ONLY_IMPORTERS)
def test_only_one_place_knows_each_library(library):
    wrong = [
        name
        for name, path in MODULES.items()
        if any(f"{imported}.".startswith(f"{library}.") for imported in IMPORTS[name])
        and not path.relative_to(PACKAGE).as_posix().startswith(tuple(ONLY_IMPORTERS[library]))
    ]
    assert not wrong
