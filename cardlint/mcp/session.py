"""The state of the tools for one client, and the card that a call is about."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from cardlint.card.card import Card, parse
from cardlint.config.command_line import read_overrides
from cardlint.config.model import Overrides
from cardlint.files.discovery import walk
from cardlint.files.found import Candidate, Exclude, Found, Missing, Skipped
from cardlint.mcp.answers import ToolError
from cardlint.mcp.arguments import CardArguments, CheckArguments
from cardlint.mcp.fence import Fence, FencedJudge
from cardlint.rule_definition import Rule
from cardlint.run.judge import FixMode, Judge, RunOptions
from cardlint.run.run import Run
from cardlint.source import read, without_surrogates
from cardlint.wording import visible

__all__ = ["TEXT_NAME", "Session", "Views", "data_of"]

TEXT_NAME = "README.md"
"""The path of a text in findings; its configuration is that of a card with this name in the working folder."""


class Views(Struct, frozen=True):
    """The output of other commands: a parsed card as JSON, and the page of a rule as JSON and as text."""

    card: Callable[[Card], str]
    rule: Callable[[Rule], str]
    rule_text: Callable[[Rule], str]


class Session(Struct, frozen=True, kw_only=True):
    """The options and rules of every call, the folders that may be read, and the views of other commands.

    `go_on` is called again and again during a call, and raises `Interrupted` to end it.
    """

    options: RunOptions
    rules: dict[str, Rule]
    fence: Fence
    views: Views
    go_on: Callable[[], None] = lambda: None

    def run(self, arguments: CheckArguments, fix: FixMode = FixMode.OFF, *, unsafe: bool = False) -> Run:
        """Return a run for one call, which reads configuration files anew.

        Raises:
            ConfigError: an argument is wrong.
        """
        overrides = read_overrides(
            self.rules,
            select=arguments.select,
            ignore=arguments.ignore,
            repo_id=arguments.repo_id,
            profile=arguments.profile,
        )
        options = replace(self.options, overrides=overrides, fix=fix, unsafe_fixes=unsafe)
        return Run(options, self.rules, judge=self._judge(options))

    def card(self, arguments: CardArguments) -> Card:
        """Return the parsed card that a call is about.

        Raises:
            ConfigError: the id of the repository is wrong.
            ToolError: the card cannot be read.
        """
        overrides: Overrides = read_overrides(self.rules, repo_id=arguments.repo_id)
        found = self.found(arguments, self._judge(self.options))
        folder = None if arguments.path is None else found.beside
        return parse(read(found.data, found.shown), folder, overrides.repo_id)

    def found(self, arguments: CardArguments, judge: Judge, exclude: Exclude = lambda _path, _named: None) -> Found:
        """Return the one card that a call is about.

        Raises:
            ToolError: the card cannot be read, or is excluded.
        """
        data = data_of(arguments)
        if data is not None:
            place = Path(TEXT_NAME).absolute()
            reason = exclude(place, True)
            if reason is not None:
                raise ToolError(visible(f"{TEXT_NAME}: not linted: {reason}"))
            return Found(place, TEXT_NAME, data)
        path = self.fence.place(arguments.path or "")
        if os.path.isdir(path):  # noqa: PTH112
            raise ToolError(f"path: `{visible(arguments.path or '')}` is a folder; this tool reads one card")
        (item,) = walk([path], exclude=exclude)
        found = judge.classify(item) if isinstance(item, Candidate) else item
        if isinstance(found, Found):
            return found
        if isinstance(found, Missing):
            raise ToolError(visible(f"{found.shown}: {found.message}"))
        assert isinstance(found, Skipped), "only folders are without a card"
        raise ToolError(visible(f"{found.shown}: not linted: {found.reason}"))

    def _judge(self, options: RunOptions) -> FencedJudge:
        return FencedJudge(options, self.rules, self.fence, self.go_on)


def data_of(arguments: CardArguments) -> bytes | None:
    """Return the text of a call as a file would have it, or None if the call names a path.

    Raises:
        ToolError: the call has both or neither.
    """
    if (arguments.path is None) == (arguments.text is None):
        raise ToolError("expected either `path` or `text`")
    return None if arguments.text is None else without_surrogates(arguments.text).encode()
