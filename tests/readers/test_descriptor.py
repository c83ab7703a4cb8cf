"""What the descriptor reader gets out of extensions, through the real entry points."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinxext_apiplug.collect.api import Collected
from sphinxext_apiplug.inventory.model import Inventory, Operation, Payload
from sphinxext_apiplug.inventory.timeline import fold
from sphinxext_apiplug.inventory.versions import VersionRange
from tests.fakes import Site

MACHINES = """
    from http import HTTPStatus
    import functools

    from fakeapi import extensions, versions, wsgi
    from fakeapi.extensions import expected_errors, schema
    from fakeapi.wsgi import Controller

    RULE = "fake:machines:%s"

    def unwrapped(f):
        # A decorator that forgets functools.wraps.
        def wrapper(*args):
            return f(*args)
        return wrapper

    def paging(request, extra):
        if extra in request.GET:
            return int(request.GET[extra])
        return request.GET.get("marker")

    class MachinesController(Controller):
        @expected_errors((HTTPStatus.BAD_REQUEST, 404))
        def index(self, req):
            '''List machines. Only those of the project.

            Sorted by name.

            :param req: the request
            '''
            params = req.params.copy()
            for name in ["status", "host"]:
                if name in params:
                    pass
            while "sort_key" in params:
                params.pop("sort_key")
            if versions.is_supported(req, min_version="2.4"):
                req.params.getall("tag")
            else:
                req.params["legacy"]
            paging(req, "limit")

        @wsgi.response(HTTPStatus.CREATED)
        @unwrapped
        @expected_errors((400, 409))
        @schema({"type": "object", "properties": {"a": {}}}, "2.1", "2.3")
        @schema({"type": "object", "properties": {"a": {}, "b": {}}}, "2.4")
        def create(self, req, body):
            req.context.can(RULE % "create")
            try:
                pass
            except NameError:
                raise wsgi.HTTPConflict(explanation="Name is taken.")

        @Controller.api_version("2.1", "2.4")
        @expected_errors(404)
        def show(self, req, id):
            '''Show a machine, the old way.'''

        @Controller.api_version("2.5")
        @expected_errors((404, 410))
        def show(self, req, id):
            '''Show a machine.'''

        def delete(self, req, id):
            if not id:
                raise wsgi.HTTPNotFound()
            return wsgi.Response(status_int=202)

        @wsgi.response(202)
        @wsgi.action("powerOff")
        @schema({"type": "object", "properties": {"powerOff": {"type": "null"}}})
        def _power_off(self, req, id, body):
            pass

        def detail(self, req):
            '''List machines in detail.'''

    class Machines(extensions.Extension):
        '''Machines.

        They compute.
        '''
        name = "Machines"
        alias = "machines"

        def get_resources(self):
            return [extensions.ResourceExtension(
                "machines", MachinesController(), member_name="machine",
                collection_actions={"detail": "GET"}, member_actions={"action": "POST"})]

    class DisksController(Controller):
        def index(self, req, machine_id):
            pass

    class Disks(extensions.Extension):
        alias = "os-disks"
        name = "Disks"

        def get_resources(self):
            return [extensions.ResourceExtension(
                "os-disks", DisksController(),
                parent={"member_name": "machine", "collection_name": "machines"},
                custom_routes_fn=self.routes)]

        def routes(self, mapper, resource):
            for prefix in ("", "/{project_id:[0-9a-f]+}"):
                mapper.connect("special", prefix + "/disks/{disk:[a-z]+}/special",
                               controller=resource, action="index",
                               conditions={"method": ["PUT", "HEAD"]})
            mapper.connect("special", "/disks/{disk:[a-z]+}/special{.format}",
                           controller=resource, action="index")
            mapper.redirect("/old", "/machines")

    class TagsController(Controller):
        @wsgi.extends
        def show(self, req, resp_obj, id):
            pass

        @wsgi.extends(action="powerOff")
        def _tag_off(self, req, id, body):
            pass

        @wsgi.action("addTag")
        def _add_tag(self, req, id, body):
            '''Add a tag.'''

    class Tags(extensions.Extension):
        alias = "tags"
        name = "Tags"

        def get_controller_extensions(self):
            return [extensions.ControllerExtension(self, "machines", TagsController())]
