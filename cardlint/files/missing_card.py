"""Folders that hold a model and lack its card."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from cardlint.card.provenance.remote import remote_id
from cardlint.card.repository.model_files import find_model
from cardlint.files.card_detection import is_card_name, is_readme, reason_to_skip
from cardlint.lazy_regex import LazyPattern
from cardlint.repository_root import repository_of
from cardlint.source import Folder, read

__all__ = ["lacks_card"]

# Folders of a part of a model, or of one state of its training, whose card is in the folder above.
_PART = re.compile(
    r"(?:last|best|final)[-_]checkpoint|checkpoint[-_](?:\d+|last|best|final)|step[-_]?\d+|epoch[-_]?\d+|\d+_[A-Z]\w*"
    r"|(?:unet|vae|text_encoder|tokenizer|transformer|prior|controlnet|image_encoder)(?:_\d)?"
    r"|feature_extractor|image_processor|processor|safety_checker|scheduler|vocoder|watermarker|refiner|decoder|encoder"
    r"|onnx|openvino|coreml|gguf|original|assets"
)
# Files that say that a folder is something else, though it may hold weights.
_PYTHON_PROJECT = frozenset(("pyproject.toml", "setup.py", "setup.cfg"))
_PROJECT = _PYTHON_PROJECT | {"CMakeLists.txt", "Cargo.toml", "Pipfile", "go.mod", "package.json", "requirements.txt"}
_SPACE = frozenset(("app.py", "Dockerfile"))
_DATASET = frozenset(("dataset_dict.json", "dataset_info.json", "dataset_infos.json"))
_TABLES = (".arrow", ".parquet")
_ON_HUB = LazyPattern(rb"(?:huggingface\.co|hf\.co)[/:]")
_READ_AT_MOST = 32  # Markdown files of one folder
_MARKDOWN = (".md", ".markdown")


def lacks_card(path: Path, named: str) -> bool:
    """Return True if a folder holds a model, and neither it nor a folder above it in its repository has a card.

    Parts of a model, Spaces, datasets, projects and downloads from the Hub never lack one. `path` is the folder's real
    path. If it is not in a repository, the folders up to `named` are looked at.
    """
    folder = Folder(path, named)
    names = frozenset(folder.names(""))
    if any(map(is_readme, names)) or find_model(folder) is None:
        return False
    above = tuple(_above(path, named))
    if _PART.fullmatch(path.name) or _is_download(folder, names, path):
        return False
    if any(not _PYTHON_PROJECT.isdisjoint(folder.names(place)) for place in ("", *above)):
        return False
    is_clone = remote_id(folder) is not None
    if not is_clone and (_is_other(names) or _belongs_to_other(folder, above)):
        return False
    return not any(_has_card(folder, path, place) for place in ("", *above))


def _above(path: Path, named: str) -> Iterator[str]:
    """Yield the folders above a folder up to the top of its repository, relative to it."""
    top = repository_of(str(path), named)
    place = ""
    while str(path) != top and path != path.parent:
        path = path.parent
        place = f"{place}/.." if place else ".."
        yield place


def _is_download(folder: Folder, names: frozenset[str], path: Path) -> bool:
    """Return True for files that the Hub's client downloaded, perhaps without the card."""
    if any(part.startswith("models--") for part in path.parts):
        return True
    return ".cache" in names and "huggingface" in folder.names(".cache")


def _is_other(names: frozenset[str]) -> bool:
    """Return True if a folder that is not a clone of a model is a project, a Space or a dataset."""
    return not names.isdisjoint(_PROJECT | _SPACE | _DATASET) or any(name.endswith(_TABLES) for name in names)


def _belongs_to_other(folder: Folder, above: Sequence[str]) -> bool:
    """Return True if a folder is part of a model above it, or of a repository on the Hub."""
    top = f"{above[-1]}/.git/config" if above else ".git/config"
    config = folder.read(top)
    if config is not None and _ON_HUB.search(config):
        return True
    return any(find_model(folder, place) is not None for place in above)


def _has_card(folder: Folder, path: Path, place: str) -> bool:
    names = [name for name in folder.names(place) if name.lower().endswith(_MARKDOWN)]
    if place:
        names = [name for name in names if is_card_name(name)]
    return any(_is_card(folder, path, f"{place}/{name}" if place else name) for name in names[:_READ_AT_MOST])


def _is_card(folder: Folder, path: Path, name: str) -> bool:
    data = folder.read(name)
    if data is None:  # too large or unreadable, so unknown
        return True
    return reason_to_skip(read(data).text, Path(os.path.normpath(path / name))) is None
