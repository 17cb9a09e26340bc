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
    r"""`library_name` is not a library that the Hub knows.

    The Hub takes any name, but only for a library that it knows it shows code that loads the model, offers a filter and
    counts downloads rightly. Case matters.

    Bad:
        ---
        library_name: Scikit-Learn
        ---

    Good:
        ---
        library_name: sklearn
        ---

    Options:
        allow: names to accept besides the Hub's own.
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
        f"the Hub knows no library `{scalar.text}`",
        f"Write `{name}`." if name else "Nothing needs doing if the library is new or your own.",
        fix=Fix(f"Write `{name}`", (replace_scalar(scalar, name),)) if name and simple else None,
    )


def _replacement(text: str) -> str | None:
    """The Hub's spelling of a name, whatever its case, blanks, dashes and underscores."""
    name = text.lower().strip()
    plain = _plain(name)
    return ALIASES.get(name) or next((library for library in sorted(LIBRARIES) if _plain(library) == plain), None)


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(" ", "-")