"""


@pytest.fixture
def inventory(site: Site, read: Callable[..., Collected]) -> Inventory:
    """Three extensions that use all that the dialect has."""
    points = {"disks": "machines:Disks", "machines": "machines:Machines", "tags": "machines:Tags"}
    site.install("machines", {"machines.py": MACHINES}, points)
    return read().inventory


def operation(inventory: Inventory, id: str) -> Operation:
    """The operation of that id, which must be there."""
    found = inventory.operation(id)
    assert found is not None, [item.id for item in inventory.operations]
    return found


def test_every_operation_once_and_none_invented(inventory: Inventory) -> None:
    """Handler-less routes, format, project and redirect twins are no operations."""
    assert not inventory.problems
    assert [(item.id, item.method, item.path) for item in inventory.operations] == [
        ("machines-list", "GET", "/machines"),
        ("machines-create", "POST", "/machines"),
        ("machines-detail", "GET", "/machines/detail"),
        ("machines-show", "GET", "/machines/{id}"),
        ("machines-delete", "DELETE", "/machines/{id}"),
        ("machines-powerOff", "POST", "/machines/{id}/action"),
        ("machines-os-disks-list", "PUT", "/disks/{disk}/special"),
        ("machines-os-disks-list-get", "GET", "/machines/{machine_id}/os-disks"),
        ("machines-addTag", "POST", "/machines/{id}/action"),
    ]


def test_docstrings(inventory: Inventory) -> None:
    """The first sentence is the summary; field lists are for the code's readers."""
    found = operation(inventory, "machines-list")
    assert found.summary == "List machines"
    assert found.description == "Only those of the project.\n\nSorted by name."
    assert operation(inventory, "machines-powerOff").summary == "Power off"
    assert operation(inventory, "machines-create").summary == "Create machine"
    machines = inventory.extension("machines")
    assert machines is not None
    assert machines.description == "Machines.\n\nThey compute."


def test_declared_by_decorators(inventory: Inventory) -> None:
    """Errors, success code and versioned schemas, through a wrapper without ``wraps``."""
    found = operation(inventory, "machines-create")
    assert [str(item.versions) for item in found.request] == ["2.1–2.3", "2.4–"]
    declared = [item.status for item in found.responses if not item.inferred]
    assert declared == [201, 400, 409]


def test_deduced_from_the_body(inventory: Inventory) -> None:
    """Codes, reasons, rules and parameters that nobody declared are marked as deduced."""
    delete = operation(inventory, "machines-delete")
    assert {item.status for item in delete.responses if item.inferred} >= {202, 404}
    create = operation(inventory, "machines-create")
    assert [(item.name, item.inferred) for item in create.policies] == [
        ("fake:machines:create", True)
    ]
    reasons = {item.status: item.description for item in create.responses}
    assert reasons[409] == "Conflict: Name is taken"


def test_query_parameters(inventory: Inventory) -> None:
    """Found in the body and in the helper that the request is given to."""
    found = operation(inventory, "machines-list")
    parameters = {item.name: item for item in found.parameters}
    assert sorted(parameters) == ["host", "legacy", "limit", "marker", "sort_key", "status", "tag"]
    assert all(item.inferred and not item.required for item in parameters.values())
    assert parameters["limit"].schema == {"type": "integer"}
    assert parameters["sort_key"].schema == {"type": "array", "items": {"type": "string"}}
    assert parameters["tag"].versions == VersionRange(since="2.4")
    assert parameters["legacy"].versions == VersionRange(until="2.3")
    assert [str(item.versions) for item in found.version_checks] == ["2.4–"]


def test_versioned_handlers(inventory: Inventory) -> None:
    """Two functions of one name are one operation, each with its own codes."""
    found = operation(inventory, "machines-show")
    assert found.summary == "Show a machine"
    codes = {item.status: str(item.versions) for item in found.responses if not item.inferred}
    assert codes == {404: "2.1–", 410: "2.5–"}


def test_who_is_refused_anyway_is_not_served_without_a_rule(
    site: Site, read: Callable[..., Collected]
) -> None:
    source = MACHINES.replace(
        "'''Show a machine, the old way.'''", "raise wsgi.HTTPNotFound()"
    ).replace("'''Show a machine.'''", 'req.context.can(RULE % "show")')
    points = {"machines": "machines:Machines"}
    site.install("machines", {"machines.py": source}, points)
    (policy,) = operation(read().inventory, "machines-show").policies
    assert not policy.conditional


def fields(payload: Payload) -> tuple[str, str]:
    """The versions of a body, and the names of its fields."""
    return str(payload.versions), " ".join(field.name for field in fold([payload]))


