"""Counts servers: an extension without packaging.

Copied into one of the folders that the service's setting ``contrib_path`` names, it is
found by walking over them; its class has the module's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from compute_example.api import validation
from compute_example.api.openstack import extensions, wsgi
from compute_example.api.validation import parameter_types as types
from compute_example.db.models import Server
from oslo_policy import policy
from sqlalchemy import func, select

RULE: Final = "compute_example_contrib:server-counts"

INDEX_ANSWER: Final = types.record(
    {
        "server_counts": types.record(
            {
                "total": types.amount("All servers of the project."),
                "by_status": {
                    "type": "object",
                    "description": "How many servers are in each state; states without any "
                    "are missing.",
                    "additionalProperties": types.amount("How many.", minimum=1),
                },
            },
            description="The counts.",
        )
    }
)


class ServerCountsController(wsgi.Controller):
    """Serves ``/os-server-counts``."""

    @extensions.expected_errors(())
    @validation.query_schema(types.NO_QUERY)
    @validation.response_body_schema(INDEX_ANSWER)
    def index(self, req: wsgi.Request) -> dict[str, Any]:
        """Count servers.

        The servers of the caller's project, in all and by their state.
        """
        req.context.can(RULE)
        query = (
            select(Server.status, func.count())
            .where(Server.project_id == req.context.project_id)
            .group_by(Server.status)
            .order_by(Server.status)
        )
        with self.compute.database.reading() as session:
            counts = dict(session.execute(query).tuples().all())
        return {"server_counts": {"total": sum(counts.values()), "by_status": counts}}


class Server_counts(extensions.V21APIExtensionBase):  # noqa: N801 - as the module is called
    """Counts the servers of a project, for a look at how much there is."""

    name = "ServerCounts"
    alias = "os-server-counts"
    version = 1

    def get_resources(self) -> Sequence[extensions.ResourceExtension]:
        """Give the counts."""
        controller = ServerCountsController(self.extension_info)
        return [extensions.ResourceExtension(self.alias, controller)]

    def get_controller_extensions(self) -> Sequence[extensions.ControllerExtension]:
        """Give nothing: it extends no other extension."""
        return []

    def get_policies(self) -> Sequence[Any]:
        """Give its rule, which needs no entry point then."""
        return [
            policy.DocumentedRuleDefault(
                name=RULE,
                check_str="rule:project_reader_or_admin",
                description="Count the servers of a project.",
                operations=[{"method": "GET", "path": "/os-server-counts"}],
                scope_types=["project"],
            )
        ]
