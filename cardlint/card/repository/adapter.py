"""The settings of an adapter in `adapter_config.json`, and the same settings in the text of a card."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.repository.files import JsonFile
from cardlint.lazy_regex import LazyPattern

__all__ = ["AdapterSetting", "adapter_settings", "find_setting"]


class AdapterSetting(Struct, frozen=True):
    """A setting of an adapter, `rank` or `alpha`: its key in the file, its value, and the values of single modules."""

    name: str
    key: str
    value: int
    of_modules: frozenset[int]


_KEYS = {"rank": ("r", "rank_pattern"), "alpha": ("lora_alpha", "alpha_pattern")}


def adapter_settings(file: JsonFile) -> Iterator[AdapterSetting]:
    """Yield the rank and the alpha of an adapter, as far as they are whole numbers."""
    for name, (key, pattern) in _KEYS.items():
        value, of_modules = file.mapping.get(key), file.mapping.get(pattern)
        numbers = of_modules.values() if isinstance(of_modules, dict) else ()
        if isinstance(value, int) and not isinstance(value, bool):
            yield AdapterSetting(name, key, value, frozenset(each for each in numbers if isinstance(each, int)))


_AROUND = r"[*_`\"']{0,4}[ \t]{0,20}"
# A line or a row of a table that is a setting and nothing else.
_LINE = LazyPattern(
    r"^[ \t>|*+`_\"'-]{0,20}(?P<lora>(?:q?lora|peft)[ _-])?(?P<name>rank|r|alpha)(?:[ ]?\([a-z\u03b1]{1,8}\))?"
    rf"{_AROUND}[:=|\uff1a]{_AROUND}[*_`\"']{{0,4}}(?P<value>\d{{1,4}}){_AROUND}[,|]?[ \t]{{0,20}}(?:#[^\n]*)?$",
    re.IGNORECASE | re.MULTILINE,
)
_ANYWHERE = LazyPattern(
    r"(?<![a-z])(?P<name>rank|r|alpha)(?![a-z])[^\w\n]{0,20}(?:(?:of|is|to) )?(?P<value>\d{1,4})(?![\d.]*\d)",
    re.IGNORECASE,
)
_NEIGHBOURS = LazyPattern(r"(?i)lora|alpha|dropout|target[ _-]?modules")
_FEW_LINES = 200  # characters before and behind


def find_setting(text: str, name: str) -> re.Match[str] | None:
    """Return the match of the only value that a text has for a setting; its group `value` is the number.

    None if no value is on a line of its own, or if another value is named anywhere. A `rank` that is not called
    that of an adapter must have other settings of one around it.
    """
    found = [match for match in _LINE.finditer(text) if _name(match) == name and _is_of_adapter(match, text)]
    values = {match["value"] for match in found} | {
        match["value"] for match in _ANYWHERE.finditer(text) if _name(match) == name
    }
    return found[0] if found and len(values) == 1 else None


def _name(match: re.Match[str]) -> str:
    return "alpha" if match["name"].lower() == "alpha" else "rank"


def _is_of_adapter(match: re.Match[str], text: str) -> bool:
    if match["lora"]:
        return True
    around = text[max(match.start() - _FEW_LINES, 0) : match.start()] + text[match.end() : match.end() + _FEW_LINES]
    return _NEIGHBOURS.search(around) is not None
