"""Files on disk: finding cards, distinguishing cards from other Markdown, and reading git's ignore rules."""
