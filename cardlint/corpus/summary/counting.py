"""Counting the tables of a corpus in batches of rows, so that memory does not grow with the corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cardlint.corpus.summary.figures import MOST_EXAMPLES, WHERE, CardKind, Example, Figures, Found

__all__ = ["count"]

_ROWS = 16_384
_LONGEST = 200  # characters by which troubles are grouped, since a trouble may quote the card
_METADATA = ("model-index", "eval-results")
_COUNTS = ("errors", "warnings", "notes", "suppressed", "fixable", "fixable_unsafe", "compared", "disagreeing")
_COLUMNS = ("id", "sha256", "bytes", "size_class", "generator", "flattened", *_COUNTS, "trouble", "rules")
_LEAVES = (("claims", "source"), ("comparisons", "metric"), ("comparisons", "shown_in"), ("comparisons", "agrees"),
           ("comparisons", "cause"))  # fmt: skip


def count(output: Path) -> Figures:
    """Return the figures of the tables in an output folder of `cardlint corpus`, complete or not.

    Raises:
        OSError: a part cannot be read or is not valid; the message names it.
    """
    figures = Figures()
    for path in sorted((output / "cards").glob("part-*.parquet")):
        with _named(path):
            troubled = _count_cards(path, figures)
        findings = output / "findings" / path.name
        if findings.exists():
            with _named(findings):
                _count_findings(findings, troubled, figures)
    return figures


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Turn errors of an invalid part into an `OSError` that names it."""
    try:
        yield
    except (pa.ArrowInvalid, KeyError) as error:
        raise OSError(f"{path}: not a part of a corpus: {error}") from error


def _count_cards(path: Path, figures: Figures) -> pa.Array:
    """Count a part of cards, and return the keys of those with trouble."""
    troubled = []
    with pq.ParquetFile(path) as file:
        for rows in _batches(file, [*_COLUMNS, *_leaves(file)]):
            bad = rows.filter(pc.is_valid(rows["trouble"]))
            if bad.num_rows:
                _count_troubles(bad, figures)
                troubled += _keys(bad).to_pylist()
            good = rows.filter(pc.is_null(rows["trouble"]))
            _count_kinds(good, figures)
            _count_hits(good, figures)
            _count_comparisons(good, figures)
    return pa.array(troubled, pa.string())


def _batches(file: pq.ParquetFile, columns: Sequence[str]) -> Iterator[pa.Table]:
    for batch in file.iter_batches(_ROWS, columns=list(columns)):
        yield pa.Table.from_batches([batch])


def _leaves(file: pq.ParquetFile) -> list[str]:
    """Return the Parquet columns of the counted list fields; the names between the two levels depend on the writer."""
    paths = [file.schema.column(index).path for index in range(len(file.schema))]
    return [
        path for path in paths for head, leaf in _LEAVES if path.split(".")[0] == head and path.split(".")[-1] == leaf
    ]


def _keys(rows: pa.Table) -> pa.ChunkedArray:
    digest = pc.fill_null(rows["sha256"], "")
    return pc.binary_join_element_wise(digest, rows["id"], " ")


def _grouped(rows: pa.Table, keys: Sequence[str], sums: Sequence[str]) -> pa.Table:
    """Return the rows grouped by `keys`, with their number as `cards` and the sums of the columns `sums`."""
    grouped = rows.group_by(list(keys)).aggregate([([], "count_all"), *((name, "sum") for name in sums)])
    return grouped.select([*keys, "count_all", *(f"{name}_sum" for name in sums)]).rename_columns(
        [*keys, "cards", *sums]
    )


def _sums(rows: pa.Table, keys: Sequence[str], sums: Sequence[str] = ()) -> list[dict[str, Any]]:
    rows_of_groups: list[dict[str, Any]] = _grouped(rows, keys, sums).to_pylist()
    return rows_of_groups


def _count_troubles(rows: pa.Table, figures: Figures) -> None:
    short = pc.utf8_slice_codeunits(rows["trouble"], 0, _LONGEST)
    table = pa.table({"reason": short, "id": rows["id"]}).sort_by("id").combine_chunks()
    grouped = table.group_by("reason", use_threads=False).aggregate([([], "count_all"), ("id", "first")])
    for row in grouped.to_pylist():
        figures.add_trouble(row["reason"], row["count_all"], row["id_first"])


