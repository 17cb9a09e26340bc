"""Adding an entry to the text of pre-commit's configuration without any other change."""

from __future__ import annotations

from textwrap import indent

from cardlint.card.yaml.nodes import Mapping, Node, Sequence, parse_metadata, resolve, same, value_under
from cardlint.source import Source, Span

__all__ = ["ended", "newlines_like", "with_entry"]


def with_entry(before: str, entry: str) -> str | None:
    """Return the text with `entry`, which begins with a dash, added at the end of `repos`.

    The result is parsed and compared with the original. None if the file is broken or `repos` is not a block list.
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
    """Return the end of an entry, including the comments below it that are indented further than its dash."""
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
    """Return True if the new text has one more entry under `repos` and otherwise the same values."""
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
    """Return the text with a line end after its last line."""
    return text if not text or text.endswith("\n") else text + newlines_like(text, "\n")


def newlines_like(like: str, text: str) -> str:
    """Return `text` with the line ends that `like` uses."""
    return text.replace("\n", "\r\n") if "\r\n" in like else text
