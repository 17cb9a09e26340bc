"""Labels of metrics as cards write them, and the metric that each names."""