def _count_kinds(rows: pa.Table, figures: Figures) -> None:
    has_error, has_warning, has_note = (pc.greater(rows[name], 0) for name in ("errors", "warnings", "notes"))
    comparing = pc.greater(rows["compared"], 0)
    flags = {
        "with_error": has_error,
        "with_warning": has_warning,
        "with_note": has_note,
        "at_most_warning": pc.and_not(has_warning, has_error),
        "at_most_note": pc.and_not(has_note, pc.or_(has_warning, has_error)),
        "with_safe_fix": pc.greater(rows["fixable"], 0),
        "flattened_cards": pc.fill_null(rows["flattened"], False),
        # a card that is compared counts as stating, so that no share exceeds 100 %
        "stating": pc.or_(_states_metric(rows), comparing),
        "comparing": comparing,
        "contradicting": pc.greater(rows["disagreeing"], 0),
    }
    columns = {name: flag.cast(pa.int64()) for name, flag in flags.items()}
    plain = rows.select(["size_class", "generator", "bytes", *_COUNTS])
    for name, column in columns.items():
        plain = plain.append_column(name, column)
    for row in _sums(plain, ["size_class", "generator"], ["bytes", *_COUNTS, *columns]):
        kind = CardKind(row.pop("size_class"), row.pop("generator"))
        figures.sums[kind].update(row)


def _states_metric(rows: pa.Table) -> pa.Array:
    """Return for each card if it reports a metric in its metadata."""
    parents, claims = _flat(rows["claims"])
    stated = pc.is_in(pc.struct_field(claims, "source"), pa.array(_METADATA))
    return pc.is_in(pa.array(range(rows.num_rows), pa.int64()), pc.unique(parents.filter(stated)))


def _flat(lists: pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    """Return the index of the row of each item, and the items of all lists."""
    whole = lists.combine_chunks()
    return pc.list_parent_indices(whole).cast(pa.int64()), pc.list_flatten(whole)


def _count_hits(rows: pa.Table, figures: Figures) -> None:
    parents, rules = _flat(rows["rules"])
    for row in _sums(pa.table({"rule": rules, "generator": rows["generator"].take(parents)}), ["rule", "generator"]):
        figures.hits[row["rule"]][row["generator"]] += row["cards"]


def _count_comparisons(rows: pa.Table, figures: Figures) -> None:
    parents, pairs = _flat(rows["comparisons"])
    if not len(pairs):
        return
    fields = {name: pc.struct_field(pairs, name) for name in ("metric", "shown_in", "cause")}
    differs = pc.invert(pc.struct_field(pairs, "agrees"))
    generators = rows["generator"].take(parents)
    table = pa.table({"card": parents, "generator": generators, **fields, "disagreeing": differs.cast(pa.int64())})
    for by in WHERE:
        some = table.filter(differs) if by == "cause" else table
        for row in _by_card(some, by):
            figures.compared[by][row.pop(by)].update(row)


def _by_card(pairs: pa.Table, by: str) -> list[dict[str, Any]]:
    """Count by one column: `cards`, those `contradicting` themselves, `comparisons` and those `disagreeing`."""
    cards = _grouped(pairs, ["card", by], ["disagreeing"]).rename_columns(["card", by, "comparisons", "disagreeing"])
    contradicting = pc.greater(cards["disagreeing"], 0).cast(pa.int64())
    cards = cards.append_column("contradicting", contradicting)
    return _sums(cards, [by], ["contradicting", "comparisons", "disagreeing"])


def _count_findings(path: Path, troubled: pa.Array, figures: Figures) -> None:
    names = ["rule", "severity", "fix_safety"]
    with pq.ParquetFile(path) as file:
        for rows in _batches(file, [*names, "id", "sha256", "start_line", "message"]):
            good = rows.filter(pc.invert(pc.is_in(_keys(rows), troubled))) if len(troubled) else rows
            _collect_examples(good, figures)
            for row in _sums(good, names):
                figures.found[Found(row["rule"], row["severity"], row["fix_safety"])] += row["cards"]


def _collect_examples(rows: pa.Table, figures: Figures) -> None:
    """Collect the findings of each rule in the cards with the smallest hashes."""
    left = rows.set_column(rows.column_names.index("sha256"), "sha256", pc.fill_null(rows["sha256"], ""))
    for _ in range(MOST_EXAMPLES):
        first = left.group_by("rule").aggregate([("sha256", "min")])
        is_first = pc.is_in(_cards_of_rules(left), _cards_of_rules(first.rename_columns(["rule", "sha256"])))
        for row in left.filter(is_first).to_pylist():
            example = Example(row["sha256"], row["start_line"], row["id"], row["severity"], row["message"])
            figures.add_example(row["rule"], example)
        left = left.filter(pc.invert(is_first))


def _cards_of_rules(rows: pa.Table) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(rows["rule"], rows["sha256"], " ")
