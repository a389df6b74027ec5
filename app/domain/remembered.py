"""Values that are worked out when first asked for and kept. `functools.cached_property` takes a lock each time, which
costs as much as most of them; what is worked out here is the same whoever does it first."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Owner = TypeVar("Owner")
Kept = TypeVar("Kept")


class remembered(Generic[Owner, Kept]):
    """A property of an immutable object, worked out once."""

    def __init__(self, work_out: Callable[[Owner], Kept]) -> None:
        self._work_out = work_out
        self.__doc__ = work_out.__doc__
        self._name = work_out.__name__

    @overload
    def __get__(self, owner: None, kind: type[Any]) -> "remembered[Owner, Kept]": ...
    @overload
    def __get__(self, owner: Owner, kind: type[Any]) -> Kept: ...
    def __get__(self, owner: Owner | None, kind: type[Any]) -> "Kept | remembered[Owner, Kept]":
        if owner is None:
            return self
        value = owner.__dict__[self._name] = self._work_out(owner)
        return value
