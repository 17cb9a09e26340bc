"""What a plain check imports: most of a run over one card is its start, and what that need not import it must not."""

import subprocess
import sys
from importlib.metadata import entry_points

import pytest

from cardlint.registry import ENTRY_POINTS

CARD = (
    "---\nlicense: mit\nlicense: mit\npipeline_tag: audio-classification\n"
    "---\n\n# Owl\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nTells owls apart.\n"
)

# A family is a module with all that is in it, and all whose names begin so.
HEAVY = (
    "asyncio",
    "concurrent",
    "daft",
    "huggingface_hub",
    "importlib.metadata",
    "json",
    "jsonschema",
    "lsprotocol",
    "multiprocessing",
    "pathspec",
    "pyarrow",
    "pygls",
    "rich",
    "tomllib",
    "typer.rich_utils",
    "unicodedata",
)
LATER = (
    "cardlint.card.claims.eval_files",
    "cardlint.card.flattened.restore",
    "cardlint.card.metadata.nested_types",
    "cardlint.commands.baseline",
    "cardlint.commands.changes",
    "cardlint.commands.config",
    "cardlint.commands.corpus",
    "cardlint.commands.hub",
    "cardlint.commands.init",
    "cardlint.commands.rules",
    "cardlint.commands.server",
    "cardlint.commands.show.show",
    "cardlint.commands.vocabularies",
    "cardlint.config.reader",
    "cardlint.config.schema",
    "cardlint.corpus",
    "cardlint.files.gitignore",
    "cardlint.config.globs",
    "cardlint.hub",
    "cardlint.fixing.rounds",
    "cardlint.files.card_detection",
    "cardlint.reporters.budget",
    "cardlint.reporters.machine.fingerprints",
    "cardlint.reporters.terminal.full",
    "cardlint.reporters.machine.github",
    "cardlint.reporters.machine.gitlab",
    "cardlint.reporters.html.report",
    "cardlint.reporters.machine.json",
    "cardlint.reporters.machine.junit",
    "cardlint.reporters.markdown.report",
    "cardlint.reporters.rule_page",
    "cardlint.reporters.machine.rdjson",
    "cardlint.reporters.machine.sarif",
    "cardlint.rules.metadata.not_a_mapping",
    "cardlint.rules.source",
    "cardlint.rules.training",
    "cardlint.server",
    "cardlint.linting.suppression.suppressions",
    "cardlint.testing",
    "cardlint.config.toml_places",
    "cardlint.vocabulary.languages",
    "cardlint.vocabulary.licenses.names",
    "cardlint.vocabulary.titles.other_languages",
    "cardlint.vocabulary.template_variables",
    "cardlint.vocabulary.titles.title_ends",
    "cardlint.run.workers",
)
PLUGINS = any(point.value != ENTRY_POINTS for point in entry_points(group=ENTRY_POINTS))


def modules_after(code, folder):
    """The modules that a process of its own has imported when it ends; they are told on standard error."""
    tell = "import atexit, sys\natexit.register(lambda: sys.stderr.write(chr(10).join(sys.modules)))\n"
    result = subprocess.run(
        [sys.executable, "-c", tell + code], capture_output=True, cwd=folder, check=False, encoding="utf-8"
    )
    assert "Traceback" not in result.stderr
    return set(result.stderr.splitlines()), result.stdout


def command(*arguments):
    return f"sys.argv = {['cardlint', *arguments]!r}\nfrom cardlint.cli.app import main\nmain()\n"


def of(families, modules):
    return sorted(name for name in modules if name.startswith(families))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("start")
    (folder / "README.md").write_text(CARD, "utf-8")
    return folder


@pytest.fixture(scope="module")
def plain(folder):
    modules, output = modules_after(command("check", "README.md"), folder)
    assert "README.md:3:1: error[duplicate-key]" in output
    return modules


@pytest.fixture(scope="module")
def imposed(folder):
    """What any program with typer in it has imported, whatever it does."""
    return modules_after("import typer, typer.core, typer.main\n", folder)[0]


@pytest.mark.skipif(PLUGINS, reason="a plugin is installed here, and may import anything")
def test_a_plain_check_imports_nothing_heavy(plain, imposed):
    assert of((*HEAVY, "difflib"), plain - imposed) == []


@pytest.mark.skipif(PLUGINS, reason="a plugin is installed here, and may import anything")
def test_a_plain_check_imports_only_what_it_uses_of_cardlint(plain):
    assert of(LATER, plain) == []


@pytest.mark.parametrize(
    ("arguments", "families"),
    [
        (("check", "README.md", "--output-format", "json"), ("json", "cardlint.reporters.machine.json")),
        (("check", "README.md", "--output-format", "full"), ("cardlint.reporters.terminal.full",)),
        (
            ("check", "README.md", "--output-format", "sarif"),
            (
                "cardlint.reporters.machine.sarif",
                "cardlint.reporters.rule_page",
                "cardlint.reporters.machine.fingerprints",
            ),
        ),
        (("check", "README.md", "--diff"), ("cardlint.fixing.rounds",)),
        (("check", "."), ("cardlint.files.gitignore", "cardlint.files.card_detection")),
        (("show", "README.md"), ("cardlint.commands.show.show",)),
        (("rules",), ("cardlint.commands.rules",)),
    ],
)
def test_what_is_imported_later_is_so_named(folder, arguments, families):
    """The names above are those of modules that other runs do import: none of them is a slip of the pen."""
    modules, _ = modules_after(command(*arguments), folder)
    for family in families:
        assert of(family, modules)


def test_a_check_as_json_draws_nothing(folder, imposed):
    modules, _ = modules_after(command("check", "README.md", "--output-format", "json"), folder)
    assert of(("rich", "cardlint.reporters.terminal.full", "cardlint.fixing.rounds"), modules - imposed) == []


@pytest.mark.skipif(PLUGINS, reason="a plugin is installed here, and may import anything")
def test_a_card_that_is_known_needs_no_parser_and_no_rule(folder):
    outputs = []
    for number in range(2):
        modules, output = modules_after(command("check", "README.md", "--repo-id", "lab/known"), folder)
        outputs.append(output)
        parsers = of(("mistune", "ruamel", "cardlint.card.card", "cardlint.vocabulary", "hashlib"), modules)
        rules = [name for name in of(("cardlint.rules.",), modules) if name != "cardlint.rules.index"]
        assert bool(parsers and rules) is (number == 0)
    assert outputs[0] == outputs[1] != ""


def test_help_and_version_know_no_card(folder):
    for arguments in (("--version",), ("--help",)):
        modules, _ = modules_after(command(*arguments), folder)
        assert of(("cardlint.card.card", "cardlint.rules", "ruamel", "mistune"), modules) == []
