"""The license file beside a card, recognised by the words of the license's full text."""

from __future__ import annotations

from msgspec import Struct

from cardlint.card.repository.files import Files
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Source, Span

__all__ = ["LicenseFile", "license_names", "read_license_file"]


class LicenseFile(Struct, frozen=True):
    """A license file, and the id of the license whose text it is.

    It `may_be_partial` if other files state licenses too, or if there is code that it may be for.
    """

    name: str
    source: Source
    id: str
    may_be_partial: bool

    @property
    def span(self) -> Span:
        """The first line with a text."""
        text = self.source.text
        start = len(text) - len(text.lstrip())
        end = text.find("\n", start)
        return Span(start, len(text.rstrip()) if end < 0 else start + len(text[start:end].rstrip()))


_NAME = LazyPattern(r"(?i)(?:licen[cs]e|copying)(?:\.(?:txt|md))?")
_FURTHER = LazyPattern(r"(?i)(?:notice(?:\.\w+)?|(?:licen[cs]e|copying)[-_.]\w.*|licen[cs]es)")
_CODE = (".py", ".toml", ".cpp", ".cu", ".js", ".ts")
_FIRST = 3000  # characters
_BETWEEN = LazyPattern(r"[\s=*#>_-]+")


def license_names(files: Files) -> list[str]:
    """Return the names of the license files, whatever license they have the text of."""
    return sorted(name for name in files.names if _NAME.fullmatch(name))


def read_license_file(files: Files) -> LicenseFile | None:
    """Return the only license file if it is the text of a known license, or None."""
    names = license_names(files)
    source = files.text(names[0]) if len(names) == 1 else None
    identifier = _identify(source.text) if source is not None else None
    if source is None or identifier is None:
        return None
    others = [name for name in files.names if name != names[0]]
    is_partial = any(_FURTHER.fullmatch(name) or name.endswith(_CODE) for name in others)
    return LicenseFile(names[0], source, identifier, is_partial)


# Words with which the text begins, possibly behind a copyright notice; other words that it has; words that it lacks.
_TEXTS: tuple[tuple[str, LazyPattern[str], tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "apache-2.0",
        LazyPattern(r"apache license version 2\.0, january 2004"),
        ("terms and conditions for use, reproduction, and distribution",),
        (),
    ),
    (
        "mit",
        LazyPattern(r"permission is hereby granted, free of charge, to any person obtaining a copy of this software"),
        (
            "to deal in the software without restriction, including without limitation the rights to use, copy,",
            "sublicense, and/or sell copies of the software",
        ),
        ("commons clause", "modified mit", "non commercial", "noncommercial", "research purposes"),
    ),
    ("gpl-3.0", LazyPattern(r"gnu general public license version 3, 29 june 2007"), (), ()),
    ("agpl-3.0", LazyPattern(r"gnu affero general public license version 3, 19 november 2007"), (), ()),
    (
        "bsd-3-clause",
        LazyPattern(r"redistribution and use in source and binary forms, with or without modification, are permitted"),
        ("neither the name of",),
        ("all advertising materials", "no express or implied licenses to any party's patent", "commons clause"),
    ),
    *(
        (
            f"cc-{letters}-4.0",
            LazyPattern(rf"(?:creative commons )?{words} 4\.0 international\b"),
            ("creative commons corporation",),
            (),
        )
        for letters, words in (
            ("by", "attribution"),
            ("by-nc", "attribution noncommercial"),
            ("by-sa", "attribution sharealike"),
        )
    ),
)
_COPYRIGHT = 400  # characters of a title and a copyright notice in front of the text


def _identify(text: str) -> str | None:
    """Return the id of the license that a text is, or None."""
    plain = _BETWEEN.sub(" ", text[: 4 * _FIRST].lower()).strip()
    for identifier, begins, has, lacks in _TEXTS:
        match = begins.search(plain, 0, _FIRST)
        is_first = match is not None and (match.start() == 0 or _is_notice(plain[: match.start()]))
        if is_first and all(words in plain for words in has) and not any(words in plain for words in lacks):
            return identifier
    return None


_NOTICE = LazyPattern(
    r"(?:the )?(?:mit|bsd|bsd 3 clause|\(?mit\)?|apache|gnu|creative commons)? ?(?:licen[cs]e)?[ (]*(?:mit\)?)?\W*"
    r"(?:(?:copyright|\(c\)|\u00a9)[^|]*)?"
)


def _is_notice(text: str) -> bool:
    """Return True for a title and a copyright notice."""
    return len(text) <= _COPYRIGHT and _NOTICE.fullmatch(text.strip()) is not None
