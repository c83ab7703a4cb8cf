"""Imports that aren't there, mocked by autodoc's convention.

Sphinx's own mock can't be used: this room must work without Sphinx, and a
mock that strays into a schema must be known by its name there.
"""

from __future__ import annotations

import importlib.machinery
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from types import ModuleType
from typing import Any


class MockObject:
    """Stands for anything that a mocked module has.

    It can be called, subclassed, subscripted, iterated (as empty) and used as
    a decorator. ``__display_name__`` is the dotted name that it was got by.
    """

    __display_name__ = "MockObject"
    __sphinx_mock__ = True

    def __new__(cls, *args: Any, **_options: Any) -> Any:
        """Make a mock, or a class if a mock is used as a base or metaclass."""
        if len(args) == 3 and isinstance(args[1], tuple):
            bases, attributes = args[1], args[2]
            if any(isinstance(base, MockObject) for base in bases):
                return _subclass(str(args[0]), bases, attributes)
        return super().__new__(cls)

    def __init__(self, *_args: Any, **_options: Any) -> None:
        self.__qualname__ = ""

    def __call__(self, *args: Any, **_options: Any) -> Any:
        """Return what is decorated, or a mock of the result."""
        decorated = len(args) == 1 and callable(args[0]) and not isinstance(args[0], MockObject)
        return args[0] if decorated else named(f"{self.__display_name__}()")

    def __getattr__(self, name: str) -> Any:
        """Return a mock for every attribute that isn't a protocol of Python's."""
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return named(f"{self.__display_name__}.{name}")

    def __getitem__(self, key: object) -> Any:
        """Return a mock for every item."""
        return named(self.__display_name__)

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[Any, ...]:
        """Let a class be derived from a mock."""
        return (MockObject,)

    def __len__(self) -> int:
        """Be empty."""
        return 0

    def __iter__(self) -> Iterator[Any]:
        """Be empty."""
        return iter(())

    def __contains__(self, item: object) -> bool:
        """Be empty."""
        return False

    def __or__(self, other: object) -> Any:
        """Let a mock stand in a union of types, or be counted with."""
        return self

    __ror__ = __and__ = __rand__ = __or__
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __or__
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __or__
    __mod__ = __rmod__ = __pow__ = __rpow__ = __lshift__ = __rshift__ = __or__

    def __neg__(self) -> Any:
        """Be counted with."""
        return self

    def __repr__(self) -> str:
        """Show the name, and never an address."""
        return str(self.__display_name__)


class MockModule(ModuleType):
    """A module in which every name is a :class:`MockObject`."""

    __file__ = None
    __sphinx_mock__ = True

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__all__: list[str] = []
        self.__path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        """Return a mock for every name that isn't a protocol of Python's."""
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return named(f"{self.__name__}.{name}")


class _Finder(MetaPathFinder, Loader):
    """Finds mocked modules, below every name that it is given."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self.made: list[str] = []

    def find_spec(
        self, fullname: str, _path: Any = None, _target: Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        for name in self._names:
            if fullname == name or fullname.startswith(f"{name}."):
                return importlib.machinery.ModuleSpec(fullname, self)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        self.made.append(spec.name)
        return MockModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: there is no code."""


@contextmanager
def mocked(names: Sequence[str]) -> Iterator[None]:
    """Mock the named modules and all below them.

    Reading must happen inside: plugins import lazily.
    """
    finder = _Finder(names)
    if names:
        sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        if names:
            sys.meta_path.remove(finder)
        for name in finder.made:
            sys.modules.pop(name, None)


def named(name: str) -> MockObject:
    """A mock that knows by which dotted name it was got."""
    mock = MockObject()
    mock.__display_name__ = name
    return mock


def _subclass(name: str, bases: tuple[Any, ...], attributes: dict[str, Any]) -> type:
    real = tuple(MockObject if isinstance(base, MockObject) else base for base in bases)
    return type(name, tuple(dict.fromkeys(real)), dict(attributes))
