"""The work of `cardlint suggest`: read the card or the folder, show what is missing, and write it if asked to."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from cardlint.card.card import parse
from cardlint.card.repository.model_files import find_model
from cardlint.commands.show.secrets import Secrets
from cardlint.commands.suggest.drawing import draw
from cardlint.commands.suggest.proposal import NotReadyError, Proposal, Suggestion, propose
from cardlint.commands.suggest.skeleton import skeleton, without_empty_metadata
from cardlint.commands.terminal import style_of
from cardlint.commands.usage import UsageError
from cardlint.files.write import write_new
from cardlint.fixing.writing import NotWrittenError, write
from cardlint.regular_file import read_regular
from cardlint.reporters.masking import masked
from cardlint.repository_root import OUTSIDE, leads_outside
from cardlint.source import HUB, MOST_OF_CARD, STANDARD_INPUT, Folder, Source, read
from cardlint.wording import counted, listed, reason_of, visible

__all__ = ["suggest"]

_CARD = "README.md"
_NO_CARD = 3


class _Target(Struct, frozen=True, kw_only=True):
    """A card: its text and folder, and its path and bytes if it is a file; `is_new` if it does not exist yet."""

    source: Source
    folder: Folder | None
    path: Path | None = None
    data: bytes = b""
    is_new: bool = False


def suggest(card: str, *, repo_id: str | None, write_it: bool, unsafe: bool, color: str) -> int:
    """Show the metadata that a card lacks and its repository shows, and return the exit code.

    A folder without README.md gets a new card. With `write_it` the safe fixes are written, with `unsafe` all.

    Raises:
        UsageError: the card cannot be read or written.
    """
    if write_it and (card == STANDARD_INPUT or card.startswith(HUB)):
        raise UsageError("`--write` needs a file: cardlint does not write to the Hub or to standard input")
    target = _find(card, repo_id)
    try:
        proposal = propose(target.source, target.folder, repo_id)
    except NotReadyError as error:
        raise UsageError(f"{visible(target.source.path)}: {error}") from error
    if target.is_new and not proposal.proved and not _is_of_model(target):
        sys.stderr.write(f"note: {visible(masked(card))}: no {_CARD}, and no files of a model to write one for\n")
        return _NO_CARD
    _show(target, proposal, color)
    if not write_it:
        if proposal.proved and sys.stdout.isatty() and target.path is not None:
            what = "writes this card" if target.is_new else f"adds {counted(len(proposal.proved), 'key')} to the card"
            sys.stderr.write(f"\nnote: `--write` {what}\n")
        return 0
    if unsafe:
        return _write(target, proposal.whole, (*proposal.proved, *proposal.doubtful))
    return _write(target, proposal.source, proposal.proved)


def _is_of_model(target: _Target) -> bool:
    """Return True if files of a model or results are beside the card."""
    has_model = target.folder is not None and find_model(target.folder) is not None
    return has_model or bool(parse(target.source, target.folder).repository.results)


def _find(card: str, repo_id: str | None) -> _Target:
    """Return the card that a path names; for a folder without one, a new card."""
    if card.startswith(HUB):
        from cardlint.commands.hub import fetch_one

        found = fetch_one(card)
        if isinstance(found, str):
            raise UsageError(visible(f"{card}: {found}"))
        return _Target(source=read(found.data, found.shown), folder=found.beside)
    if card == STANDARD_INPUT:
        return _Target(source=read(sys.stdin.buffer.read(), _CARD), folder=Folder(Path()))
    path = Path(card)
    if path.is_dir():
        path = next((each for each in sorted(path.iterdir()) if each.name.lower() == _CARD.lower()), path / _CARD)
        if leads_outside(str(path), os.path.realpath(path.parent)):
            raise UsageError(f"{visible(path.as_posix())}: {OUTSIDE}; name this file to read it")
        if not path.exists():
            return _new(path, repo_id)
    try:
        data = read_regular(path, MOST_OF_CARD)
    except OSError as error:
        raise UsageError(f"{visible(card)}: {reason_of(error)}") from error
    return _Target(source=read(data, path.as_posix()), folder=Folder(path.parent), path=path, data=data)


def _new(path: Path, repo_id: str | None) -> _Target:
    folder = Folder(path.parent)
    repository = parse(read(b"", path.as_posix()), folder, repo_id).repo_id or path.parent.resolve().name
    text = skeleton(folder, path.as_posix(), repository.rpartition("/")[2])
    return _Target(source=Source(path.as_posix(), text), folder=folder, path=path, is_new=True)


def _show(target: _Target, proposal: Proposal, color: str) -> None:
    """Write the suggestions to standard output; of a new card the card, and the rest to standard error."""
    secrets = Secrets(parse(target.source))
    stream = sys.stdout
    if target.is_new:
        stream = sys.stderr
        sys.stdout.write(secrets.hide(without_empty_metadata(proposal.source.text)))
        sys.stdout.flush()
        proposal = replace(proposal, proved=())
    name = visible(masked(target.source.path))
    shown = draw(proposal, name, style_of(stream, color))
    stream.write(secrets.hide(f"\n{shown}" if shown and target.is_new else shown))
    if not target.is_new and not proposal.proved and not proposal.doubtful:
        sys.stderr.write(f"note: the repository shows nothing that {name} lacks\n")


def _write(target: _Target, after: Source, added: Sequence[Suggestion]) -> int:
    assert target.path is not None
    shown = visible(masked(target.source.path))
    try:
        if target.is_new:
            write_new(target.path, without_empty_metadata(after.text).encode())
        else:
            write(target.path, after, target.data)
    except NotWrittenError as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(f"{shown}: {reason_of(error)}") from error
    if target.is_new:
        sys.stderr.write(f"Wrote {shown}.\n")
    elif added:
        sys.stderr.write(f"Added {listed([f'`{each.key}`' for each in added])} to {shown}.\n")
    return 0
