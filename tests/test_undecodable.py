"""A byte that is not UTF-8, in every construct of a card, through every rule, format and command."""

from inspect import signature
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from cardlint.card.card import parse
from cardlint.cli.app import app
from cardlint.cli.arguments import COMMANDS, function_of
from cardlint.cli.options import DrawingFormat
from cardlint.config.selection import ActiveRule
from cardlint.linting.linter import lint
from cardlint.registry import load_rules
from cardlint.reporters.formats import format_names
from cardlint.source import read
from cardlint.testing import decode_escapes, read_cases

RULES = load_rules()
ACTIVE = [ActiveRule(rule, {}, None) for rule in RULES.values()]

FRONT = b"---\nlicense: mit\n---\n"
RESULTS = b"# T\n\nIt achieves the following results on the evaluation set:\n\n"
# `@` is the place of the byte; every construct of the body, and every place in it that is parsed on its own.
BODIES = {
    "link": b"[a@b](c)\n",
    "link target": b"[a](b@c.md)\n",
    "link target of nothing else": b"[a](@)\n",
    "link target in angles": b"[a](<b @ c>)\n",
    "link title": b'[a](b "c@d")\n',
    "link with an entity": b"[a](&#65;@&amp;)\n",
    "link in a heading": b"# [a](b@)\n",
    "link in a table": b"| [a](b@) | c |\n|---|---|\n| [a](@) | <http://a.example/@> |\n",
    "link in a list": b"- [a](b@)\n  - ![c](d@)\n",
    "link in a quote": b"> [a](b@)\n",
    "link in bold text": b"**[a](b@)** *[a](@)* ~~[a](@)~~\n",
    "image": b"![a@](b@.png)\n",
    "image in a link": b"[![a](b@.png)](c@)\n",
    "reference": b"[a]\n\n[a]: b@.md\n",
    "reference label": b"[a@][] [b][a@]\n\n[a@]: b\n",
    "reference title": b"[a]\n\n[a]: b 'c@d'\n",
    "reference in a list": b"- [a]\n\n  [a]: <b@>\n",
    "autolink": b"<http://a.example/@>\n",
    "autolink of a mail": b"<a@@b.example> <mailto:a@>\n".replace(b"@@", b"@\x40"),
    "bare address": b"http://a.example/@ www.a.example/@\n",
    "address of a model": b"https://huggingface.co/a/b@ [c](https://huggingface.co/datasets/a/@)\n",
    "heading": b"# a@b #\n\n## @\n",
    "heading with an underline": b"a@\n===\n",
    "heading without a space": b"#a@\n",
    "emphasis": b"*a@* __b@__ ***@***\n",
    "code span": b"`a@` ``@``\n",
    "fence": b"```a@\nb@\n```\n",
    "fence that never closes": b"```@\n@\n",
    "snippet": b'```python\nAutoModel.from_pretrained("a/b@")\n```\n',
    "indented code": b"    a@\n",
    "formula": b"$a@$ $$b@$$\n\n$$\n@\n$$\n",
    "html": b'<a href="b@" id="@">c@</a> <img src="@">\n\n<div align="@">\n@\n</div>\n',
    "html tag": b"x <a@> <@> </b@>\n",
    "comment": b"<!-- a@ -->\n\nx <!--@--> y\n",
    "entity": b"&amp@; &@; &#@;\n",
    "escape": b"\\@ \\[a\\](@)\n",
    "table": b"| a@ | b |\n|---|---|\n| c@ | @ |\n",
    "ragged table": b"| a | b |\n|---|---|\n| c@ |\n",
    "delimiter row": b"| a | b |\n|---|--@-|\n| c | d |\n",
    "quote": b"> a@\nb@\n",
    "list": b"- a@\n  - b@\n\n1. c@\n- [ ] d@\n",
    "list marker": b"-@ a\n*@\n",
    "footnote": b"a[^b@] c[^d]\n\n[^b@]: e\n[^d]: f@ [g](@)\n",
    "line break": b"a@  \nb@\\\nc\n",
    "rule": b"---@\n***@\n",
    "placeholder": b"## A\n\n[More Information Needed]@\n\n{{ a@ }}\n",
    "conflict": b"<<<<<<< a@\nb\n=======\nc@\n>>>>>>> d@\n",
    "results": RESULTS + b"- Loss: 0.5@\n- Accuracy@: 0.6\n- @: 1\n- @6: @7\n",
    "results table": RESULTS + b"| Training Loss@ | Epoch | Step@ |\n|---|---|---|\n| 0.5@ | 1.0 | @ |\n",
    "results of one label": RESULTS + b"| Metric | Value |\n|---|---|\n| Accuracy@ | 0.5@ |\n| @ | @ |\n",
    "results table of html": b"<table><tr><th>Accuracy@</th></tr><tr><td>0.5@</td></tr></table>\n",
    "hyperparameters": b"The following hyperparameters were used during training:\n- learning_rate: 1e-05@\n- a@: @\n",
    "versions": b"### Framework versions\n\n- Transformers 4@\n- @\n",
    "lineage": b"This model is a fine-tuned version of [a/b@](https://huggingface.co/a/b@) on the c@ dataset.\n",
    "suppression": b"<!-- cardlint-disable@ placeholder-text -->\n[a](@)\n<!-- cardlint-disable-next-line @ -->\n",
    "suppression beside a link": b"[a](b@) <!-- cardlint-disable-line metric-mismatch -->\n\n[a]: b@ cardlint\n",
    "secret": b"hf_@" + b"aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3f@\n",
    "between lines": b"# a\r@\r\nb\n@\n",
}  # fmt: skip
YAML = {
    "key": b"a@: b\n",
    "value": b"license: mit@\nlanguage: @\n",
    "quoted value": b"license: \"mit@\"\npipeline_tag: 'a@'\n",
    "block value": b"description: |\n  a@\n  b\nlicense: >-\n  @\n",
    "list": b"tags:\n- a@\n- @\nlanguage: [en@, @]\n",
    "model id": b"base_model: a/b@\ndatasets:\n- c/d@\n- @\n",
    "link": b"license_link: a@\nthumbnail: http://a.example/@\n",
    "comment": b"license: mit # a@ cardlint: ignore[placeholder-text]\n",
    "anchor": b"a: &b@ c\ntags: *b@\n",
    "tag": b"license: !a@ mit\n",
    "escape": b'license: "\\x@"\n',
    "broken": b"a: b: @\n@\n",
    "quote that never closes": b'a: "@\n',
    "model-index": b"model-index:\n- name: a@\n  results:\n  - task: {type: b@}\n    dataset: {name: c@, type: @}\n"
    b"    metrics: [{type: accuracy@, value: 0.5@, name: @}]\n",
    "widget": b"widget:\n- text: a@\n  src: @\n",
    "key twice": b"license: mit@\nlicense: mit@\n",
}  # fmt: skip
WHOLE = {
    "fence": b"---@\nlicense: mit\n---@\n# T\n",
    "first byte": b"@---\nlicense: mit\n---\n# T\n",
    "text above": b"a@\n---\nlicense: mit\n---\n",
    "flattened": b"--- license: mit tags: - a@ - b --- # Name@ ## Part a@ [b](c@) ## Part d@\n",
    "nothing else": b"@",
    "beside a null": b"\0@\0\n",
}  # fmt: skip
CARDS = (
    {f"body, {name}": FRONT + body for name, body in BODIES.items()}
    | {f"metadata, {name}": b"---\n" + yaml + b"---\n# T\n\n[a](b)\n" for name, yaml in YAML.items()}
    | WHOLE
)
BYTE = b"\xc7"
CASES = Path(__file__).with_name("rules")


