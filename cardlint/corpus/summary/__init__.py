"""The summary of a corpus: `summary.md` and `summary.html`, from the tables that `cardlint corpus` wrote."""
