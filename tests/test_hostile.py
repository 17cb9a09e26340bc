"""Cards that nobody writes by accident: each gives an ordinary result, and soon."""

import faulthandler

import pytest

from cardlint.card.card import parse
from cardlint.card.markdown.tree import Heading, Math, Paragraph, Row
from cardlint.config.selection import ActiveRule
from cardlint.linting.linter import lint
from cardlint.registry import load_rules
from cardlint.source import Source

RULES = load_rules()
ACTIVE = [ActiveRule(rule, {}, None) for rule in RULES.values()]
PATIENCE = 60
"""Seconds, far beyond what any of these takes, after which a run that hangs says where and ends."""


RESULTS = "It achieves the following results on the evaluation set:\n"


def front(yaml, body="# Name\n\nText.\n"):
    return f"---\n{yaml}\n---\n{body}"


def bomb():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    lines += ["model-index: *a39", "tags: *a39", "base_model: *a38", "license: *a39", "datasets: *a39", "widget: *a39"]
    return front("\n".join(lines))


def claims_bomb():
    metrics = "m: &m\n" + "".join(f"- &m{n} {{type: accuracy, value: 0.5}}\n" for n in range(2_000))
    results = "r: &r\n" + "- {metrics: *m}\n" * 2_000
    return front(f"{metrics}{results}model-index:\n" + "- {name: a, results: *r}\n" * 2_000)


def chain():
    """Two chains of equal data, each link an alias of the one before, as two values of one key."""
    links = [f"{name}{n}: &{name}{n} [*{name}{n - 1}]" for name in "ab" for n in range(1, 5_000)]
    return front("\n".join(["a0: &a0 x", "b0: &b0 x", *links, "tags: *a4999", "tags: *b4999"]))


