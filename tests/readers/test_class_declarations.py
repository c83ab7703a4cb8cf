"""Services whose controllers declare things in their classes, and whose router is bare."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinxext_apiplug.collect.api import Collected
from sphinxext_apiplug.inventory.model import Inventory, Operation
from tests.fakes import Site

Read = Callable[..., Collected]

WSGI = """
    class Result:
        def __init__(self, data, status=200):
            self.data, self.status = data, status

    class HTTPException(Exception):
        pass

    class HTTPNotFound(HTTPException):
        code = 404

    class HTTPConflict(HTTPException):
        code = 409

    class HTTPTeapot(HTTPException):
        code = 418

    class Missing(Exception):
        message = "There is no %(kind)s."

    class Busy(Exception):
        message = "It is busy."

    class Controller:
        exception_map = {HTTPNotFound: [Missing], HTTPConflict: [Busy]}
        schemas = {}

        @classmethod
        def get_schema(cls, action, body):
            return cls.schemas.get(action, {})

    class Resource:
        def __init__(self, controller):
            self.controller = controller

        def __call__(self, environ, start_response):
            raise RuntimeError("nobody is to be served")
"""

SCHEMAS = """
    def having(name, kind="object"):
        return {"type": "object", "required": [name], "properties": {name: {"type": kind}}}

    boat = {
        "create": {"name": "boat:create", **having("boat")},
        "update": having("boat"),
        "update_all": {"boats": having("boats", "array"), "ports": having("ports", "array")},
        "action": {
            "sink": having("sink"),
            "turn": {"left": having("turn"), "right": having("turn", "string")},
        },
    }
"""

API = """
    import routes
    from boats import schemas, wsgi
    from boats.wsgi import Busy, Controller, Missing, Resource, Result

    class BoatsController(Controller):
        schemas = schemas.boat.copy()

        @classmethod
        def get_schema(cls, action, body):
            found = super().get_schema(action, body)
            if action == "action":
                name = list(body)[0]
                found = found.get(name, {})
                if name == "turn":
                    found = found.get(list(body[name])[0], {})
            elif action == "update_all":
                found = found.get(list(body)[0], {})
            return found

        def index(self, req, tenant_id):
            '''List boats.'''
            if req.GET.get("wrecks"):
                return Result("They are gone.", 403)
            return Result({"boats": []})

        def create(self, req, body, tenant_id):
            code = 202
            if body["boat"].get("old"):
                code = 207
            return Result({"boat": {"id": 1}}, code)

        def edit(self, req, body, tenant_id, id):
            '''Change a boat.'''
            raise Busy()

        def update(self, req, body, tenant_id, id):
            return Result(None, 202)

        def update_all(self, req, body, tenant_id):
            return Result(None, status=202 if body else 204)

        def delete(self, req, tenant_id, id):
            raise Missing(kind="boat")

        def action(self, req, body, tenant_id, id):
            table = {"sink": self._sink, "turn": self._turn, "paint": self._paint}
            if "wash" in body:
                return self._wash(req, body)
            if not body:
                raise Busy("Say what.")
            return table[list(body)[0]](req, body)

        def _sink(self, req, body):
            '''Sink a boat.'''
            return Result(None, 204)

        def _turn(self, req, body):
            '''
            Turn a boat to a side:
            1. left
                where the heart is
            2. right
            '''
            ways = {"left": self._left, "right": self._right}
            return ways[list(body["turn"])[0]](req, body)

        def _left(self, req, body):
            return Result(None, 202)

        def _right(self, req, body):
            return Result({"side": "right"}, 201)

        def _paint(self, req, body):
            raise wsgi.HTTPTeapot()

        def _wash(self, req, body):
            return Result(None, 206)

    class CrewController(Controller):
        schemas = {"update": {"type": "object"}, "create": {"type": "object"}}

        @classmethod
        def get_schema(cls, action, body):
            return cls.schemas[action] if action == "create" else {}

        def create(self, req, body, tenant_id, boat_id):
            pass

        def update(self, req, body, tenant_id, boat_id):
            pass

        def delete(self, req, tenant_id, boat_id):
            pass

    class RootController(Controller):
        def __call__(self, environ, start_response):
            raise RuntimeError("nobody is to be served")

        def show(self, req):
            '''Say hello.'''

    class API:
        def __init__(self):
            self.map = mapper = routes.Mapper()
            boats = Resource(BoatsController())
            mapper.resource(
                "boat",
                "/{tenant_id}/boats",
                controller=boats,
                collection={"update_all": "PUT"},
                member={"action": "POST"},
            )
            mapper.connect("/", controller=RootController(), action="show")

    class Nothing:
        pass

    class Words:
        def __init__(self):
            self.map = routes.Mapper()
            self.map.resource("boat", "boats", controller="boats")
            self.map.connect("/", controller=RootController(), action="show")
