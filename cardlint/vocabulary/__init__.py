"""Dated facts as data: what the Hub knows and what generators write, each with its source and how to refresh it."""

from __future__ import annotations

import json
from functools import cache
from pkgutil import get_data
from typing import Any

__all__ = ["load"]


@cache
def load(name: str) -> dict[str, Any]:
    """The vocabulary `name` (a JSON file beside this module), read when first asked for.

    Every one has `source`, `date` and `refresh` beside its facts.
    """
    data: dict[str, Any] = json.loads(get_data(__name__, f"{name}.json") or b"{}")
    return data
