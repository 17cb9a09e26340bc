"""The keys of the front matter: values of the wrong type, ambiguous values, and hints at the task."""
