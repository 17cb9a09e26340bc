"""No placeholder, promise, refusal, reference, plan or other model's value makes an item of a card "stated"."""

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from test_disclose import card_of, stated

from cardlint.disclosure.substance import is_statement
from cardlint.vocabulary.disclosure.phrases import LABELS

NOTHING = [
    "TBD", "TBA.", "n/a", "None.", "none known", "Unknown", "?", "…", "TODO: write this", "lorem ipsum dolor",
    "Coming soon.", "Will be released later.", "This will be published with the paper.", "To be announced.",
    "Details will be added.", "It is being prepared.", "More information follows soon",
    "Not disclosed.", "Not measured", "This was not recorded.", "We did not track this, so it is unknown.",
    "We cannot share information on this.", "No information is available.", "The data are proprietary.",
    "It has not been determined.", "No known limitations.", "There are no known biases or risks.", "Undisclosed",
    "See the paper.", "Please refer to our [technical report](report.pdf).", "[paper](https://arxiv.org/abs/2601.00001)",
    "For more details, see the [repository](https://github.com/coastlab/owl).", "Check the blog for more.",
    "More information can be found here.", "Details are given in Section 4.", "same as the base model",
    "Describe what the model is for.", "Please add a description here.", "What are the known limits?",
    "待补充", "暂不公开", "敬请期待", "準備中", "非公開", "추후 공개", "Siehe Paper.", "Wird nicht offengelegt.",
    "À venir", "Non communiqué", "Próximamente", "No se ha divulgado.", "Em breve", "Não foi divulgado.",
    "Скоро", "Не раскрывается.", "Da definire",
]  # fmt: skip


@pytest.mark.parametrize("sentence", NOTHING)
def test_it_states_nothing(sentence):
    assert not is_statement(sentence.replace("[", "").split("](")[0])


@pytest.mark.parametrize(
    "sentence",
    [
        "To answer questions about owls.",
        "Owls",
        "- Hallucinations",
        "It may give wrong answers.",
        "The model was not trained for law.",
        "Do not use it in court.",
        "Two thousand hours of hoots, recorded in 2025.",
        "We trained on an in-house collection of 80,000 hoots.",
        "模型可能产生错误的回答。",
        "Das Modell irrt sich bei Eulen.",
    ],
)
def test_it_states_something(sentence):
    assert is_statement(sentence)


TITLES = {
    "Intended use": "intended-use",
    "Uses": "intended-use",
    "Acceptable use policy": "acceptable-use",
    "Training data": "training-data",
    "Datasets": "training-data",
    "Evaluation": "evaluation",
    "Limitations": "limitations",
    "Bias, Risks, and Limitations": "limitations",
    "Bias": "bias",
    "Contact": "contact",
    "Usage": "integration",
}
nothings = st.sampled_from(NOTHING)


@settings(max_examples=examples(150), deadline=None)
@given(
    st.sampled_from(sorted(TITLES)), st.lists(nothings, min_size=1, max_size=3), st.sampled_from(["\n\n", ". ", "\n- "])
)
def test_a_section_that_states_nothing(title, sentences, between):
    found = stated(card_of(f"## {title}\n\n{between.join(sentences)}"))
    assert TITLES[title] not in found


LABELLED = sorted(
    (item, label)
    for item, labels in LABELS.items()
    for label in labels
    if label.isascii() and item != "modalities"  # the task states these
)
labelled = st.sampled_from(LABELLED)
FORMS = ["- {}: {}", "**{}:** {}", "| Property | Value |\n|---|---|\n| {} | {} |"]


@settings(max_examples=examples(150), deadline=None)
@given(labelled, nothings, st.sampled_from(FORMS))
def test_a_label_with_nothing_behind(labelled_item, nothing, form):
    item, label = labelled_item
    assert item not in stated(card_of(form.format(label.capitalize(), nothing)))


VALUES = {
    "parameters": "8B",
    "context-length": "32K",
    "release-date": "3 May 2026",
    "data-cutoff": "June 2025",
    "training-compute": "310 GPU hours",
    "energy": "310 kWh",
    "architecture": "decoder-only transformer",
}
valued = st.sampled_from(sorted((item, label) for item, label in LABELLED if item in VALUES))


