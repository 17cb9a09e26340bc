"""Wrong options and arguments in the words of cardlint's other errors, each in one line."""

from __future__ import annotations

import re
from typing import Any, Literal, get_args, get_origin

from cardlint.cli.arguments import COMMANDS, function_of
from cardlint.cli.plain import kind_of
from cardlint.config.rule_names import closest
from cardlint.wording import visible

__all__ = ["in_one_line"]

_EXPECTED = {bool: "`1` or `0`", float: "a number", int: "a whole number"}
_EXTRA = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", re.DOTALL)
_WRITTEN = re.compile(r"'(.*)' is not |([\d.e+-]+) is not in the range ", re.DOTALL)


def in_one_line(error: Any) -> str:
    """Return the message of a usage error: the option or argument, what is wrong with it, and what is perhaps meant."""
    match type(error).__name__:
        case "NoSuchOption":
            return _unknown_option(error)
        case "MissingParameter":
            return f"{_name(error)} is missing; {_advice(error)}"
        case "BadParameter" if error.param is not None:
            return f"{_name(error)}: {_wrong_value(error)}"
        case "BadOptionUsage":
            return _plain(error.format_message().replace(f"Option '{error.option_name}'", f"{error.option_name}:"))
    extra = _EXTRA.fullmatch(error.message)
    if extra:
        return f"unexpected argument `{visible(extra[1])}`; {_advice(error)}"
    return _plain(error.format_message())


def _unknown_option(error: Any) -> str:
    option = error.option_name
    meant = closest(option, _options(error.ctx))
    return f"unknown option `{visible(option)}`; {f'did you mean `{meant}`?' if meant else _advice(error)}"


def _options(context: Any) -> list[str]:
    """Return the long options of a command and of the commands above it."""
    names: list[str] = []
    while context is not None:
        shown = [each for each in context.command.get_params(context) if not getattr(each, "hidden", False)]
        names += [name for each in shown for name in each.opts if name.startswith("--")]
        context = context.parent
    return names


def _wrong_value(error: Any) -> str:
    """Explain a value that cannot be converted to what the command declares."""
    written, hint = _written(error), _declared(error)
    if written is None or hint is None:
        return _plain(error.message)
    kind, least = kind_of(hint), getattr(hint.__metadata__[0], "least", None)
    if least is not None and _is_below(written, least):
        return f"expected a number of at least {least:g}, got `{float(written):g}`"
    if kind in _EXPECTED:
        return f"expected {_EXPECTED[kind]}, got `{visible(written)}`"
    if get_origin(kind) is not Literal:
        return _plain(error.message)
    choices = get_args(kind)
    meant = closest(written, choices)
    advice = f"; did you mean `{meant}`?" if meant else ""
    expected = ", ".join(f"`{choice}`" for choice in choices)
    return f"expected one of {expected}, got `{visible(written)}`{advice}"


def _written(error: Any) -> str | None:
    """Return the value that could not be converted: typer says it, or since 0.29 pydantic, whose error is the cause."""
    if hasattr(error.__cause__, "errors"):
        return str(error.__cause__.errors()[0]["input"])
    found = _WRITTEN.match(error.message)
    return found and (found[1] or found[2])


def _is_below(written: str, least: float) -> bool:
    try:
        return float(written) < least
    except ValueError:
        return False


def _declared(error: Any) -> Any:
    """Return the annotation of the parameter, or None if it is not one of a command."""
    command = error.ctx.info_name if error.ctx is not None else None
    return function_of(command).__annotations__.get(error.param.name) if command in COMMANDS else None


def _name(error: Any) -> str:
    """Return the option or argument as messages show it, with the environment variable that set it, if one did."""
    parameter, context = error.param, error.ctx
    name = max(parameter.opts, key=len) if parameter.param_type_name == "option" else parameter.metavar
    source = context.get_parameter_source(parameter.name) if context is not None else None
    if source is not None and source.name == "ENVIRONMENT":
        return f"{name} ({context.auto_envvar_prefix}_{parameter.name.upper()})"
    return str(name)


def _advice(error: Any) -> str:
    return f"`{error.ctx.command_path} --help` shows all options" if error.ctx is not None else "see `cardlint --help`"


def _plain(message: str) -> str:
    """Return a message of the library with backquotes, without a capital at its start and a period at its end."""
    text = re.sub(r"'([^']*)'", r"`\1`", message.strip().rstrip("."))
    return visible(text[:1].lower() + text[1:])
