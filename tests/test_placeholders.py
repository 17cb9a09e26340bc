"""Placeholders: each is found once, wherever it stands, and by one rule."""

from hypothesis import given
from hypothesis import strategies as st

from cardlint.card.card import parse
from cardlint.registry import load_rules
from cardlint.source import Source
from cardlint.testing import check_rule

RULES = load_rules()
PIECES = (
    *("TODO", "TBD", "N/A", "...", "…", "soon", "coming soon", "More information needed", "[More Information Needed]"),
    *(":", "**", "_", "`", "\\", "|", " ", "\n", "\n\n", "- ", "> ", "# x\n", "```\n", "| a |\n|---|\n", "<br>"),
    *("<!-- ", "-->", "<!-- Provide the basic links for the model. -->", "License", "[optional]", '"{MODEL_NAME}"'),
)
CARDS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(CARDS)
def test_each_place_is_found_once(text):
    spans = [place.span for place in parse(Source("README.md", text)).placeholders]
    assert len(set(spans)) == len(spans)
    assert spans == sorted(spans)
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)


@given(CARDS)
def test_no_place_is_reported_by_two_rules(text):
    names = ("placeholder-section", "placeholder-text")
    spans = [finding.span for name in names for finding in check_rule(RULES[name], text)]
    assert len(set(spans)) == len(spans)