CARDS = {
    "fences": lambda: "```\n" * 50_000,
    "fences that never close": lambda: "".join(f"```{n}\n" for n in range(50_000)),
    "fences of tildes and back-ticks": lambda: "```\n~~~\n" * 25_000,
    "quotes in quotes": lambda: ">" * 20_000 + " deep\n",
    "quotes in quotes, parted": lambda: "> " * 20_000 + "deep\n",
    "lists in lists": lambda: "- " * 20_000 + "deep\n",
    "a staircase of lists": lambda: "".join(" " * 2 * n + "- a\n" for n in range(700)),
    "opening brackets": lambda: "[" * 30_000 + "\n",
    "closing brackets": lambda: "a](" * 30_000 + "\n",
    "brackets in brackets": lambda: "[" * 15_000 + "a" + "]" * 15_000 + "\n",
    "links in links": lambda: "[" * 10_000 + "a" + "](b)" * 10_000 + "\n",
    "links that never end": lambda: "[a](<b" * 20_000 + "\n",
    "images in images": lambda: "![" * 10_000 + "a" + "](b)" * 10_000 + "\n",
    "link titles that never end": lambda: '[a](b "' * 20_000 + "\n",
    "stars": lambda: "*a" * 30_000 + "\n",
    "stars and underscores": lambda: "*a_" * 30_000 + "\n",
    "emphasis in emphasis": lambda: "*a **b " * 10_000 + "c" + "** *" * 10_000 + "\n",
    "one run of stars": lambda: "*" * 60_000 + "a" + "*" * 60_000 + "\n",
    "tildes": lambda: "~~a" * 30_000 + "\n",
    "back-ticks of every length": lambda: " ".join("`" * n for n in range(1, 600)) + "\n",
    "back-ticks": lambda: "`a" * 30_001 + "\n",
    "dollars": lambda: "$a" * 30_001 + "\n$$" * 3_000 + "\n",
    "dollars and back-ticks": lambda: "$`a" * 20_000 + "\n",
    "formulas that never end": lambda: " $$\na\n" * 20_000,
    "formulas that never end, inline": lambda: "x $$ y $ z" * 20_000 + "\n",
    "backslashes": lambda: "\\" * 100_001 + "\n",
    "ampersands": lambda: "&" * 60_000 + "&#" * 30_000 + "\n",
    "angles": lambda: "<" * 60_000 + "\n",
    "tags that never end": lambda: "<a b='" * 20_000 + "\n",
    "tags inline": lambda: "x <b>" * 20_000 + "\n",
    "comments that never end": lambda: "<!--" * 50_000,
    "comments that never end, by line": lambda: "<!--\n" * 50_000,
    "comments inline that never end": lambda: "x <!--" * 50_000 + "\n",
    "processing instructions": lambda: "x <?" * 30_000 + "\n",
    "declarations": lambda: "x <!A" * 30_000 + " <![CDATA[" * 10_000 + "\n",
    "autolinks that never end": lambda: "<http://a" * 20_000 + "\n",
    "pipes": lambda: "|" * 60_000 + "\n",
    "a table of pipes": lambda: "|" * 60_000 + "\n" + "|-" * 59_999 + "|\n" + "|" * 60_000 + "\n",
    "a table of many rows": lambda: "| a | b |\n|---|---|\n" + "| 0.1 | 2 |\n" * 30_000,
    "a results table of many rows": lambda: "| Loss | Step | F1 |\n|---|---|---|\n" + "| 1 | 2 | 3 |\n" * 30_000,
    "a table without end": lambda: "| a |\n" * 30_000 + "|---|\n" * 30_000,
    "dashes by line": lambda: "a\n---\n" * 20_000,
    "fences of metadata": lambda: "---\n" * 50_000,
    "fences of metadata, blank lines between": lambda: "---\n\n" * 30_000,
    "openers after a title": lambda: "# a\n" + "---\nlicense: mit\n" * 20_000,
    "a long line": lambda: "word " * 100_000 + "\n",
    "a long line without a blank": lambda: "x" * 500_000 + "\n",
    "a long line of metadata": lambda: front("description: " + "word " * 100_000),
    "a long line of digits": lambda: front("value: " + "9" * 300_000, "9" * 300_000 + "\n"),
    "list items": lambda: "- item\n" * 50_000,
    "list items with labels": lambda: RESULTS + "- Loss: 0.5\n" * 30_000,
    "list items apart": lambda: "- item\n\n" * 25_000,
    "ordered items": lambda: "".join(f"{n}. item\n" for n in range(50_000)),
    "task items": lambda: "- [ ] item\n" * 30_000,
    "footnotes in footnotes": lambda: "[^a]: " * 20_000 + "\n",
    "footnotes": lambda: "".join(f"[^{n}]: note\n" for n in range(20_000)),
    "footnote references that never end": lambda: "x [^a" * 30_000 + "\n",
    "references": lambda: "".join(f"[{n}]: http://a.example\n" for n in range(20_000)) + "[1] " * 20_000,
    "references that are none": lambda: "[a]: <b\n" * 30_000,
    "titles of references that never end": lambda: '[a]: b "\n' * 20_000,
    "references in a list and outside by turns": lambda: "".join(f"[a{n}]: b\n\n- [c{n}]: d\n\n" for n in range(8_000)),
    "references of long names": lambda: ("[" + "a" * 900 + "\n") * 1_000 + ("[" + "\\a" * 400 + "]:\n") * 500,
    "headings": lambda: "# a\n" * 50_000,
    "headings of every level": lambda: "".join("#" * (1 + n % 6) + f" a{n}\n" for n in range(30_000)),
    "hashes": lambda: "# " + "#" * 100_000 + " a\n",
    "hashes and blanks": lambda: "# " + "# " * 50_000 + "a\n",
    "underlined lines": lambda: "a\n" * 20_000 + "===\n",
    "one paragraph": lambda: "a line\n" * 50_000,
    "one paragraph in a quote": lambda: "> a line\n" * 30_000,
    "one lazy paragraph": lambda: "> a line\n" + "lazy\n" * 30_000,
    "one lazy paragraph in a list": lambda: "- a line\n" + "lazy\n" * 30_000,
    "quotes and lists by turns": lambda: "> a\n- b\n" * 15_000,
    "blank lines": lambda: "\n" * 200_000,
    "lines of blanks": lambda: "     \n" * 50_000,
    "lines of tabs": lambda: "\t\t\n" * 50_000 + "a\n",
    "blanks at the end of a line": lambda: "a" + " " * 200_000 + "b\n",
    "blanks in a heading": lambda: "# a" + " " * 60_000 + "b\n",
    "blanks in an underlined heading": lambda: "a" + " " * 60_000 + "b\n" + "=" * 60_000 + " " * 60_000 + "a\n",
    "blanks in a bullet": lambda: RESULTS + "- Loss: a" + " " * 60_000 + "b\n- c" + " " * 60_000 + "d\n",
    "blanks in a table": lambda: "| a | b |\n|---|---|\n| a" + " " * 60_000 + "b\n" + " " * 60_000 + "c |\n",
    "blanks in a delimiter row": lambda: "| a |\n|" + "-" * 60_000 + " " * 60_000 + "a\n",
    "blanks in a fence": lambda: "```" + " " * 60_000 + "a\n" + "```" + " " * 60_000 + "a\n",
    "blanks in a rule": lambda: "-" + " " * 60_000 + "-a\n" + "- " * 30_000 + "a\n",
    "blanks in a link": lambda: "[a](" + " " * 60_000 + "b" + " " * 60_000 + "c)\n[a]:" + " " * 60_000 + "\n",
    "blanks in a tag": lambda: "<a" + " " * 60_000 + "b" + " " * 60_000 + "=" + " " * 60_000 + "\n",
    "blanks in a tag of a paragraph": lambda: "x <a" + " " * 60_000 + "b" + " " * 60_000 + "=" + " " * 60_000 + "\n",
    "blanks in a sentence": lambda: "This model is a" + " " * 60_000 + "fine-tuned" + " \n" * 30_000 + "version\n",
    "blanks in the metadata": lambda: front("a:" + " " * 60_000 + "b" + " " * 60_000 + "c\nd: e" + " " * 60_000),
    "blanks in broken metadata": lambda: front("a" + " " * 60_000 + "b\nc" + " " * 60_000 + ": d: e"),
    "blanks in a broken value": lambda: front("a: b" + " " * 60_000 + "c: d" + " " * 60_000 + "e"),
    "blanks behind a broken value": lambda: front("a: 'b' c" + " " * 60_000 + "d\ne: f"),
    "blanks in a fence of the metadata": lambda: "---" + " " * 60_000 + "a\nlicense: mit\n---" + " " * 60_000 + "b\n",
    "blanks in a suppression": lambda: "<!-- cardlint-disable" + " " * 60_000 + "a" + " " * 60_000 + "\n",
    "blanks in a template tag": lambda: "{{" + " " * 60_000 + "a" + " " * 60_000 + "}\n",
    "indented code": lambda: "    code\n" * 50_000,
    "indented code, blank lines between": lambda: "    code\n\n" * 25_000,
    "carriage returns": lambda: "a\r" * 100_000,
    "carriage returns and line feeds by turns": lambda: "\r\r\n\n\r" * 40_000,
    "an alias bomb": bomb,
    "two alias bombs of one key": lambda: bomb().replace("---\n#", "tags: *a39\ntags: *a38\n---\n#"),
    "an alias bomb of claims": claims_bomb,
    "a chain of anchors under one key": chain,
    "a Python object": lambda: front("license: !!python/object/apply:os.system ['echo']"),
    "numbers without end": lambda: front(
        "model-index:\n- name: a\n  results:\n  - metrics:\n    - type: accuracy\n      value: 1e999999999\n"
        "    - type: accuracy\n      value: -1e-999999999\n    - type: f1\n      value: 1e99999999999999999999",
        "It achieves the following results on the evaluation set:\n- Accuracy: 1e999999999\n- F1: 1e-999999999\n\n"
        "The following hyperparameters were used during training:\n- learning_rate: 1e999999999\n"
        "- train_batch_size: 1e999999999\n- gradient_accumulation_steps: 99999999999999999999\n"
        "- total_train_batch_size: 1e999999999\n- num_epochs: 1e999999999\n",
    ),
    "flow nesting": lambda: front("a: " + "[" * 50_000 + "]" * 50_000),
    "flow mappings": lambda: front("a: " + "{a: " * 20_000 + "}" * 20_000),
    "flow nesting that never ends": lambda: front("[" * 50_000),
    "block nesting": lambda: front("\n".join(" " * n + "a:" for n in range(1_000))),
    "dashes nested": lambda: front("- " * 20_000 + "a"),
    "question marks nested": lambda: front("? " * 20_000 + "a"),
    "colons": lambda: front("a: b: c\n" * 30_000),
    "a quote that never closes": lambda: front('a: "' + "word\n  " * 30_000),
    "the same key": lambda: front("license: mit\n" * 20_000),
    "many keys": lambda: front("\n".join(f"key{n}: value" for n in range(30_000))),
    "many tags": lambda: front("tags:\n" + "- tag\n" * 30_000),
    "many languages": lambda: front("language:\n" + "- no\n" * 30_000),
    "many metrics": lambda: front(
        "model-index:\n- name: a\n  results:\n  - metrics:\n" + "    - type: accuracy\n      value: 0.5\n" * 8_000,
        RESULTS + "- Accuracy: 0.6\n",
    ),
    "many anchors": lambda: front("\n".join(["a0: &a0 x", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 10_000))])),
    "comments": lambda: front("# comment\n" * 30_000 + "license: mit"),
    "hashes in a value": lambda: front('a: "' + "# " * 50_000 + '"'),
    "a byte order mark on every line": lambda: "\ufeff---\n" * 20_000,
    "nulls": lambda: "\0" * 100_000,
    "surrogates": lambda: front("a: " + "\udcff" * 50_000, "\udcff" * 50_000),
    "placeholders": lambda: "## a\n\nMore information needed\n\n" * 10_000,
    "placeholder bullets": lambda: "- **a:** [More Information Needed]\n" * 10_000,
    "suppressions": lambda: "<!-- cardlint-disable-next-line metric-mismatch -->\n\ntext\n\n" * 10_000,
    "suppressions in the metadata": lambda: front("a: b # cardlint: ignore[metric-mismatch]\n" * 5_000),
    "conflict markers": lambda: "<<<<<<< a\n=======\n" * 20_000,
    "template tags": lambda: "{{ a " * 30_000 + "{% if " * 30_000 + "\n",
    "keys on one line": lambda: "--- license: mit tags: - a " + "- b " * 30_000 + "--- # a ## b text\n",
    "a flattened card": lambda: "--- license: mit --- # Name " + "## Part More information needed - a: 1 | " * 4_000,
    "a flattened text below metadata": lambda: "---\nlicense: mit\n---\n# Name" + " # T ## Part" * 12_000,
    "a card that may be flattened": lambda: "---\n" + " " * 40_000 + "x ## A" + "\n" * 40_000,
    "joined keys": lambda: "---\n" + "license: mit tags: - a " * 6_000 + "\n---\n",
    "joined lines": lambda: "--- license: mit tags: - a ---\n\n" + "## Some title of many words\n\n" * 4_000,
}  # fmt: skip


def inspect(card):
    """Ask a card for everything that it computes when asked."""
    text = card.source.text
    assert card.metadata.comments is not None
    assert all(node.span.end <= len(text) for node in card.metadata.walk())
    assert all(card.locate(block.span).end <= len(card.original.text) for block in card.body.walk())
    for block in card.body.walk():
        contents = [block.content] if isinstance(block, Heading | Paragraph | Math) else []
        contents += [cell.content for cell in block.cells] if isinstance(block, Row) else []
        for content in contents:
            card.body.plain(content)
    return len(card.sections) + len(card.placeholders) + len(card.claims) + len(card.training.results)


@pytest.fixture(autouse=True)
def _patience():
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.mark.parametrize("name", CARDS)
def test_an_ordinary_result(name):
    source = Source("README.md", CARDS[name]())
    card = parse(source)
    inspect(card)
    result = lint(card, ACTIVE, known=RULES)
    assert not result.bugs
    for finding in result.findings:
        assert 0 <= finding.span.start <= finding.span.end <= len(source.text)
        assert len(finding.message) < 2_000
