"""Rule `lfs-pointer`."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.finding import Problem, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span

# https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: `version` first, then keys in order, 1024 bytes at most
_POINTER = LazyPattern(
    r"version https://(?:git-lfs|hawser)\.github\.com/spec/\S*+\s++(?:ext-[^\r\n]*+\s++)*+"
    r"oid \w+:[0-9a-f]++\s++size \d++\s*+\Z"
)


@rule(severity=Severity.ERROR)
def lfs_pointer(card: Card) -> Iterator[Problem]:
    r"""The file is a Git LFS pointer, not a card.

    A pattern in `.gitattributes` sent the card to Git's large file storage (LFS). The Hub does not read a card that is
    stored there: it shows the warning that the metadata is empty or missing. Exclude Markdown files from LFS.

    Bad:
        version https://git-lfs.github.com/spec/v1
        oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
        size 12345

    Good:
        ---
        license: mit
        ---

        # lighthouse-small
    """
    text = card.source.text
    if len(text) <= 1024 and text.startswith("version https://") and _POINTER.match(text):
        yield Problem(
            Span(0, len(text.rstrip())),
            "the card is a Git LFS pointer, so the Hub reads no metadata and no body",
            "Remove Markdown from the LFS patterns in `.gitattributes`, then run `git add --renormalize` on the card.",
        )
