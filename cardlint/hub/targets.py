"""What a `hub:` path names: one model, all models of an owner, or those of a collection."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from cardlint.card.links.addresses import is_repository_id
from cardlint.source import HUB

__all__ = ["README", "Target", "TargetError", "parse_target"]

README = "README.md"

_COLLECTIONS = ("collection", "collections")  # the second stands in a collection's address
# The first part of addresses of what has no model card.
_OTHERS = {
    "datasets": "a dataset", "dataset": "a dataset", "spaces": "a Space", "space": "a Space", "papers": "a paper",
    "kernels": "a kernel", "buckets": "a bucket", "docs": "a page of the documentation",
}  # fmt: skip
_SHAPES = "write `hub:OWNER/NAME`, `hub:OWNER/NAME@REVISION`, `hub:OWNER` or `hub:collection/OWNER/SLUG`"


class TargetError(ValueError):
    """A `hub:` path that names nothing which has model cards; the message says why."""


class Target(Struct, frozen=True):
    """What is meant: `name` is a model's id, an owner or a collection's slug; only a model may have a `revision`."""

    kind: Literal["model", "owner", "collection"]
    name: str
    revision: str | None = None

    @property
    def shown(self) -> str:
        """The path that names it."""
        name = f"collection/{self.name}" if self.kind == "collection" else self.name
        return f"{HUB}{name}@{self.revision}" if self.revision else f"{HUB}{name}"


def parse_target(path: str) -> Target:
    """Read a `hub:` path; the path of a card, as findings have it, names its model.

    Raises:
        TargetError: it names no model, owner or collection.
    """
    text = path.removeprefix(HUB).removesuffix(f"/{README}").strip("/")
    name, at, revision = text.partition("@")
    parts = name.split("/")
    target = _read(parts)
    if at and not revision:
        raise TargetError("no revision stands behind the `@`")
    if at and target.kind != "model":
        raise TargetError("only a model has a revision: `hub:OWNER/NAME@REVISION`")
    return Target(target.kind, target.name, revision or None)


def _read(parts: list[str]) -> Target:
    name = "/".join(parts)
    if len(parts) > 1 and parts[0] in _OTHERS:
        raise TargetError(f"{_OTHERS[parts[0]]}; cardlint checks the cards of models")
    if len(parts) > 1 and parts[0] in _COLLECTIONS:
        if len(parts) == 3 and is_repository_id("/".join(parts[1:])):
            return Target("collection", "/".join(parts[1:]))
        raise TargetError("a collection is named as its address is: `hub:collection/OWNER/SLUG`")
    if len(parts) == 2 and is_repository_id(name):
        return Target("model", name)
    # an owner is one half of an id
    if len(parts) == 1 and is_repository_id(f"{name}/name"):
        return Target("owner", name)
    raise TargetError(f"no name on the Hub; {_SHAPES}")
