"""Rule `snippet-mismatch`."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from cardlint.card.card import Card
from cardlint.card.links.addresses import is_repository_id
from cardlint.card.provenance.snippets import Load
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Source, SpanIndex

# Names of variables and placeholders for an owner, in place of an id. Those of generators are left to
# `placeholder-text`.
UNREPLACED = LazyPattern(
    r"(?:model|repo|repository)_(?:id|name)|(?-i:\{(?:model|repo)_(?:id|name)\})|/q-[\w-]+"
    r"|<(?:hf[-_ ]|hub[-_ ]|hugging ?face[-_ ]|this[-_ ])?(?:model|repo|repository)[-_ ]?(?:id|name)>"
    r"|PATH_TO_THIS_REPO"
    r"|(?:your|my)[-_](?:user-?name|org|organi[sz]ation|name|hf[-_]username|namespace)/[\w-]+"
    r"|(?:user-?name|user|owner|org|namespace)/(?:your[-_])?(?:model|repo)(?:[-_](?:name|id))?",
    re.IGNORECASE,
)
# Words that tell the reader to write something else in place of what follows or precedes.
TOLD = LazyPattern(
    r"\b(?:replace|substitute|insert|fill in|todo|your own|(?:change|set) (?:it|this|the|to|your))\b", re.IGNORECASE
)
# Parts that a model is used with and that are often loaded from another repository.
PART = LazyPattern(
    r"Tokenizer|Processor|Extractor|Scheduler|VAE|Autoencoder|ControlNet|Config|TextModel|Vocoder|Adapter|Motion|UNet|HifiGan",
    re.IGNORECASE,
)
MOST = 200  # examples that are compared with the whole text
HELP = "Write the id of this model, so that the example loads what the card describes."


@rule(severity=(Severity.WARNING, Severity.NOTE), fix=Safety.SAFE)
def snippet_mismatch(card: Card) -> Iterator[Problem]:
    r"""A code example loads another model or cannot run, or the model names itself as its base.

    People copy the examples, so they should load the model of the card or its base model. An id without quotation
    marks, which Python takes for a quotient, and a placeholder that was not replaced by an id, such as `model_name`,
    are reported too. A placeholder for something of the reader's own, such as `<your-model-path>`, is skipped.

    cardlint knows the model's id from `--repo-id`, from `repo-id` in the configuration, from a git remote on the Hub,
    or from a title in which the generator recorded it. Without the id the models are not compared.

    Bad:
        ---
        license: mit
        ---

        # Lighthouse

        ```python
        model = CrossEncoder("model_name")
        ```

    Good:
        ---
        license: mit
        ---

        # Lighthouse

        ```python
        model = CrossEncoder("coastlab/lighthouse")
        ```
    """
    unreplaced = _unreplaced(card)
    if unreplaced:
        first, others = unreplaced[0], unreplaced[1:]
        related = tuple(Related(load.span, f"also `{load.text}`") for load in others if load.span != first.span)
        yield Problem(first.span, f"`{first.text}` is not replaced by the id of a model", HELP, related)
    yield from (_without_quotes(card, load) for load in card.loads if not load.quoted)
    own = card.repo_id
    if own is not None:
        yield from _own_origin(card, own.lower())
    recorded = own or _recorded(card)
    if recorded is not None and not unreplaced:
        yield from _first_example(card, recorded)


class _Explanations:
    """The names that a card explains to its reader, looked for once for all examples."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @cached_property
    def _quoted(self) -> frozenset[str]:
        """Every text between two back-ticks."""
        return frozenset(self._source.text.split("`")[1:-1])

    @cached_property
    def _told(self) -> tuple[str, ...]:
        """The lines that tell the reader to write something else, in lower case, with hyphens for underscores."""
        lines = self._source.text.lower().replace("_", "-").split("\n")
        return tuple(filter(TOLD.search, lines))

    def explain(self, load: Load) -> bool:
        """Return True if the body names a text (`MODEL_NAME`, in a table), or a line tells the reader to replace it."""
        text = load.text or ""
        if text in self._quoted:
            return True
        source = self._source
        index = source.line_index(load.span.start)
        near = [source.slice(line) for line in source.lines[max(index - 1, 0) : index + 1]]
        if any("#" in line and TOLD.search(line.partition("#")[2]) for line in near):
            return True
        owner = text.partition("/")[0].lower().replace("_", "-")
        return len(owner) > 3 and any(owner in line for line in self._told)


