"""Version discovery, for callers with a token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from compute_example.api import discovery, validation
from compute_example.api.compute.schemas import versions as schemas
from compute_example.api.openstack import extensions, wsgi
from compute_example.api.validation import parameter_types

ALIAS = "versions"


class VersionsController(wsgi.Controller):
    """Serves the API's base path."""

    @extensions.expected_errors(())
    @validation.query_schema(parameter_types.NO_QUERY)
    @validation.response_body_schema(schemas.SHOW_ANSWER)
    def version(self, req: wsgi.Request) -> dict[str, Any]:
        """Show the API's version.

        It says which microversions are accepted. All versions that the service has
        are listed at its root, which needs no token.
        """
        return {"version": discovery.version_facts(f"{req.application_url}/")}


def _routes(mapper: Any, controller: Any) -> None:
    mapper.connect("/", controller=controller, action="version", conditions={"method": ["GET"]})


class Versions(extensions.V21APIExtensionBase):
    """Which microversions the API accepts."""

    name = "Versions"
    alias = ALIAS
    version = 1

    def get_resources(self) -> Sequence[extensions.ResourceExtension]:
        """Give the API's base path."""
        controller = VersionsController(self.extension_info)
        return [extensions.ResourceExtension(ALIAS, controller, custom_routes_fn=_routes)]

    def get_controller_extensions(self) -> Sequence[extensions.ControllerExtension]:
        """Give nothing: it extends no other extension."""
        return []
