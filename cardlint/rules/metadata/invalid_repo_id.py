"""Rule `invalid-repo-id`."""

import re
from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.verdicts import severity_of
from cardlint.card.yaml.edits import replace_scalar
from cardlint.card.yaml.nodes import Entry, Node, Scalar, Sequence, resolve
from cardlint.finding import Fix, Problem, Safety, Severity
from cardlint.lazy_regex import pattern
from cardlint.rule_definition import rule
from cardlint.vocabulary.builders import BUILDERS
from cardlint.vocabulary.keys.grammar import Key
from cardlint.vocabulary.keys.table import MODEL_KEYS

ID = pattern(r"(?!\.\.?/)[\w.-]+(?:/[\w.-]+)?", re.ASCII)
ADDRESS = pattern(
    r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/(?P<datasets>datasets/)?(?P<id>[\w.-]+/[\w.-]+)(?:/tree/main)?/?",
    re.ASCII,
)
# The first part of an address of the Hub that is no owner's name.
PAGES = frozenset(("blog", "collections", "datasets", "docs", "join", "models", "organizations", "papers", "spaces"))

KEYS = [key for key in MODEL_KEYS.values() if key.shape.form in {"model id", "dataset id"}]
# What the Hub says of each behind "is not valid"; of `new_version` nothing is known.
HUB_SAYS = {
    "base_model": " Use a model id from https://hf.co/models.",
    "datasets": " If possible, use a dataset id from https://hf.co/datasets.",
}


@rule(severity=Severity.ERROR, fix=Safety.SAFE, reads_metadata=True)
def invalid_repo_id(card: Card) -> Iterator[Problem]:
    r"""A path, an address, prose or nothing stands where the id of a repository belongs.

    The Hub refuses the commit for `base_model` and `datasets`: `"base_model" with value "..." is not valid. Use a model
    id from https://hf.co/models.` An id is `owner/name`, or one name for the oldest repositories. The names of loaders
    for files of one's own, such as `imagefolder`, are shaped like an id but lead to no dataset.

    Bad:
        ---
        base_model: https://huggingface.co/coastlab/lighthouse
        ---

    Good:
        ---
        base_model: coastlab/lighthouse
        ---
    """
    for key in KEYS:
        entry = card.metadata.mapping.entry(key.name)
        if entry is not None:
            for where, node in _values(key, entry):
                yield from _check(key, where, node)


def _values(key: Key, entry: Entry) -> Iterator[tuple[str, Node]]:
    value = resolve(entry.value)
    if not isinstance(value, Sequence):
        yield key.name, entry.value
    elif "list" in key.shape.kinds:
        for index, item in enumerate(value.items):
            yield f"{key.name}[{index}]", item


def _check(key: Key, where: str, node: Node) -> Iterator[Problem]:
    scalar = resolve(node)
    # what is no text is another rule's business
    if not isinstance(scalar, Scalar) or type(scalar.hub) is not str:
        return
    text = scalar.text
    if not text:
        message = f'"{where}" is not allowed to be empty'
        yield Problem(node.span, message, help=_advice(key, text), severity=severity_of(key.empty))
    elif not ID.fullmatch(text):
        shown = f"{text[:57]}..." if len(text) > 60 else text
        message = f'"{where}" with value "{" ".join(shown.split())}" is not valid.{HUB_SAYS.get(key.name, "")}'
        fix = _address(scalar, key) if scalar is node else None
        yield Problem(node.span, message, help=_advice(key, text), fix=fix, severity=severity_of(key.malformed))
    elif _is_refused(text):
        message = f"`{text[:60]}` cannot be the id of a repository"
        yield Problem(node.span, message, help=_advice(key, text), severity=Severity.WARNING)
    elif key.name == "datasets" and text in BUILDERS:
        message = f"`{text}` is a loader or a folder, no dataset on the Hub"
        yield Problem(node.span, message, help="Name the dataset itself, or delete it.", severity=Severity.WARNING)


def _is_refused(name: str) -> bool:
    """Whether huggingface_hub refuses the name of a repository, though all its characters are allowed."""
    if "--" in name or ".." in name or name.endswith(".git"):
        return True
    return any(len(part) > 96 or part.startswith((".", "-")) or part.endswith((".", "-")) for part in name.split("/"))


def _advice(key: Key, text: str) -> str:
    what = key.shape.form.removesuffix(" id")
    if not text.strip():
        return f"Write the {what}'s id, `owner/name`, or delete the key."
    if "\\" in text or text.startswith(("/", "./", "../", "~")):
        return f"A path means nothing on the Hub: write the id of the {what} that you had there, or delete it."
    if (
        key.name == "datasets"
        and re.search(r"[\s,]", text)
        and all(ID.fullmatch(word) for word in re.split(r"[\s,]+", text))
    ):
        return "Write `owner/name`, each dataset as an item of its own, or say it in the text."
    return f"Write the {what}'s id, `owner/name`; one that is not on the Hub belongs in the text."


def _address(scalar: Scalar, key: Key) -> Fix | None:
    """The id in an address of the Hub."""
    match = ADDRESS.fullmatch(scalar.text)
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
    return Fix(f"Write the id, `{identifier}`", (replace_scalar(scalar, identifier),))
