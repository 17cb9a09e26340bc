"""Rule `missing-license`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.provenance.licenses import LicenseStatement, Subject
from cardlint.card.yaml.edits import add_entry
from cardlint.card.yaml.nodes import Scalar, Sequence, resolve
from cardlint.finding import Fix, Problem, Related, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.keys.table import meant_by

# Texts in place of a license that do not name one.
EMPTY_WORDS = frozenset(("", "-", "?", "n/a", "na", "none", "tba", "tbd", "todo", "unknown", "more information needed"))

HELP = "Add `license` with one of https://huggingface.co/docs/hub/repositories-licenses, or `license: other`."


@rule(severity=Severity.WARNING, fix=Safety.UNSAFE, reads_metadata=True)
def missing_license(card: Card) -> Iterator[Problem]:
    r"""The metadata has no `license`.

    The Hub accepts a card without one, but people who filter by license do not find the model, and others do not know
    what they may do with it. A license in the body is not enough: the Hub does not read it. The fix adds the license
    that the body states for the model, in a license section, after a label, in a row of a table or in a sentence, or
    the license whose text is in a file `LICENSE` beside the card. It is unsafe, because the file may be for code only.

    Bad:
        ---
        language: en
        ---

        # Lighthouse

        ## License

        MIT

    Good:
        ---
        language: en
        license: mit
        ---

        # Lighthouse

        ## License

        MIT
    """
    metadata = card.metadata
    if not metadata.is_mapping:
        return
    value = metadata.get("license")
    if isinstance(value, Sequence) and not value.items:
        yield Problem(value.span, "the list of licenses is empty", help=HELP)
    elif value is None and not _is_misspelt(card):
        yield _by_file(card) or _missing(card)


def _is_misspelt(card: Card) -> bool:
    """True if a license is under a misspelt key; TRL writes `licence: license`, which names none."""
    entries = card.metadata.mapping.entries
    values = [resolve(entry.value) for entry in entries if meant_by(entry.name or "") == "license"]
    items = [item for value in values for item in (value.items if isinstance(value, Sequence) else (value,))]
    texts = [item.text.lower() for item in map(resolve, items) if isinstance(item, Scalar)]
    return any(text not in EMPTY_WORDS | {"license", "licence"} for text in texts)


def _by_file(card: Card) -> Problem | None:
    """Return the problem with the license of a file beside the card, unless the body states the model's."""
    file = card.repository.license
    if file is None or any(statement.is_of_model for statement in card.licenses):
        return None
    return Problem(
        card.front_matter.opening,
        f"the metadata has no `license`, but `{file.name}` beside the card is the text of `{file.id}`",
        help=f"Add `license: {file.id}` to the metadata, if it is the model's license.",
        related=(Related(file.span, f"the text of `{file.id}`", file.source),),
        fix=_fix(card, file.id) if not _is_under_another(card, file.id) else None,
    )


def _is_under_another(card: Card, identifier: str) -> bool:
    """True if a base model is of a family with its own license, which a permissive license cannot replace."""
    from cardlint.vocabulary.licenses.families import PERMISSIVE, family_of

    names = [name.id or name.text for name in card.lineage.base_models]
    if card.repository.bases is not None:
        names += [name for name, _ in card.repository.bases.names]
    return identifier in PERMISSIVE and any(family_of(name) for name in names)


def _missing(card: Card) -> Problem:
    statement = min(card.licenses, key=_certainty, default=None)
    if statement is None or statement.subject is Subject.OTHER:
        return Problem(card.front_matter.opening, "the metadata has no `license`", help=HELP)
    known = _only_id(card)
    says = "names one" if statement.is_of_model else "says something about it"
    return Problem(
        statement.place,
        f"the metadata has no `license`, but the body {says} here",
        help=f"Add `license: {known}` to the metadata, if it is the model's license." if known else HELP,
        related=(Related(card.front_matter.opening, "the metadata"),),
        fix=_fix(card, statement.id) if statement.id == known else None,
    )


def _only_id(card: Card) -> str | None:
    """Return the id of the only license that the body states for the model, or None."""
    ids = {_id(statement) for statement in card.licenses if statement.is_of_model}
    return ids.pop() if len(ids) == 1 else None


def _fix(card: Card, known: str | None) -> Fix | None:
    edit = add_entry(card.metadata, f"license: {known}") if known else None
    return Fix(f"Add `license: {known}`", (edit,), Safety.UNSAFE) if edit else None


def _certainty(statement: LicenseStatement) -> tuple[int, int]:
    """Return a key by which the clearest statement about the model is first."""
    of_model = [Subject.MODEL, Subject.NONE, Subject.UNCLEAR, Subject.OTHER].index(statement.subject)
    return (max(of_model, 1), 0 if _id(statement) else 1)


def _id(statement: LicenseStatement) -> str | None:
    """Return the id of a license, or the most likely one if the text has no version."""
    from cardlint.vocabulary.licenses.ids import LICENSES, likely_license

    return statement.id if statement.id in LICENSES else likely_license(statement.id or "")
