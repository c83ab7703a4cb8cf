"""Controllers, and the resources that call them."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple, TypeVar

import webob

from compute_example.api.openstack.api_version_request import APIVersionRequest
from compute_example.api.openstack.extension_info import LoadedExtensionInfo
from compute_example.api.openstack.faults import FAULT_SCHEMA
from compute_example.context import ENVIRON_KEY, RequestContext

__all__ = [
    "FAULT_SCHEMA", "Controller", "Request", "ResponseObject", "VersionedMethod",
    "action", "extends", "response",
]  # fmt: skip

Handler = TypeVar("Handler", bound=Callable[..., Any])


class Request(webob.Request):  # type: ignore[misc]
    """A request to the API.

    :ivar api_version_request: the microversion that its caller wants
    """

    api_version_request: APIVersionRequest

    @property
    def context(self) -> RequestContext:
        """Who asks."""
        found: RequestContext = self.environ[ENVIRON_KEY]
        return found


class ResponseObject:
    """An answer with headers of its own; ``extends`` handlers may add to it.

    :param obj: becomes the body; ``None`` for none
    """

    def __init__(self, obj: Any, code: int | None = None, **headers: str) -> None:
        self.obj = obj
        self.code = code
        self.headers = dict(headers)


class VersionedMethod(NamedTuple):
    """A handler for some microversions; null ones are open ends."""

    name: str
    start_version: APIVersionRequest
    end_version: APIVersionRequest
    func: Callable[..., Any]


class ControllerMetaclass(type):
    """Lists what a controller has: actions, extending handlers, versioned methods."""

    def __new__(
        mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any]
    ) -> ControllerMetaclass:
        """Make the class, with ``wsgi_actions`` and ``wsgi_extensions``."""
        actions: dict[str, str] = {}
        extensions: list[tuple[str, str | None]] = []
        versioned: dict[str, list[VersionedMethod]] = {}
        for base in reversed(bases):
            actions.update(getattr(base, "wsgi_actions", {}))
            extensions += getattr(base, "wsgi_extensions", [])
            versioned |= getattr(base, "versioned_methods", {})
        for base in bases:
            # There was no class yet when `api_version` ran, so they wait on the base.
            if base.__name__ == "Controller" and "versioned_methods" in vars(base):
                del base.versioned_methods  # type: ignore[attr-defined]
        for key, value in namespace.items():
            if getattr(value, "wsgi_action", None):
                actions[value.wsgi_action] = key
            elif getattr(value, "wsgi_extends", None):
                extensions.append(value.wsgi_extends)
        namespace["wsgi_actions"] = actions
        namespace["wsgi_extensions"] = extensions
        if versioned:
            namespace["versioned_methods"] = versioned
        return super().__new__(mcs, name, bases, namespace)


class Controller(metaclass=ControllerMetaclass):
    """Base of all controllers.

    :param extension_info: all extensions, and the service that they extend
    """

    wsgi_actions: ClassVar[dict[str, str]]
    wsgi_extensions: ClassVar[list[tuple[str, str | None]]]
    versioned_methods: ClassVar[dict[str, list[VersionedMethod]]]

    def __init__(self, extension_info: LoadedExtensionInfo) -> None:
        self.compute = extension_info.compute

    @classmethod
    def api_version(cls, min_ver: str, max_ver: str | None = None) -> Callable[[Handler], Handler]:
        """Let a handler serve some microversions only; another one may have its name.

        :param min_ver: the first microversion that it serves
        :param max_ver: the last one; without it, all later ones
        """

        def decorator(f: Handler) -> Handler:
            table: dict[str, list[VersionedMethod]] = vars(cls).get("versioned_methods") or {}
            cls.versioned_methods = table
            method = VersionedMethod(
                f.__name__, APIVersionRequest(min_ver), APIVersionRequest(max_ver), f
            )
            held = table.setdefault(f.__name__, [])
            held.append(method)
            held.sort(key=lambda item: item.start_version, reverse=True)
            for newer, older in itertools.pairwise(held):
                if older.end_version.is_null() or older.end_version >= newer.start_version:
                    raise TypeError(f"two methods {f.__name__} serve one microversion")
            return f

        return decorator

    def method(self, name: str, version: APIVersionRequest) -> Callable[..., Any] | None:
        """The handler of that name for a microversion; ``None`` if there is none."""
        for item in getattr(self, "versioned_methods", {}).get(name, ()):
            if version.matches(item.start_version, item.end_version):
                return functools.partial(item.func, self)
        if name in getattr(self, "versioned_methods", {}):
            return None
        found = getattr(self, name, None)
        return found if callable(found) else None


def response(code: int) -> Callable[[Handler], Handler]:
    """Declare the status code that a handler answers with; without it that is 200."""

    def decorator(func: Handler) -> Handler:
        func.wsgi_code = code  # type: ignore[attr-defined]
        return func

    return decorator


def action(name: str) -> Callable[[Handler], Handler]:
    """Let a handler serve ``POST …/action`` if the body's only key is *name*."""

    def decorator(func: Handler) -> Handler:
        func.wsgi_action = name  # type: ignore[attr-defined]
        return func

    return decorator


def extends(func: Any = None, *, action: str | None = None) -> Any:
    """Run a handler after the one of its name, or after an action's, with its answer.

    The handler has a parameter ``resp_obj``, whose ``obj`` it may change.

    :param action: the name of an action, where that is what is extended
    """

    def decorator(handler: Handler) -> Handler:
        handler.wsgi_extends = (handler.__name__, action)  # type: ignore[attr-defined]
        return handler

    return decorator if func is None else decorator(func)
