"""Dashes of list items without a blank: the blanks come back, and dashes that belong to a text are left alone."""

from hypothesis import given
from hypothesis import strategies as st

from cardlint.card.card import parse
from cardlint.card.yaml.dashes import blanks_behind, find_joined_dashes
from cardlint.fixing.edits import apply
from cardlint.source import read

words = st.from_regex(r"[a-z]{2,8}(?:-[a-z]{2,8})?", fullmatch=True)
items = st.lists(words, min_size=1, max_size=5)


def of(yaml):
    return parse(read(f"---\n{yaml}\nlicense: mit\n---\n\n# Lamp\n".encode()))


def block(key, texts, indent, dash):
    return "\n".join([f"{key}:", *(f"{indent}{dash}{text}" for text in texts)])


@given(items, st.sampled_from(["", "  "]), st.sampled_from(["tags", "datasets", "metrics"]))
def test_the_blanks_of_a_list_come_back(texts, indent, key):
    card, whole = of(block(key, texts, indent, "-")), of(block(key, texts, indent, "- "))
    dashes = find_joined_dashes(card.metadata)
    assert len(dashes) == len(texts)
    assert apply(card.source.text, blanks_behind(card.metadata, dashes)) == whole.source.text


@given(items, st.sampled_from(["", "  "]))
def test_examples_keep_their_keys(texts, indent):
    lines = [f"{indent}-text: {text}\n{indent} example_title: {text}" for text in texts]
    card = of("widget:\n" + "\n".join(lines))
    fixed = apply(card.source.text, blanks_behind(card.metadata, find_joined_dashes(card.metadata)))
    again = parse(read(fixed.encode()))
    assert [item.get("text").text for item in again.metadata.get("widget").items] == texts
    assert [item.get("example_title").text for item in again.metadata.get("widget").items] == texts


@given(items, st.sampled_from(["", "  "]))
def test_dashes_of_a_text_are_left_alone(texts, indent):
    for yaml in (
        block("tags", texts, indent, "- -"),
        "description: |\n" + "\n".join(f"  -{text}" for text in texts),
        "description: lamp\n" + "\n".join(f"  -{text}" for text in texts),
    ):
        assert find_joined_dashes(of(yaml).metadata) == ()
