r"""Testing rules against cards, for cardlint's own tests and those of plugins.

A case file is Markdown. Each section with a `card` block is a case: its text describes the case, its code blocks are

- `toml`: the options of the rule;
- `file=NAME`: a file in the folder of the card;
- `card`: the card, in which `\t`, `\r`, `\ufeff`, `\xNN` and `\\` are escapes (`\xNN` is a byte);
- `findings`: one line per finding, `line:column severity text that the message contains`, followed by its related
  places as indented lines `line:column text`; an empty block if the rule must not report anything;
- `fixed`: the card after all its fixes, including unsafe ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from cardlint.card.card import Card, parse
from cardlint.card.markdown.document import parse_markdown
from cardlint.card.markdown.tree import CodeBlock, Heading
from cardlint.config.rule_names import UNUSED_SUPPRESSION
from cardlint.config.selection import ActiveRule
from cardlint.finding import Finding, Safety
from cardlint.fixing.edits import apply, compatible_edits
from cardlint.lazy_regex import LazyPattern
from cardlint.linting.linter import lint
from cardlint.linting.results import CardResult
from cardlint.registry import load_rules
from cardlint.rule_definition import Rule
from cardlint.source import Folder, Source, read

__all__ = ["Case", "check_rule", "decode_escapes", "describe", "read_cases", "run_case"]

_ESCAPE = LazyPattern(r"\\(?:(?P<simple>[trn\\])|u(?P<code>[0-9a-fA-F]{4})|x(?P<byte>[0-9a-fA-F]{2}))")
_SIMPLE = {"t": "\t", "r": "\r", "n": "\n", "\\": "\\"}


class Case(Struct):
    """A card with the expected output of a rule; `findings` and `fixed` are None if they are not to be checked."""

    title: str
    line: int
    card: str = ""
    options: str = ""
    files: dict[str, str] = {}
    findings: str | None = None
    fixed: str | None = None


def check_rule(  # noqa: PLR0913 - the properties of a card
    rule: Rule,
    card: str | bytes,
    *,
    path: str = "README.md",
    options: Mapping[str, object] | None = None,
    files: Mapping[str, str] | None = None,
    repo_id: str | None = None,
) -> list[Finding]:
    """Return the findings of a rule in a card, without regard to suppressions.

    `options` are the settings of the rule as in TOML, `files` are the texts of files in the card's folder by name, and
    `repo_id` is the id of the card's repository on the Hub.

    Raises:
        AssertionError: the rule raises an exception.
    """
    data = card if isinstance(card, bytes) else card.encode("utf-8", "surrogateescape")
    given = {name.replace("-", "_"): value for name, value in (options or {}).items()}
    arguments = {name: rule.options[name].convert(value) for name, value in given.items()}
    defaults = {name: option.default for name, option in rule.options.items()}
    active = ActiveRule(rule, defaults | arguments, None)
    with TemporaryDirectory() as folder:
        for name, text in (files or {}).items():
            target = Path(folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        beside = Folder(Path(folder)) if files is not None else None
        result = _lint(parse(read(data, path), beside, repo_id), active)
    if result.bugs:
        raise AssertionError(f"{result.bugs[0].rule} raised: {result.bugs[0].message}")
    return list(result.findings)


def _lint(card: Card, active: ActiveRule) -> CardResult:
    if active.rule.name != UNUSED_SUPPRESSION:
        return lint(card, [active], suppressions=False)
    # a suppression is known to be unused only when all rules have run
    rules = load_rules()
    others = [_with_defaults(rule) for rule in rules.values() if rule.name != active.rule.name]
    result = lint(card, [active, *others], known=rules)
    return replace(result, findings=tuple(found for found in result.findings if found.rule == active.rule.info))


def _with_defaults(rule: Rule) -> ActiveRule:
    return ActiveRule(rule, {name: option.default for name, option in rule.options.items()}, None)


def run_case(rule: Rule, case: Case) -> list[str]:
    """Return the differences between a case and the output of the rule in words, or an empty list."""
    import tomllib

    files = {name: decode_escapes(text).decode() for name, text in case.files.items()}
    options = tomllib.loads(case.options)
    data = decode_escapes(case.card)
    found = check_rule(rule, data, options=options, files=files or None)
    wrong: list[str] = []
    if case.findings is not None:
        wrong += _compare(case.findings, found)
    if case.fixed is not None:
        fixed = apply_fixes(read(data), found)
        if fixed != decode_escapes(case.fixed).decode("utf-8", "surrogateescape"):
            wrong.append(f"the fixed card is:\n{fixed}")
    return [f"{case.title} (line {case.line}): {what}" for what in wrong]


def apply_fixes(source: Source, findings: list[Finding]) -> str:
    """Return the text after one round of fixes, including unsafe ones."""
    return apply(source.text, compatible_edits(findings, frozenset(Safety)))


def describe(finding: Finding) -> str:
    """Return a finding in the format of a case."""
    source = finding.source
    start = source.position(finding.span.start)
    lines = [f"{start.line}:{start.column} {finding.severity.label} {finding.message}"]
    for related in finding.problem.related:
        place = (related.source or source).position(related.span.start)
        lines.append(f"  {place.line}:{place.column} {related.message}")
    return "\n".join(lines)


def _compare(expected: str, found: list[Finding]) -> Iterator[str]:
    wanted = [entry for entry in re.split(r"\n(?=\S)", expected.strip("\n")) if entry.strip()]
    shown = [describe(finding) for finding in found]
    if len(wanted) != len(shown):
        yield f"{len(wanted)} findings expected, {len(shown)} found:\n" + "\n".join(shown)
        return
    for entry, actual in zip(wanted, shown, strict=True):
        lines = actual.split("\n")
        for index, line in enumerate(entry.split("\n")):
            place, _, rest = line.strip().partition(" ")
            matches = [text.strip() for text in (lines[1:] if index else lines[:1])]
            if not any(text.startswith(f"{place} ") and rest in text for text in matches):
                yield f"expected `{line.strip()}`, found:\n{actual}"


def read_cases(text: str, path: str = "cases.md") -> list[Case]:
    """Return the cases of a case file in their order."""
    source = Source(path, text)
    cases: list[Case] = []
    title = ""
    current: Case | None = None
    for block in parse_markdown(source).blocks:
        if isinstance(block, Heading):
            title = block.content.text
            current = None
        elif isinstance(block, CodeBlock) and block.language:
            if current is None or (block.language == "card" and current.card):
                current = Case(title, source.position(block.span.start).line)
                cases.append(current)
            _fill(current, block)
    return [case for case in cases if case.card]


def _fill(case: Case, block: CodeBlock) -> None:
    text = block.content.text + "\n" if block.content.text else ""
    match block.language:
        case "card":
            case.card = text
        case "toml":
            case.options = text
        case "findings":
            case.findings = text
        case "fixed":
            case.fixed = text
        case language if language.startswith("file="):
            case.files[language.removeprefix("file=")] = text


def decode_escapes(text: str) -> bytes:
    """Return the bytes of an example, with escapes decoded."""
    parts: list[bytes] = []
    end = 0
    for match in _ESCAPE.finditer(text):
        parts.append(text[end : match.start()].encode())
        if match["byte"]:
            parts.append(bytes([int(match["byte"], 16)]))
        elif match["code"]:
            parts.append(chr(int(match["code"], 16)).encode())
        else:
            parts.append(_SIMPLE[match["simple"]].encode())
        end = match.end()
    parts.append(text[end:].encode())
    return b"".join(parts)
