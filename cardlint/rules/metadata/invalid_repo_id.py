"""Rule `invalid-repo-id`."""

import re
from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.verdicts import consequence, severity_of
from cardlint.card.yaml.dashes import joined_lists
from cardlint.card.yaml.edits import replace_scalar, split_scalar
from cardlint.card.yaml.nodes import Node, Scalar, Sequence, resolve
from cardlint.finding import Fix, Problem, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.vocabulary.builders import BUILDERS, DESCRIPTIONS
from cardlint.vocabulary.keys.grammar import UNRECORDED, Key
from cardlint.vocabulary.keys.table import MODEL_KEYS

ADDRESS = LazyPattern(
    r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/(?P<datasets>datasets/)?(?P<id>[\w.-]+/[\w.-]+)(?:/tree/main)?/?",
    re.ASCII,
)
DATASET_PATH = LazyPattern(r"/?(?P<datasets>datasets/)(?P<id>[\w.-]+/[\w.-]+)", re.ASCII)
# First parts of addresses of the Hub that are not the name of an owner.
PAGES = frozenset(("blog", "collections", "datasets", "docs", "join", "models", "organizations", "papers", "spaces"))


@rule(severity=(Severity.ERROR, Severity.WARNING, Severity.NOTE), fix=Safety.SAFE, reads_metadata=True)
def invalid_repo_id(card: Card) -> Iterator[Problem]:
    r"""A path, an address, prose or an empty text in place of a repository id.

    The Hub refuses a card whose `base_model` or `datasets` has such a value. An id is `owner/name`, or a single name
    for the oldest repositories. Write the id, or describe the model or dataset in the body. Names of loaders for local
    files, such as `imagefolder`, look like an id but are not the dataset's name, nor are words such as `synthetic`.

    Bad:
        ---
        base_model: https://huggingface.co/coastlab/lighthouse
        ---

    Good:
        ---
        base_model: coastlab/lighthouse
        ---
    """
    joined = joined_lists(card.metadata)  # which `wrong-type` reports
    for entry in card.metadata.mapping.entries:
        key = MODEL_KEYS.get(entry.name or "")
        if key is not None and key.shape.form in {"model id", "dataset id"} and key.name not in joined:
            value = resolve(entry.value)
            parent = value if isinstance(value, Sequence) else None
            for where, node in _values(key, entry.value):
                yield from _check(card, key, where, node, parent)


def _values(key: Key, node: Node) -> Iterator[tuple[str, Node]]:
    value = resolve(node)
    if not isinstance(value, Sequence):
        yield key.name, node
    elif "list" in key.shape.kinds:
        for index, item in enumerate(value.items):
            yield f"{key.name}[{index}]", item


def _check(card: Card, key: Key, where: str, node: Node, parent: Sequence | None) -> Iterator[Problem]:
    scalar = resolve(node)
    # `wrong-type` reports other types
    if not isinstance(scalar, Scalar) or type(scalar.hub) is not str:
        return
    text = scalar.text
    if not text:
        message = f"`{where}` is empty{consequence(key.empty)}"
        yield Problem(node.span, message, help=_advice(key, text), severity=severity_of(key.empty))
    elif not key.shape.matches(text):
        fact = key.text_fact(text)
        shown = f"{text[:57]}..." if len(text) > 60 else text
        message = f"`{' '.join(shown.split())}` is not a {key.shape.form}{consequence(fact)}"
        fix = (_address(scalar, key) or _split(card, key, scalar, parent)) if scalar is node else None
        yield Problem(node.span, message, help=_advice(key, text), fix=fix, severity=severity_of(fact))
    elif _is_refused(text):
        message = f"`{text[:60]}` cannot be a {key.shape.form}"
        yield Problem(node.span, message, help=_advice(key, text), severity=severity_of(UNRECORDED))
    elif key.name == "datasets" and text in BUILDERS:
        message = f"`{text}` is the name of a loader or folder, not of a dataset on the Hub"
        advice = "Write the id of the dataset, or delete it."
        yield Problem(node.span, message, help=advice, severity=severity_of(UNRECORDED))
    elif key.name == "datasets" and text.lower() in DESCRIPTIONS:
        message = f"`{text}` describes a dataset and is not the name of one on the Hub"
        yield Problem(node.span, message, help="Describe the dataset in the body instead.", severity=Severity.NOTE)


def _advice(key: Key, text: str) -> str:
    what = key.shape.form.removesuffix(" id")
    if not text.strip():
        return f"Write the {what}'s id, `owner/name`, or delete the key."
    if "\\" in text or text.startswith(("/", "./", "../", "~")):
        return f"A path has no meaning on the Hub: write the id of the {what} at this path, or delete it."
    if key.name == "datasets" and re.search(r"[\s,]", text) and all(map(key.shape.matches, re.split(r"[\s,]+", text))):
        return "Write each dataset as a separate item, `owner/name`, or describe it in the body."
    return f"Write the {what}'s id, `owner/name`; describe a {what} that is not on the Hub in the body."


def _address(scalar: Scalar, key: Key) -> Fix | None:
    """Return the fix that writes the id in an address of the Hub, or in the path of one."""
    match = ADDRESS.fullmatch(scalar.text) or (DATASET_PATH.fullmatch(scalar.text) if key.name == "datasets" else None)
    if (
        not match
        or bool(match["datasets"]) != (key.shape.form == "dataset id")
        or scalar.style in {"|", ">"}
        or scalar.tag
    ):
        return None
    identifier = match["id"]
    if identifier.split("/")[0] in PAGES or _is_refused(identifier) or scalar.anchor:
        return None
    safety = Safety.SAFE if "." in scalar.text[: match.start("id")] else Safety.UNSAFE
    return Fix(f"Write the id, `{identifier}`", (replace_scalar(scalar, identifier),), safety)


def _split(card: Card, key: Key, scalar: Scalar, parent: Sequence | None) -> Fix | None:
    """Return the fix that makes a list of several ids; an id without an owner may be a word of prose."""
    ids = _several(key, scalar.text)
    if len(ids) < 2 or not all("/" in identifier and not _is_refused(identifier) for identifier in ids):
        return None
    edit = split_scalar(card.source, scalar, parent, ids)
    return Fix("Write a list", (edit,)) if edit else None


def _several(key: Key, text: str) -> tuple[str, ...]:
    """Return the ids in a text with several, or none if one of its parts is not an id."""
    parts = tuple(part for part in re.split(r"[\s,;]+", text) if part)
    return parts if "list" in key.shape.kinds and all(map(key.shape.matches, parts)) else ()


def _is_refused(name: str) -> bool:
    """True if huggingface_hub refuses the name of a repository although its characters are allowed."""
    if "--" in name or ".." in name or name.endswith(".git"):
        return True
    return any(len(part) > 96 or part.startswith((".", "-")) or part.endswith((".", "-")) for part in name.split("/"))
