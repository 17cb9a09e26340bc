"""Build the documentation: `python tools/build_docs.py` writes its pages, `--site` makes a site of them as well.

The pages are rendered from README, from the rules and their docstrings, from the settings, the commands and the
vocabularies; only `docs/` is written by hand. All of it goes to `build/docs` (`build/site` for the site, which takes
the extra `docs`), and none of it is committed.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from types import ModuleType

import typer

from cardlint.cli.app import COMMANDS, function_of
from cardlint.cli.app import SETTINGS as CONTEXT
from cardlint.commands.vocabularies import vocabularies
from cardlint.config.keys import SETTINGS
from cardlint.linting.suppression import suppressions as suppression
from cardlint.reporters.rule_page import markdown_page, shown_default
from cardlint.rule_definition import Rule

sys.path.insert(0, str(Path(__file__).parent))  # for those who run this file's path
from rules_table import BEGIN, END, GROUPS, own_rules

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"


def pages() -> Iterator[tuple[str, str]]:
    """Every page by its path."""
    rules = own_rules()
    yield "index.md", _index((ROOT / "README.md").read_text("utf-8"))
    yield "rules/index.md", _rules(rules)
    yield from ((f"rules/{rule.name}.md", _listed(markdown_page(rule))) for rule in rules)
    yield "configuration.md", _configuration(rules)
    yield "suppressions.md", _docstring("Suppressions", suppression)
    yield "commands.md", "".join(_commands())
    yield "hub.md", (ROOT / "docs/hub.md").read_text("utf-8")
    yield "corpus.md", (ROOT / "docs/corpus.md").read_text("utf-8")
    yield "output.md", (ROOT / "docs/output.md").read_text("utf-8")
    yield "many-cards.md", (ROOT / "docs/many-cards.md").read_text("utf-8")
    yield "corpus-at-scale.md", (ROOT / "docs/corpus-at-scale.md").read_text("utf-8")
    yield "vocabularies.md", _vocabularies()
    yield "contributing.md", (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    yield "changelog.md", (ROOT / "CHANGELOG.md").read_text("utf-8")


def _index(readme: str) -> str:
    """README without the table of rules, which has pages of its own here."""
    before, _, rest = readme.partition(BEGIN)
    text = f"{before}[All rules](rules/index.md), group by group.\n{rest.partition(END)[2]}"
    return text.replace("`CONTRIBUTING.md`", "[Contributing](contributing.md)").replace("](docs/", "](")


def _rules(rules: list[Rule]) -> str:
    parts = ["# Rules\n\nA rule that is off runs when it is selected by its name.\n"]
    for group, members in groupby(rules, key=lambda rule: rule.info.group):
        parts.append(f"\n## {GROUPS[group]} (`{group}`)\n\n| rule | severity | fix | finds |\n|---|---|---|---|\n")
        for rule in members:
            severity = rule.info.severity.label if rule.default else "off"
            fix = rule.info.fix.value if rule.info.fix else ""
            summary = rule.info.summary.replace("|", "\\|")
            parts.append(f"| [`{rule.name}`]({rule.name}.md) | {severity} | {fix} | {summary} |\n")
    return "".join(parts)


def _configuration(rules: list[Rule]) -> str:
    head = (
        "# Configuration\n\n`cardlint.toml`, `.cardlint.toml` or `[tool.cardlint]` in `pyproject.toml`; each card has "
        "its own nearest one. `cardlint config` shows what is in force and who set it, and `cardlint config --schema` "
        "writes the JSON Schema of it for editors.\n"
    )
    parts = [head, *(f"\n## `{setting.name}`\n\n{setting.help}\n" for setting in SETTINGS.values())]
    parts.append("\n## Options of rules\n\n| rule | option | kind | default | means |\n|---|---|---|---|---|\n")
    for rule in rules:
        for option in rule.options.values():
            cells = (
                f"[`{rule.name}`](rules/{rule.name}.md)",
                f"`{option.name.replace('_', '-')}`",
                option.kind,
                f"`{shown_default(option.default)}`",
                option.help,
            )
            parts.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n")
    return "".join(parts)


def _docstring(title: str, module: ModuleType) -> str:
    return f"# {title}\n\n{_listed(module.__doc__ or '')}"


def _listed(text: str) -> str:
    """Markdown as it is written in docstrings: a list may follow its paragraph at once, which the site would miss."""
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = re.match(r"(`{3,})", line)
        if mark and not fence:
            fence = mark[1]
        elif fence and line.startswith(fence):
            fence = ""
        elif not fence and line.startswith("- ") and lines and lines[-1] and not lines[-1].startswith(("- ", "  ")):
            lines.append("")
        lines.append(line)
    return "\n".join(lines)


def _commands() -> Iterator[str]:
    yield "# Commands\n"
    for name in COMMANDS:
        app = typer.Typer(add_completion=False, context_settings=CONTEXT)
        app.command(name)(function_of(name))
        command = typer.main.get_command(app)
        yield f"\n## `cardlint {name}`\n\n{command.help or ''}\n\n| option | does |\n|---|---|\n"
        for parameter in command.params:
            if getattr(parameter, "hidden", False):
                continue
            names = ", ".join(f"`{each}`" for each in (*parameter.opts, *parameter.secondary_opts))
            is_argument = parameter.param_type_name == "argument"
            shown = f"`{parameter.make_metavar(typer.Context(command))}`" if is_argument else names
            yield f"| {shown} | {(getattr(parameter, 'help', '') or '').replace('|', '/')} |\n"


def _vocabularies() -> str:
    rows = "".join(f"| `{each.name}` | {each.date} | {each.source} |\n" for each in vocabularies())
    return (
        "# Vocabularies\n\nWhat cardlint knows of the Hub and of those who write cards, from where and from when. No "
        f"rule asks the network.\n\n| module | of | source |\n|---|---|---|\n{rows}"
    )


TITLES = {
    "Configuration": "configuration.md",
    "Suppressions": "suppressions.md",
    "Commands": "commands.md",
    "Cards on the Hub": "hub.md",
    "A corpus": "corpus.md",
    "For programs": "output.md",
    "Many cards": "many-cards.md",
    "Every card of the Hub": "corpus-at-scale.md",
    "Vocabularies": "vocabularies.md",
    "Contributing": "contributing.md",
    "Changelog": "changelog.md",
}
SITE = """[project]
site_name = "cardlint"
site_description = "A linter for Hugging Face model cards"
docs_dir = "docs"
site_dir = "site"
nav = NAV