def test_versioned_handlers_that_overlap(site: Site, read: Callable[..., Collected]) -> None:
    """A version is served by the first that has it, in the service's order: newest first."""
    source = """
        from fakeapi import extensions, wsgi
        from fakeapi.extensions import response_body_schema

        class LampsController(wsgi.Controller):
            @wsgi.Controller.api_version("2.6")
            @response_body_schema({"type": "object", "properties": {"colour": {}}})
            def show(self, req, id):
                '''Show a lamp.'''

            @wsgi.Controller.api_version("2.3")  # Somebody forgot this one.
            @wsgi.Controller.api_version("2.3", "2.5")
            @response_body_schema({"type": "object", "properties": {"lamp": {}}})
            def show(self, req, id):
                '''Show a lamp, the old way.'''

        class Lamps(extensions.Extension):
            alias = "lamps"

            def get_resources(self):
                return [extensions.ResourceExtension(
                    "lamps", LampsController(), member_name="lamp")]
    """
    site.install("lamps", {"lamps.py": source}, {"lamps": "lamps:Lamps"})
    (show,) = read().inventory.operations
    (found,) = (item for item in show.responses if item.status == 200)
    assert [fields(item) for item in found.payloads] == [("2.3–2.5", "lamp"), ("2.6–", "colour")]
    assert show.summary == "Show a lamp"


def test_decorators_that_note_what_their_schema_is_of(
    site: Site, read: Callable[..., Collected]
) -> None:
    """All of them call it ``schema``; the note on each wrapper tells which it is."""
    source = """
        import functools

        from fakeapi import extensions, wsgi

        def noting(note):
            def validated(schema, min_version=None, max_version=None):
                def add_validator(func):
                    @functools.wraps(func)
                    def wrapper(*args, **kwargs):
                        note.validate(schema, min_version, max_version)
                        return func(*args, **kwargs)
                    setattr(wrapper, note, schema)
                    return wrapper
                return add_validator
            return validated

        request_body_schema = noting("_request_body_schema")
        request_query_schema = noting("_request_query_schema")
        response_body_schema = noting("_response_body_schema")

        def having(name):
            return {"type": "object", "properties": {name: {"type": "string"}}}

        class LampsController(wsgi.Controller):
            @request_body_schema(having("lamp"), "2.1", "2.3")
            @request_body_schema(having("colour"), "2.4")
            @request_query_schema(having("force"), "2.2")
            @response_body_schema(having("made"), None, "2.3")
            @response_body_schema(having("id"), "2.4")
            def create(self, req, body):
                pass

        class Lamps(extensions.Extension):
            alias = "lamps"

            def get_resources(self):
                return [extensions.ResourceExtension("lamps", LampsController())]
    """
    site.install("lamps", {"lamps.py": source}, {"lamps": "lamps:Lamps"})
    (create,) = read().inventory.operations
    answers = [item for answer in create.responses for item in answer.payloads]
    assert [fields(item) for item in create.request] == [("2.1–2.3", "lamp"), ("2.4–", "colour")]
    assert [fields(item) for item in answers] == [("–2.3", "made"), ("2.4–", "id")]
    assert [(item.name, str(item.versions)) for item in create.parameters] == [("force", "2.2–")]


def test_augmentation(inventory: Inventory) -> None:
    """Handlers of one extension that add to another one's operation."""
    show = operation(inventory, "machines-show")
    off = operation(inventory, "machines-powerOff")
    assert [(item.extension, item.handler.object) for item in show.augmented_by] == [
        ("tags", "machines:TagsController.show")
    ]
    assert [item.extension for item in off.augmented_by] == ["tags"]
    assert operation(inventory, "machines-addTag").extension == "tags"


def test_a_part_of_one_that_fails(site: Site, read: Callable[..., Collected]) -> None:
    """Its actions on another's resource stay, under an extension that there is."""
    failing = """
        def get_resources(self):
            return [extensions.ResourceExtension(
                "tags", TagsController(), custom_routes_fn=self.routes)]

        def routes(self, mapper, resource):
            raise ValueError("no bus")
"""
    source = MACHINES.rstrip() + "\n" + failing
    points = {"machines": "machines:Machines", "tags": "machines:Tags"}
    site.install("machines", {"machines.py": source}, points)
    inventory = read().inventory
    assert [item.kind for item in inventory.problems] == ["read-failed"]
    given = [item for item in inventory.operations if item.extension == "tags"]
    assert [item.action for item in given] == ["addTag"]
    assert [item.alias for item in inventory.extensions] == ["machines", "tags"]


def test_path_parameters(inventory: Inventory) -> None:
    """A route's regular expression becomes the parameter's pattern."""
    (disk,) = operation(inventory, "machines-os-disks-list").parameters
    assert (disk.name, disk.location, disk.required) == ("disk", "path", True)
    assert disk.schema == {"type": "string", "pattern": "^(?:[a-z]+)$"}
    (machine,) = operation(inventory, "machines-show").parameters
    assert machine.schema == {"type": "string"}, "that an id has no slash goes without saying"


def test_microversions_are_asked_of_the_service(inventory: Inventory) -> None:
    """The service's own functions say which versions it accepts."""
    assert inventory.api.microversions == VersionRange(since="2.1", until="2.9")
