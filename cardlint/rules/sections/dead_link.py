"""Rule `dead-link`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.links.addresses import is_repository_id
from cardlint.card.links.anchors import find_anchors, is_repository, same_anchor
from cardlint.card.links.links import Reference, find_links
from cardlint.card.links.slips import LinkSlip, find_link_slips, may_have_slips
from cardlint.card.links.targets import TargetFault, find_fault
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule

# The beginning of an address that is not a file of the repository: `https:`, `mailto:`, `data:`.
SCHEME = LazyPattern(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
# The beginning of a link to anything but the web, or to an address with a slip. Most cards have none, and their links
# are not parsed.
WEB = r"(?:https?://(?!https?[:/])\w|mailto:)"
WITHIN = LazyPattern(rf"\](?:\(|:)\s*(?!<?{WEB})")
WITHIN_HTML = {name: LazyPattern(rf"{name}\s*=\s*(?![\"']?{WEB})") for name in ("href", "src")}
# Pages that the Hub serves for a repository beside its files.
SERVED = LazyPattern(r"(?:\./)?(?:blob|resolve|raw|tree|discussions|commits?)(?:/.*)?")
TEMPLATE = LazyPattern(r"[{}<>$]")  # in a target that a template has not filled in
UNFILLED = LazyPattern(rf"{TEMPLATE.pattern}|\[[^\[\]\n]*\]")
MOST_HEADINGS = 200  # with more, no similar heading is suggested


LONGEST = 80  # characters of a target that a message quotes


@rule(severity=Severity.WARNING, fix=Safety.SAFE)
def dead_link(card: Card) -> Iterator[Problem]:
    r"""A link or image leads nowhere.

    It has no target, or its target is a heading or file that does not exist, or its address has a slip: `hhttps://`,
    `coastlab.org` without `https://`, brackets of its own, a word such as `TBD`. Or Markdown does not read it as a
    link, since a blank separates its text from its address. The reader sees an error page, a gap, or brackets. Files
    are checked only if the card is in a folder of its own, like a repository of the Hub.

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
    if may_have_slips(card.body_text):
        yield from map(_slip, find_link_slips(card.body))
    if _may_be_dead(card.body_text):
        yield from _dead(card)


def _slip(slip: LinkSlip) -> Problem:
    kind, form = ("an image", "![text](address)") if slip.image else ("a link", "[text](address)")
    fix = None
    if slip.correct is not None:
        fix = Fix(f"Write it as Markdown reads {kind}", (Edit(slip.span, slip.correct),))
    return Problem(slip.span, f"Markdown does not read this as {kind}: {slip.reason}", f"Write `{form}`.", fix=fix)


def _may_be_dead(text: str) -> bool:
    if WITHIN.search(text):
        return True
    text = text.lower() if "<" in text else ""
    return any(name in text and attribute.search(text) for name, attribute in WITHIN_HTML.items())


def _dead(card: Card) -> Iterator[Problem]:
    links = [link for link in find_links(card.body, _may_be_dead) if link.form != "autolink"]
    known: dict[str, str] = {}
    if any(link.target.startswith("#") for link in links):
        known = {same_anchor(anchor): anchor for anchor in find_anchors(card.body)}
    ids = _addresses_of_ids(card) if any(is_repository_id(link.target) for link in links) else {}
    for link in links:
        fault = None if TEMPLATE.search(link.target) or _exists(card, link.target) else find_fault(link)
        if fault is not None:
            yield _fault(card, link, fault)
        elif link.target.startswith("#"):
            yield from _anchor(link, known)
        elif not link.target:
            yield from _empty(card, link)
        elif link.target in ids and not link.image and not _exists(card, link.target):
            yield _id(card, link, ids[link.target])
        else:
            yield from _file(card, link)


def _exists(card: Card, target: str) -> bool:
    """Return True if a target is a file or folder beside the card."""
    name = _file_name(target)
    return bool(name) and card.folder is not None and card.folder.has(name or "")


