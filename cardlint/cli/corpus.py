"""The command `cardlint corpus`."""

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

from cardlint.cli.declarations import Argument, Option
from cardlint.cli.options import (
    ExtendSelect,
    Ignore,
    Isolated,
    NoSuppressions,
    Profile,
    Select,
    Severities,
    refuse,
    refuse_unusable_config,
)

__all__ = ["corpus"]

InputFormat = Literal["cards", "parquet", "jsonl", "csv"]


def corpus(  # noqa: PLR0913, PLR0917 - one parameter per option
    place: Annotated[
        str,
        Argument(
            metavar="INPUT",
            help="A folder of cards; Parquet, JSON Lines or CSV files with one card per row; "
            "`hf://datasets/owner/name`; object storage (`s3://`, `gs://`, `az://`).",
        ),
    ],
    out_dir: Annotated[
        Path | None, Option(short="-o", help="The folder to write to (required).", metavar="DIR")
    ] = None,
    output: Annotated[Path | None, Option(hidden=True, metavar="DIR")] = None,
    text_column: Annotated[
        str | None,
        Option(panel="Input", help="The column with the text of the cards.", metavar="NAME"),
    ] = None,
    id_column: Annotated[
        str | None, Option(panel="Input", help="The column with the ids of the cards.", metavar="NAME")
    ] = None,
    input_format: Annotated[
        InputFormat | None,
        Option(
            panel="Input",
            metavar="FORMAT",
            help="cards, parquet, jsonl or csv. Default: by the file extension.",
        ),
    ] = None,
    repo_ids: Annotated[
        bool,
        Option(
            panel="Input",
            help="The ids are repository ids of the Hub; pass them to the rules.",
        ),
    ] = False,
    select: Select = None,
    extend_select: ExtendSelect = None,
    ignore: Ignore = None,
    severity: Severities = None,
    profile: Profile = None,
    config: Annotated[
        Path | None,
        Option(
            panel="Rules",
            help="Use this configuration file, not that of the current folder.",
            metavar="FILE",
        ),
    ] = None,
    isolated: Isolated = False,
    no_suppressions: NoSuppressions = False,
    resume: Annotated[
        bool,
        Option(panel="Work", help="Continue the unfinished run in the output folder."),
    ] = False,
    jobs: Annotated[
        str,
        Option(panel="Work", help="The number of local processes, or `auto`.", metavar="N"),
    ] = "auto",
    ray: Annotated[
        str | None,
        Option(
            panel="Work",
            help="Run on a Ray cluster: `auto`, HOST:PORT, `ray://HOST:PORT`, or `local` for one on this machine.",
            metavar="ADDRESS",
        ),
    ] = None,
    card_timeout: Annotated[
        float,
        Option(panel="Work", help="Stop linting a card after this time.", metavar="SECONDS", least=1),
    ] = 300,
    quiet: Annotated[bool, Option(short="-q", help="Print errors, nothing else.")] = False,
) -> None:
    """Lint every card of a folder or table; write tables of cards and findings, and a summary.

    Exit codes: 0 if every card was linted,
    2 after an error, even in one card, 3 if no card was found.
    """
    from cardlint.commands.corpus import corpus, why_unusable
    from cardlint.config.command_line import read_overrides
    from cardlint.config.errors import ConfigError
    from cardlint.config.selection import Configurations
    from cardlint.registry import RegistryError, load_rules

    folder = _folder(out_dir, output, quiet=quiet)
    refuse_unusable_config(config, isolated=isolated)
    why = why_unusable(ray)
    if why:
        refuse(why)
    from cardlint.commands.check import count_jobs
    from cardlint.commands.usage import UsageError
    from cardlint.corpus.errors import CorpusError
    from cardlint.corpus.job import Job
    from cardlint.corpus.running import Plan

    try:
        rules = load_rules()
        overrides = read_overrides(
            rules,
            select=select,
            extend_select=extend_select or (),
            ignore=ignore or (),
            severity=severity or (),
            profile=profile,
        )
        selection = Configurations(rules, overrides, file=config, isolated=isolated).for_folder(Path.cwd())
        job = Job(selection.config, not no_suppressions, repo_ids)
        plan = Plan(
            place, folder, job, input_format, text_column, id_column, resume, ray, count_jobs(jobs), card_timeout
        )
        code = corpus(plan, quiet=quiet)
    except (UsageError, ConfigError, RegistryError, CorpusError) as error:
        refuse(error)
    except KeyboardInterrupt:
        sys.stderr.write("\nstopped; continue with `--resume`\n")
        sys.stderr.flush()
        os._exit(130)  # Daft's threads abort a process that ends in the ordinary way after Ctrl-C
    sys.exit(code)


def _folder(out_dir: Path | None, output: Path | None, *, quiet: bool) -> Path:
    """Return the folder to write to; `--output` is the old name of `--out-dir`."""
    if output is not None and not quiet:
        sys.stderr.write("note: `--output` is now called `--out-dir`\n")
    folder = out_dir or output
    if folder is None:
        refuse("--out-dir is missing; it names the folder to write to")
    return folder
