"""The arguments of each tool, with the JSON Schema that a client gets and the check of those that it sends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct

from cardlint.config.setting_types import Profile
from cardlint.mcp.answers import ToolError
from cardlint.wording import visible

__all__ = ["CardArguments", "CheckArguments", "ExplainArguments", "FixArguments", "ShowArguments", "read", "schema_of"]


class CardArguments(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The card that a tool reads: a path or a text."""

    path: Annotated[str | None, Meta(description="The path of the card. Give either this or `text`.")] = None
    text: Annotated[
        str | None,
        Meta(description="The whole text of a card that is not a file, with its metadata between `---` lines."),
    ] = None
    repo_id: Annotated[
        str | None, Meta(description="The id of the card's repository on the Hub, `owner/name`, if it is known.")
    ] = None


class CheckArguments(CardArguments, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The arguments of `check`."""

    path: Annotated[
        str | None,
        Meta(description="The path of a card, or of a folder whose cards are checked. Give either this or `text`."),
    ] = None
    select: Annotated[
        tuple[str, ...], Meta(description="Run only these rules or groups of rules. By default the configuration says.")
    ] = ()
    ignore: Annotated[tuple[str, ...], Meta(description="Do not run these rules or groups of rules.")] = ()
    profile: Annotated[
        Profile | None,
        Meta(
            description="How strict to be: `hub` (what the Hub refuses or cannot see), `standard` (the default) or "
            "`release` (also what a release should state)."
        ),
    ] = None


class FixArguments(CheckArguments, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The arguments of `fix`."""

    path: Annotated[str | None, Meta(description="The path of the card. Give either this or `text`.")] = None
    write: Annotated[
        bool,
        Meta(description="Write the fixed card to its file. By default nothing is written."),
    ] = False
    unsafe: Annotated[
        bool, Meta(description="Also apply unsafe fixes, which are right only if someone who knows the model agrees.")
    ] = False


class ShowArguments(CardArguments, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The arguments of `show`."""

    parts: Annotated[
        tuple[str, ...],
        Meta(description="Return only these keys of the result, such as `metadata`, `sections`, `claims`, `training`."),
    ] = ()


class ExplainArguments(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The arguments of `explain`."""

    rule: Annotated[str, Meta(description="The name of a rule, as findings state it.")]


_Arguments = TypeVar("_Arguments", bound=Struct)


def schema_of(kind: type[Struct]) -> dict[str, Any]:
    """Return the JSON Schema of a tool's arguments or answer, which must be an object and not a reference to one."""
    schema = msgspec.json.schema(kind)
    definitions = schema["$defs"]
    own = definitions.pop(kind.__name__)
    kept = {key: value for key, value in own.items() if key not in {"title", "description"}}
    return {**kept, "$defs": definitions} if definitions else kept


def read(arguments: Mapping[str, Any] | None, wanted: type[_Arguments]) -> _Arguments:
    """Return the arguments of a call.

    Raises:
        ToolError: one is missing, unknown, or of another type.
    """
    try:
        return msgspec.convert(arguments or {}, type=wanted)
    except msgspec.ValidationError as error:
        raise ToolError(visible(str(error))) from error
