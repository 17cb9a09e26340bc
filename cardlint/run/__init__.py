"""A run over many cards: linting in one or several processes, the result cache, and the totals."""
