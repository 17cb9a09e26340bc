"""The command `cardlint config`."""

import sys
from pathlib import Path
from typing import Annotated

from cardlint.cli.declarations import Argument, Option
from cardlint.cli.options import Drawing, refuse, refuse_unusable_config

__all__ = ["config"]


def config(
    path: Annotated[str, Argument(metavar="PATH", help="The card or folder whose settings to show.")] = ".",
    schema: Annotated[bool, Option(help="Print the JSON Schema of the configuration file.")] = False,
    show: Annotated[bool, Option(help="Show the settings in use and where each is set.")] = False,
    config: Annotated[Path | None, Option(help="Use this configuration file.", metavar="FILE")] = None,
    output_format: Drawing = "text",
) -> None:
    """Show the configuration in use (the default), or the JSON Schema of configuration files."""
    from cardlint.commands.config import schema_text, show_json, show_text
    from cardlint.config.errors import ConfigError
    from cardlint.config.selection import Configurations
    from cardlint.registry import RegistryError, load_rules
    from cardlint.reporters.masking import masked
    from cardlint.wording import visible

    if schema and show:
        refuse("`--schema` and `--show` cannot be used together")
    refuse_unusable_config(config)
    try:
        known = load_rules()
        if schema:
            sys.stdout.write(schema_text(known))
            return
        where = Path(path)
        if not where.exists():
            refuse(f"{visible(path)}: no such file or folder")
        configurations = Configurations(known, file=config)
        selection = configurations.for_folder(where) if where.is_dir() else configurations.for_card(where)
        text = show_json(selection) if output_format == "json" else masked(show_text(selection))
    except (RegistryError, ConfigError) as error:
        refuse(error)
    sys.stdout.write(text)
