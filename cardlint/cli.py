"""The command line: arguments to calls."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NoReturn

import typer
from typer.core import TyperGroup

from cardlint import __version__

if TYPE_CHECKING:
    from cardlint.commands.baseline import KeptBaseline
    from cardlint.commands.changes import Changes
    from cardlint.source import Folder, Source

__all__ = ["app", "main"]

SETTINGS = {"help_option_names": ["-h", "--help"]}


class Commands(TyperGroup):
    """The commands, each of which is built when it is called: reading off the options of all of them takes a while."""

    functions: ClassVar[dict[str, Callable[..., None]]] = {}

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Their names, in the order in which help shows them."""
        del ctx
        return list(self.functions)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        """The command of this name; None where there is none."""
        del ctx
        if cmd_name not in self.commands and cmd_name in self.functions:
            single = typer.Typer(add_completion=False, context_settings=SETTINGS, pretty_exceptions_enable=False)
            single.command(cmd_name)(self.functions[cmd_name])
            self.commands[cmd_name] = typer.main.get_command(single)
        return self.commands.get(cmd_name)


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Make a command of a function, called as the function is without underscores."""
    Commands.functions[function.__name__.strip("_")] = function
    return function


app = typer.Typer(
    name="cardlint",
    cls=Commands,
    help="A linter for Hugging Face model cards: the metadata, the text, and whether they agree.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings=SETTINGS,
)


Color = Literal["auto", "always", "never"]
FailOn = Literal["error", "warning", "note", "never"]
PageFormat = Literal["text", "json", "markdown"]
DrawingFormat = Literal["text", "json"]
InputFormat = Literal["cards", "parquet", "jsonl", "csv"]


def _formats() -> list[str]:
    """What the shell completes a format's name from."""
    from cardlint.reporters import FORMATS

    return list(FORMATS)


def _rule_names() -> list[str]:
    """What the shell completes a rule's name from."""
    from cardlint.registry import load_rules

    return list(load_rules())


def _version(context: typer.Context, asked: bool) -> None:
    if asked:
        sys.stdout.write(f"cardlint {__version__}\n")
        if context.params.get("verbose"):
            from cardlint.commands.vocabularies import describe_vocabularies

            sys.stdout.write(describe_vocabularies())
        raise typer.Exit


@app.callback()
def _cardlint(
    # read first, since what it says of the version must be known there, wherever it stands
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", is_eager=True, help="With --version: what cardlint knows, and from when.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, help="Show the version and exit.")
    ] = False,
) -> None:
    """Lint Hugging Face model cards."""


