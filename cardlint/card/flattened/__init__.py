"""Cards that lost their line breaks, and how the lines are recovered."""