[project.theme]
font = false
features = ["content.code.copy", "navigation.indexes", "navigation.top", "navigation.footer", "search.highlight"]

[[project.theme.palette]]
media = "(prefers-color-scheme: light)"
scheme = "default"

[[project.theme.palette]]
media = "(prefers-color-scheme: dark)"
scheme = "slate"

[project.markdown_extensions]
tables = {}
toc.permalink = true
pymdownx.highlight.pygments_lang_class = true
pymdownx.superfences = {}
"""


def configuration() -> str:
    """The site's own settings, with every page in its place."""
    groups = [
        _entry(GROUPS[group], _list([_entry(rule.name, json.dumps(f"rules/{rule.name}.md")) for rule in members]))
        for group, members in groupby(own_rules(), key=lambda rule: rule.info.group)
    ]
    entries = [_entry("cardlint", '"index.md"'), _entry("Rules", _list(['"rules/index.md"', *groups]))]
    entries += [_entry(title, json.dumps(page)) for title, page in TITLES.items()]
    return SITE.replace("NAV", _list(entries))


def _entry(title: str, value: str) -> str:
    return f"{{ {json.dumps(title)} = {value} }}"  # JSON's strings are TOML's, too


def _list(values: list[str]) -> str:
    return f"[{', '.join(values)}]"


def write(folder: Path) -> None:
    """Write all pages anew, and the settings beside them."""
    docs = folder / "docs"
    shutil.rmtree(docs, ignore_errors=True)
    for name, text in pages():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    shutil.copytree(ROOT / "images", docs / "images")
    (folder / "zensical.toml").write_text(configuration(), "utf-8", newline="\n")


if __name__ == "__main__":
    write(BUILD)
    if "--site" in sys.argv[1:]:
        sys.exit(subprocess.call([sys.executable, "-m", "zensical", "build", "--clean"], cwd=BUILD))
