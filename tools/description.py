"""The description of the package on PyPI: README, with links that lead somewhere from there.

hatchling runs this when it builds (`tool.hatch.metadata.hooks` in pyproject.toml). README's links lead to files beside
it. Once `[project.urls]` has the repository as `Source`, they become addresses in it, at the tag of the version; until
then their texts stay, and the picture is left out.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

SOURCE = "Source"
_FENCE = re.compile(r"^(```.*?^```$)", re.MULTILINE | re.DOTALL)
_RELATIVE_LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\[\]]*)\]\((?![a-z]+:|#)(?P<file>[^()\s]+)\)")


class Description(MetadataHookInterface):
    """Set the dynamic field `readme`."""

    def update(self, metadata: dict[str, Any]) -> None:
        text = Path(self.root, "README.md").read_text("utf-8")
        source = metadata.get("urls", {}).get(SOURCE, "")
        metadata["readme"] = {
            "content-type": "text/markdown",
            "text": described(text, source, f"v{metadata['version']}"),
        }


def described(readme: str, source: str, tag: str) -> str:
    """Return README for a page elsewhere; `source` is the address of the repository or empty. Code stays as it is."""

    def address(link: re.Match[str]) -> str:
        if source:
            kind = "raw" if link["image"] else "blob"
            return f"{link['image']}[{link['text']}]({source}/{kind}/{tag}/{link['file']})"
        return "" if link["image"] else link["text"]

    parts = _FENCE.split(readme)
    parts[::2] = [_RELATIVE_LINK.sub(address, part) for part in parts[::2]]
    return "".join(parts)
