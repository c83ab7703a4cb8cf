"""Fields that extensions add to other extensions' requests, as settings describe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sphinxext_apiplug.collect.api import Collected
from sphinxext_apiplug.inventory.model import Inventory, Operation
from tests.fakes import Site

Read = Callable[..., Collected]

HOOK = {
    "namespace": "fakeapi.machine.create",
    "method": "get_create_schema",
    "operation": "POST /machines",
    "target": "/properties/machine/properties",
    "targets": {"hints": "/properties"},
}

MACHINES = """
    import copy
    from fakeapi import extensions, wsgi
    from fakeapi.extensions import schema

    OLD = {"type": "object", "properties": {"machine": {"type": "object", "properties": {
        "name": {"type": "string"}}}}, "additionalProperties": False}
    NEW = copy.deepcopy(OLD)
    NEW["properties"]["machine"]["properties"]["tags"] = {"type": "array", "items": {}}

    class MachinesController(wsgi.Controller):
        @schema(NEW, "2.5")
        @schema(OLD, "2.1", "2.4")
        def create(self, req, body):
            '''Create a machine.'''

        @schema(OLD)
        def update(self, req, id, body):
            '''Update a machine, whose schema is the same object.'''

    class Machines(extensions.Extension):
        alias = "machines"
        name = "Machines"

        def get_resources(self):
            return [extensions.ResourceExtension(
                "machines", MachinesController(), member_name="machine")]

    class Disks(extensions.Extension):
        '''Give a machine disks.'''
        alias = "os-disks"
        name = "Disks"

        def machine_create(self, machine, body):
            pass

        def get_create_schema(self, version):
            if version == "2.1":
                return {"disk": {"type": "string"}}
            return {"disk": {"type": "string"}, "a/b": {"type": "integer"}}

    class Hints(extensions.Extension):
        alias = "os-hints"
        name = "Hints"

        def get_create_schema(self, version):
            return {"os:hints": {"type": "object"}}

    class Silent(extensions.Extension):
        alias = "os-silent"
        name = "Silent"

    class Broken(extensions.Extension):
        alias = "os-broken"
        name = "Broken"

        def get_create_schema(self, version):
            raise KeyError("nothing for " + version)
