"""Which column of a table holds the cards, and which one says whose they are."""

from __future__ import annotations

from collections.abc import Sequence

from cardlint.corpus.errors import ColumnError
from cardlint.finding import listed

__all__ = ["choose_columns"]

# As datasets of cards call them, in the order in which they are taken.
_TEXTS = ("card", "text", "content", "readme", "markdown", "body")
_IDS = ("modelId", "model_id", "repo_id", "id", "path", "name")


def choose_columns(there: Sequence[str], text: str | None = None, name: str | None = None) -> tuple[str, str | None]:
    """The columns of the cards' texts and of their ids, which may be None: as given, else by their usual names.

    Raises:
        ColumnError: there is no such column, or no column for the text that has a usual name.
    """
    return _choose(there, text, _TEXTS, "--text-column") or _no_text(there), _choose(there, name, _IDS, "--id-column")


def _choose(there: Sequence[str], given: str | None, usual: tuple[str, ...], option: str) -> str | None:
    if given is not None:
        if given not in there:
            raise ColumnError(f"{option}: there is no column `{given}`; {_names(there)}")
        return given
    by_name = {name.lower(): name for name in reversed(there)}
    return next((by_name[name.lower()] for name in usual if name.lower() in by_name), None)


def _no_text(there: Sequence[str]) -> str:
    usual = f"{', '.join(_TEXTS[:-1])} or {_TEXTS[-1]}"
    raise ColumnError(f"no column is called {usual}; {_names(there)}; `--text-column` says which one it is")


def _names(there: Sequence[str]) -> str:
    return f"there are {listed([f'`{name}`' for name in there])}" if there else "there are no columns at all"
