"""Comments of the Hub's template that tell the author what to write.

Refresh: `pip download --no-deps huggingface_hub` and read its `templates/modelcard_template.md`.
"""

from __future__ import annotations

__all__ = ["COMMENTS"]

SOURCE = "huggingface_hub 2.4.0 (`templates/modelcard_template.md`); what earlier ones had otherwise, from their cards"
DATE = "2026-08-22"

_COMMENTS = """
    Provide a quick summary of what the model is/does.

    Provide a quick summary of what the model is/does. [Optional]

    Provide a longer summary of what this model is.

    Provide a longer summary of what this model is/does.

    Provide the basic links for the model.

    Address questions around how the model is intended to be used, including the foreseeable users of the model
    and those affected by the model.

    This section is for the model use without fine-tuning or plugging into a larger ecosystem/app.

    This section is for the model use when fine-tuned for a task, or when plugged into a larger ecosystem/app

    This section addresses misuse, malicious use, and uses that the model will not work well for.

    This section is meant to convey both technical and sociotechnical limitations.

    This section is meant to convey recommendations with respect to the bias, risk, and technical limitations.

    This should link to a Dataset Card, perhaps with a short stub of information on what the training data is
    all about as well as documentation related to data pre-processing or additional filtering.

    This should link to a Data Card, perhaps with a short stub of information on what the training data is all
    about as well as documentation related to data pre-processing or additional filtering.

    This relates heavily to the Technical Specifications. Content here should link to that section when it is
    relevant to the training procedure.

    fp32, fp16 mixed precision, bf16 mixed precision, bf16 non-mixed precision, fp16 non-mixed precision, fp8
    mixed precision

    This section provides information about throughput, start/end time, checkpoint size if relevant, etc.

    This section describes the evaluation protocols and provides the results.

    This should link to a Dataset Card if possible.

    This should link to a Data Card if possible.

    These are the things the evaluation is disaggregating by, e.g., subpopulations or domains.

    These are the evaluation metrics being used, ideally with a description of why.

    Relevant interpretability work for the model goes here

    Total emissions (in grams of CO2eq) and additional considerations, such as electricity usage, go here. Edit
    the suggested text below accordingly

    If there is a paper or blog post introducing the model, the APA and Bibtex information for that should go in
    this section.

    If relevant, include terms and calculations in this section that can help readers understand the model or
    model card.
"""
COMMENTS = frozenset(" ".join(comment.split()) for comment in _COMMENTS.split("\n\n"))
"""The texts between `<!--` and `-->`, without the blanks around them."""
