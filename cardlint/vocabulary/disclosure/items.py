"""The items about a model that regulations, forms and templates ask for, and who asks for each.

The places were read on mirrors of the texts, not in the official journal. An article may be addressed to authorities or
to providers who build on the model: no law asks that a model card have the item.

Refresh: read the annexes, the documentation form and the Hub's checklist again, and compare the places.
"""

from __future__ import annotations

from msgspec import Struct

__all__ = ["ITEMS", "NOTE", "TEXTS", "Item", "Request", "Text"]

SOURCE = (
    "Regulation (EU) 2024/1689, Annexes XI and XII; the model documentation form of the code of practice for"
    " general-purpose AI (July 2025); the Commission's template for the summary of training content (July 2025);"
    " the Hub's card template and release checklist; Mitchell et al. 2019"
)
DATE = "2026-11-30"
_FIRST_READ = "2026-11-29"


class Text(Struct, frozen=True):
    """A text that asks for items: its short and full name, whom it addresses, and the day on which it was read."""

    id: str
    name: str
    source: str
    addressed_to: str
    read: str = DATE


TEXTS = {
    text.id: text
    for text in (
        Text(
            "ai-act",
            "AI Act",
            "Article 53 of Regulation (EU) 2024/1689, read on mirrors",
            "providers of general-purpose models",
        ),
        Text(
            "annex-xi",
            "Annex XI",
            "Annex XI of Regulation (EU) 2024/1689, read on mirrors; 1(2)(d) is point 2(d) of section 1",
            "the AI Office and authorities, on request",
        ),
        Text(
            "annex-xii",
            "Annex XII",
            "Annex XII of Regulation (EU) 2024/1689, read on mirrors",
            "providers who build on the model",
        ),
        Text(
            "documentation-form",
            "documentation form",
            "Model Documentation Form of the code of practice for general-purpose AI, July 2025, as transcribed",
            "authorities and providers who build on the model, by its columns",
            _FIRST_READ,
        ),
        Text(
            "training-summary",
            "training summary",
            "the Commission's template for the public summary of training content, July 2025",
            "the public, in a document of its own",
            _FIRST_READ,
        ),
        Text(
            "hub-template",
            "Hub template",
            "huggingface_hub, `modelcard_template.md`",
            "readers of the card",
            _FIRST_READ,
        ),
        Text(
            "hub-checklist",
            "Hub checklist",
            "the Hub's documentation, `model-release-checklist.md`",
            "readers of the card",
        ),
        Text(
            "mitchell-2019",
            "Mitchell et al.",
            "Mitchell et al., Model Cards for Model Reporting, 2019, sections 4.1 to 4.9, as later forms list them",
            "readers of the card",
        ),
    )
}
"""The texts by id, in the order in which they are listed."""


class Request(Struct, frozen=True):
    """A request for an item: the id of the text, and the place in it."""

    text: str
    place: str = ""


class Item(Struct, frozen=True):
    """Something about a model that texts ask for.

    `looked_for` are the forms of statement that are recognised. Of an item with `presence_only` is recognised that a
    card has something about it, not what this says.
    """

    name: str
    title: str
    looked_for: tuple[str, ...]
    asked_by: tuple[Request, ...]
    presence_only: bool = False


