"""Rule `link-mismatch`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.links.addresses import Repository, is_repository_id
from cardlint.card.links.links import Reference, find_links
from cardlint.card.provenance.model_names import is_path
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule

# Words that may precede the name of a repository but are not an owner's name: `datasets/squad`, `HuggingFace/squad`.
SITES = frozenset(("dataset", "datasets", "hf", "hf.co", "huggingface", "huggingface.co", "model", "models", "spaces"))
# A text that may be an id, linked to an address of the Hub that differs from it; other links are not parsed.
LINKED = LazyPattern(
    r"\[[*_`\s]{0,9}(?P<text>[\w.-]{1,100}(?:/[\w.-]{1,100})?)[*_`\s]{0,9}\]\(\s*<?(?i:https?://(?:www\.)?(?:huggingface|hf)\.co/)"
    r"(?!(?:datasets/)?(?P=text)\))"
)
TAG = LazyPattern(r"(?i:href)\s*=\s*[\"']?(?i:https?://(?:www\.)?(?:huggingface|hf)\.co/)")
SEPARATOR = LazyPattern(r"[-_.]+")
# The words and sizes that say which files are meant, not which repository.
FORMS = frozenset(
    (
        *("awq", "base", "bf16", "chat", "exl2", "exl3", "fp16", "fp8", "ggml", "gguf", "gptq", "imatrix", "instruct"),
        *(
            "large",
            "lora",
            "mini",
            "mlx",
            "onnx",
            "quants",
            "small",
            "tiny",
            "demo",
            "models",
            "datasets",
            "collections",
        ),
    )
)
FORM = LazyPattern(r"(?:int|fp|q|w|bf)?\d+(?:k|m|b|bits?|bpw)?")
SLIPS = 2
SHORTEST_NAME = 4
SHORTEST_ID = 8


@rule(severity=Severity.WARNING, fix=Safety.UNSAFE)
def link_mismatch(card: Card) -> Iterator[Problem]:
    r"""A link shows the id of one repository but leads to another.

    Readers who follow the link see another model or dataset than the body is about. Only a text that resembles the
    target is taken for an id: one with the same owner, the same name, or a letter or two of difference. `2/128`,
    `fr/pl` and `StarCoder2` may link to any repository.

    Bad:
        ---
        license: mit
        ---

        Made from [coastlab/lighthouse](https://huggingface.co/coastlab/harbour).

    Good:
        ---
        license: mit
        ---

        Made from [coastlab/harbour](https://huggingface.co/coastlab/harbour).
    """
    # the target of a reference is elsewhere
    if not card.body.has_definitions and not _may_lead_elsewhere(card.body_text):
        return
    for link in find_links(card.body, _may_lead_elsewhere):
        if link.image or link.form == "autolink" or "?" in link.target or "#" in link.target:
            continue
        text = link.text.strip().strip("`").strip()
        repository = link.repository
        if repository is None or repository.inside or not _is_id(text, repository):
            continue
        is_other = not _is_same(text, repository) and not _is_short_for(text, repository.id)
        if is_other and _resembles(text, repository.id):
            related = () if link.form == "reference" else (Related(link.target_span, f"leads to `{repository.id}`"),)
            yield Problem(
                link.text_span,
                f"the link shows `{text}` but leads to `{repository.id}`",
                help="Show the id of the repository that the link leads to, or correct its address.",
                related=related,
                fix=_fix(card, link, text, repository.id),
            )


def _may_lead_elsewhere(text: str) -> bool:
    has_tag = "<" in text and TAG.search(text) is not None
    return has_tag or any(_may_be_id(match["text"]) for match in LINKED.finditer(text))


def _may_be_id(text: str) -> bool:
    from cardlint.vocabulary.renames import DATASETS, MODELS

    return "/" in text or text.strip("_") in MODELS or text.strip("_") in DATASETS


def _is_id(text: str, repository: Repository) -> bool:
    """True if a text is an id: `owner/name`, or one of the old names without an owner."""
    from cardlint.vocabulary.renames import DATASETS, MODELS

    if is_repository_id(text):
        return text.partition("/")[0].lower() not in SITES and not is_path(text)
    return text in {"model": MODELS, "dataset": DATASETS}.get(repository.kind, ())


def _is_same(text: str, repository: Repository) -> bool:
    from cardlint.vocabulary.renames import current_dataset, current_model

    current = current_dataset if repository.kind == "dataset" else current_model
    return current(text) == current(repository.id)


def _is_short_for(text: str, identifier: str) -> bool:
    """True if one id is a short form of the other: same owner, and all words of one name are in the other."""
    owner, _, name = text.lower().partition("/")
    other_owner, _, other_name = identifier.lower().partition("/")
    words, other_words = (set(SEPARATOR.split(each)) - {"x", ""} for each in (name, other_name))
    return owner == other_owner and (words <= other_words or other_words <= words)


def _resembles(text: str, identifier: str) -> bool:
    """True if two ids have the owner or the name in common, or differ by a slip of the pen."""
    owner, _, name = text.lower().rpartition("/")
    other_owner, _, other_name = identifier.lower().rpartition("/")
    if not owner or not other_owner:
        return name.startswith(other_name) or other_name.startswith(name)
    if owner == other_owner:
        return not _is_form(name)
    if name == other_name:
        return len(name) >= SHORTEST_NAME
    return _is_near(text.lower(), identifier.lower())


def _is_form(name: str) -> bool:
    """True for a format, size or variant alone: `coastlab/AWQ` says which files of an owner, not which repository."""
    return all(word in FORMS or FORM.fullmatch(word) for word in SEPARATOR.split(name) if word)


def _is_near(text: str, identifier: str) -> bool:
    """True if at most two letters were added, left out or replaced."""
    if abs(len(text) - len(identifier)) > SLIPS or min(len(text), len(identifier)) < SHORTEST_ID:
        return False
    row = list(range(len(identifier) + 1))
    for index, letter in enumerate(text, 1):
        previous, row[0] = row[0], index
        for at, other in enumerate(identifier, 1):
            previous, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, previous + (letter != other))
    return row[-1] <= SLIPS


def _fix(card: Card, link: Reference, text: str, identifier: str) -> Fix | None:
    """Return the fix that shows the target, or links to the text if the metadata names that; None if unsure."""
    written, shown = card.source.slice(link.target_span), card.source.slice(link.text_span)
    if link.form == "reference" or written.count(identifier) != 1 or shown.count(text) != 1:
        return None
    metadata = card.source.text[: card.front_matter.span.end]
    if text in metadata and identifier not in metadata:
        return Fix(f"Link to `{text}`", (Edit(link.target_span, written.replace(identifier, text)),), Safety.UNSAFE)
    is_named, text_is_named = (_is_named_elsewhere(card, link, each) for each in (identifier, text))
    is_slip = len(identifier) < len(text) and _is_near(text.lower(), identifier.lower())
    if (text_is_named or is_slip) and not is_named:
        return None
    edit = Edit(link.text_span, shown.replace(text, identifier))
    return Fix(f"Show `{identifier}`", (edit,), Safety.UNSAFE)


def _is_named_elsewhere(card: Card, link: Reference, identifier: str) -> bool:
    text = card.source.text
    return identifier in text[: link.span.start] or identifier in text[link.span.end :]
