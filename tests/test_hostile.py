"""Cards that only an attacker writes: each gives an ordinary result, and soon."""

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


def claims_bomb(k):
    metrics = "m: &m\n" + "".join(f"- &m{n} {{type: accuracy, value: 0.5}}\n" for n in range(2 * k))
    results = "r: &r\n" + "- {metrics: *m}\n" * 2 * k
    return front(f"{metrics}{results}model-index:\n" + "- {name: a, results: *r}\n" * 2 * k)


def chain(k):
    """Two chains of equal data, each link an alias of the one before, as two values of one key."""
    last = 5 * k - 1
    links = [f"{name}{n}: &{name}{n} [*{name}{n - 1}]" for name in "ab" for n in range(1, last + 1)]
    return front("\n".join(["a0: &a0 x", "b0: &b0 x", *links, f"tags: *a{last}", f"tags: *b{last}"]))


# By what each is full of; `k` is a thousand, or less where a test wants a smaller card of the same shape.
CARDS = {
    "fences": lambda k: "```\n" * 50 * k,
    "fences that never close": lambda k: "".join(f"```{n}\n" for n in range(50 * k)),
    "fences of tildes and back-ticks": lambda k: "```\n~~~\n" * 25 * k,
    "quotes in quotes": lambda k: ">" * 20 * k + " deep\n",
    "quotes in quotes, parted": lambda k: "> " * 20 * k + "deep\n",
    "lists in lists": lambda k: "- " * 20 * k + "deep\n",
    "a staircase of lists": lambda k: "".join(" " * 2 * n + "- a\n" for n in range(7 * k // 10)),
    "opening brackets": lambda k: "[" * 30 * k + "\n",
    "closing brackets": lambda k: "a](" * 30 * k + "\n",
    "brackets in brackets": lambda k: "[" * 15 * k + "a" + "]" * 15 * k + "\n",
    "links in links": lambda k: "[" * 10 * k + "a" + "](b)" * 10 * k + "\n",
    "links that never end": lambda k: "[a](<b" * 20 * k + "\n",
    "images in images": lambda k: "![" * 10 * k + "a" + "](b)" * 10 * k + "\n",
    "link titles that never end": lambda k: '[a](b "' * 20 * k + "\n",
    "stars": lambda k: "*a" * 30 * k + "\n",
    "stars and underscores": lambda k: "*a_" * 30 * k + "\n",
    "emphasis in emphasis": lambda k: "*a **b " * 10 * k + "c" + "** *" * 10 * k + "\n",
    "one run of stars": lambda k: "*" * 60 * k + "a" + "*" * 60 * k + "\n",
    "tildes": lambda k: "~~a" * 30 * k + "\n",
    "back-ticks of every length": lambda k: " ".join("`" * n for n in range(1, 6 * k // 10)) + "\n",
    "back-ticks": lambda k: "`a" * (30 * k + 1) + "\n",
    "dollars": lambda k: "$a" * (30 * k + 1) + "\n$$" * 3 * k + "\n",
    "dollars and back-ticks": lambda k: "$`a" * 20 * k + "\n",
    "a dollar and back-ticks": lambda k: "$" + "`" * 20 * k + "\n",
    "a note of underscores": lambda k: "[TODO" + "_" * 20 * k + "](x)\n",
    "a note of blanks": lambda k: "[TODO" + " " * 20 * k + "](x) TODO" + " " * 20 * k + ": a\n",
    "underscores in a link": lambda k: "[a" + "_" * 20 * k + "b](c)\n",
    "dashes in a label": lambda k: "| Metric | Value |\n|---|---|\n| Accuracy" + "-" * 20 * k + " | 0.5 |\n",
    "formulas that never end": lambda k: " $$\na\n" * 20 * k,
    "formulas that never end, inline": lambda k: "x $$ y $ z" * 20 * k + "\n",
    "backslashes": lambda k: "\\" * (100 * k + 1) + "\n",
    "ampersands": lambda k: "&" * 60 * k + "&#" * 30 * k + "\n",
    "angles": lambda k: "<" * 60 * k + "\n",
    "tags that never end": lambda k: "<a b='" * 20 * k + "\n",
    "tags inline": lambda k: "x <b>" * 20 * k + "\n",
    "comments that never end": lambda k: "<!--" * 50 * k,
    "comments that never end, by line": lambda k: "<!--\n" * 50 * k,
    "comments inline that never end": lambda k: "x <!--" * 50 * k + "\n",
    "processing instructions": lambda k: "x <?" * 30 * k + "\n",
    "declarations": lambda k: "x <!A" * 30 * k + " <![CDATA[" * 10 * k + "\n",
    "autolinks that never end": lambda k: "<http://a" * 20 * k + "\n",
    "pipes": lambda k: "|" * 60 * k + "\n",
    "a table of pipes": lambda k: "|" * 60 * k + "\n" + "|-" * (60 * k - 1) + "|\n" + "|" * 60 * k + "\n",
    "a table of many rows": lambda k: "| a | b |\n|---|---|\n" + "| 0.1 | 2 |\n" * 30 * k,
    "a results table of many rows": lambda k: "| Loss | Step | F1 |\n|---|---|---|\n" + "| 1 | 2 | 3 |\n" * 30 * k,
    "a results table of one label": lambda k: "| Metric | Value |\n|---|---|\n" + "| Accuracy | 0.5 |\n" * 30 * k,
    "summaries and trainings": lambda k: "".join(
        f"{RESULTS}- Loss: 0.{n:04}\n\n| Validation Loss | Step |\n|---|---|\n| 0.{n + 1:04} | 5 |\n\n"
        for n in range(2 * k)
    ),
    "results tables": lambda k: "| Metric | Value |\n|---|---|\n| Accuracy | 0.5 |\n\n" * 12 * k,
    "paragraphs of links below a title": lambda k: "# a\n\n" + "[a](b)\n\n" * 20 * k,
    "shares in one paragraph": lambda k: "Accuracy 50% (5/10). " * 8 * k + "\n",
    "a table without end": lambda k: "| a |\n" * 30 * k + "|---|\n" * 30 * k,
    "dashes by line": lambda k: "a\n---\n" * 20 * k,
    "fences of metadata": lambda k: "---\n" * 50 * k,
    "fences of metadata, blank lines between": lambda k: "---\n\n" * 30 * k,
    "openers after a title": lambda k: "# a\n" + "---\nlicense: mit\n" * 20 * k,
    "a long line": lambda k: "word " * 100 * k + "\n",
    "a long line without a blank": lambda k: "x" * 500 * k + "\n",
    "a long line of metadata": lambda k: front("description: " + "word " * 100 * k),
    "a long line of digits": lambda k: front("value: " + "9" * 300 * k, "9" * 300 * k + "\n"),
    "list items": lambda k: "- item\n" * 50 * k,
    "list items with labels": lambda k: RESULTS + "- Loss: 0.5\n" * 30 * k,
    "list items with many labels": lambda k: RESULTS + "".join(f"- Accuracy {n}: 0.5\n" for n in range(30 * k)),
    "list items apart": lambda k: "- item\n\n" * 25 * k,
    "ordered items": lambda k: "".join(f"{n}. item\n" for n in range(50 * k)),
    "task items": lambda k: "- [ ] item\n" * 30 * k,
    "footnotes in footnotes": lambda k: "[^a]: " * 20 * k + "\n",
    "footnotes": lambda k: "".join(f"[^{n}]: note\n" for n in range(20 * k)),
    "footnote references that never end": lambda k: "x [^a" * 30 * k + "\n",
    "references": lambda k: "".join(f"[{n}]: http://a.example\n" for n in range(20 * k)) + "[1] " * 20 * k,
    "references that are none": lambda k: "[a]: <b\n" * 30 * k,
    "titles of references that never end": lambda k: '[a]: b "\n' * 20 * k,
    "references in a list and outside": lambda k: "".join(f"[a{n}]: b\n\n- [c{n}]: d\n\n" for n in range(8 * k)),
    "references of long names": lambda k: ("[" + "a" * 900 + "\n") * k + ("[" + "\\a" * 400 + "]:\n") * (k // 2),
    "headings": lambda k: "# a\n" * 50 * k,
    "headings of every level": lambda k: "".join("#" * (1 + n % 6) + f" a{n}\n" for n in range(30 * k)),
    "hashes": lambda k: "# " + "#" * 100 * k + " a\n",
    "hashes and blanks": lambda k: "# " + "# " * 50 * k + "a\n",
    "underlined lines": lambda k: "a\n" * 20 * k + "===\n",
    "one paragraph": lambda k: "a line\n" * 50 * k,
    "one paragraph in a quote": lambda k: "> a line\n" * 30 * k,
    "one lazy paragraph": lambda k: "> a line\n" + "lazy\n" * 30 * k,
    "one lazy paragraph in a list": lambda k: "- a line\n" + "lazy\n" * 30 * k,
    "quotes and lists by turns": lambda k: "> a\n- b\n" * 15 * k,
    "blank lines": lambda k: "\n" * 200 * k,
    "lines of blanks": lambda k: "     \n" * 50 * k,
    "lines of tabs": lambda k: "\t\t\n" * 50 * k + "a\n",
    "blanks at the end of a line": lambda k: "a" + " " * 200 * k + "b\n",
    "blanks in a heading": lambda k: "# a" + " " * 60 * k + "b\n",
    "blanks in an underlined heading": lambda k: "a" + " " * 60 * k + "b\n" + "=" * 60 * k + " " * 60 * k + "a\n",
    "blanks in a bullet": lambda k: RESULTS + "- Loss: a" + " " * 60 * k + "b\n- c" + " " * 60 * k + "d\n",
    "blanks in a table": lambda k: "| a | b |\n|---|---|\n| a" + " " * 60 * k + "b\n" + " " * 60 * k + "c |\n",
    "blanks in a delimiter row": lambda k: "| a |\n|" + "-" * 60 * k + " " * 60 * k + "a\n",
    "blanks in a fence": lambda k: "```" + " " * 60 * k + "a\n" + "```" + " " * 60 * k + "a\n",
    "blanks in a rule": lambda k: "-" + " " * 60 * k + "-a\n" + "- " * 30 * k + "a\n",
    "blanks in a link": lambda k: "[a](" + " " * 60 * k + "b" + " " * 60 * k + "c)\n[a]:" + " " * 60 * k + "\n",
    "blanks in a tag": lambda k: "<a" + " " * 60 * k + "b" + " " * 60 * k + "=" + " " * 60 * k + "\n",
    "blanks in a tag of a paragraph": lambda k: "x <a" + " " * 60 * k + "b" + " " * 60 * k + "=" + " " * 60 * k + "\n",
    "blanks in a sentence": lambda k: "This model is a" + " " * 60 * k + "fine-tuned" + " \n" * 30 * k + "version\n",
    "blanks in the metadata": lambda k: front("a:" + " " * 60 * k + "b" + " " * 60 * k + "c\nd: e" + " " * 60 * k),
    "blanks in broken metadata": lambda k: front("a" + " " * 60 * k + "b\nc" + " " * 60 * k + ": d: e"),
    "blanks in a broken value": lambda k: front("a: b" + " " * 60 * k + "c: d" + " " * 60 * k + "e"),
    "blanks behind a broken value": lambda k: front("a: 'b' c" + " " * 60 * k + "d\ne: f"),
    "blanks in a fence of the metadata": lambda k: "---" + " " * 60 * k + "a\nlicense: mit\n---" + " " * 60 * k + "b\n",
    "blanks in a suppression": lambda k: "<!-- cardlint-disable" + " " * 60 * k + "a" + " " * 60 * k + "\n",
    "blanks in a template tag": lambda k: "{{" + " " * 60 * k + "a" + " " * 60 * k + "}\n",
    "indented code": lambda k: "    code\n" * 50 * k,
    "indented code, blank lines between": lambda k: "    code\n\n" * 25 * k,
    "carriage returns": lambda k: "a\r" * 100 * k,
    "carriage returns and line feeds by turns": lambda k: "\r\r\n\n\r" * 40 * k,
    "an alias bomb": lambda _: bomb(),
    "two alias bombs of one key": lambda _: bomb().replace("---\n#", "tags: *a39\ntags: *a38\n---\n#"),
    "an alias bomb of claims": claims_bomb,
    "a chain of anchors under one key": chain,
    "a Python object": lambda _: front("license: !!python/object/apply:os.system ['echo']"),
    "numbers without end": lambda _: front(
        "model-index:\n- name: a\n  results:\n  - metrics:\n    - type: accuracy\n      value: 1e999999999\n"
        "    - type: accuracy\n      value: -1e-999999999\n    - type: f1\n      value: 1e99999999999999999999",
        "It achieves the following results on the evaluation set:\n- Accuracy: 1e999999999\n- F1: 1e-999999999\n\n"
        "The following hyperparameters were used during training:\n- learning_rate: 1e999999999\n"
        "- train_batch_size: 1e999999999\n- gradient_accumulation_steps: 99999999999999999999\n"
        "- total_train_batch_size: 1e999999999\n- num_epochs: 1e999999999\n",
    ),
    "flow nesting": lambda k: front("a: " + "[" * 50 * k + "]" * 50 * k),
    "flow mappings": lambda k: front("a: " + "{a: " * 20 * k + "}" * 20 * k),
    "flow nesting that never ends": lambda k: front("[" * 50 * k),
    "block nesting": lambda k: front("\n".join(" " * n + "a:" for n in range(k))),
    "dashes nested": lambda k: front("- " * 20 * k + "a"),
    "question marks nested": lambda k: front("? " * 20 * k + "a"),
    "colons": lambda k: front("a: b: c\n" * 30 * k),
    "a quote that never closes": lambda k: front('a: "' + "word\n  " * 30 * k),
    "the same key": lambda k: front("license: mit\n" * 20 * k),
    "many keys": lambda k: front("\n".join(f"key{n}: value" for n in range(30 * k))),
    "many tags": lambda k: front("tags:\n" + "- tag\n" * 30 * k),
    "many languages": lambda k: front("language:\n" + "- no\n" * 30 * k),
    "many metrics": lambda k: front(
        "model-index:\n- name: a\n  results:\n  - metrics:\n" + "    - type: accuracy\n      value: 0.5\n" * 8 * k,
        RESULTS + "- Accuracy: 0.6\n",
    ),
    "many anchors": lambda k: front("\n".join(["a0: &a0 x", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 10 * k))])),
    "comments": lambda k: front("# comment\n" * 30 * k + "license: mit"),
    "hashes in a value": lambda k: front('a: "' + "# " * 50 * k + '"'),
    "a byte order mark on every line": lambda k: "\ufeff---\n" * 20 * k,
    "nulls": lambda k: "\0" * 100 * k,
    "surrogates": lambda k: front("a: " + "\udcff" * 50 * k, "\udcff" * 50 * k),
    "placeholders": lambda k: "## a\n\nMore information needed\n\n" * 10 * k,
    "placeholder bullets": lambda k: "- **a:** [More Information Needed]\n" * 10 * k,
    "suppressions": lambda k: "<!-- cardlint-disable-next-line metric-mismatch -->\n\ntext\n\n" * 10 * k,
    "suppressions in the metadata": lambda k: front("a: b # cardlint: ignore[metric-mismatch]\n" * 5 * k),
    "conflict markers": lambda k: "<<<<<<< a\n=======\n" * 20 * k,
    "template tags": lambda k: "{{ a " * 30 * k + "{% if " * 30 * k + "\n",
    "keys on one line": lambda k: "--- license: mit tags: - a " + "- b " * 30 * k + "--- # a ## b text\n",
    "a flattened card": lambda k: "--- license: mit --- # Name " + "## Part More information needed - a: 1 | " * 4 * k,
    "a flattened text below metadata": lambda k: "---\nlicense: mit\n---\n# Name" + " # T ## Part" * 12 * k,
    "a card that may be flattened": lambda k: "---\n" + " " * 40 * k + "x ## A" + "\n" * 40 * k,
    "joined keys": lambda k: "---\n" + "license: mit tags: - a " * 6 * k + "\n---\n",
    "joined lines": lambda k: "--- license: mit tags: - a ---\n\n" + "## Some title of many words\n\n" * 4 * k,
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


@pytest.mark.parametrize("k", [pytest.param(100, id="small"), pytest.param(1_000, id="large", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", CARDS)
def test_an_ordinary_result(name, k):
    source = Source("README.md", CARDS[name](k))
    card = parse(source)
    inspect(card)
    result = lint(card, ACTIVE, known=RULES)
    assert not result.bugs
    for finding in result.findings:
        assert 0 <= finding.span.start <= finding.span.end <= len(source.text)
        assert len(finding.message) < 2_000
