"""The folders that the tools may read and write, which no path and no symbolic link leads out of."""

# ruff: noqa: PTH118 - paths are strings, as where folders are searched

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from cardlint.config.selection import ActiveRule, Selection
from cardlint.files.found import Candidate, Cardless, Discovered, Found, Skipped
from cardlint.fixing.rounds import FixedCard
from cardlint.linting.interruption import Interruptible
from cardlint.mcp.answers import ToolError
from cardlint.platform_differences import is_on_other_server
from cardlint.rule_definition import Rule
from cardlint.run.judge import Judge, JudgedCard, RunOptions
from cardlint.source import Folder, Source
from cardlint.wording import listed, visible

__all__ = ["Fence", "FencedFolder", "FencedJudge"]

OUTSIDE = "outside of the folders that may be read"


class Fence(Struct, frozen=True):
    """The real paths of the folders that may be read."""

    folders: tuple[str, ...]

    def holds(self, path: str | os.PathLike[str]) -> bool:
        """Return True if the real place of a path is one of the folders or inside of one; it need not exist."""
        if all(is_on_other_server(os.fspath(path), folder) for folder in self.folders):
            return False
        try:
            real = os.path.realpath(path)
        except (OSError, ValueError):  # a null byte
            return False
        return any(real == folder or real.startswith(os.path.join(folder, "")) for folder in self.folders)

    def place(self, path: str) -> str:
        """Return a path that a client gave as an absolute path.

        Raises:
            ToolError: the path is outside, whether or not it exists.
        """
        place = os.path.join(os.getcwd(), path)  # noqa: PTH109 - a relative path keeps its `..`
        if not path or not self.holds(place):
            folders = listed([f"`{visible(folder)}`" for folder in self.folders])
            raise ToolError(f"path: `{visible(path)}` is {OUTSIDE}: {folders}")
        return place


class FencedFolder(Folder):
    """The folder around a card, of which nothing outside of a fence is seen."""

    __slots__ = ("_fence",)

    def __init__(self, path: Path, fence: Fence, named: str | None = None) -> None:
        super().__init__(path, named)
        self._fence = fence

    def _leads_outside(self, name: str) -> bool:
        # unlike a link out of the repository, a file outside is not even seen to be missing
        return not self._fence.holds(self._path / name) or super()._leads_outside(name)


class FencedJudge(Judge):
    """A judge of cards inside of a fence, which calls `go_on` before each file, each rule and each write."""

    def __init__(
        self, options: RunOptions, rules: dict[str, Rule], fence: Fence, go_on: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(options, rules)
        self._fence = fence
        self._go_on = go_on

    def active(self, selection: Selection, path: Path) -> Sequence[ActiveRule]:
        """Return the rules that run on a card."""
        return Interruptible(super().active(selection, path), self._go_on)

    def _fixed(self, found: Found, source: Source, folder: Folder | None, selection: Selection) -> FixedCard:
        fixed = super()._fixed(found, source, folder, selection)
        self._go_on()
        return fixed

    def classify(self, candidate: Candidate) -> Discovered:
        """Read a file, and skip it if it is not a card or outside."""
        self._go_on()
        if not self._fence.holds(candidate.path):
            return Skipped(candidate.shown, OUTSIDE)
        found = super().classify(candidate)
        if not isinstance(found, Found):
            return found
        return replace(found, folder=FencedFolder(found.path.parent, self._fence, found.root))

    def judge_cardless(self, item: Cardless) -> JudgedCard:
        """Run the rule about a missing card on a folder without one, unless it is outside."""
        return super().judge_cardless(item) if self._fence.holds(item.path) else JudgedCard(shown=item.shown)
