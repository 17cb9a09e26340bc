"""The command `cardlint server`."""

import sys
from pathlib import Path
from typing import Annotated

from cardlint.cli.declarations import Option
from cardlint.cli.options import refuse, refuse_unusable_config

__all__ = ["server"]


def server(
    config: Annotated[Path | None, Option(help="Use this configuration file for every card.", metavar="FILE")] = None,
    isolated: Annotated[bool, Option(help="Ignore all configuration files.")] = False,
    all_markdown: Annotated[
        bool,
        Option(help="Lint every open Markdown file, even if it is not a model card."),
    ] = False,
) -> None:
    """Start a language server for editors, on standard input and output."""
    from cardlint.commands.installation import MissingExtraError
    from cardlint.commands.server import serve
    from cardlint.registry import RegistryError, load_rules
    from cardlint.run.judge import RunOptions

    refuse_unusable_config(config, isolated=isolated)
    try:
        code = serve(RunOptions(config=config, isolated=isolated, all_markdown=all_markdown), load_rules())
    except (MissingExtraError, RegistryError) as error:
        refuse(error)
    sys.exit(code)
