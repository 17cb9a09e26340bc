"""Build the documentation: `python tools/build_docs.py` writes its pages, `--site` also makes a website of them.

The pages are README, CONTRIBUTING, the changelog and `docs/`, which are written by hand, a page for each rule from its
docstring, and the facts that cardlint knows with their dates. They go to `build/docs`, the website (which needs the
extra `docs`) to `build/site`. None of that is committed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path, PurePosixPath

from cardlint.commands.rules import list_rules
from cardlint.commands.vocabularies import vocabularies
from cardlint.config.profiles import levels
from cardlint.config.setting_types import PROFILES
from cardlint.registry import own_rules
from cardlint.reporters.rule_page import markdown_page, severities_in_words
from cardlint.rule_definition import Rule

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"

NAVIGATION = {
    "Getting started": "docs/getting-started.md",
    "Suppressing findings": "docs/suppressing-findings.md",
    "Configuration": "docs/configuration.md",
    "Command line": "docs/command-line.md",
    "Output formats": "docs/output-formats.md",
    "Pre-commit and CI": "docs/pre-commit-and-ci.md",
    "Editors": "docs/editors.md",
    "Programs": "docs/mcp.md",
    "Disclosure": "docs/disclosure.md",
    "Many cards": "docs/many-cards.md",
    "The Hub": "docs/hub.md",
    "Corpora": "docs/corpora.md",
    "Every card of the Hub, estimated": "docs/corpus-at-scale.md",
    "Python API": "docs/python-api.md",
    "Writing a rule": "docs/writing-a-rule.md",
    "Architecture": "docs/architecture.md",
    "Accuracy": "docs/accuracy.md",
    "Limits": "docs/limits.md",
    "Benchmarks": "benchmarks/README.md",
    "Contributing": "CONTRIBUTING.md",
    "Security": "SECURITY.md",
    "Changelog": "CHANGELOG.md",
}
"""The files in the order in which the website lists them. `Rules`, with a page for each, comes after the first."""

PAGES = {
    "README.md": "index.md",
    "docs/README.md": "contents.md",
    "docs/rules.md": "rules/index.md",
    "benchmarks/README.md": "benchmarks.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "CHANGELOG.md": "changelog.md",
}
"""The page that each file becomes, unless it keeps its name."""


def listed_rules() -> list[Rule]:
    """Return cardlint's own rules in the order in which `cardlint rules` lists them."""
    rules = {rule.name: rule for rule in own_rules()}
    return [rules[entry["name"]] for entry in json.loads(list_rules(rules, "json"))]


def pages() -> Iterator[tuple[str, str]]:
    """Yield every page: its path on the website and its text."""
    rules = listed_rules()
    for file in ("README.md", "docs/README.md", "docs/rules.md", *NAVIGATION.values()):
        text = with_links((ROOT / file).read_text("utf-8"), file)
        yield page_of(file), text + (rule_list(rules) if file == "docs/rules.md" else "")
    yield from ((f"rules/{rule.name}.md", with_blank_lines(markdown_page(rule))) for rule in rules)
    yield "facts.md", facts()


def page_of(file: str) -> str:
    """Return the page that a file of the repository becomes."""
    return PAGES.get(file) or PurePosixPath(file).name


_FENCE = re.compile(r"[ ]*(`{3,})")
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")


def with_links(text: str, file: str) -> str:
    """Return a file's text with its links leading to pages of the website; code is left as it is.

    A link to something that has no page, such as a module, becomes plain text.
    """
    lines = re.split(r"(?<=\n)", text)
    prose: list[str] = []
    parts: list[str] = []
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if mark and not fence:
            parts.append(_linked("".join(prose), file))
            prose, fence = [], mark[1]
            parts.append(line)
        elif fence:
            parts.append(line)
            if line.strip() == fence:
                fence = ""
        else:
            prose.append(line)
    return "".join([*parts, _linked("".join(prose), file)])


def _linked(prose: str, file: str) -> str:
    return _LINK.sub(lambda link: _link(link, file), prose)