"""


def installed(site: Site, *hooked: str) -> None:
    """Install the service, and what uses its hook."""
    points = {"machines": "machines:Machines", "disks": "machines:Disks"}
    site.install("machines", {"machines.py": MACHINES}, points)
    others = {name: f"machines:{name.capitalize()}" for name in hooked}
    site.install("hooked", {}, others, namespace=HOOK["namespace"])


def operation(inventory: Inventory, id: str) -> Operation:
    """The operation of that id, which must be there."""
    found = inventory.operation(id)
    assert found is not None
    return found


def properties(schema: Any, *path: str) -> list[str]:
    """The names of the properties of an object inside a schema."""
    for name in path:
        schema = schema["properties"][name]
    return list(schema["properties"])


@pytest.mark.parametrize(
    "name", ["POST /machines", "machines-create", ["PUT /x", "POST /machines"]]
)
def test_each_added_field_says_where_it_is_from(site: Site, read: Read, name: Any) -> None:
    """Per version of the request, each at its place."""
    installed(site, "disks", "hints", "silent")
    inventory = read(hooks=[{**HOOK, "operation": name}]).inventory
    create = operation(inventory, "machines-create")
    disk = "/properties/machine/properties/disk"
    hints = "/properties/os:hints"
    assert [(str(item.versions), item.provided_by) for item in create.request] == [
        ("2.1–2.4", {disk: "os-disks", hints: "os-hints"}),
        (
            "2.5–",
            {
                disk: "os-disks",
                "/properties/machine/properties/a~1b": "os-disks",
                hints: "os-hints",
            },
        ),
    ]
    old, new = (item.schema for item in create.request)
    assert properties(old, "machine") == ["name", "disk"]
    assert properties(new, "machine") == ["name", "tags", "disk", "a/b"]
    assert properties(new) == ["machine", "os:hints"]


def test_who_augments(site: Site, read: Read) -> None:
    """They stand at the operation, with the method; one that does nothing else has an entry."""
    installed(site, "disks", "hints", "silent")
    inventory = read(hooks=[HOOK]).inventory
    create = operation(inventory, "machines-create")
    assert [(item.extension, item.handler.object) for item in create.augmented_by] == [
        ("os-disks", "machines:Disks.get_create_schema"),
        ("os-hints", "machines:Hints.get_create_schema"),
    ]
    assert [(item.alias, item.entry_point) for item in inventory.extensions] == [
        ("machines", "machines = machines:Machines"),
        ("os-disks", "disks = machines:Disks"),
        ("os-hints", "hints = machines:Hints"),
    ]
    assert not inventory.problems


def test_the_declared_schema_stays_as_it_is(site: Site, read: Read) -> None:
    """Another operation that has the very same schema gets nothing."""
    installed(site, "disks", "hints")
    (update,) = operation(read(hooks=[HOOK]).inventory, "machines-update").request
    assert properties(update.schema, "machine") == ["name"]
    assert properties(update.schema) == ["machine"]
    assert not update.provided_by


def test_a_hook_that_fails_is_one_problem(site: Site, read: Read) -> None:
    """The fields of the others are there."""
    installed(site, "broken", "disks")
    inventory = read(hooks=[HOOK]).inventory
    (problem,) = inventory.problems
    assert (problem.kind, problem.subject) == ("read-failed", "broken")
    assert problem.source is not None
    assert problem.source.object == "machines:get_create_schema"
    create = operation(inventory, "machines-create")
    assert set(create.request[0].provided_by.values()) == {"os-disks"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"operation": "POST /machine"}, "it adds fields to 'POST /machine', which nobody has"),
        ({"target": "/properties/host/properties"}, "no '/properties/host/properties'"),
    ],
)
def test_a_hook_that_leads_nowhere(
    site: Site, read: Read, change: dict[str, str], message: str
) -> None:
    """It is said of each extension that uses it."""
    installed(site, "disks")
    (problem,) = read(hooks=[{**HOOK, **change}]).inventory.problems
    assert (problem.kind, problem.subject) == ("augments-unknown", "disks")
    assert message in problem.message


def test_an_extension_that_cannot_be_imported_is_told_once(site: Site, read: Read) -> None:
    """Although two namespaces declare it."""
    installed(site, "disks")
    site.install("bad", {"bad.py": "import nolibrary"}, {"bad": "bad:Bad"})
    site.install("worse", {}, {"bad2": "bad:Bad"}, namespace=HOOK["namespace"])
    (problem,) = read(hooks=[HOOK]).inventory.problems
    assert (problem.kind, problem.subject) == ("load-failed", "bad")


def test_what_is_disabled_adds_nothing(site: Site, read: Read) -> None:
    """Be it as an extension or, under another name, in the hook's own namespace."""
    installed(site, "hints")
    site.install("more", {}, {"disks_create": "machines:Disks"}, namespace=HOOK["namespace"])
    inventory = read(hooks=[HOOK], disabled=["disks", "hints"]).inventory
    assert not operation(inventory, "machines-create").request[0].provided_by
    assert [item.alias for item in inventory.extensions] == ["machines"]


def test_files_of_what_augments_belong_to_the_operation(site: Site, read: Read) -> None:
    """So that a page is made anew when one of them changes."""
    installed(site)
    modules = {
        "fanpack/__init__.py": "",
        "fanpack/schema.py": "FIELDS = {'fan': {'type': 'string'}}\n",
        "fanpack/fans.py": """
            from fakeapi import extensions, wsgi
            from fanpack import schema

            class FansController(wsgi.Controller):
                @wsgi.extends
                def update(self, req, resp_obj, id, body):
                    pass

            class Fans(extensions.Extension):
                alias = "os-fans"
                name = "Fans"

                def get_create_schema(self, version):
                    return schema.FIELDS

                def get_controller_extensions(self):
                    return [extensions.ControllerExtension(self, "machines", FansController())]
        """,
    }
    site.install("fans", modules, {"fans": "fanpack.fans:Fans"})
    site.install("fans-hook", {}, {"fans": "fanpack.fans:Fans"}, namespace=HOOK["namespace"])
    inventory = read(hooks=[HOOK]).inventory
    create = operation(inventory, "machines-create")
    assert {"machines.py", "fanpack/fans.py", "fanpack/schema.py"} <= set(create.files)
    update = operation(inventory, "machines-update")
    assert {"machines.py", "fanpack/fans.py"} <= set(update.files)
    assert "fanpack/schema.py" not in update.files
