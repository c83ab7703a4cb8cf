"""What operators see of servers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from compute_example.api import validation
from compute_example.api.compute.schemas import extended_server_attributes as schemas
from compute_example.api.openstack import extensions, wsgi
from compute_example.policies import extended_server_attributes as policies

ALIAS = "os-extended-server-attributes"


class ExtendedServerAttributesController(wsgi.Controller):
    """Adds fields to servers."""

    @wsgi.extends
    @validation.response_body_schema(schemas.SHOW_ANSWER)
    def show(self, req: wsgi.Request, resp_obj: wsgi.ResponseObject, id: str) -> None:  # noqa: ARG002
        """Add the host to a server."""
        self._add(req, [resp_obj.obj["server"]])

    @wsgi.extends
    @validation.response_body_schema(schemas.DETAIL_ANSWER)
    def detail(self, req: wsgi.Request, resp_obj: wsgi.ResponseObject) -> None:
        """Add the host to each server."""
        self._add(req, resp_obj.obj["servers"])

    def _add(self, req: wsgi.Request, servers: Sequence[dict[str, Any]]) -> None:
        if req.context.may(policies.SHOW):
            hosts = self.compute.servers.hosts_of([item["id"] for item in servers])
            for item in servers:
                # One that was deleted a moment ago is on no host.
                if item["id"] in hosts:
                    item[schemas.FIELD] = hosts[item["id"]]


class ExtendedServerAttributes(extensions.V21APIExtensionBase):
    """Tells administrators which host a server is on."""

    name = "ExtendedServerAttributes"
    alias = ALIAS
    version = 1

    def get_resources(self) -> Sequence[extensions.ResourceExtension]:
        """Give nothing: it has no resource of its own."""
        return []

    def get_controller_extensions(self) -> Sequence[extensions.ControllerExtension]:
        """Give the fields to servers."""
        controller = ExtendedServerAttributesController(self.extension_info)
        return [extensions.ControllerExtension(self, "servers", controller)]
