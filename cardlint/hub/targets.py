"""Parsing `hub:` paths, which name one model, all models of an owner, or those of a collection."""

from __future__ import annotations

from typing import Literal
from urllib.parse import unquote

from msgspec import Struct

from cardlint.card.links.addresses import hub_repository, is_page, is_repository_id, path_on_hub
from cardlint.source import HUB
from cardlint.vocabulary.renames import current_model

__all__ = ["README", "Target", "TargetError", "as_hub_path", "parse_target"]

README = "README.md"

_COLLECTIONS = ("collection", "collections")  # the second is from the address of a collection
# The first part of addresses of pages without a model card.
_OTHERS = {
    "datasets": "a dataset", "dataset": "a dataset", "spaces": "a Space", "space": "a Space", "papers": "a paper",
    "kernels": "a kernel", "buckets": "a bucket", "docs": "a page of the documentation",
}  # fmt: skip
_SHAPES = "write `hub:OWNER/NAME`, `hub:OWNER/NAME@REVISION`, `hub:OWNER` or `hub:collection/OWNER/SLUG`"


class TargetError(ValueError):
    """A `hub:` path that does not name a model, owner or collection; the message says why."""


class Target(Struct, frozen=True):
    """A model, owner or collection: `name` is an id, an owner or a slug; only a model may have a `revision`."""

    kind: Literal["model", "owner", "collection"]
    name: str
    revision: str | None = None

    @property
    def shown(self) -> str:
        """The `hub:` path of the target."""
        name = f"collection/{self.name}" if self.kind == "collection" else self.name
        return f"{HUB}{name}@{self.revision}" if self.revision else f"{HUB}{name}"


def parse_target(path: str) -> Target:
    """Parse a `hub:` path; the path of a card, as in findings, names its model.

    Raises:
        TargetError: the path does not name a model, owner or collection.
    """
    text = path.removeprefix(HUB).removesuffix(f"/{README}").strip("/")
    name, at, revision = text.partition("@")
    parts = name.split("/")
    target = _read(parts)
    if at and not revision:
        raise TargetError("the revision after `@` is missing")
    if at and target.kind != "model":
        raise TargetError("only a model can have a revision: `hub:OWNER/NAME@REVISION`")
    return Target(target.kind, target.name, revision or None)


def as_hub_path(address: str) -> str:
    """Return the `hub:` path for the address of a model, owner or collection on the Hub.

    The address may be that of a branch, a commit or a pull request, or of the card in it.

    Raises:
        TargetError: the address is of something else.
    """
    path = path_on_hub(address)
    if path is None:
        raise TargetError(f"not an address of the Hub; {_SHAPES}")
    repository = hub_repository(address)
    if repository is None or repository.kind != "model":
        first = path.strip("/").partition("/")[0]
        if not first or (is_page(first) and first not in _COLLECTIONS and first not in _OTHERS):
            raise TargetError(f"not the address of a model; {_SHAPES}")
        return f"{HUB}{path.strip('/')}"
    name = current_model(repository.id)
    view, _, rest = repository.inside.partition("/")
    revision, _, file = rest.partition("/")
    if view and (view not in _VIEWS or file != _VIEWS[view]):
        raise TargetError(f"not the address of a card; {_SHAPES}")
    return f"{HUB}{name}@{unquote(revision)}" if revision else f"{HUB}{name}"


# The pages of a repository that show a card, each with the file at the end of its address.
_VIEWS = {"tree": "", "blob": README, "raw": README, "resolve": README, "edit": README}


def _read(parts: list[str]) -> Target:
    name = "/".join(parts)
    if len(parts) > 1 and parts[0] in _OTHERS:
        raise TargetError(f"this is {_OTHERS[parts[0]]}; cardlint checks model cards")
    if len(parts) > 1 and parts[0] in _COLLECTIONS:
        if len(parts) == 3 and is_repository_id("/".join(parts[1:])):
            return Target("collection", "/".join(parts[1:]))
        raise TargetError("write a collection as `hub:collection/OWNER/SLUG`")
    if len(parts) == 2 and is_repository_id(name):
        return Target("model", name)
    # an owner is one half of an id
    if len(parts) == 1 and is_repository_id(f"{name}/name"):
        return Target("owner", name)
    raise TargetError(f"not a valid name on the Hub; {_SHAPES}")
