"""A run over a corpus, from input to output, on this machine or on a cluster, with retries after errors."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from cardlint import __version__
from cardlint.corpus.errors import RunError, in_short
from cardlint.corpus.job import Job
from cardlint.registry import load_rules

__all__ = ["Outcome", "Plan", "ProgressCallbacks", "prepare_environment", "run_corpus"]

# Failures of a cluster in succession, without a single linted card in between, after which a run ends.
_TRIES = 3
# Settings that do not change the findings of a card, or are ignored for a corpus.
_IGNORED = ("baseline", "exclude", "fail_on", "file", "include", "min_severity", "notes", "root")


class Plan(Struct, frozen=True):
    """The input, the output and the options of a run; `jobs` is the number of processes without a `ray` cluster.

    `timeout` is the number of seconds that linting one card may take.
    """

    place: str
    output: Path
    job: Job
    kind: str | None = None
    text_column: str | None = None
    id_column: str | None = None
    resume: bool = False
    ray: str | None = None
    jobs: int | None = None
    timeout: float = 300


class ProgressCallbacks(Struct, frozen=True):
    """Functions to call with the progress.

    `begin` gets the number of all cards (None if it is unknown) and of those done before, `advance` the number of
    further linted cards, `note` the message of an error after which the run continues.
    """

    begin: Callable[[int | None, int], None]
    advance: Callable[[int], None]
    note: Callable[[str], None]


class Outcome(Struct, frozen=True):
    """The result of a run: the numbers of cards and findings written, and of cards with trouble.

    `known` also counts the cards of earlier runs.
    """

    cards: int
    findings: int
    troubles: int
    known: int


def prepare_environment() -> None:
    """Turn off telemetry and progress bars of Daft and Ray; this must happen before they are imported."""
    os.environ |= {
        "DAFT_ANALYTICS_ENABLED": "0",
        "DAFT_PROGRESS_BAR": "0",
        "DAFT_SHOW_QUERY_ID": "0",
        "DO_NOT_TRACK": "1",
        "RAY_TQDM": "0",
        "RAY_USAGE_STATS_ENABLED": "0",
        "SCARF_NO_ANALYTICS": "true",
    }


def run_corpus(plan: Plan, callbacks: ProgressCallbacks) -> Outcome:
    """Lint all cards that are not done yet.

    Raises:
        InputError: the input cannot be read.
        OutputError: the output folder cannot be written, or contains something other than this run.
        RunError: no worker can start, or the cluster cannot be reached or has failed.
    """
    prepare_environment()
    from cardlint.corpus.inputs import open_corpus
    from cardlint.corpus.store import Store

    _start(plan)
    corpus = open_corpus(plan.place, plan.kind, plan.text_column, plan.id_column, str(plan.output))
    with closing(Store(plan.output, made_with(plan), resume=plan.resume)) as store:
        total = corpus.count() if corpus.count is not None else None
        callbacks.begin(total, store.known)
        return _run(corpus, store, plan, callbacks)


def _run(corpus: Any, store: Any, plan: Plan, callbacks: ProgressCallbacks) -> Outcome:
    tries = 0
    while True:
        before = store.known
        try:
            _lint_all(corpus, store, plan, callbacks)
        except _run_errors() as error:
            store.flush()
            tries = 0 if store.known > before else tries + 1
            if plan.ray is None or tries == _TRIES:
                raise RunError(in_short(error)) from error
            callbacks.note(f"{in_short(error)}; continuing with the remaining cards")
            continue
        except BaseException:
            store.flush()
            raise
        store.finish()
        return Outcome(store.cards, store.findings, store.troubles, store.known)


def made_with(plan: Plan) -> dict[str, Any]:
    """Return everything that affects the findings, as JSON values; a run can be resumed only if these are the same."""
    config = {name: _plain(value) for name, value in asdict(plan.job.config).items() if name not in _IGNORED}
    overrides = config.pop("overrides")
    return {
        "cardlint_version": __version__,
        "known_rules": sorted(load_rules()),
        **{name.replace("_", "-"): value for name, value in config.items()},
        **{f"--{name.replace('_', '-')}": value for name, value in overrides.items() if name not in _IGNORED},
        "suppressions": plan.job.suppressions,
        "repo_ids": plan.job.repo_ids,
        "text_column": plan.text_column,
        "id_column": plan.id_column,
    }


def _plain(value: Any) -> Any:
    match value:
        case Mapping():
            return {name: _plain(each) for name, each in value.items()}
        case tuple() | list():
            return [_plain(each) for each in value]
        case str() | int() | float() | None:
            return value
    return {name: _plain(each) for name, each in asdict(value).items()}


def _start(plan: Plan) -> None:
    """Choose if Daft runs on this machine or on a cluster, which is possible once per process."""
    import daft
    from daft.exceptions import DaftCoreException

    if plan.ray is None:
        # an earlier run in this process has made the choice already
        with suppress(DaftCoreException):
            daft.set_runner_native(plan.jobs)
        return
    from cardlint.corpus.cluster import connect

    try:
        connect(plan.ray)
    except (OSError, ValueError, RuntimeError, OverflowError) as error:
        why = (isinstance(error, OSError) and error.strerror) or in_short(error)
        raise RunError(f"--ray {plan.ray}: {why[:1].lower()}{why[1:]}") from error


def _lint_all(corpus: Any, store: Any, plan: Plan, callbacks: ProgressCallbacks) -> None:
    from cardlint.corpus.pipeline import linted_rows

    for linted in linted_rows(corpus, plan.job, plan.timeout, store.done()):
        callbacks.advance(store.add(linted))


def _run_errors() -> tuple[type[Exception], ...]:
    """Return the exceptions for errors of the input, a worker or the cluster, which are not caused by a card."""
    import pyarrow as pa
    from daft.exceptions import DaftCoreException

    try:
        from ray.exceptions import RayError
    except ModuleNotFoundError:
        return (DaftCoreException, RuntimeError, pa.ArrowInvalid)
    return (DaftCoreException, RuntimeError, pa.ArrowInvalid, RayError)
