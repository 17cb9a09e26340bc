"""What a configuration may hold: every key with its kind and its meaning."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

__all__ = ["FAIL_ON", "LEVELS", "REPO_ID", "SETTINGS", "Kind", "Setting"]

Kind = Literal["names", "levels", "names by glob", "globs", "options", "repo id", "fail on"]

LEVELS = ("error", "warning", "note")
FAIL_ON = (*LEVELS, "never")

# The Hub's own rule for ids. The look-ahead behind `$` matters to Python alone, whose `$` lets a newline follow.
REPO_ID = r"^(?!.*(?:--|\.\.))(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)?[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,94}[A-Za-z0-9_])?$(?!\n)"


class Setting(Struct, frozen=True):
    """A key at the top of the configuration; `help` is what an editor shows beside it."""

    name: str
    kind: Kind
    help: str

    @property
    def field(self) -> str:
        """What the setting is called in `Config`."""
        return self.name.replace("-", "_")


_LIST = (
    Setting(
        "select",
        "names",
        "Rules and groups that run, in place of the default (every rule that is not off by default). "
        "A rule's own name outweighs its group's. A rule that is off by default runs only when it is named itself.",
    ),
    Setting("extend-select", "names", "Rules and groups that run besides those of `select`."),
    Setting(
        "ignore",
        "names",
        "Rules and groups that do not run. Where a rule is both selected and ignored, its own name outweighs its "
        "group's; named alike in both, it is ignored.",
    ),
    Setting("fixable", "names", "Rules and groups whose fixes may be applied, in place of all of them."),
    Setting(
        "unfixable",
        "names",
        "Rules and groups whose fixes are not applied. A rule's own name outweighs its group's; named alike in both, "
        "its fixes are not applied.",
    ),
    Setting("severity", "levels", "The severity of a rule's findings, in place of the rule's own."),
    Setting(
        "per-file-ignores",
        "names by glob",
        "Rules and groups that do not run on the cards that a glob matches. Globs are written as in .gitignore, "
        "relative to the folder of this file; one that begins with `!` means every card it does not match.",
    ),
    Setting(
        "include",
        "globs",
        "Only cards that one of these globs matches are linted. Written as in .gitignore, relative to the folder of "
        "this file.",
    ),
    Setting(
        "exclude",
        "globs",
        "Cards that one of these globs matches are not linted, not even when named on the command line. Written as in "
        ".gitignore, relative to the folder of this file.",
    ),
    Setting("rules", "options", "Options of single rules, each rule's in a table of its name: `[rules.<name>]`."),
    Setting("repo-id", "repo id", "The id on the Hub, `owner/name`, of the model that the cards here describe."),
    Setting("fail-on", "fail on", "The least severity of a finding that makes `cardlint check` exit with 1."),
)

SETTINGS: dict[str, Setting] = {setting.name: setting for setting in _LIST}
"""Every setting by its name, in the order they are shown in."""
