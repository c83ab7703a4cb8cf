"""Extensions found by walking over a package, and the resources of a service's router."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_apiplug.collect.api import Collected
from sphinxext_apiplug.inventory.model import Inventory
from tests.fakes import Site

Read = Callable[..., Collected]

SETTINGS = {
    "namespace": "",
    "contrib": "fakeapi.contrib",
    "router": "fakeapi.router:Router",
    "prepare": ["fakeapi.router:make_ready"],
}

HEAD = """
from fakeapi import extensions, router, wsgi

assert router.READY, "imported too early"


class Descriptor(extensions.Extension):
    def __init__(self, ext_mgr):
        ext_mgr.register(self)

"""

MODULES = {
    "rack_actions": """
class RackActionsController(wsgi.Controller):
    @wsgi.action("os-move")
    @extensions.schema({"type": "object", "properties": {"os-move": {"type": "object"}}})
    def _move(self, req, id, body):
        '''Move a rack.'''

    @wsgi.action("delete")
    def _delete(self, req, id, body):
        '''Delete a rack and what is in it.'''

    @wsgi.action("create")
    def _create(self, req, body):
        '''Build a rack.'''

    @wsgi.action("os-sort")
    def _sort(self, req, body):
        '''Has no rack to sort.'''

    @wsgi.extends
    def show(self, req, resp_obj, id):
        pass


class Rack_actions(Descriptor):
    '''Move racks about.'''
    name = "RackActions"
    alias = "os-rack-actions"
    updated = "2012-05-31T00:00:00+00:00"

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, "racks", RackActionsController())]
""",
    "lamps": """
class Lamps(Descriptor):
    '''Lamps, which the router maps.'''
    alias = "os-lamps"
    name = "Lamps"
""",
    "deep/__init__": "",
    "deep/fans": """
class FansController(wsgi.Controller):
    def index(self, req):
        '''List fans.'''


class Fans(Descriptor):
    alias = "os-fans"
    name = "Fans"

    def get_resources(self):
        return [extensions.ResourceExtension("os-fans", FansController())]
""",
    "resource_common": "def help(): pass\n",
    "broken": "import nothing_like_this\n",
}


@pytest.fixture
def contrib(site: Site) -> Path:
    """The package of the made-up service's extensions."""
    folder = site.folder / "fakeapi" / "contrib"
    for name, text in {"__init__": "", **MODULES}.items():
        file = folder / f"{name}.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(HEAD + text if "class" in text else text, encoding="utf-8")
    site.install("fake-service", {}, {}, version="4.5.6")
    info = site.folder / "fake_service-4.5.6.dist-info"
    (info / "top_level.txt").write_text("fakeapi\n", encoding="utf-8")
    return folder


def operations(inventory: Inventory) -> dict[tuple[str, str, str | None], str]:
    """(method, path, action) -> alias."""
    return {(item.method, item.path, item.action): item.extension for item in inventory.operations}


def test_every_module_with_a_class_of_its_name(contrib: Path, read: Read) -> None:
    """A helper module is no extension; one that can't be imported is one problem."""
    inventory = read(**SETTINGS).inventory
    assert [(item.alias, item.entry_point) for item in inventory.extensions] == [
        ("core", "router = fakeapi.router:Router"),
        ("os-fans", "fans = fakeapi.contrib.deep.fans:Fans"),
        ("os-lamps", "lamps = fakeapi.contrib.lamps:Lamps"),
        ("os-rack-actions", "rack_actions = fakeapi.contrib.rack_actions:Rack_actions"),
    ]
    assert {(item.distribution, item.distribution_version) for item in inventory.extensions} == {
        ("fake-service", "4.5.6")
    }
    assert inventory.api.namespace == "fakeapi.contrib"
    (problem,) = inventory.problems
    assert (problem.kind, problem.subject) == ("load-failed", "broken")
    assert problem.source is not None
    assert (problem.source.file, problem.source.line) == ("fakeapi/contrib/broken.py", 1)


def test_actions_on_resources_that_no_extension_has(contrib: Path, read: Read) -> None:
    """They are the extension's; what an action takes tells it from a plain method."""
    inventory = read(**SETTINGS).inventory
    assert operations(inventory) == {
        ("GET", "/racks", None): "core",
        ("GET", "/racks/{id}", None): "core",
        ("POST", "/racks", None): "os-rack-actions",
        ("POST", "/racks/{id}/action", "delete"): "os-rack-actions",
        ("POST", "/racks/{id}/action", "os-move"): "os-rack-actions",
        ("GET", "/os-fans", None): "os-fans",
        ("PUT", "/os-lamps/blink", None): "os-lamps",
    }
    show = inventory.operation("racks-show")
    assert show is not None
    assert [item.extension for item in show.augmented_by] == ["os-rack-actions"]


