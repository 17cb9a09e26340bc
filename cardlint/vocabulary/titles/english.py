"""English titles of sections by kind.

Source: the titles that the Hub's template (huggingface_hub 2.4.0) and the generators of cards write, and the titles of
ten thousand cards of 2020 to 2025, counted; read 2026-08-22. Refresh: huggingface_hub's
`templates/modelcard_template.md`, transformers' `modelcard.py`, and a count of the titles that no kind is found for.
"""

from __future__ import annotations

__all__ = ["ALONE", "AT_END", "BY_CODE", "BY_PARENT", "NEITHER", "SEVERAL", "TITLES"]

SOURCE = "the Hub's template and the generators of cards; titles of 10,000 real cards, counted"
DATE = "2026-08-22"

TITLES: dict[str, str] = {
    "description": """
        description, about, overview, introduction, intro, summary, abstract, model details, model info,
        model information, model summary, general information, basic information, background, how does it work,
        how it works, tl dr, tldr, highlights, key features, technical summary, info, more details about model,
        what is it, what is this, at a glance
    """,
    "intended-use": """
        intended use, intended uses, uses, use cases, use case, direct use, downstream use, downstream uses,
        direct users, indirect users, what can it be used for, purpose
    """,
    "out-of-scope": """
        misuse, misuses, out of scope, out of scope use, prohibited use, prohibited uses, banned use, banned uses,
        forbidden use, forbidden uses, acceptable use, acceptable use policy, use restrictions, usage restrictions,
        use based restrictions
    """,
    "limitations": """
        limitations, limitation, risks, recommendations, caveats, known issues, disclaimer, disclaimers, safety,
        responsible ai, warning, warnings, toxicity, weaknesses, failure modes
    """,
    "bias": "bias, biases, fairness",
    "ethical-considerations": "ethical considerations, ethical consideration, ethics, ethical statement",
    "training-data": """
        training data, training dataset, training datasets, dataset, datasets, data, corpus, corpora, used dataset,
        used datasets, data sources, data source, datasets used, dataset used, data used, trained on,
        dataset details, dataset description, dataset summary, dataset information, data description,
        about dataset, details of dataset, datasets credits, data mix, datamix, data collection, data preparation,
        train val test splits, train set, training set, data and other resources, data overview, data composition
    """,
    "training-procedure": """
        training, train, procedure, training procedure, training details, fine tuning, finetuning, pretraining,
        pre training, preprocessing, pre processing, data preprocessing, post training, postprocessing,
        speeds sizes times, merge details, merge method, merge procedure, merge configuration,
        development and training, multi task pretraining, transfer learning pretraining,
        distillation, tokenization and pre training, data cleaning and preprocessing
    """,
    "hyperparameters": """
        training hyperparameters, hyperparameters, training parameters, training params, training arguments,
        training config, training configuration, training setting, training settings, train parameters,
        training argument, fine tuning parameters, finetuning parameters, asr config, lm config, tts config,
        enh config, st config, slu config, s2st config, finetuning setup
    """,
    "evaluation": """
        evaluation, testing data, test data, metrics, factors, validation, testing data factors metrics,
        variable and metrics, model examination and evaluation
    """,
    "results": """
        evaluation results, training results, accuracy, model comparison, comparison, leaderboard,
        confusion matrix, validation metrics, training metrics, test metrics, metrics of best model,
        metrics on evaluation set, scores, experiments, expriments, downstream performance,
        fine tuning on nlu tasks, normalized confusion matrix, open llm leaderboard,
        open llm leaderboard evaluation results, test set metrics, training set metrics, train metrics
    """,
    "environmental-impact": "environmental impact, carbon footprint, energy consumption",
    "technical-specifications": """
        technical specifications, technical specification, technical details, specifications, specification, specs,
        architecture, network architecture, architecture and objective, architecture details, model structure
    """,
    "compute": """
        compute, compute infrastructure, computing infrastructure, compute resources, computational resources,
        compute requirements, computational requirements, infrastructure, hardware, hardware requirements,
        system requirements, gpu requirements, vram requirements, memory requirements
    """,
    "how-to-use": """
        usage, how to use, how to get started, how to get started with model, getting started, get started,
        quickstart, quick start, inference,
        installation, install, requirements, prerequisites, dependencies, setup, to use, demonstration,
        model in action, in action, prompting, prompt example, prompt examples, example prompt, example prompts,
        negative prompt, chat template, trigger words, trigger word, code sample, code example, code examples,
        instructions, huggingface transformers, sentence transformers, in transformers, in farm, in haystack,
        recommended settings, download model, deployment, best practices, you can then use following code, demo,
        local applications, speedups
    """,
    "license": "license, licence, licenses, copyright, legal, terms, terms of use, licenese, restrictions",
    "citation": """
        citation, citations, cite, citing, citiation, bibtex, bib, apa, how to cite, cited, acknowledging,
        publication
    """,
    "contact": """
        contact, authors, author, card authors, card contact, card author, team, team members, about us, about me,
        questions, question, issues, feedback, support, community, discord, get in touch, contributors,
        contributers, developers, developed by, created by, maintainers, creators, reporting issues, who we are,
        about author, about authors, follow us, join us, join community, feedback and questions,
        ideas for cooperation or questions, developer
    """,
    "framework-versions": """
        framework version, framework versions, software, environment, environments, library versions, versions
    """,
}
"""Whole titles by kind, separated by commas, in lower case, without articles, a leading `model` and punctuation."""

