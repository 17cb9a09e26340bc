"""Comparison of the card's numbers with those of the results files beside it.

A number is contradicted only if no entry of any file for its metric agrees with it, the card has no other number for
the metric, and the file is certainly of the evaluation that the card reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from cardlint.card.claims.bullets import EVALUATION_SET
from cardlint.card.claims.claim import Claim, How
from cardlint.card.claims.results_rows import NOT_METRICS
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import List
from cardlint.card.numbers.number import Number, agree, read_number
from cardlint.card.repository.repository import Repository
from cardlint.card.repository.results import Evaluation, Measured, TrainerState
from cardlint.card.training.results_table import ResultsTable
from cardlint.card.training.training import Training, read_bullets
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.labels.metrics import is_noise, normalise_label, read_label

__all__ = ["FileMismatch", "agreeing_evaluation", "confirms", "find_file_mismatches", "is_logged", "precise_number"]


class FileMismatch(Struct, frozen=True, kw_only=True):
    """A number of the card, and the entry of a file that contradicts it.

    `others` are further places of the card with the number. `row` names the row of a results table. Unless the mismatch
    `is_certain`, the file may be of another evaluation.
    """

    label: str
    number: Number
    span: Span
    measured: Measured
    is_certain: bool
    others: tuple[Span, ...] = ()
    row: str = ""


_PLACES = ("model-index", "summary", "table")  # of claims whose label and number are not read out of a sentence
_EVALUATION = LazyPattern(r"(?:eval|evaluation|val|valid|validation|dev|test) ")
_NOT_ALPHANUMERIC = LazyPattern(r"[\W_]+")
_TELLING = 3  # digits from which on an agreement is not a coincidence


def find_file_mismatches(
    claims: Sequence[Claim], body: Document, training: Training, repository: Repository
) -> Iterator[FileMismatch]:
    """Yield the numbers of the card that the files contradict, each once."""
    state = repository.trainer_state
    logged = tuple(each for evaluation in state.evaluations for each in evaluation.results) if state else ()
    if not repository.results and not logged:
        return
    witnesses = _Witnesses((*repository.results, *logged))
    found = list(_Comparer(_stated(claims, body), witnesses).mismatches())
    if state is not None:
        found += (each for results in training.results for each in _rows(results, state, witnesses))
    # files in `.eval_results` name a benchmark and no metric
    of_benchmarks = [claim.number for claim in claims if claim.source == "eval-results"]
    yield from (each for each in found if not any(agree(each.number, number) for number in of_benchmarks))


def _key(label: str) -> str:
    """Return a label reduced to letters and digits, without the word for the evaluation set at its start."""
    return _NOT_ALPHANUMERIC.sub("", _EVALUATION.sub("", normalise_label(label), count=1).lower())


def _metric(label: str) -> tuple[str, str | None] | None:
    read = read_label(label)
    return (read.metric, read.variant) if read.known else None


class _Witnesses:
    """The entries of the files by the keys of their labels and by their metrics."""

    def __init__(self, entries: Sequence[Measured]) -> None:
        self._by_key: dict[str, list[Measured]] = defaultdict(list)
        self._by_metric: dict[tuple[str, str | None], list[Measured]] = defaultdict(list)
        for entry in entries:
            self._by_key[_key(entry.label)].append(entry)
            metric = _metric(entry.label)
            if metric is not None:
                self._by_metric[metric].append(entry)

    def about(self, label: str) -> list[Measured]:
        """Return the entries for what a label names: those of the same name, else those of the same metric."""
        same = self._by_key.get(_key(label))
        metric = _metric(label)
        return same or (self._by_metric.get(metric, []) if metric is not None else [])


class _Stated(Struct, frozen=True, kw_only=True):
    """A number that the card gives outside its results tables; those of one `group` were measured together.

    `is_template` is true below the sentence of the Trainer, and `is_announced` if the card calls the number a result.
    """

    label: str
    number: Number
    span: Span
    group: object
    split: str | None = None
    is_template: bool = False
    is_announced: bool = True


def _stated(claims: Sequence[Claim], body: Document) -> Iterator[_Stated]:
    """Yield the claims that files may state, and the numbers of other lists that are nothing but label and number."""
    for claim in claims:
        if _is_comparable(claim):
            yield _Stated(
                label=claim.label,
                number=claim.number,
                span=claim.span,
                group=(claim.source, claim.measured_on),
                split=claim.split,
                is_template=claim.grounds.how is How.TEMPLATE,
            )
    known = {claim.span for claim in claims}
    for index, block in enumerate(body.blocks):
        for bullet in read_bullets(block) if isinstance(block, List) else ():
            number = read_number(bullet.text)
            if number is not None and bullet.span not in known and not _is_of_training(bullet.label):
                yield _Stated(
                    label=bullet.label,
                    number=number,
                    span=bullet.span,
                    group=index,
                    split=read_label(bullet.label).split,
                    is_announced=False,
                )


def _is_comparable(claim: Claim) -> bool:
    """Return True if nothing says that a number was measured by others, on a part of the data, or in training."""
    if claim.source not in _PLACES or claim.verified or claim.elsewhere or claim.vague or claim.setting is not None:
        return False
    if claim.split == "train" or _is_of_training(claim.label):
        return False
    is_of_evaluation = claim.source == "model-index" or claim.grounds.how is How.TEMPLATE
    return is_of_evaluation or (claim.dataset is None and set(claim.names) <= {EVALUATION_SET})


def _is_of_training(label: str) -> bool:
    return "train" in label.lower() or is_noise(label)


class _Comparer:
    """The numbers of a card outside its results tables, by the entries that they are compared with."""

    def __init__(self, stated: Iterable[_Stated], witnesses: _Witnesses) -> None:
        self.groups: dict[int, tuple[list[Measured], list[_Stated]]] = {}
        for each in stated:
            entries = witnesses.about(each.label)
            if entries:
                self.groups.setdefault(id(entries), (entries, []))[1].append(each)

    def mismatches(self) -> Iterator[FileMismatch]:
        for entries, stated in self.groups.values():
            first = stated[0]
            measured = next((entry for entry in entries if _may_be_of_one_split(first, entry)), None)
            is_cleared = any(agree(each.number, entry.number) for each in stated for entry in entries)
            is_one_number = all(agree(first.number, each.number) for each in stated)
            if measured is None or is_cleared or not is_one_number:
                continue
            is_anchored = measured.is_bound or self._is_anchored(first, measured)
            # the log of a checkpoint ends before the last evaluation
            if is_anchored or (first.is_announced and measured.step is None):
                yield FileMismatch(
                    label=first.label,
                    number=first.number,
                    span=first.span,
                    measured=measured,
                    is_certain=is_anchored or first.is_template,
                    others=tuple(each.span for each in stated[1:]),
                )

    def _is_anchored(self, stated: _Stated, measured: Measured) -> bool:
        """Return True if another number of the same list or result agrees with the same file."""
        return any(
            other.group == stated.group
            and _digits(other.number) >= _TELLING
            and any(entry.file is measured.file and agree(other.number, entry.number) for entry in entries)
            for entries, others in self.groups.values()
            for other in others
            if measured not in entries
        )


def _may_be_of_one_split(stated: _Stated, entry: Measured) -> bool:
    return entry.split == "test" or stated.split != "test" or entry.is_bound


def _digits(number: Number) -> int:
    return len(number.value.as_tuple().digits) if number.value else 0


def _rows(results: ResultsTable, state: TrainerState, witnesses: _Witnesses) -> Iterator[FileMismatch]:
    """Yield the cells that the log contradicts at their step, if most cells of the table agree with it."""
    by_step: dict[int, list[Measured]] = defaultdict(list)
    for evaluation in state.evaluations:
        by_step[evaluation.step] += evaluation.results
    steps = results.numbers(results.steps)
    columns = _columns(results)
    found: list[FileMismatch] = []
    agreeing = 0
    for row, step in steps.items():
        at_step = _Witnesses(by_step.get(int(step.value), ())) if step.value == step.value.to_integral_value() else None
        for column, label in columns.items() if at_step is not None else ():
            number = results.numbers(column).get(row)
            entries = at_step.about(label) if at_step is not None else []
            if number is None or not entries:
                continue
            if any(agree(number, entry.number) for entry in entries):
                agreeing += _digits(number) >= _TELLING
            elif not any(agree(number, entry.number) for entry in witnesses.about(label)):
                found.append(
                    FileMismatch(
                        label=label,
                        number=number,
                        span=results.span(row, column),
                        measured=entries[0],
                        is_certain=True,
                        row=f"step {step.text}",
                    )
                )
    if agreeing > len(found):
        yield from found


def _columns(results: ResultsTable) -> Mapping[int, str]:
    """Return the columns with results of an evaluation."""
    named = enumerate(results.columns)
    return {index: name for index, name in named if normalise_label(name) not in NOT_METRICS and not is_noise(name)}


def is_logged(results: ResultsTable, state: TrainerState | None, row: int) -> bool:
    """Return True if the log of the training has an evaluation at the step and the epoch of a row."""
    step, epoch = results.numbers(results.steps).get(row), results.numbers(results.epochs).get(row)
    if state is None or step is None or epoch is None:
        return False
    return any(
        step.value == evaluation.step and evaluation.epoch is not None and agree(epoch, evaluation.epoch)
        for evaluation in state.evaluations
    )


def confirms(claims: Sequence[Claim], repository: Repository) -> bool:
    """Return True if a results file has these numbers."""
    return _has_all(claims, repository.results)


def precise_number(claim: Claim, repository: Repository) -> Number:
    """Return the number of a results file that a claim shows with fewer digits, or the claim's own number."""
    shown = claim.number
    exponent = shown.value.as_tuple().exponent
    if not repository.results or shown.percent or not isinstance(exponent, int) or exponent >= 0:
        return shown
    unit = Decimal((0, (1,), exponent))
    entries = (entry.number for entry in _Witnesses(repository.results).about(claim.label))
    numbers = {each.value: each for each in entries if agree(shown, each) and abs(each.value - shown.value) < unit}
    return next(iter(numbers.values())) if len(numbers) == 1 else shown


def agreeing_evaluation(claims: Sequence[Claim], evaluations: Sequence[Evaluation]) -> Evaluation | None:
    """Return the first evaluation that has these numbers, or None."""
    return next((evaluation for evaluation in evaluations if _has_all(claims, evaluation.results)), None)


def _has_all(claims: Sequence[Claim], entries: Sequence[Measured]) -> bool:
    """Return True if all claims that the entries are about agree, and one of them cannot do so by coincidence."""
    witnesses = _Witnesses(entries)
    known = [(claim, about) for claim in claims if (about := witnesses.about(claim.label))]
    return any(_digits(claim.number) >= _TELLING for claim, _ in known) and all(
        any(agree(claim.number, entry.number) for entry in about) for claim, about in known
    )