def _unreplaced(card: Card) -> list[Load]:
    """Return the loads of a placeholder that the card does not explain to its reader."""
    loads = [load for load in card.loads if load.text is not None and UNREPLACED.fullmatch(load.text)]
    if not loads:
        return []
    explanations = _Explanations(card.source)
    placeholders = SpanIndex(place.span for place in card.placeholders)
    return [load for load in loads if not explanations.explain(load) and not placeholders.overlaps(load.span)]


def _without_quotes(card: Card, load: Load) -> Problem:
    has_marks = card.source.slice(load.span) != load.text  # one, or typographic ones
    lacking = "between two straight quotation marks" if has_marks else "in quotation marks"
    return Problem(
        load.span,
        f"the id `{load.text}` is not {lacking}, so the code cannot run",
        f'Write `"{load.text}"`.',
        fix=Fix("Add quotation marks", (Edit(load.span, f'"{load.text}"'),)),
    )


def _own_origin(card: Card, own: str) -> Iterator[Problem]:
    for name in card.lineage.base_models:
        if name.text.lower() == own:
            message = f"the model names itself, `{name.text}`, as its base model"
            yield Problem(
                name.span, message, "Write the id of the base model, or delete the key.", severity=Severity.NOTE
            )
    newer = card.metadata.get("new_version")
    if newer is not None and card.source.slice(newer.span).strip("\"'").lower() == own:
        message = "the model names itself as its own new version"
        yield Problem(newer.span, message, "Name the newer model, or delete the key.", severity=Severity.NOTE)


def _recorded(card: Card) -> str | None:
    """Return the id that a generator wrote as the title."""
    title = card.title
    if card.generator is None or title is None or not is_repository_id(title.name):
        return None
    return title.name


def _first_example(card: Card, own: str) -> Iterator[Problem]:
    """Report the first code block that loads a model, or a later one, if it should load this one."""
    whole = list(islice((load for load in card.loads if not PART.search(load.caller)), MOST))
    first = [load for load in whole if load.block is whole[0].block]
    if not first or not all(_is_id(load.text) for load in first):
        return
    theirs = {_key(own), *_bases(card)}
    if any(own.lower() in load.block.content.text.lower() for load in whole):
        first = _later_example(card, whole, own, theirs)
        place = "a later example"
    else:
        place = "the first example"
    loaded = {_key(load.text or "") for load in first}
    if first and loaded.isdisjoint(theirs):
        yield Problem(
            first[0].span,
            f"{place} loads `{first[0].text}`, which is neither this model, `{own}`, nor its base",
            HELP,
            severity=Severity.NOTE,
        )


def _later_example(card: Card, loads: list[Load], own: str, theirs: set[str]) -> list[Load]:
    """Return the loads of the first block that does with another model what a block above it does with this one.

    A model that the card mentions anywhere else is meant: in its text, or beside this one.
    """
    seen_own = False
    for number, load in enumerate(loads):
        same = [other for other in loads[number:] if other.block is load.block]
        if own.lower() in load.block.content.text.lower():
            seen_own = True
        elif seen_own and all(_is_id(each.text) and _key(each.text or "") not in theirs for each in same):
            code = load.block.content.text
            if all(card.source.text.count(each.text or "") == code.count(each.text or "") for each in same):
                return same
    return []


def _is_id(text: str | None) -> bool:
    from cardlint.vocabulary.renames import MODELS

    return text is not None and (is_repository_id(text) or text.lower() in MODELS)


def _key(name: str) -> str:
    from cardlint.vocabulary.renames import current_model

    return current_model(name)


def _bases(card: Card) -> set[str]:
    origin = card.lineage
    return {_key(name.id or name.text) for name in (*origin.base_models, *origin.stated_base_models)}
