"""The summary of a corpus: `summary.md` and `summary.html`, made from the tables of `cardlint corpus`."""
