"""Rule `invalid-language`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.languages import certain_code, certain_codes
from cardlint.card.metadata.verdicts import consequence, severity_of
from cardlint.card.yaml.dashes import joined_lists
from cardlint.card.yaml.edits import replace_scalar, split_scalar
from cardlint.card.yaml.nodes import Metadata, Scalar, Sequence, resolve
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.keys.grammar import Fact
from cardlint.vocabulary.keys.table import MODEL_KEYS

# Nine cards in ten name no other language, and need not load the large list.
FREQUENT = frozenset(
    ("code", "multilingual", "en", "zh", "fr", "de", "es", "it", "pt", "ru", "ja", "ko", "ar", "hi", "nl")
)
CODE = LazyPattern(r"[a-z]{2,3}")
TAG = LazyPattern(r"(?P<language>[A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})+")


@rule(severity=(Severity.ERROR, Severity.NOTE), fix=Safety.SAFE, reads_metadata=True)
def invalid_language(card: Card) -> Iterator[Problem]:
    r"""`language` is not a language code of the Hub.

    The Hub refuses upper case, codes that no standard has, and anything that does not have two or three letters: names
    of languages, and tags of BCP 47 such as `pt-BR`, which belong under `language_bcp47`. `unk` is a real language,
    Enawené-Nawé, but rarely meant. It is a note, and so are withdrawn codes and old library codes such as `ger`, which
    the Hub does not list: it is not known to refuse them.

    Bad:
        ---
        language:
        - EN
        - German
        ---

    Good:
        ---
        language:
        - en
        - de
        ---
    """
    node = card.metadata.get("language")
    if "language" in joined_lists(card.metadata):
        return  # which `wrong-type` reports
    parent = node if isinstance(node, Sequence) else None
    kept = _kept(card.metadata)
    for item in parent.items if parent else (node,):
        scalar = resolve(item) if item is not None else None
        # `wrong-type` reports other types than text: null, a number, `false`
        if isinstance(scalar, Scalar) and type(scalar.hub) is str and scalar.text not in FREQUENT:
            span = scalar.span if item is None else item.span
            yield from _judge(card.metadata, scalar, span, parent=parent, kept=kept)


def _judge(
    metadata: Metadata, scalar: Scalar, span: Span, *, parent: Sequence | None, kept: frozenset[str]
) -> Iterator[Problem]:
    verdict = _verdict(scalar.text)
    if verdict is None:
        return
    severity, message = verdict
    codes = certain_codes(scalar.text)
    if len(codes) > 1:
        written = tuple('"no"' if code == "no" else code for code in codes)
        edit = split_scalar(metadata.source, scalar, parent, written) if span == scalar.span else None
        advice = f"Write a list: `[{', '.join(codes)}]`."
        yield Problem(span, message, advice, fix=Fix("Write a list", (edit,)) if edit else None, severity=severity)
        return
    code, safety = _replacement(scalar.text, kept)
    fix = None
    if code and safety and span == scalar.span and _is_simple(scalar, metadata):
        fix = Fix(f"Write `{code}`", (_write(scalar, code),), safety)
    yield Problem(span, message, _advice(scalar.text, code), fix=fix, severity=severity)


def _verdict(text: str) -> tuple[Severity, str] | None:
    """Return the severity and message for a language, or None if it is right."""
    from cardlint.vocabulary.languages import BIBLIOGRAPHIC, WITHDRAWN, is_language  # here, since it is large

    key = MODEL_KEYS["language"]
    if not text:
        return _breach(key.empty, "an empty text is not a language code")
    if text != text.lower():
        return _breach(key.upper_case, f"the language `{text}` is not in lower case")
    if not CODE.fullmatch(text) and text not in FREQUENT:
        return _breach(key.malformed, f"`{text}` is not a language code of two or three letters")
    if text == "unk":
        return Severity.NOTE, "`unk` is the code of Enawené-Nawé, a language of Brazil"
    if text in BIBLIOGRAPHIC:
        return Severity.NOTE, f"the Hub does not list the language code `{text}`"
    if text in WITHDRAWN:
        return Severity.NOTE, f"the language code `{text}` is withdrawn"
    return None if is_language(text) else _breach(key.unlisted, f"no language has the code `{text}`")


def _breach(fact: Fact, message: str) -> tuple[Severity, str]:
    return severity_of(fact), message + consequence(fact)


def _replacement(text: str, kept: frozenset[str]) -> tuple[str | None, Safety | None]:
    """Return the code that is meant, and the safety of writing it, None if it would lose information."""
    code = certain_code(text)
    if code is not None and code != text:
        return code, Safety.SAFE
    tag = TAG.fullmatch(text)
    language = certain_code(tag["language"]) if tag else None
    if language is not None:
        return language, Safety.SAFE if _plain(text) in kept else None
    return None, None


def _kept(metadata: Metadata) -> frozenset[str]:
    """Return the tags of `language_bcp47`, of which a shorter code loses nothing."""
    node = metadata.get("language_bcp47")
    tags = [resolve(item) for item in node.items] if isinstance(node, Sequence) else [node]
    return frozenset(_plain(item.text) for item in tags if isinstance(item, Scalar))


def _plain(tag: str) -> str:
    return tag.lower().replace("_", "-")


def _is_simple(scalar: Scalar, metadata: Metadata) -> bool:
    written = metadata.source.slice(scalar.span)
    return not (scalar.tag or scalar.anchor or scalar.style in {"|", ">"} or "\n" in written or "\r" in written)


def _write(scalar: Scalar, code: str) -> Edit:
    """Return the edit that writes a code; that of Norwegian in quotes, since Python reads it as `false`."""
    return Edit(scalar.span, '"no"') if code == "no" and not scalar.style else replace_scalar(scalar, code)


def _advice(text: str, code: str | None) -> str:
    if text == "unk":
        return "Write the code of the model's language, or delete `language` if it is unknown."
    if code and TAG.fullmatch(text) and code != "multilingual":
        return f"Write `{code}`. A tag of BCP 47 belongs under `language_bcp47`, a second language as a separate item."
    if code:
        return f"Write `{code}`."
    return "Write a code of two or three letters for each language, or `code` for programming languages."
