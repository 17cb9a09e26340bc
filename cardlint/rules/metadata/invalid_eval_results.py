"""Rule `invalid-eval-results`."""

from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.card.claims.eval_files import ResultsFile
from cardlint.card.metadata.kinds import describe_kind, fits
from cardlint.card.yaml.nodes import Mapping, Node, Scalar, Sequence, resolve
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import pattern
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.keys.eval_results import EVAL_RESULT
from cardlint.vocabulary.keys.grammar import Shape

# A year with what may follow it: `2026-03`, `20260301T12`, `2026-W09`, `2026-03-01 12:00:00Z`.
ISO_DATE = pattern(r"\d{4}(?:-?W?\d\d|$)")


@rule(severity=Severity.WARNING)
def invalid_eval_results(card: Card) -> Iterator[Problem]:
    """A file in `.eval_results` beside the card is not built as the Hub reads it.

    The Hub shows the results in `.eval_results/*.yaml` on the model's page and on the leaderboard of the benchmark.
    Such a file is a list; each item has a `dataset` with the `id` and the `task_id` of a benchmark and a `value`, and
    may have a `date` (as text, so in quotes), `notes` and a `source`, which then needs a `url`. A file that is built
    otherwise is left out as a whole. The finding stands at the card's metadata, and names the place in the other file.

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
            line = file.source.position(breach.span.start).line
            name = "/".join(file.source.path.split("/")[-2:])
            yield Problem(
                place,
                f"`{name}`: {breach.message} (line {line})",
                help=breach.advice,
                related=(Related(breach.span, breach.label, file.source),),
            )


class _Breach(Struct, frozen=True):
    """What is wrong at a place of the other file; `label` says it shorter beside the place."""

    span: Span
    message: str
    advice: str
    label: str


def _breaches(file: ResultsFile) -> Iterator[_Breach]:
    root = file.root
    if file.error is not None and not file.source.text:
        yield _Breach(file.error.span, file.error.reason, "Make it a file that can be read.", file.error.reason)
    elif file.error is not None:
        from cardlint.card.yaml.errors import explain  # here, since hardly any file needs it

        why = explain(file.metadata)
        yield _Breach(why.span, f"invalid YAML: {why.message}", why.help, "it breaks here")
    elif not isinstance(root, Sequence):
        advice = "Write each result as an item, with `- ` before its first key."
        yield _Breach(_shown(root), f"it is {describe_kind(root)}, where a list of results belongs", advice, "no list")
    else:
        yield from _repeated_keys(file)
        # what aliases repeat is said where it stands
        for index, item in enumerate(root.items):
            if isinstance(item, Mapping):
                yield from _keys(item, f"[{index}]", EVAL_RESULT)
            elif isinstance(item, Scalar | Sequence):
                yield _wrong(f"[{index}]", item, item.span, EVAL_RESULT)


def _repeated_keys(file: ResultsFile) -> Iterator[_Breach]:
    for node in file.metadata.walk():
        seen: set[str] = set()
        for entry in node.entries if isinstance(node, Mapping) else ():
            if entry.name is not None and entry.name in seen:
                message = f"the key `{entry.name}` stands twice in one mapping, which the Hub's parser refuses"
                yield _Breach(entry.key.span, message, "Delete one of the two.", "a second time")
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
                yield _Breach(entry.key.span, f"`{inner}` has no value", f"Give `{name}` a value.", "no value")
        elif "mapping" in key.shape.kinds and isinstance(entry.value, Mapping):
            yield from _keys(entry.value, inner, key.shape)
        elif not fits(value, key.shape):
            yield _wrong(inner, value, _place(entry.value, entry.key.span), key.shape)
        elif name == "date" and isinstance(value, Scalar) and not ISO_DATE.match(value.text):
            advice = 'Write it as in `"2026-03-01"`.'
            yield _Breach(entry.value.span, f"`{inner}` is no date of ISO 8601", advice, "no date of ISO 8601")


def _wrong(path: str, value: Node, span: Span, shape: Shape) -> _Breach:
    found = describe_kind(value)
    needs_quotes = shape.kinds == ("text",) and isinstance(value, Scalar)
    advice = "Put it in quotes." if needs_quotes else f"Write {shape.description} here."
    return _Breach(span, f"`{path}` is {found}, where {shape.description} belongs", advice, found)


def _place(value: Node, key: Span) -> Span:
    """The value where it is short, else its key."""
    return value.span if isinstance(value, Scalar) else key


def _shown(node: Node) -> Span:
    """What a node begins with."""
    return node.entries[0].key.span if isinstance(node, Mapping) and node.entries else node.span
