"""The models that code in the body loads: the arguments of `from_pretrained`, `pipeline` and similar calls."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial

from msgspec import Struct

from cardlint.card.links.addresses import is_repository_id
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import CodeBlock, Content
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["LOADERS", "Load", "find_loads"]


class Load(Struct, frozen=True):
    """A call that loads a model: `text` is the model to load, and `span` is the place where it is written.

    `text` is None if it is computed, or a variable that the code above does not set to a text. `caller` is the call as
    written: `AutoModel.from_pretrained`. `block` is the code block of the call. `quoted` is false for an id without
    quotation marks, with one, or with typographic ones: code that cannot run.
    """

    text: str | None
    span: Span
    caller: str
    block: CodeBlock
    quoted: bool = True


_CALLED = (
    *("from_pretrained", "from_pretrained_keras", "from_pretrained_fastai", "pipeline", "SentenceTransformer"),
    *("CrossEncoder", "LLM", "from_hparams", "load_from_hub", "load_adapter", "load_model_from_hub"),
)
_LONGEST = 400  # characters of a call's arguments
_CALL = LazyPattern(
    rf"\b(?P<caller>(?:\w{{1,80}}\.){{0,5}}(?:{'|'.join(_CALLED)}))\((?P<arguments>[^()]{{0,{_LONGEST}}})"
)
# The names of the argument for the model. By position it is the first argument; in a `pipeline` that is the task.
_NAMED = LazyPattern(
    r"\b(?:model|repo_id|source|model_id|model_name_or_path|pretrained_model_name_or_path)\s*=\s*(?P<value>[^,)\n]+)"
)
_STRING = LazyPattern(r"\s*(?P<prefix>[rfbu]*)(?P<quote>[\"'])(?P<text>[^\"'\n]*)(?P=quote)\s*", re.IGNORECASE)
_VARIABLE = LazyPattern(r"\s*[A-Za-z_]\w*\s*")
_ASSIGNED = LazyPattern(
    r"^[>. \t]*(?P<name>[A-Za-z_]\w*)[ \t]*=[ \t]*(?P<quote>[\"'])(?P<text>[^\"'\n]*)(?P=quote)", re.MULTILINE
)
LOADERS = ("from_pretrained", "pipeline(", "SentenceTransformer(", "CrossEncoder(", "LLM(", "from_hparams(", "load_")
"""Every text with code that loads a model contains one of these."""


def find_loads(document: Document) -> tuple[Load, ...]:
    """Return every call in the document's code blocks that loads a model, in their order."""
    if not any(sign in document.source.text for sign in LOADERS):
        return ()
    blocks = [block for block in document.walk() if isinstance(block, CodeBlock)]
    assigned = _Variables(blocks)
    loads: list[Load] = []
    for index, block in enumerate(blocks):
        if any(sign in block.content.text for sign in LOADERS):
            loads += _in_block(block, partial(assigned.up_to, index))
    return tuple(loads)


class _Variables:
    """The variables that code blocks set to a text, read when a call uses one; the last assignment counts."""

    def __init__(self, blocks: Sequence[CodeBlock]) -> None:
        self.blocks = blocks
        self.done = 0
        self.texts: dict[str, tuple[str, Span]] = {}

    def up_to(self, index: int) -> dict[str, tuple[str, Span]]:
        """Return texts and their places by variable name after the block `index`, which must not decrease."""
        for block in self.blocks[self.done : index + 1]:
            for match in _ASSIGNED.finditer(block.content.text):
                self.texts[match["name"]] = (match["text"], block.content.span(*match.span("text")))
        self.done = index + 1
        return self.texts


_Known = Callable[[], dict[str, tuple[str, Span]]]


def _in_block(block: CodeBlock, variables: _Known) -> Iterator[Load]:
    content = block.content
    for match in _calls(content.text):
        before = content.text[max(match.start() - 200, 0) : match.start()].rpartition("\n")[2]
        if "#" in before or "def " in before:
            continue
        place = _argument(match)
        if place is None:
            yield Load(None, content.span(*match.span("caller")), match["caller"], block)
        else:
            yield _load(content, place, match["caller"], block, variables)


def _calls(text: str) -> Iterator[re.Match[str]]:
    """Yield the calls in a text, found by their parentheses, which is much faster than a search for their names."""
    done = 0
    while (parenthesis := text.find("(", done)) >= 0:
        begin, done = done, parenthesis + 1
        if text.endswith(_CALLED, begin, parenthesis):
            line = text.rfind("\n", begin, parenthesis) + 1
            match = _CALL.search(text, max(begin, line), done + _LONGEST)
            if match is not None and match.start("arguments") == done:
                done = match.end()
                yield match


def _argument(match: re.Match[str]) -> tuple[int, int] | None:
    """Return the place of the argument for the model."""
    named = _NAMED.search(match["arguments"])
    start = match.start("arguments")
    if named:
        return start + named.start("value"), start + named.end("value")
    if match["caller"].endswith("pipeline"):
        return None
    first = re.match(r"[^,=]*(?=,|\Z)", match["arguments"])
    return (start, start + first.end()) if first else None


def _load(content: Content, place: tuple[int, int], caller: str, block: CodeBlock, variables: _Known) -> Load:
    written = content.text[place[0] : place[1]]
    string = _STRING.fullmatch(written)
    if string and "f" not in string["prefix"].lower():
        start = place[0] + string.start("text")
        return Load(string["text"], content.span(start, start + len(string["text"])), caller, block)
    if _VARIABLE.fullmatch(written) and (known := variables().get(written.strip())):
        text, span = known
        return Load(text, span, caller, block)
    if (unquoted := _UNQUOTED.fullmatch(written)) and _is_certain(unquoted, variables().keys(), content.text):
        span = content.span(place[0] + unquoted.start("written"), place[0] + unquoted.end("written"))
        return Load(unquoted["id"], span, caller, block, quoted=False)
    return Load(None, content.span(*place), caller, block)


_UNQUOTED = LazyPattern(
    r"\s*(?P<written>(?P<open>[\"'`\u2018\u2019\u201c\u201d]?)(?P<id>[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)"
    r"(?P<close>[\"'`\u2018\u2019\u201c\u201d]?))\s*",
    re.ASCII,
)
_NAME_OF_VARIABLE = LazyPattern(r"[a-z_][a-z0-9_]*|[A-Z_][A-Z0-9_]*")
_FILE = LazyPattern(r"\.(?:bin|ckpt|gguf|json|onnx|pkl|pth?|py|safetensors|txt|ya?ml|zip)$", re.IGNORECASE)


def _is_certain(unquoted: re.Match[str], variables: Collection[str], code: str) -> bool:
    """Return True if the text is an id, not a quotient of variables such as `folder / name` or a file."""
    if not is_repository_id(unquoted["id"]) or _FILE.search(unquoted["id"]):
        return False
    if unquoted["open"] or unquoted["close"]:
        return True
    owner, _, name = unquoted["id"].partition("/")
    if owner in variables or re.search(rf"\b{re.escape(owner)}\b(?!/)", code):
        return False
    return not (_NAME_OF_VARIABLE.fullmatch(owner) and name.isidentifier())
