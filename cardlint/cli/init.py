"""The command `cardlint init`."""

import sys
from pathlib import Path
from typing import Annotated

from cardlint.cli.declarations import Argument, Option
from cardlint.cli.options import refuse
from cardlint.wording import visible

__all__ = ["init"]


def init(
    folder: Annotated[Path, Argument(metavar="FOLDER", help="The folder of the cards.")] = Path(),
    repository: Annotated[
        str, Option(help="Cardlint on GitHub, or your copy, for a hook and a workflow.", metavar="OWNER/NAME")
    ] = "",
    yes: Annotated[bool, Option(short="-y", help="Write the missing files without asking.")] = False,
) -> None:
    """Set up cardlint: a configuration, and with --repository a pre-commit hook and a GitHub workflow.

    Every change is shown before it is written, and existing content is kept.
    """
    from cardlint.commands.init import init
    from cardlint.commands.init_files import is_repository
    from cardlint.commands.usage import UsageError

    if not folder.is_dir():
        refuse(f"{visible(str(folder))}: not a folder")
    if repository and not is_repository(repository):
        refuse(f"--repository: expected OWNER/NAME, got `{visible(repository)}`")
    try:
        written = init(folder, repository, yes=yes)
    except UsageError as error:
        refuse(error)
    sys.exit(0 if written else 2)
