"""Running the rules over one card: results, suppressions, the baseline, and secrets in the text."""
