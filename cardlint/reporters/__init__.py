"""Output formats: each turns one report into text on a stream."""
