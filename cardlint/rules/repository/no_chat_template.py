"""Rule `no-chat-template`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.markdown.tree import CodeBlock
from cardlint.finding import Problem, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule

CALL = "apply_chat_template("
GIVEN = LazyPattern(r"chat_template\s*=(?!=)")
TOKENIZERS = ("Tokenizer", "TokenizerFast", "Processor")


@rule(severity=Severity.WARNING)
def no_chat_template(card: Card) -> Iterator[Problem]:
    r"""The example applies a chat template that the tokenizer does not have.

    Since transformers 4.44 the call `apply_chat_template` is an error if the tokenizer has no template. Neither
    `tokenizer_config.json` beside the card nor a file such as `chat_template.jinja` has one. Adapters, whose tokenizer
    is that of the base model, are skipped, and so are examples that set a template or load another tokenizer.

    Bad:
        # owls

        ```python
        tokenizer = AutoTokenizer.from_pretrained("coastlab/owls")
        text = tokenizer.apply_chat_template(messages, tokenize=False)
        ```

    Bad tokenizer_config.json:
        {"tokenizer_class": "PreTrainedTokenizerFast"}

    Good:
        # owls

        ```python
        tokenizer = AutoTokenizer.from_pretrained("coastlab/owls")
        text = tokenizer.apply_chat_template(messages, tokenize=False)
        ```

    Good tokenizer_config.json:
        {"tokenizer_class": "PreTrainedTokenizerFast", "chat_template": "{{ messages }}"}
    """
    if CALL not in card.body_text or GIVEN.search(card.body_text):
        return
    tokenizers = [load for load in card.loads if load.caller.removesuffix(".from_pretrained").endswith(TOKENIZERS)]
    if not tokenizers or any(load not in card.own_loads for load in tokenizers):
        return
    from cardlint.card.repository.chat_template import tokenizer_without_template

    file = tokenizer_without_template(card.repository.files)
    if file is None:
        return
    for block in card.body.walk():
        if isinstance(block, CodeBlock) and CALL in block.content.text:
            start = block.content.text.index(CALL)
            yield Problem(
                block.content.span(start, start + len(CALL) - 1),
                f"the example applies a chat template, but neither `{file.name}` nor `chat_template.jinja` has one",
                help="Add the template to the tokenizer, or show how to format a prompt without one.",
            )
            return
