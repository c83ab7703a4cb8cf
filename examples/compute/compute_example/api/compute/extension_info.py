"""Discovery of extensions."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

import webob.exc

from compute_example.api import validation
from compute_example.api.compute import views
from compute_example.api.compute.schemas import extension_info as schemas
from compute_example.api.openstack import extensions, wsgi
from compute_example.api.openstack.extension_info import LoadedExtensionInfo
from compute_example.api.validation import parameter_types
from compute_example.policies import extensions as policies

ALIAS = "extensions"


class ExtensionInfoController(wsgi.Controller):
    """Serves ``/extensions``."""

    def __init__(self, extension_info: LoadedExtensionInfo) -> None:
        super().__init__(extension_info)
        self._info = extension_info

    @extensions.expected_errors(())
    @validation.query_schema(parameter_types.NO_QUERY)
    @validation.response_body_schema(schemas.INDEX_ANSWER)
    def index(self, req: wsgi.Request) -> dict[str, Any]:
        """List extensions.

        Those that are enabled, whichever distribution they came with, ordered by
        alias.
        """
        req.context.can(policies.ROOT % "index")
        loaded = self._info.get_extensions().values()
        return {"extensions": [_facts(req, item) for item in loaded]}

    @extensions.expected_errors(404)
    @validation.query_schema(parameter_types.NO_QUERY)
    @validation.response_body_schema(schemas.SHOW_ANSWER)
    def show(self, req: wsgi.Request, id: str) -> dict[str, Any]:
        """Show an extension.

        The id is its alias.
        """
        req.context.can(policies.ROOT % "index")
        extension = self._info.get_extensions().get(id)
        if extension is None:
            raise webob.exc.HTTPNotFound(f"Extension {id} could not be found.")
        return {"extension": _facts(req, extension)}


def _facts(req: wsgi.Request, extension: extensions.V21APIExtensionBase) -> dict[str, Any]:
    return {
        "alias": extension.alias,
        "name": extension.name,
        "description": inspect.getdoc(type(extension)) or "",
        "version": extension.version,
        "links": views.self_link(req, ALIAS, extension.alias),
    }


class ExtensionInfo(extensions.V21APIExtensionBase):
    """Which extensions the service has: what one of them adds is there if it is listed."""

    name = "Extensions"
    alias = ALIAS
    version = 1

    def get_resources(self) -> Sequence[extensions.ResourceExtension]:
        """Give ``/extensions``."""
        controller = ExtensionInfoController(self.extension_info)
        return [extensions.ResourceExtension(ALIAS, controller, member_name="extension")]

    def get_controller_extensions(self) -> Sequence[extensions.ControllerExtension]:
        """Give nothing: it extends no other extension."""
        return []