def _link(link: re.Match[str], file: str) -> str:
    image, words, target = link.groups()
    path, hash_sign, anchor = target.partition("#")
    if re.match(r"https?:", target) or not path:
        return link[0]
    place = os.path.normpath(PurePosixPath(file).parent / path).replace(os.sep, "/")
    page = _page_at(place)
    if page is None:
        return words
    relative = os.path.relpath(page, PurePosixPath(page_of(file)).parent).replace(os.sep, "/")
    return f"{image}[{words}]({relative}{hash_sign}{anchor})"


def _page_at(place: str) -> str | None:
    """Return the page for a path in the repository, None if it has none."""
    if place.startswith("images/"):
        return place
    if place == "cardlint/rules":
        return "rules/index.md#all-rules"
    if place.startswith("cardlint/rules/"):
        return f"rules/index.md#{PurePosixPath(place).name}"  # a group
    return page_of(place) if place in {"README.md", "docs/README.md", "docs/rules.md", *NAVIGATION.values()} else None


def rule_list(rules: list[Rule]) -> str:
    """Return the list of all rules as a part of their page, with a table for each group."""
    parts = ["\n## All rules\n"]
    for group, members in groupby(rules, key=lambda rule: rule.info.group):
        heads = ("rule", "severity", *PROFILES, "fix", "finds")
        parts.append(f"\n### {group}\n\n| {' | '.join(heads)} |\n{'|---' * len(heads)}|\n")
        for rule in members:
            severity = severities_in_words(rule) if rule.default else "off"
            fix = rule.info.fix.value if rule.info.fix else ""
            summary = rule.info.summary.replace("|", "\\|")
            facts = " | ".join((severity, *levels(rule).values(), fix, summary))
            parts.append(f"| [`{rule.name}`]({rule.name}.md) | {facts} |\n")
    return "".join(parts)


def with_blank_lines(text: str) -> str:
    """Return Markdown with a blank line before each list: docstrings may leave it out, and the website needs it."""
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif fence and line.startswith(fence):
            fence = ""
        elif not fence and line.startswith("- ") and lines and lines[-1] and not lines[-1].startswith(("- ", "  ")):
            lines.append("")
        lines.append(line)
    return "\n".join(lines)


def facts() -> str:
    """Return the page about the facts that cardlint knows."""
    rows = "".join(f"| `{each.name}` | {each.date} | {each.source} |\n" for each in vocabularies())
    return (
        "# Facts with a date\n\nThe facts about the Hub and about programs that write cards that cardlint knows, with "
        f"their date and source. Rules use no network.\n\n| module | date | source |\n|---|---|---|\n{rows}"
    )


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


def site_configuration() -> str:
    """Return the settings of the website, with every page in its place."""
    groups = [
        _entry(group, _list([_entry(rule.name, json.dumps(f"rules/{rule.name}.md")) for rule in members]))
        for group, members in groupby(listed_rules(), key=lambda rule: rule.info.group)
    ]
    first, *others = [_entry(title, json.dumps(page_of(file))) for title, file in NAVIGATION.items()]
    entries = [_entry("cardlint", '"index.md"'), _entry("Contents", '"contents.md"'), first]
    entries += [_entry("Rules", _list(['"rules/index.md"', *groups])), *others, _entry("Facts", '"facts.md"')]
    return SITE.replace("NAV", _list(entries))


def _entry(title: str, value: str) -> str:
    return f"{{ {json.dumps(title)} = {value} }}"  # a string of JSON is one of TOML


def _list(values: list[str]) -> str:
    return f"[{', '.join(values)}]"


def write(folder: Path) -> None:
    """Write all pages and the settings of the website."""
    docs = folder / "docs"
    shutil.rmtree(docs, ignore_errors=True)
    for name, text in pages():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    shutil.copytree(ROOT / "images", docs / "images")
    (folder / "zensical.toml").write_text(site_configuration(), "utf-8", newline="\n")


if __name__ == "__main__":
    write(BUILD)
    if "--site" in sys.argv[1:]:
        sys.exit(subprocess.call([sys.executable, "-m", "zensical", "build", "--clean"], cwd=BUILD))
