"""Rule `unknown-library`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.yaml.edits import replace_scalar
from cardlint.card.yaml.nodes import Scalar
from cardlint.finding import Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.libraries import ALIASES, LIBRARIES


@rule(severity=Severity.NOTE, fix=Safety.SAFE, reads_metadata=True)
def unknown_library(card: Card, *, allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    r"""`library_name` is not a library of the Hub.

    The Hub accepts any name, but shows code to load the model, offers a filter and counts downloads only for libraries
    that it knows. Upper and lower case matter.

    Bad:
        ---
        library_name: Scikit-Learn
        ---

    Good:
        ---
        library_name: sklearn
        ---

    Options:
        allow: names to accept in addition to the Hub's.
    """
    entry = card.metadata.mapping.entry("library_name")
    if entry is None or not isinstance(entry.value, Scalar):
        return
    scalar = entry.value
    if type(scalar.hub) is not str or scalar.text in LIBRARIES or scalar.text in allow:
        return
    name = _replacement(scalar.text)
    simple = scalar.style in {"", "'", '"'} and not scalar.tag and not scalar.anchor
    yield Problem(
        scalar.span,
        f"`{scalar.text}` is not a library of the Hub",
        f"Write `{name}`." if name else "No change is needed if the library is new or your own.",
        fix=Fix(f"Write `{name}`", (replace_scalar(scalar, name),)) if name and simple else None,
    )


def _replacement(text: str) -> str | None:
    """Return the Hub's spelling of a name; case, blanks, dashes and underscores are ignored."""
    name = text.lower().strip()
    plain = _plain(name)
    return ALIASES.get(name) or next((library for library in sorted(LIBRARIES) if _plain(library) == plain), None)


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(" ", "-")
