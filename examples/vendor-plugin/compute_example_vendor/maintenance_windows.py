"""The extension that adds maintenance windows to the API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

import webob.exc
from compute_example.api import validation
from compute_example.api.compute import views
from compute_example.api.openstack import api_version_request, extensions, paging, wsgi
from compute_example.api.openstack.extension_info import LoadedExtensionInfo
from compute_example.api.validation import parameter_types
from compute_example.exceptions import HostNotFound, MarkerNotFound

from compute_example_vendor import policies, schemas
from compute_example_vendor.exceptions import EndsTooEarly, Overlap, WindowNotFound
from compute_example_vendor.models import MaintenanceWindow
from compute_example_vendor.windows import Windows

ALIAS = "os-maintenance-windows"
_TIME = "%Y-%m-%dT%H:%M:%SZ"


class MaintenanceWindowsController(wsgi.Controller):
    """Serves ``/os-maintenance-windows``."""

    def __init__(self, extension_info: LoadedExtensionInfo) -> None:
        super().__init__(extension_info)
        self.windows = Windows(extension_info.compute.database)

    @extensions.expected_errors(400)
    @validation.query_schema(schemas.INDEX_QUERY)
    @validation.response_body_schema(schemas.INDEX_ANSWER, "2.1", "2.1")
    @validation.response_body_schema(schemas.INDEX_ANSWER_V22, "2.2")
    def index(self, req: wsgi.Request) -> dict[str, Any]:
        """List maintenance windows.

        The windows of all hosts, past ones too, the earliest first.
        """
        req.context.can(policies.WINDOWS % "index")
        limit = paging.limit_of(req, self.compute.conf)
        try:
            found = self.windows.page(
                limit=limit + 1, marker=req.GET.get("marker"), host=req.GET.get("host")
            )
        except MarkerNotFound as error:
            raise webob.exc.HTTPBadRequest(str(error)) from error
        page = found[:limit]
        answer: dict[str, Any] = {"maintenance_windows": [_facts(req, item) for item in page]}
        if len(found) > limit:
            answer["maintenance_windows_links"] = paging.next_link(req, page)
        return answer

    @extensions.expected_errors(404)
    @validation.query_schema(parameter_types.NO_QUERY)
    @validation.response_body_schema(schemas.SHOW_ANSWER, "2.1", "2.1")
    @validation.response_body_schema(schemas.SHOW_ANSWER_V22, "2.2")
    def show(self, req: wsgi.Request, id: str) -> dict[str, Any]:
        """Show a maintenance window."""
        req.context.can(policies.WINDOWS % "show")
        try:
            window = self.windows.get(id)
        except WindowNotFound as error:
            raise webob.exc.HTTPNotFound(str(error)) from error
        return {"maintenance_window": _facts(req, window)}

    @wsgi.response(201)
    @extensions.expected_errors((400, 409))
    @validation.schema(schemas.CREATE, "2.1", "2.1")
    @validation.schema(schemas.CREATE_V22, "2.2")
    @validation.query_schema(parameter_types.NO_QUERY)
    @validation.response_body_schema(schemas.SHOW_ANSWER, "2.1", "2.1")
    @validation.response_body_schema(schemas.SHOW_ANSWER_V22, "2.2")
    def create(self, req: wsgi.Request, body: dict[str, Any]) -> wsgi.ResponseObject:
        """Plan a maintenance window.

        The time in which people will work on a host. A host has one window at a time: one
        that overlaps another of the same host is refused with 409.
        """
        req.context.can(policies.WINDOWS % "create")
        try:
            window = self.windows.create(**_values(body))
        except (HostNotFound, EndsTooEarly) as error:
            raise webob.exc.HTTPBadRequest(str(error)) from error
        except Overlap as error:
            raise webob.exc.HTTPConflict(str(error)) from error
        facts = _facts(req, window)
        return wsgi.ResponseObject(
            {"maintenance_window": facts}, Location=facts["links"][0]["href"]
        )

    @wsgi.Controller.api_version("2.2")
    @extensions.expected_errors((400, 404, 409))
    @validation.schema(schemas.UPDATE_V22)
    @validation.query_schema(parameter_types.NO_QUERY)
    @validation.response_body_schema(schemas.SHOW_ANSWER_V22)
    def update(self, req: wsgi.Request, id: str, body: dict[str, Any]) -> dict[str, Any]:
        """Change a maintenance window.

        Moves it to another time, or says why it is needed. What the request doesn't have
        stays as it is.
        """
        req.context.can(policies.WINDOWS % "update")
        try:
            window = self.windows.update(id, _values(body))
        except WindowNotFound as error:
            raise webob.exc.HTTPNotFound(str(error)) from error
        except EndsTooEarly as error:
            raise webob.exc.HTTPBadRequest(str(error)) from error
        except Overlap as error:
            raise webob.exc.HTTPConflict(str(error)) from error
        return {"maintenance_window": _facts(req, window)}

    @wsgi.response(204)
    @extensions.expected_errors(404)
    @validation.query_schema(parameter_types.NO_QUERY)
    def delete(self, req: wsgi.Request, id: str) -> None:
        """Cancel a maintenance window.

        One that has begun ends at once.
        """
        req.context.can(policies.WINDOWS % "delete")
        try:
            self.windows.delete(id)
        except WindowNotFound as error:
            raise webob.exc.HTTPNotFound(str(error)) from error


def _values(body: dict[str, Any]) -> dict[str, Any]:
    """What a request says of a window, with times as such.

    :raises HTTPBadRequest: if one is no time, such as the 30th of February
    """
    values = dict(body["maintenance_window"])
    for name in {"starts_at", "ends_at"} & values.keys():
        try:
            moment = datetime.strptime(values[name], _TIME)
        except ValueError as error:
            raise webob.exc.HTTPBadRequest(f"{values[name]} is no date and time.") from error
        values[name] = moment.replace(tzinfo=timezone.utc)
    return values


def _facts(req: wsgi.Request, window: MaintenanceWindow) -> dict[str, Any]:
    """What is told of a window."""
    facts: dict[str, Any] = {
        "id": window.id,
        "host": window.host,
        "starts_at": told(window.starts_at),
        "ends_at": told(window.ends_at),
        "created": told(window.created),
        "links": views.self_link(req, ALIAS, window.id),
    }
    if api_version_request.is_supported(req, min_version="2.2"):
        facts["reason"] = window.reason
    return facts


def told(moment: datetime) -> str:
    """A time as answers have it; the year has four digits whatever the platform."""
    return f"{moment.year:04}-{moment:%m-%dT%H:%M:%S}Z"


class MaintenanceWindows(extensions.V21APIExtensionBase):
    """Times in which people work on hosts.

    Operators plan a maintenance window for a host; everybody can see the plan. A host
    has at most one window at a time.
    """

    name = "MaintenanceWindows"
    alias = ALIAS
    version = 1

    def get_resources(self) -> Sequence[extensions.ResourceExtension]:
        """Give the windows."""
        controller = MaintenanceWindowsController(self.extension_info)
        return [extensions.ResourceExtension(ALIAS, controller)]

    def get_controller_extensions(self) -> Sequence[extensions.ControllerExtension]:
        """Give nothing: this resource is all."""
        return []

    def get_policies(self) -> Sequence[Any]:
        """Give the rules of windows."""
        return policies.WINDOW_RULES
