"""Rule `trigger-word-mismatch`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.yaml.nodes import Scalar
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span

# The sentence of diffusers' scripts, and a label. The trigger is in code, bold or quotes, or it is the whole line.
SENTENCE = LazyPattern(r"(?i)\byou should use (?P<words>[^\n]{1,200}?) to trigger\b")
LABEL = LazyPattern(
    r"(?im)^[ \t>*_-]*(?:the )?trigger (?:words?|phrases?|tokens?)[*_ ]*[:=][*_ ]*(?P<words>[^\n]{1,200})$"
)
MARKED = LazyPattern(r"`([^`\n]{1,100})`|\*\*([^*\n]{1,100})\*\*|\"([^\"\n]{1,100})\"|“([^”\n]{1,100})”")
NONE = LazyPattern(r"(?i)\W*(?:no|none|not|n/a|optional|any|see|-)\b.*|\W*")


@rule(severity=Severity.NOTE, reads_metadata=True)
def trigger_word_mismatch(card: Card) -> Iterator[Problem]:
    r"""The text names another trigger word than `instance_prompt`.

    The Hub shows `instance_prompt` beside the model and fills its widget with it. If the text says that another word
    triggers the style, one of the two draws pictures without it.

    Bad:
        ---
        instance_prompt: lighthouse style
        ---

        # Lighthouses

        Trigger word: `owlish`

    Good:
        ---
        instance_prompt: owlish
        ---

        # Lighthouses

        Trigger word: `owlish`
    """
    prompt = card.metadata.get("instance_prompt")
    if not isinstance(prompt, Scalar) or not isinstance(prompt.hub, str) or "trigger" not in card.lower_body:
        return
    stated = list(_stated(card))
    known = _folded(prompt.text)
    if not known or not stated or any(_same(known, _folded(words)) for words, _ in stated):
        return
    words, span = stated[0]
    yield Problem(
        prompt.span,
        f"`instance_prompt` is `{prompt.text}`, but the text names the trigger `{words}`",
        help="Write the same words in both places.",
        related=(Related(span, "the trigger in the text"),),
    )


def _stated(card: Card) -> Iterator[tuple[str, Span]]:
    """Yield the trigger words that the text names, each with its place."""
    start = card.front_matter.span.end
    for expression in (SENTENCE, LABEL):
        for match in expression.finditer(card.body_text):
            words = match["words"]
            if NONE.fullmatch(words):
                continue
            marked = [next(filter(None, each)) for each in MARKED.findall(words)]
            span = Span(start + match.start("words"), start + match.end("words"))
            yield from ((each, span) for each in marked or [words.strip(" .*_")])


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace(",", " ").split())


def _same(prompt: str, words: str) -> bool:
    return bool(words) and (words in prompt or prompt in words)
