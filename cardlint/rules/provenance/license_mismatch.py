"""Rule `license-mismatch`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.yaml.nodes import Scalar, Sequence, resolve
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule

# What says nothing of which license it is, or that it is one of one's own.
SILENT = frozenset(("other", "unknown"))
# What every model of such a family has in its name.
NAMES = ("llama", "gemma")


@rule(severity=Severity.WARNING, reads_metadata=True)
def license_mismatch(card: Card) -> Iterator[Problem]:
    r"""The text names another license than the metadata, or the base model's license does not allow the metadata's.

    The Hub shows and filters by the metadata's, people read the text's, and who uses the model must know which of them
    holds. A model that is made from one of a family with a license of its own, such as Llama or Gemma, remains under
    that; a generator that always writes `apache-2.0` does not know. Where the text names several licenses, for the code
    and for the weights, say, this rule is silent.

    Bad:
        ---
        license: apache-2.0
        ---

        # Lighthouse

        ## License

        The model is under the CC BY-NC 4.0 license.

    Good:
        ---
        license: cc-by-nc-4.0
        ---

        # Lighthouse

        ## License

        The model is under the CC BY-NC 4.0 license.
    """
    licenses = _stated(card)
    if not licenses:
        return
    yield from list(_against_text(card, licenses)) or _against_base(card, licenses)


def _stated(card: Card) -> list[Scalar]:
    """The metadata's licenses; none where one of them is not the Hub's, which is another rule's business."""
    from cardlint.vocabulary.licenses.ids import LICENSES

    value = card.metadata.get("license")
    items = value.items if isinstance(value, Sequence) else (value,) if value else ()
    scalars = [item for item in map(resolve, items) if isinstance(item, Scalar)]
    known = all(scalar.text in LICENSES and scalar.text not in SILENT for scalar in scalars)
    return scalars if known and len(scalars) == len(items) else []


def _against_text(card: Card, licenses: list[Scalar]) -> Iterator[Problem]:
    named = card.licenses
    if len({name.id for name in named}) != 1:
        return
    first = named[0]
    if any(first.may_be(scalar.text) for scalar in licenses):
        return
    shown = " and ".join(f"`{scalar.text}`" for scalar in licenses)
    yield Problem(
        first.span,
        f"the license is `{first.id}` here but {shown} in the metadata",
        "Find out which of them holds, and write it in both places.",
        related=tuple(Related(scalar.span, "the metadata's license") for scalar in licenses),
    )


def _against_base(card: Card, licenses: list[Scalar]) -> Iterator[Problem]:
    from cardlint.vocabulary.licenses.families import PERMISSIVE, family_of

    if len(licenses) != 1 or licenses[0].text not in PERMISSIVE:
        return
    text = card.source.text.lower()
    if not any(name in text for name in NAMES):
        return
    origin = card.lineage
    for base in origin.base_models or origin.stated_base_models[:1]:
        family = family_of(base.id or "")
        if family:
            yield Problem(
                licenses[0].span,
                f"the license is `{licenses[0].text}`, but the base model `{base.id}` is under {family}'s own license",
                "Write the license of the base model, which holds for what is made from it.",
                related=(Related(base.span, "the base model"),),
            )
            return
