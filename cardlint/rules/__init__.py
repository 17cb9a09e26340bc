"""Every built-in rule: one folder a group, one file a rule."""
