"""The rule `leaked-secret`."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.text.secrets import find_secrets
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule

SHOWN = 6  # characters of a secret that may be seen


@rule(severity=Severity.ERROR)
def leaked_secret(card: Card) -> Iterator[Problem]:
    r"""A token or key that opens somebody's account stands in the card.

    Cards are public, and so is their history: whoever finds the secret can use it, and robots search for such strings
    within minutes. Shapes of well-known providers are looked for everywhere, code blocks and metadata included; what is
    plainly made up (`hf_xxxx...`, `sk-your-key`) is passed over. No output of cardlint shows more than the first six
    characters of a secret.

    Bad:
        Log in with `huggingface-cli login --token \x68f_QmZkTfWbRyVhXuLsNdPgCjEaKoBiMxYtJq`.

    Good:
        Log in with `huggingface-cli login --token $HF_TOKEN`.
    """
    for secret in find_secrets(card.source.text):
        yield Problem(
            secret.spans[0],
            f"{secret.shape.what} stands in the card: `{secret.text[:SHOWN]}...`",
            f"Revoke it first ({secret.shape.revoke}), since the card's history keeps it; then take it out.",
            tuple(Related(span, "and again here") for span in secret.spans[1:]),
        )
