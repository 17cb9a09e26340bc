"""Rule `invalid-eval-results`."""

from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.card.claims.eval_files import ResultsFile
from cardlint.card.metadata.kinds import describe_kind, fits
from cardlint.card.yaml.nodes import Mapping, Node, Scalar, Sequence, resolve
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.keys.eval_results import EVAL_RESULT
from cardlint.vocabulary.keys.grammar import Shape

# A year, alone or followed by more: `2026-03`, `20260301T12`, `2026-W09`, `2026-03-01 12:00:00Z`.
ISO_DATE = LazyPattern(r"\d{4}(?:-?W?\d\d|$)")


@rule(severity=Severity.WARNING)
def invalid_eval_results(card: Card) -> Iterator[Problem]:
    """A file in `.eval_results` does not have the form that the Hub reads.

    The Hub shows the results in `.eval_results/*.yaml` on the model's page and on the leaderboard of the benchmark.
    Such a file is a list. Each item has a `dataset` with the `id` and `task_id` of a benchmark, and a `value`; it may
    have a `date` (as text, so in quotes), `notes` and a `source`, which needs a `url`. The Hub ignores the whole file
    if any part is wrong. The finding is reported at the card's metadata, with the place in the other file.

    Bad:
        ---
        license: mit
        ---

    Bad .eval_results/birds.yaml:
        - dataset:
            id: owner/birds
          value: 0.412
          date: 2026-03-01

    Good:
        ---
        license: mit
        ---

    Good .eval_results/birds.yaml:
        - dataset:
            id: owner/birds
            task_id: calls
          value: 0.412
          date: "2026-03-01"
    """
    index = card.metadata.mapping.entry("model-index")
    place = index.key.span if index else card.front_matter.opening
    for file in card.eval_results:
        for breach in _breaches(file):
            name = "/".join(file.source.path.split("/")[-2:])
            yield Problem(
                place,
                f"`{name}`: {breach.message}",
                help=breach.advice,
                related=(Related(breach.span, breach.label, file.source),),
            )


class _Breach(Struct, frozen=True):
    """A mistake at a place of the other file; `label` is its short form for that place."""

    span: Span
    message: str
    advice: str
    label: str


def _breaches(file: ResultsFile) -> Iterator[_Breach]:
    root = file.root
    if file.error is not None and not file.source.text:
        yield _Breach(file.error.span, file.error.reason, "Replace it by a file that can be read.", file.error.reason)
    elif file.error is not None:
        from cardlint.card.yaml.errors import explain  # here, since few files need it

        why = explain(file.metadata)
        yield _Breach(why.span, f"invalid YAML: {why.message}", why.help, "invalid YAML here")
    elif not isinstance(root, Sequence):
        advice = "Write each result as an item, with `- ` before its first key."
        yield _Breach(_shown(root), f"the file is {describe_kind(root)}, not a list", advice, "not a list")
    else:
        yield from _repeated_keys(file)
        # aliases are not followed, since their target is checked
        for index, item in enumerate(root.items):
            if isinstance(item, Mapping):
                yield from _keys(item, f"[{index}]", EVAL_RESULT)
            elif isinstance(item, Scalar | Sequence):
                yield _wrong(f"[{index}]", item, item.span, EVAL_RESULT)


def _shown(node: Node) -> Span:
    """Return the beginning of a node."""
    return node.entries[0].key.span if isinstance(node, Mapping) and node.entries else node.span


def _repeated_keys(file: ResultsFile) -> Iterator[_Breach]:
    for node in file.metadata.walk():
        seen: set[str] = set()
        for entry in node.entries if isinstance(node, Mapping) else ():
            if entry.name is not None and entry.name in seen:
                message = f"duplicate key `{entry.name}`"
                yield _Breach(entry.key.span, message, "Delete one of the two.", "the second one")
            seen.add(entry.name or "")


def _keys(mapping: Mapping, path: str, shape: Shape) -> Iterator[_Breach]:
    for name, key in shape.keys.items():
        entry = mapping.entry(name)
        inner = f"{path}.{name}"
        value = resolve(entry.value) if entry else None
        if entry is None or value is None:
            if key.missing is not None and mapping.entry("<<") is None:
                yield _Breach(_shown(mapping), f"`{inner}` is missing", f"Add `{name}`.", f"no `{name}` here")
        elif isinstance(value, Scalar) and value.is_null:
            if key.missing is not None:
                yield _Breach(entry.key.span, f"`{inner}` has no value", f"Write a value for `{name}`.", "no value")
        elif "mapping" in key.shape.kinds and isinstance(entry.value, Mapping):
            yield from _keys(entry.value, inner, key.shape)
        elif not fits(value, key.shape):
            yield _wrong(inner, value, _place(entry.value, entry.key.span), key.shape)
        elif name == "date" and isinstance(value, Scalar) and not ISO_DATE.match(value.text):
            advice = 'Write a date such as `"2026-03-01"`.'
            yield _Breach(entry.value.span, f"`{inner}` is not a date of ISO 8601", advice, "not a date of ISO 8601")


def _wrong(path: str, value: Node, span: Span, shape: Shape) -> _Breach:
    found = describe_kind(value)
    needs_quotes = shape.kinds == ("text",) and isinstance(value, Scalar)
    advice = "Put it in quotes." if needs_quotes else f"Write {shape.description} here."
    return _Breach(span, f"`{path}` is {found}, not {shape.description}", advice, found)


def _place(value: Node, key: Span) -> Span:
    """Return the place of a value if it is a scalar, else of its key."""
    return value.span if isinstance(value, Scalar) else key