ITEMS = (
    Item(
        "license",
        "license",
        ("`license` in the metadata", "a license of the model in the text"),
        (
            Request("annex-xi", "1(1)(f)"),
            Request("annex-xii", "1(h)"),
            Request("documentation-form", "3"),
            Request("hub-template", "`license`"),
            Request("hub-checklist", "Metadata Configuration"),
            Request("mitchell-2019", "model details"),
        ),
    ),
    Item(
        "base-model",
        "base model",
        ("`base_model` in the metadata", "a sentence or label that names the model it was made from"),
        (
            Request("documentation-form", "1.6"),
            Request("training-summary", "1.2"),
            Request("hub-template", "`base_model`"),
            Request("hub-checklist", "Metadata Configuration"),
        ),
    ),
    Item(
        "release-date",
        "release date",
        ("a label such as `Release date:` with a date", "a sentence that the model was released on a date"),
        (
            Request("annex-xi", "1(1)(c)"),
            Request("annex-xii", "1(c)"),
            Request("documentation-form", "1.4-1.5"),
            Request("mitchell-2019", "model details"),
        ),
    ),
    Item(
        "intended-use",
        "intended use",
        ("a section on intended use",),
        (
            Request("annex-xi", "1(1)(a)"),
            Request("annex-xii", "1(a)"),
            Request("documentation-form", "4"),
            Request("hub-template", "Uses"),
            Request("hub-checklist", "Detailed Model Description"),
            Request("mitchell-2019", "intended use"),
        ),
        presence_only=True,
    ),
    Item(
        "acceptable-use",
        "acceptable use policy",
        ("a link to, or a section with, an acceptable or prohibited use policy",),
        (
            Request("annex-xi", "1(1)(b)"),
            Request("annex-xii", "1(b)"),
            Request("documentation-form", "4"),
        ),
    ),
    Item(
        "architecture",
        "architecture",
        (
            "a label such as `Architecture:`",
            "a sentence with a known kind of architecture",
            "the class in `config.json`",
        ),
        (
            Request("annex-xi", "1(1)(d)"),
            Request("annex-xii", "1(f)"),
            Request("documentation-form", "2"),
            Request("hub-template", "Model Architecture and Objective"),
            Request("hub-checklist", "Detailed Model Description"),
            Request("mitchell-2019", "model details"),
        ),
    ),
    Item(
        "parameters",
        "parameters",
        ("a number of parameters in a label, a table or a sentence", "the size of the weights beside the card"),
        (
            Request("annex-xi", "1(1)(d)"),
            Request("annex-xii", "1(f)"),
            Request("documentation-form", "2"),
        ),
    ),
    Item(
        "modalities",
        "modalities",
        ("the task in the metadata", "a label such as `Input modalities:`"),
        (
            Request("annex-xi", "1(1)(e)"),
            Request("annex-xii", "1(g), 2(b)"),
            Request("documentation-form", "2"),
        ),
    ),
    Item(
        "context-length",
        "context length",
        ("a number behind `context length` or `context window`",),
        (Request("annex-xii", "2(b)"), Request("documentation-form", "2")),
    ),
    Item(
        "integration",
        "integration",
        ("code in a section on use", "code that loads the model", "a section with versions of the software"),
        (
            Request("annex-xi", "1(2)(a)"),
            Request("annex-xii", "1(e), 2(a)"),
            Request("documentation-form"),
            Request("hub-template", "How to Get Started with the Model"),
            Request("hub-checklist", "Usage Examples"),
        ),
        presence_only=True,
    ),
    Item(
        "training-data",
        "training data",
        (
            "`datasets` in the metadata",
            "a label such as `Training data:`",
            "a dataset in a sentence on the training",
            "a section on training data",
        ),
        (
            Request("annex-xi", "1(2)(c)"),
            Request("annex-xii", "2(c)"),
            Request("documentation-form", "5"),
            Request("training-summary", "2"),
            Request("hub-template", "Training Data"),
            Request("hub-checklist", "Metadata Configuration"),
            Request("mitchell-2019", "training data"),
        ),
    ),
    Item(
        "data-cutoff",
        "data cutoff",
        ("a date behind `knowledge cutoff`, `data cutoff` or `data freshness`",),
        (Request("training-summary", "1.3"), Request("documentation-form")),
    ),
    Item(
        "training-compute",
        "training compute",
        ("a number of GPU or TPU hours", "a number of FLOP", "a training time"),
        (
            Request("annex-xi", "1(2)(d)"),
            Request("documentation-form", "for authorities"),
            Request("hub-template", "Hours used"),
        ),
    ),
    Item(
        "energy",
        "energy and emissions",
        ("`co2_eq_emissions` in the metadata", "a number of kWh of the training", "a mass of CO2"),
        (
            Request("annex-xi", "1(2)(e)"),
            Request("documentation-form", "for authorities"),
            Request("hub-template", "Environmental Impact"),
            Request("hub-checklist", "Carbon Emissions"),
        ),
    ),
    Item(
        "evaluation",
        "evaluation results",
        ("results of the model in the metadata or the text", "a section on evaluation with numbers"),
        (
            Request("annex-xi", "section 2, for models with systemic risk"),
            Request("ai-act", "Art. 53(1)(a)"),
            Request("hub-template", "Evaluation"),
            Request("hub-checklist", "Performance Metrics"),
            Request("mitchell-2019", "quantitative analyses"),
        ),
    ),
    Item(
        "limitations",
        "limitations",
        ("a section on limitations or risks",),
        (
            Request("ai-act", "Art. 53(1)(b)(i)"),
            Request("hub-template", "Bias, Risks, and Limitations"),
            Request("hub-checklist", "Limitations and Biases"),
            Request("mitchell-2019", "caveats and recommendations"),
        ),
        presence_only=True,
    ),
    Item(
        "bias",
        "bias",
        ("a section on bias", "a sentence on bias in a section on limitations or ethics"),
        (
            Request("hub-template", "Bias, Risks, and Limitations"),
            Request("hub-checklist", "Limitations and Biases"),
            Request("mitchell-2019", "ethical considerations"),
        ),
        presence_only=True,
    ),
    Item(
        "contact",
        "contact",
        ("an address in a section on contact or behind `Contact:`", "an email address for questions"),
        (
            Request("training-summary", "1.1"),
            Request("hub-template", "Model Card Contact"),
            Request("mitchell-2019", "model details"),
        ),
        presence_only=True,
    ),
)
"""The items in the order in which they are listed."""

NOTE = (
    "This is an inventory of what the card states and no legal advice: other documents may state the rest, and open"
    " models are partly exempt (Art. 53(2) of the AI Act)."
)
"""The sentence below every inventory."""
