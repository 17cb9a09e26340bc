"""The rule `leaked-secret`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from cardlint.card.card import Card
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.secret_shapes import DUMMY_WORDS, SHAPES, SIGNS, Shape

SHOWN = 6  # characters of a secret that may be seen
_REPEATED = r"([^-\s])\1{4}"
_RUN = 6  # so many characters that follow one another, as in `abcdef` and `123456`, are nobody's secret
_FEW = 8  # so few different characters are none either
_BEGINNING = 200  # in a long key any word turns up by chance


@rule(severity=Severity.ERROR, signs=SIGNS)
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
    text = card.source.text
    found: dict[str, tuple[Shape, list[Span]]] = {}
    for shape in SHAPES:
        if not any(mark in text for mark in shape.marks):
            continue
        for match in shape.pattern.finditer(text):
            if not _is_dummy(match["body"], shape):
                found.setdefault(match[0], (shape, []))[1].append(Span(*match.span()))
    for secret, (shape, places) in found.items():
        yield Problem(
            places[0],
            f"{shape.what} stands in the card: `{secret[:SHOWN]}...`",
            f"Revoke it first ({shape.revoke}), since the card's history keeps it; then take it out.",
            tuple(Related(place, "and again here") for place in places[1:]),
        )


def _is_dummy(body: str, shape: Shape) -> bool:
    """Whether a string only shows what a secret looks like."""
    if len(set(body)) < _FEW or re.search(_REPEATED, body) or re.search(DUMMY_WORDS, body[:_BEGINNING]):
        return True
    if shape.mixed and (body == body.lower() or body == body.upper()):
        return True
    # letters and digits may run on by turns, as in `1a2b3c4d5e6f`
    return any(_has_run(part) for part in (body, body[::2], body[1::2]))


def _has_run(text: str) -> bool:
    length = 1
    for one, other in pairwise(text):
        length = length + 1 if ord(other) - ord(one) == 1 else 1
        if length == _RUN:
            return True
    return False
