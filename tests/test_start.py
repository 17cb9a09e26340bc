"""The start of a run, which is most of a run over one card: how much it imports, and how long that takes."""

import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import entry_points

import pytest

from cardlint.registry import ENTRY_POINTS

# The most modules that a run may import: cardlint's own without its rules, and others beyond those of Python itself.
# The number that was measured is in brackets, with typing_extensions, which msgspec imports if it is there; the rest is
# room for small changes. When a run needs more, see with `python -X importtime -m cardlint check README.md` what is
# new. Import it in the function that needs it, or raise the number here and say why in the commit.
BUDGETS = {
    "new card": (228, 150),  # (226, 142): both parsers, every view that a rule asks for, and the tables behind them
    "known card": (66, 80),  # (64, 75): the configuration, the cache and one reporter
    "help": (35, 320),  # (34, 298): typer draws its help with rich
    "version": (18, 80),  # (17, 72)
}

# The most time that a check of a new card may take, as a multiple of importing mistune and ruamel.yaml: 2.0 to 2.4 were
# measured. It is generous, because a busy machine measures badly: a small change shows in the budgets above.
TIMES_THE_PARSERS = 4

# Not imported by a plain check: each costs milliseconds or is for other commands. A name includes all below it.
HEAVY = (
    "asyncio",
    "concurrent",
    "daft",
    "difflib",
    "hashlib",
    "huggingface_hub",
    "importlib.metadata",
    "json",
    "jsonschema",
    "lsprotocol",
    "mcp",
    "multiprocessing",
    "pyarrow",
    "pygls",
    "rich",
    "tomllib",
    "shutil",
    "subprocess",
    "typer",
    "unicodedata",
)
PARSERS = ("mistune", "ruamel", "cardlint.card", "cardlint.vocabulary")

CARD = (
    "---\nlicense: mit\nlicense: mit\npipeline_tag: audio-classification\n"
    "---\n\n# Owl\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nTells owls apart.\n"
)
PLUGINS = any(point.value != ENTRY_POINTS for point in entry_points(group=ENTRY_POINTS))
without_plugins = pytest.mark.skipif(PLUGINS, reason="a plugin is installed here, and may import anything")


@dataclass
class Start:
    """A process that has ended: the modules it imported, what it wrote, and the seconds of processor time it took."""

    modules: set[str]
    output: str
    seconds: float

    def of(self, *names):
        """Return the imported modules with these names, and those below them."""
        return sorted(module for module in self.modules if f"{module}.".startswith(tuple(f"{name}." for name in names)))


TELL = """
import atexit, sys, time
atexit.register(lambda: sys.stderr.write("\\n".join([*sys.modules, str(time.process_time())])))
"""


def start(code, folder):
    """Run code in a process of its own, which tells on standard error what it has imported when it ends."""
    result = subprocess.run(
        [sys.executable, "-c", TELL + code],
        capture_output=True,
        cwd=folder,
        env=os.environ | {"CARDLINT_CACHE_DIR": f"{folder}-cache"},
        check=False,
        encoding="utf-8",
    )
    assert "Traceback" not in result.stderr
    *modules, seconds = result.stderr.splitlines()
    return Start(set(modules), result.stdout, float(seconds))


def command(*arguments):
    return f"sys.argv = {['cardlint', *arguments]!r}\nfrom cardlint.cli.main import main\nmain()\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("start")
    (folder / "README.md").write_text(CARD, "utf-8")
    return folder


@pytest.fixture(scope="module")
def bare(folder):
    """A program that does nothing."""
    return start("", folder)


@pytest.fixture(scope="module")
def runs(folder):
    check = command("check", "README.md")
    start(check, folder)  # the first run of all makes the cache folder, in which the next one keeps more
    (folder / "README.md").write_text(f"{CARD}\nBarn owls, too.\n", "utf-8")
    return {
        "new card": start(check, folder),
        "known card": start(check, folder),
        "help": start(command("--help"), folder),
        "version": start(command("--version"), folder),
    }


@without_plugins
@pytest.mark.parametrize("name", BUDGETS)
def test_a_run_imports_no_more_modules_than_its_budget(runs, bare, name):
    own = set(runs[name].of("cardlint")) - set(runs[name].of("cardlint.rules"))
    others = runs[name].modules - set(runs[name].of("cardlint")) - bare.modules
    most_own, most_others = BUDGETS[name]
    assert len(own) <= most_own, sorted(own)
    assert len(others) <= most_others, sorted(others)


@without_plugins
def test_a_check_takes_little_longer_than_importing_the_parsers(folder):
    check = command("check", "README.md", "--no-cache")
    pairs = [(start(check, folder), start("import mistune, ruamel.yaml\n", folder)) for _ in range(3)]
    checks, imports = zip(*pairs, strict=True)
    assert min(each.seconds for each in checks) < TIMES_THE_PARSERS * min(each.seconds for each in imports)


@without_plugins
@pytest.mark.parametrize("name", ["new card", "known card"])
def test_a_plain_check_imports_nothing_heavy(runs, name):
    assert "README.md:3:1: error[duplicate-key]" in runs[name].output
    assert runs[name].of(*HEAVY) == []


def test_a_check_as_json_draws_nothing(folder):
    run = start(command("check", "README.md", "--output-format", "json"), folder)
    assert run.of("json", "cardlint.reporters.machine.json")
    assert run.of("rich", "cardlint.reporters.terminal.full", "cardlint.fixing.rounds") == []


@without_plugins
def test_a_card_that_is_known_needs_no_parser_and_no_rule(runs):
    new, known = runs["new card"], runs["known card"]
    assert new.output == known.output
    for name in PARSERS:
        assert new.of(name), "no slip of the pen"
    assert known.of(*PARSERS, "cardlint.rules") == []


@pytest.mark.parametrize("name", ["help", "version"])
def test_help_and_version_know_no_card(runs, name):
    assert runs[name].of(*PARSERS, "cardlint.rules") == []
