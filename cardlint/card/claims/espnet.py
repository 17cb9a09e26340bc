"""Claims of the scoring tables of ESPnet: the heading names the error rate, the column `Err` has it."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.card.claims.claim import Claim, Grounds, How
from cardlint.card.claims.grids import Context, Grid
from cardlint.card.numbers.number import read_number
from cardlint.vocabulary.labels.metrics import read_label

__all__ = ["is_scoring_table", "read_scoring_table"]

_TITLES = ("snt", "wrd", "corr", "sub", "del", "ins", "err", "s.err")
_METRICS = {"WER": "wer", "CER": "cer", "TER": "ter"}


def is_scoring_table(grid: Grid) -> bool:
    """Return whether a table has the header of ESPnet's scoring."""
    return tuple(title.lower() for title in grid.titles[1:]) == _TITLES


def read_scoring_table(grid: Grid, context: Context) -> Iterator[Claim]:
    """Yield a claim for each row; its first cell is a decoding folder and the set, such as `decode_asr/test`."""
    metric = _METRICS.get(context.title.strip().upper())
    column = 1 + _TITLES.index("err")
    for texts, cells in zip(grid.texts, grid.cells, strict=True):
        number = read_number(texts[column]) if metric and column < len(texts) else None
        if metric is not None and number is not None:
            decoding, _, name = texts[0].rpartition("/")
            split = read_label(name).split if not read_label(name).words else None
            setting = " ".join(filter(None, (decoding, None if split else name))) or None
            span = cells[column].span
            yield Claim(
                metric=metric,
                label=context.title,
                number=number,
                source="table",
                span=span,
                split=split,
                setting=setting,
                grounds=Grounds(How.TEMPLATE, grid.header[column].span),
            )
