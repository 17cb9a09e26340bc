"""Rule `license-mismatch`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.yaml.nodes import Scalar, Sequence, resolve
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule

# Values that do not name a particular license.
SILENT = frozenset(("other", "unknown"))
# Parts of the names of all models of families with their own license.
NAMES = ("llama", "gemma")


@rule(severity=Severity.WARNING, reads_metadata=True)
def license_mismatch(card: Card) -> Iterator[Problem]:
    r"""The license in the metadata contradicts the body or the base model.

    The Hub shows and filters by the license of the metadata, readers see the one of the body, and users of the model
    must know which holds. A model that is based on a family with its own license, such as Llama or Gemma, remains under
    that license; generators that always write `apache-2.0` do not take this into account. If the body names several
    licenses, for example for the code and for the weights, nothing is reported.

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
    """Return the metadata's licenses, or none if one of them is unknown, which `unknown-license` reports."""
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
        "Find out which is right, and write it in both places.",
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
                "Write the license of the base model, which also holds for models that are based on it.",
                related=(Related(base.span, "the base model"),),
            )
            return
