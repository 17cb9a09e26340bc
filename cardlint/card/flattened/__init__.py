"""Cards that lost their line breaks, and the recovery of their lines."""