@command
def check(  # noqa: PLR0913, PLR0917 - they are the options there are
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATHS]...",
            help="Files, folders, `-` for standard input, or cards on the Hub: `hub:owner/name`, `hub:owner`, "
            "`hub:collection/owner/slug`; by default the folder you are in.",
        ),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            rich_help_panel="Rules",
            help="Run only these rules or groups (repeatable, comma-separated).",
            metavar="NAMES",
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(rich_help_panel="Rules", help="Leave these rules or groups out.", metavar="NAMES"),
    ] = None,
    extend_select: Annotated[
        list[str] | None,
        typer.Option(rich_help_panel="Rules", help="Run these rules or groups as well.", metavar="NAMES"),
    ] = None,
    severity: Annotated[
        list[str] | None,
        typer.Option(rich_help_panel="Rules", help="Give a rule another severity.", metavar="RULE=LEVEL"),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(rich_help_panel="Rules", help="Use this configuration file for every card.", metavar="FILE"),
    ] = None,
    isolated: Annotated[
        bool, typer.Option("--isolated", rich_help_panel="Rules", help="Read no configuration file at all.")
    ] = False,
    repo_id: Annotated[
        str | None,
        typer.Option(
            rich_help_panel="Rules", help="The repository on the Hub that the card belongs to.", metavar="OWNER/NAME"
        ),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", rich_help_panel="Fixing", help="Apply safe fixes, and report what is left.")
    ] = False,
    unsafe_fixes: Annotated[
        bool,
        typer.Option(
            "--unsafe-fixes", rich_help_panel="Fixing", help="With --fix or --diff: apply unsafe fixes as well."
        ),
    ] = False,
    diff: Annotated[
        bool,
        typer.Option(
            "--diff",
            rich_help_panel="Fixing",
            help="Show what fixing would change, write nothing, and exit with 1 if it would.",
        ),
    ] = False,
    fix_only: Annotated[
        bool, typer.Option("--fix-only", rich_help_panel="Fixing", help="Apply fixes and report nothing else.")
    ] = False,
    output_format: Annotated[
        str,
        typer.Option(
            rich_help_panel="Output",
            help="How to report: full, concise, json, jsonl, sarif, github, gitlab, junit, rdjson, markdown or html; "
            "by default full on a terminal, else concise.",
            metavar="FORMAT",
            autocompletion=_formats,
        ),
    ] = "",
    output_file: Annotated[
        Path | None,
        typer.Option(
            rich_help_panel="Output", help="Report into this file instead of standard output.", metavar="FILE"
        ),
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            rich_help_panel="Output",
            help="Report in a further format into a file, beside all else (repeatable).",
            metavar="FORMAT=FILE",
        ),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            rich_help_panel="Output",
            metavar="LEVEL",
            help="Exit with 1 from this severity on: error, warning (the default), note or never.",
        ),
    ] = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", rich_help_panel="Output", help="Exit with 0 even if there are findings.")
    ] = False,
    statistics: Annotated[
        bool,
        typer.Option(
            "--statistics", rich_help_panel="Output", help="Show only how often each rule finds, as text or json."
        ),
    ] = False,
    show_files: Annotated[
        bool,
        typer.Option(
            "--show-files", rich_help_panel="Files", help="Show which files would be linted, and why others not."
        ),
    ] = False,
    no_suppressions: Annotated[
        bool,
        typer.Option("--no-suppressions", rich_help_panel="Rules", help="Report what comments in the cards suppress."),
    ] = False,
    changed: Annotated[
        bool,
        typer.Option(
            "--changed",
            rich_help_panel="Files",
            help="Lint only files that differ from the last commit, by git's word; new files count.",
        ),
    ] = False,
    since: Annotated[
        str,
        typer.Option(
            rich_help_panel="Files",
            help="Like --changed, but lint all that has changed since the work left this branch or commit.",
            metavar="REF",
        ),
    ] = "",
    staged: Annotated[
        bool, typer.Option("--staged", rich_help_panel="Files", help="Lint only files that are staged in git.")
    ] = False,
    files_from: Annotated[
        str,
        typer.Option(
            rich_help_panel="Files",
            help="Lint the files that this file or `-` names, each on a line or ended by a null byte.",
            metavar="FILE",
        ),
    ] = "",
    all_markdown: Annotated[
        bool,
        typer.Option(
            "--all-markdown", rich_help_panel="Files", help="Lint every Markdown file in a folder, card or not."
        ),
    ] = False,
    cards_only: Annotated[
        bool,
        typer.Option(
            "--cards-only", rich_help_panel="Files", help="Skip named files that are plainly no model cards, too."
        ),
    ] = False,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", rich_help_panel="Files", help="Exit with 0 if there is no card to lint.")
    ] = False,
    baseline: Annotated[
        Path | None,
        typer.Option(
            rich_help_panel="Baseline", help="Let the findings pass that this file has recorded.", metavar="FILE"
        ),
    ] = None,
    write_baseline: Annotated[
        bool,
        typer.Option(
            "--write-baseline",
            rich_help_panel="Baseline",
            help="Record what is found, into --baseline's file or .cardlint-baseline.json.",
        ),
    ] = False,
    prune_baseline: Annotated[
        bool,
        typer.Option(
            "--prune-baseline", rich_help_panel="Baseline", help="Forget what is recorded and is not found any more."
        ),
    ] = False,
    stdin_filename: Annotated[
        str, typer.Option(rich_help_panel="Files", help="What standard input is called.", metavar="NAME")
    ] = "README.md",
    jobs: Annotated[
        str, typer.Option(rich_help_panel="Files", help="How many processes to use: a number, or `auto`.", metavar="N")
    ] = "1",
    no_cache: Annotated[
        bool,
        typer.Option(
            "--no-cache", rich_help_panel="Files", help="Lint every card anew, whatever an earlier run has kept."
        ),
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", rich_help_panel="Output", help="Report findings and nothing else.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", rich_help_panel="Output", help="Name every skipped file with the reason.")
    ] = False,
    color: Annotated[Color, typer.Option(rich_help_panel="Output", help="When to use colour.")] = "auto",
) -> None:
    """Lint model cards.

    It exits with 0 where nothing is at or above --fail-on, with 1 where something is or --diff would change a card,
    with 2 where something went wrong, and with 3 where there was no card to lint.
    """
    from cardlint.commands.check import Output, UsageError, check, count_jobs
    from cardlint.config import ConfigError, read_overrides
    from cardlint.registry import RegistryError, load_rules
    from cardlint.runner import Mend, Run, Settings

    if config and isolated:
        _refuse("`--config` and `--isolated` cannot go together")
    try:
        kept = _baseline(baseline, write=write_baseline, prune=prune_baseline, dry=diff)
        changes = _changes(changed=changed, since=since, staged=staged)
        paths = _named(paths, files_from)
        rules = load_rules()
        overrides = read_overrides(
            rules,
            select=select,
            extend_select=extend_select or (),
            ignore=ignore or (),
            severity=severity or (),
            repo_id=repo_id,
            fail_on=fail_on,
        )
        settings = Settings(
            overrides,
            config,
            isolated,
            not no_suppressions,
            all_markdown,
            cards_only,
            count_jobs(jobs),
            Mend.SHOW if diff else Mend.WRITE if fix or fix_only else Mend.NOTHING,
            unsafe_fixes,
            kept.baseline if kept else None,
            not no_cache,
        )
        where = Output(
            output_format,
            output_file,
            tuple(_further_output(text) for text in output or ()),
            color,
            quiet,
            verbose,
            statistics,
            show_files,
            fix_only,
        )
        code = check(
            paths,
            settings,
            where,
            exit_zero=exit_zero,
            allow_empty=allow_empty,
            stdin_filename=stdin_filename,
            changes=changes,
            baseline=kept,
            run=Run(settings, rules),
        )
    except (UsageError, ConfigError, RegistryError) as error:
        _refuse(error)
    raise typer.Exit(code)


