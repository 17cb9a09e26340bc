"""Base models that the code blocks of a card name: configurations of axolotl and mergekit, and code that loads them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import CodeBlock, Content
from cardlint.card.provenance.lineage_statement import LineageStatement
from cardlint.card.provenance.model_names import Name, identifier, is_own
from cardlint.card.provenance.recipes import find_recipes
from cardlint.card.text.own_names import OwnNames
from cardlint.lazy_regex import LazyPattern

__all__ = ["find_loaded_bases", "find_recipe_bases", "may_load_adapter"]


def find_recipe_bases(document: Document) -> Iterator[LineageStatement]:
    """Yield every model of a card's only configuration; of several, one may start from the result of another."""
    recipes = find_recipes(document.source, document)
    if len(recipes) != 1:
        return
    relation = "merge" if recipes[0].program == "mergekit" else "finetune"
    for scalar in recipes[0].models:
        name = Name(scalar.text, scalar.span, identifier(scalar.text))
        yield LineageStatement(span=scalar.span, form="recipe", base=name, relation=relation)


# A call that puts an adapter on a loaded base model, and the call that loads the base model into a variable.
_ADAPTER = LazyPattern(
    r"\bPeftModel(?:For\w{1,40})?\.from_pretrained\(\s*(?P<base>\w{1,80})\s*,\s*(?P<adapter>[^,()\n]{1,200})"
    r"|\b(?P<pipe>\w{1,80})\.(?:load_lora_weights|load_adapter)\(\s*(?P<weights>[^,()\n]{1,200})"
)
_LOADED = LazyPattern(
    r"^[ \t]{0,40}(?P<name>\w{1,80})[ \t]{0,9}=[ \t]{0,9}(?:\w{1,80}\.){1,4}"
    r"from_pretrained\(\s{0,40}(?P<base>[^,()\n]{1,200})",
    re.MULTILINE,
)
_SET = LazyPattern(
    r"^[ \t]{0,40}(?P<name>\w{1,80})[ \t]{0,9}=[ \t]{0,9}[\"'](?P<text>[^\"'\n]{1,200})[\"']", re.MULTILINE
)
_STRING = LazyPattern(r"\s*(?:[a-z_]{1,40}\s*=\s*)?[\"'](?P<text>[^\"'\n]{1,200})[\"']\s*")


def may_load_adapter(text: str) -> bool:
    """Return False for a text without code that loads a model and puts an adapter on it."""
    calls = ("PeftModel", ".load_lora_weights(", ".load_adapter(")
    return "from_pretrained" in text and any(call in text for call in calls)


def find_loaded_bases(document: Document, own: OwnNames, *, is_adapter: bool) -> Iterator[LineageStatement]:
    """Yield the base models on which the card's code loads its own adapter.

    An adapter is the card's own if it has its name, or if the repository `is_adapter` and all the code loads one only.
    """
    texts: dict[str, str] = {}
    bases: dict[str, Name] = {}
    found: list[tuple[str, Name]] = []
    for block in document.walk():
        if isinstance(block, CodeBlock):
            content = block.content
            texts.update((match["name"], match["text"]) for match in _SET.finditer(content.text))
            bases.update(_loaded(content, texts))
            found += _on_bases(content, texts, bases)
    adapters = {adapter for adapter, _ in found}
    for adapter, base in found:
        name = Name(adapter, base.span, identifier(adapter))
        is_ours = is_own(own, name) or (is_adapter and len(adapters) == 1)
        if is_ours and not is_own(own, base):
            yield LineageStatement(span=base.span, form="code", base=base, relation="adapter")


def _loaded(content: Content, texts: dict[str, str]) -> Iterator[tuple[str, Name]]:
    for match in _LOADED.finditer(content.text):
        text = _value(match["base"], texts)
        if text is not None and identifier(text):
            yield match["name"], Name(text, content.span(*match.span("base")), identifier(text))


def _on_bases(content: Content, texts: dict[str, str], bases: dict[str, Name]) -> Iterator[tuple[str, Name]]:
    for match in _ADAPTER.finditer(content.text):
        base = bases.get(match["base"] or match["pipe"])
        adapter = _value(match["adapter"] or match["weights"], texts)
        if base is not None and adapter is not None and adapter != base.text:
            yield adapter, base


def _value(written: str, texts: dict[str, str]) -> str | None:
    """Return the text of an argument: a string, or a variable that is set to one."""
    string = _STRING.fullmatch(written)
    return string["text"] if string else texts.get(written.strip())
