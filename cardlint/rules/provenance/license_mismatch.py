"""Rule `license-mismatch`."""

from collections.abc import Iterator

from msgspec.structs import replace

from cardlint.card.card import Card
from cardlint.card.provenance.license_statement import LicenseStatement, Subject
from cardlint.card.yaml.nodes import Scalar, Sequence, resolve
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule

# Values that do not name a particular license.
SILENT = frozenset(("other", "unknown"))
# Parts of the names of all models of families with their own license.
NAMES = ("llama", "gemma")


@rule(severity=(Severity.WARNING, Severity.NOTE), reads_metadata=True)
def license_mismatch(card: Card) -> Iterator[Problem]:
    r"""The license in the metadata contradicts the body, the license file or the base model.

    The Hub shows and filters by the license of the metadata, readers see the one of the body, and users of the model
    must know which holds. A statement about the weights counts, one about code, data, a library or the base model does
    not. If the body states several licenses of the model, or one that is unclear, nothing is reported.

    A model that is based on a family with its own license, such as Llama or Gemma, remains under that license;
    generators that always write `apache-2.0` do not take this into account. A body that names the family's license
    beside another one does.

    The text of a license in a file `LICENSE` beside the card counts unless the body names that license; it is a note if
    the file may be for code.

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
    licenses = _in_metadata(card)
    if not licenses:
        return
    yield from list(_against_text(card, licenses)) or _against_base(card, licenses)
    yield from _against_file(card, licenses)


def _in_metadata(card: Card) -> list[Scalar]:
    """Return the metadata's licenses with their ids, or none if one is unknown, which `unknown-license` reports."""
    from cardlint.vocabulary.licenses.ids import LICENSES, certain_license

    value = card.metadata.get("license")
    items = value.items if isinstance(value, Sequence) else (value,) if value else ()
    scalars = [item for item in map(resolve, items) if isinstance(item, Scalar)]
    scalars = [replace(item, text=certain_license(item.text) or item.text) for item in scalars]
    known = all(scalar.text in LICENSES and scalar.text not in SILENT for scalar in scalars)
    return scalars if known and len(scalars) == len(items) else []


def _against_text(card: Card, licenses: list[Scalar]) -> Iterator[Problem]:
    first = _only_license(card, licenses)
    if first is None:
        return
    shown = " and ".join(f"`{scalar.text}`" for scalar in licenses)
    yield Problem(
        first.span,
        f"the license is `{first.id or first.name}` here but {shown} in the metadata",
        "Find out which is right, and write it in both places.",
        related=tuple(Related(scalar.span, "the metadata's license") for scalar in licenses),
    )


def _only_license(card: Card, licenses: list[Scalar]) -> LicenseStatement | None:
    """Return a statement of the only license that the body states for the model, if the metadata has another one."""
    of_model = [statement for statement in card.licenses if statement.is_of_model]
    if len({statement.id or statement.name for statement in of_model}) != 1:
        return None
    # a sentence about the model is clear in itself; a license alone may be what other words of its section limit
    of_model.sort(key=lambda statement: statement.subject is not Subject.MODEL)
    is_clear = of_model[0].subject is Subject.MODEL
    unclear = [statement for statement in card.licenses if statement.subject is Subject.UNCLEAR]
    if not is_clear and any(statement.id is None and statement.name for statement in unclear):
        return None
    agree = any(each.may_be(scalar.text) for each in (*of_model, *unclear) for scalar in licenses)
    return None if agree else of_model[0]


def _against_base(card: Card, licenses: list[Scalar]) -> Iterator[Problem]:
    from cardlint.vocabulary.licenses.families import PERMISSIVE, family_of

    if len(licenses) != 1 or licenses[0].text not in PERMISSIVE:
        return
    if any(name in (statement.id or statement.name).lower() for statement in card.licenses for name in NAMES):
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


def _against_file(card: Card, licenses: list[Scalar]) -> Iterator[Problem]:
    """Report the license of a file beside the card, unless the body explains it."""
    file = card.repository.license
    if file is None or any(_may_be(file.id, scalar.text) for scalar in licenses):
        return
    from cardlint.vocabulary.licenses.names import names_in

    if any(name.id is not None and _may_be(file.id, name.id) for name in names_in(card.body_text)):
        return
    yield Problem(
        licenses[0].span,
        f"the license is `{licenses[0].text}`, but `{file.name}` is the text of `{file.id}`",
        "Find out which is right, or say in the card for what each of them is.",
        related=(Related(file.span, f"the text of `{file.id}`", file.source),),
        severity=Severity.NOTE if file.may_be_partial else None,
    )


def _may_be(one: str, other: str) -> bool:
    """True if one of two ids is the other, or a family of licenses with it: `cc`, `gpl`."""
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")
