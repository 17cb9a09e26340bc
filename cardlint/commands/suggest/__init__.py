"""The work of `cardlint suggest`: metadata that the repository proves and the card lacks, by the fixes of the rules."""