def with_byte(card):
    return card.replace(b"\x40", BYTE)


def problems_of(data):
    """Return the bugs of the rules over a card, and the characters that a fix invents."""
    source = read(data)
    result = lint(parse(source), ACTIVE, known=RULES)
    return [bug.words for bug in result.bugs], [finding for finding in result.findings if invents(finding)]


def invents(finding):
    fix = finding.problem.fix
    return fix is not None and any("\ufffd" in edit.text for edit in fix.edits)


@pytest.mark.parametrize("name", CARDS)
def test_every_rule(name):
    assert problems_of(with_byte(CARDS[name])) == ([], [])


@pytest.mark.parametrize("name", CARDS)
def test_every_place(name):
    """The byte may be anywhere, not only where a construct expects a word."""
    card = CARDS[name].replace(b"\x40", b"")
    for place in range(len(card) + 1):
        assert problems_of(card[:place] + BYTE + card[place:]) == ([], []), place


@pytest.mark.slow
@pytest.mark.parametrize("file", sorted(CASES.glob("*.md")), ids=lambda file: file.stem)
def test_every_case(file):
    """The cases of the rules have what a rule reads and what its fixes write."""
    for case in read_cases(file.read_text("utf-8")):
        data = decode_escapes(case.card)
        for place in range(0, len(data) + 1, max(len(data) // 40, 1)):
            card = data[:place] + BYTE + data[place:]
            assert problems_of(card) == ([], []), card


REFUSALS = (
    "the Hub cannot read its metadata",  # so nothing can be added to it
    "the card has ",  # fewer lines than the one to explain
)


def commands_with_cards():
    """Yield every command that is given paths of cards, with every format and every other thing it does with them."""
    for command in COMMANDS:
        parameters = signature(function_of(command)).parameters
        if not {"paths", "card"} & set(parameters):
            continue
        if "output_format" in parameters:
            formats = format_names() if command == "check" else get_args(DrawingFormat)
            yield from ([command, "--output-format", name] for name in formats)
        if "write" in parameters:
            yield from ([command, *more] for more in ([], ["--write"], ["--write", "--unsafe-fixes"]))
        if "fix" in parameters:
            yield from ([command, *more] for more in (["--diff", "--unsafe-fixes"], ["--fix", "--unsafe-fixes"]))
            yield from ([command, *more] for more in (["--statistics"], ["--write-baseline"], ["--verbose"]))
            yield from ([command, *more] for more in (["--add-suppressions"], ["--profile", "release"]))
            yield [command, "--report", "html=report.html", "--report", "json=report.json"]
        if "why" in parameters:
            yield from ([command, "--why", str(line)] for line in range(1, 13))
            yield from ([command, "--why", line, "--output-format", "json"] for line in ("4", "6", "12"))


@pytest.mark.parametrize("arguments", list(commands_with_cards()), ids=" ".join)
def test_every_command_and_format(arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.txt"))
    folder = tmp_path / "cards"
    folder.mkdir()
    for number, card in enumerate(CARDS.values()):
        (folder / f"{number}.md").write_bytes(with_byte(card))
    many = "paths" in signature(function_of(arguments[0])).parameters
    paths = ["cards"] if many else [f"cards/{number}.md" for number in range(len(CARDS))]
    for path in paths:
        more = ["--all-markdown", "--no-cache"] if many else []
        result = CliRunner().invoke(app, [*arguments, *more, path])
        assert result.exception is None or isinstance(result.exception, SystemExit), path
        assert result.exit_code in {0, 1} or any(map(result.stderr.__contains__, REFUSALS)), result.stderr
        assert not result.stderr or "bug" not in result.stderr
        if "--diff" not in arguments:  # a patch has the bytes of the card
            result.stdout_bytes.decode("utf-8")
