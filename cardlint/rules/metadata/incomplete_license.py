"""Rule `incomplete-license`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.provenance.license_statement import LicenseStatement
from cardlint.card.yaml.edits import add_entry
from cardlint.card.yaml.nodes import Metadata, Node, Scalar, Sequence, resolve
from cardlint.finding import Fix, Problem, Related, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.vocabulary.keys.table import meant_by

WORD = LazyPattern(r"(?<!\.)(?:\.*+[a-z0-9]++)+")
EXAMPLES = {"license_name": "my-license", "license_link": "LICENSE"}


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
    other = next((item for item in _items(value) if isinstance(item, Scalar) and _is_other(item.text)), None)
    if other is None:
        return
    lacking = [key for key in ("license_name", "license_link") if not _is_given(metadata, key)]
    if not lacking:
        return
    missing = " and ".join(f"`{key}`" for key in lacking)
    verb = "is" if len(lacking) == 1 else "are"
    stated = next((statement for statement in card.licenses if statement.is_of_model), None)
    yield Problem(
        other.span,
        f"the license is `other`, but {missing} {verb} missing",
        help=_help(metadata, lacking, stated),
        related=(Related(stated.span, "the body names the license here"),) if stated else (),
        fix=_link(card) if "license_link" in lacking else None,
    )


def _is_other(text: str) -> bool:
    """Return True for `other`, and for a spelling of it that `unknown-license` puts right."""
    if text.strip().lower() != "other":
        return False
    from cardlint.vocabulary.licenses.ids import certain_license  # here, since few cards need it

    return certain_license(text) == "other"


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


def _help(metadata: Metadata, lacking: list[str], stated: LicenseStatement | None) -> str:
    """Return what to add, with the body's name of the license, or its id on the Hub."""
    examples = dict(EXAMPLES)
    if stated is not None and stated.id is None:
        examples["license_name"] = "-".join(WORD.findall(stated.name.lower()))
    lines = [f"{key}: {examples[key]}" for key in lacking]
    # two lines are a block to copy below the sentence
    wanted, block = (f"`{lines[0]}`", "") if len(lines) == 1 else ("these lines", "\n".join(["", *lines]))
    end = ":" if block else "."
    known = _known(metadata, stated)
    if known is not None:
        return f"Write `license: {known}`, or add {wanted} if it is another license{end}{block}"
    if "license_name" in lacking:
        return f"Add {wanted}, or write the Hub's id of the license if it has one{end}{block}"
    return f"Add {wanted}, so that readers can find its text{end}{block}"


def _known(metadata: Metadata, stated: LicenseStatement | None) -> str | None:
    """Return the Hub's id of the license that the metadata or the body names."""
    from cardlint.vocabulary.licenses.ids import LICENSES, certain_license

    name = metadata.get("license_name")
    if isinstance(name, Scalar):
        known = certain_license(name.text)
        return known if known not in {"other", "unknown"} else None
    return stated.id if stated is not None and stated.id in LICENSES else None


def _link(card: Card) -> Fix | None:
    """Return the fix that links the license file beside the card, if there is one; the author must check its text."""
    if card.folder is None or card.metadata.mapping.entry("license_link"):
        return None
    name = next((name for name in ("LICENSE", "LICENSE.md", "LICENSE.txt") if card.folder.has(name)), None)
    edit = add_entry(card.metadata, f"license_link: {name}") if name else None
    return Fix(f"Add `license_link: {name}`", (edit,), Safety.UNSAFE) if edit else None
