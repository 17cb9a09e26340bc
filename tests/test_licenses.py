"""Licenses that a body states, and of what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardlint import lint, parse, read
from cardlint.card.provenance.license_statement import Subject
from cardlint.vocabulary.licenses.families import license_of_family
from cardlint.vocabulary.licenses.ids import LICENSES
from cardlint.vocabulary.licenses.names import names_in

NAMES = {
    "the MIT License": "mit",
    "[MIT](https://opensource.org/licenses/MIT)": "mit",
    "an Apache 2.0 license": "apache-2.0",
    "the Apache License, Version 2.0": "apache-2.0",
    "the [Apache License](http://www.apache.org/licenses/LICENSE-2.0)": "apache-2.0",
    "the **CC BY-NC 4.0** license": "cc-by-nc-4.0",
    "a Creative Commons Attribution-ShareAlike 4.0 International License": "cc-by-sa-4.0",
    "the [CC-BY-NC-ND](https://creativecommons.org/licenses/by-nc-nd/4.0/) license": "cc-by-nc-nd-4.0",
    "Creative Commons (CC0) license": "cc0-1.0",
    "the LLAMA 2 Community License Agreement": "llama2",
    "the GNU General Public License v3.0": "gpl-3.0",
    "the Gemma license": "gemma",
    "the [Old Harbour License](LICENSE)": None,
}
OWN = ("The model", "This model", "The model weights", "Our fine-tuned models", "lighthouse", "The LoRA adapters")
OTHERS = ("The code", "The training data", "This library", "The base model", "The original model", "The dataset")
FOREIGN = ("LampTools", "The rival", "Everything else of them", "The picture above, which shows the model,")
VERBS = ("is licensed under", "are released under", "has been made available under", "is under", "is distributed with")


def statements(body):
    result = parse(read(f"# lighthouse\n\n{body}\n".encode()))
    for statement in result.licenses:
        assert statement.span.end <= len(result.source.text)
    return result.licenses


@given(st.sampled_from(OWN), st.sampled_from(VERBS), st.sampled_from(list(NAMES)), st.booleans())
def test_a_sentence_about_the_model_is_read_wherever_it_is(subject, verb, name, in_section):
    heading = "## License\n\n" if in_section else ""
    (found,) = statements(f"{heading}{subject} {verb} {name}.")
    assert (found.subject, found.id) == (Subject.MODEL, NAMES[name])


@given(st.sampled_from(OTHERS + FOREIGN), st.sampled_from(VERBS), st.sampled_from(list(NAMES)), st.booleans())
def test_a_sentence_about_another_thing_is_not_about_the_model(subject, verb, name, in_section):
    heading = "## License\n\n" if in_section else ""
    assert not any(found.is_of_model for found in statements(f"{heading}{subject} {verb} {name}."))


@given(st.sampled_from(OWN), st.sampled_from(list(NAMES)))
def test_a_negated_sentence_states_nothing(subject, name):
    for verb in ("is not licensed under", "isn't under", "was never released under", "is no longer under"):
        assert not any(found.is_of_model for found in statements(f"## License\n\n{subject} {verb} {name}."))


@given(st.sampled_from(OWN), st.sampled_from(VERBS), st.sampled_from(list(NAMES)))
def test_a_condition_or_another_time_states_nothing_certain(subject, verb, name):
    own = subject[0].lower() + subject[1:]
    for text in (
        f"Formerly, {own} {verb} {name}.",
        f"Until version 2, {own} {verb} {name}.",
        f"If nothing else is said, {own} {verb} {name}.",
        f"{subject} {verb} {name}, except for two layers.",
        f"{subject} {verb} {name} and additional terms.",
    ):
        assert not any(found.is_of_model for found in statements(f"## License\n\n{text}"))


@given(st.sampled_from(OTHERS), st.sampled_from(OWN), st.lists(st.sampled_from(list(NAMES)), min_size=2, max_size=2))
def test_of_two_subjects_each_has_its_license(other, own, names):
    for joint in (", and ", ", while ", "; "):
        text = f"{other} is under {names[0]}{joint}{own[0].lower()}{own[1:]} is under {names[1]}."
        first, second = statements(f"## License\n\n{text}")
        assert (first.subject, first.id) == (Subject.OTHER, NAMES[names[0]])
        assert (second.subject, second.id) == (Subject.MODEL, NAMES[names[1]])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "form",
    [
        "- **License:** {}",
        "**Licence**: {}",
        "License: {}",
        "| License | {} |\n|---|---|\n| Height | 30 m |",
        "| Fact | |\n|---|---|\n| **License** | {} |",
        "## License\n\n{}",
        "## Model License\n\nReleased under {}.",
        "### 5. Licensing information\n\n- {}",
        "## Lizenz\n\n{}",
    ],
)
def test_a_bare_name_below_a_title_or_behind_a_label_is_the_models(form, name):
    found = statements(form.format(name))
    assert [(each.subject, each.id) for each in found] == [(Subject.NONE, NAMES[name])]


@pytest.mark.parametrize(
    "html",
    [
        "<p><b>License:</b> {}</p>",
        "<ul>\n<li>License: {}</li>\n</ul>",
        "<table><tr><td>License</td><td>{}</td></tr></table>",
    ],
)
def test_html_is_read(html):
    (found,) = statements(html.format("Apache 2.0"))
    assert (found.id, found.is_of_model) == ("apache-2.0", True)


@pytest.mark.parametrize(
    "value",
    ["[More Information Needed]", "unknown", "other", "N/A", "TBD", "-", "license"],
)
def test_a_placeholder_states_no_license(value):
    assert not statements(f"- **License:** {value}")


@pytest.mark.parametrize("license_id", sorted(LICENSES - {"other", "unknown"}))
def test_every_id_is_read_as_itself(license_id):
    (found,) = statements(f"- License: `{license_id}`")
    assert (found.id, found.subject) == (license_id, Subject.NONE)


def test_a_link_to_another_license_than_the_one_it_shows_is_unclear():
    (found,) = statements("- License: [MIT License](https://creativecommons.org/licenses/by/4.0/)")
    assert found.subject is Subject.UNCLEAR


@pytest.mark.parametrize(
    "text",
    [
        *("A" * 40_000, "Aa " * 20_000, "the model " * 10_000, "[" * 5_000, "<td>" * 5_000, "<!--" * 10_000),
        *(", the model is " * 5_000, "and all of the code and the " * 4_000, "-" * 40_000, " \n" * 20_000),
        *("MIT, Old License, " * 3_000, "the model is MIT, " * 3_000),
    ],
)
def test_long_texts_are_read_in_time(text):
    result = lint(parse(read(f"## License\n\nMIT {text}".encode())))
    assert not result.bugs


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("CreativeML Open RAIL++-M-NC License", [(None, "CreativeML Open RAIL++-M-NC License")]),
        ("Apache 2.0-Old License, MIT License", [(None, "Apache 2.0-Old License"), ("mit", "MIT License")]),
        ("MIT or Old-Harbour License", [("mit", "MIT"), (None, "Old-Harbour License")]),
        ("The DeepFloyd IF License Agreement", [("deepfloyd-if-license", "DeepFloyd IF License Agreement")]),
        ("See the Model License and the Terms of the Open Source License", []),
    ],
)
def test_names_of_their_own(text, names):
    assert [(name.id, text[name.start : name.end]) for name in names_in(text)] == names


@pytest.mark.parametrize(
    ("model", "identifier"),
    [
        ("meta-llama/Llama-2-7b-hf", "llama2"),
        ("meta-llama/Meta-Llama-3-8B", "llama3"),
        ("meta-llama/Llama-3.2-1B-Instruct", "llama3.2"),
        ("meta-llama/Llama-4-Scout-17B-16E", "llama4"),
        ("meta-llama/LlamaGuard-7b", None),
        ("google/gemma-3-4b-it", "gemma"),
        ("TinyLlama/TinyLlama-1.1B", None),
        ("coastlab/llama-2-7b", None),
    ],
)
def test_the_license_of_a_model_of_a_family(model, identifier):
    assert license_of_family(model) == identifier
    assert identifier is None or identifier in LICENSES
