"""Misspelt names: slips of a typist are recognized, other words and names that were switched off are not."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardlint.vocabulary.keys.near_miss import near_miss
from cardlint.vocabulary.keys.table import KEYS, MODEL_KEYS, meant_by

SLIPS = {
    "liscence": "license",
    "lisense": "license",
    "licnese": "license",
    "ilcense": "license",
    "tgas": "tags",
    "metircs": "metrics",
    "pipline_tag": "pipeline_tag",
    "piplineTag": "pipeline_tag",
    "langauge": "language",
    "langugae": "language",
    "bsae_model": "base_model",
    "library_naem": "library_name",
    "thumnail": "thumbnail",
    "model-indx": "model-index",
}
OTHERS = (
    *("xdatasets", "_license", "license2", "#tags", "x_license"),
    *("tabs", "togs", "task", "page", "reference", "licensor", "matrices", "descriptor", "sources", "station"),
    "a" * 1000,
    "",
)


@pytest.mark.parametrize(("name", "meant"), SLIPS.items())
def test_a_slip_is_recognized(name, meant):
    assert near_miss(name, MODEL_KEYS) == meant
    assert meant_by(name) == meant


@pytest.mark.parametrize("name", OTHERS)
def test_other_names_are_left_alone(name):
    assert near_miss(name, MODEL_KEYS) is None


def test_no_key_with_a_row_is_taken_for_another():
    assert [name for name, key in KEYS.items() if not key.meant and meant_by(name) != name.lower()] == []


def test_a_name_between_two_keys_means_neither():
    assert near_miss("resulta", ["result", "results"]) is None


@given(st.sampled_from([name for name in MODEL_KEYS if len(name) > 6]), st.data())
def test_swapping_neighbours_is_always_a_slip(name, data):
    place = data.draw(st.integers(1, len(name) - 2))
    swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    if swapped != name and not {name[place], name[place + 1]} & set("_-"):
        # another number, as in `language_bcp74`, is another name
        assert near_miss(swapped, MODEL_KEYS) == (None if name[place : place + 2].isdigit() else name)


@given(st.text(string.ascii_letters + string.digits + "_-. \u00e9", max_size=60))
def test_any_name_has_an_answer(name):
    assert near_miss(name, MODEL_KEYS) in {None, *MODEL_KEYS}