ALONE: dict[str, str] = {
    "how-to-use": """
        prompt, prompts, code, generation, notebook, colab, google colab, python, diffusers, transformers, api,
        cli, download, downloads, tips
    """,
    "results": "result, results",
}
"""Titles that name a kind as a whole title, but not as a part of a longer one."""

NEITHER = """
    training with model, supported tasks and leaderboards, model output, data fields,
    data splits, data instances, dataset structure, test set, issues and discussions, contributing, contribute,
    contributions
"""
"""Titles that contain the words of a kind but name none."""

SEVERAL: dict[str, tuple[str, ...]] = {
    "training and evaluation data": ("training-data", "evaluation"),
    "training and evaluation dataset": ("training-data", "evaluation"),
    "training and evaluation datasets": ("training-data", "evaluation"),
    "training and test data": ("training-data", "evaluation"),
    "training and testing data": ("training-data", "evaluation"),
    "training evaluation data": ("training-data", "evaluation"),
    "training and evaluation": ("training-procedure", "evaluation"),
    "training data and procedure": ("training-data", "training-procedure"),
    "architecture and training": ("technical-specifications", "training-procedure"),
    "training hardware": ("training-procedure", "compute"),
    "training infrastructure": ("training-procedure", "compute"),
    "hardware and software": ("compute",),
    "dataset and training": ("training-data", "training-procedure"),
    "citing and authors": ("citation", "contact"),
    "citation and related information": ("citation",),
    "use and limitations": ("intended-use", "limitations"),
    "uses and limitations": ("intended-use", "limitations"),
    "intended uses and limitations": ("intended-use", "limitations"),
}
"""Whole titles whose kinds are not those of their parts."""

BY_PARENT: dict[str, dict[str, str]] = {
    "evaluation": {
        "data": "evaluation",
        "dataset": "evaluation",
        "datasets": "evaluation",
        "summary": "results",
        "overview": "evaluation",
        "procedure": "evaluation",
    },
    "results": {"summary": "results", "overview": "results", "metrics": "results", "data": "evaluation"},
    "training-procedure": {
        "details": "training-procedure",
        "summary": "training-procedure",
        "overview": "training-procedure",
        "parameters": "hyperparameters",
        "config": "training-procedure",
        "configuration": "training-procedure",
    },
}
"""Kinds of short titles below a section of another kind."""

BY_CODE: dict[str, tuple[str, str]] = {
    "use": ("how-to-use", "intended-use"),
    "model use": ("how-to-use", "intended-use"),
    "application": ("how-to-use", "intended-use"),
    "applications": ("how-to-use", "intended-use"),
    "example": ("how-to-use", ""),
    "examples": ("how-to-use", ""),
    "reference": ("citation", ""),
    "references": ("citation", ""),
    "paper": ("citation", ""),
}
"""Titles with two kinds: if the section shows code, and if it does not."""

AT_END = {"about": "contact"}
"""Kinds of titles at the end of a card, where `About` is about the authors."""
