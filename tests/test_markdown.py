"""Every block and inline element with exactly the text that it stands on, and what must hold of any text."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cardlint.card.markdown import inline, tree
from cardlint.card.markdown.document import parse_markdown
from cardlint.source import Source, Span


def parse(text):
    return parse_markdown(Source("a.md", text))


def blocks(text):
    """Kind and text of every block, parents first."""
    source = Source("a.md", text)
    return [(type(block).__name__, source.slice(block.span)) for block in parse_markdown(source).walk()]


def inlines(text):
    """Kind and text of every inline element of a text that is one paragraph."""
    source = Source("a.md", text)
    document = parse_markdown(source)
    elements = document.inlines(document.blocks[0].content)
    return [(type(one).__name__, source.slice(one.span)) for element in elements for one in element.walk()]


BLOCKS = {
    "a paragraph": ("  a\n   b  \n\nc", [("Paragraph", "a\n   b"), ("Paragraph", "c")]),
    "headings": (
        "# a\n  ## b ##\n#\n####### c",
        [("Heading", "# a"), ("Heading", "## b ##"), ("Heading", "#"), ("Paragraph", "####### c")],
    ),
    "underlined": ("a\nb\n===\nc\n  ---\n", [("Heading", "a\nb\n==="), ("Heading", "c\n  ---")]),
    "a rule": ("***\n - - -\n", [("ThematicBreak", "***"), ("ThematicBreak", "- - -")]),
    "lists": (
        "- a\n  - b\n\n    c\n1. d\n",
        [
            ("List", "- a\n  - b\n\n    c"),
            ("ListItem", "- a\n  - b\n\n    c"),
            ("Paragraph", "a"),
            ("List", "- b\n\n    c"),
            ("ListItem", "- b\n\n    c"),
            ("Paragraph", "b"),
            ("Paragraph", "c"),
            ("List", "1. d"),
            ("ListItem", "1. d"),
            ("Paragraph", "d"),
        ],
    ),
    "empty items": (
        "-\n- a\n-   \n",
        [("List", "-\n- a\n-"), ("ListItem", "-"), ("ListItem", "- a"), ("Paragraph", "a"), ("ListItem", "-")],
    ),
    "an item whose text begins below": (
        "-\n  a\n",
        [("List", "-\n  a"), ("ListItem", "-\n  a"), ("Paragraph", "a")],
    ),
    "lists in quotes": (
        "> - a\n>   b\n>\n> > c\n",
        [
            ("BlockQuote", "> - a\n>   b\n>\n> > c"),
            ("List", "- a\n>   b"),
            ("ListItem", "- a\n>   b"),
            ("Paragraph", "a\n>   b"),
            ("BlockQuote", "> c"),
            ("Paragraph", "c"),
        ],
    ),
    "a list that ends a quote": (
        "> a\n- b\n",
        [("BlockQuote", "> a"), ("Paragraph", "a"), ("List", "- b"), ("ListItem", "- b"), ("Paragraph", "b")],
    ),
    "a paragraph, a quote and a list that cannot end a paragraph": (
        "a\n> b\n2. c\n",
        [
            ("Paragraph", "a"),
            ("BlockQuote", "> b"),
            ("Paragraph", "b"),
            ("List", "2. c"),
            ("ListItem", "2. c"),
            ("Paragraph", "c"),
        ],
    ),
    "a quote goes on lazily": ("> a\nb\n\nc", [("BlockQuote", "> a\nb"), ("Paragraph", "a\nb"), ("Paragraph", "c")]),
    "a quote with code in it": (
        "> ```\n> a\n> ```\n",
        [("BlockQuote", "> ```\n> a\n> ```"), ("CodeBlock", "```\n> a\n> ```")],
    ),
    "tabs": (
        "-\ta\n\n\tb\n",
        [("List", "-\ta\n\n\tb"), ("ListItem", "-\ta\n\n\tb"), ("Paragraph", "a"), ("Paragraph", "b")],
    ),
    "line ends of Windows": (
        "# a\r\n\r\n- b\r\n  c\r\n",
        [("Heading", "# a"), ("List", "- b\r\n  c"), ("ListItem", "- b\r\n  c"), ("Paragraph", "b\r\n  c")],
    ),
    "lone carriage returns": ("# a\rb\r\rc", [("Heading", "# a"), ("Paragraph", "b"), ("Paragraph", "c")]),
    "two carriage returns": ("# a\r\r\nb\r\r\nc", [("Heading", "# a"), ("Paragraph", "b\r\r\nc")]),
    "a byte order mark": ("\ufeff# a\n", [("Heading", "# a")]),
    "a table": (
        "a | b\n--|--\n1 \\| 2 | `3 \\| 4` \n\nc",
        [
            ("Table", "a | b\n--|--\n1 \\| 2 | `3 \\| 4`"),
            ("Row", "a | b"),
            ("Row", "1 \\| 2 | `3 \\| 4`"),
            ("Paragraph", "c"),
        ],
    ),
    "a table below a text": (
        "a\n| b |\n|---|\n| c\n",
        [("Paragraph", "a"), ("Table", "| b |\n|---|\n| c"), ("Row", "| b |"), ("Row", "| c")],
    ),
    "tasks": (
        "- [ ] a\n- [x] b\n",
        [
            ("List", "- [ ] a\n- [x] b"),
            ("ListItem", "- [ ] a"),
            ("Paragraph", "a"),
            ("ListItem", "- [x] b"),
            ("Paragraph", "b"),
        ],
    ),
    "a footnote": (
        "a[^1]\n\n[^1]: b\n\n    c\n",
        [("Paragraph", "a[^1]"), ("Footnote", "[^1]: b\n\n    c"), ("Paragraph", "b"), ("Paragraph", "c")],
    ),
    "formulas": (
        "$$\na\n$$\n$$b$$\n\n$$ c\n",
        [("Math", "$$\na\n$$"), ("Math", "$$b$$"), ("Paragraph", "$$ c")],
    ),
    "a formula that never ends": ("$$\na\n", [("Paragraph", "$$\na")]),
    "raw HTML": (
        "<div>\na\n\nb\n<!-- c\n\nd -->\ne",
        [("Html", "<div>\na"), ("Paragraph", "b"), ("Html", "<!-- c\n\nd -->"), ("Paragraph", "e")],
    ),
    "indented code": ("    a\n\n      b\n\nc", [("CodeBlock", "a\n\n      b"), ("Paragraph", "c")]),
    "code indented by a tab": ("\ta\n", [("CodeBlock", "a")]),
    "fenced code": (
        "  ```py x\n  a\n   b\n  ```  \n~~~\nc\n",
        [("CodeBlock", "```py x\n  a\n   b\n  ```"), ("CodeBlock", "~~~\nc")],
    ),
    "a definition is no block": ("[a]: b\nc", [("Paragraph", "c")]),
    "nothing": (" \n\t\n", []),
}  # fmt: skip


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks(name):
    text, expected = BLOCKS[name]
    assert blocks(text) == expected


INLINES = {
    "plain": ("a b", [("Text", "a b")]),
    "emphasis": (
        "a *b **c** d* e",
        [
            ("Text", "a "),
            ("Emphasis", "*b **c** d*"),
            ("Text", "b "),
            ("Strong", "**c**"),
            ("Text", "c"),
            ("Text", " d"),
            ("Text", " e"),
        ],
    ),
    "strong in emphasis": ("***a***", [("Emphasis", "***a***"), ("Strong", "**a**"), ("Text", "a")]),
    "no emphasis": ("a_b_c 2 * 3", [("Text", "a_b_c 2 * 3")]),
    "code": ("`` a`b `` `c", [("CodeSpan", "`` a`b ``"), ("Text", " `c")]),
    "a link": (
        '[a *b*](c "d")!',
        [("Link", '[a *b*](c "d")'), ("Text", "a "), ("Emphasis", "*b*"), ("Text", "b"), ("Text", "!")],
    ),
    "links by reference": (
        "[a][b] [B] [b][] [c]\n\n[b]: d",
        [
            ("Link", "[a][b]"),
            ("Text", "a"),
            ("Text", " "),
            ("Link", "[B]"),
            ("Text", "B"),
            ("Text", " "),
            ("Link", "[b][]"),
            ("Text", "b"),
            ("Text", " [c]"),
        ],
    ),
    "brackets around a link": ("[[a](b)]", [("Text", "["), ("Link", "[a](b)"), ("Text", "a"), ("Text", "]")]),
    "a reference in brackets": ("[[b]]\n\n[b]: d", [("Text", "["), ("Link", "[b]"), ("Text", "b"), ("Text", "]")]),
    "an image in a link": ("[![a](b)](c)", [("Link", "[![a](b)](c)"), ("Image", "![a](b)"), ("Text", "a")]),
    "a link in an image by reference": (
        "![[b]][b]\n\n[b]: d",
        [("Image", "![[b]][b]"), ("Link", "[b]"), ("Text", "b")],
    ),
    "autolinks": (
        "<http://a.b> <c@d.e>",
        [("Link", "<http://a.b>"), ("Text", "http://a.b"), ("Text", " "), ("Link", "<c@d.e>"), ("Text", "c@d.e")],
    ),
    "escapes": ("\\*a\\\\ \\b", [("Text", "\\*"), ("Text", "a"), ("Text", "\\\\"), ("Text", " \\b")]),
    "references to characters": ("a &amp; b", [("Text", "a &amp; b")]),
    "struck out": ("~~a *b*~~", [("Strikethrough", "~~a *b*~~"), ("Text", "a "), ("Emphasis", "*b*"), ("Text", "b")]),
    "HTML": ("a <b c='d'>e</b>", [("Text", "a "), ("InlineHtml", "<b c='d'>"), ("Text", "e"), ("InlineHtml", "</b>")]),
    "formulas": ("$a_b$ and $$c$$", [("InlineMath", "$a_b$"), ("Text", " and "), ("InlineMath", "$$c$$")]),
    "an empty formula": ("a $$$$ b", [("Text", "a "), ("InlineMath", "$$$$"), ("Text", " b")]),
    "footnotes": ("a[^1]", [("Text", "a"), ("FootnoteReference", "[^1]")]),
    "breaks": (
        "a  \nb\\\nc\nd",
        [("Text", "a"), ("LineBreak", "  \n"), ("Text", "b"),
         ("LineBreak", "\\\n"), ("Text", "c"), ("LineBreak", "\n"), ("Text", "d")],
    ),
    "breaks of Windows": (
        "*a\r\n  b*",
        [("Emphasis", "*a\r\n  b*"), ("Text", "a"), ("LineBreak", "\r"), ("Text", "b")],
    ),
    "beyond the basic plane": ("🙂 *界*", [("Text", "🙂 "), ("Emphasis", "*界*"), ("Text", "界")]),
}  # fmt: skip


@pytest.mark.parametrize("name", INLINES)
def test_inlines(name):
    text, expected = INLINES[name]
    assert inlines(text) == expected


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("# a ##", "a"),
        ("#  a #b", "a #b"),
        ("#", ""),
        ("# #", ""),
        ("a\n  b\n==", "a\nb"),
        ("  a\n\tb", "a\nb"),
        ("> a\n> b", "a\nb"),
        ("    a\n     b\n\n\tc", "a\n b\n\nc"),
        ("```\n  a\n\n```", "  a\n"),
        ("  ```\n    a\n b\n  ```", "  a\nb"),
        ("```\n```", ""),
        ("```\na\r\nb\r\n```", "a\nb"),
        ("- ```\n  a\n  ```", "a"),
        ("$$\na\n$$", "a"),
        ("<!-- a -->", "<!-- a -->"),
    ],
)
def test_contents(text, content):
    block = next(block for block in parse(text).walk() if not block.children)
    assert block.content.text == content


@pytest.mark.parametrize(
    ("text", "level", "style"),
    [("### a", 3, "atx"), ("a\n=", 1, "setext"), ("a\n-", 2, "setext"), ("######", 6, "atx")],
)
def test_headings(text, level, style):
    heading = parse(text).blocks[0]
    assert (heading.level, heading.style) == (level, style)


@pytest.mark.parametrize(
    ("text", "info", "language", "fenced", "closed"),
    [
        ("```py x=1\n```", "py x=1", "py", True, True),
        ("```\na\n", "", "", True, False),
        ("```\na\n``\n", "", "", True, False),
        ("````\n```\n````", "", "", True, True),
        ("~~~ a`b\n~~~~~", "a`b", "a`b", True, True),
        ("```", "", "", True, False),
        ("> ```\n> a\n\nb", "", "", True, False),
        ("- ```\n  a\n- b", "", "", True, False),
        ("    a", "", "", False, True),
    ],
)
def test_code(text, info, language, fenced, closed):
    code = next(block for block in parse(text).walk() if isinstance(block, tree.CodeBlock))
    assert (code.info, code.language, code.fenced, code.closed) == (info, language, fenced, closed)


@pytest.mark.parametrize(
    ("text", "start", "tight", "markers", "checked"),
    [
        ("- a\n- b", None, True, ["-", "-"], [None, None]),
        ("* a\n\n* b", None, False, ["*", "*"], [None, None]),
        ("3. a\n9. b", 3, True, ["3.", "9."], [None, None]),
        ("1) a", 1, True, ["1)"], [None]),
        ("- [ ] a\n- [X] b\n- [x]c", None, True, ["-", "-", "-"], [False, True, None]),
    ],
)
def test_lists(text, start, tight, markers, checked):
    block = parse(text).blocks[0]
    assert (block.start, block.tight) == (start, tight)
    assert [item.marker for item in block.items] == markers
    assert [item.checked for item in block.items] == checked


def test_a_table():
    text = "| a | b \\| c |  |\n|:--|:-:|--:|\n|  1|\n| `x \\| y` | 2 | 3 | 4 |\n"
    source = Source("a.md", text)
    table = parse_markdown(source).blocks[0]
    assert table.alignments == ("left", "center", "right")
    assert [source.slice(cell.span) for cell in table.header.cells] == ["a", "b \\| c", ""]
    assert [cell.content.text for cell in table.header.cells] == ["a", "b | c", ""]
    assert [[cell.content.text for cell in row.cells] for row in table.rows] == [["1"], ["`x | y`", "2", "3", "4"]]
    content = table.rows[1].cells[0].content
    assert source.slice(content.span(3, 4)) == "|"
    assert source.slice(content.span()) == "`x \\| y`"
    assert source.slice(content.span(5, 6)) == "y"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**a** `b` [c](d) ![e](f)", "a b c e"),
        ("a\nb  \nc", "a b\nc"),
        ("\\*a\\* &lt; &#35;", "*a* < #"),
        ("<b>a</b> $x$ ~~y~~ z[^1]", "a x y z"),
    ],
)
def test_what_a_reader_sees(text, plain):
    document = parse(text)
    assert document.plain(document.blocks[0].content) == plain


@pytest.mark.parametrize(
    ("text", "target", "title"),
    [
        ("[a](b)", "b", ""),
        ('[a](<b c> "d \\" e")', "b%20c", 'd " e'),
        ("[a]( )", "", ""),
        ("[a](b\\)c)", "b)c", ""),
        ("[a][b]\n\n[B]: c 'd'", "c", "d"),
        ("<http://a.b/c?d=e>", "http://a.b/c?d=e", ""),
        ("<a@b.c>", "mailto:a@b.c", ""),
        ("![a](b)", "b", ""),
    ],
)
def test_targets(text, target, title):
    document = parse(text)
    element = document.inlines(document.blocks[0].content)[0]
    assert (element.target, element.title) == (target, title)


def test_a_text_from_some_line_on_and_without_a_part():
    text = "# a\n# b\n# c\n# d\n"
    source = Source("a.md", text)
    document = parse_markdown(source, 1, Span(8, 11))
    assert [source.slice(block.span) for block in document.blocks] == ["# b", "# d"]


def test_a_content_leads_back():
    text = "> a\n>   bc\n"
    content = parse(text).blocks[0].blocks[0].content
    assert content.text == "a\nbc"
    assert [text[content.offset(index)] for index in range(4)] == ["a", "\n", "b", "c"]
    assert text[slice(content.span(2, 4).start, content.span(2, 4).end)] == "bc"
    assert content.span(2, 2) == Span(8, 8)
    assert content.offset(4) == 10


PIECES = [
    "a", "b c", "# ", "## ", "- ", "* ", "1. ", "2) ", "> ", "    ", "  ", "\t", "```", "~~~", "---", "===", "|",
    "| a | b |", "|---|---|", "\n", "\n", "\n\n", "\r\n", "\r", "[x]", "[x]: y", "[^1]: ", "[^1]", "![i](j)",
    '[l](m "t")', "<b>", "<!-- c -->", "<div>", "*", "**", "_", "~~", "`", "``", "$x$", "$$", "\\", "\\|", "&amp;",
    "<http://a.b>", "[ ] ", "[x] ", "é", "🙂", "(", ")", "[", "]", "!", '"', "  \n", "\\*", "<a@b.c>",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.text(st.sampled_from("ab \n\t#-*+_>|`~[]()!<>$\\&;:1.\r\"'=^")),
    st.text(),
)


# What these hold is no Markdown.
VERBATIM = tree.CodeBlock | tree.Html | tree.Math


def in_order(spans, start, end):
    """Whether spans lie between `start` and `end`, each behind the one before it."""
    edges = [start, *(edge for span in spans for edge in (span.start, span.end)), end]
    return edges == sorted(edges)


def contents(document):
    for block in document.walk():
        if isinstance(block, tree.Row):
            yield from ((cell, cell.content) for cell in block.cells)
        elif hasattr(block, "content"):
            yield block, block.content


@given(TEXTS)
@example("para\n> quote\n2. item\n")
@example("> a\n- b\n> c\n- d\n")
@example("- \t\t<div>\r\n")
@example("[^1]: - > a\n\n        b\n")
def test_blocks_lie_in_order_inside_their_parents(text):
    document = parse(text)
    assert in_order([block.span for block in document.blocks], 0, len(text))
    for block in document.walk():
        assert in_order([child.span for child in block.children], block.span.start, block.span.end)
        if isinstance(block, tree.Row):
            assert in_order([cell.span for cell in block.cells], block.span.start, block.span.end)


@given(TEXTS)
@example("- \t\t<div>\r\n")
@example("- a\n\n\t\t code\n")
def test_every_character_of_a_content_is_one_of_the_text(text):
    for holder, content in contents(parse(text)):
        span = content.span()
        # indented code begins at its fifth column, and the block at the first character that is to be seen
        if content.text and not (
            isinstance(holder, tree.CodeBlock) and not text[span.start : holder.span.start].strip()
        ):
            assert holder.span.covers(span)
        for index, character in enumerate(content.text):
            there = text[content.offset(index)]
            # a tab in front of code in a container stands for the blanks that are left of it
            assert there == character or there + character in {"\r\n", "\t "}


@given(TEXTS)
@example("a $$$$ b")
@example("![[b]][b]\n\n[b]: c")
@example("\\b c[^1]: \n(<!-- c -->$$$$[l](m)")
def test_inline_elements_tile_their_content(text):
    document = parse(text)
    for holder, content in contents(document):
        if isinstance(holder, VERBATIM):
            continue
        elements = document.inlines(content)
        end = content.span().start
        for element in elements:
            # what lies between is the beginning of a line in a container
            assert not text[end : element.span.start].strip(" \t\r\n>")
            assert end <= element.span.start <= element.span.end
            end = element.span.end
            for one in element.walk():
                assert in_order([child.span for child in one.children], one.span.start, one.span.end)
        assert not content.text.strip() or not text[end : content.span().end].strip(" \t\r\n>")


PIECES = st.lists(
    st.sampled_from(
        [
            *("a", "b c", " ", "  ", "\n", "\\", "!", "[", "]", "(", ")", "](", "_", "*", "`", "~", "<", ">", "&", ";"),
            *("[a](b)", "[a b](https://a.example/b_c?d=e#f)", "[^a](b)", "![a](b)", "[a]( b )", "[](b)", "[a](b 'c')"),
            *(
                "**a**",
                "**a b:**",
                "`a`",
                "`a b`",
                "**1. a**",
                "[ a](b)",
                "[a_](b)",
                "http://a.example",
                "$",
                "1",
                "é",
                "[a](é)",
                "[a](%20)",
                "[a]()",
                ":",
                '"',
                "^",
            ),
        ]
    ),
    max_size=8,
).map("".join)


@given(PIECES)
@example("a\n[b](c)d")
def test_what_is_read_without_mistune_is_what_mistune_reads(text):
    content = tree.Content(text, 7)
    simple = inline.parse_simple(content)
    if simple is not None and inline.has_markup(text):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(inline, "parse_simple", lambda _: None)
            assert simple == inline.parse_inline(content)


MARKERS = {
    tree.CodeSpan: r"`.*`",
    tree.InlineMath: r"\$.*\$",
    tree.Emphasis: r"\*.+\*|_.+_",
    tree.Strong: r"\*\*.+\*\*|__.+__",
    tree.Strikethrough: "~~.+~~",
    tree.Link: r"\[.*[\])]|<.*>",
    tree.Image: r"!\[.*[\])]",
    tree.InlineHtml: "<.*>",
    tree.FootnoteReference: r"\[\^.*\]",
}


@given(TEXTS)
def test_an_inline_element_begins_and_ends_with_its_markers(text):
    document = parse(text)
    for holder, content in contents(document):
        if isinstance(holder, VERBATIM):
            continue
        for element in document.inlines(content):
            for one in element.walk():
                if type(one) in MARKERS:
                    shown = text[one.span.start : one.span.end]
                    assert re.fullmatch(MARKERS[type(one)], shown, re.DOTALL), one


@given(TEXTS, st.sampled_from(["\r\n", "\r", "\r\r\n"]))
def test_line_ends_make_no_difference(text, end):
    regular = re.sub("\r\r\n|\r\n|\r", "\n", text)

    def outline(text):
        source = Source("a.md", text)
        return [
            (type(block), source.position(block.span.start), source.position(block.span.end))
            for block in parse_markdown(source).walk()
        ]

    assert outline(regular.replace("\n", end)) == outline(regular)


# What `card/markdown` uses of mistune without being promised it: the reason for the narrow range in pyproject.toml.
PRIVATE_OF_MISTUNE = {"_parse_indent_code_fast", "_methods"}


def test_the_private_names_of_mistune_that_are_used_are_these():
    import ast
    from pathlib import Path

    import cardlint
    from cardlint.card.markdown.blocks import BlockParser

    used, own = set(), set()
    for path in (Path(cardlint.__file__).parent / "card" / "markdown").glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                own.add(node.name)
            elif isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
                (own if isinstance(node.ctx, ast.Store) else used).add(node.attr)
    assert used - own == PRIVATE_OF_MISTUNE
    assert all(hasattr(BlockParser(), name) for name in PRIVATE_OF_MISTUNE)
