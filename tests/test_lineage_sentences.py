"""Lineage sentences: every combination of relation, form of the base model's name, and subject."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardlint import parse, read
from cardlint.card.provenance.lineage_english import english_forms, object_first_forms
from cardlint.card.provenance.lineage_names import Sentence
from cardlint.card.provenance.lineage_signs import may_state_lineage
from cardlint.card.provenance.named_text import MARK
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
    for relation, words in english.PHRASES.items():
        for word in words:
            yield relation, f"is a {word} {{}}."
    for form, end in itertools.product(english.QUANTIZED_FORMATS, english.FORMAT_ENDS):
        yield "quantized", f"is a {form} {end} {{}}."
    for relation, words in english.GERUNDS.items():
        for word in words:
            yield relation, f"was created by {word} the {{}} model on letters."
    for role in english.ROLES:
        yield "derived", f"uses {{}} as the {role}."


FRAMES = list(_frames())
LINKED_FRAMES = [(relation, f"is a {word} {{}}.") for relation, words in english.LINKED_AFTER.items() for word in words]
LINKS = [named for form, named in OBJECTS.items() if form != "code"]
ACTIVE = [
    *((relation, f"We {word} {{}} on letters.") for relation, words in english.ACTIVE.items() for word in words),
    *((relation, f"We {word} {{}}.") for relation, words in english.LINKED_AFTER_WE.items() for word in words),
    *(
        (relation, f"It {word} {{}} on letters.")
        for relation, words in english.ACTIVE_OF_MODEL.items()
        for word in words
    ),
    *((relation, f"We took {{}} and {word}.") for relation, words in english.THEN.items() for word in words),
    *(("finetune", f"{word} fine-tune of {{}}.") for word in english.FORMATS),
    *(("derived", f"It was trained {word} {{}} as its base model.") for word in ("using", "with")),
    *(("derived", f"The {role} is {{}}.") for role in english.ROLES),
    *(("derived", f"As the {role} we used {{}}.") for role in english.ROLES),
    *(("finetune", f"{named} fine-tuned on letters.") for named in ("{}", "The pretrained model {} was", "This is {}")),
]
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


@given(st.sampled_from(LINKED_FRAMES), st.sampled_from(LINKS), st.sampled_from(SUBJECTS))
def test_what_may_be_a_dataset_is_a_base_if_it_is_linked(frame, named, subject):
    assert stated(f"{subject} {frame[1].format(named)}") == ([(frame[0], ID)], {ID})


@pytest.mark.parametrize(("relation", "sentence"), [*FRAMES, *LINKED_FRAMES])
def test_every_phrase_of_the_tables_states_a_base(relation, sentence):
    assert [base for _, base in stated(f"This model {sentence.format(OBJECTS['link'])}")[0]] == [ID]


SPELLINGS = [("-", " "), ("", " "), ("\u2011", " "), ("\u2010", "\n"), (" ", " "), ("-", "-"), ("-", "  ")]
WRITTEN = [
    *(f"this model {sentence}" for _, sentence in (*FRAMES, *LINKED_FRAMES)),
    *(sentence.lower() for _, sentence in ACTIVE),
    *(sentence.replace("We ", "i ") for _, sentence in ACTIVE),
    "this model takes {} and fine-tunes it",
    "{} was used as the base model",
    "we use the pre-trained {} model",
]


@pytest.mark.parametrize(("hyphen", "blank"), SPELLINGS)
def test_a_sentence_without_the_signs_of_a_form_never_matches_it(hyphen, blank):
    forms = (*english_forms(), *object_first_forms())
    matched = set()
    for written in WRITTEN:
        before, _, behind = written.partition("{}")
        subject, space, phrase = before.rpartition(" is a ") if " is a " in before else ("", "", before)
        spelt = f"{subject}{space}{phrase.strip().replace(' ', blank).replace('-', hyphen)} {MARK}{behind}".strip()
        for number, form in enumerate(forms):
            if form.read(Sentence(spelt)):
                matched.add(number)
                assert form.match(Sentence(spelt)), (number, spelt)
                assert may_state_lineage(spelt), spelt
    assert matched
    assert (hyphen, blank) != SPELLINGS[0] or len(matched) == len(forms)


@pytest.mark.parametrize(("relation", "sentence"), ACTIVE)
def test_makers_state_the_base(relation, sentence):
    statements, _ = stated(sentence.format(OBJECTS["link"]))
    assert [base for _, base in statements] == [ID]
    assert statements[0][0] == relation or relation == "finetune"


@pytest.mark.parametrize(
    "words", [each for table in (english.LINKED_AFTER, english.LINKED_AFTER_WE) for each in table.values()]
)
def test_what_may_be_a_dataset_is_no_base_without_a_link(words):
    for word in words:
        for subject in ("It is a", "We", "This model is"):
            assert stated(f"{subject} {word} `coastlab/owls_v2`.") == ([], set())


@pytest.mark.parametrize(("relation", "sentence"), ABROAD)
def test_sentences_in_other_languages_state_the_base(relation, sentence):
    statements, _ = stated(sentence.format(OBJECTS["link"]) + " .")
    assert [base for _, base in statements] == [ID], sentence


CONTRACTED = [
    "Este modelo es una versión ajustada del modelo {} en español.",
    "Ce modèle est une version fine-tunée du modèle {}.",
    "Dieses Modell basiert auf dem Modell {}.",
    "Este modelo é uma versão ajustada do {}.",
    "Questo modello è una versione finetuned del modello {}.",
    "Эта модель основана на модели {}.",
    "本模型在 {} 上进行了微调。",
    "이 모델은 {}를 한국어로 파인튜닝한 모델입니다.",
    "本モデルは{}に対して継続事前学習したモデルです。",
]
OTHERS_ABROAD = [
    "Der Tokenizer basiert auf {}.",
    "Los datos se basan en {}.",
    "Ce modèle n'est pas basé sur {}.",
    "本模型基于 {} 的架构。",
    "数据集基于 {} 生成。",
    "您可以基于 {} 进行微调。",
    "与 {} 相比，本模型更好。",
    "이 모델은 {}를 파인튜닝한 모델이 아닙니다.",
    "このモデルは {} をファインチューニングしたものではありません。",
]


@pytest.mark.parametrize("sentence", CONTRACTED)
def test_prepositions_have_other_forms(sentence):
    assert stated(sentence.format(OBJECTS["link"]))[1] == {ID}


@pytest.mark.parametrize("sentence", OTHERS_ABROAD)
def test_other_subjects_and_negations_abroad_state_nothing(sentence):
    assert stated(sentence.format(OBJECTS["link"])) == ([], set())


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


@given(st.sampled_from(FRAMES + LINKED_FRAMES), st.sampled_from(list(OBJECTS.values())), st.sampled_from(FOREIGN))
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
    "Fine-tuned version of this model: {}",
    "A quantized version of this model: {}.",
    "GGUF quants of our model: {}",
    "GGUF version: {}",
    "We also release a LoRA for {}.",
    "We fine-tuned {} as a baseline.",
    "In a second experiment, we fine-tuned {}.",
    "It uses {} as the text encoder.",
    "It uses {} as the base tokenizer.",
    "This is the base model for {}.",
    "This card is based on {}.",
    "The encoder was initialized from {}.",
    "The 7B model is a fine-tuned version of {}.",
    "Our previous model is a fine-tuned version of {}.",
    "Puffin's base model is {}.",
    "The base model of Puffin is {}.",
    "It is a draft model for speculative decoding with {}.",
    "It was trained with {} as the teacher.",
    "This repository explains how to fine-tune {}.",
    "A reward model based on {} was used to rank the answers.",
    "A classifier fine-tuned from {} was then applied to the corpus.",
    "An annotator built on {} has been asked for the labels.",
]


@pytest.mark.parametrize(("sentence", "named"), list(itertools.product(READERS, OBJECTS.values())))
def test_advice_comparisons_and_parts_state_nothing(sentence, named):
    assert stated(sentence.format(named)) == ([], set())


@pytest.mark.parametrize(
    "sentence",
    [
        "This model, based on {}, is used to rank.",
        "A tide model based on {} used to rank.",
        "A model based on {}. It is used.",
    ],
)
def test_what_this_model_is_used_for_does_not_matter(sentence):
    assert stated(sentence.format(A))[1] == {"coastlab/Tide-Base"}


A, B = f"[Tide-Base]({HUB}/coastlab/Tide-Base)", f"[Tide-Chat]({HUB}/coastlab/Tide-Chat)"


@pytest.mark.parametrize(
    "body",
    [
        f"- Base Model: {A}\n- Chat Version: {B}",
        f"Base model: {A}\nChat model: {B}",
        f"| Base model | {A} |\n|---|---|\n| Chat model | {B} |",
        f"| Model | Base model |\n|---|---|\n| one | {A} |\n| two | {B} |",
        f"- Base model: {A}\n- Base model: {B}",
        f"Base model: {A} or {B}",
        f"It is fine-tuned from {A} and {B}.",
        f"It is fine-tuned from {A}.\n\n## Training\n\nIt is fine-tuned from {B}.",
        "- Base model: harbour-qa",
        f"- Base model: [harbour-qa]({HUB}/coastlab/harbour-qa)",
        f"It is a fine-tuned version of [coastlab/harbour-qa]({HUB}/coastlab/harbour-qa) on letters.",
        "- Base model: N/A",
        "- Base model: 7B/13B",
        "It is a LoRA for text/image generation.",
        f"It is a merge of {A} and a LoRA.",
        f"It is a distilled version of {A} on {B}.",
        f"It is based on {A} and was trained from scratch with its own vocabulary.",
        f"## The original model card\n\nThis model is a fine-tuned version of {A}.",
    ],
)
def test_families_doubts_and_the_model_itself_establish_nothing(body):
    assert stated(body)[1] == set()


def test_a_table_with_one_row_and_a_list_of_merged_models():
    assert stated(f"| Model | Base model | Rank |\n|---|---|---|\n| harbour-qa | {A} | 8 |")[1] == {
        "coastlab/Tide-Base"
    }
    listed = f"This model is a merge of the following models made with mergekit:\n\n* {A}\n* {B}"
    assert stated(listed)[1] == {"coastlab/Tide-Base", "coastlab/Tide-Chat"}
    recipe = (
        "```yaml\nmodels:\n  - model: a/tide-7b\n  - model: b/gull-7b\nmerge_method: slerp\nbase_model: a/tide-7b\n```"
    )
    assert stated(recipe)[1] == {"a/tide-7b", "b/gull-7b"}
    assert stated(recipe.replace("b/gull-7b", "./merged"))[1] == set()


LOADING = """```python
base = AutoModelForCausalLM.from_pretrained("a/tide-7b")
model = PeftModel.from_pretrained(base, "{}")
```"""


@pytest.mark.parametrize(("adapter", "bases"), [("c/harbour-qa", {"a/tide-7b"}), ("c/another", set())])
def test_code_that_loads_the_adapter_on_its_base(adapter, bases):
    assert stated(LOADING.format(adapter))[1] == bases


def test_a_copy_states_what_it_was_converted_from_and_quotes_the_rest():
    copy = f"It is a quantized version of {A}.\n\n## Description\n\nThis model is a fine-tuned version of {B}."
    assert stated(copy)[1] == {"coastlab/Tide-Base"}


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
