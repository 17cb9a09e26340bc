"""The documentation is complete and true: what it must name is read from the program, and its examples are tried."""

import importlib.util
import json
import os
import re
import runpy
import shlex
import subprocess
import sys
import textwrap
import tomllib
from functools import cached_property
from pathlib import Path, PurePosixPath

import pytest
import typer
import yaml
from extras import require
from typer.testing import CliRunner

import cardlint
from cardlint import Card, Source, lint, parse, read
from cardlint.cli.app import app
from cardlint.linting.suppression.directives import VERBS
from cardlint.registry import load_rules
from cardlint.reporters.formats import FORMATS
from cardlint.rule_definition import page_of
from cardlint.testing import check_rule, read_cases, run_case

ROOT = Path(__file__).parents[1]
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS]
RULES = {name: rule for name, rule in load_rules().items() if rule.package == "cardlint"}
COMMAND_LINE = typer.main.get_command(app)
CONTEXT = typer.Context(COMMAND_LINE)
COMMANDS = {name: COMMAND_LINE.get_command(CONTEXT, name) for name in COMMAND_LINE.list_commands(CONTEXT)}


def named(path):
    return path.relative_to(ROOT).as_posix()


def page(name):
    return (ROOT / name).read_text("utf-8")


def blocks(text, language):
    """The code blocks of a language, without the indentation that a list gives them."""
    fence = re.compile(rf"^([ ]*)(`{{3,}}){language}\n(.*?)^\1\2$", re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(found[3]) for found in fence.finditer(text)]


def all_blocks(language):
    return [
        pytest.param(block, id=f"{named(path)}-{number}")
        for path in PAGES
        for number, block in enumerate(blocks(path.read_text("utf-8"), language))
    ]


def without_blocks(text):
    return re.sub(r"^([ ]*)(`{3,}).*?^\1\2$", "", text, flags=re.MULTILINE | re.DOTALL)


def without_code(text):
    return re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "code", without_blocks(text))


def part(text, heading):
    """The text below a heading, up to the next one of its level or above."""
    level = heading.partition(" ")[0]
    begin = text.index(f"\n{heading}\n")
    end = re.compile(rf"^#{{1,{len(level)}}} ", re.MULTILINE).search(text, begin + len(heading) + 2)
    return text[begin : end.start() if end else len(text)]


# Complete


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_described(name):
    described = part(page("docs/command-line.md"), f"## `cardlint {name}`")
    in_tables = "\n".join(re.findall(r"^\| (`.*?) \|", described, re.MULTILINE))
    named = set(re.findall(r"`(-{1,2}[\w-]+)", in_tables))
    known = set()
    for parameter in COMMANDS[name].params:
        if parameter.param_type_name == "argument":
            assert re.search(rf"{parameter.metavar}(?:\](?:\.\.\.)?)?`", described)
        elif not parameter.hidden:
            known |= {*parameter.opts, *parameter.secondary_opts}
    assert named == known


def test_every_option_without_a_command_is_described():
    described = page("docs/command-line.md").partition("\n## ")[0]
    known = {name for parameter in COMMAND_LINE.params if not parameter.hidden for name in parameter.opts}
    assert {name for name in known if f"`{name}`" not in described} == set()


def test_every_command_is_named():
    for text in (page("README.md"), page("docs/command-line.md")):
        assert {name for name in COMMANDS if f"| `cardlint {name}" not in text.replace("[", "")} == set()


def settings():
    schema = json.loads(CliRunner().invoke(app, ["config", "--schema"]).stdout)
    return list(schema["properties"])


def test_every_setting_is_described_with_an_example():
    described = page("docs/configuration.md")
    assert re.findall(r"^### `(.+)`$", described, re.MULTILINE) == sorted(
        settings(), key=lambda name: described.find(f"\n### `{name}`\n")
    )
    for name in settings():
        (example, *_) = blocks(part(described, f"### `{name}`"), "toml")
        assert name in tomllib.loads(example)


