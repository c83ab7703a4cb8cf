"""Servers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import webob.exc

from compute_example.api import validation
from compute_example.api.compute import views
from compute_example.api.compute.schemas import servers as schemas
from compute_example.api.openstack import extensions, paging, wsgi
from compute_example.api.validation import parameter_types
from compute_example.db.models import Server
from compute_example.exceptions import (
    FlavorNotFound,
    FlavorTooSmall,
    ImageNotFound,
    InvalidState,
    MarkerNotFound,
    NoValidHost,
    ServerNotFound,
)
from compute_example.policies import servers as policies

ALIAS = "servers"


class ServersController(wsgi.Controller):
    """Serves ``/servers``."""

    @extensions.expected_errors(400)
    @validation.query_schema(schemas.INDEX_QUERY)
    @validation.response_body_schema(schemas.INDEX_ANSWER)
    def index(self, req: wsgi.Request) -> dict[str, Any]:
        """List servers.

        Names and links only, the oldest server first. A page has `limit` servers
        at most; where more follow, `servers_links` leads to the next page.
        """
        return self._page(req, policies.ROOT % "index", views.server_summary)

    @extensions.expected_errors(400)
    @validation.query_schema(schemas.INDEX_QUERY)
    @validation.response_body_schema(schemas.DETAIL_ANSWER, "2.1", "2.1")
    @validation.response_body_schema(schemas.DETAIL_ANSWER_V22, "2.2", "2.2")
    @validation.response_body_schema(schemas.DETAIL_ANSWER_V23, "2.3")
    def detail(self, req: wsgi.Request) -> dict[str, Any]:
        """List servers with all facts.

        The same servers, in the same order, as the plain list, each with all that
        is known of it.
        """
        return self._page(req, policies.ROOT % "detail", views.server_facts)

    @extensions.expected_errors(404)
    @validation.query_schema(parameter_types.NO_QUERY)
    @validation.response_body_schema(schemas.SHOW_ANSWER, "2.1", "2.1")
    @validation.response_body_schema(schemas.SHOW_ANSWER_V22, "2.2", "2.2")
    @validation.response_body_schema(schemas.SHOW_ANSWER_V23, "2.3")
    def show(self, req: wsgi.Request, id: str) -> dict[str, Any]:
        """Show a server.

        Other projects' servers are only there for administrators.
        """
        server = self._get(req, id, policies.ROOT % "show")
        return {"server": views.server_facts(req, server)}

    @wsgi.response(201)
    @extensions.expected_errors((400, 409))
    @validation.schema(schemas.CREATE, "2.1", "2.1")
    @validation.schema(schemas.CREATE_V22, "2.2")
    @validation.query_schema(parameter_types.NO_QUERY)
    @validation.response_body_schema(schemas.SHOW_ANSWER, "2.1", "2.1")
    @validation.response_body_schema(schemas.SHOW_ANSWER_V22, "2.2", "2.2")
    @validation.response_body_schema(schemas.SHOW_ANSWER_V23, "2.3")
    def create(self, req: wsgi.Request, body: dict[str, Any]) -> wsgi.ResponseObject:
        """Create a server.

        The scheduler puts it on the host that fits best, and it runs at once. The
        header `Location` says where the server can be found.
        """
        req.context.can(policies.ROOT % "create")
        values = body["server"]
        try:
            server = self.compute.servers.create(
                req.context,
                name=values["name"],
                flavor_id=values["flavorRef"],
                image_id=values["imageRef"],
                description=values.get("description"),
            )
        except (FlavorNotFound, ImageNotFound, FlavorTooSmall) as error:
            raise webob.exc.HTTPBadRequest(str(error)) from error
        except NoValidHost as error:
            raise webob.exc.HTTPConflict(str(error)) from error
        facts = views.server_facts(req, server)
        return wsgi.ResponseObject({"server": facts}, Location=facts["links"][0]["href"])

    @extensions.expected_errors(404)
    @validation.schema(schemas.UPDATE, "2.1", "2.1")
    @validation.schema(schemas.UPDATE_V22, "2.2")
    @validation.query_schema(parameter_types.NO_QUERY)
    @validation.response_body_schema(schemas.SHOW_ANSWER, "2.1", "2.1")
    @validation.response_body_schema(schemas.SHOW_ANSWER_V22, "2.2", "2.2")
    @validation.response_body_schema(schemas.SHOW_ANSWER_V23, "2.3")
    def update(self, req: wsgi.Request, id: str, body: dict[str, Any]) -> dict[str, Any]:
        """Change a server.

        What the request doesn't have stays as it is.
        """
        self._get(req, id, policies.ROOT % "update")
        try:
            server = self.compute.servers.update(id, body["server"])
        except ServerNotFound as error:
            raise webob.exc.HTTPNotFound(str(error)) from error
        return {"server": views.server_facts(req, server)}

    @wsgi.response(204)
    @extensions.expected_errors(404)
    @validation.query_schema(parameter_types.NO_QUERY)
    def delete(self, req: wsgi.Request, id: str) -> None:
        """Delete a server.

        What it had taken of its host is free again.
        """
        self._get(req, id, policies.ROOT % "delete")
        try:
            self.compute.servers.delete(id)
        except ServerNotFound as error:
            raise webob.exc.HTTPNotFound(str(error)) from error

    @wsgi.action("start")
    @wsgi.response(202)
    @extensions.expected_errors((404, 409))
    @validation.schema(schemas.START)
    @validation.query_schema(parameter_types.NO_QUERY)
    def _start(self, req: wsgi.Request, id: str, body: dict[str, Any]) -> None:  # noqa: ARG002
        """Start a server.

        It must be stopped: its status is `SHUTOFF` before, and `ACTIVE` afterwards.
        """
        self._change(req, id, "start", ("SHUTOFF",), "ACTIVE")

    @wsgi.action("stop")
    @wsgi.response(202)
    @extensions.expected_errors((404, 409))
    @validation.schema(schemas.STOP)
    @validation.query_schema(parameter_types.NO_QUERY)
    def _stop(self, req: wsgi.Request, id: str, body: dict[str, Any]) -> None:  # noqa: ARG002
        """Stop a server.

        It must be running: its status is `ACTIVE` before, and `SHUTOFF` afterwards.
        It keeps its place on its host.
        """
        self._change(req, id, "stop", ("ACTIVE",), "SHUTOFF")

    @wsgi.action("reboot")
    @wsgi.response(202)
    @extensions.expected_errors((404, 409))
    @validation.schema(schemas.REBOOT)
    @validation.query_schema(parameter_types.NO_QUERY)
    def _reboot(self, req: wsgi.Request, id: str, body: dict[str, Any]) -> None:
        """Reboot a server.

        A soft reboot needs a server that is running; a hard one starts a server
        that is stopped.
        """
        begin = ("ACTIVE",) if body["reboot"]["type"] == "SOFT" else ("ACTIVE", "SHUTOFF")
        self._change(req, id, "reboot", begin, "ACTIVE")

    def _get(self, req: wsgi.Request, id: str, rule: str) -> Server:
        """The server, if the caller may do with it what the rule is about."""
        try:
            server = self.compute.servers.get(id)
        except ServerNotFound as error:
            raise webob.exc.HTTPNotFound(str(error)) from error
        target = {"project_id": server.project_id, "user_id": server.user_id}
        if not req.context.may(policies.ROOT % "show", target):
            # Others needn't know that it is there.
            raise webob.exc.HTTPNotFound(str(ServerNotFound(id=id)))
        req.context.can(rule, target)
        return server

    def _change(
        self, req: wsgi.Request, id: str, operation: str, begin: Sequence[str], end: str
    ) -> None:
        """Bring a server from one of some states to another."""
        self._get(req, id, policies.ROOT % operation)
        try:
            self.compute.servers.change_status(id, operation, begin, end)
        except ServerNotFound as error:
            raise webob.exc.HTTPNotFound(str(error)) from error
        except InvalidState as error:
            raise webob.exc.HTTPConflict(str(error)) from error

    def _page(
        self, req: wsgi.Request, rule: str, view: Callable[[wsgi.Request, Server], dict[str, Any]]
    ) -> dict[str, Any]:
        """One page of servers, and where the next one is."""
        req.context.can(rule)
        everybody = req.GET.get("all_projects") == "true"
        if everybody:
            req.context.can(policies.ROOT % "index:all_projects")
        limit = paging.limit_of(req, self.compute.conf)
        try:
            servers = self.compute.servers.page(
                project_id=None if everybody else req.context.project_id,
                limit=limit + 1,
                marker=req.GET.get("marker"),
                name=req.GET.get("name"),
                status=req.GET.get("status"),
            )
        except MarkerNotFound as error:
            raise webob.exc.HTTPBadRequest(str(error)) from error
        answer: dict[str, Any] = {"servers": [view(req, item) for item in servers[:limit]]}
        if len(servers) > limit:
            answer["servers_links"] = paging.next_link(req, servers[:limit])
        return answer


class Servers(extensions.V21APIExtensionBase):
    """Virtual machines: created from a flavor and an image, started, stopped, deleted."""

    name = "Servers"
    alias = ALIAS
    version = 1

    def get_resources(self) -> Sequence[extensions.ResourceExtension]:
        """Give ``/servers``."""
        return [
            extensions.ResourceExtension(
                ALIAS,
                ServersController(self.extension_info),
                member_name="server",
                collection_actions={"detail": "GET"},
                member_actions={"action": "POST"},
            )
        ]

    def get_controller_extensions(self) -> Sequence[extensions.ControllerExtension]:
        """Give nothing: it extends no other extension."""
        return []
