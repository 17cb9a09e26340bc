"""Numbers exactly as cards write them, and the interval of values that a rounded number may have."""
