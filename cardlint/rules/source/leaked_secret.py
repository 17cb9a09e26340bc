"""Rule `leaked-secret`."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.text.secrets import find_secrets
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule

SHOWN = 6  # characters of a secret that a message may show


@rule(severity=Severity.ERROR)
def leaked_secret(card: Card) -> Iterator[Problem]:
    r"""The card contains a token or key that gives access to an account.

    Cards and their history are public: anyone who finds the secret can use it, and bots search for such strings within
    minutes. Revoke the secret first, then remove it. The rule looks for the shapes of well-known providers' secrets
    everywhere, also in code blocks and metadata, and skips obvious examples (`hf_xxxx...`, `sk-your-key`). No output of
    cardlint shows more than the first six characters of a secret.

    Bad:
        Log in with `huggingface-cli login --token \x68f_QmZkTfWbRyVhXuLsNdPgCjEaKoBiMxYtJq`.

    Good:
        Log in with `huggingface-cli login --token $HF_TOKEN`.
    """
    for secret in find_secrets(card.source.text):
        yield Problem(
            secret.spans[0],
            f"the card contains {secret.shape.what}: `{secret.text[:SHOWN]}...`",
            f"Revoke it first ({secret.shape.revoke}), since the card's history keeps it; then remove it.",
            tuple(Related(span, "also here") for span in secret.spans[1:]),
        )
