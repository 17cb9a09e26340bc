"""Garbled text, invisible characters and the braces of BibTeX: properties of texts of any language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardlint.card.markdown.document import parse_markdown
from cardlint.card.text.bibtex import find_broken_entries
from cardlint.card.text.mojibake import find_garbled
from cardlint.registry import load_rules
from cardlint.source import read
from cardlint.testing import apply_fixes, check_rule

RULES = load_rules()


def garble(text):
    """Read the bytes of UTF-8 as Windows-1252, as Python, browsers and editors do."""
    return "".join(
        bytes((byte,)).decode("cp1252") if byte not in b"\x81\x8d\x8f\x90\x9d" else chr(byte) for byte in text.encode()
    )


def fixed(garbled):
    (finding,) = check_rule(RULES["mojibake"], garbled)
    text = apply_fixes(read(garbled.encode()), [finding])
    assert not check_rule(RULES["mojibake"], text)
    return text


@given(st.text(alphabet="abcdefg éèàüößñçãõ’“”–…€™🤗 ", min_size=1, max_size=60))
def test_what_was_garbled_is_had_back(text):
    written = f"Its owner’s owl: {text}."
    assert fixed(garble(written)) == written


@given(st.text(alphabet="éèàüößñçãõ’…🤗", min_size=1, max_size=20), st.integers(2, 3))
def test_what_was_garbled_several_times_is_had_back(letters, times):
    written = garbled = "".join(f"a{letter}e" for letter in letters)
    for _ in range(times):
        garbled = garble(garbled)
    assert fixed(garbled) == written


SMALL = "aeosnàâãäåéêñõöüßœšž"
# no language writes `â` before one of the others
WORDS = st.from_regex(rf"(?:â[a-z]|(?!â)[{SMALL}]){{2,6}}", fullmatch=True)
AROUND = ["{}", "«{}»", "«\xa0{}\xa0»", "„{}“", "“{}”", "{}’s", "{}…", "{}…»", "{}®", "3{}", "{}\xa0!", "— {} —"]


@given(st.lists(st.tuples(WORDS, st.sampled_from([str.lower, str.upper, str.title]), st.sampled_from(AROUND))))
def test_texts_of_europe_are_not_garbled(parts):
    text = " ".join(around.format(case(word)) for word, case, around in parts)
    assert not any(each.certain for each in find_garbled(text))


FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{FLAG} and {FLAG}.", 0),
        ("hidden \U000e0041\U000e0042", 1),
        (f"{FLAG} \U000e0041", 1),
        ("\u202enihton\u202c", 1),
        ("[a](https://example.org/\u200bb)", 1),
        ("plain \u2067isolate\u2069 \u200f", 0),
    ],
)
def test_invisible_characters(text, found):
    assert len(check_rule(RULES["bidirectional-text"], text)) == found


def test_every_invisible_character_is_a_place():
    (finding,) = check_rule(RULES["bidirectional-text"], "Run \u202athe\u202c \U000e0041.")
    assert len(finding.problem.related) == 2


VALUES = st.recursive(
    st.text(alphabet="ab \n", max_size=5),
    lambda inner: st.builds("{{{}}}{}".format, inner, inner),
    max_leaves=5,
)
ENTRIES = st.builds("@misc{{key,\n  title = {{{}}},\n  year = {{2024}}\n}}\n".format, VALUES)


@given(st.lists(ENTRIES, min_size=1, max_size=3), st.sampled_from(["```\n{}```\n", "{}", "```bibtex\n{}\n```\n"]))
def test_entries_with_all_their_braces_are_right(entries, around):
    assert not list(find_broken_entries(parse_markdown(read(around.format("\n".join(entries)).encode()))))


@given(st.lists(ENTRIES, min_size=1, max_size=3), st.data())
def test_a_brace_less_or_more_is_found(entries, data):
    broken = data.draw(st.integers(0, len(entries) - 1))
    entry = entries[broken]
    at = data.draw(st.sampled_from([index for index, letter in enumerate(entry) if letter == "}"]))
    changed = data.draw(st.sampled_from(["{", ""]))
    entries = [*entries[:broken], entry[:at] + changed + entry[at + 1 :], *entries[broken + 1 :]]
    document = parse_markdown(read(("```\n" + "\n".join(entries) + "```\n").encode()))
    (found,) = find_broken_entries(document)
    assert found.missing
    assert found.key == "key"


@pytest.mark.parametrize(
    ("fields", "help_"),
    [
        ("title = {Owls\n  year = {2024}\n}", "Close the brace of `title`."),
        ("title = {Owls},\n  url = {\\url{https://example.org}\n}", "Close the brace of `url`."),
        ("title = {Owls},\n  year = {2024}", "Close the brace."),
    ],
)
def test_the_field_that_is_still_open_is_named(fields, help_):
    (finding,) = check_rule(RULES["broken-bibtex"], f"```\n@misc{{a,\n  {fields}\n```\n")
    assert finding.problem.help == help_


@pytest.mark.parametrize("part", ["@misc{a\n", "@misc{{{{", "Ã©", "â€", "ð", "\u202e", "\u200b"])
def test_long_texts_are_read_in_time(part):
    text = f"```\n{part * 20_000}\n```\n\n{part * 20_000}\n"
    for name in ("broken-bibtex", "mojibake", "bidirectional-text"):
        check_rule(RULES[name], text)
