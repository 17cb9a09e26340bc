"""The error of a command line that cannot be carried out."""

from __future__ import annotations

__all__ = ["UsageError"]


class UsageError(Exception):
    """The command line asks for what cannot be done; the message says what."""
