"""The work of `cardlint init`: show and write a configuration, the pre-commit hook and a GitHub workflow."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cardlint import __version__
from cardlint.commands.git_repository import find_version, repository_around
from cardlint.commands.init_files import NothingToDo, Proposal, propose_config, propose_hook, propose_workflow
from cardlint.commands.outputs import write_text
from cardlint.commands.terminal import stopped_commands
from cardlint.fixing.patch import unified_diff
from cardlint.reporters.escaping import visible_lines
from cardlint.reporters.masking import masked
from cardlint.source import Source
from cardlint.wording import visible

__all__ = ["init"]


def init(folder: Path, repository: str, *, yes: bool) -> bool:
    """Propose each file and write those that the user agrees to; return False if one could not be written.

    The hook and the workflow are proposed only if they can work: in a git repository, and if the `repository` on GitHub
    that they come from is given.

    Raises:
        UsageError: the `repository` cannot be used.
    """
    around = repository_around(folder)
    proposals: list[Callable[[], Proposal | NothingToDo]] = [lambda: propose_config(folder)]
    if repository and around is not None:
        version = find_version(repository, __version__)
        proposals += [
            lambda: propose_hook(around.top, repository, version),
            lambda: propose_workflow(around, folder, repository, version),
        ]
    if not all(_settle(propose(), yes=yes) for propose in proposals):
        return False
    if around is None:
        sys.stdout.write(_WITHOUT_GIT)
    elif not repository:
        sys.stdout.write(_ON_HUB if around.is_on_hub else _WITHOUT_REPOSITORY)
    return True


_WITHOUT_GIT = "This folder is not in a git repository, so there is nothing else to set up.\n"
_ON_HUB = "With `--repository OWNER/NAME`, where cardlint is on GitHub, it adds a pre-commit hook.\n"
_WITHOUT_REPOSITORY = """\
With `--repository OWNER/NAME`, where cardlint is on GitHub, it adds a pre-commit hook
and a workflow.
"""


def _settle(proposed: Proposal | NothingToDo, *, yes: bool) -> bool:
    """Write a file if the user agrees, and say what was done; return False if it could not be written."""
    shown = visible(masked(str(proposed.path)))
    if isinstance(proposed, NothingToDo):
        sys.stdout.write(f"{shown}: {masked(proposed.reason)}\n")
    elif not _agreed(proposed, yes=yes):
        sys.stdout.write(f"{shown}: not changed\n")
    elif not _write(proposed):
        return False
    else:
        sys.stdout.write(f"{shown}: {'changed' if proposed.before else 'written'}\n")
    return True


def _agreed(proposal: Proposal, *, yes: bool) -> bool:
    """Show a proposal and ask; no answer means no. With `yes` only changes of existing files are shown."""
    shown = proposal.path.as_posix()
    if proposal.before or not yes:
        before, after = Source(shown, proposal.before), Source(shown, proposal.after)
        start, end = stopped_commands()
        patch = unified_diff(before, after, lambda text: visible_lines(masked(text)), masked)
        sys.stdout.write(f"{start}{patch}{end}")
    if yes:
        return True
    sys.stdout.write(f"{'Change' if proposal.before else 'Write'} {visible(masked(shown))}? [y/N] ")
    sys.stdout.flush()
    answer = sys.stdin.readline()
    if not answer.endswith("\n"):
        sys.stdout.write("\n")
    return answer.strip().lower() in {"y", "yes"}


def _write(proposal: Proposal) -> bool:
    with suppress(OSError):  # writing the file reports it
        proposal.path.parent.mkdir(parents=True, exist_ok=True)
    return write_text(proposal.path, proposal.after)
