"""Cards that the real generators write: whatever they leave open is found once, and nothing is when it is filled in."""

import re
from collections import Counter
from pathlib import Path

from examples import examples
from extras import require
from hypothesis import given, settings
from hypothesis import strategies as st

from cardlint.card.card import parse
from cardlint.registry import load_rules
from cardlint.source import Source
from cardlint.testing import check_rule

huggingface_hub = require("huggingface_hub")
jinja2 = require("jinja2")
meta = require("jinja2.meta")

RULES = load_rules()
TEMPLATE = Path(huggingface_hub.__file__).parent.joinpath("templates", "modelcard_template.md").read_text("utf-8")
VARIABLES = sorted(meta.find_undeclared_variables(jinja2.Environment(autoescape=True).parse(TEMPLATE)) - {"card_data"})
GAP = re.compile(r"more information needed", re.IGNORECASE)


def rendered(**filled):
    return str(huggingface_hub.ModelCard.from_template(huggingface_hub.ModelCardData(license="mit"), **filled))


def places(text):
    """Every place, related ones too, of the findings of both rules of placeholders: line by line."""
    found = []
    for name in ("placeholder-section", "placeholder-text"):
        for finding in check_rule(RULES[name], text):
            spans = [finding.span, *(each.span for each in finding.problem.related if "section" not in each.message)]
            found += [finding.source.position(span.start).line for span in spans]
    return Counter(found)


def gaps(text):
    return Counter(number for number, line in enumerate(text.split("\n"), 1) if GAP.search(line))


def test_the_untouched_template_is_one_finding_with_all_its_placeholders():
    text = rendered()
    (finding,) = check_rule(RULES["placeholder-section"], text)
    assert not check_rule(RULES["placeholder-text"], text)
    emissions = text[: text.index("Carbon emissions can be")].count("\n") + 1
    assert places(text) == gaps(text) + Counter([emissions])
    assert finding.message.startswith("the Hub's template is not filled in")


def test_the_template_filled_in_has_no_placeholder():
    assert not places(rendered(**dict.fromkeys(VARIABLES, "as it should be")))


@given(st.sets(st.sampled_from(VARIABLES)))
@settings(max_examples=examples(60), deadline=None)
def test_each_gap_of_a_template_half_filled_in_is_found_once(names):
    text = rendered(**dict.fromkeys(names, "as it should be"))
    found = places(text)
    emissions = text[: text.index("Carbon emissions can be")].count("\n") + 1
    assert found - Counter([emissions]) == gaps(text)


def test_every_comment_of_the_template_is_known():
    (finding,) = check_rule(RULES["template-comment"], rendered())
    assert len(finding.problem.related) + 1 == rendered().count("<!--")


def test_the_template_is_known():
    assert parse(Source("README.md", rendered())).generator.name == "hub-template"


def trainer(**fields):
    modelcard = require("transformers.modelcard")
    return modelcard.TrainingSummary(model_name="tide", tags=["generated_from_trainer"], **fields).to_model_card()


def test_the_trainer_leaves_three_sections():
    text = trainer(finetuned_from="owner/sea", hyperparameters={"seed": 7}, eval_results={"Loss": 0.5})
    findings = check_rule(RULES["placeholder-section"], text)
    assert [finding.source.position(finding.span.start).line for finding in findings] == sorted(gaps(text))
    assert len(findings) == 3
    assert not check_rule(RULES["placeholder-text"], text)
    assert len(check_rule(RULES["generator-notice"], text)) == 1
    assert parse(Source("README.md", text)).generator.name == "transformers-trainer"


def test_the_trainers_card_filled_in_has_no_placeholder():
    assert not places(GAP.sub("As it should be.", trainer(finetuned_from="owner/sea")))