@settings(max_examples=examples(60), deadline=None)
@given(valued, st.sampled_from(FORMS))
def test_a_label_with_a_value(labelled_item, form):
    item, label = labelled_item
    assert item in stated(card_of(form.format(label.capitalize(), VALUES[item])))


ANOTHER = [
    "{} (base model)",
    "{} (teacher)",
    "{} (planned)",
    "{} for Heron",
    "{} per run",
    "{} for the base model",
    "not {}",
    "see paper ({})",
    "same as Heron, {}",
    "Heron has {}",
    "TBD (at first {})",
    "unknown, perhaps {}",
]


@settings(max_examples=examples(120), deadline=None)
@given(valued, st.sampled_from(ANOTHER), st.sampled_from(FORMS))
def test_a_value_of_another_model(labelled_item, behind, form):
    item, label = labelled_item
    if item == "architecture":  # the description of an architecture may say anything of it
        return
    assert item not in stated(card_of(form.format(label.capitalize(), behind.format(VALUES[item]))))


AROUND = [
    "## Heron\n\n{}",
    "# Heron 8B\n\n## Model details\n\n{}",
    "## Vision encoder\n\n{}",
    "### Tokenizer\n\n{}",
    "## FAQ\n\n{}",
    "## Roadmap\n\n{}",
    "## Base model\n\n{}",
    "**Heron**\n\n{}",
    "Heron, our teacher, has these:\n\n{}",
    "Heron is the teacher of this model:\n\n{}",
    "<details><summary>Heron</summary>\n\n{}\n\n</details>",
    "- **Vision encoder:**\n  {}",
    "> {}",
    "```\n{}\n```",
    "<!-- {} -->",
    "~~{}~~",
]


@settings(max_examples=examples(120), deadline=None)
@given(valued, st.sampled_from(AROUND))
def test_a_value_that_is_not_of_the_model(labelled_item, around):
    item, label = labelled_item
    assert item not in stated(card_of(around.format(f"- {label.capitalize()}: {VALUES[item]}")))


