"""Rule `adapter-mismatch`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span


@rule(severity=Severity.WARNING)
def adapter_mismatch(card: Card) -> Iterator[Problem]:
    r"""The rank or the alpha of the adapter is another one in the card than in `adapter_config.json`.

    PEFT writes `adapter_config.json` when it saves the adapter. The card is compared if it states one value on a line
    or in a row of its own. If it names several, for example of several runs, or if the file has ranks for single
    modules with the card's value, nothing is reported.

    Bad:
        # owls

        - LoRA rank: 8
        - LoRA alpha: 32

    Bad adapter_config.json:
        {"peft_type": "LORA", "r": 16, "lora_alpha": 32}

    Good:
        # owls

        - LoRA rank: 16
        - LoRA alpha: 32

    Good adapter_config.json:
        {"peft_type": "LORA", "r": 16, "lora_alpha": 32}
    """
    file = card.repository.adapter
    if file is None:
        return
    from cardlint.card.repository.adapter import adapter_settings, find_setting

    begin = card.front_matter.span.end
    for setting in adapter_settings(file):
        match = find_setting(card.body_text, setting.name)
        if match is None or int(match["value"]) in {setting.value, *setting.of_modules}:
            continue
        yield Problem(
            Span(begin + match.start("value"), begin + match.end("value")),
            f"the {setting.name} of the adapter is {match['value']} here, but {setting.value} in `{file.name}`",
            help="Write the number of the file, or upload the adapter of the card.",
            related=(Related(file.place(setting.key), f"`{setting.key}` is {setting.value} here", file.source),),
        )
