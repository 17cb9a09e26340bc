"""Rule `unknown-license`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.yaml.edits import replace_scalar
from cardlint.card.yaml.nodes import Node, Scalar, Sequence, resolve
from cardlint.finding import Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule


@rule(severity=Severity.ERROR, fix=Safety.SAFE, reads_metadata=True)
def unknown_license(card: Card, *, allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    r"""`license` is not an identifier that the Hub knows.

    The Hub refuses the commit: `"license" must be one of [apache-2.0, ..., other, array]`. It takes its own identifiers
    to the letter, alone or in a list; SPDX names in their own spelling and free text are refused. For a license that it
    does not know there are `other`, `license_name` and `license_link`.

    Bad:
        ---
        license: Apache 2.0
        ---

    Good:
        ---
        license: apache-2.0
        ---

    Options:
        allow: identifiers to accept besides the Hub's own.
    """
    entry = card.metadata.mapping.entry("license")
    if entry is None:
        return
    value = resolve(entry.value)
    if not isinstance(value, Sequence):
        yield from _check("license", entry.value, allow)
        return
    for index, item in enumerate(value.items):
        yield from _check(f"license[{index}]", item, allow)


def _check(where: str, node: Node, allow: tuple[str, ...]) -> Iterator[Problem]:
    from cardlint.vocabulary.licenses.ids import LICENSES, certain_license, likely_license

    scalar = resolve(node)
    # what is no text is another rule's business
    if not isinstance(scalar, Scalar) or type(scalar.hub) is not str or scalar.text in LICENSES:
        return
    text = scalar.text
    if text in allow:
        return
    certain = certain_license(text)
    likely = likely_license(text)
    words = " ".join(text.split())
    shown = f"`{words if len(words) <= 60 else words[:57] + '...'}`" if words else "an empty text"
    if certain:
        help_text = f"Write `{certain}`."
    elif likely:
        help_text = f"Did you mean `{likely}`? If none fits, write `other` with `license_name` and `license_link`."
    else:
        help_text = (
            "Use an identifier from https://huggingface.co/docs/hub/repositories-licenses, or `other` with "
            "`license_name` and `license_link`."
        )
    yield Problem(
        node.span,
        f'{shown} is no license of the Hub: `"{where}" must be one of [apache-2.0, ..., other, array]`',
        help=help_text,
        fix=_replace(scalar, certain) if certain and node is scalar else None,
    )


def _replace(scalar: Scalar, identifier: str) -> Fix | None:
    if scalar.style in {"|", ">"} or scalar.tag or scalar.anchor:
        return None
    return Fix(f"Write `{identifier}`", (replace_scalar(scalar, identifier),))
