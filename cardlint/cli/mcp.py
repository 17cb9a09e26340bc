"""The command `cardlint mcp`."""

from pathlib import Path
from typing import Annotated

from cardlint.cli.declarations import Argument, Option
from cardlint.cli.options import refuse, refuse_unusable_config

__all__ = ["mcp"]


def mcp(
    folders: Annotated[
        list[Path] | None,
        Argument(
            metavar="FOLDERS", help="The folders whose cards may be read and written; by default the current one."
        ),
    ] = None,
    config: Annotated[Path | None, Option(help="Use this configuration file for every card.", metavar="FILE")] = None,
    isolated: Annotated[bool, Option(help="Ignore all configuration files.")] = False,
    all_markdown: Annotated[
        bool,
        Option(help="Lint every Markdown file in a folder, even if it is not a model card."),
    ] = False,
) -> None:
    """Offer the tools check, fix, explain and show to programs, over the Model Context Protocol."""
    from cardlint.commands.installation import MissingExtraError
    from cardlint.commands.mcp import serve
    from cardlint.commands.usage import UsageError
    from cardlint.registry import RegistryError, load_rules
    from cardlint.run.judge import RunOptions

    refuse_unusable_config(config, isolated=isolated)
    try:
        serve(folders or (), RunOptions(config=config, isolated=isolated, all_markdown=all_markdown), load_rules())
    except (MissingExtraError, RegistryError, UsageError) as error:
        refuse(error)
