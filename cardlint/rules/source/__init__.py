"""The group `source`: the file as text, before any metadata or Markdown is read."""