SUBJECTS = ["Heron 70B", "The teacher model", "The vision model", "The previous model", "Its tokenizer", "Owl 7B Draft"]
PREDICATES = [
    ("parameters", "has 70 billion parameters."),
    ("parameters", "is a language model with 70B parameters."),
    ("context-length", "supports a context window of 32,768 tokens."),
    ("architecture", "is a mixture-of-experts language model."),
    ("release-date", "was released on 3 May 2026."),
    ("training-compute", "took 300 GPU hours."),
    ("energy", "used 310 kWh."),
]
NOT_OF_MODEL = [
    ("parameters", "Owl 7B, based on the 70 billion parameter Heron, is small."),
    ("parameters", "Owl 7B is optimized for 70 billion parameter models."),
    ("parameters", "Owl 7B offers the performance of models with 70 billion parameters."),
    ("parameters", "Owl 7B is a chat model with a 70B parameter teacher."),
    ("parameters", "Owl 7B has a 300M parameter vision encoder."),
    ("parameters", "Owl 7B has 300 million parameters in its vision encoder."),
    ("parameters", "Owl 7B has 1 million parameters per expert."),
    ("parameters", "Owl 7B does not have 70 billion parameters."),
    ("parameters", "Owl 7B will have 70 billion parameters."),
    ("parameters", "Owl 7B has 7 billion or 70 billion parameters."),
    ("parameters", "Owl 7B was distilled from Heron. It has 70 billion parameters."),
    ("parameters", "- Parameters: 4K context, temperature 0.7"),
    ("parameters", "- Parameters: 1,024,000 steps"),
    ("parameters", "- Model size: 512M on disk"),
    ("parameters", "- Model size: 7B, 13B, 70B"),
    ("parameters", "- Parameters: 7B (language) + 0.3B (vision)"),
    ("parameters", "| Model | Params | Layers |\n|---|---|---|\n| Owl 1B | 1B | 2 |\n| Owl 70B | 70B | 4 |"),
    ("context-length", "Owl 7B was trained with a context length of 4096."),
    ("context-length", "Owl 7B was evaluated with a context window of 4096 tokens."),
    ("context-length", "Owl 7B has no context window of 4096 tokens."),
    ("context-length", "- Context length: 4096 (training)"),
    ("context-length", "Hyperparameters:\n\n- learning rate: 1e-5\n- context length: 1024"),
    ("context-length", "## Training\n\n- context length: 1024"),
    ("context-length", "| Parameter | Value |\n|---|---|\n| Batch size | 8 |\n| Context length | 2048 |"),
    ("release-date", "- Release date: June 2027 (planned)"),
    ("release-date", "Owl 7B will be released in June 2027."),
    ("release-date", "Owl 7B was trained in June 2025."),
    ("release-date", "- 2026.04.02: We release the dataset of Owl 7B."),
    ("data-cutoff", "The cutoff is 2000 Hz."),
    ("data-cutoff", "The knowledge cutoff of 2000 tokens is small."),
    ("data-cutoff", "The cutoff date is June 2025 for the questions."),
    ("training-compute", "Fine-tuning requires 8 GPU hours."),
    ("training-compute", "Training takes 8 A100 hours on your own data."),
    ("training-compute", "Training is estimated to take 300 GPU hours."),
    ("training-compute", "Training would have taken 300 GPU hours."),
    ("training-compute", "- Training time: 30 min per epoch"),
    ("training-compute", "- Training time: 0 hours"),
    ("training-compute", "- Hours used: [More Information Needed]"),
    ("energy", "- Energy consumption: 0.3 kWh per 1,000 queries"),
    ("energy", "- Carbon emitted: 0.00 kg CO2eq"),
    ("energy", "Inference used 12 kWh a day."),
    ("architecture", "Owl 7B uses the transformers library."),
    ("architecture", "Owl 7B is not a mixture of experts."),
    ("architecture", "Owl 7B uses a VAE from Heron."),
    ("architecture", "Owl 7B is a dense model, unlike mixture-of-experts models."),
    ("architecture", "- Architecture: Figure 1"),
    ("architecture", "- Architecture: custom"),
    ("training-data", "- Training data: yes"),
    ("acceptable-use", "- The acceptable use policy: none"),
    ("energy", "- Energy consumed: 3.2 kWh (estimated for inference)"),
    ("architecture", "- Supported architecture: NVIDIA Ampere"),
    ("evaluation", "## Evaluation\n\n| Task | Shots | Owl 7B |\n|---|---|---|\n| Hoots | 5 | TBD |"),
    ("evaluation", "## Evaluation\n\n| Task | Owl 7B | Heron 8B |\n|---|---|---|\n| Hoots | TBD | 70.1 |"),
    ("evaluation", "## Evaluation\n\n| Model | Score |\n|---|---|\n| Heron 8B | 70.1 |\n| Owl 7B | - |"),
    (
        "evaluation",
        "## Performance\n\n| Metric | Value |\n|---|---|\n| Weights (fp16) | 96.2 MB |\n| Rate | 88 tokens/s |",
    ),
    (
        "evaluation",
        "## Performance\n\n| Metric | Value |\n|---|---|\n| Model size | 48.5 |\n| Peak memory (GB) | 3.1 |",
    ),
    ("evaluation", "## Benchmarks\n\n| Format | Latency (ms) | VRAM |\n|---|---|---|\n| 4 bit | 212.5 | 3.4 GB |"),
    ("evaluation", "## Speed and performance\n\n<table><tr><td>Rate</td><td>88 tokens/s</td></tr></table>"),
    ("evaluation", "## Results\n\n<table><tr><td>Hoots of 2025</td><td>TBD</td></tr></table>"),
    ("evaluation", "## Results\n\n| Check | Target | Result |\n|---|---|---|\n| Hoots | 95 | [open] |"),
    ("evaluation", "## Results\n\n| Check | Asked | Result |\n|---|---|---|\n| Hoots | ≤ 5.1 per night | [open] |"),
    ("evaluation", "## Experiments\n\n| Run | Method | Verdict |\n|---|---|---|\n| a | rank 16, lr 1e-4 | dull |"),
    ("evaluation", "## Evaluation data\n\n| Split | Rows |\n|---|---|\n| test | 400 |"),
    ("evaluation", "## Contamination test results\n\n| Data | Hoots |\n|---|---|\n| Owl | 0.1 |"),
    ("bias", '## Limitations\n\nThe benchmark shows a strong "yes" bias.'),
    ("bias", "## Limitations\n\nThe attention has a QKV bias and may fail."),
    ("bias", "## Limitations\n\nIt cannot see. We did not assess bias."),
    ("bias", "## Limitations\n\nIt cannot see. There is no bias towards owls."),
    ("bias", "## Limitations\n\nIt cannot see. The fairness of this comparison rests on the baseline."),
    ("bias", "## Limitations\n\nIt cannot see. Baseline fairness matters."),
    ("bias", "## Limitations\n\nIt cannot see. It must not be used to create hateful, biased or false content."),
    ("bias", "## Limitations\n\nIt cannot see. Never use it for discriminatory purposes."),
    ("limitations", "## The safety valve story\n\nWe took the plateau for a limit of the optimizer."),
    ("limitations", "## Risk model of the forest\n\nThe map shows risks of fire by valley."),
    ("limitations", "## Disclaimer and license\n\nThere is no limitation for commercial use."),
    ("limitations", "## 免责声明\n\n请遵守当地法律。"),
    ("limitations", "# Heron 8B\n\n## Limitations\n\nIt cannot hoot in the rain."),
    ("intended-use", "## Intended uses & limitations\n\nUsage is as follows:\n\n```py\nimport owl\n```"),
    ("intended-use", "## Out-of-scope use\n\nDo not use it in court."),
    ("training-data", "## Datasets\n\nThe original Heron was trained on web pages."),
    ("training-data", "## Training data\n\nThe dataset has the following format for training."),
    (
        "training-data",
        "## Training dataset\n\nIt has the following format:\n\n```\nowl.png\n```\n\nA file has captions.",
    ),
    ("training-data", "## Training data format\n\nEach kind of owl has a folder of its own."),
    ("training-data", "## Layout of the training dataset\n\nOne line per hoot is read."),
    ("training-data", "## Evaluation data\n\nTen thousand hoots."),
    ("contact", "## Feedback\n\nSee the [paper](https://arxiv.org/abs/2601.00001)."),
    ("contact", "## Support\n\n[Donate](https://www.paypal.com/owl)"),
    ("contact", "For questions about the base model, write to heron@coastlab.org."),
    ("contact", "Questions are no longer answered at owl@coastlab.org."),
    ("contact", "- Contact: your name"),
    ("contact", "We are hiring; send us your CV.\n\nEmail: jobs@coastlab.org"),
    ("acceptable-use", "An acceptable use policy will be published."),
    ("acceptable-use", "See the acceptable use policy of Heron."),
    ("integration", "## Usage\n\n```python\n# coming soon\n```"),
    ("integration", "## Software\n\n- Framework: PyTorch"),
    ("license", "## License\n\nThis model will be released under the MIT license soon."),
    *((item, f"{subject} {predicate}") for subject in SUBJECTS for item, predicate in PREDICATES),
]


