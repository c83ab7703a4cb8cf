"""The extension that tells of each server when its host is in maintenance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from compute_example.api import validation
from compute_example.api.openstack import extensions, wsgi
from compute_example.api.openstack.extension_info import LoadedExtensionInfo
from compute_example.db.models import now

from compute_example_vendor import policies, schemas
from compute_example_vendor.maintenance_windows import told
from compute_example_vendor.windows import Windows


class MaintenanceStatusController(wsgi.Controller):
    """Adds a field to servers."""

    def __init__(self, extension_info: LoadedExtensionInfo) -> None:
        super().__init__(extension_info)
        self.windows = Windows(extension_info.compute.database)

    @wsgi.extends
    @validation.response_body_schema(schemas.STATUS_ANSWER)
    def show(self, req: wsgi.Request, resp_obj: wsgi.ResponseObject, id: str) -> None:  # noqa: ARG002
        """Add the maintenance window to a server."""
        self._add(req, [resp_obj.obj["server"]])

    @wsgi.extends
    @validation.response_body_schema(schemas.STATUS_DETAIL_ANSWER)
    def detail(self, req: wsgi.Request, resp_obj: wsgi.ResponseObject) -> None:
        """Add the maintenance window to each server."""
        self._add(req, resp_obj.obj["servers"])

    def _add(self, req: wsgi.Request, servers: Sequence[dict[str, Any]]) -> None:
        if not req.context.may(policies.STATUS):
            return
        hosts = self.compute.servers.hosts_of([item["id"] for item in servers])
        windows = self.windows.next_of(set(hosts.values()), now())
        for item in servers:
            # One that was deleted a moment ago is on no host.
            window = windows.get(hosts.get(item["id"], ""))
            item[schemas.STATUS_FIELD] = window and {
                "id": window.id,
                "starts_at": told(window.starts_at),
                "ends_at": told(window.ends_at),
            }


class MaintenanceStatus(extensions.V21APIExtensionBase):
    """Tells when the host of a server is in maintenance.

    Servers get a field with the maintenance window that their host is in, or with its
    next one, so that their owners can plan for it.
    """

    name = "MaintenanceStatus"
    alias = "os-maintenance-status"
    version = 1

    def get_resources(self) -> Sequence[extensions.ResourceExtension]:
        """Give nothing: it has no resource of its own."""
        return []

    def get_controller_extensions(self) -> Sequence[extensions.ControllerExtension]:
        """Give the field to servers."""
        controller = MaintenanceStatusController(self.extension_info)
        return [extensions.ControllerExtension(self, "servers", controller)]

    def get_policies(self) -> Sequence[Any]:
        """Give the rule of the field."""
        return policies.STATUS_RULES
