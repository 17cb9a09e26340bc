"""`cardlint init`."""

from pathlib import Path
from typing import Annotated

import typer

from cardlint.cli.options import refuse

__all__ = ["init"]


def init(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The repository's folder.")] = Path(),
    repository: Annotated[
        str, typer.Option(help="Where cardlint's hook and action come from, on GitHub.", metavar="OWNER/NAME")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write all that is missing without asking.")] = False,
) -> None:
    """Set cardlint up in a repository: a configuration, the pre-commit hook and a GitHub workflow.

    What would be written is shown first, and nothing that is there is lost.
    """
    from cardlint.commands.init import init
    from cardlint.commands.init_files import REPOSITORY, is_repository

    if not folder.is_dir():
        refuse(f"{folder}: not a folder")
    if repository and not is_repository(repository):
        refuse(f"--repository takes OWNER/NAME, not {repository!r}")
    raise typer.Exit(0 if init(folder, repository or REPOSITORY, yes=yes) else 2)
