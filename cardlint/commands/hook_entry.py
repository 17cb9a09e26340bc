"""pre-commit's configuration with an entry more: its text is edited, and nothing else in it changes."""

from __future__ import annotations

from textwrap import indent

from cardlint.card.yaml.nodes import Mapping, Node, Sequence, parse_metadata, resolve, same, value_under
from cardlint.source import Source, Span

__all__ = ["ended", "newlines_like", "with_entry"]


def with_entry(before: str, entry: str) -> str | None:
    """The file with an entry more at the end of `repos`, which begins with a dash; the result is read and compared.

    None where that cannot be done: the file is broken, or its list is not written an entry after the other.
    """
    old = parse_metadata(Source("", before), Span(0, len(before)))
    repos = _repos(old.root)
    if old.error is not None or repos is None or not repos.items or repos.flow:
        return None
    last = before.rfind("\n", 0, repos.items[-1].span.start) + 1
    dash = before.find("-", last)
    indentation = before[last:dash]
    if indentation.strip():
        return None
    at = _behind(before, repos.items[-1].span.end, len(indentation))
    after = ended(before[:at]) + newlines_like(before, indent(entry, indentation)) + before[at:]
    return after if _only_adds(old.root, after) else None


def _repos(root: Node) -> Sequence | None:
    node = value_under(root, "repos")
    node = resolve(node) if node is not None else None
    return node if isinstance(node, Sequence) else None


def _behind(text: str, end: int, indentation: int) -> int:
    """Where an entry ends: behind its last line, and behind the comments below that are indented further than it."""
    at = end if text[:end].endswith("\n") else _line_end(text, end)
    while at < len(text):
        line = text[at : _line_end(text, at)]
        inner = line.lstrip(" ")
        if not inner.startswith("#") or len(line) - len(inner) <= indentation:
            break
        at += len(line)
    return at


def _line_end(text: str, start: int) -> int:
    found = text.find("\n", start)
    return len(text) if found < 0 else found + 1


def _only_adds(before: Node, after: str) -> bool:
    """Whether a file's new text has one entry more under `repos`, and beside it says just what it said before."""
    new = parse_metadata(Source("", after), Span(0, len(after)))
    old_repos, repos = _repos(before), _repos(new.root)
    if new.error is not None or repos is None or old_repos is None or len(repos.items) != len(old_repos.items) + 1:
        return False
    pairs = list(zip(old_repos.items, repos.items, strict=False))
    assert isinstance(before, Mapping)
    for entry in before.entries:
        now = new.get(entry.name or "")
        if now is None:
            return False
        if entry.name != "repos":
            pairs.append((entry.value, now))
    return all(same(one, other) for one, other in pairs)


def ended(text: str) -> str:
    """The text with its last line ended."""
    return text if not text or text.endswith("\n") else text + newlines_like(text, "\n")


def newlines_like(like: str, text: str) -> str:
    """A text of ours with the line ends of another."""
    return text.replace("\n", "\r\n") if "\r\n" in like else text
