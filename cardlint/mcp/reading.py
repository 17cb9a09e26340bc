"""The tools `explain` and `show`: the page of a rule, and a parsed card."""

from __future__ import annotations

import msgspec

from cardlint.config.rule_names import UnknownNameError, resolve
from cardlint.mcp.answers import Answer, ToolError, shortened_parts
from cardlint.mcp.arguments import ExplainArguments, ShowArguments
from cardlint.mcp.session import Session
from cardlint.reporters.masking import masked
from cardlint.wording import counted, listed, visible

__all__ = ["explain", "show"]


def explain(session: Session, arguments: ExplainArguments) -> Answer:
    """Return the page of a rule."""
    try:
        name, note = resolve(arguments.rule, session.rules, groups=False)
    except UnknownNameError as error:
        hint = f"; did you mean `{error.suggestion}`?" if error.suggestion else ""
        raise ToolError(f"rule: {error}{hint}") from error
    if name is None:
        raise ToolError(f"rule: {note}")
    rule = session.rules[name]
    return Answer(session.views.rule(rule), session.views.rule_text(rule))


def show(session: Session, arguments: ShowArguments) -> Answer:
    """Return the parsed card, or some parts of it."""
    card = session.card(arguments)
    if card.is_oversized:
        raise ToolError(f"{visible(card.original.path)}: larger than the Hub accepts, so it is not read")
    parts: dict[str, msgspec.Raw] = msgspec.json.decode(session.views.card(card), type=dict[str, msgspec.Raw])
    for part in arguments.parts:
        if part not in parts:
            raise ToolError(f"parts: expected some of {', '.join(parts)}, got `{visible(part)}`")
    wanted = {key: value for key, value in parts.items() if not arguments.parts or key in arguments.parts}
    kept, left_out = shortened_parts(wanted)
    counts = [
        "metadata" if card.metadata.error is None and card.front_matter.yaml else "no readable metadata",
        counted(len(card.sections), "section"),
        counted(len(card.claims), "claim"),
        counted(len(card.training.results), "table") + " of training results",
    ]
    text = f"{visible(masked(card.original.path))}: {', '.join(counts)}.\n"
    if left_out:
        missing = listed([f"{number} of `{part}`" for part, number in left_out.items()])
        text += f"It is too long: {missing} left out.\n"
    return Answer(msgspec.json.encode({**kept, "left_out": left_out}).decode(), text)
