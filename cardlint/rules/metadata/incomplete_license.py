"""Rule `incomplete-license`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.yaml.edits import add_entry
from cardlint.card.yaml.nodes import Metadata, Node, Scalar, Sequence, resolve
from cardlint.finding import Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.keys.table import meant_by

EXAMPLES = {"license_name": "an-id-of-your-own", "license_link": "LICENSE"}


@rule(severity=Severity.WARNING, fix=Safety.UNSAFE, reads_metadata=True)
def incomplete_license(card: Card) -> Iterator[Problem]:
    r"""`license: other` without a name or link of the license.

    The Hub shows `license_name` in place of "other", and `license_link`, an address or the name of a file of the
    repository. Without them, users do not know what they may do with the model. Add both.

    Bad:
        ---
        license: other
        ---

    Good:
        ---
        license: other
        license_name: harbour-license-1.0
        license_link: LICENSE
        ---
    """
    metadata = card.metadata
    value = metadata.get("license")
    other = next((item for item in _items(value) if isinstance(item, Scalar) and item.text == "other"), None)
    if other is None:
        return
    lacking = [key for key in ("license_name", "license_link") if not _is_given(metadata, key)]
    if not lacking:
        return
    missing = " and ".join(f"`{key}`" for key in lacking)
    verb = "is" if len(lacking) == 1 else "are"
    wanted = " and ".join(f"`{key}: {EXAMPLES[key]}`" for key in lacking)
    yield Problem(
        other.span,
        f"the license is `other`, but {missing} {verb} missing",
        help=f"Add {wanted}, or write the Hub's id of the license if it has one.",
        fix=_link(card) if "license_link" in lacking else None,
    )


def _items(value: Node | None) -> tuple[Node, ...]:
    if isinstance(value, Sequence):
        return tuple(map(resolve, value.items))
    return (resolve(value),) if value else ()


def _is_given(metadata: Metadata, key: str) -> bool:
    """True if the key is present; `null-value` and `unknown-key` report an empty or misspelt one."""
    value = metadata.get(key)
    if value is not None:
        return not (isinstance(value, Scalar) and value.style and not value.text.strip())
    return any(meant_by(entry.name or "") == key for entry in metadata.mapping.entries)


def _link(card: Card) -> Fix | None:
    """Return the fix that links the license file beside the card, if there is one; the author must check its text."""
    if card.folder is None or card.metadata.mapping.entry("license_link"):
        return None
    name = next((name for name in ("LICENSE", "LICENSE.md", "LICENSE.txt") if card.folder.has(name)), None)
    edit = add_entry(card.metadata, f"license_link: {name}") if name else None
    return Fix(f"Add `license_link: {name}`", (edit,), Safety.UNSAFE) if edit else None