"""

EXTENSION = """
    from boats.api import BoatsController, CrewController

    class ResourceExtension:
        def __init__(self, collection, controller, parent=None, collection_actions=None):
            self.collection, self.controller, self.parent = collection, controller, parent
            self.collection_actions = collection_actions

    class Crews:
        def get_alias(self):
            return "crews"

        def get_description(self):
            return "Who sails."

        def get_resources(self):
            parent = {"member_name": "boat", "collection_name": "{tenant_id}/boats"}
            return [
                ResourceExtension("crew", CrewController(), parent, {"update": "PUT"}),
                ResourceExtension("{tenant_id}/mgmt/boats", BoatsController()),
            ]
"""


@pytest.fixture
def boats(site: Site, read: Read) -> Read:
    """A service that is installed, and what reads it."""
    modules = {
        "boats/__init__.py": "",
        "boats/wsgi.py": WSGI,
        "boats/schemas.py": SCHEMAS,
        "boats/api.py": API,
        "boats/crews.py": EXTENSION,
    }
    site.install("boats", modules, {"crews": "boats.crews:Crews"})
    return lambda router="boats.api:API": read(router=router, base_path="/v1")


@pytest.fixture
def inventory(boats: Read) -> Inventory:
    """The whole service."""
    return boats().inventory


def one(inventory: Inventory, id_: str) -> Operation:
    """The operation of that id."""
    found = inventory.operation(id_)
    assert found is not None, [item.id for item in inventory.operations]
    return found


def codes(operation: Operation) -> list[int]:
    """The status codes without what every API may answer; all must say that they are inferred."""
    assert all(item.inferred for item in operation.responses)
    return [item.status for item in operation.responses if item.status != 401]


def test_a_router_that_has_a_mapper_only(inventory: Inventory) -> None:
    """Resources are named by their paths; what can't be called isn't there."""
    assert {
        (item.id, item.method, item.path) for item in inventory.operations if item.action is None
    } == {
        ("boats-crew-create", "POST", "/{tenant_id}/boats/{boat_id}/crew"),
        ("boats-crew-update", "PUT", "/{tenant_id}/boats/{boat_id}/crew"),
        ("mgmt-boats-list", "GET", "/{tenant_id}/mgmt/boats"),
        ("mgmt-boats-create", "POST", "/{tenant_id}/mgmt/boats"),
        ("mgmt-boats-update", "PUT", "/{tenant_id}/mgmt/boats/{id}"),
        ("mgmt-boats-edit", "PATCH", "/{tenant_id}/mgmt/boats/{id}"),
        ("mgmt-boats-delete", "DELETE", "/{tenant_id}/mgmt/boats/{id}"),
        ("root-show", "GET", "/"),
        ("boats-list", "GET", "/{tenant_id}/boats"),
        ("boats-create", "POST", "/{tenant_id}/boats"),
        ("boats-update_all", "PUT", "/{tenant_id}/boats"),
        ("boats-update", "PUT", "/{tenant_id}/boats/{id}"),
        ("boats-edit", "PATCH", "/{tenant_id}/boats/{id}"),
        ("boats-delete", "DELETE", "/{tenant_id}/boats/{id}"),
    }
    described = {item.alias: item.description for item in inventory.extensions}
    assert described["crews"] == "Who sails."
    assert {item.extension for item in inventory.operations} == described.keys()
    assert one(inventory, "boats-edit").summary == "Change a boat"


def test_schemas_of_a_class(inventory: Inventory) -> None:
    """One schema a handler or an action; alternatives where keys decide; none that isn't asked."""
    (create,) = one(inventory, "boats-create").request
    assert create.schema["required"] == ["boat"]
    assert not create.inferred
    (update_all,) = one(inventory, "boats-update_all").request
    assert [item["required"] for item in update_all.schema["anyOf"]] == [["boats"], ["ports"]]
    (turn,) = one(inventory, "boats-turn").request
    kinds = [item["properties"]["turn"]["type"] for item in turn.schema["anyOf"]]
    assert kinds == ["object", "string"]
    (sink,) = one(inventory, "boats-sink").request
    assert sink.schema["required"] == ["sink"]
    assert len(one(inventory, "boats-crew-create").request) == 1
    assert one(inventory, "boats-crew-update").request == ()
    assert "boats/schemas.py" in one(inventory, "boats-create").files
    # What a schema calls itself is no keyword.
    assert {(item.kind, item.pointer) for item in inventory.problems} == {
        ("schema-adapted", "/name")
    }


