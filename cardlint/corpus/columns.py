"""Choosing the columns of a table that contain the texts and the ids of the cards."""

from __future__ import annotations

from collections.abc import Sequence

from cardlint.corpus.errors import ColumnError
from cardlint.wording import listed

__all__ = ["choose_columns"]

# Usual column names in datasets of cards, in order of preference.
_TEXTS = ("card", "text", "content", "readme", "markdown", "body")
_IDS = ("modelId", "model_id", "repo_id", "id", "path", "name")


def choose_columns(columns: Sequence[str], text: str | None = None, name: str | None = None) -> tuple[str, str | None]:
    """Return the columns of texts and of ids, which may be None: the given ones, else those with usual names.

    Raises:
        ColumnError: a given column does not exist, or no column has a usual name for texts.
    """
    text_column = _choose(columns, text, _TEXTS, "--text-column") or _no_text(columns)
    return text_column, _choose(columns, name, _IDS, "--id-column")


def _choose(columns: Sequence[str], given: str | None, usual: tuple[str, ...], option: str) -> str | None:
    if given is not None:
        if given not in columns:
            raise ColumnError(f"{option}: no column `{given}`; {_names(columns)}")
        return given
    by_name = {name.lower(): name for name in reversed(columns)}
    return next((by_name[name.lower()] for name in usual if name.lower() in by_name), None)


def _no_text(columns: Sequence[str]) -> str:
    usual = f"{', '.join(_TEXTS[:-1])} or {_TEXTS[-1]}"
    raise ColumnError(f"no column is named {usual}; {_names(columns)}; name one with `--text-column`")


def _names(columns: Sequence[str]) -> str:
    return f"the columns are {listed([f'`{name}`' for name in columns])}" if columns else "the table has no columns"
