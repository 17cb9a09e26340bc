"""Rule `license-not-allowed`."""

from collections.abc import Collection, Iterator

from cardlint.card.card import Card
from cardlint.card.yaml.nodes import Scalar, Sequence, resolve
from cardlint.finding import Problem, Severity
from cardlint.rule_definition import rule
from cardlint.wording import listed


@rule(severity=Severity.WARNING, reads_metadata=True, policy="allow")
def license_not_allowed(card: Card, *, allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    r"""The license is not one that your configuration allows.

    This rule is for an organization that publishes its models under a few licenses only. It is off until the option
    `allow` lists them. If the metadata has a list of licenses, each of them must be allowed. The license `other` is
    allowed if its `license_name` is. `missing-license` reports a card without a license.

    Configuration:
        allow = ["apache-2.0", "mit", "coastlab-terms"]

    Bad:
        ---
        license: cc-by-nc-4.0
        ---

        # Lighthouse

    Good:
        ---
        license: other
        license_name: coastlab-terms
        license_link: LICENSE
        ---

        # Lighthouse

    Options:
        allow: ids of licenses, and names of licenses that the Hub does not know.
    """
    if not allow:
        return
    allowed = {_plain(name) for name in allow}
    value = card.metadata.get("license")
    items = value.items if isinstance(value, Sequence) else (value,) if value is not None else ()
    for item in items:
        scalar = resolve(item)
        if (
            isinstance(scalar, Scalar)
            and type(scalar.hub) is str
            and scalar.text
            and not _is_allowed(card, scalar, allowed)
        ):
            yield Problem(
                item.span,
                f"the license `{_shown(card, scalar)}` is not one that the configuration allows",
                help=f"The configuration allows {listed([f'`{name}`' for name in allow])}.",
            )


def _is_allowed(card: Card, scalar: Scalar, allowed: Collection[str]) -> bool:
    return _plain(scalar.text) in allowed or _plain(_shown(card, scalar)) in allowed


def _shown(card: Card, scalar: Scalar) -> str:
    """Return the license, or its name if it is not one that the Hub knows."""
    name = card.metadata.get("license_name")
    return name.text if scalar.text == "other" and isinstance(name, Scalar) and name.text else scalar.text


def _plain(name: str) -> str:
    """Return the Hub's id of a license, or any other name in lower case with hyphens."""
    from cardlint.vocabulary.licenses.ids import certain_license  # here, since few runs need it

    return certain_license(name) or "-".join(name.lower().split())
