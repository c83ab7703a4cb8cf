"""The extension."""

import webob.exc
from compute_example.api import validation
from compute_example.api.openstack import extensions, wsgi
from compute_example.api.validation import parameter_types
from compute_example.db.models import Host
from sqlalchemy import select

from host_notes import policies, schemas
from host_notes.models import HostNote

ALIAS = "os-host-notes"


class HostNotesController(wsgi.Controller):
    """Serves ``/os-host-notes``."""

    def __init__(self, extension_info):
        super().__init__(extension_info)
        self.database = extension_info.compute.database

    @extensions.expected_errors(())
    @validation.query_schema(parameter_types.NO_QUERY)
    @validation.response_body_schema(schemas.INDEX_ANSWER)
    def index(self, req):
        """List the notes on hosts.

        Hosts without a note are not listed.
        """
        req.context.can(policies.INDEX)
        with self.database.reading() as session:
            notes = session.scalars(select(HostNote).order_by(HostNote.host)).all()
        return {"host_notes": [{"host": item.host, "note": item.note} for item in notes]}

    @extensions.expected_errors((400, 404))
    @validation.schema(schemas.UPDATE)
    @validation.query_schema(parameter_types.NO_QUERY)
    @validation.response_body_schema(schemas.UPDATE_ANSWER)
    def update(self, req, id, body):
        """Leave a note on a host.

        It takes the place of the note that the host had before.
        """
        req.context.can(policies.UPDATE)
        note = body["host_note"]["note"]
        with self.database.writing() as session:
            if session.get(Host, id) is None:
                raise webob.exc.HTTPNotFound(f"Host {id} could not be found.")
            session.merge(HostNote(host=id, note=note))
        return {"host_note": {"host": id, "note": note}}


class HostNotes(extensions.V21APIExtensionBase):
    """Notes that operators leave on hosts, for the next one who looks."""

    name = "HostNotes"
    alias = ALIAS
    version = 1

    def get_resources(self):
        """Give ``/os-host-notes``."""
        controller = HostNotesController(self.extension_info)
        return [extensions.ResourceExtension(ALIAS, controller)]

    def get_controller_extensions(self):
        """Give nothing: it extends no other extension."""
        return []

    def get_policies(self):
        """Give the rules, so that the service knows them."""
        return policies.RULES
