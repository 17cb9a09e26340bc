"""Lineage sentences: every combination of relation, form of the base model's name, and subject."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardlint import parse, read
from cardlint.fixing.rounds import fix_card
from cardlint.linting.linter import ActiveRule
from cardlint.registry import load_rules
from cardlint.vocabulary.lineage import english
from cardlint.vocabulary.lineage.labels import LABELS
from cardlint.vocabulary.lineage.other_languages import LANGUAGES, NEGATIONS

HUB = "https://huggingface.co"
ID = "coastlab/lighthouse-7b"
OBJECTS = {
    "link": f"[{ID}]({HUB}/{ID})",
    "titled link": f"[Lighthouse 7B]({HUB}/{ID})",
    "bold link": f"**[Lighthouse]({HUB}/{ID})**",
    "link around code": f"[`{ID}`](https://hf.co/{ID}/tree/main)",
    "reference": "[Lighthouse][base]",
    "html": f'<a href="{HUB}/{ID}">Lighthouse</a>',
    "address": f"{HUB}/{ID}",
    "code": f"`{ID}`",
}
SUBJECTS = (
    "This model",
    "It",
    "The model",
    "Our model",
    "harbour-qa",
    "**harbour-qa**",
    "This fine-tuned model",
    "This",
)
FOREIGN = (
    "The strongest rival",
    "The baseline",
    "Puffin-13B",
    "The teacher",
    "Another model of ours",
    "The tokenizer",
    "The encoder",
    "Their model",
    "Your model",
    "The original",
    "A competitor",
    "Each of the other models",
)
SOURCE = "# harbour-qa\n\nIt answers questions about harbours.\n\n{}\n\n[base]: {}/{}\n"


def _frames():
    """Yield every relation with a sentence without its subject and base model."""
    for relation, words in english.PARTICIPLES.items():
        for word in words:
            yield relation, f"is a {word} version of {{}}, for harbours."
            yield relation, f"is {word} from {{}} on letters."
            yield relation, f"is a text classifier that was {word} from the pretrained model {{}}."
    for relation, words in (*english.PHRASES.items(), *english.LINKED_AFTER.items()):
        for word in words:
            yield relation, f"is a {word} {{}}."
    for relation, words in english.GERUNDS.items():
        for word in words:
            yield relation, f"was created by {word} the {{}} model on letters."
    for role in english.ROLES:
        yield "derived", f"uses {{}} as the {role}."


FRAMES = list(_frames())
ACTIVE = [(relation, f"We {word} {{}} on letters.") for relation, words in english.ACTIVE.items() for word in words]
ABROAD = [
    (relation, f"{subject} {phrase}".replace("~ ", "").replace("~", ""))
    for language in LANGUAGES.values()
    for relation, phrases in language.phrases.items()
    for phrase in phrases
    for subject in language.subjects[:1]
]


def stated(body):
    """Return the relation and id of each statement, and the ids that the body establishes."""
    card = parse(read(SOURCE.format(body, HUB, ID).encode()))
    statements = [(each.relation, each.base.id) for each in card.lineage.statements if each.base is not None]
    return statements, {each.base.id for each in card.lineage.origin}


def is_merge(relation):
    return relation == "merge"  # one model alone is half the truth


@given(st.sampled_from(FRAMES), st.sampled_from(list(OBJECTS.values())), st.sampled_from(SUBJECTS))
def test_a_sentence_of_this_model_states_its_base(frame, named, subject):
    relation, sentence = frame
    statements, established = stated(f"{subject} {sentence.format(named)}")
    assert [base for _, base in statements] == [ID]
    assert established == (set() if is_merge(statements[0][0]) else {ID})
    if "version of" not in sentence and "on letters" not in sentence:
        assert statements[0][0] == relation or english.RELATIONS[statements[0][0]] == english.RELATIONS[relation]


@pytest.mark.parametrize(("relation", "sentence"), FRAMES)
def test_every_phrase_of_the_tables_states_a_base(relation, sentence):
    assert [base for _, base in stated(f"This model {sentence.format(OBJECTS['link'])}")[0]] == [ID]


@pytest.mark.parametrize(("relation", "sentence"), ACTIVE)
def test_makers_state_the_base(relation, sentence):
    assert stated(sentence.format(OBJECTS["link"]))[0] == [(relation, ID)]


@pytest.mark.parametrize(("relation", "sentence"), ABROAD)
def test_sentences_in_other_languages_state_the_base(relation, sentence):
    statements, _ = stated(sentence.format(OBJECTS["link"]) + " .")
    assert [base for _, base in statements] == [ID], sentence


LABELLED = [
    "- **{}:** {}",
    "* {}: {}",
    "{}: {}",
    "| {} | {} |\n|---|---|\n| Rank | 8 |",
    "| Fact | |\n|---|---|\n| **{}** | {} |",
]
ALL_LABELS = [(relation, label) for labels in LABELS.values() for relation, each in labels.items() for label in each]


@pytest.mark.parametrize(("relation", "label"), ALL_LABELS)
@pytest.mark.parametrize("form", LABELLED)
def test_every_label_states_a_base(relation, label, form):
    assert stated(form.format(label.capitalize(), OBJECTS["code"]))[0] == [(relation, ID)]


@given(st.sampled_from(ALL_LABELS), st.sampled_from(list(OBJECTS.values())))
def test_a_section_states_a_base(labelled, named):
    relation, label = labelled
    assert stated(f"## {label.title()}\n\n{named}\n\n## Usage\n\nRun it.")[0] == [(relation, ID)]


NEGATED = [
    ("is a ", "is not a "), ("is a ", "isn't a "), ("is a ", "was never a "), ("is ", "is not "), ("was ", "was not "),
    ("is ", "is neither large nor "), ("was ", "could be "), ("uses ", "does not use "), ("uses ", "never uses "),
    ("is a ", "is better than a "), ("is a ", "is comparable to a "), ("is a ", "is compatible with a "),
    ("is a ", "replaces the "), ("is a ", "outperforms the "), ("is a ", "was used to judge a "),
]  # fmt: skip


@given(
    st.sampled_from(FRAMES),
    st.sampled_from(list(OBJECTS.values())),
    st.sampled_from(SUBJECTS),
    st.sampled_from(NEGATED),
)
def test_a_negated_or_comparing_sentence_states_nothing(frame, named, subject, change):
    before, after = change
    sentence = f" {frame[1]}"
    if f" {before}" not in sentence:
        return
    changed = sentence.replace(f" {before}", f" {after}", 1)
    assert stated(f"{subject}{changed.format(named)}") == ([], set())


@given(st.sampled_from(FRAMES), st.sampled_from(list(OBJECTS.values())), st.sampled_from(FOREIGN))
def test_the_sentence_of_another_subject_states_nothing(frame, named, subject):
    assert stated(f"{subject} {frame[1].format(named)}") == ([], set())


READERS = [
    "You can fine-tune {} with it.",
    "To fine-tune {}, run the script.",
    "If you want a LoRA for {}, write to us.",
    "Fine-tune {} on your data.",
    "We did not fine-tune {}.",
    "We compare it with {}.",
    "For comparison, we also fine-tuned {}.",
    "Unlike {}, it needs no colour.",
    "It is inspired by {}.",
    "It has the architecture of {}.",
    "It is based on the {} architecture.",
    "It is based on the {} tokenizer.",
    "It is trained on outputs of {}.",
    "It was trained with the tokenizer of {}.",
    "See also {}.",
    "The data were labelled by {}.",
    "It can be merged with {}.",
    "An adapter for it is {}.",
    "It was evaluated against {}, which is a fine-tuned version of Puffin.",
]


@pytest.mark.parametrize(("sentence", "named"), list(itertools.product(READERS, OBJECTS.values())))
def test_advice_comparisons_and_parts_state_nothing(sentence, named):
    assert stated(sentence.format(named)) == ([], set())


@given(st.sampled_from(ABROAD), st.sampled_from(NEGATIONS))
def test_a_negation_in_another_language_states_nothing(frame, negation):
    sentence = frame[1].format(OBJECTS["link"])
    assert stated(f"{sentence} {negation} .") == ([], set())
    subject, _, rest = sentence.partition(" ")
    assert stated(f"{subject} {negation} {rest} .") == ([], set())


SAFE = [ActiveRule(rule, {}, None) for rule in load_rules().values() if rule.info.fix is not None]
OTHER_ID = "tidewater/gull-13b"
OWN = st.builds(
    lambda frame, named, subject: (f"{subject} {frame[1].format(named)}", True),
    st.sampled_from(FRAMES),
    st.sampled_from(list(OBJECTS.values())),
    st.sampled_from(SUBJECTS),
)
OTHERS = st.builds(
    lambda sentence: (sentence.format(f"[{OTHER_ID}]({HUB}/{OTHER_ID})"), False),
    st.sampled_from(READERS)
    | st.builds(lambda frame, subject: f"{subject} {frame[1]}", st.sampled_from(FRAMES), st.sampled_from(FOREIGN)),
)
PATHS = st.builds(
    lambda frame, path: (f"It {frame[1].format(f'[{path}]({HUB}/{path})')}", False),
    st.sampled_from(FRAMES),
    st.sampled_from(
        ("outputs/checkpoint-500", "run7/checkpoint-12", "stage/last.ckpt", "tokenizer/config.json", "./x")
    ),
)


@given(st.lists(OWN | OTHERS | PATHS, min_size=1, max_size=5))
@settings(max_examples=60)
def test_a_safe_fix_writes_only_what_the_card_establishes(sentences):
    body = SOURCE.format("\n\n".join(text for text, _ in sentences), HUB, ID)
    fixed = fix_card(read(f"---\nlicense: mit\n---\n\n{body}".encode()), None, SAFE)
    lineage = parse(fixed.source).lineage
    written = {name.id for name in lineage.base_models}
    assert written <= ({ID} if any(is_own for _, is_own in sentences) else set())
    assert written <= {each.base.id for each in lineage.origin}