def test_every_option_of_a_rule_is_described():
    described = part(page("docs/configuration.md"), "### `rules`")
    rows = re.findall(r"^\| `([\w-]+)` \| `([\w-]+)` \|", described, re.MULTILINE)
    assert rows == [(name, option.replace("_", "-")) for name, rule in RULES.items() for option in rule.options]


def test_every_format_is_described():
    described = page("docs/output-formats.md")
    assert re.findall(r"^## `(.+)`$", described, re.MULTILINE) == list(FORMATS)
    assert re.findall(r"^\| \[`(\w+)`\]\(#\1\)", described, re.MULTILINE) == list(FORMATS)


def test_every_group_of_rules_is_named():
    named = re.findall(r"^\| \[(\w+)\]\(\.\./cardlint/rules/\1/\)", page("docs/rules.md"), re.MULTILINE)
    assert sorted(named) == sorted({rule.info.group for rule in RULES.values()})


def test_every_view_of_a_card_is_named():
    named = re.findall(r"`([^`]+)`", "".join(re.findall(r"^\| (`.*?) \|", _views(), re.MULTILINE)))
    card = parse(Source("README.md", ""))
    computed = {name for name, value in vars(Card).items() if isinstance(value, cached_property | property)}
    views = {name for name in {*computed, *vars(card)} if not name.startswith("_")}
    assert {name for name in named if "(" not in name} == views - {"has_foreign_metadata"}  # which the engine asks
    assert all(callable(getattr(Card, name.partition("(")[0])) for name in named if "(" in name)


def _views():
    return part(page("CONTRIBUTING.md"), "### What a card offers")


@pytest.mark.parametrize("folder", ["", "card"])
def test_every_folder_of_the_code_is_in_the_layout(folder):
    layout = page("docs/architecture.md")
    for path in (Path(cardlint.__file__).parent / folder).iterdir():
        name = f"{path.name}/" if path.is_dir() else path.name
        if path.suffix in {"", ".py"} and not name.startswith("__") and name != "card/":
            assert f"`{name}`" in layout, name


def test_the_index_names_every_page():
    named = set(re.findall(r"^\| \[[^]]+\]\(([\w-]+\.md)\) \|", page("docs/README.md"), re.MULTILINE))
    assert named == {path.name for path in DOCS} - {"README.md"}
    assert all(f"(docs/{name})" in page("README.md") for name in named - {"corpus-at-scale.md"})


# True


