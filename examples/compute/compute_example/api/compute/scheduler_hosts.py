"""What the scheduler would choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import webob.exc

from compute_example.api import validation
from compute_example.api.compute.schemas import scheduler_hosts as schemas
from compute_example.api.openstack import api_version_request, extensions, wsgi
from compute_example.exceptions import FlavorNotFound, FlavorTooSmall, ImageNotFound
from compute_example.policies import scheduler_hosts as policies
from compute_example.scheduler import WeighedHost

ALIAS = "os-scheduler-hosts"


class SchedulerHostsController(wsgi.Controller):
    """Serves ``/os-scheduler-hosts``."""

    @extensions.expected_errors(400)
    @validation.query_schema(schemas.INDEX_QUERY)
    @validation.response_body_schema(schemas.INDEX_ANSWER, "2.1", "2.4")
    @validation.response_body_schema(schemas.INDEX_ANSWER_V25, "2.5")
    def index(self, req: wsgi.Request) -> dict[str, Any]:
        """List the hosts that the scheduler would choose.

        These hosts pass all filters for a server of this flavor and this image now.
        Nothing is reserved on them: a server that is created later may find another
        order, or none of them.
        """
        req.context.can(policies.INDEX)
        try:
            found = self.compute.servers.choose_hosts(req.GET["flavor"], req.GET["image"])
        except (FlavorNotFound, ImageNotFound, FlavorTooSmall) as error:
            raise webob.exc.HTTPBadRequest(str(error)) from error
        count = int(req.GET.get("max_count", len(found)))
        return {"hosts": [_facts(req, item) for item in found[:count]]}


def _facts(req: wsgi.Request, weighed: WeighedHost) -> dict[str, Any]:
    host = weighed.host
    facts: dict[str, Any] = {"host": host.name, "weight": weighed.weight}
    if api_version_request.is_supported(req, min_version="2.5"):
        facts["free"] = {
            "vcpus": host.vcpus - host.vcpus_used,
            "ram": host.ram - host.ram_used,
            "disk": host.disk - host.disk_used,
        }
    return facts


class SchedulerHosts(extensions.V21APIExtensionBase):
    """Which hosts a server would be put on, and in which order they would be tried."""

    name = "SchedulerHosts"
    alias = ALIAS
    version = 1

    def get_resources(self) -> Sequence[extensions.ResourceExtension]:
        """Give ``/os-scheduler-hosts``."""
        controller = SchedulerHostsController(self.extension_info)
        return [extensions.ResourceExtension(ALIAS, controller)]

    def get_controller_extensions(self) -> Sequence[extensions.ControllerExtension]:
        """Give nothing: it extends no other extension."""
        return []
