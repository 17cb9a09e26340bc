"""Old and new names of the Hub's oldest models and datasets, which had no owner at first.

The Hub redirects from the old names, so both names are right and mean the same repository.

Models are listed if one version of transformers names them without an owner and the next one with an owner, at every
place; DistilBERT's names, which were not changed there, are from public code that has both. Datasets are from examples
in docstrings and the `dataset_path` of the same task, in two versions each; from the issue and the pull requests that
name the Hub's redirections; and from public code with tables of old and new names.
Refresh: `pip download` two versions each and compare. The models moved once, in early 2024, the datasets in the course
of that year. A name that is not listed is compared unchanged.
"""

from __future__ import annotations

__all__ = ["DATASETS", "MODELS", "current_dataset", "current_model"]

SOURCE = (
    "models: transformers 4.37.2 and 4.38.2; datasets: datasets 2.14.5 and 5.2.0, lm_eval 0.4.0 and 0.4.9.1, "
    "huggingface/datasets issue 5096, pull requests 29679 and 49017 of transformers, 649 of setfit, "
    "3852 of lm-evaluation-harness"
)
DATE = "2026-11-21"

_MODELS_BY_OWNER = {
    "FacebookAI": """
        roberta-base roberta-large roberta-large-mnli xlm-clm-ende-1024 xlm-clm-enfr-1024 xlm-mlm-100-1280
        xlm-mlm-17-1280 xlm-mlm-en-2048 xlm-mlm-ende-1024 xlm-mlm-enfr-1024 xlm-mlm-enro-1024 xlm-mlm-tlm-xnli15-1024
        xlm-mlm-xnli15-1024 xlm-roberta-base xlm-roberta-large xlm-roberta-large-finetuned-conll02-dutch
        xlm-roberta-large-finetuned-conll02-spanish xlm-roberta-large-finetuned-conll03-english
        xlm-roberta-large-finetuned-conll03-german
    """,
    "Salesforce": "ctrl",
    "albert": """
        albert-base-v1 albert-base-v2 albert-large-v1 albert-large-v2 albert-xlarge-v1 albert-xlarge-v2
        albert-xxlarge-v1 albert-xxlarge-v2
    """,
    "almanach": "camembert-base",
    "distilbert": """
        distilbert-base-cased distilbert-base-cased-distilled-squad distilbert-base-german-cased
        distilbert-base-multilingual-cased distilbert-base-uncased distilbert-base-uncased-distilled-squad
        distilbert-base-uncased-finetuned-sst-2-english distilgpt2 distilroberta-base
    """,
    "google-bert": """
        bert-base-cased bert-base-cased-finetuned-mrpc bert-base-chinese bert-base-german-cased
        bert-base-german-dbmdz-cased bert-base-german-dbmdz-uncased bert-base-multilingual-cased
        bert-base-multilingual-uncased bert-base-uncased bert-large-cased bert-large-cased-whole-word-masking
        bert-large-cased-whole-word-masking-finetuned-squad bert-large-uncased bert-large-uncased-whole-word-masking
        bert-large-uncased-whole-word-masking-finetuned-squad
    """,
    "google-t5": "t5-11b t5-3b t5-base t5-large t5-small",
    "openai-community": """
        gpt2 gpt2-large gpt2-medium gpt2-xl openai-gpt roberta-base-openai-detector roberta-large-openai-detector
    """,
    "transfo-xl": "transfo-xl-wt103",
    "xlnet": "xlnet-base-cased xlnet-large-cased",
}
_DATASETS_BY_OWNER = {
    "AI-Lab-Makerere": "beans",
    "CogComp": "trec",
    "EdinburghNLP": "xsum",
    "FiscalNote": "billsum",
    "Helsinki-NLP": "opus_books",
    "ILSVRC": "imagenet-1k",
    "Rowan": "hellaswag",
    "Salesforce": "wikitext",
    "Samsung": "samsum",
    "Skylion007": "openwebtext",
    "Yelp": "yelp_review_full",
    "abisee": "cnn_dailymail",
    "allenai": "ai2_arc c4 common_gen openbookqa peer_read qasper sciq winogrande",
    "aps": "super_glue",
    "cambridgeltl": "xcopa",
    "cardiffnlp": "tweet_eval",
    "clinc": "clinc_oos",
    "community-datasets": "yahoo_answers_topics",
    "cornell-movie-review-data": "rotten_tomatoes",
    "dair-ai": "emotion",
    "defunct-datasets": "amazon_reviews_multi",
    "eriktks": "conll2003",
    "facebook": "anli babi_qa xnli",
    "fancyzhx": "ag_news amazon_polarity dbpedia_14 yelp_polarity",
    "google": "boolq xquad xtreme",
    "google-research-datasets": "go_emotions paws paws-x",
    "iamollas": "ethos",
    "indonlp": "indonlu",
    "legacy-datasets": "common_voice",
    "leondz": "wnut_17",
    "nyu-mll": "glue multi_nli",
    "openai": "gsm8k",
    "openslr": "librispeech_asr",
    "rajpurkar": "squad squad_v2",
    "stanfordnlp": "imdb snli sst2",
    "takala": "financial_phrasebank",
    "tau": "commonsense_qa",
    "unimelb-nlp": "wikiann",
    "uoft-cs": "cifar10 cifar100",
    "wmt": "wmt16",
    "ybisk": "piqa",
    "ylecun": "mnist",
    "zalando-datasets": "fashion_mnist",
}


def _table(by_owner: dict[str, str]) -> dict[str, str]:
    return {name.lower(): f"{owner}/{name}" for owner, names in by_owner.items() for name in names.split()}


MODELS = _table(_MODELS_BY_OWNER)
"""The id of each model that had no owner, by its old name in lower case."""

DATASETS = _table(_DATASETS_BY_OWNER) | {"hendrycks_test": "cais/mmlu", "reddit": "webis/tldr-17"}
"""The id of each dataset that had no owner, by its old name in lower case."""


def current_model(name: str) -> str:
    """Return a model's current id in lower case, so that two names of one model are equal."""
    return MODELS.get(name.lower(), name).lower()


def current_dataset(name: str) -> str:
    """Return a dataset's current id in lower case, so that two names of one dataset are equal."""
    return DATASETS.get(name.lower(), name).lower()
