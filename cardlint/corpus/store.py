"""The output of a corpus: tables in parts, each written completely or not at all, and the settings of the run."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cardlint.corpus.batch import cards_of, findings_of
from cardlint.corpus.errors import OutputError
from cardlint.corpus.lock import Lock
from cardlint.corpus.schema import LINTED, NOT_LINTED, SCHEMA_VERSION
from cardlint.files.write import write_whole
from cardlint.platform_differences import LOCK_FILE
from cardlint.wording import reason_of

__all__ = ["Store"]

# A part is written when it has this many cards, or this many seconds after its first card.
_CARDS = 10_000
_WAIT = 60
_RUN = "run.json"
_KEY = ["id", "sha256"]
_IN_FINDINGS = ("id", "start_offset", "rule", "end_offset", "message")


class Store:
    """A folder with `cards`, `findings` and `run.json`, see `schema`.

    It remembers the written cards (about seventy bytes each), so that none is written twice.
    """

    def __init__(self, folder: Path, made_with: Mapping[str, Any], *, resume: bool = False) -> None:
        """Open a folder; `made_with` are the settings, which must be the same to resume a run.

        Raises:
            OutputError: the folder is not empty and `resume` is false, was written with other settings, cannot be
                written, or is in use by another run.
        """
        self.folder = folder
        self.cards = self.findings = self.troubles = 0
        self._seen: set[int] = set()
        self._made_with = dict(made_with)
        self._waiting: list[pa.Table] = []
        self._since = 0.0
        with _writing(folder):
            if not folder.exists():
                folder.mkdir(parents=True, exist_ok=True)
            self._lock = Lock(folder)
        try:
            with _writing(folder):
                self._open(resume=resume)
        except OutputError:
            self.close()
            raise

    def _open(self, *, resume: bool) -> None:
        self._prepare(resume=resume)
        self.troubles = sum(map(self._settle, self._parts("cards")))
        self._seen = {hash(key) for keys in self._keys() for key in zip(*keys, strict=True)}
        self._part = max((int(path.stem.rpartition("-")[2]) for path in self._parts("cards")), default=-1) + 1
        self._write_run(complete=False)

    @property
    def known(self) -> int:
        """The number of cards, including those of earlier runs."""
        return len(self._seen)

    def done(self) -> pa.Table:
        """Return the id and sha256 of every written card."""
        parts = [pq.read_table(path, columns=_KEY) for path in self._parts("cards")]
        return pa.concat_tables(parts) if parts else LINTED.empty_table().select(_KEY)

    def add(self, linted: pa.Table) -> int:
        """Add linted cards that are new, and return their number."""
        new = []
        for key in zip(*(linted[name].to_pylist() for name in _KEY), strict=True):
            new.append(hash(key) not in self._seen)
            self._seen.add(hash(key))
        if not all(new):
            linted = linted.filter(pa.array(new, pa.bool_()))
        if linted.num_rows and not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(linted)
        if sum(map(len, self._waiting)) >= _CARDS or time.monotonic() - self._since > _WAIT:
            self.flush()
        return int(linted.num_rows)

    def flush(self) -> None:
        """Write the waiting cards as a part.

        Raises:
            OutputError: the part cannot be written.
        """
        linted = pa.concat_tables(self._waiting or [LINTED.empty_table()])
        self._waiting = []
        if linted.num_rows:
            self._write(linted)

    def finish(self) -> None:
        """Write the waiting cards, or an empty part if there are no cards at all, and mark the output as complete.

        Raises:
            OutputError: the output cannot be written.
        """
        self.flush()
        if self._part == 0:
            self._write(LINTED.empty_table())
        with _writing(self.folder):
            self._write_run(complete=True)

    def close(self) -> None:
        """Release the folder for other runs."""
        self._lock.release()

    def _write(self, linted: pa.Table) -> None:
        cards = cards_of(linted).sort_by([(name, "ascending") for name in _KEY])
        findings = findings_of(linted).sort_by([(name, "ascending") for name in _IN_FINDINGS])
        name = f"part-{self._part:05}.parquet"
        # findings are valid only with their cards, so the cards are written last
        with _writing(self.folder):
            written = [
                _write_aside(findings, self.folder / "findings" / name),
                _write_aside(cards, self.folder / "cards" / name),
            ]
            for path in written:
                path.replace(path.with_name(name))
        self._part += 1
        self.cards += cards.num_rows
        self.findings += findings.num_rows
        self.troubles += cards.num_rows - cards["trouble"].null_count

    def _prepare(self, *, resume: bool) -> None:
        if self.folder.exists() and any(path.name != LOCK_FILE for path in self.folder.iterdir()):
            self._refuse_others(resume=resume)
        for name in ("cards", "findings"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
            for left in (self.folder / name).glob(".*.tmp"):
                left.unlink()
        whole = {path.name for path in self._parts("cards")}
        for path in self._parts("findings"):
            if path.name not in whole:
                path.unlink()

    def _settle(self, path: Path) -> int:
        """Remove cards that ended their process from a part, and return the number of others with trouble."""
        trouble = pq.read_table(path, columns=["trouble"])["trouble"].combine_chunks()
        unlinted = pc.fill_null(pc.starts_with(trouble, f"{NOT_LINTED}: "), False)
        again = unlinted.true_count
        if again:  # such a card has no findings, so only this table changes
            _write_aside(pq.read_table(path).filter(pc.invert(unlinted)), path).replace(path)
        return int(len(trouble) - trouble.null_count - again)

    def _refuse_others(self, *, resume: bool) -> None:
        if not resume:
            raise OutputError(f"{self.folder}: not empty; use `--resume` to continue the run in this folder")
        try:
            before = json.loads((self.folder / _RUN).read_text("utf-8"))["made_with"]
        except (FileNotFoundError, ValueError, TypeError, KeyError) as error:
            raise OutputError(f"{self.folder}: contains no run to resume; choose an empty folder") from error
        for name in sorted({*before, *self._made_with}):
            one, other = before.get(name), self._made_with.get(name)
            if one != other:
                what = f"`{name}` was {_shown(one)} and is now {_shown(other)}"
                raise OutputError(f"{self.folder}: was written with other settings: {what}; choose an empty folder")

    def _parts(self, table: str) -> list[Path]:
        return sorted((self.folder / table).glob("part-*.parquet"))

    def _keys(self) -> Iterator[list[list[str]]]:
        for path in self._parts("cards"):
            table = pq.read_table(path, columns=_KEY)
            yield [table[name].to_pylist() for name in _KEY]

    def _write_run(self, *, complete: bool) -> None:
        run = {
            "schema_version": SCHEMA_VERSION,
            "complete": complete,
            "cards": self.known,
            "made_with": self._made_with,
        }
        text = json.dumps(run, indent=2, ensure_ascii=False) + "\n"
        write_whole(self.folder / _RUN, text.encode())


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Turn errors of the system into an `OutputError` that names the folder."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"{folder}: {reason_of(error)}") from error


def _write_aside(table: pa.Table, path: Path) -> Path:
    """Write a table to disk under a temporary name, which readers ignore."""
    aside = path.with_name(f".{path.name}.tmp")
    with aside.open("wb") as file:
        pq.write_table(table, file, compression="zstd")
        file.flush()
        os.fsync(file.fileno())
    return aside


def _shown(value: Any) -> str:
    """Return a setting in few words."""
    text = "not set" if value in (None, [], {}) else json.dumps(value, ensure_ascii=False)
    return text if len(text) < 80 else "another"
