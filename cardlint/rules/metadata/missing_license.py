"""Rule `missing-license`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.provenance.license_statement import LicenseStatement, Subject
from cardlint.card.yaml.edits import add_entry
from cardlint.card.yaml.nodes import Scalar, Sequence, resolve
from cardlint.finding import Fix, Problem, Related, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.keys.table import meant_by
from cardlint.vocabulary.licenses.families import PERMISSIVE, family_of, license_of_family

# Texts in place of a license that do not name one.
EMPTY_WORDS = frozenset(("", "-", "?", "n/a", "na", "none", "tba", "tbd", "todo", "unknown", "more information needed"))

HELP = "Add `license` with one of https://huggingface.co/docs/hub/repositories-licenses, or `license: other`."


@rule(severity=(Severity.WARNING, Severity.NOTE), fix=Safety.UNSAFE, reads_metadata=True)
def missing_license(card: Card) -> Iterator[Problem]:
    r"""The metadata has no `license`.

    The Hub accepts a card without one, but people who filter by license do not find the model, and others do not know
    what they may do with it. A license in the body is not enough: the Hub does not read it.

    It is a warning if there is a license to declare: the body names one for the model, in a license section, after a
    label, in a row of a table or in a sentence; a file `LICENSE` is beside the card; or the base model is of a family
    with its own license, such as Llama or Gemma, which also holds for this model. Otherwise it is a note.

    The fix adds the license that the body names, or the one whose text the file is. It is unsafe, because the file may
    be for code only.

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
        severity = _missing(card).severity
        yield Problem(value.span, "the list of licenses is empty", help=HELP, severity=severity)
    elif value is None and not _is_misspelt(card):
        yield _missing(card)


def _is_misspelt(card: Card) -> bool:
    """True if a license is under a misspelt key; TRL writes `licence: license`, which names none."""
    entries = card.metadata.mapping.entries
    values = [resolve(entry.value) for entry in entries if meant_by(entry.name or "") == "license"]
    items = [item for value in values for item in (value.items if isinstance(value, Sequence) else (value,))]
    texts = [item.text.lower() for item in map(resolve, items) if isinstance(item, Scalar)]
    return any(text not in EMPTY_WORDS | {"license", "licence"} for text in texts)


def _missing(card: Card) -> Problem:
    """Return the problem with what is known of the license: by the body, a file, or the base model."""
    statement = min(card.licenses, key=_certainty, default=None)
    if statement is not None and statement.is_of_model:
        return _by_statement(card, statement)
    by_file = _by_file(card)
    if by_file is not None:
        return by_file
    if statement is not None and statement.subject is not Subject.OTHER:
        return _by_statement(card, statement)
    return _by_family(card) or _nowhere(card)


def _nowhere(card: Card) -> Problem:
    return Problem(card.front_matter.opening, "the metadata has no `license`", help=HELP, severity=Severity.NOTE)


def _by_statement(card: Card, statement: LicenseStatement) -> Problem:
    """Return the problem with the clearest statement of the body; an unclear one alone does not prove a license."""
    known = _only_id(card)
    is_proved = statement.is_of_model or _of_family(card) is not None
    says = "names one" if statement.is_of_model else "says something about it"
    return Problem(
        statement.place,
        f"the metadata has no `license`, but the body {says} here",
        help=f"Add `license: {known}` to the metadata, if it is the model's license." if known else HELP,
        related=(Related(card.front_matter.opening, "the metadata"),),
        fix=_fix(card, statement.id) if statement.id == known else None,
        severity=None if is_proved else Severity.NOTE,
    )


def _by_file(card: Card) -> Problem | None:
    """Return the problem with the license files beside the card."""
    names = card.repository.license_names
    if not names:
        return None
    file = card.repository.license
    if file is None:
        return Problem(
            card.front_matter.opening,
            f"the metadata has no `license`, but there is a license file beside the card, `{names[0]}`",
            help=f"Add `license` with the id of its license, or `license: other` with `license_link: {names[0]}`.",
        )
    return Problem(
        card.front_matter.opening,
        f"the metadata has no `license`, but `{file.name}` beside the card is the text of `{file.id}`",
        help=f"Add `license: {file.id}` to the metadata, if it is the model's license.",
        related=(Related(file.span, f"the text of `{file.id}`", file.source),),
        fix=None if file.id in PERMISSIVE and _of_family(card) else _fix(card, file.id),
    )


def _by_family(card: Card) -> Problem | None:
    """Return the problem with a base model whose license also holds for models that are based on it."""
    base = _of_family(card)
    if base is None:
        return None
    known = license_of_family(base)
    return Problem(
        card.front_matter.opening,
        f"the metadata has no `license`, but the base model `{base}` is under {family_of(base)}'s own license",
        help=f"Add the license of the base model{f', `license: {known}`' if known else ''}; it also holds for this "
        "model.",
    )


def _of_family(card: Card) -> str | None:
    """Return the id of a base model of a family with its own license, which no permissive license can replace."""
    names = [name.id or name.text for name in card.lineage.base_models]
    names += [each.base.id or "" for each in card.lineage.origin if each.base is not None]
    if card.repository.bases is not None:
        names += [name for name, _ in card.repository.bases.names]
    return next((name for name in names if family_of(name)), None)


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