def test_the_router_alone(read: Read, site: Site) -> None:
    """A service may have no extension, and need no package or namespace for some."""
    inventory = read(router="fakeapi.router:Router", namespace="").inventory
    assert inventory.problems == ()
    assert [item.alias for item in inventory.extensions] == ["core"]
    assert [(item.method, item.path) for item in inventory.operations] == [
        ("GET", "/racks"),
        ("GET", "/racks/{id}"),
    ]
    assert inventory.api.namespace == "fakeapi.router:Router"


ROUTER = """
import routes
from fakeapi import router, wsgi


class Version:
    def __init__(self, text):
        self.text = text

    def is_null(self):
        return not self.text

    def __str__(self):
        return self.text


class Method:
    def __init__(self, func, since, until=""):
        self.func, self.min_version, self.max_version = func, Version(since), Version(until)


class BinsController(wsgi.Controller):
    def show(self, req, bin_id):
        '''Show a bin.'''

    versioned_methods = {"show": [Method(show, "2.4")]}


class Router:
    def __init__(self, conf):
        self.map = routes.Mapper()
        resource = router.Resource(BinsController())
        self.map.connect("bin", "/bins/{bin_id}", controller=resource, action="show",
                         conditions={"method": "GET"})
"""


@pytest.mark.parametrize(
    "edit",
    [
        ("conf", "conf"),
        ("conf):\n        self.map = routes.Mapper()", "mapper):\n        self.map = mapper"),
    ],
)
def test_a_router_of_another_hand(read: Read, site: Site, edit: tuple[str, str]) -> None:
    """A route's method as text, a range whose ends are called otherwise, a mapper to fill."""
    assert edit[0] in ROUTER
    site.install("binstore", {"binstore.py": ROUTER.replace(*edit)}, {})
    inventory = read(router="binstore:Router", namespace="").inventory
    assert inventory.problems == ()
    (show,) = inventory.operations
    assert (show.method, show.path, str(show.versions)) == ("GET", "/bins/{bin_id}", "2.4–2.9")


def test_without_the_router(contrib: Path, read: Read) -> None:
    """Actions on a resource that isn't known are one problem an extension."""
    inventory = read(**{**SETTINGS, "router": None}, disabled=["broken"]).inventory
    assert set(operations(inventory).values()) == {"os-fans"}
    (problem,) = inventory.problems
    assert (problem.kind, problem.subject) == ("augments-unknown", "rack_actions")


@pytest.mark.parametrize(
    ("settings", "subject", "message"),
    [
        ({"router": "fakeapi.router:Nobody"}, "router", "AttributeError"),
        ({"router": "fakeapi.router:Loader"}, "router", "all extensions would be loaded"),
        ({"router": "fakeapi.router:Mapless"}, "router", "the router maps nothing"),
        ({"prepare": ["fakeapi.router:make_it"]}, "fakeapi.router:make_it", "make_it"),
    ],
)
def test_what_settings_name_may_be_wrong(
    contrib: Path, read: Read, settings: dict[str, object], subject: str, message: str
) -> None:
    """It is one problem that names it; the rest is published."""
    chosen = {**SETTINGS, "disabled": ["broken", "rack_actions", "lamps"], **settings}
    if "prepare" in settings:
        (contrib / "deep" / "fans.py").write_text(
            (HEAD + MODULES["deep/fans"]).replace("assert", "#"), encoding="utf-8"
        )
    inventory = read(**chosen).inventory
    (problem,) = inventory.problems
    assert problem.subject == subject
    assert message in problem.message
    assert inventory.operation("os-fans-list") is not None


def test_a_package_that_is_not_there(site: Site, read: Read) -> None:
    """Nothing is found, and that is said."""
    for package in ("nobody.contrib", "fakeapi.nobody"):
        (problem,) = read(namespace="", contrib=package).inventory.problems
        assert problem.kind == "namespace-empty"
        assert package in problem.message


def test_a_new_module_makes_the_cached_inventory_old(
    contrib: Path, read: Read, tmp_path: Path
) -> None:
    """Although none of the files that were read has changed."""
    cache = tmp_path / "cache"
    read(cache_dir=cache, **SETTINGS)
    assert read(cache_dir=cache, **SETTINGS).from_cache
    (contrib / "pumps.py").write_text(
        (HEAD + MODULES["lamps"]).replace("lamps", "pumps").replace("Lamps", "Pumps"),
        encoding="utf-8",
    )
    again = read(cache_dir=cache, **SETTINGS)
    assert not again.from_cache
    assert again.inventory.extension("os-pumps") is not None
