"""Files on disk: finding cards, telling cards from other Markdown, and what git ignores."""
