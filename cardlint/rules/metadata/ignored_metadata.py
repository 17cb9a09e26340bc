"""Rule `ignored-metadata`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.yaml.nodes import Entry, Metadata, Scalar, Sequence, listed_mappings
from cardlint.finding import Problem, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.keys.table import KEYS

WITHOUT_EFFECT = {name: key.no_effect for name, key in KEYS.items() if key.no_effect}
LICENSE_KEYS = frozenset(("license_name", "license_link"))
ADVICE = {
    "arxiv": "Link the paper in the text, and delete the key.",
    **dict.fromkeys(LICENSE_KEYS, "Delete it, or make the license `other` if its text is another."),
}
OF_OTHER_LICENSES = "the Hub reads it only where the license is `other`"
# Words of the Hub's list of which nobody knows the text without a link.
UNTOLD = frozenset(("other", "unknown", "cc", "gpl", "lgpl", "bsd"))


@rule(severity=Severity.NOTE, reads_metadata=True)
def ignored_metadata(card: Card) -> Iterator[Problem]:
    r"""A key has no effect where it stands.

    It looks as if it linked a paper, restricted access or marked a result as verified, and does nothing: the Hub does
    each of these in another way. `license_name` and `license_link` say which license `other` is, and nothing beside one
    that the Hub knows. A result that the Hub itself has verified has both `verified: true` and a
    `verifyToken`, and is not reported.

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
        if entry.name in WITHOUT_EFFECT or (entry.name in LICENSE_KEYS and _has_known_license(metadata)):
            yield entry
    for _, model in listed_mappings(metadata.mapping.own("model-index")):
        for _, result in listed_mappings(model.own("results")):
            for _, metric in listed_mappings(result.own("metrics")):
                verified, token = metric.entry("verified"), metric.entry("verifyToken")
                if token is not None and not (verified is not None and _is_true(verified)):
                    yield token


def _has_known_license(metadata: Metadata) -> bool:
    """Whether the license is the Hub's own, of which it knows name and text."""
    from cardlint.vocabulary.licenses.ids import LICENSES

    value = metadata.get("license")
    items = value.items if isinstance(value, Sequence) else (value,)
    texts = [item.text for item in items if isinstance(item, Scalar)]
    return len(texts) == len(items) and all(text in LICENSES and text not in UNTOLD for text in texts)


def _is_true(entry: Entry) -> bool:
    """Whether it says so; the Hub never writes a token without it."""
    return isinstance(entry.value, Scalar) and entry.value.hub is True