def _baseline(file: Path | None, *, write: bool, prune: bool, dry: bool) -> "KeptBaseline | None":
    if file is None and not write and not prune:
        return None
    from cardlint.commands.baseline import keep_baseline
    from cardlint.suppression.baseline_file import BaselineError

    if write and prune:
        _refuse("`--write-baseline` and `--prune-baseline` cannot go together")
    if dry and (write or prune):
        _refuse("`--diff` writes nothing, and so no baseline")
    try:
        return keep_baseline(file, write=write, prune=prune)
    except BaselineError as error:
        _refuse(error)


def _changes(*, changed: bool, since: str, staged: bool) -> "Changes | None":
    if not (changed or since or staged):
        return None
    from cardlint.commands.changes import Changes

    if staged and (changed or since):
        _refuse("`--staged` cannot go together with `--changed` or `--since`")
    return Changes(staged, since)


def _named(paths: list[str] | None, files_from: str) -> list[str]:
    """The paths to check: with a list of files, only they and what else is named."""
    if not files_from:
        return paths or ["."]
    from cardlint.commands.changes import listed_files

    if files_from == "-" and "-" in (paths or ()):
        _refuse("standard input cannot be both a card and a list of files")
    return [*(paths or ()), *listed_files(files_from)]


def _further_output(text: str) -> tuple[str, Path]:
    from cardlint.commands.check import UsageError
    from cardlint.reporters import FORMATS

    name, separator, file = text.partition("=")
    if not separator or not file or name not in FORMATS:
        raise UsageError(f"`--output` takes FORMAT=FILE with one of {', '.join(FORMATS)}, not `{text}`")
    return name, Path(file)


