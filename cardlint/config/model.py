"""The configuration: the settings that a file may have, and what is in force for the cards below its folder.

A new setting is a new field of `Settings`. The field is all that reading, the JSON Schema, `cardlint config`,
`cardlint init` and the documentation know of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import fields, replace

from cardlint.config.setting_types import (
    OFF,
    FailOn,
    FilePath,
    Glob,
    Level,
    MinSeverity,
    NegatableGlob,
    Profile,
    RepoId,
    RuleName,
    RuleOptions,
    RuleOrGroup,
    metas_of,
)
from cardlint.finding import Severity

__all__ = ["Config", "Overrides", "Setting", "Settings", "merge", "settings", "severity_of"]


class Settings(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """The settings of a configuration file: the name, type, default, meaning and example of each.

    A default of None means something that no value in the file can say.
    """

    extend: Annotated[
        str | None,
        Meta(
            description="Another configuration file, relative to the folder of this file, whose settings hold too. "
            "Those of this file outweigh them: `select` starts anew, other lists of rules and `exclude` are added, and "
            "tables are combined. Globs of the other file are relative to the folder of this file.",
            examples=["team.toml"],
        ),
    ] = None
    profile: Annotated[
        Profile,
        Meta(
            description="How strict cardlint is. `hub`: what the Hub refuses or cannot see, and secrets. `standard`: "
            "also statements that are false, contradict each other or have no effect, and placeholders. `release`: "
            "also what the Hub's checklist for a release asks for.",
            examples=["release"],
        ),
    ] = "standard"
    select: Annotated[
        tuple[RuleOrGroup, ...] | None,
        Meta(
            description="Rules and groups that run, instead of the default (every rule that is not off in the "
            "profile). The name of a rule counts more than its group's. A rule that is off runs only if it is named.",
            examples=[["source", "metadata", "metrics"]],
        ),
    ] = None
    extend_select: Annotated[
        tuple[RuleOrGroup, ...],
        Meta(description="Rules and groups that run besides those of `select`.", examples=[["training"]]),
    ] = ()
    ignore: Annotated[
        tuple[RuleOrGroup, ...],
        Meta(
            description="Rules and groups that do not run. If a rule is both selected and ignored, its own name "
            "counts more than its group's; if both lists name it, it is ignored.",
            examples=[["generator-notice"]],
        ),
    ] = ()
    fixable: Annotated[
        tuple[RuleOrGroup, ...] | None,
        Meta(
            description="Rules and groups whose fixes may be applied, instead of all of them.",
            examples=[["source", "metadata", "metrics"]],
        ),
    ] = None
    unfixable: Annotated[
        tuple[RuleOrGroup, ...],
        Meta(
            description="Rules and groups whose fixes are not applied. The name of a rule counts more than its "
            "group's; if both lists name it, its fixes are not applied.",
            examples=[["placeholder-section"]],
        ),
    ] = ()
    severity: Annotated[
        Mapping[RuleName, Level],
        Meta(
            description="The severity of a rule's findings, in place of the rule's own; `off` for a rule that does not "
            "run.",
            examples=[{"missing-license": "error"}],
        ),
    ] = {}
    per_file_ignores: Annotated[
        Mapping[NegatableGlob, tuple[RuleOrGroup, ...]],
        Meta(
            description="Rules and groups that do not run on the cards that a glob matches. Globs are written as in "
            ".gitignore, relative to the folder of this file; one that begins with `!` means every card that the rest "
            "does not match.",
            examples=[{"drafts/**": ["sections"]}],
        ),
    ] = {}
    include: Annotated[
        tuple[Glob, ...],
        Meta(
            description="Only cards that one of these globs matches are linted. Written as in .gitignore, relative to "
            "the folder of this file.",
            examples=[["models/"]],
        ),
    ] = ()
    exclude: Annotated[
        tuple[Glob, ...],
        Meta(
            description="Cards that one of these globs matches are not linted, not even when named on the command "
            "line. Written as in .gitignore, relative to the folder of this file.",
            examples=[["third_party/"]],
        ),
    ] = ()
    rules: Annotated[
        Mapping[RuleName, RuleOptions],
        Meta(
            description="Options of single rules, each rule's in a table of its name: `[rules.<name>]`.",
            examples=[{"unknown-license": {"allow": ["our-own-license"]}}],
        ),
    ] = {}
    repo_id: Annotated[
        RepoId | None,
        Meta(
            description="The id on the Hub, `owner/name`, of the model that the cards here describe.",
            examples=["owner/name"],
        ),
    ] = None
    fail_on: Annotated[
        FailOn, Meta(description="The least severity of a finding that makes `cardlint check` exit with 1.")
    ] = "warning"
    min_severity: Annotated[
        MinSeverity,
        Meta(
            description="The least severity of a finding that is reported. Findings below it still count, in the "
            "summary and for the exit code."
        ),
    ] = "note"
    baseline: Annotated[
        FilePath | None,
        Meta(
            description="The file of recorded findings that are not reported, relative to the folder of this file. "
            "`cardlint check --write-baseline` writes it.",
            examples=[".cardlint-baseline.json"],
        ),
    ] = None


class Setting(Struct, frozen=True, kw_only=True):
    """A setting as a field of `Settings` describes it.

    `name` is its name in the file, `field` that of the field. `example` is a value that shows how the setting is
    written, or None.
    """

    name: str
    field: str
    type: Any
    default: Any
    help: str
    example: Any


@cache
def settings() -> Mapping[str, Setting]:
    """Return every setting by its name, in the order they are shown in."""
    found = {}
    for field in fields(Settings):
        metas = list(metas_of(field.type))
        default = field.default if field.default_factory is NODEFAULT else field.default_factory()
        found[field.encode_name] = Setting(
            name=field.encode_name,
            field=field.name,
            type=field.type,
            default=default,
            help=next((meta.description for meta in metas if meta.description), ""),
            example=next((meta.examples[0] for meta in metas if meta.examples), default),
        )
    return found


class Overrides(Struct, frozen=True):
    """The settings that the command line overrides; those that may be None are None if not given."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Level] = {}
    repo_id: str | None = None
    fail_on: FailOn | None = None
    min_severity: MinSeverity | None = None
    profile: Profile | None = None
    notes: tuple[str, ...] = ()


