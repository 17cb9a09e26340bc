"""Links of every form: what they show, where they lead, and that both places are right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardlint import lint, read
from cardlint.card.card import parse
from cardlint.card.links.addresses import Repository, hub_repository, is_repository_id
from cardlint.card.links.links import find_links
from cardlint.card.links.slips import find_link_slips, may_have_slips
from cardlint.card.links.targets import find_fault
from cardlint.card.markdown.document import parse_markdown
from cardlint.vocabulary.renames import DATASETS, MODELS, current_dataset, current_model

CARD = """\
# [Owls](https://example.com/owls "a title") and gulls

Inline [`code` *here*](<a b.md> 'title'), an ![image](owl.png), a badge [![alt](badge.svg)](#use),
a [reference][one], a shortcut [one] and <https://example.com/a?b=c>, bare https://example.com/d(e). And (http://f.org/g).
`[code](no)` <a href='x.md' class="y">text *in* it</a> and <img alt="an owl" src="owl2.png">.

| a | [cell\\|s](b.md) |
|---|---|
| <b>c</b> | [d](e.md) |

<div><a href="f.md?a=1&amp;b=2"><b>bold</b>
text</a> <img src=g.png></div>

> - [quoted](h.md)

<!-- <a href="comment.md">no</a> -->

    [code](no.md)

[one]: https://example.com/one
"""


def links_of(text):
    card = parse(read(text.encode()))
    return card, card.links


def test_every_form_is_found_in_order():
    card, links = links_of(CARD)
    found = [(link.form, link.image, link.text, link.target) for link in links]
    assert found == [
        ("inline", False, "Owls", "https://example.com/owls"),
        ("inline", False, "code here", "a b.md"),
        ("inline", True, "image", "owl.png"),
        ("inline", False, "alt", "#use"),
        ("inline", True, "alt", "badge.svg"),
        ("reference", False, "reference", "https://example.com/one"),
        ("reference", False, "one", "https://example.com/one"),
        ("autolink", False, "https://example.com/a?b=c", "https://example.com/a?b=c"),
        ("autolink", False, "https://example.com/d(e)", "https://example.com/d(e)"),
        ("autolink", False, "http://f.org/g", "http://f.org/g"),
        ("html", False, "text in it", "x.md"),
        ("html", True, "an owl", "owl2.png"),
        ("inline", False, "cell|s", "b.md"),
        ("inline", False, "d", "e.md"),
        ("html", False, "bold text", "f.md?a=1&b=2"),
        ("html", True, "", "g.png"),
        ("inline", False, "quoted", "h.md"),
    ]
    assert card.links is links


def test_the_places_are_those_of_the_text_and_the_target():
    card, links = links_of(CARD)
    for link in links:
        assert link.span.covers(link.text_span)
        written = card.source.slice(link.target_span)
        if link.form == "reference":
            assert link.target_span == link.span
        else:
            assert written.replace("&amp;", "&") == link.target
        assert (
            card.source.slice(link.text_span) in {link.text, "`code` *here*", "![alt](badge.svg)"}
            or link.form == "html"
            or "\\|" in CARD
        )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_that_end_otherwise_change_no_link(newline):
    card, links = links_of(CARD.replace("\n", newline))
    assert [link.target for link in links] == [link.target for link in links_of(CARD)[1]]
    assert all(card.source.slice(link.target_span) in card.source.text for link in links)


def test_text_without_links_has_none():
    assert links_of("---\nlicense: mit\n---\n# Owls [1] and *gulls* < 3 http\n")[1] == ()


@given(st.text(alphabet="[]()<>!`\\ab \n#\"'=/:.hrefAimgtpsx|-&;", max_size=80))
def test_any_text_gives_links_that_lie_in_it(text):
    card, links = links_of(text)
    for link in links:
        for span in (link.span, link.text_span, link.target_span):
            assert 0 <= span.start <= span.end <= len(card.source.text)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://huggingface.co/coastlab/owls", Repository("model", "coastlab/owls")),
        ("http://www.huggingface.co/coastlab/owls/", Repository("model", "coastlab/owls")),
        ("//hf.co/coastlab/owls?a=b#c", Repository("model", "coastlab/owls")),
        ("huggingface.co/coastlab/owls", Repository("model", "coastlab/owls")),
        ("https://huggingface.co/coastlab/owls/tree/main", Repository("model", "coastlab/owls", "tree/main")),
        ("https://huggingface.co/datasets/coastlab/gulls", Repository("dataset", "coastlab/gulls")),
        ("https://huggingface.co/datasets/gulls", Repository("dataset", "gulls")),
        ("https://huggingface.co/datasets/gulls/blob/main/a.md", Repository("dataset", "gulls", "blob/main/a.md")),
        ("https://huggingface.co/spaces/coastlab/demo", Repository("space", "coastlab/demo")),
        ("https://huggingface.co/gpt2", Repository("model", "gpt2")),
        ("https://huggingface.co/gpt2/tree/main", Repository("model", "gpt2", "tree/main")),
        ("https://huggingface.co/coastlab", None),
        ("https://huggingface.co/docs/hub", None),
        ("https://huggingface.co/models?search=owls", None),
        ("https://huggingface.co/", None),
        ("https://huggingface.co//home/me/owls", None),
        ("https://huggingface.co/a/b/c", None),
        ("https://huggingface.co/spaces/demo", None),
        ("https://example.com/coastlab/owls", None),
        ("nothuggingface.co/coastlab/owls", None),
    ],
)
def test_addresses_on_the_hub(address, expected):
    assert hub_repository(address) == expected


@pytest.mark.parametrize("text", ["coastlab/owls", "a/b", "Coast-Lab/owls_v0.1"])
def test_ids(text):
    assert is_repository_id(text)


@pytest.mark.parametrize(
    "text", ["owls", "a/b/c", "./owls", "a/", "/b", "a/b--c", "a b/c", "a/b..c", "-a/b", "a/b.", "a//b"]
)
def test_no_ids(text):
    assert not is_repository_id(text)


def test_renamed_repositories_have_an_owner_and_their_name():
    assert all(is_repository_id(new) for new in (*MODELS.values(), *DATASETS.values()))
    assert all(new.rpartition("/")[2].lower() == old for old, new in MODELS.items())
    assert current_model("GPT2") == current_model("openai-community/gpt2")
    assert current_dataset("squad") == current_dataset("rajpurkar/squad") != current_dataset("squad_v2")
    assert current_model("coastlab/owls") == "coastlab/owls"


@pytest.mark.parametrize(
    ("part", "count"),
    [("<a href=x> ", 4_000), ("<pre <a href=x> ", 4_000), ("<a \" ' ", 4_000), ("<img src=a alt= ", 4_000)],
)
@pytest.mark.parametrize("before", ["<div>\n", "x "])
def test_tags_that_never_end_are_links_that_lie_in_the_text(part, count, before):
    card, links = links_of(before + part * count + "\n")
    assert all(link.span.end <= len(card.source.text) for link in links)


def test_a_letter_that_grows_in_lower_case_moves_nothing():
    card, links = links_of('<div>\n\u0130\u0130\u0130 <pre> </pre><a href="x.md">text</a>\n</div>\n')
    assert [(card.source.slice(link.target_span), link.text) for link in links] == [("x.md", "text")]


def dead_links(text):
    return [finding for finding in lint(parse(read(text.encode()))).findings if finding.rule.name == "dead-link"]


# tags and attributes in letters of any case, alone in a card: no other link leads a reader to look for them
ANY_CASE = [
    '<a href="#nowhere">x</a>',
    '<a HREF="#nowhere">x</a>',
    '<A Href="#nowhere">x</A>',
    "<A hReF = #nowhere>x</A>",
    '<IMG Src="">',
    '<P>\n<A Href="#nowhere">x</A>\n</P>',
    'See <Img sRc="">.',
]


@pytest.mark.parametrize("text", ANY_CASE)
def test_names_of_attributes_are_read_in_any_case(text):
    assert len(dead_links(f"# Owls\n\n{text}\n")) == 1


@pytest.mark.parametrize("text", ANY_CASE)
def test_links_are_found_by_attributes_in_any_case(text):
    assert len(links_of(f"# Owls\n\n{text}\n")[1]) == 1


@pytest.mark.parametrize(
    "anchor", ['<a id="tides"></a>', '<A Id="tides"></A>', "<a NAME=tides>x</a>", "<H2>Tides</H2>"]
)
def test_anchors_are_read_in_any_case(anchor):
    assert dead_links(f"# Owls\n\n[tides](#tides)\n\n{anchor}\n") == []


def test_a_bare_address_is_read_in_any_case():
    assert [link.target for link in links_of("See HTTPS://example.com/a.\n")[1]] == ["HTTPS://example.com/a"]


TEXTS = st.from_regex(r"[a-z][a-z ]{0,20}[a-z]", fullmatch=True)
ADDRESSES = st.from_regex(r"https?://[a-z]{1,8}\.org(/[a-z0-9]{1,6}){0,3}(/\([a-z]{1,3}\))?", fullmatch=True)
SLIPS = ["[{}] ({})", "[{}]  ( {} )", "({})[{}]", "[{}][{}]", "[{}]（{}）", "[{}]({}"]


@given(st.sampled_from(SLIPS), TEXTS, ADDRESSES, st.sampled_from(["", "See ", "- ", "> ", "## ", "见"]))
def test_a_slip_is_found_and_its_correction_is_the_link_that_was_meant(slip, text, address, before):
    document = parse_markdown(read(f"{before}{slip.format(text, address)}\n".encode()))
    (found,) = find_link_slips(document)
    assert may_have_slips(document.source.text)
    corrected = links_of(f"{before}{found.correct}\n")[1]
    assert [(link.text, link.target, link.form) for link in corrected] == [(text, address, "inline")]
    assert not list(find_link_slips(parse_markdown(read(f"{before}{found.correct}\n".encode()))))


@given(st.text(alphabet="[]()（）!\\ a\n\"'https://.", max_size=60))
def test_a_link_that_markdown_reads_is_no_slip(text):
    document = parse_markdown(read(text.encode()))
    slips = list(find_link_slips(document))
    assert not slips or may_have_slips(text)
    links = [link for link in find_links(document) if link.form == "inline"]
    assert not any(slip.span.overlaps(link.span) for slip in slips for link in links if slip.correct)


@pytest.mark.parametrize("part", ["[aa](https://", "[aa] (https://a(", "(aa)[https://a", "[a", "(", "![aa]（http"])
def test_slips_without_an_end_are_searched_in_time(part):
    document = parse_markdown(read((part * 4_000 + "\n").encode()))
    assert all(slip.span.end <= len(document.source.text) for slip in find_link_slips(document))


def slip_of(word, kind, at, letter):
    if kind == "missing":
        return word[:at] + word[at + 1 :]
    if kind == "swapped":
        return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    return word[:at] + letter + word[at + (kind == "replaced") :]


@given(
    st.sampled_from(["http", "https"]),
    st.sampled_from(["missing", "swapped", "added", "replaced"]),
    st.integers(0, 3),
    st.sampled_from("abgjyuz"),
)
def test_one_slip_in_a_scheme_is_found(scheme, kind, at, letter):
    written = slip_of(scheme, kind, at, letter)
    fault = find_fault(links_of(f"[a]({written}://example.org/b)\n")[1][0])
    if written in ("http", "https"):
        assert fault is None
    else:
        assert fault.correct.partition("s:")[0].partition(":")[0] == "http"
        assert fault.correct.endswith("://example.org/b")
