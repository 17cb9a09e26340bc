"""Rule `invalid-yaml`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.finding import Fix, Problem, Related, Safety, Severity
from cardlint.rule_definition import rule


@rule(severity=(Severity.ERROR, Severity.WARNING), fix=Safety.SAFE, reads_metadata=True)
def invalid_yaml(card: Card) -> Iterator[Problem]:
    r"""The front matter is not valid YAML.

    The Hub refuses the commit ("Invalid YAML in README.md"), and no tool can read any of the metadata. More than 100
    levels of nesting are a warning: only some versions of the Hub's parser refuse them.

    Bad:
        ---
        license: mit
        model_name: Whisper: the small one
        ---

    Good:
        ---
        license: mit
        model_name: "Whisper: the small one"
        ---
    """
    if card.metadata.error is None:
        return
    from cardlint.card.yaml.errors import explain  # here, since few cards need it

    explanation = explain(card.metadata)
    other = explanation.other
    safety = Safety.SAFE if explanation.safe else Safety.UNSAFE
    yield Problem(
        explanation.span,
        f"invalid YAML: {explanation.message}",
        help=explanation.help,
        related=(Related(other, explanation.other_message),) if other is not None else (),
        fix=Fix(explanation.help.rstrip("."), explanation.edits, safety) if explanation.edits else None,
        severity=Severity.WARNING if card.metadata.error.disputed else None,
    )
