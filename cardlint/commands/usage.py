"""The error for a command line that cannot be executed."""

from __future__ import annotations

__all__ = ["UsageError"]


class UsageError(Exception):
    """The command line cannot be executed; the message says why."""
