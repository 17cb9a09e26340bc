"""The work of `cardlint init`: show and write a configuration, the pre-commit hook and a GitHub workflow."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cardlint.commands.init_files import (
    REPOSITORY,
    NothingToDo,
    Proposal,
    propose_config,
    propose_hook,
    propose_workflow,
)
from cardlint.commands.outputs import write_text
from cardlint.fixing.patch import unified_diff
from cardlint.source import Source
from cardlint.wording import visible

__all__ = ["init"]


def init(folder: Path, repository: str, *, yes: bool) -> bool:
    """Propose each file and write those that the user agrees to; return False if one could not be written."""
    proposals: tuple[Callable[[], Proposal | NothingToDo], ...] = (
        lambda: propose_config(folder),
        lambda: propose_hook(folder, repository),
        lambda: propose_workflow(folder, repository),
    )
    written: list[Proposal] = []
    for propose in proposals:
        proposed = propose()
        if isinstance(proposed, NothingToDo):
            sys.stdout.write(f"{visible(str(proposed.path))}: {proposed.reason}\n")
        elif not _agreed(proposed, yes=yes):
            sys.stdout.write(f"{visible(str(proposed.path))}: not changed\n")
        elif _write(proposed):
            written.append(proposed)
            sys.stdout.write(f"{visible(str(proposed.path))}: {'changed' if proposed.before else 'written'}\n")
        else:
            return False
    if any(REPOSITORY in proposal.after for proposal in written):
        sys.stdout.write(_PLACEHOLDER)
    return True


_PLACEHOLDER = f"""
Replace `{REPOSITORY.partition("/")[0]}` in these files with the owner of cardlint's repository, or of your copy of it:
cardlint is not published yet. (`cardlint init --repository OWNER/NAME` does this for you.)
"""


def _agreed(proposal: Proposal, *, yes: bool) -> bool:
    """Show a proposal and ask; no answer means no. With `yes` only changes of existing files are shown."""
    shown = proposal.path.as_posix()
    if proposal.before or not yes:
        sys.stdout.write(unified_diff(Source(shown, proposal.before), Source(shown, proposal.after)))
    if yes:
        return True
    sys.stdout.write(f"{'Change' if proposal.before else 'Write'} {visible(shown)}? [y/N] ")
    sys.stdout.flush()
    answer = sys.stdin.readline()
    if not answer.endswith("\n"):
        sys.stdout.write("\n")
    return answer.strip().lower() in {"y", "yes"}


def _write(proposal: Proposal) -> bool:
    with suppress(OSError):  # writing the file reports it
        proposal.path.parent.mkdir(parents=True, exist_ok=True)
    return write_text(proposal.path, proposal.after)