@command
def show(
    card: Annotated[
        str,
        typer.Argument(metavar="CARD", help="The card to draw: a file, `-`, or `hub:owner/name` for one on the Hub."),
    ],
    output_format: Annotated[DrawingFormat, typer.Option(help="How to write it.")] = "text",
    color: Annotated[Color, typer.Option(help="When to use colour.")] = "auto",
) -> None:
    """Draw the parsed card: metadata, sections, tables and the ledger of metric claims."""
    from cardlint.card import parse
    from cardlint.commands.show import show_json, show_picture
    from cardlint.commands.terminal import as_machine_output, style_of

    parsed = parse(*_card(card))
    if output_format == "json":
        as_machine_output(sys.stdout).write(show_json(parsed))
    else:
        style = style_of(sys.stdout, color)
        sys.stdout.write(show_picture(parsed, width=style.width, color=style.color, unicode=style.unicode))


def _card(card: str) -> "tuple[Source, Folder]":
    """The card that was named, and what lies beside it."""
    from cardlint.reading import read_regular
    from cardlint.source import HUB, Folder, read

    if card.startswith(HUB):
        from cardlint.commands.hub import fetch_one

        found = fetch_one(card)
        if isinstance(found, str):
            _refuse(f"{card}: {found}")
        return read(found.data, found.shown), found.beside
    path = Path(card)
    try:
        data = sys.stdin.buffer.read() if card == "-" else read_regular(path)
    except IsADirectoryError:
        _refuse(f"{card}: a folder; `cardlint show` draws one card")
    except OSError as error:
        _refuse(f"{card}: {(error.strerror or str(error)).lower()}")
    return read(data, "README.md" if card == "-" else path.as_posix()), Folder(path.parent)


@command
def rules(
    output_format: Annotated[PageFormat, typer.Option(help="How to write them.")] = "text",
) -> None:
    """List every rule with its group, severity and fix, and the distribution that it came from."""
    from cardlint.commands.rules import list_rules
    from cardlint.commands.terminal import style_of
    from cardlint.registry import RegistryError, load_rules

    try:
        known = load_rules()
    except RegistryError as error:
        _refuse(error)
    # only on a terminal is there a reason to cut a summary short
    width = style_of(sys.stdout).width if sys.stdout.isatty() else sys.maxsize
    sys.stdout.write(list_rules(known, output_format, width))


@command
def explain(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The rule's name.", autocompletion=_rule_names)],
    output_format: Annotated[PageFormat, typer.Option(help="How to write the page.")] = "text",
) -> None:
    """Show the page of a rule: what it finds, why that matters, a bad and a good card, options, fix."""
    from cardlint.commands.rules import explain_rule
    from cardlint.commands.terminal import style_of
    from cardlint.registry import RegistryError, load_rules
    from cardlint.rule_names import UnknownNameError, resolve

    try:
        known = load_rules()
        name, note = resolve(rule, known, groups=False)
    except UnknownNameError as error:
        _refuse(f"{error}\n  did you mean `{error.suggestion}`?" if error.suggestion else f"{error}; {_ALL_RULES}")
    except RegistryError as error:
        _refuse(error)
    if note:
        sys.stderr.write(f"note: {note}\n")
    if name is None:
        raise typer.Exit(0)
    sys.stdout.write(explain_rule(known[name], output_format, style_of(sys.stdout).width))


