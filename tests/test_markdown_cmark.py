"""The Markdown tree against source positions of cmark, block by block: it is the judge of what is a block and where."""

import random
import re
from collections import Counter

import pytest
from extras import require
from real_cards import needs_archive, sample

from cardlint.card.frontmatter import HUB_BLOCK
from cardlint.card.markdown import tree
from cardlint.card.markdown.document import parse_markdown
from cardlint.source import Source

cmark = require("cmarkgfm.cmark", "test")

KINDS = {
    tree.Heading: "heading",
    tree.Table: "table",
    tree.CodeBlock: "code_block",
    tree.ListItem: "list_item",
    tree.BlockQuote: "block_quote",
}
TAGS = {"table": "table", "pre": "code_block", "li": "list_item", "blockquote": "block_quote"}
OPTIONS = cmark.Options.CMARK_OPT_SOURCEPOS | cmark.Options.CMARK_OPT_FOOTNOTES
ELEMENT = re.compile(r'<(h[1-6]|table|pre|li|blockquote)\b[^>\n]*? ?data-sourcepos="(\d+):\d+-(\d+):\d+"')
DELIMITER_ROW = re.compile(r"^[ >\t*+\-\d.)]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-*:?[ \t]*)*$")


def by_cmark(text):
    """(kind, first line) of every block as cmark has it."""
    html = cmark.markdown_to_html_with_extensions(text, OPTIONS, ["table", "strikethrough", "tasklist"])
    lines = text.split("\n")
    for tag, first, last in ELEMENT.findall(html):
        line = int(first)
        if tag == "table":
            # cmark says where the paragraph begins that the table interrupts; the header is the line above the dashes
            line = next((i for i in range(line, int(last)) if DELIMITER_ROW.match(lines[i])), line)
        yield TAGS.get(tag, "heading"), line


def by_us(text):
    source = Source("card.md", text)
    for block in parse_markdown(source).walk():
        kind = KINDS.get(type(block))
        if kind:
            yield kind, source.position(block.span.start).line


def compare(texts):
    """F1 by kind over all texts."""
    hits, ours, theirs = Counter(), Counter(), Counter()
    for text in texts:
        one, other = Counter(by_us(text)), Counter(by_cmark(text))
        for counter, found in ((hits, one & other), (ours, one), (theirs, other)):
            for (kind, _), count in found.items():
                counter[kind] += count
    return {kind: 2 * hits[kind] / (ours[kind] + theirs[kind]) for kind in ours | theirs}


# Shapes that block parsers get wrong, each in words of our own.
SHAPES = [
    "Title\n=====\n\nSub\n---\n",
    "# a\n## b ##\n####### seven\n#no\n    # code\n",
    "text\n    not code\n\n    code\n\n     \n\n    more\n",
    "```py\n# no heading\n```\n~~~\n```\n~~~\n",
    "```\nnever closed\n# no heading\n",
    "- a\n\n  b\n- c\n  - d\n\n    e\n1. x\n2. y\n3) z\n",
    "- \n  late\n-\n\n  apart\n",
    "> a\n> > b\n> c\nlazy\n\n> - d\n>   e\n",
    "> q\n- a\n# H\n",
    "- > q\n  r\n- ```\n  code\n  ```\n",
    "* a\n* * *\n+ b\n",
    "a | b\n- | -\n1 | 2\n",
    "| a | b |\n|---|:-:|\n| 1 | 2 | \n| 3 \\| x | 4\n|\n| not a row |\n",
    "text right above\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "- item\n| a |\n| - |\n| lazy, no table |\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n> quote ends it\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n</div>\nstill html\n\n# back\n",
    "| a | b |\n|---|---|---|\n| no table |\n",
    "<div>\n# no heading\n\n# heading\n</div>\n",
    "<PRE>\n\n# no heading\n</PRE>\n# heading\n",
    "<!-- comment\n\n# no heading\n-->\n# heading\n",
    "10. ten\n\n    inside\n\n   outside\n",
    "-\ta\n\n\tb\n",
    "[x]: http://a.example\n# heading\n[x]\n",
    "1. a\n   ```\n   b\n   ```\n   | c |\n   |---|\n   | d |\n",
    "[^1]: note\n\n    more\n\ntext[^1]\n",
]


@pytest.mark.parametrize("text", SHAPES)
def test_shapes(text):
    assert Counter(by_us(text)) == Counter(by_cmark(text))


def _bodies(cards):
    for _, data in cards:
        text = data.decode("utf-8", "replace").lstrip("\ufeff")
        text = re.sub(r"\r\r\n|\r\n|\r", "\n", text)
        match = HUB_BLOCK.match(text)
        yield text[match.end() :] if match else text


@needs_archive
def test_corpus():
    scores = compare(_bodies(sample(600, seed=20, folder="cards/real/")))
    assert set(scores) == set(KINDS.values())
    assert min(scores.values()) >= 0.995, scores


PIECES = [
    "# ",
    "## ",
    "- ",
    "* ",
    "1. ",
    "> ",
    "    ",
    "  ",
    "\t",
    "```",
    "~~~",
    "a",
    "b c",
    "---",
    "|",
    "| a |",
    "|---|",
]


def test_random_mixtures_of_markers():
    """Texts that nobody writes: nearly all of them are read alike, too."""
    chance = random.Random(3)
    different = 0
    for _ in range(1000):
        lines = ("".join(chance.choices(PIECES, k=chance.randint(0, 4))) for _ in range(chance.randint(0, 8)))
        text = "\n".join(lines)
        different += Counter(by_us(text)) != Counter(by_cmark(text))
    assert different <= 20
