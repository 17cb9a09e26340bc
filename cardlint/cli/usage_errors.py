"""Wrong options and arguments in the words of cardlint's other errors, each in one line."""

from __future__ import annotations

import re
from typing import Any

from cardlint.config.rule_names import closest
from cardlint.wording import visible

__all__ = ["in_one_line"]

_EXPECTED = {
    "boolean": "`1` or `0`",
    "float": "a number",
    "float range": "a number",
    "int": "a whole number",
    "integer": "a whole number",  # its name before typer 0.26
}
_EXTRA = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", re.DOTALL)
_BELOW = re.compile(r"([\d.e+-]+) is not in the range x>=(\d+)")


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
    choices = getattr(error.param.type, "choices", None)
    written = re.match(r"'(.*)' is not ", error.message, re.DOTALL)
    if written is not None and error.param.type.name in _EXPECTED:
        return f"expected {_EXPECTED[error.param.type.name]}, got `{visible(written[1])}`"
    below = _BELOW.match(error.message)
    if below:
        return f"expected a number of at least {below[2]}, got `{float(below[1]):g}`"
    if not choices or written is None:
        return _plain(error.message)
    meant = closest(written[1], choices)
    advice = f"; did you mean `{meant}`?" if meant else ""
    expected = ", ".join(f"`{choice}`" for choice in choices)
    return f"expected one of {expected}, got `{visible(written[1])}`{advice}"


def _name(error: Any) -> str:
    """Return the option or argument as messages show it, with the environment variable that set it, if one did."""
    parameter, context = error.param, error.ctx
    name = max(parameter.opts, key=len) if parameter.param_type_name == "option" else parameter.human_readable_name
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
