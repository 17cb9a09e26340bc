"""Rule `placeholder-metadata`."""

from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.card.yaml.edits import remove_lines
from cardlint.card.yaml.nodes import Mapping, Scalar, Sequence, listed_mappings
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Source
from cardlint.vocabulary.boilerplate import PYTHON_OBJECT
from cardlint.vocabulary.keys.grammar import Form, Key
from cardlint.vocabulary.keys.model_index import RESULT
from cardlint.vocabulary.keys.table import KEYS


def _with_form(keys: dict[str, Key], *forms: Form) -> frozenset[str]:
    """Return the names of the keys whose texts are of one of these forms."""
    owners = {"model card", "generator"}
    return frozenset(name for name, key in keys.items() if key.owner in owners and key.shape.form in forms)


_WORDS = frozenset(("None", "none", "N/A", "n/a", "TODO", "TBD", "TBA", "FIXME", "XXX", "???"))
_MORE = LazyPattern(r"\[?More [Ii]nformation [Nn]eeded\]?")
_TODO = LazyPattern(r"TODO\b")
# A part of an id, or a whole text, that should be replaced.
_PART = LazyPattern(r"(?:your|Your|YOUR)[-_ ].+|<[A-Za-z][\w .:-]*>")
_OWNER = r"(?:org|organi[sz]ation|owner|user|username|user_name|user-name|namespace)"
_NAME = r"(?:model|dataset|name|repo|model[-_]name|model[-_]id|dataset[-_]name|repo[-_]name)"
# Every placeholder has one of these, in lower case.
_SIGNS = (
    *("none", "n/a", "todo", "tbd", "tba", "fixme", "xxx", "???", "your-", "your_", "your ", "<", "org/", "ation/"),
    *("owner/", "user/", "name/", "space/", "nformation needed"),
)
_EXAMPLE_ID = LazyPattern(rf"{_OWNER}/{_NAME}")

# Only ids, names and addresses: prose may contain any words, and other rules check words that the Hub knows.
_IDS = _with_form(KEYS, "model id", "dataset id")
_NAMES = _with_form(KEYS, "name", "address")
_NAMES_OF_A_METRIC = _with_form(RESULT["metrics"].shape.keys, "name", "address")
_NAMES_OF_PARTS = {
    part: _with_form(key.shape.keys, "name", "address")
    for part, key in RESULT.items()
    if key.shape.kinds == ("mapping",)
}
# A value of the form of an id; `invalid-repo-id` reports others.
_ID = LazyPattern(r"[\w.-]{1,96}(?:/[\w.-]{1,96})?")
# Values that mean the same as a missing key; `none` may be the name of a configuration.
_NOTHING = frozenset(("None", "N/A", "n/a"))
_OPTIONAL = frozenset(name for name, key in RESULT["dataset"].shape.keys.items() if key.missing is None)


@rule(severity=Severity.WARNING, fix=Safety.SAFE, reads_metadata=True)
def placeholder_metadata(card: Card) -> Iterator[Problem]:
    r"""A value of the metadata is a placeholder.

    The Hub takes `None`, `N/A`, `TODO` or `your-username/your-model` literally: it links to a model of that name, and
    lists a split called None. Write the value, or delete it: generators write `split: None` if they do not know the
    split. Languages, licenses and other values from a list have rules of their own.

    Bad:
        ---
        model-index:
        - name: lighthouse
          results:
          - task:
              type: image-classification
            dataset:
              type: owner/coast
              name: Coast
              split: None
            metrics:
            - type: accuracy
              value: 0.87
        ---

    Good:
        ---
        model-index:
        - name: lighthouse
          results:
          - task:
              type: image-classification
            dataset:
              type: owner/coast
              name: Coast
            metrics:
            - type: accuracy
              value: 0.87
        ---
    """
    text = card.source.slice(card.metadata.span).lower()
    if not any(sign in text for sign in _SIGNS):
        return
    # a generator that does not know a value of one result does not know it in a hundred others
    groups: dict[tuple[str, str, bool], list[tuple[_Value, Edit | None]]] = {}
    for found in (*_top(card.metadata.mapping), *_model_index(card.metadata.mapping)):
        text = found.scalar.text.strip()
        if not found.scalar.is_null and _is_placeholder(text, found.key):
            edit = _deletion(card.source, found)
            groups.setdefault((found.key, text, edit is None), []).append((found, edit))
    for group in groups.values():
        yield _problem(group)


class _Value(Struct, frozen=True):
    """A value with its path; `owner` is the mapping that has it, None for an item of a list."""

    path: str
    key: str
    scalar: Scalar
    owner: Mapping | None = None


def _top(root: Mapping) -> Iterator[_Value]:
    for entry in root.entries:
        name = entry.name
        if name in KEYS:
            is_name = name in _IDS or name in _NAMES
            items = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
            for index, item in enumerate(items):
                if isinstance(item, Scalar) and (is_name or PYTHON_OBJECT.fullmatch(item.text)):
                    path = name if item is entry.value else f"{name}[{index}]"
                    yield _Value(path, name, item)


def _model_index(root: Mapping) -> Iterator[_Value]:
    for path, model in listed_mappings(root.value("model-index"), "model-index"):
        yield from _scalars(model, path, frozenset(("name",)))
        for place, result in listed_mappings(model.value("results"), f"{path}.results"):
            yield from _result(result, place)


def _scalars(owner: Mapping, path: str, names: frozenset[str]) -> Iterator[_Value]:
    for entry in owner.entries:
        if entry.name in names and isinstance(entry.value, Scalar):
            yield _Value(f"{path}.{entry.name}", str(entry.name), entry.value, owner)


def _result(result: Mapping, path: str) -> Iterator[_Value]:
    for part, names in _NAMES_OF_PARTS.items():
        value = result.value(part)
        if isinstance(value, Mapping):
            yield from _scalars(value, f"{path}.{part}", names)
    for place, metric in listed_mappings(result.value("metrics"), f"{path}.metrics"):
        yield from _scalars(metric, place, _NAMES_OF_A_METRIC)


def _is_placeholder(text: str, key: str) -> bool:
    if PYTHON_OBJECT.fullmatch(text):
        return True
    if key in _IDS and not _ID.fullmatch(text):
        return False
    if text == "none" and key in _OPTIONAL:
        return False
    if text in _WORDS or _TODO.match(text) or _MORE.fullmatch(text) or _EXAMPLE_ID.fullmatch(text):
        return True
    return any(_PART.fullmatch(part) for part in text.split("/"))


def _deletion(source: Source, found: _Value) -> Edit | None:
    """Return the edit that deletes a line of a dataset that has no information."""
    owner = found.owner
    if found.key not in _OPTIONAL or found.scalar.text not in _NOTHING:
        return None
    if owner is None or len(owner.entries) < 2 or owner.anchor:
        return None
    entry = owner.entry(found.key)
    return remove_lines(source, entry.span) if entry and entry.value is found.scalar else None


def _problem(group: list[tuple[_Value, Edit | None]]) -> Problem:
    """Report all values of a key with the same placeholder in one finding."""
    (first, _), *others = group
    edits = tuple(edit for _, edit in group if edit is not None)
    lines = "the line" if len(group) == 1 else "the lines"
    more = f" (and {len(others)} more)" if others else ""
    return Problem(
        first.scalar.span,
        f"`{first.path}` is the placeholder `{' '.join(first.scalar.text.split())[:60]}`{more}",
        help=f"Delete {lines}." if edits else "Write the value, or delete it.",
        related=tuple(Related(other.scalar.span, "also here") for other, _ in others),
        fix=Fix(f"Delete {lines}", edits) if edits else None,
    )