class Config(Settings, frozen=True, kw_only=True):
    """All settings that hold for the cards below `root`, the folder that every glob is relative to.

    `file` is the file that set them, or None. What the command line selects and ignores is kept apart in `overrides`,
    since it is weighed after the file's own; its other settings have already replaced the file's. `extended` are the
    files that `file` extends, directly or not. `notes` are things to tell the user that are not errors, such as a
    rule's old name.
    """

    file: Path | None = None
    extended: tuple[Path, ...] = ()
    root: Path = Path()
    overrides: Overrides = Overrides()
    notes: tuple[str, ...] = ()

    @property
    def fail_severity(self) -> Severity | None:
        """The least severity of a finding that fails a run, or None if no finding does."""
        return None if self.fail_on == "never" else Severity[self.fail_on.upper()]

    @property
    def least_reported(self) -> Severity:
        """The least severity of a finding that is reported."""
        return Severity[self.min_severity.upper()]


def severity_of(level: Level) -> Severity | None:
    """Return the severity that a configuration calls `error`, `warning` or `note`, None for `off`."""
    return None if level == OFF else Severity[level.upper()]


def merge(config: Config, overrides: Overrides) -> Config:
    """Return the configuration with the command line above it."""
    return replace(
        config,
        severity={**config.severity, **overrides.severity},
        repo_id=overrides.repo_id or config.repo_id,
        fail_on=overrides.fail_on or config.fail_on,
        min_severity=overrides.min_severity or config.min_severity,
        profile=overrides.profile or config.profile,
        overrides=overrides,
        notes=config.notes + overrides.notes,
    )
