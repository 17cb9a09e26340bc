"""A run over a corpus: from an input to an output, on this machine or on a cluster, and on after what went wrong."""

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

# Times that a cluster may lose a run without a single card done in between.
_TRIES = 3
# Settings that say nothing of what is found in a card, or nothing that a corpus heeds.
_UNHEEDED = ("exclude", "fail_on", "file", "include", "notes", "root")


class Plan(Struct, frozen=True):
    """What to lint and where to put it; `ray` is the address of a cluster, `jobs` the processors to use without one."""

    place: str
    output: Path
    job: Job
    kind: str | None = None
    text_column: str | None = None
    id_column: str | None = None
    resume: bool = False
    ray: str | None = None
    jobs: int | None = None
    patience: float = 300


class ProgressCallbacks(Struct, frozen=True):
    """Whom to tell: of the cards there are in all (None where nobody knows), of those done, and of mishaps."""

    begin: Callable[[int | None, int], None]
    advance: Callable[[int], None]
    note: Callable[[str], None]


class Outcome(Struct, frozen=True):
    """What this run has done: cards and findings written, and how many of the cards have trouble.

    `known` counts the cards of former runs as well.
    """

    cards: int
    findings: int
    troubles: int
    known: int


def prepare_environment() -> None:
    """Keep Daft and Ray from telling others of the run, and from drawing where we draw: before they are imported."""
    os.environ |= {
        "DAFT_ANALYTICS_ENABLED": "0",
        "DAFT_PROGRESS_BAR": "0",
        "DAFT_SHOW_QUERY_ID": "0",
        "DO_NOT_TRACK": "1",
        "RAY_TQDM": "0",
        "RAY_USAGE_STATS_ENABLED": "0",
        "SCARF_NO_ANALYTICS": "true",
    }


def run_corpus(plan: Plan, telling: ProgressCallbacks) -> Outcome:
    """Lint all that is not done yet.

    Raises:
        InputError: it cannot be read.
        OutputError: the folder cannot be written to, or holds what is not to be mixed with this run.
        RunError: no worker can begin, or the cluster cannot be reached or is gone.
    """
    prepare_environment()
    from cardlint.corpus.inputs import open_corpus
    from cardlint.corpus.store import Store

    _start(plan)
    corpus = open_corpus(plan.place, plan.kind, plan.text_column, plan.id_column, str(plan.output))
    with closing(Store(plan.output, made_with(plan), resume=plan.resume)) as store:
        total = corpus.count() if corpus.count is not None else None
        telling.begin(total, store.known)
        return _run(corpus, store, plan, telling)


def _run(corpus: Any, store: Any, plan: Plan, telling: ProgressCallbacks) -> Outcome:
    tries = 0
    while True:
        before = store.known
        try:
            _lint_all(corpus, store, plan, telling)
        except _lost() as error:
            store.flush()
            tries = 0 if store.known > before else tries + 1
            if plan.ray is None or tries == _TRIES:
                raise RunError(in_short(error)) from error
            telling.note(f"{in_short(error)}; going on with what is left")
            continue
        except BaseException:
            store.flush()
            raise
        store.finish()
        return Outcome(store.cards, store.findings, store.troubles, store.known)


def made_with(plan: Plan) -> dict[str, Any]:
    """All that has a say in what is found, as JSON has it: a run goes on only with the same."""
    config = {name: _plain(value) for name, value in asdict(plan.job.config).items() if name not in _UNHEEDED}
    overrides = config.pop("overrides")
    return {
        "cardlint_version": __version__,
        "known_rules": sorted(load_rules()),
        **{name.replace("_", "-"): value for name, value in config.items()},
        **{f"--{name.replace('_', '-')}": value for name, value in overrides.items() if name not in _UNHEEDED},
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
    """Choose where Daft works: this can be done once a process."""
    import daft
    from daft.exceptions import DaftCoreException

    if plan.ray is None:
        # where an earlier run in this process has chosen, the choice stands
        with suppress(DaftCoreException):
            daft.set_runner_native(plan.jobs)
        return
    from cardlint.corpus.cluster import connect

    try:
        connect(plan.ray)
    except (OSError, ValueError, RuntimeError, OverflowError) as error:
        why = (isinstance(error, OSError) and error.strerror) or in_short(error)
        raise RunError(f"--ray {plan.ray}: {why[:1].lower()}{why[1:]}") from error


def _lint_all(corpus: Any, store: Any, plan: Plan, telling: ProgressCallbacks) -> None:
    from cardlint.corpus.pipeline import linted_rows

    for linted in linted_rows(corpus, plan.job, plan.patience, store.done()):
        telling.advance(store.add(linted))


def _lost() -> tuple[type[Exception], ...]:
    """What a run may end with that is no fault of a card: of its input, of a worker, of the cluster."""
    import pyarrow as pa
    from daft.exceptions import DaftCoreException

    try:
        from ray.exceptions import RayError
    except ModuleNotFoundError:
        return (DaftCoreException, RuntimeError, pa.ArrowInvalid)
    return (DaftCoreException, RuntimeError, pa.ArrowInvalid, RayError)
