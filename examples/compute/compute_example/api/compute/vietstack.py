"""Offline migration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import webob.exc

from compute_example.api import validation
from compute_example.api.compute.schemas import vietstack as schemas
from compute_example.api.openstack import extensions, wsgi
from compute_example.api.validation import parameter_types
from compute_example.exceptions import (
    HostNotFound,
    InvalidState,
    NoValidHost,
    SameHost,
    ServerNotFound,
)
from compute_example.policies import vietstack as policies

ALIAS = "vietstack"


class VietstackController(wsgi.Controller):
    """Adds an action to servers."""

    @wsgi.action("vietstack")
    @wsgi.response(200)
    @extensions.expected_errors((400, 404, 409))
    @validation.schema(schemas.VIETSTACK)
    @validation.query_schema(parameter_types.NO_QUERY)
    @validation.response_body_schema(schemas.VIETSTACK_ANSWER)
    def _vietstack(self, req: wsgi.Request, id: str, body: dict[str, Any]) -> dict[str, Any]:
        """Move a stopped server to another host.

        The server must be stopped. The host must pass the scheduler's filters for the
        server; if none is named, the scheduler chooses the best one besides the one
        that the server is on.
        """
        req.context.can(policies.MIGRATE)
        try:
            before, server = self.compute.servers.migrate(id, body["vietstack"].get("host"))
        except ServerNotFound as error:
            raise webob.exc.HTTPNotFound(str(error)) from error
        except (HostNotFound, SameHost) as error:
            raise webob.exc.HTTPBadRequest(str(error)) from error
        except (InvalidState, NoValidHost) as error:
            raise webob.exc.HTTPConflict(str(error)) from error
        return {"vietstack": {"source": before, "host": server.host}}


class Vietstack(extensions.V21APIExtensionBase):
    """Moves a stopped server to another host: an action that an extension adds to servers."""

    name = "Vietstack"
    alias = ALIAS
    version = 1

    def get_resources(self) -> Sequence[extensions.ResourceExtension]:
        """Give nothing: it has no resource of its own."""
        return []

    def get_controller_extensions(self) -> Sequence[extensions.ControllerExtension]:
        """Give the action to servers."""
        controller = VietstackController(self.extension_info)
        return [extensions.ControllerExtension(self, "servers", controller)]
