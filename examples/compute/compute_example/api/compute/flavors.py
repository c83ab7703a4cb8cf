"""Flavors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import webob.exc

from compute_example.api import validation
from compute_example.api.compute import views
from compute_example.api.compute.schemas import flavors as schemas
from compute_example.api.openstack import extensions, wsgi
from compute_example.api.validation import parameter_types
from compute_example.exceptions import FlavorExists, FlavorNotFound
from compute_example.policies import flavors as policies

ALIAS = "flavors"


class FlavorsController(wsgi.Controller):
    """Serves ``/flavors``."""

    @extensions.expected_errors(())
    @validation.query_schema(parameter_types.NO_QUERY)
    @validation.response_body_schema(schemas.INDEX_ANSWER)
    def index(self, req: wsgi.Request) -> dict[str, Any]:
        """List flavors.

        All of them, ordered by name.
        """
        req.context.can(policies.ROOT % "index")
        flavors = self.compute.flavors.all()
        return {"flavors": [views.flavor_facts(req, item) for item in flavors]}

    @extensions.expected_errors(404)
    @validation.query_schema(parameter_types.NO_QUERY)
    @validation.response_body_schema(schemas.SHOW_ANSWER)
    def show(self, req: wsgi.Request, id: str) -> dict[str, Any]:
        """Show a flavor."""
        req.context.can(policies.ROOT % "show")
        try:
            flavor = self.compute.flavors.get(id)
        except FlavorNotFound as error:
            raise webob.exc.HTTPNotFound(str(error)) from error
        return {"flavor": views.flavor_facts(req, flavor)}

    @wsgi.response(201)
    @extensions.expected_errors((400, 409))
    @validation.schema(schemas.CREATE)
    @validation.query_schema(parameter_types.NO_QUERY)
    @validation.response_body_schema(schemas.SHOW_ANSWER)
    def create(self, req: wsgi.Request, body: dict[str, Any]) -> wsgi.ResponseObject:
        """Create a flavor.

        Servers can be created with it at once. The header `Location` says where the
        flavor can be found.
        """
        req.context.can(policies.ROOT % "create")
        try:
            flavor = self.compute.flavors.create(**body["flavor"])
        except FlavorExists as error:
            raise webob.exc.HTTPConflict(str(error)) from error
        facts = views.flavor_facts(req, flavor)
        return wsgi.ResponseObject({"flavor": facts}, Location=facts["links"][0]["href"])

    @wsgi.response(204)
    @extensions.expected_errors(404)
    @validation.query_schema(parameter_types.NO_QUERY)
    def delete(self, req: wsgi.Request, id: str) -> None:
        """Delete a flavor.

        Servers that were created with it keep what it was.
        """
        req.context.can(policies.ROOT % "delete")
        try:
            self.compute.flavors.delete(id)
        except FlavorNotFound as error:
            raise webob.exc.HTTPNotFound(str(error)) from error


class Flavors(extensions.V21APIExtensionBase):
    """The sizes that servers come in: virtual CPUs, memory and disk."""

    name = "Flavors"
    alias = ALIAS
    version = 1

    def get_resources(self) -> Sequence[extensions.ResourceExtension]:
        """Give ``/flavors``."""
        controller = FlavorsController(self.extension_info)
        return [extensions.ResourceExtension(ALIAS, controller, member_name="flavor")]

    def get_controller_extensions(self) -> Sequence[extensions.ControllerExtension]:
        """Give nothing: it extends no other extension."""
        return []
