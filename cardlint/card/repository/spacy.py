"""The language of a pipeline of spaCy, in the `meta.json` that spaCy writes."""

from __future__ import annotations

from cardlint.card.repository.files import Files, JsonFile

__all__ = ["read_language"]

_NONE = "xx"  # of a pipeline for several languages


def read_language(files: Files) -> tuple[JsonFile, str] | None:
    """Return `meta.json` and the code of the language, or None."""
    file = files.json("meta.json")
    if file is None or file.text("spacy_version") is None or file.text("lang") in {None, _NONE}:
        return None
    return file, file.text("lang") or ""
