"""Value types that cost little: to define, at every start, and to make by the thousand.

A dataclass writes and compiles up to seven methods when it is defined. cardlint has some eighty value types, and their
definition alone took a fifth of a cold start; what is here takes an eighth of that. An instance is made in half the
time of a frozen dataclass's, since it is the type checker that keeps it from being changed.
"""

from __future__ import annotations

from functools import cache, cached_property
from types import CodeType, FunctionType
from typing import Any, TypeVar, dataclass_transform

__all__ = ["as_dict", "changed", "record"]

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """Make a value type of a class with annotated fields: with slots, equal and hashed by its fields, frozen for mypy.

    Fields of a base class that is a record come first. A default is shared by all instances and must not be changed;
    fields with one come last, those of base classes included. What a `cached_property` has worked out is no field.
    """
    own = tuple(cls.__annotations__)
    names = (*getattr(cls, "__match_args__", ()), *own)
    body = {name: value for name, value in cls.__dict__.items() if name not in {"__dict__", "__weakref__"}}
    defaults = {**getattr(cls, "__record_defaults__", {}), **{name: body.pop(name) for name in own if name in body}}
    body.setdefault("__eq__", _equals)
    body.setdefault("__hash__", _hash)
    body.setdefault("__repr__", _describe)
    slots = (*own, "__dict__") if any(isinstance(value, cached_property) for value in body.values()) else own
    body |= {"__slots__": slots, "__match_args__": names, "__record_defaults__": defaults, "__init__": None}
    # a class gets its slots when it is made, so it is made once more
    kind: Any = type(cls)
    made = kind(cls.__name__, cls.__bases__, body)
    made.__init__ = _initializer(made, names, defaults)
    return made  # type: ignore[no-any-return]


def changed(instance: T, **fields: object) -> T:
    """A copy of a record with some of its fields changed."""
    return type(instance)(**(as_dict(instance) | fields))


def as_dict(instance: Any) -> dict[str, Any]:
    """A record's fields by name, in their order."""
    return {name: getattr(instance, name) for name in instance.__match_args__}


def _initializer(cls: type, names: tuple[str, ...], defaults: dict[str, object]) -> FunctionType:
    """`__init__` for these fields: the code of all that have as many, with other names in it."""
    code = _template(len(names)).replace(
        co_varnames=("self", *names), co_names=names, co_qualname=f"{cls.__qualname__}.__init__"
    )
    values = tuple(defaults[name] for name in names if name in defaults)
    if any(name not in defaults for name in names[len(names) - len(values) :]):
        raise TypeError(f"{cls.__qualname__}: a field without a default follows one with a default")
    return FunctionType(code, {}, "__init__", values)


@cache
def _template(count: int) -> CodeType:
    names = [f"field{index}" for index in range(count)]
    lines = [f"    self.{name} = {name}" for name in names] or ["    pass"]
    scope: dict[str, Any] = {}
    exec("\n".join([f"def __init__(self, {', '.join(names)}):", *lines]), scope)  # noqa: S102 - a text of our own
    code: CodeType = scope["__init__"].__code__
    return code


def _values(instance: Any) -> tuple[object, ...]:
    return tuple([getattr(instance, name) for name in instance.__match_args__])


def _equals(self: Any, other: object) -> Any:
    if type(self) is not type(other):
        return NotImplemented
    return _values(self) == _values(other)


def _hash(self: Any) -> int:
    return hash(_values(self))


def _describe(self: Any) -> str:
    return f"{type(self).__qualname__}({', '.join(f'{name}={value!r}' for name, value in as_dict(self).items())})"
