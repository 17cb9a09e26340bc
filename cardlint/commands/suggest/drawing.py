"""The suggestions for a card as YAML for people: comments say what shows each entry, and what is theirs to decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from cardlint.commands.suggest.proposal import Place, Proposal, Suggestion
from cardlint.reporters.report import Style
from cardlint.wording import listed, visible

__all__ = ["draw"]

_WIDEST = 48  # columns of YAML before a comment
_NARROWEST = 8  # columns of a comment
_CYAN, _DIM, _END = "\x1b[36m", "\x1b[2m", "\x1b[0m"


def draw(proposal: Proposal, name: str, style: Style) -> str:
    """Return the suggestions as YAML, in a terminal with comments cut to its width; empty without any."""
    parts: list[list[tuple[str, str]]] = []
    everything = (*proposal.proved, *proposal.doubtful)
    column = min(max((len(each.lines[0]) + 2 * (each in proposal.doubtful) for each in everything), default=0), _WIDEST)
    if proposal.proved:
        parts.append([_remark(f"missing in {name}, shown by the repository"), *_entries(proposal.proved, column, "")])
    if proposal.doubtful:
        parts.append([_remark("for you to decide"), *_entries(proposal.doubtful, column, "# ")])
    if proposal.template:
        parts.append([_remark("to fill in"), *((f"# {line}", "") for line in proposal.template)])
    rest = [key for key in proposal.open if not (key == "model-index" and proposal.template)]
    if rest:
        parts.append([_remark(f"not stated anywhere: {listed([f'`{key}`' for key in rest])}")])
    lines = [line for part in parts for line in (("", ""), *part)][1:]
    return "".join(f"{_line(visible(yaml), comment, style)}\n" for yaml, comment in lines)


def _remark(words: str) -> tuple[str, str]:
    return "", f"# {words[0].upper()}{words[1:]}"


def _entries(suggestions: Sequence[Suggestion], column: int, sign: str) -> Iterator[tuple[str, str]]:
    """Yield the lines of the entries, the first of each with the places that show it, unless they are the last ones."""
    before: tuple[Place, ...] = ()
    for each in suggestions:
        first, *others = (f"{sign}{line}" for line in each.lines)
        said = _words(each.places) if each.places != before else ""
        if not each.is_new:
            said = f"in place of the card's `{each.key}`: {said}"
        yield (f"{first:<{column}}", f"  # {said}") if said else (first, "")
        yield from ((line, "") for line in others)
        before = each.places


def _words(places: Iterable[Place]) -> str:
    lines: dict[str, list[int]] = {}
    keys: list[str] = []
    for place in places:
        if place.key:
            keys.append(f"by `{place.key}`")
        else:
            lines.setdefault(place.file, []).append(place.line)
    words = [
        f"{visible(file)}, line{'s' if len(numbers) > 1 else ''} {listed(list(map(str, numbers)))}"
        for file, numbers in lines.items()
    ]
    return "; ".join((*words, *keys))


def _line(yaml: str, comment: str, style: Style) -> str:
    room = max(style.width - cell_len(yaml), 0)
    if style.wraps and cell_len(comment) > room:
        comment = f"{set_cell_size(comment, room - 1)}{'…' if style.unicode else '.'}" if room > _NARROWEST else ""
    if not style.color:
        return f"{yaml}{comment}"
    if yaml.startswith("#"):
        return f"{_DIM}{yaml}{comment}{_END}"
    key, colon, value = yaml.partition(":")
    painted = f"{_CYAN}{key}{_END}{colon}{value}" if colon and not yaml.startswith(("-", " ")) else yaml
    return f"{painted}{_DIM}{comment}{_END}" if comment else painted
