"""The definition of a rule: a decorated generator function, with the facts read from its signature and docstring."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Concatenate

from msgspec import Struct

from cardlint.finding import RuleInfo, Safety, Severity
from cardlint.lazy_regex import LazyPattern

if TYPE_CHECKING:
    from cardlint.card.card import Card
    from cardlint.finding import Problem

__all__ = ["DOCUMENTATION", "Manual", "Option", "Rule", "page_of", "rule"]

DOCUMENTATION = ""
"""The address of the published documentation, with a trailing slash. Empty until then: no links are shown."""

Check = Callable[Concatenate["Card", ...], Iterable["Problem"]]


class Option(Struct, frozen=True):
    """A setting of a rule, read from a keyword-only argument.

    `kind` is one of `bool`, `int`, `float`, `str` and `list of str`; `default` has the Python type of the argument.
    `choices` are the only values, or items of a list, that are allowed, with `_` for `-` too; any if it is empty.
    """

    name: str
    kind: str
    default: object
    help: str = ""
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name with hyphens, as pages show it and configuration files have it."""
        return self.name.replace("_", "-")

    def convert(self, value: Any) -> object:
        """Return the argument for an accepted value."""
        return tuple(value) if isinstance(value, list) else value


class Manual(Struct, frozen=True):
    """A rule's page, read from its docstring: `bad` and `good` are whole cards, `options` the text on each option.

    `bad_files` and `good_files` are the texts of files beside these cards, by name. `configuration` are the options for
    these cards as TOML, if the rule needs some.
    """

    summary: str
    description: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    options: Mapping[str, str]
    bad_files: Mapping[str, str] = {}
    good_files: Mapping[str, str] = {}
    configuration: str = ""


class Rule:
    """A check with the facts about it.

    `default` is false for a rule that must be selected by its own name. A rule that `reads_metadata` does not run on a
    card whose front matter has template tags or conflict markers, since they would be the cause of its findings.
    `choices` are the values that options of type `str` and `list of str` allow, by the names of the options. `policy`
    is the name of the option with the requirements of an organization, or empty: what does not meet them has the most
    severe severity; without requirements the rule reports its other severities, and is off if it has none.
    """

    def __init__(  # noqa: PLR0913 - the facts about a rule
        self,
        info: RuleInfo,
        check: Check,
        *,
        default: bool = True,
        reads_metadata: bool = False,
        choices: Mapping[str, tuple[str, ...]] | None = None,
        policy: str = "",
    ) -> None:
        self.info = info
        self.name = info.name
        self.check = check
        self.default = default
        self.reads_metadata = reads_metadata
        self.choices: Mapping[str, tuple[str, ...]] = choices or {}
        self.policy = policy

    def __repr__(self) -> str:
        return f"Rule({self.name!r})"

    @property
    def severity(self) -> Severity:
        """The most severe severity without a policy of an organization."""
        return self.info.milder[0] if self.policy and self.info.milder else self.info.severity

    @property
    def package(self) -> str:
        """The name of the package that provides the rule."""
        return self.check.__module__.partition(".")[0]

    @cached_property
    def manual(self) -> Manual:
        """The docstring in its parts."""
        return _read_manual(self.check.__doc__ or "")

    @cached_property
    def options(self) -> dict[str, Option]:
        """The rule's settings by name, in the order of the function's arguments."""
        import inspect  # here, since only runs with options need it

        kinds = {
            "bool": "bool",
            "int": "int",
            "float": "float",
            "str": "str",
            "tuple[str, ...]": "list of str",
        }
        options = {}
        for parameter in inspect.signature(self.check).parameters.values():
            if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
                continue
            annotation = parameter.annotation
            kind = kinds.get(annotation if isinstance(annotation, str) else inspect.formatannotation(annotation))
            if kind is None or parameter.default is inspect.Parameter.empty:
                kinds_known = ", ".join(kinds)
                raise TypeError(f"{self.name}: `{parameter.name}` needs a default and one of the types {kinds_known}")
            option_help = self.manual.options.get(parameter.name, "")
            choices = self.choices.get(parameter.name, ())
            options[parameter.name] = Option(
                name=parameter.name, kind=kind, default=parameter.default, help=option_help, choices=choices
            )
        return options


def rule(  # noqa: PLR0913 - the facts about a rule
    *,
    severity: Severity | tuple[Severity, ...],
    fix: Safety | None = None,
    default: bool = True,
    reads_metadata: bool = False,
    group: str | None = None,
    choices: Mapping[str, tuple[str, ...]] | None = None,
    policy: str = "",
) -> Callable[[Check], Rule]:
    """Make a rule of a generator function that takes a `Card` and yields a `Problem` for each of its findings.

    The rule is named like the function, with hyphens, and belongs to the group of the folder that contains its module,
    unless `group` is given. `severity` is that of its findings, or a tuple of all that it reports, the most severe
    first; `fix` is the best fix that it offers. `choices` are the allowed values of options, by the names of the
    options. `policy` is the name of the option with the requirements of an organization; see `Rule`.
    """
    severities = severity if isinstance(severity, tuple) else (severity,)
    if list(severities) != sorted(set(severities), reverse=True) or not severities:
        raise ValueError("the severities of a rule are given once each, the most severe first")

    def decorate(check: Check) -> Rule:
        name = check.__name__.replace("_", "-")
        of_group = group or check.__module__.split(".")[-2:][0]
        summary = _first_paragraph(check.__doc__ or "")
        most_severe, *milder = severities
        info = RuleInfo(name, of_group, most_severe, summary, page_of(name), fix, tuple(milder))
        on = default and not (policy and not milder)
        return Rule(info, check, default=on, reads_metadata=reads_metadata, choices=choices, policy=policy)

    return decorate


def page_of(name: str) -> str:
    """Return the address of a rule's page; empty until the documentation is published."""
    return f"{DOCUMENTATION}rules/{name}/" if DOCUMENTATION else ""


def _first_paragraph(doc: str) -> str:
    return " ".join(doc.strip().split("\n\n", 1)[0].split())


# `Bad:` and `Good:` open a card, `Bad .eval_results/x.yaml:` a file beside it.
_HEADER = LazyPattern(r"^(Bad|Good|Options|Configuration)(?: (?=[^\s./]*+[./])(\S+))?:[ \t]*$", re.MULTILINE)


def _read_manual(doc: str) -> Manual:
    import inspect

    doc = inspect.cleandoc(doc)
    parts = _HEADER.split(doc)
    head, _, description = parts[0].partition("\n\n")
    cards: dict[str, list[str]] = {"Bad": [], "Good": []}
    files: dict[str, dict[str, str]] = {"Bad": {}, "Good": {}}
    options: dict[str, str] = {}
    configuration = ""
    for kind, file, indented in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        # cleandoc strips the final newline, which a card has
        body = inspect.cleandoc(indented) + "\n"
        if kind == "Options":
            options = _read_options(body.rstrip("\n"))
        elif kind == "Configuration":
            configuration = body
        elif file:
            files[kind][file] = body
        else:
            cards[kind].append(body)
    return Manual(
        " ".join(head.split()),
        description.strip(),
        tuple(cards["Bad"]),
        tuple(cards["Good"]),
        options,
        files["Bad"],
        files["Good"],
        configuration,
    )


def _read_options(body: str) -> dict[str, str]:
    options = {}
    for entry in re.split(r"\n(?=\S)", body):
        name, _, text = entry.partition(":")
        options[name.strip()] = " ".join(text.split())
    return options
