"""Plugins and controllers as objects, without what their service would need."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any

import routes

# How a parameter begins that takes an extension manager.
_MANAGER = "ext"
# What a router may want to be given instead of making it.
_MAPPER = "mapper"


class ManagerStub:
    """What an extension is given in place of its service's extension manager.

    It answers as a manager does that has no other extension.

    :param aliases: of extensions that it says are there
    """

    def __init__(self, aliases: Iterable[str] = ()) -> None:
        self.extensions: dict[str, Any] = dict.fromkeys(aliases)

    def register(self, extension: Any) -> None:
        """Take note of nothing: the reader has the extension already."""

    def register_extension(self, extension: Any) -> bool:
        """Accept every extension."""
        return extension is not None

    def is_loaded(self, alias: str) -> bool:
        """Whether an extension is there."""
        return alias in self.extensions

    def get_extensions(self) -> dict[str, Any]:
        """List no other extension."""
        return self.extensions

    def get_resources(self) -> list[Any]:
        """List no resource of another extension."""
        return []

    def get_controller_extensions(self) -> list[Any]:
        """List no controller of another extension."""
        return []


def instantiate(loaded: Any, manager: ManagerStub | None = None) -> Any:
    """Make the object, with a stub for each argument that it must have, but for a mapper.

    Who may have an extension manager gets the stub too: the one that it would
    make by itself would load all extensions.

    :param manager: the stub; one without extensions if it isn't given
    """
    if not isinstance(loaded, type):
        return loaded
    needed = [
        parameter
        for parameter in inspect.signature(loaded).parameters.values()
        if (parameter.default is parameter.empty or parameter.name.startswith(_MANAGER))
        and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    ]
    stub = manager or ManagerStub()
    positional = [stub for item in needed if item.kind is item.POSITIONAL_ONLY]
    named = {
        item.name: routes.Mapper() if item.name == _MAPPER else stub
        for item in needed
        if item.kind is not item.POSITIONAL_ONLY
    }
    return loaded(*positional, **named)


@contextmanager
def uninitialised_controllers() -> Iterator[None]:
    """Let controllers come into being without running their ``__init__``.

    It would open databases and message buses. Controllers of this family have
    a metaclass of their own, which assembles ``wsgi_actions``.
    """
    metaclasses = [item for item in _metaclasses() if "__call__" not in vars(item)]
    for metaclass in metaclasses:
        metaclass.__call__ = _bare  # type: ignore[method-assign]
    try:
        yield
    finally:
        for metaclass in metaclasses:
            del metaclass.__call__


def forget_half_made_classes() -> None:
    """Clean up after a module that died in the middle of a controller class.

    Its versioned methods wait on the base controller for the class statement
    to end, and the next controller class would inherit them.
    """
    for metaclass in _metaclasses():
        for base in vars(sys.modules[metaclass.__module__]).values():
            if isinstance(base, metaclass) and "versioned_methods" in vars(base):
                del base.versioned_methods  # type: ignore[attr-defined]


def _bare(cls: type, *_args: Any, **_options: Any) -> Any:
    return object.__new__(cls)


def _metaclasses() -> list[type]:
    """The metaclasses that assemble ``wsgi_actions``."""
    found: list[type] = []
    pending: list[type] = list(type.__subclasses__(type))
    while pending:
        metaclass = pending.pop()
        pending += type.__subclasses__(metaclass)
        maker = vars(metaclass).get("__new__")
        function = getattr(maker, "__func__", maker)
        if isinstance(function, FunctionType) and "wsgi_actions" in function.__code__.co_consts:
            found.append(metaclass)
    return found
