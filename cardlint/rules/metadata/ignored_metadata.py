"""Rule `ignored-metadata`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.yaml.nodes import Entry, Metadata, Scalar, Sequence, listed_mappings
from cardlint.finding import Problem, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.keys.table import KEYS

WITHOUT_EFFECT = {name: key.no_effect for name, key in KEYS.items() if key.no_effect}
ADVICE = {
    "arxiv": "Link the paper in the body, and delete the key.",
    "license_name": "Delete it, or write `license: other` if the license is another one.",
}
OF_OTHER_LICENSES = "the Hub reads it only if the license is `other`"
# Licenses of the Hub's list that need a link, since they do not name one text.
VAGUE = frozenset(("other", "unknown", "cc", "gpl", "lgpl", "bsd"))


@rule(severity=Severity.NOTE, reads_metadata=True)
def ignored_metadata(card: Card) -> Iterator[Problem]:
    r"""A key has no effect.

    The key suggests that it links a paper, restricts access or marks a result as verified, but the Hub does these in
    other ways. `license_name` names the license `other`, and has no effect with a license that the Hub knows. A result
    that the Hub itself has verified has both `verified: true` and a `verifyToken`, and is not reported.

    Bad:
        ---
        license: mit
        arxiv: 1910.01108
        ---

    Good:
        ---
        license: mit
        ---

        Described in https://arxiv.org/abs/1910.01108.
    """
    for entry in _ineffective(card):
        name = entry.name or ""
        yield Problem(
            entry.key.span,
            f"`{name}` has no effect here: {WITHOUT_EFFECT.get(name, OF_OTHER_LICENSES)}",
            help=ADVICE.get(name, "Delete it."),
        )


def _ineffective(card: Card) -> Iterator[Entry]:
    metadata = card.metadata
    for entry in metadata.mapping.entries:
        if entry.name in WITHOUT_EFFECT or (entry.name == "license_name" and _has_known_license(metadata)):
            yield entry
    for _, model in listed_mappings(metadata.mapping.value("model-index")):
        for _, result in listed_mappings(model.value("results")):
            for _, metric in listed_mappings(result.value("metrics")):
                verified, token = metric.entry("verified"), metric.entry("verifyToken")
                if token is not None and not (verified is not None and _is_true(verified)):
                    yield token


def _has_known_license(metadata: Metadata) -> bool:
    """True if the license is one of the Hub's list with a known name and text."""
    from cardlint.vocabulary.licenses.ids import LICENSES

    value = metadata.get("license")
    items = value.items if isinstance(value, Sequence) else (value,)
    texts = [item.text for item in items if isinstance(item, Scalar)]
    return len(texts) == len(items) and all(text in LICENSES and text not in VAGUE for text in texts)


def _is_true(entry: Entry) -> bool:
    """True if the value is true; the Hub never writes a token without `verified: true`."""
    return isinstance(entry.value, Scalar) and entry.value.hub is True
