"""Check that this checkout can be released, and print what is still to be done: `python tools/check_release.py [TAG]`.

The version in `cardlint/__init__.py` is the tag's and has a section with a date in CHANGELOG, the repository has an
address, and no page still says that cardlint must be installed from a clone. The workflow of a release runs this first.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/*.md")
# what pages say until the first release; tests are run in a clone after it, too
FROM_A_CLONE = re.compile(
    r"not on PyPI yet|no published repository yet|a clone of (?:this|its) repository|<owner>"
    r"|install '?\.(?=\[(?!test)|\s|`|$)"
)


def version_of(root: Path) -> str:
    found = re.search(r'^__version__ = "(.+)"$', (root / "cardlint" / "__init__.py").read_text("utf-8"), re.MULTILINE)
    return found[1] if found else ""


def left_to_do(root: Path, tag: str = "") -> Iterator[str]:
    """Yield what must be done before this version can be released."""
    version = version_of(root)
    if tag and tag != f"v{version}":
        yield f"the tag is {tag}, but `__version__` is {version}"
    heading = re.compile(rf"^## \[?{re.escape(version)}\]? - \d{{4}}-\d\d-\d\d$", re.MULTILINE)
    if not heading.search((root / "CHANGELOG.md").read_text("utf-8")):
        yield f"CHANGELOG.md has no section `## {version} - YYYY-MM-DD`"
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    if "Source" not in project.get("urls", {}):
        yield "pyproject.toml has no `Source` in `[project.urls]`, so the page on PyPI has no links"
    for pattern in PAGES:
        for page in sorted(root.glob(pattern)):
            for number, line in enumerate(page.read_text("utf-8").splitlines(), 1):
                if match := FROM_A_CLONE.search(line):
                    yield f"{page.relative_to(root).as_posix()}:{number} still says {match[0]!r}"


def main() -> int:
    left = list(left_to_do(ROOT, *sys.argv[1:2]))
    print("\n".join(left) or f"cardlint {version_of(ROOT)} can be released")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