def _file_name(target: str) -> str | None:
    """Return the path of the repository's file that a target leads to, or None if it leads elsewhere."""
    path = target.partition("#")[0].partition("?")[0]
    if target.startswith("/") or SCHEME.match(target) or SERVED.fullmatch(path) or UNFILLED.search(path):
        return None
    from urllib.parse import unquote

    names = [part for part in unquote(path).split("/") if part not in ("", ".")]
    return None if ".." in names or "\0" in path or names == ["README.md"] else "/".join(names)


def _fault(card: Card, link: Reference, fault: TargetFault) -> Problem:
    target = link.target if len(link.target) <= LONGEST else f"{link.target[:LONGEST]}…"
    advice = f"Write `{fault.correct}`." if fault.correct else _advice("Write its address", link)
    fix = _correction(card, link, fault.correct, Safety.SAFE if fault.certain else Safety.UNSAFE)
    return Problem(link.target_span, f"`{target}` {fault.reason}", advice, fix=fix)


def _advice(first: str, link: Reference) -> str:
    return f"{first}, or delete the image." if link.image else f"{first}, or keep only the text."


def _correction(card: Card, link: Reference, correct: str | None, safety: Safety) -> Fix | None:
    """Return the fix that writes another target; None if the target is in a definition or is written with escapes."""
    if correct is None or card.source.slice(link.target_span) != link.target:
        return None
    return Fix(f"Write `{correct}`", (Edit(link.target_span, correct),), safety)


def _anchor(link: Reference, known: dict[str, str]) -> Iterator[Problem]:
    wanted = same_anchor(link.target)
    if not wanted or wanted in known or wanted == "top":
        return
    near = [anchor for same, anchor in known.items() if wanted in same] if len(known) < MOST_HEADINGS else []
    advice = f"Write `#{near[0]}`." if len(near) == 1 else _advice("Write the anchor of a heading", link)
    yield Problem(
        link.target_span,
        f"no heading of the card has the anchor `{link.target}`",
        help=advice,
        several="links lead to anchors that no heading of the card has",
    )


def _empty(card: Card, link: Reference) -> Iterator[Problem]:
    line = card.source.slice(card.source.lines[card.source.line_index(link.span.start)])
    # spaCy makes the author a link even if it has no address
    if not line.lstrip("| *").startswith("Author*"):
        yield Problem(link.span, f"the {_kind(link)} has no target", help=_advice("Add a target", link))


def _kind(link: Reference) -> str:
    return "image" if link.image else "link"


def _addresses_of_ids(card: Card) -> dict[str, str]:
    """Return the addresses of the repositories that the card names in its metadata, code or links, by id."""
    repositories = [link.repository for link in card.links]
    models = [name.text for name in card.lineage.base_models] + [load.text for load in card.loads if load.text]
    models += [each.id for each in repositories if each is not None and each.kind == "model"]
    datasets = [name.text for name in card.lineage.datasets]
    datasets += [each.id for each in repositories if each is not None and each.kind == "dataset"]
    addresses = {name: f"https://huggingface.co/{name}" for name in models}
    addresses |= {name: f"https://huggingface.co/datasets/{name}" for name in datasets}
    return {name: address for name, address in addresses.items() if is_repository_id(name)}


def _id(card: Card, link: Reference, address: str) -> Problem:
    message = f"`{link.target}` is the id of a repository, so the link leads to a file of this one"
    return Problem(
        link.target_span,
        message,
        help=f"Write `{address}`.",
        fix=_correction(card, link, address, Safety.SAFE),
    )


def _file(card: Card, link: Reference) -> Iterator[Problem]:
    name = _file_name(link.target)
    if name and is_repository(card.folder, card.original.path) and not _exists(card, link.target):
        message = f"the {_kind(link)} leads to `{name}`, which does not exist in the card's folder"
        yield Problem(link.target_span, message, help=_advice("Add the file, or correct its name", link))
