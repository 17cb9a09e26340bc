"""The statements of the files beside a card, each with what the card states and if both agree.

A statement differs only if a rule reports it, so that `show` and `check` never disagree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.card.metadata.tasks import tag_scalars
from cardlint.card.repository.adapter import adapter_settings, find_setting
from cardlint.card.repository.bases import plain_model
from cardlint.card.repository.embeddings import Property, embedding_properties, number_of_labels
from cardlint.card.repository.files import JsonFile
from cardlint.card.repository.weights import count_parameters
from cardlint.card.yaml.nodes import Scalar, resolve
from cardlint.card.yaml.nodes import Sequence as NodeList
from cardlint.commands.show.verdict import Verdict
from cardlint.config.selection import ActiveRule
from cardlint.finding import Related
from cardlint.linting.linter import lint
from cardlint.registry import own_rules
from cardlint.rule_definition import Rule
from cardlint.source import Source, Span

__all__ = ["Fact", "repository_facts"]


class Fact(Struct, frozen=True, kw_only=True):
    """A fact by its name: the values in the card and in a file, and the place of the latter."""

    name: str
    in_card: tuple[str, ...]
    in_files: tuple[str, ...]
    verdict: Verdict
    source: Source
    span: Span


class _Stated(Struct, frozen=True, kw_only=True):
    """The values of the files for a fact, those of the card, if they are equal, and the rules that compare them."""

    name: str
    source: Source
    span: Span
    in_files: tuple[str, ...]
    in_card: tuple[str, ...] = ()
    is_equal: bool = False
    rules: tuple[str, ...] = ()


def repository_facts(card: Card) -> tuple[Fact, ...]:
    """Return all facts that the files beside a card state, except results."""
    if not card.repository.files.names:
        return ()
    stated = [each for read in _READERS for each in read(card)]
    used = Counter(rule for each in stated for rule in each.rules)
    places = list(_reported_places(card, used))
    return tuple(_fact(each, places, used) for each in stated)


_Place = tuple[str, Related]


def _fact(stated: _Stated, places: Iterable[_Place], used: Counter[str]) -> Fact:
    verdict = Verdict.AGREE if stated.is_equal else Verdict.ALONE
    if any(rule in stated.rules and _is_about(place, stated, used[rule]) for rule, place in places):
        verdict = Verdict.DIFFER
    return Fact(
        name=stated.name,
        in_card=stated.in_card,
        in_files=stated.in_files,
        verdict=verdict,
        source=stated.source,
        span=stated.span,
    )


def _is_about(place: Related, stated: _Stated, facts: int) -> bool:
    """Return True if a rule reports a fact: by its place in the file, if the rule compares several facts of it."""
    is_in_file = place.source is not None and place.source.path == stated.source.path
    return is_in_file and (facts == 1 or place.span.overlaps(stated.span))


def _reported_places(card: Card, names: Iterable[str]) -> Iterator[_Place]:
    """Yield the places in files that findings of these rules point to, with the rule."""
    rules = _rules()
    active = [ActiveRule(rules[name], {}, None) for name in sorted(names)]
    for finding in lint(card, active, suppressions=False).findings:
        yield from ((finding.rule.name, place) for place in finding.problem.related)


@cache
def _rules() -> dict[str, Rule]:
    return {rule.name: rule for rule in own_rules()}


def _values(card: Card, key: str) -> tuple[str, ...]:
    """Return the text, or the texts of the list, under a key of the metadata."""
    value = card.metadata.get(key)
    items = value.items if isinstance(value, NodeList) else (value,)
    nodes = (resolve(item) for item in items if item is not None)
    return tuple(node.text for node in nodes if isinstance(node, Scalar) and not node.is_null)


def _base_models(card: Card) -> Iterator[_Stated]:
    bases = card.repository.bases
    if bases is None:
        return
    stated = tuple(name.id or name.text for name in card.lineage.base_models)
    for name, span in bases.names:
        equal = tuple(each for each in stated if plain_model(each) == plain_model(name))
        yield _Stated(
            name="base model",
            source=bases.source,
            span=span,
            in_files=(name,),
            in_card=equal if bases.relation == "merge" else stated,
            is_equal=bool(equal),
            rules=("base-model-mismatch", "missing-base-model") if stated and not equal else (),
        )
    relation = _values(card, "base_model_relation")
    yield _Stated(
        name="relation",
        source=bases.source,
        span=bases.names[0][1],
        in_files=(bases.relation,),
        in_card=relation,
        is_equal=relation == (bases.relation,),
    )


def _library(card: Card) -> Iterator[_Stated]:
    proof = card.repository.library
    if proof is not None:
        named = _values(card, "library_name")
        tagged = tuple(tag.text for tag in tag_scalars(card.metadata) if tag.text == proof.library)[:1]
        yield _of_key("library", proof.file, proof.key, proof.library, named or tagged, "library-mismatch")


def _task(card: Card) -> Iterator[_Stated]:
    architecture = card.repository.architecture
    if architecture is None:
        return
    named = _values(card, "pipeline_tag")
    tasks = architecture.tasks or frozenset(filter(None, (architecture.task,)))
    shown = f"{architecture.task} ({architecture.name})" if architecture.task else architecture.name
    yield _Stated(
        name="task",
        source=architecture.file.source,
        span=architecture.span,
        in_files=(shown,),
        in_card=named,
        is_equal=bool(named) and tasks >= {*named},
        rules=("architecture-mismatch",),
    )


def _license(card: Card) -> Iterator[_Stated]:
    file = card.repository.license
    if file is not None:
        named = _values(card, "license")
        yield _Stated(
            name="license",
            source=file.source,
            span=file.span,
            in_files=(file.id,),
            in_card=named,
            is_equal=file.id in named,
            rules=("license-mismatch",),
        )


def _language(card: Card) -> Iterator[_Stated]:
    if card.repository.language is not None:
        file, code = card.repository.language
        yield _of_key("language", file, "lang", code, _values(card, "language"))


def _dataset(card: Card) -> Iterator[_Stated]:
    training = card.repository.policy_training
    if training is not None and training.dataset is not None:
        named = _values(card, "datasets")
        yield _of_key("dataset", training.file, "repo_id", training.dataset, named, "dataset-mismatch")


def _adapter(card: Card) -> Iterator[_Stated]:
    file = card.repository.adapter
    for setting in adapter_settings(file) if file is not None else ():
        assert file is not None
        match = find_setting(card.body_text, setting.name)
        named = (match["value"],) if match else ()
        yield _of_key(setting.name, file, setting.key, str(setting.value), named, "adapter-mismatch")


def _properties(card: Card) -> Iterator[_Stated]:
    labels = number_of_labels(card.repository.files)
    for each in embedding_properties(card.repository.files):
        yield _of_property(each, "embedding-mismatch")
    if labels is not None:
        yield _of_property(labels, "labels-mismatch")


def _of_property(stated: Property, rule: str) -> _Stated:
    return _of_key(stated.name, stated.file, stated.key, str(stated.value), (), rule)


def _parameters(card: Card) -> Iterator[_Stated]:
    size = count_parameters(card.repository.files)
    if size is not None:
        yield _Stated(
            name="parameters",
            source=size.source,
            span=size.span,
            in_files=(_in_words(size.parameters),),
            rules=("size-mismatch",),
        )


def _in_words(count: int) -> str:
    billions = count / 10**9
    return f"{billions:.3g}B" if billions >= 1 else f"{count / 10**6:.3g}M"


def _best_step(card: Card) -> Iterator[_Stated]:
    state = card.repository.trainer_state
    if state is not None and state.best_step is not None:
        yield _of_key("best step", state.file, state.best_key, str(state.best_step), (), "results-not-best")


def _of_key(name: str, file: JsonFile, key: str, value: str, named: Sequence[str], *rules: str) -> _Stated:
    return _Stated(
        name=name,
        source=file.source,
        span=file.place(key),
        in_files=(value,),
        in_card=tuple(named),
        is_equal=value in named,
        rules=rules,
    )


_READERS: tuple[Callable[[Card], Iterator[_Stated]], ...] = (
    *(_base_models, _library, _task, _license, _language, _dataset),
    *(_adapter, _properties, _parameters, _best_step),
)
