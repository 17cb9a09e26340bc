"""Rule `dead-link`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.links.anchors import find_anchors, is_repository, same_anchor
from cardlint.card.links.links import Reference, find_links
from cardlint.finding import Problem, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule

# The beginning of an address that is not a file of the repository: `https:`, `mailto:`, `data:`.
SCHEME = LazyPattern(r"[A-Za-z][A-Za-z0-9+.-]*:|//|[\w.+-]+@[\w-]+\.\w")
# A host without a scheme in front: the Hub takes it for a path in the repository.
HOST = LazyPattern(r"(?:www\.|(?:huggingface\.co|hf\.co|github\.com|arxiv\.org|discord\.gg|twitter\.com)/).*")
# The beginning of a link to anything but the web. Most cards have none, and their links are not parsed.
WITHIN = LazyPattern(r"\](?:\(|:)\s*(?!<?(?:https?:|mailto:))")
WITHIN_HTML = {name: LazyPattern(rf"{name}\s*=\s*(?![\"']?(?:https?:|mailto:))") for name in ("href", "src")}
# Pages that the Hub serves for a repository beside its files.
SERVED = LazyPattern(r"(?:\./)?(?:blob|resolve|raw|tree|discussions|commits?)(?:/.*)?")
UNFILLED = LazyPattern(r"[{}<>$]|\[.*\]")  # a target that a template has not filled in
MOST_HEADINGS = 200  # with more, no similar heading is suggested


@rule(severity=Severity.WARNING)
def dead_link(card: Card) -> Iterator[Problem]:
    r"""A link or image leads nowhere.

    It has no target, or its target is a heading or file that does not exist. The reader sees an error page, a gap, or
    nothing at all. Files are checked only if the card is in a folder of its own, like a repository of the Hub.

    Bad:
        ---
        license: mit
        ---

        # Owls

        The weights are described [in a paper]().

    Good:
        ---
        license: mit
        ---

        # Owls

        The weights are described in a paper.
    """
    if not _may_be_dead(card.body_text):
        return
    links = [link for link in find_links(card.body, _may_be_dead) if link.form != "autolink"]
    known: dict[str, str] = {}
    if any(link.target.startswith("#") for link in links):
        known = {same_anchor(anchor): anchor for anchor in find_anchors(card.body)}
    for link in links:
        if link.target.startswith("#"):
            yield from _anchor(link, known)
        elif not link.target:
            yield from _empty(card, link)
        else:
            yield from _file(card, link)


def _may_be_dead(text: str) -> bool:
    if WITHIN.search(text):
        return True
    text = text.lower() if "<" in text else ""
    return any(name in text and attribute.search(text) for name, attribute in WITHIN_HTML.items())


def _anchor(link: Reference, known: dict[str, str]) -> Iterator[Problem]:
    wanted = same_anchor(link.target)
    if not wanted or wanted in known or wanted == "top":
        return
    near = [anchor for same, anchor in known.items() if wanted in same] if len(known) < MOST_HEADINGS else []
    advice = f"Write `#{near[0]}`." if len(near) == 1 else _advice("Write the anchor of a heading", link)
    yield Problem(link.target_span, f"no heading of the card has the anchor `{link.target}`", help=advice)


def _advice(first: str, link: Reference) -> str:
    return f"{first}, or delete the image." if link.image else f"{first}, or keep only the text."


def _empty(card: Card, link: Reference) -> Iterator[Problem]:
    line = card.source.slice(card.source.lines[card.source.line_index(link.span.start)])
    # spaCy makes the author a link even if it has no address
    if not line.lstrip("| *").startswith("Author*"):
        yield Problem(link.span, f"the {_kind(link)} has no target", help=_advice("Add a target", link))


def _kind(link: Reference) -> str:
    return "image" if link.image else "link"


def _file(card: Card, link: Reference) -> Iterator[Problem]:
    target = link.target
    if HOST.fullmatch(target):
        message = f"`{target}` has no `https://`, so the {_kind(link)} leads to a file of the repository"
        yield Problem(link.target_span, message, help=f"Write `https://{target}`.")
        return
    name = _file_name(target)
    if (
        name
        and is_repository(card.folder, card.original.path)
        and card.folder is not None
        and not card.folder.has(name)
    ):
        message = f"the {_kind(link)} leads to `{name}`, which does not exist in the card's folder"
        yield Problem(link.target_span, message, help=_advice("Add the file, or correct its name", link))


def _file_name(target: str) -> str | None:
    """Return the path of the repository's file that a target leads to, or None if it leads elsewhere."""
    path = target.partition("#")[0].partition("?")[0]
    if target.startswith("/") or SCHEME.match(target) or SERVED.fullmatch(path) or UNFILLED.search(path):
        return None
    from urllib.parse import unquote

    names = [part for part in unquote(path).split("/") if part not in ("", ".")]
    return None if ".." in names or "\0" in path or names == ["README.md"] else "/".join(names)
