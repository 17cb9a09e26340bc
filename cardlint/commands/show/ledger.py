"""The table of metric values in the picture of a card: a row per metric, a column per source."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, groupby

from msgspec import Struct, field
from rich.text import Text

from cardlint.card.agreement.comparison import Comparison, comparable
from cardlint.card.agreement.reported_row import ReportedRow
from cardlint.card.card import Card
from cardlint.card.claims.claim import SOURCES, Claim
from cardlint.card.claims.file_claims import REPOSITORY
from cardlint.card.numbers.number import agree
from cardlint.commands.show.canvas import Canvas, Column, Piece
from cardlint.commands.show.verdict import STYLES, Verdict, legend, sign_of
from cardlint.source import Span
from cardlint.vocabulary.labels.metrics import SCORE

__all__ = ["draw_ledger"]

_METADATA = frozenset(("model-index", "eval-results"))
_MOST_ROWS = 40
_MOST_VALUES = 2  # values of one source that are shown in one row
_MOST_PAIRS = 200_000  # pairs of claims that are compared
_AGREES = 10_000  # added for an equal value, which outweighs every other similarity
_MOST_DIGITS = 9  # cells of a number in a results file
_LABEL = 24  # cells for the name of a metric


class _Row(Struct, eq=False):
    """One metric of one dataset: the claims of each source, and the result of the comparison with the body.

    `disproved` is true if a results file certainly has another number for the same evaluation.
    """

    label: str
    about: str
    claims: dict[str, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    compared: Verdict | None = None
    disproved: bool = False

    @property
    def own(self) -> list[list[Claim]]:
        """The claims of each source within the card."""
        return [claims for source, claims in self.claims.items() if source != REPOSITORY]

    @property
    def verdict(self) -> Verdict:
        """The result of the comparison; a file that does not agree may be of another evaluation."""
        of_files = self.claims.get(REPOSITORY)
        if self.disproved:
            return Verdict.DIFFER
        if of_files is None or not self.own or self._verdict is Verdict.DIFFER:
            return self._verdict
        return Verdict.AGREE if any(_agree(of_files, each) for each in self.own) else Verdict.ALONE

    @property
    def _verdict(self) -> Verdict:
        """The result of the comparison with the body; without one, AGREE if every two sources share a value."""
        if self.compared is not None:
            return self.compared
        if len(self.own) < 2:
            return Verdict.ALONE
        return Verdict.AGREE if all(_agree(one, other) for one, other in combinations(self.own, 2)) else Verdict.DIFFER


def draw_ledger(card: Card, canvas: Canvas) -> Iterator[Text]:
    """Yield a row for each metric and dataset with a column for each source, or a line that says there are none."""
    reported = card.reported_row
    claims = [claim for claim in card.claims if claim.source != "results-row"]
    rows = _rows(card, [*claims, *(_row_claims(card, reported) if reported else ())])
    rows = _with_files(card, rows)
    if not rows:
        yield canvas.title("Claims")
        yield canvas.line(("none: no number is certainly a metric of this model", "dim"))
        yield from _rest(card, canvas)
        return
    yield canvas.title("Claims", *legend((row.verdict for row in rows), canvas.signs))
    shown = _most_telling(rows)
    sources = [source for source in SOURCES if any(source in row.claims for row in shown)]
    heads = {source: ["files" if source == REPOSITORY else source] for source in sources}
    if reported is not None:
        heads["results-row"] = [
            "results" if reported.agreeing else "last results",
            canvas.fit(canvas.clean(reported.results.names(reported.index)[0]), 14),
        ]
    yield from _table(shown, heads, canvas)
    if len(rows) > len(shown):
        yield canvas.more(len(rows) - len(shown), "row")
    yield from _grounds(card, canvas)
    yield from _rest(card, canvas)


def _grounds(card: Card, canvas: Canvas) -> Iterator[Text]:
    """Yield what the claims of the body rest on."""
    counts = Counter(claim.grounds.how.words for claim in card.body_claims if claim.source != "results-row")
    if counts:
        listed = ", ".join(f"{how} {count}" for how, count in counts.most_common())
        yield canvas.line(("The body's claims rest on: ", "dim"), (listed, ""))


def _rest(card: Card, canvas: Canvas) -> Iterator[Text]:
    """Yield the numbers of the body that are not claims, by reason, or nothing."""
    counts = Counter(number.reason.value for number in card.unattributed)
    counts += Counter({"vague": len(card.vague_claims)})
    if not counts:
        return
    listed = ", ".join(f"{reason} {count}" for reason, count in counts.most_common())
    yield canvas.line(("Not claims: ", "dim"), (listed, ""))
    first = next((number.span for number in card.unattributed), None)
    if first is not None:
        line = card.original.position(card.locate(first).start).line
        yield canvas.line((f"For the reasons, for instance of line {line}: --why {line}", "dim"))


def _row_claims(card: Card, reported: ReportedRow) -> Iterator[Claim]:
    """Return the claims in the reported row of a results table."""
    span = reported.results.table.rows[reported.index].span
    return (claim for claim in card.claims if claim.source == "results-row" and claim.span.overlaps(span))


def _rows(card: Card, claims: Sequence[Claim]) -> list[_Row]:
    """Return rows of the claims of the metadata by metric and dataset, with the claims of the body that repeat them."""
    rows: list[_Row] = []
    by_name: dict[tuple[str, str | None, str], _Row] = {}
    by_metric: dict[str, list[_Row]] = defaultdict(list)
    pairs = card.comparisons
    repeated = {pair.in_body.span: pair.in_metadata.span for pair in pairs if not pair.is_split_unknown}
    by_place: dict[Span, _Row] = {}
    many = len(card.metadata_claims) * len(card.body_claims) > _MOST_PAIRS
    for claim in claims:
        row = None
        if claim.span in repeated and claim.source not in _METADATA:
            row = by_place.get(repeated[claim.span])
        elif claim.source not in _METADATA and not many:
            row = _home(claim, [*by_metric[claim.metric], *(by_metric[SCORE] if claim.metric != SCORE else rows)])
        about = _about(claim)
        row = row or by_name.get((claim.metric, claim.variant, about))
        if row is None:
            row = _Row(claim.label, about)
            rows.append(row)
            by_metric[claim.metric].append(row)
            by_name[claim.metric, claim.variant, about] = row
        row.claims[claim.source].append(claim)
        by_place[claim.span] = row
    _mark(pairs, rows)
    return sorted(rows, key=lambda row: not row.about)


def _with_files(card: Card, rows: list[_Row]) -> list[_Row]:
    """Return the rows with the numbers of results files: where they agree, else in the only row that they may mean."""
    rest: list[Claim] = []
    for claim in card.file_claims:
        agreeing = [row for row in _about_metric(claim, rows) if any(_agree([claim], each) for each in row.own)]
        for row in agreeing:
            row.claims[REPOSITORY].append(claim)
        if not agreeing:
            rest.append(claim)
    mismatches = [span for mismatch in card.file_mismatches for span in (mismatch.span, *mismatch.others)]
    for row in rows:
        row.disproved = any(claim.span in mismatches for claims in row.own for claim in claims)
    for claim in rest:
        same = _about_metric(claim, rows)
        if len(same) != 1 or REPOSITORY in same[0].claims or _splits(same[0]) - {claim.split, None}:
            same = [_Row(claim.label, claim.split or "")]
            rows.append(same[0])
        same[0].claims[REPOSITORY].append(claim)
    return sorted(rows, key=lambda row: not row.about)


def _about_metric(claim: Claim, rows: Sequence[_Row]) -> list[_Row]:
    return [row for row in rows if any(each.is_about(claim) for claims in row.own for each in claims)]


def _splits(row: _Row) -> set[str | None]:
    return {claim.split for claims in row.own for claim in claims}


def _mark(pairs: Sequence[Comparison], rows: Sequence[_Row]) -> None:
    """Set for the rows of the metadata if the body agrees with them."""
    found = {pair.in_metadata.span: pair.agrees for pair in pairs if not pair.is_split_unknown}
    for row in rows:
        stated = [claim for source in _METADATA for claim in row.claims.get(source, ())]
        answers = {found[claim.span] for claim in stated if claim.span in found}
        if answers:
            row.compared = Verdict.AGREE if answers == {True} else Verdict.DIFFER
        elif stated and len(row.claims) > 1 and not all(_agree(stated, each) for each in row.claims.values()):
            row.compared = Verdict.ALONE  # the body may mean any of several results


def _home(claim: Claim, known: Sequence[_Row]) -> _Row | None:
    """Return the metadata row that a claim of the body repeats: the most similar one, preferably with equal value."""
    best, home = 0, None
    for row in known:
        stated = [each for source in _METADATA for each in row.claims.get(source, ())]
        for each in stated:
            fit = comparable(each, claim)
            if fit and agree(each.number, claim.number):
                fit += _AGREES
            elif claim.source in row.claims:
                continue  # the row has a value of this source already
            if fit > best:
                best, home = fit, row
    return home


def _about(claim: Claim) -> str:
    """Return the dataset, configuration and split that a claim names.

    Those of the evaluation bullets are in the sentence above them, which the rows of the training share.
    """
    if claim.source == "summary":
        return claim.split or ""
    parts = dict.fromkeys(part for part in (claim.dataset, claim.config, claim.split) if part)
    return " / ".join(parts)


def _agree(one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    return any(agree(first.number, second.number) for first in one for second in other)


def _most_telling(rows: Sequence[_Row]) -> list[_Row]:
    """Return at most `_MOST_ROWS` rows in their order: preferably those that differ, then those that agree."""
    order = (Verdict.DIFFER, Verdict.AGREE, Verdict.ALONE)
    chosen = sorted(range(len(rows)), key=lambda index: (order.index(rows[index].verdict), index))[:_MOST_ROWS]
    return [rows[index] for index in sorted(chosen)]


def _table(rows: Sequence[_Row], heads: dict[str, list[str]], canvas: Canvas) -> Iterator[Text]:
    """Yield the lines of the rows, with those of one dataset below its name."""
    signs = canvas.signs
    verdicts = [(sign_of(row.verdict, signs), STYLES[row.verdict]) for row in rows]
    labels = [(canvas.fit(canvas.clean(row.label), _LABEL), "") for row in rows]
    columns = [Column((), verdicts, right=False), Column((), labels, right=False)]
    columns += _values(rows, heads, canvas, canvas.width)
    used = sum(column.width + 2 for column in columns) - 2
    if used > canvas.width:  # all columns get the same share
        room = (canvas.width - columns[0].width - columns[1].width - 2) // len(heads) - 2
        columns[2:] = _values(rows, heads, canvas, max(room, 4))
    lines = canvas.table(columns)
    for _ in range(max(map(len, heads.values()))):
        yield next(lines)
    for about, members in groupby(rows, key=lambda row: row.about):
        group = list(members)
        is_said = all(row.label == about for row in group)  # a benchmark without a metric
        if any(row.about for row in rows) and not is_said:
            yield canvas.line((f"   {canvas.clean(about) or 'no dataset named'}", "dim"))
        for _ in group:
            yield next(lines)


def _values(rows: Sequence[_Row], heads: dict[str, list[str]], canvas: Canvas, room: int) -> list[Column]:
    """Return a column for each source, at most `room` cells wide."""
    return [
        Column([canvas.fit(line, room) for line in head], [_cell(row, source, canvas, room) for row in rows])
        for source, head in heads.items()
    ]


def _cell(row: _Row, source: str, canvas: Canvas, room: int) -> Piece:
    """Return the values of one source as written, in red if they differ from those of the first source."""
    claims = row.claims.get(source, [])
    texts = [_text(claim, canvas) for claim in claims[:_MOST_VALUES]]
    if len(claims) > _MOST_VALUES:
        texts.append(f"+{len(claims) - _MOST_VALUES}")
    first = next(iter(row.claims.values()))
    is_alike = not claims or _agree(claims, first) or (source == REPOSITORY and row.verdict is not Verdict.DIFFER)
    return canvas.fit(" | ".join(texts), room), "" if is_alike else "red"


def _text(claim: Claim, canvas: Canvas) -> str:
    """Return the number as written; files have more digits than anybody reads."""
    text = canvas.clean(claim.text)
    return canvas.fit(text, _MOST_DIGITS) if claim.source == REPOSITORY else text
