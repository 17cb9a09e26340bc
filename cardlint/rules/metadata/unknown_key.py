"""Rule `unknown-key`."""

from collections import Counter
from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.verdicts import consequence, severity_of
from cardlint.card.yaml.dashes import joined_lists
from cardlint.card.yaml.edits import remove_lines
from cardlint.card.yaml.nodes import Entry, Mapping, Metadata, Node, Scalar, Sequence, listed_mappings, resolve
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.vocabulary.keys.grammar import Owner
from cardlint.vocabulary.keys.model_index import RESULT
from cardlint.vocabulary.keys.near_miss import near_miss, plain_name
from cardlint.vocabulary.keys.table import (
    FORBIDDEN_IN_KEYS,
    FORBIDDEN_KEY,
    FORBIDDEN_NESTED_KEY,
    KEYS,
    MISSPELT,
    MODEL_KEYS,
    UNKNOWN_KEY,
)

OUTDATED = {name: key.meant for name, key in MODEL_KEYS.items() if key.meant}
# Keys that the Hub reads, that generators agree on, or that another rule reports.
KNOWN = frozenset(
    name
    for name, key in KEYS.items()
    if name not in OUTDATED and (key.is_read or key.owner == "generator" or key.no_effect or key.unloadable)
)
MERGE = "<<"  # YAML merges the keys of its value into the mapping
OTHER_CARDS: dict[Owner, str] = {"dataset card": "dataset cards", "Space": "Spaces"}
REQUIRED_OF_A_RESULT = frozenset(name for name, key in RESULT.items() if key.missing is not None)
DATASET_ID = LazyPattern(r"(?:[A-Za-z0-9][\w.-]*/)?[A-Za-z0-9][\w.-]*$")
BASE_MODEL_ID = LazyPattern(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*$")
LICENSE_FILE = LazyPattern(r"https?://\S+$|LICENSE(?:\.md)?$")


@rule(severity=(Severity.ERROR, Severity.WARNING, Severity.NOTE), fix=Safety.SAFE, reads_metadata=True)
def unknown_key(card: Card, *, allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    r"""A key is not one that the Hub reads.

    The Hub keeps the key but does not use it. If the key is a misspelling of one that the Hub reads, its value is lost,
    and that is a warning. Keys of dataset and Space cards, other unknown keys, and the old `finetuned_from` (now
    `base_model`) are notes. The Hub refuses a key with `.` or `$` in its name, which is an error.

    Bad:
        ---
        licence: mit
        ---

    Good:
        ---
        license: mit
        ---

    Options:
        allow: keys that your own tools read.
    """
    metadata = card.metadata
    yield from _forbidden(metadata)
    unknown = list(_unknown(metadata, allow))
    rivals: Counter[str | None] = Counter()
    if any(meant for *_, meant in unknown):
        rivals.update(_meant(entry.name or "") for entry in metadata.mapping.entries)
    for entry, name, meant in unknown:
        if meant:
            yield _misnamed(metadata, entry, name, meant, is_alone=rivals[meant] == 1)
        else:
            yield _foreign(entry, name)


def _unknown(metadata: Metadata, allow: tuple[str, ...]) -> Iterator[tuple[Entry, str, str | None]]:
    """Yield each key that the Hub does not read, with its name, and the key that is meant."""
    known = {*KNOWN, MERGE, *allow}
    may_be_items = any(name.startswith("-") for name in metadata.keys) and bool(joined_lists(metadata))
    for entry in metadata.mapping.entries:
        name = entry.name
        if name is None or _has_forbidden(name) or name in known or not isinstance(entry.key, Scalar):
            continue
        if name.startswith("-") and may_be_items:
            continue  # an item of a list, which `wrong-type` reports
        if name in OUTDATED and isinstance(entry.value, Scalar) and entry.value.is_null:
            continue  # which `null-value` reports
        meant = _meant(name)
        if meant == "pipeline_tag" and plain_name(name) in MISSPELT and not _names_a_task(entry.value):
            meant = None  # the task of a benchmark or a tool
        yield entry, name, meant


def _forbidden(metadata: Metadata) -> Iterator[Problem]:
    """Yield the keys whose names have characters that the Hub does not allow, at every depth."""
    for node in metadata.walk():
        for entry in node.entries if isinstance(node, Mapping) else ():
            name = entry.name
            if name is not None and _has_forbidden(name):
                fact = FORBIDDEN_KEY if node is metadata.mapping else FORBIDDEN_NESTED_KEY
                character = next(filter(name.__contains__, FORBIDDEN_IN_KEYS))
                yield Problem(
                    entry.key.span,
                    f"the key `{name}` contains `{character}`{consequence(fact)}",
                    help=f"Write it without `{character}`, or delete it.",
                    severity=severity_of(fact),
                )


def _has_forbidden(name: str) -> bool:
    return any(map(name.__contains__, FORBIDDEN_IN_KEYS))


def _meant(name: str) -> str | None:
    if name in KEYS and KEYS[name].owner in OTHER_CARDS:
        return None
    plain = plain_name(name)
    meant = MISSPELT.get(name) or MISSPELT.get(plain) or near_miss(name, MODEL_KEYS)
    return OUTDATED.get(meant, meant) if meant else None


def _names_a_task(value: Node) -> bool:
    return any(_is_valid_text("pipeline_tag", text) for text in _texts(resolve(value)))


def _is_valid_text(key: str, text: str) -> bool:
    # vocabularies are imported here, since few cards need them
    match key:
        case "license":
            from cardlint.vocabulary.licenses.ids import LICENSES

            return text in LICENSES
        case "language":
            from cardlint.vocabulary.languages import all_codes

            return text in all_codes()
        case "pipeline_tag":
            from cardlint.vocabulary.tasks import TASKS

            return text in TASKS
        case "library_name":
            from cardlint.vocabulary.libraries import LIBRARIES

            return text in LIBRARIES
        case "datasets":
            return DATASET_ID.match(text) is not None
        case "base_model":
            return BASE_MODEL_ID.match(text) is not None
        case "license_link":
            return LICENSE_FILE.match(text) is not None
    return key in {"tags", "metrics", "mask_token"}


def _texts(value: Node) -> list[str]:
    """Return the texts of a value, or none if any of them is of another type."""
    nodes = value.items if isinstance(value, Sequence) else (value,)
    texts = [node.text for node in map(resolve, nodes) if isinstance(node, Scalar) and _is_text(node)]
    return texts if len(texts) == len(nodes) and all(texts) else []


def _is_text(scalar: Scalar) -> bool:
    return type(scalar.hub) is str and type(scalar.python) is str


def _misnamed(metadata: Metadata, entry: Entry, name: str, meant: str, *, is_alone: bool) -> Problem:
    """Return the problem with a misnamed key; `is_alone` is true if no other key means the same."""
    value = resolve(entry.value)
    if name == "licence" and isinstance(value, Scalar) and value.text == "license":
        edit = remove_lines(metadata.source, entry.span) if len(metadata.mapping.entries) > 1 else None
        return Problem(
            entry.key.span,
            "`licence: license` is a mistake of TRL and names no license",
            help="Delete it, and add `license` with the model's license.",
            fix=Fix("Delete the key", (edit,)) if edit else None,
            severity=severity_of(UNKNOWN_KEY),
        )
    has_both = meant in metadata.keys
    fix = None
    if not has_both and is_alone and _is_valid(meant, value):
        fix = Fix(f"Rename it to `{meant}`", (Edit(entry.key.span, meant),))
    outdated = name in OUTDATED
    what = f"`{name}` is the old name of `{meant}`" if outdated else f"the Hub does not read `{name}`"
    return Problem(
        entry.key.span,
        what + (f"; `{meant}` is present too" if has_both else "" if outdated else f": it reads `{meant}`"),
        help=f"Move its value to `{meant}` if it is missing there, and delete the key."
        if has_both
        else f"Write `{meant}`.",
        fix=fix,
        severity=Severity.NOTE if outdated else severity_of(UNKNOWN_KEY),
    )


def _is_valid(key: str, value: Node) -> bool:
    """True if the value is certainly right under the other key, so that renaming is safe."""
    if key == "model-index":
        return _is_model_index(value)
    texts = _texts(value)
    kind = "list" if isinstance(value, Sequence) else "text"
    return bool(texts) and kind in MODEL_KEYS[key].shape.kinds and all(_is_valid_text(key, text) for text in texts)


def _is_model_index(value: Node) -> bool:
    """True if the Hub and huggingface_hub both accept the value."""
    models = _mappings(value)
    if not models:
        return False
    return all(_names(model, "name") and _all_results(model.get("results")) for model in models)


def _mappings(node: Node | None) -> tuple[Mapping, ...]:
    return tuple(mapping for _, mapping in listed_mappings(node))


def _names(node: Node | None, *keys: str) -> bool:
    """True if the node is a mapping with these keys and only text as values, except for a metric's `value`."""
    if not isinstance(node, Mapping):
        return False
    for entry in node.entries:
        value = resolve(entry.value)
        if entry.name not in {"results", "value"} and not (isinstance(value, Scalar) and _is_text(value)):
            return False
    return all(node.entry(key) is not None for key in keys)


def _all_results(node: Node | None) -> bool:
    if not isinstance(node, Sequence):
        return False
    results = _mappings(node)
    return len(results) == len(node.items) and all(map(_is_result, results))


def _is_result(result: Mapping) -> bool:
    metrics = _mappings(result.get("metrics"))
    return (
        all(entry.name in REQUIRED_OF_A_RESULT for entry in result.entries)
        and _names(result.get("task"), "type")
        and _names(result.get("dataset"), "type", "name")
        and bool(metrics)
        and all(_names(metric, "type") and metric.get("value") is not None for metric in metrics)
    )


def _foreign(entry: Entry, name: str) -> Problem:
    cards = OTHER_CARDS.get(KEYS[name].owner) if name in KEYS else None
    whose = f": it is a key of {cards}" if cards else ""
    return Problem(
        entry.key.span,
        f"the Hub does not read `{name}` in a model card{whose}",
        help="Delete it, or allow it in the configuration if a tool of yours reads it.",
        severity=Severity.NOTE,
    )
