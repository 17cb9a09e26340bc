"""Many cards: linting them in one or several processes, the result cache, and the totals."""
