"""The command `cardlint init`."""

from pathlib import Path
from typing import Annotated

import typer

from cardlint.cli.options import refuse

__all__ = ["init"]


def init(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The repository's folder.")] = Path(),
    repository: Annotated[
        str, typer.Option(help="The GitHub repository of cardlint's hook and action.", metavar="OWNER/NAME")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write the missing files without asking.")] = False,
) -> None:
    """Set up cardlint in a repository: a configuration, the pre-commit hook and a GitHub workflow.

    Every change is shown before it is written, and existing content is kept.
    """
    from cardlint.commands.init import init
    from cardlint.commands.init_files import REPOSITORY, is_repository

    if not folder.is_dir():
        refuse(f"{folder}: not a folder")
    if repository and not is_repository(repository):
        refuse(f"--repository takes OWNER/NAME, not {repository!r}")
    raise typer.Exit(0 if init(folder, repository or REPOSITORY, yes=yes) else 2)