def anchors(text):
    """The anchors of a page as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", without_blocks(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(text):
    for target in re.findall(r"\]\(([^()\s]+)\)", without_code(text)):
        if not target.startswith(("https://", "http://")):
            path, _, anchor = target.partition("#")
            yield path, anchor


@pytest.mark.parametrize("path", [*PAGES, ROOT / "CHANGELOG.md", ROOT / "benchmarks/README.md"], ids=named)
def test_links_lead_somewhere(path):
    for target, anchor in links(path.read_text("utf-8")):
        place = (path.parent / target) if target else path
        assert place.exists(), target
        assert not anchor or anchor in anchors(place.read_text("utf-8")), f"{target}#{anchor}"


@pytest.mark.parametrize("text", all_blocks("toml"))
def test_examples_of_configurations_are_read(text, tmp_path):
    data = tomllib.loads(text)
    if {"project", "language-server"} & set(data):
        return  # of packages and of editors
    file = tmp_path / ("pyproject.toml" if "tool" in data else "cardlint.toml")
    file.write_text(text, "utf-8")
    (tmp_path / "team.toml").touch()  # which an example extends
    result = CliRunner().invoke(app, ["config", "--config", str(file)])
    assert (result.exit_code, result.stderr) == (0, "")


def commands_in(line):
    """The arguments of each call of cardlint in a line of a shell or of a workflow."""
    for command in re.split(r" [|><] | && |\brun: |^ *- ", line):
        words = shlex.split(command, comments=True) if "cardlint " in command else []
        if len(words) > 1 and PurePosixPath(words[0]).name == "cardlint":
            yield words[1:]


COMMAND_LINES = [
    pytest.param(words, id=f"{named(path)}: {' '.join(words)}")
    for path in PAGES
    for language in ("sh", "yaml")
    for block in blocks(path.read_text("utf-8"), language)
    for line in block.splitlines()
    for words in commands_in(line)
]


@pytest.mark.parametrize("words", COMMAND_LINES)
def test_command_lines_are_understood(words):
    if words[0].startswith("-"):
        assert words[0] in {name for parameter in COMMAND_LINE.params for name in parameter.opts}
        return
    given = COMMANDS[words[0]].make_context(words[0], list(words[1:])).params
    names = [given.get(option) or () for option in ("select", "ignore", "extend_select")]
    names = {name for values in names for value in values for name in value.split(",")} | {given.get("rule")}
    assert names <= {None, *RULES, *(rule.info.group for rule in RULES.values())}
    assert not given.get("output_format") or words[0] != "check" or given["output_format"] in FORMATS


@pytest.mark.parametrize("text", all_blocks("console"))
def test_what_a_command_writes_is_what_is_shown(text, tmp_path):
    command, _, shown = text.partition("\n")
    words = shlex.split(command.removeprefix("$ "))
    plain = {name: value for name, value in os.environ.items() if name not in {"FORCE_COLOR", "COLUMNS"}}
    environment = plain | {"CARDLINT_CACHE_DIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    for variable in ("GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY"):
        environment.pop(variable, None)
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, env=environment, capture_output=True, check=False, encoding="utf-8"
    )
    assert done.stdout == shown


EXAMPLES = [block for name in ("README.md", "docs/suppressing-findings.md") for block in blocks(page(name), "markdown")]


@pytest.mark.parametrize("text", EXAMPLES)
def test_examples_of_suppressions_suppress_all_there_is(text):
    result = lint(parse(read(text.encode())))
    assert result.suppressed
    assert result.findings == ()


@pytest.mark.parametrize("name", ["README.md", "docs/suppressing-findings.md"])
def test_each_form_of_a_suppression_has_an_example_and_the_one_for_a_card_is_first(name):
    found = [
        re.search(r"cardlint.disable-?[\w-]*", block.replace(": ", "-"))[0] for block in blocks(page(name), "markdown")
    ]
    assert found[0] == "cardlint-disable-file"
    examples = "".join(blocks(page(name), "markdown")).replace("cardlint: ", "cardlint-")
    assert set(re.findall(r"cardlint-([a-z-]+)", examples)) >= {*VERBS}


@pytest.mark.parametrize("text", all_blocks("yaml"))
def test_examples_of_workflows_are_yaml(text):
    assert yaml.safe_load(text)


def test_the_page_of_benchmarks_lists_every_script():
    scripts = {file.name for file in (ROOT / "benchmarks").iterdir() if file.suffix in {"", ".py"} and file.is_file()}
    listed = set(re.findall(r"^\| `([a-z]+(?:\.py)?)[ `]", page("benchmarks/README.md"), re.MULTILINE))
    assert scripts == listed | {"compare.py", "ratios.py"}


def test_extras_that_are_named_exist():
    extras = set(tomllib.loads(page("pyproject.toml"))["project"]["optional-dependencies"])
    for path in PAGES:
        for listed in re.findall(r"'(?:\.|cardlint)\[([\w,-]+)\]", path.read_text("utf-8")):
            assert set(listed.split(",")) <= extras, named(path)


def _shape(value):
    if isinstance(value, dict):
        return {key: _shape(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_shape(value[0])] if value else []
    return type(value).__name__


def test_the_json_is_as_it_is_described(tmp_path, monkeypatch):
    (text,) = blocks(page("docs/output-formats.md"), "json")
    described = json.loads(text)
    (tmp_path / "README.md").write_bytes((ROOT / "fixtures/contradicting/README.md").read_bytes())
    monkeypatch.chdir(tmp_path)
    command = ["check", "README.md", "gone/README.md", "--select", "metric-mismatch", "--output-format", "json"]
    report = json.loads(CliRunner().invoke(app, command).stdout)
    assert list(report) == list(described)
    assert _shape(report) == _shape(described)


def test_the_parsed_card_has_the_keys_that_are_described(monkeypatch):
    monkeypatch.chdir(ROOT)
    command = ["show", "fixtures/contradicting/README.md", "--output-format", "json"]
    shown = json.loads(CliRunner().invoke(app, command).stdout)
    described = re.findall(r"^\| `(\w+)`", part(page("docs/output-formats.md"), "## The parsed card"), re.MULTILINE)
    assert {"schema_version", "path", *described} == set(shown)


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory):
    """The rule in the walk for a new rule."""
    (text,) = [each for each in blocks(page("CONTRIBUTING.md"), "python") if "@rule" in each]
    file = tmp_path_factory.mktemp("rules") / "shouted_paragraph.py"
    file.write_text(text, "utf-8")
    spec = importlib.util.spec_from_file_location("shouted_paragraph", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.shouted_paragraph


def test_the_skeleton_of_a_rule_is_one(skeleton):
    assert all(check_rule(skeleton, card) for card in skeleton.manual.bad)
    assert not any(check_rule(skeleton, card) for card in skeleton.manual.good)


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/writing-a-rule.md"])
def test_cases_of_the_skeleton_hold(skeleton, name):
    for text in blocks(page(name), "markdown"):
        cases = read_cases(text)
        assert cases
        assert [wrong for case in cases for wrong in run_case(skeleton, case)] == []


def test_the_example_of_a_test_holds(skeleton):
    (text,) = [each for each in blocks(page("docs/writing-a-rule.md"), "python") if "import check_rule" in each]
    exec(text, {"shouted_paragraph": skeleton})


def test_the_example_in_python_runs(monkeypatch, capsys):
    monkeypatch.chdir(ROOT / "fixtures/contradicting")
    (text,) = blocks(page("docs/python-api.md"), "python")
    exec(text, {})
    assert "56 27 error batch-size-arithmetic" in capsys.readouterr().out


# The website


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("build")
    runpy.run_path(str(ROOT / "tools/build_docs.py"))["write"](folder)
    return folder


def _navigation(entries):
    for entry in entries:
        for value in [entry] if isinstance(entry, str) else entry.values():
            if isinstance(value, str):
                yield value
            else:
                yield from _navigation(value)


def test_every_page_is_on_the_website_and_in_its_navigation(built):
    found = {path.relative_to(built / "docs").as_posix() for path in (built / "docs").rglob("*.md")}
    site = tomllib.loads((built / "zensical.toml").read_text("utf-8"))
    assert sorted(_navigation(site["project"]["nav"])) == sorted(found)
    assert {f"rules/{name}.md" for name in RULES} <= found
    assert {path.name for path in DOCS} - {"README.md", "rules.md"} <= found


def test_the_address_of_a_rule_is_that_of_its_page(built, monkeypatch):
    monkeypatch.setattr("cardlint.rule_definition.DOCUMENTATION", "https://example.org/cardlint/")
    for name in RULES:
        page = page_of(name).removeprefix("https://example.org/cardlint/").removesuffix("/")
        assert (built / "docs" / f"{page}.md").is_file()


def test_links_between_pages_of_the_website_lead_somewhere(built):
    for path in (built / "docs").rglob("*.md"):
        for target, anchor in links(path.read_text("utf-8")):
            place = (path.parent / target) if target else path
            assert place.is_file(), f"{path.name}: {target}"
            assert not anchor or anchor in anchors(place.read_text("utf-8")), f"{path.name}: {target}#{anchor}"


def test_the_website_is_made_of_it(built):
    require("zensical", extra="docs")
    subprocess.run([sys.executable, "-m", "zensical", "build"], cwd=built, check=True, capture_output=True)
    assert (built / "site/rules/metric-mismatch/index.html").is_file()
