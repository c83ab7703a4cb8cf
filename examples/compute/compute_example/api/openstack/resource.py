"""One resource as it is served: its controller, and all that extensions added."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import webob
import webob.exc

from compute_example.api.openstack import body
from compute_example.api.openstack.api_version_request import APIVersionRequest
from compute_example.api.openstack.wsgi import Controller, Request, ResponseObject

_ACTION = "action"


class Resource:
    """Calls the handlers of one collection.

    :ivar controllers: the collection's own one first, then the extensions'
    """

    def __init__(self, controller: Controller, inherits: Resource | None = None) -> None:
        self.controllers = [controller]
        self._inherited = inherits

    def register(self, controller: Controller) -> None:
        """Add a controller with actions, extending handlers, or both."""
        self.controllers.append(controller)

    def serves(self, name: str) -> bool:
        """Whether a route may lead to a handler of that name in any microversion."""
        if name == _ACTION:
            return any(item.wsgi_actions for item in self._all())
        return name in self._plain_actions() or callable(getattr(self.controllers[0], name, None))

    def serves_at(self, name: str, version: APIVersionRequest) -> bool:
        """Whether there is a handler of that name in a microversion."""
        if name == _ACTION:
            return self.serves(name)
        return self._handler(name, version) is not None

    def call(self, req: Request, name: str, arguments: dict[str, Any]) -> webob.Response:
        """Answer a request with the handler of that name.

        :param arguments: the variables of the path
        :raises webob.exc.WSGIHTTPException: as the handler does
        """
        version = req.api_version_request
        content: Any = None
        action: str | None = None
        if name == _ACTION:
            content = body.read(req)
            action, handler = self._action(content, version)
        else:
            found = self._handler(name, version)
            if found is None:
                raise webob.exc.HTTPNotFound("The resource could not be found.")
            handler = found
            content = body.read(req) if body.is_wanted(handler) else None
        if body.is_wanted(handler):
            arguments = {**arguments, "body": content}
        result = handler(req, **arguments)
        code = _code_of(handler)
        answer = result if isinstance(result, ResponseObject) else ResponseObject(result)
        arguments.pop("body", None)
        for extending in self._extending(name, action, version):
            extending(req, resp_obj=answer, **arguments)
        return _rendered(answer, answer.code or code)

    def _all(self) -> Iterator[Controller]:
        yield from self.controllers
        if self._inherited is not None:
            yield from self._inherited.controllers[1:]

    def _handler(self, name: str, version: APIVersionRequest) -> Any:
        found = self.controllers[0].method(name, version)
        if found is None and name in self._plain_actions():
            controller, method = self._plain_actions()[name]
            found = controller.method(method, version)
        return found

    def _plain_actions(self) -> dict[str, tuple[Controller, str]]:
        """Handlers that other extensions add for plain routes, by the routes' names."""
        return {
            name: (controller, method)
            for controller in reversed(list(self._all()))
            for name, method in controller.wsgi_actions.items()
            if name in ("create", "delete", "index", "show", "update")
        }

    def _action(self, content: Any, version: APIVersionRequest) -> tuple[str, Any]:
        """The name and the handler of the action that a body asks for."""
        if not isinstance(content, dict) or len(content) != 1:
            raise webob.exc.HTTPBadRequest("The body must have one key: the action's name.")
        (name,) = content
        for controller in self._all():
            if name in controller.wsgi_actions:
                handler = controller.method(controller.wsgi_actions[name], version)
                if handler is not None:
                    return name, handler
        raise webob.exc.HTTPNotFound(f"There is no such action: {name[:100]!r}")

    def _extending(
        self, name: str, action: str | None, version: APIVersionRequest
    ) -> Iterator[Any]:
        for controller in self._all():
            for method, extended in controller.wsgi_extensions:
                if (extended == action) if action else (method == name and not extended):
                    found = controller.method(method, version)
                    if found is not None:
                        yield found


def _code_of(handler: Any) -> int:
    function = getattr(handler, "func", handler)
    code: int = getattr(function, "wsgi_code", HTTPStatus.OK)
    return code


def _rendered(answer: ResponseObject, code: int) -> webob.Response:
    response = webob.Response(status=code)
    if answer.obj is None:
        response.body = b""
        response.headers.pop("Content-Type", None)
    else:
        response.body = json.dumps(answer.obj).encode()
        response.content_type = "application/json"
    response.headers.update(answer.headers)
    return response
