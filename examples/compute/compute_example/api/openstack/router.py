"""The API: extensions, the routes that they give, and requests on their way."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

import routes
import webob
import webob.exc

from compute_example import compute, exceptions, policy
from compute_example.api.openstack import loading, versioning
from compute_example.api.openstack.api_version_request import APIVersionRequest
from compute_example.api.openstack.extension_info import LoadedExtensionInfo
from compute_example.api.openstack.extensions import ResourceExtension, V21APIExtensionBase
from compute_example.api.openstack.faults import fault_response, response_for
from compute_example.api.openstack.resource import Resource
from compute_example.api.openstack.wsgi import Controller, Request
from compute_example.conf import CONF

LOG = logging.getLogger(__name__)

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_NOT_FOUND = "The resource could not be found."


class APIRouterV21:
    """Serves all extensions that are enabled and that work."""

    @classmethod
    def factory(cls, _global: Mapping[str, str], **_local: str) -> APIRouterV21:
        """Make the API with the settings of this process, for PasteDeploy."""
        return cls(compute.API.from_conf(CONF))

    def __init__(self, service: compute.API) -> None:
        self.info = LoadedExtensionInfo(service)
        #: Collection -> what serves it, for extensions that add to it.
        self.resources: dict[str, Resource] = {}
        #: What routes call a resource -> the same; a collection may be mapped twice.
        self._served: dict[str, Resource] = {}
        #: The same -> alias of the extension that it is of.
        self._owners: dict[str, str] = {}
        self.map = routes.Mapper()
        self.enforcer = policy.Enforcer(service.conf)
        found = loading.load(self.info, service.conf)
        # Extensions add to each other, so all resources are there before anything is added.
        for step in (self._register_resources, self._register_rest):
            for extension in found:
                loading.guarded(self.info, extension, step)
        self.map.matchlist = [item for item in self.map.matchlist if self._is_served(item)]
        self.map.create_regs([])
        self.enforcer.start()
        # Only now is it known which tables extensions have.
        service.start()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request."""
        req = Request(environ)
        version: APIVersionRequest | None = None
        try:
            version = req.api_version_request = versioning.requested(req)
            response = self._answer(req)
        except webob.exc.WSGIHTTPException as error:
            response = response_for(error)
        except exceptions.PolicyNotAuthorized as error:
            response = fault_response(403, str(error))
        except exceptions.ValidationError as error:
            response = fault_response(400, str(error))
        versioning.tell(response, version)
        answered: Iterable[bytes] = response(environ, start_response)
        return answered

    def _answer(self, req: Request) -> webob.Response:
        try:
            path = req.path_info or "/"
        except UnicodeDecodeError as error:
            raise webob.exc.HTTPNotFound(_NOT_FOUND) from error
        if not path.isprintable():
            # Nothing is called so, but a pattern's end is also before a last newline.
            raise webob.exc.HTTPNotFound(_NOT_FOUND)
        match = self._match(path, req.method)
        if match is None:
            return self._refused(path, req.api_version_request)
        if not req.accept.acceptable_offers(["application/json"]):
            raise webob.exc.HTTPNotAcceptable("Answers are application/json.")
        resource, handler, variables = match
        req.context.enforcer = self.enforcer
        return resource.call(req, handler, variables)

    def _match(self, path: str, method: str) -> tuple[Resource, str, dict[str, str]] | None:
        """What serves a path: the resource, the handler's name, and the path's variables."""
        asked = "GET" if method == "HEAD" else method
        found = self.map.routematch(path, {"REQUEST_METHOD": asked})
        if not found:
            return None
        variables = dict(found[0])
        return self._served[variables.pop("controller")], variables.pop("action"), variables

    def _refused(self, path: str, version: APIVersionRequest) -> webob.Response:
        """What is answered where a path isn't served, or not with this method."""
        found = {
            method: match
            for method in _METHODS
            if (match := self._match(path, method)) is not None
            and match[0].serves_at(match[1], version)
        }
        if not found:
            return fault_response(404, _NOT_FOUND)
        # A collection action's path could be a member's too; the path says the action.
        fewest = min(len(variables) for _, _, variables in found.values())
        allowed = [method for method, (_, _, names) in found.items() if len(names) == fewest]
        headers = {"Allow": ", ".join(allowed)}
        return fault_response(405, f"The method must be one of {', '.join(allowed)}.", headers)

    def _register_resources(self, extension: V21APIExtensionBase) -> None:
        for item in extension.get_resources():
            inherited = self.resources.get(item.inherits or "")
            controller = item.controller
            if controller is None and inherited is not None:
                controller = inherited.controllers[0]
            _check(controller, item.collection)
            resource = Resource(controller, inherited)
            self._map(item, resource, extension.alias)
            self.resources[item.collection] = resource

    def _register_rest(self, extension: V21APIExtensionBase) -> None:
        additions = [*extension.get_controller_extensions()]
        for item in additions:
            _check(item.controller, item.collection)
        self.enforcer.register(extension.get_policies())
        for item in additions:
            resource = self.resources.get(item.collection)
            if resource is None:
                LOG.warning("%r extends %r, which is not there", extension, item.collection)
            else:
                resource.register(item.controller)

    def _map(self, item: ResourceExtension, resource: Resource, alias: str) -> None:
        key = f"{item.collection}:{len(self._served)}"
        self._served[key] = resource
        self._owners[key] = alias
        options: dict[str, Any] = {
            "controller": key,
            "collection": item.collection_actions,
            "member": item.member_actions,
        }
        if item.parent:
            options["parent_resource"] = dict(item.parent)
            options["path_prefix"] = "{collection_name}/:{member_name}_id".format(**item.parent)
        self.map.resource(item.member_name or item.collection, item.collection, **options)
        if item.custom_routes_fn:
            item.custom_routes_fn(self.map, key)

    def _is_served(self, route: Any) -> bool:
        """Whether there is a handler: Routes makes routes for all that a resource may have.

        A broken extension's routes may be there too.
        """
        if route.redirect or "(format)" in route.routepath:
            return False
        key = route.defaults.get("controller")
        if self._owners.get(key) not in self.info.extensions:
            return False
        return self._served[key].serves(route.defaults.get("action", ""))


def _check(controller: Any, collection: str) -> None:
    if not isinstance(controller, Controller):
        raise TypeError(f"{controller!r}, for {collection!r}, is no controller")
