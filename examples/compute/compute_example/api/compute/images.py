"""Images."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import webob.exc

from compute_example.api import validation
from compute_example.api.compute import views
from compute_example.api.compute.schemas import images as schemas
from compute_example.api.openstack import extensions, wsgi
from compute_example.api.validation import parameter_types
from compute_example.exceptions import ImageNotFound
from compute_example.policies import images as policies

ALIAS = "images"


class ImagesController(wsgi.Controller):
    """Serves ``/images``."""

    @extensions.expected_errors(())
    @validation.query_schema(parameter_types.NO_QUERY)
    @validation.response_body_schema(schemas.INDEX_ANSWER)
    def index(self, req: wsgi.Request) -> dict[str, Any]:
        """List images.

        Names and links only, ordered by name.
        """
        req.context.can(policies.ROOT % "index")
        images = self.compute.images.all()
        return {"images": [views.image_summary(req, item) for item in images]}

    @wsgi.Controller.api_version("2.1", "2.3")
    @extensions.expected_errors(404)
    @validation.query_schema(parameter_types.NO_QUERY)
    @validation.response_body_schema(schemas.DETAIL_ANSWER)
    def detail(self, req: wsgi.Request) -> dict[str, Any]:
        """List images with all facts.

        Removed in 2.4: ask for the list, and for the images that matter.
        """
        req.context.can(policies.ROOT % "index")
        images = self.compute.images.all()
        return {"images": [views.image_facts(req, item) for item in images]}

    @extensions.expected_errors(404)
    @validation.query_schema(parameter_types.NO_QUERY)
    @validation.response_body_schema(schemas.SHOW_ANSWER, "2.1", "2.3")
    @validation.response_body_schema(schemas.SHOW_ANSWER_V24, "2.4")
    def show(self, req: wsgi.Request, id: str) -> dict[str, Any]:
        """Show an image."""
        req.context.can(policies.ROOT % "show")
        try:
            image = self.compute.images.get(id)
        except ImageNotFound as error:
            raise webob.exc.HTTPNotFound(str(error)) from error
        return {"image": views.image_facts(req, image)}


class Images(extensions.V21APIExtensionBase):
    """What servers start from, and what that demands of flavors and hosts."""

    name = "Images"
    alias = ALIAS
    version = 1

    def get_resources(self) -> Sequence[extensions.ResourceExtension]:
        """Give ``/images``."""
        return [
            extensions.ResourceExtension(
                ALIAS,
                ImagesController(self.extension_info),
                member_name="image",
                collection_actions={"detail": "GET"},
            )
        ]

    def get_controller_extensions(self) -> Sequence[extensions.ControllerExtension]:
        """Give nothing: it extends no other extension."""
        return []
