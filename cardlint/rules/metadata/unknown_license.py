"""Rule `unknown-license`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.verdicts import consequence, severity_of
from cardlint.card.yaml.dashes import joined_lists
from cardlint.card.yaml.edits import replace_scalar
from cardlint.card.yaml.nodes import Node, Scalar, Sequence, resolve
from cardlint.finding import Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.keys.grammar import Fact
from cardlint.vocabulary.keys.table import MODEL_KEYS


@rule(severity=Severity.ERROR, fix=Safety.SAFE, reads_metadata=True)
def unknown_license(card: Card, *, allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    r"""The license is not an id of the Hub.

    The Hub refuses the commit. It accepts exactly its own ids, alone or in a list, but not SPDX ids in their spelling,
    nor free text. Write the id, or `other` with `license_name` and `license_link` if the Hub does not have the license.

    Bad:
        ---
        license: Apache 2.0
        ---

    Good:
        ---
        license: apache-2.0
        ---

    Options:
        allow: ids to accept in addition to the Hub's.
    """
    entry = card.metadata.mapping.entry("license")
    if entry is None or "license" in joined_lists(card.metadata):  # which `wrong-type` reports
        return
    value = resolve(entry.value)
    if not isinstance(value, Sequence):
        yield from _check(entry.value, allow, MODEL_KEYS["license"].unlisted)
        return
    for item in value.items:
        yield from _check(item, allow, MODEL_KEYS["license"].unlisted_item)


def _check(node: Node, allow: tuple[str, ...], fact: Fact) -> Iterator[Problem]:
    from cardlint.vocabulary.licenses.ids import LICENSES, certain_license, likely_license

    scalar = resolve(node)
    # `wrong-type` reports other types
    if not isinstance(scalar, Scalar) or type(scalar.hub) is not str or scalar.text in LICENSES:
        return
    text = scalar.text
    if text in allow:
        return
    if not text:
        fact = MODEL_KEYS["license"].empty
    certain = certain_license(text)
    likely = likely_license(text)
    words = " ".join(text.split())
    shown = f"`{words if len(words) <= 60 else words[:57] + '...'}`" if words else "an empty text"
    if certain:
        help_text = f"Write `{certain}`."
    elif likely:
        help_text = f"Did you mean `{likely}`? If no id fits, write `other` with `license_name` and `license_link`."
    else:
        help_text = (
            "Write an id from https://huggingface.co/docs/hub/repositories-licenses, or `other` with "
            "`license_name` and `license_link`."
        )
    yield Problem(
        node.span,
        f"{shown} is not a license id of the Hub{consequence(fact)}",
        help=help_text,
        fix=_replace(scalar, certain) if certain and node is scalar else None,
        severity=severity_of(fact),
    )


def _replace(scalar: Scalar, identifier: str) -> Fix | None:
    if scalar.style in {"|", ">"} or scalar.tag or scalar.anchor:
        return None
    return Fix(f"Write `{identifier}`", (replace_scalar(scalar, identifier),))
