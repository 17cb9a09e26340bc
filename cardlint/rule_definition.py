"""What a rule is: one decorated generator function and all that can be read off it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from cardlint.finding import RuleInfo, Safety, Severity
from cardlint.lazy_regex import pattern

if TYPE_CHECKING:
    from cardlint.card.card import Card
    from cardlint.finding import Problem

__all__ = ["DOCUMENTATION", "IndexedRule", "Manual", "Option", "Rule", "page_of", "rule"]

DOCUMENTATION = ""
"""Where the rules' pages are published, with a trailing slash. Empty: nowhere yet, and no link is shown."""

Check = Callable[..., Iterator["Problem"]]


class Option(Struct, frozen=True):
    """A setting of a rule, read off a keyword-only argument.

    `kind` is one of `bool`, `int`, `float`, `str` and `list of str`; `default` has the Python type of the argument.
    """

    name: str
    kind: str
    default: object
    help: str = ""

    def accepts(self, value: object) -> bool:
        """Whether a value as TOML gives it is of this option's kind."""
        match self.kind:
            case "bool":
                return isinstance(value, bool)
            case "int":
                return isinstance(value, int) and not isinstance(value, bool)
            case "float":
                return isinstance(value, int | float) and not isinstance(value, bool)
            case "str":
                return isinstance(value, str)
        return isinstance(value, list) and all(isinstance(item, str) for item in value)

    def convert(self, value: Any) -> object:
        """The argument that an accepted value becomes."""
        return tuple(value) if isinstance(value, list) else value


class Manual(Struct, frozen=True):
    """A rule's page, read off its docstring: `bad` and `good` are whole cards, `options` the words on each option.

    `bad_files` and `good_files` are the texts of files that lie beside these cards, by name.
    """

    summary: str
    description: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    options: Mapping[str, str]
    bad_files: Mapping[str, str] = {}
    good_files: Mapping[str, str] = {}


class Rule:
    """A check with its name card. `default` is false for a rule that must be selected by its own name.

    `signs` are what the rule cannot find anything without: one of these texts in the card, or, where a sign begins with
    `card.`, one of these attributes true. A rule without signs is asked about every card.
    """

    def __init__(self, info: RuleInfo, check: Check, default: bool = True, signs: tuple[str, ...] = ()) -> None:
        self.info = info
        self.check = check
        self.default = default
        self.signs = signs

    def __repr__(self) -> str:
        return f"Rule({self.name!r})"

    @property
    def name(self) -> str:
        return self.info.name

    @property
    def package(self) -> str:
        """The name of the package that brings the rule."""
        return self.check.__module__.partition(".")[0]

    def concerns(self, card: Card) -> bool:
        """Whether the card shows one of the rule's signs."""
        if not self.signs:
            return True
        text, original = card.source.text, card.original.text
        for sign in self.signs:  # a loop, since every rule is asked about every card
            if sign.startswith("card."):
                if attrgetter(sign[5:])(card):
                    return True
            elif sign in text or (original is not text and sign in original):
                return True
        return False

    @cached_property
    def manual(self) -> Manual:
        """The docstring in its parts."""
        return _read_manual(self.check.__doc__ or "")

    @cached_property
    def options(self) -> dict[str, Option]:
        """The rule's settings by name, in the order the function has them."""
        import inspect  # here, since only a run with options of its own asks

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
            options[parameter.name] = Option(parameter.name, kind, parameter.default, option_help)
        return options


class IndexedRule(Rule):
    """A rule of cardlint's own whose module is imported when a card shows one of its signs, or its page is asked for.

    A start that imports every rule takes twice as long as one that imports the few which a card concerns.
    """

    def __init__(self, info: RuleInfo, default: bool, signs: tuple[str, ...]) -> None:
        self.info = info
        self.default = default
        self.signs = signs

    @cached_property
    def check(self) -> Check:  # type: ignore[override]  # read-only here
        """The function itself."""
        module = self.name.replace("-", "_")
        found: Rule = getattr(import_module(f"cardlint.rules.{self.info.group}.{module}"), module)
        return found.check

    @property
    def package(self) -> str:
        return "cardlint"


def rule(
    *,
    severity: Severity,
    fix: Safety | None = None,
    default: bool = True,
    group: str | None = None,
    signs: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a rule of a generator function that takes a `Card` and yields a `Problem` for everything it finds.

    The rule is called as the function is, with hyphens; its group is the folder its module lies in unless `group` says
    otherwise; `severity` is the gravest that it reports and `fix` the best fix that it can offer. It is asked only
    about cards that show one of `signs` (see `Rule`), so these must be there in every card that it finds something in.
    """

    def decorate(check: Check) -> Rule:
        name = check.__name__.replace("_", "-")
        of_group = group or check.__module__.split(".")[-2:][0]
        summary = _first_paragraph(check.__doc__ or "")
        return Rule(RuleInfo(name, of_group, severity, summary, page_of(name), fix), check, default, signs)

    return decorate


def page_of(name: str) -> str:
    """The address of a rule's page; empty while there is none."""
    return f"{DOCUMENTATION}rules/{name}/" if DOCUMENTATION else ""


def _first_paragraph(doc: str) -> str:
    return " ".join(doc.strip().split("\n\n", 1)[0].split())


# `Bad:` and `Good:` open a card, `Bad .eval_results/x.yaml:` a file beside it.
_HEADER = pattern(r"^(Bad|Good|Options)(?: (\S*[./]\S*))?:[ \t]*$", re.MULTILINE)


def _read_manual(doc: str) -> Manual:
    import inspect

    doc = inspect.cleandoc(doc)
    parts = _HEADER.split(doc)
    head, _, description = parts[0].partition("\n\n")
    cards: dict[str, list[str]] = {"Bad": [], "Good": []}
    files: dict[str, dict[str, str]] = {"Bad": {}, "Good": {}}
    options: dict[str, str] = {}
    for kind, file, indented in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        # cleandoc strips blank lines at both ends; a card's own final newline is given back
        body = inspect.cleandoc(indented) + "\n"
        if kind == "Options":
            options = _read_options(body.rstrip("\n"))
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
    )


def _read_options(body: str) -> dict[str, str]:
    options = {}
    for entry in re.split(r"\n(?=\S)", body):
        name, _, text = entry.partition(":")
        options[name.strip()] = " ".join(text.split())
    return options
