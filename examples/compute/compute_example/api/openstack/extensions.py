"""What an extension is made of."""

from __future__ import annotations

import abc
import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import webob.exc

from compute_example import exceptions
from compute_example.api.openstack.extension_info import LoadedExtensionInfo

Handler = TypeVar("Handler", bound=Callable[..., Any])


class V21APIExtensionBase(abc.ABC):
    """Base of all extensions.

    :cvar name: for people
    :cvar alias: for programs; names it in ``/extensions``
    :cvar version: of the extension, a whole number
    :param extension_info: all extensions, and the service that they extend
    """

    name: str
    alias: str
    version: int = 1

    def __init__(self, extension_info: LoadedExtensionInfo) -> None:
        self.extension_info = extension_info

    @abc.abstractmethod
    def get_resources(self) -> Sequence[ResourceExtension]:
        """Give the resources that the extension adds."""

    @abc.abstractmethod
    def get_controller_extensions(self) -> Sequence[ControllerExtension]:
        """Give what the extension adds to other extensions' resources."""

    def get_policies(self) -> Sequence[Any]:
        """Give the rules that aren't the service's own: oslo.policy's ``RuleDefault``."""
        return ()

    def __repr__(self) -> str:
        return f"<Extension: name={self.name}, alias={self.alias}, version={self.version}>"


class ResourceExtension:
    """A resource: a collection, its controller and its routes.

    :param parent: ``{"member_name": …, "collection_name": …}`` of what it is nested in
    :param collection_actions: handler -> HTTP method, below the collection's path
    :param member_actions: handler -> HTTP method, below a member's path
    :param custom_routes_fn: is given the mapper and the controller, and maps more
    :param inherits: the collection whose controller and its extensions this one has too
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what all services of this kind have
        self,
        collection: str,
        controller: Any = None,
        parent: Mapping[str, str] | None = None,
        collection_actions: Mapping[str, str] | None = None,
        member_actions: Mapping[str, str] | None = None,
        custom_routes_fn: Callable[[Any, Any], None] | None = None,
        inherits: str | None = None,
        member_name: str | None = None,
    ) -> None:
        self.collection = collection
        self.controller = controller
        self.parent = parent
        self.collection_actions = dict(collection_actions or {})
        self.member_actions = dict(member_actions or {})
        self.custom_routes_fn = custom_routes_fn
        self.inherits = inherits
        self.member_name = member_name


class ControllerExtension:
    """A controller whose actions and handlers are added to a collection's."""

    def __init__(self, extension: V21APIExtensionBase, collection: str, controller: Any) -> None:
        self.extension = extension
        self.collection = collection
        self.controller = controller


def expected_errors(
    errors: int | tuple[int, ...],
    min_version: str | None = None,
    max_version: str | None = None,
) -> Callable[[Handler], Handler]:
    """Declare which errors a handler answers with; any other one becomes a 500.

    What any request may be answered with goes through: a refused body or query
    string, and a policy that doesn't allow it.

    :param errors: one status code or many
    :param min_version: the first microversion that this holds for
    :param max_version: the last one
    """

    def decorator(f: Handler) -> Handler:
        @functools.wraps(f)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            try:
                return f(*args, **kwargs)
            except (exceptions.PolicyNotAuthorized, exceptions.ValidationError):
                raise
            except webob.exc.WSGIHTTPException as error:
                known = errors if isinstance(errors, tuple) else (errors,)
                if error.code in known or not _in_range(args[1], min_version, max_version):
                    raise
                raise exceptions.Unexpected(code=error.code, handler=f.__name__) from error

        return wrapped  # type: ignore[return-value]

    return decorator


def _in_range(req: Any, min_version: str | None, max_version: str | None) -> bool:
    from compute_example.api.openstack.api_version_request import APIVersionRequest

    asked: APIVersionRequest = req.api_version_request
    return asked.matches(APIVersionRequest(min_version), APIVersionRequest(max_version))