@pytest.mark.parametrize(("item", "body"), NOT_OF_MODEL)
def test_it_is_not_said_of_the_model(item, body):
    assert item not in stated(card_of(body))


@pytest.mark.parametrize("value", ["synthetic", "Internal", "in-house", "imagefolder", "csv", "generator"])
def test_a_sort_of_data_is_no_name(value):
    assert "training-data" not in stated(card_of("", f"datasets:\n- {value}\n"))


@pytest.mark.parametrize("value", ["TBD", "n/a", "none", "'-'", "todo", "unknown", "''", "'?'"])
@pytest.mark.parametrize(
    ("item", "metadata"),
    [
        ("license", "license: {}\n"),
        ("license", "license: other\nlicense_name: {}\n"),
        ("base-model", "base_model: {}\n"),
        ("training-data", "datasets: [{}]\n"),
        ("energy", "co2_eq_emissions: {}\n"),
        ("energy", "co2_eq_emissions:\n  emissions: {}\n"),
    ],
)
def test_metadata_that_names_nothing(item, metadata, value):
    assert item not in stated(card_of("", metadata.format(value)))


FURTHER = [
    ("parameters", "A 48M-parameter language model for owls.", "48M-parameter"),
    ("parameters", "This is a 7B-parameter decoder-only language model.", "7B-parameter"),
    ("parameters", "- 参数量：70亿", "70亿"),
    ("parameters", "| Model | Params | A |\n|---|---|---|\n| Heron | 8B | 3 |\n| Owl (this model) | 7B | 4 |", "7B"),
    ("parameters", "This repo has the 7B model, which has these features:\n\n- Parameters: 7.61B", "7.61B"),
    ("parameters", "## Evaluation\n\n| | Heron | Owl 7B |\n|---|---|---|\n| #Params | 70B | 7.2B |", "7.2B"),
    ("parameters", "## Owl 7B\n\n- Parameters: 7B", "7B"),
    ("context-length", "- **Long context**: Natively supports a 256K context window.", "256K context window"),
    ("context-length", "- 上下文长度：128K", "128K"),
    ("context-length", "- Context Length: Full 131,072 tokens and generation 8192 tokens", "Full 131,072"),
    ("context-length", "- Context Length: 32,768 natively and 131,072 with YaRN.", "32,768"),
    ("architecture", "- Architecture: gated trunk, 20 layers, GQA 8/4", "gated trunk, 20 layers, GQA 8/4"),
    ("architecture", "Owl 7B features an innovative Mixture-of-Experts (MoE) architecture.", "Mixture-of-Experts"),
    ("architecture", "Owl 7B is a Mixture-of-Experts (MoE) language model.", "Mixture-of-Experts"),
    ("architecture", "Owl 7B is a Transformer-based language model.", "Transformer"),
    ("release-date", "- Release dates: June, 2024", "June, 2024"),
    ("release-date", "- [2026/04/02] 🔥 We release Owl 7B.", "2026/04/02"),
    ("release-date", "- Jul 28, 2026: 👋 We've released the model weights of Owl 7B.", "Jul 28, 2026"),
    ("release-date", "Owl 7B was released on 3 May 2026.", "3 May 2026"),
    ("training-data", "- Training data: 4.9T tokens of web pages", "4.9T tokens of web pages"),
    ("training-data", "## Training\n\n- **Data:** 380 hours of hoots\n- **Steps:** 20,000", "380 hours of hoots"),
    ("training-compute", "- **Hours used:** 310", "310"),
    ("training-compute", "# Uses\n\n## Environmental Impact\n\n- **Hours used:** 150,000", "150,000"),
    ("energy", "- **Carbon Emitted (Power consumption x Time x Carbon produced by the power grid):** 11250 kg CO2 eq.",
     "11250 kg CO2 eq"),
    ("contact", "- **Contact:** [Discord](https://discord.gg/owl)", "https://discord.gg/owl"),
    ("evaluation", "## Results\n\n| Night | Hit rate |\n|---|---|\n| first | **71.2%** ± 0.3 |", 'section "Results"'),
    ("evaluation", "## Results\n\n| Night | Target | Got |\n|---|---|---|\n| first | 9 | ~8.4 dB |",
     'section "Results"'),
    ("evaluation", "## Results\n\n| Night | Got | Latency |\n|---|---|---|\n| first | -0.31 | 3 ms |",
     'section "Results"'),
    ("evaluation", "## Results\n\n<table><tr><td>Hoots</td><td align='center'><b>71.2</b></td></tr></table>",
     'section "Results"'),
    ("training-data", "- Training data: 340 hoots (300 original + 40 new)", "340 hoots (300 original + 40 new)"),
    ("bias", "## Limitations\n\nFairness across regions is poor.", "Fairness across regions is poor."),
    ("bias", "## Limitations\n\nIt should not be used without review, since it gives biased answers.",
     "It should not be used without review, since it gives biased answers."),
    ("limitations", "## Responsibility & Safety\n\nIt may generate false hoots.", 'section "Responsibility & Safety"'),
    ("limitations", "## Risiken\n\nEs macht Fehler bei Tag.", 'section "Risiken"'),
    ("training-data", "## Training data\n\nTwo thousand hoots, in the archive's format.", 'section "Training data"'),
    ("limitations", "## 局限性\n\n模型看不清白天的猫头鹰。", 'section "局限性"'),
    ("bias", "## Limitations\n\nIt cannot see. Answers may be biased.", "Answers may be biased."),
]  # fmt: skip


@pytest.mark.parametrize(("item", "body", "words"), FURTHER)
def test_further_statements(item, body, words):
    assert stated(card_of(body))[item] == words
