"""Imports run one way (DESIGN): a module knows only those below it."""

import ast
from pathlib import Path

import cardlint

PACKAGE = Path(cardlint.__file__).parent

# From the ground up; modules on one line may know each other.
LAYERS = [
    {"record", "pattern", "reading", "spool"},
    {"source", "vocabulary", "cardlint"},
    {"finding"},
    {"packing"},
    {"card"},
    {"rule", "fixer"},
    {"rules"},
    {"registry"},
    {"rule_names", "globs", "settings", "config"},
    {"selection", "suppression", "gitpatterns", "gitignore", "recognition", "discovery", "hub", "reporters"},
    {"identity"},
    {"linter", "cache"},
    {"mending"},
    {"checked"},
    {"runner", "workers"},
    {"corpus"},
    {"commands", "server", "testing"},
    {"cli"},
    {"__main__"},
]
HEIGHT = {name: height for height, layer in enumerate(LAYERS) for name in layer}
ONLY_IMPORTERS = {
    "daft": {f"corpus/{name}.py" for name in ("cluster", "csv_files", "inputs", "pipeline", "running")},
    "ray": {"corpus/cluster.py", "corpus/running.py"},
    "mistune": {"card/blockparser.py", "card/inline.py"},
    "ruamel": {"card/metadata.py"},
    "typer": {"cli/" + name for name in ("__init__.py", "check.py", "config.py", "corpus.py", "init.py", "options.py")}
    | {"cli/" + name for name in ("rules.py", "server.py", "show.py")},
    "huggingface_hub": {"hub/client.py", "hub/failures.py"},
    "pygls": {"commands/server.py", "server/messages.py", "server/serving.py"},
    "lsprotocol": {"server/actions.py", "server/messages.py", "server/serving.py"},
}


def _imports():
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield path.relative_to(PACKAGE).as_posix(), node.module, [alias.name for alias in node.names]
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    yield path.relative_to(PACKAGE).as_posix(), alias.name, []


def _unit(module):
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "cardlint"


def test_imports_run_one_way():
    wrong = []
    for path, module, names in _imports():
        if module.split(".")[0] != "cardlint" or path == "__init__.py":
            continue
        importer = path.split("/")[0].removesuffix(".py")
        units = [_unit(f"{module}.{name}") for name in names] if module == "cardlint" else [_unit(module)]
        for unit in units:
            if unit.startswith("__version"):
                continue
            if HEIGHT[unit] > HEIGHT[importer]:
                wrong.append(f"{path} imports {module}")
    assert not wrong


def test_rules_import_no_rule_and_no_parser():
    allowed = {"card", "finding", "pattern", "record", "rule", "source", "vocabulary"}
    wrong = [
        f"{path} imports {module}"
        for path, module, _ in _imports()
        if path.startswith("rules/") and module.startswith("cardlint") and _unit(module) not in allowed
    ]
    assert not wrong


# What speaks with other machines, or could.
NETWORK = ["aiohttp", "ftplib", "http", "httpx", "httpx2", "huggingface_hub", "requests", "smtplib", "socket", "ssl"]
NETWORK += ["urllib.request", "urllib3", "xmlrpc"]
# It knocks at the cluster that `--ray` names, before Ray itself goes there.
KNOCKS = ["corpus/cluster.py"]


def test_only_the_hub_is_asked_over_the_network():
    modules = [(path, f"{module}.{name}") for path, module, names in _imports() for name in names or [""]]
    wrong = [
        f"{path} imports {module}"
        for path, module in modules
        if not path.startswith(("hub/", *KNOCKS)) and any(f"{module}.".startswith(f"{name}.") for name in NETWORK)
    ]
    assert not wrong


def test_only_one_place_knows_each_library():
    wrong = [
        f"{path} imports {module}"
        for path, module, _ in _imports()
        if path not in ONLY_IMPORTERS.get(module.split(".")[0], {path})
    ]
    assert not wrong
