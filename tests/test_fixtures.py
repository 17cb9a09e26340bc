"""What is found in each card of `fixtures/`, to the column; and that none of them is a copy of a seed."""

import re
from pathlib import Path

import pytest
from real_cards import SEEDS, needs_seeds

from cardlint.config.model import Overrides
from cardlint.run.judge import RunOptions
from cardlint.run.run import Run

FIXTURES = Path(__file__).parents[1] / "fixtures"

# By name, so that a rule that comes later does not change what is expected here.
RULES = (
    "byte-order-mark",
    "conflict-marker",
    "flattened-card",
    "irregular-newlines",
    "leaked-secret",
    "lfs-pointer",
    "undecodable-text",
    "unrendered-template",
    "unused-suppression",
    "duplicate-key",
    "invalid-yaml",
    "misplaced-front-matter",
    "missing-front-matter",
    "not-a-mapping",
    "unclosed-front-matter",
    "generator-notice",
    "placeholder-section",
    "metric-mismatch",
    "batch-size-arithmetic",
    "results-file-mismatch",
)
FOUND = {
    "trainer_with_placeholders": [
        ("generator-notice", 29, 1),
        ("placeholder-section", 42, 1),
        ("placeholder-section", 46, 1),
        ("placeholder-section", 50, 1),
    ],
    "trainer_small": [
        ("generator-notice", 37, 1),
        ("placeholder-section", 52, 1),
        ("placeholder-section", 56, 1),
        ("placeholder-section", 60, 1),
    ],
    "renamed_output": [],
    "flattened_whole": [
        ("flattened-card", 1, 1),
        ("placeholder-section", 1, 1409),
        ("placeholder-section", 1, 1465),
    ],
    "flattened_empty_results": [("flattened-card", 1, 1)],
    "clean": [],
    "contradicting": [
        ("metric-mismatch", 22, 14),
        ("metric-mismatch", 25, 14),
        ("batch-size-arithmetic", 56, 27),
        ("batch-size-arithmetic", 57, 26),
    ],
    "beside_files": [("results-file-mismatch", 16, 13)],
    "broken_yaml": [("invalid-yaml", 4, 13), ("placeholder-section", 16, 1)],
    "unfilled_template": [("placeholder-section", 20, 21)],
    "japanese": [
        ("duplicate-key", 6, 19),
        ("metric-mismatch", 16, 60),
        ("placeholder-section", 29, 1),
        ("placeholder-section", 33, 16),
        ("batch-size-arithmetic", 42, 27),
    ],
    "crlf_bom": [
        ("byte-order-mark", 1, 1),
        ("generator-notice", 7, 1),
        ("placeholder-section", 16, 1),
        ("batch-size-arithmetic", 23, 27),
    ],
}


def _check(path, select):
    run = Run(RunOptions(overrides=Overrides(select=select), isolated=True))
    checked = run.check([str(path)])
    assert not checked.troubles
    assert checked.counts.cards == 1
    return checked.findings


def _places(findings):
    positions = [(finding, finding.source.position(finding.span.start)) for finding in findings]
    return [(finding.rule.name, position.line, position.column) for finding, position in positions]


def test_every_fixture_is_listed():
    assert {path.parent.name for path in FIXTURES.glob("*/README.md")} == set(FOUND)


@pytest.mark.parametrize("name", FOUND)
def test_what_is_found(name):
    assert _places(_check(FIXTURES / name / "README.md", RULES)) == FOUND[name]


def test_no_rule_that_runs_by_default_has_anything_to_say_of_the_clean_card():
    assert _places(_check(FIXTURES / "clean" / "README.md", None)) == []


def test_an_untouched_template_is_one_finding_with_every_placeholder():
    (finding,) = _check(FIXTURES / "unfilled_template" / "README.md", RULES)
    assert "41 placeholders" in finding.message
    assert len(finding.problem.related) == 40


def test_a_contradiction_shows_both_places_and_the_row_that_the_metadata_has():
    finding = _check(FIXTURES / "contradicting" / "README.md", ("metric-mismatch",))[0]
    related = [(place.message, finding.source.position(place.span.start).line) for place in finding.problem.related]
    assert related == [("the body says 0.8294 here", 36), ("the value in the metadata is that of this row: 0.8127", 65)]


# What the generators write into every card, and what every card of one task has in its metadata.
BOILERPLATE = (
    "This model card has been generated automatically according to the information the Trainer had access to.",
    "You should probably proofread and complete it, then remove this comment.",
    "This model is a fine-tuned version of",
    "It achieves the following results on the evaluation set",
    "More information needed",
    "Intended uses & limitations",
    "Training and evaluation data",
    "Training procedure",
    "Training hyperparameters",
    "The following hyperparameters were used during training",
    "Training results",
    "Training Loss | Epoch | Step | Validation Loss",
    "Framework versions",
    "generated_from_trainer",
    "task: name: Text Classification type: text-classification",
    "metrics: - name: Accuracy type: accuracy value",
)


def _words(text):
    return re.findall(r"[\w.-]*\w", text.lower())


def _runs(text, length=8):
    """Every run of so many words between two pieces of boilerplate."""
    plain = " ".join(_words(text))
    for piece in BOILERPLATE:
        plain = plain.replace(" ".join(_words(piece)), "\n")
    for part in plain.split("\n"):
        words = part.split()
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def test_runs_of_words_are_compared_between_the_boilerplate():
    text = "a b c d e f g h i\nMore information\nneeded\n- j: k l | m n o p q"
    assert list(_runs(text)) == ["a b c d e f g h", "b c d e f g h i", "j k l m n o p q"]


@needs_seeds
@pytest.mark.parametrize("name", FOUND)
def test_nothing_is_copied_from_the_seeds(name):
    own = set(_runs((FIXTURES / name / "README.md").read_text("utf-8")))
    seeds = [path.read_text("utf-8") for path in SEEDS.glob("*.md")]
    assert seeds
    assert not own & {run for text in seeds for run in _runs(text)}
