"""Numbers exactly as cards write them, the interval a rounded number stands for, and possible values."""
