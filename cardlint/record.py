"""Value types that cost little: to define, at every start, and to make by the thousand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar, dataclass_transform

__all__ = ["record"]

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """A dataclass with slots, equal by its fields, that mypy holds to be frozen.

    A frozen dataclass writes and compiles seven methods when it is defined (0.5 ms, and a start defines some eighty)
    and sets every field by a call of its own. Here `__init__` alone is written; the others are shared. The type
    checker is what keeps a record from being changed.
    """
    for method in (__eq__, __hash__, __repr__):
        if method.__name__ not in cls.__dict__:
            setattr(cls, method.__name__, method)
    return dataclass(slots=True, eq=False, repr=False)(cls)


def _fields(self: Any) -> tuple[object, ...]:
    return tuple([getattr(self, name) for name in self.__dataclass_fields__])


def __eq__(self: Any, other: object) -> bool:  # noqa: N807 - it becomes the method
    if type(self) is not type(other):
        return NotImplemented
    return _fields(self) == _fields(other)


def __hash__(self: Any) -> int:  # noqa: N807
    return hash(_fields(self))


def __repr__(self: Any) -> str:  # noqa: N807
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__dataclass_fields__)
    return f"{type(self).__qualname__}({fields})"