@command
def config_(
    path: Annotated[str, typer.Argument(metavar="[PATH]", help="The card or folder whose settings are meant.")] = ".",
    schema: Annotated[bool, typer.Option("--schema", help="Write the JSON Schema of the configuration.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Show what is in force, and who set it.")] = False,
    config: Annotated[Path | None, typer.Option(help="Use this configuration file.", metavar="FILE")] = None,
    output_format: Annotated[DrawingFormat, typer.Option(help="How to write it.")] = "text",
) -> None:
    """Show the configuration that is in force (the default), or its JSON Schema."""
    from cardlint.commands.config import schema_text, show_json, show_text
    from cardlint.config import ConfigError
    from cardlint.registry import RegistryError, load_rules
    from cardlint.selection import Configurations

    if schema and show:
        _refuse("`--schema` and `--show` cannot go together")
    try:
        known = load_rules()
        if schema:
            sys.stdout.write(schema_text(known))
            return
        where = Path(path)
        configurations = Configurations(known, file=config)
        selection = configurations.for_folder(where) if where.is_dir() else configurations.for_card(where)
        text = show_json(selection) if output_format == "json" else show_text(selection)
    except (RegistryError, ConfigError) as error:
        _refuse(error)
    sys.stdout.write(text)


@command
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
        _refuse(f"{folder}: not a folder")
    if repository and not is_repository(repository):
        _refuse(f"--repository takes OWNER/NAME, not {repository!r}")
    raise typer.Exit(0 if init(folder, repository or REPOSITORY, yes=yes) else 2)


@command
def server(
    config: Annotated[
        Path | None, typer.Option(help="Use this configuration file for every card.", metavar="FILE")
    ] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Read no configuration file at all.")] = False,
    all_markdown: Annotated[
        bool, typer.Option("--all-markdown", help="Lint every Markdown file that is opened, card or not.")
    ] = False,
) -> None:
    """Lint in an editor: a language server on standard input and output."""
    from cardlint.commands.server import MissingExtraError, serve
    from cardlint.registry import RegistryError, load_rules
    from cardlint.runner import Settings

    if config and isolated:
        _refuse("`--config` and `--isolated` cannot go together")
    if config and not config.is_file():
        _refuse(f"--config {config}: no such file")
    try:
        code = serve(Settings(config=config, isolated=isolated, all_markdown=all_markdown), load_rules())
    except (MissingExtraError, RegistryError) as error:
        _refuse(error)
    raise typer.Exit(code)


