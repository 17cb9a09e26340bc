"""The front matter's keys: values of the wrong type, ambiguous values, and the task they imply."""
