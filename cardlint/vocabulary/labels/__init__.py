"""Names of metrics: labels as cards write them, and the canonical metric of each."""