@command
def corpus(  # noqa: PLR0913, PLR0917 - they are the options there are
    place: Annotated[
        str,
        typer.Argument(
            metavar="INPUT",
            help="A folder of cards; Parquet, JSON Lines or CSV with a card a row; `hf://datasets/owner/name`; object "
            "storage (`s3://`, `gs://`, `az://`).",
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write to.", metavar="DIR")],
    text_column: Annotated[
        str | None,
        typer.Option(rich_help_panel="Input", help="The column of the cards' texts.", metavar="NAME"),
    ] = None,
    id_column: Annotated[
        str | None, typer.Option(rich_help_panel="Input", help="The column that says whose they are.", metavar="NAME")
    ] = None,
    input_format: Annotated[
        InputFormat | None,
        typer.Option(
            rich_help_panel="Input",
            metavar="FORMAT",
            help="cards, parquet, jsonl or csv, if the files' endings do not tell.",
        ),
    ] = None,
    repo_ids: Annotated[
        bool,
        typer.Option(
            "--repo-ids",
            rich_help_panel="Input",
            help="The ids are those of repositories on the Hub, as rules may know.",
        ),
    ] = False,
    select: Annotated[
        list[str] | None,
        typer.Option(
            rich_help_panel="Rules",
            help="Run only these rules or groups (repeatable, comma-separated).",
            metavar="NAMES",
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(rich_help_panel="Rules", help="Leave these rules or groups out.", metavar="NAMES"),
    ] = None,
    extend_select: Annotated[
        list[str] | None,
        typer.Option(rich_help_panel="Rules", help="Run these rules or groups as well.", metavar="NAMES"),
    ] = None,
    severity: Annotated[
        list[str] | None,
        typer.Option(rich_help_panel="Rules", help="Give a rule another severity.", metavar="RULE=LEVEL"),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(
            rich_help_panel="Rules",
            help="Use this configuration file, not that of the folder you are in.",
            metavar="FILE",
        ),
    ] = None,
    isolated: Annotated[
        bool, typer.Option("--isolated", rich_help_panel="Rules", help="Read no configuration file at all.")
    ] = False,
    no_suppressions: Annotated[
        bool,
        typer.Option("--no-suppressions", rich_help_panel="Rules", help="Report what comments in the cards suppress."),
    ] = False,
    resume: Annotated[
        bool,
        typer.Option("--resume", rich_help_panel="Work", help="Go on with a run that was begun in this folder."),
    ] = False,
    jobs: Annotated[
        str,
        typer.Option(rich_help_panel="Work", help="How many processors to use here: a number, or `auto`.", metavar="N"),
    ] = "auto",
    ray: Annotated[
        str | None,
        typer.Option(
            rich_help_panel="Work",
            help="Work on a Ray cluster: `auto`, HOST:PORT, `ray://HOST:PORT`, or `local` for one of this machine.",
            metavar="ADDRESS",
        ),
    ] = None,
    card_timeout: Annotated[
        float,
        typer.Option(rich_help_panel="Work", help="Give a card up after so many seconds.", metavar="SECONDS", min=1),
    ] = 300,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what went wrong.")] = False,
) -> None:
    """Lint a corpus: every card of a folder or table, to tables of cards and findings and a summary.

    It exits with 0 when all is done, with 2 where something went wrong or a card could not be linted in full, and with
    3 where there was no card.
    """
    from cardlint.commands.corpus import corpus, why_unusable
    from cardlint.config import ConfigError, read_overrides
    from cardlint.registry import RegistryError, load_rules
    from cardlint.selection import Configurations

    if config and isolated:
        _refuse("`--config` and `--isolated` cannot go together")
    why = why_unusable(ray)
    if why:
        _refuse(why)
    from cardlint.commands.check import UsageError, count_jobs
    from cardlint.corpus.errors import CorpusError
    from cardlint.corpus.job import Job
    from cardlint.corpus.running import Plan

    try:
        rules = load_rules()
        overrides = read_overrides(
            rules, select=select, extend_select=extend_select or (), ignore=ignore or (), severity=severity or ()
        )
        selection = Configurations(rules, overrides, file=config, isolated=isolated).for_folder(Path.cwd())
        job = Job(selection.config, not no_suppressions, repo_ids)
        plan = Plan(
            place, output, job, input_format, text_column, id_column, resume, ray, count_jobs(jobs), card_timeout
        )
        code = corpus(plan, quiet=quiet)
    except (UsageError, ConfigError, RegistryError, CorpusError) as error:
        _refuse(error)
    except KeyboardInterrupt:
        sys.stderr.write("\nstopped; `--resume` goes on\n")
        raise typer.Exit(130) from None
    raise typer.Exit(code)


_ALL_RULES = "`cardlint rules` lists them all"


def _refuse(error: object) -> NoReturn:
    """Say why it cannot be done and leave with 2."""
    sys.stderr.write(f"error: {error}\n")
    raise typer.Exit(2)


def main() -> None:
    """The `cardlint` command."""
    from cardlint.commands.terminal import close_quietly, prepare_streams

    if sys.stdout is None or sys.stderr is None:
        sys.exit(2)  # there is nowhere to say anything
    prepare_streams()
    code: Any = 0
    try:
        try:
            app(prog_name="cardlint")
        except SystemExit as leaving:
            code = leaving.code
        sys.stdout.flush()
    except BrokenPipeError:
        close_quietly()
    except OSError as error:
        close_quietly()
        sys.stderr.write(f"error: cannot write to standard output: {(error.strerror or str(error)).lower()}\n")
        code = 2
    sys.exit(code)