def test_actions_that_one_method_tells_apart(inventory: Inventory) -> None:
    """They are served by the method that each is left to."""
    found = {item.action: item for item in inventory.operations if item.action}
    assert sorted(found) == ["paint", "sink", "turn", "wash"]
    assert {item.path for item in found.values()} == {"/{tenant_id}/boats/{id}/action"}
    assert found["sink"].handler.object == "boats.api:BoatsController._sink"
    assert found["sink"].summary == "Sink a boat"
    assert codes(found["sink"]) == [204, 400, 404, 409]
    assert found["turn"].summary == "Turn a boat to a side"
    assert found["turn"].description == "1. left\n    where the heart is\n2. right"
    assert codes(found["turn"]) == [201, 202, 400, 404, 409]
    assert codes(found["wash"]) == [206, 400, 404, 409]
    assert codes(found["paint"]) == [400, 404, 409, 418]
    (busy,) = [item for item in found["wash"].responses if item.status == 409]
    assert busy.description == "Conflict: Say what"


def test_codes_of_results_and_of_mapped_exceptions(inventory: Inventory) -> None:
    """Given in place, by a name, or by default; an error's reason where it is raised."""
    assert codes(one(inventory, "boats-list")) == [200, 403, 404, 409]
    assert codes(one(inventory, "boats-create")) == [202, 207, 400, 404, 409]
    assert codes(one(inventory, "boats-update_all")) == [202, 204, 400, 404, 409]
    assert codes(one(inventory, "boats-edit")) == [404, 409]
    told = {item.status: item.description for item in one(inventory, "boats-delete").responses}
    del told[401]
    assert told == {404: "Not Found: There is no {kind}", 409: "Conflict"}


def test_data_of_results(inventory: Inventory) -> None:
    """The first argument is what is answered; nothing is no body."""
    (accepted, *_) = one(inventory, "boats-create").responses
    (payload,) = accepted.payloads
    assert payload.schema["required"] == ["boat"]
    (accepted, *_) = one(inventory, "boats-update").responses
    assert accepted.payloads[0].schema == {"type": "null"}


def test_a_router_that_is_none(boats: Read) -> None:
    """It is one problem that says what is wanted; extensions are published."""
    inventory = boats("boats.api:Nothing").inventory
    (problem,) = [item for item in inventory.problems if item.kind != "schema-adapted"]
    assert problem.kind == "read-failed"
    assert "Nothing is no router: it has no routes.Mapper as `map`" in problem.message
    assert problem.source is not None
    assert problem.source.file == "boats/api.py"
    assert [item.alias for item in inventory.extensions] == ["crews"]


def test_a_router_that_has_names_only(boats: Read) -> None:
    """One problem for all of its routes that lead nowhere; the others are published."""
    inventory = boats("boats.api:Words").inventory
    (problem,) = [item for item in inventory.problems if item.kind != "schema-adapted"]
    assert (problem.kind, problem.subject) == ("read-failed", "router")
    assert problem.message == "7 routes only name a controller, as POST /boats does"
    assert one(inventory, "root-show").path == "/"
