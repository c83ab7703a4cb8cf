"""Extensions that are broken, and those that are found in a folder."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.example.serving import DEMO, Service, running, write_settings

pytestmark = pytest.mark.real("compute-example")

MakeService = Callable[..., Service]

NAMESPACE = "compute_example.api.v21.extensions"

HEAD = """
from compute_example.api.openstack import extensions, wsgi

class Base(extensions.V21APIExtensionBase):
    name = alias = __name__
    def get_resources(self): return []
    def get_controller_extensions(self): return []

class Things(wsgi.Controller):
    def index(self, req): return {"things": []}
"""

# What is wrong with a plugin, and its code; it is a class `Broken`.
BROKEN = {
    "no module": None,
    "a syntax error": "class Broken(",
    "a failing import": "import nothing_of_that_name",
    "an assertion": "assert False, 'not here'",
    "an end of the process": "raise SystemExit(3)",
    "no such class": HEAD,
    "not an extension": "class Broken:\n    def __init__(self, extension_info): pass",
    "no alias": HEAD + "class Broken(Base):\n    alias = ''",
    "a failing constructor": HEAD
    + "class Broken(Base):\n    def __init__(self, extension_info): raise RuntimeError('no')",
    "failing resources": HEAD
    + "class Broken(Base):\n    def get_resources(self): return [1 / 0]",
    "resources that are nothing": HEAD
    + "class Broken(Base):\n    def get_resources(self): return None",
    "a controller that is none": HEAD
    + "class Broken(Base):\n    def get_resources(self):\n"
    "        return [extensions.ResourceExtension('things', object())]",
    "failing routes": HEAD
    + "def routes(mapper, controller):\n    raise LookupError\n"
    "class Broken(Base):\n    def get_resources(self):\n"
    "        return [extensions.ResourceExtension('things', Things(self.extension_info),\n"
    "                                             custom_routes_fn=routes)]",
    "failing additions": HEAD
    + "class Broken(Base):\n    def get_resources(self):\n"
    "        return [extensions.ResourceExtension('things', Things(self.extension_info))]\n"
    "    def get_controller_extensions(self): raise ValueError",
    "a rule that is there": HEAD
    + "from compute_example.policies import list_rules\n"
    "class Broken(Base):\n    def get_policies(self): return list_rules()[:1]",
    "an alias that is taken": HEAD + "class Broken(Base):\n    alias = 'servers'",
    "half a controller": HEAD
    + "class Half(wsgi.Controller):\n"
    "    @wsgi.Controller.api_version('2.1')\n    def show(self, req, id): pass\n"
    "    raise RuntimeError('in the middle')",
    "two methods for one version": HEAD
    + "class Twice(wsgi.Controller):\n"
    "    @wsgi.Controller.api_version('2.1')\n    def show(self, req, id): pass\n"
    "    @wsgi.Controller.api_version('2.3')\n    def show(self, req, id): pass\n",
}  # fmt: skip


def install(folder: Path, name: str, code: str | None) -> None:
    """Install a distribution with one extension, of the distribution's name."""
    folder.mkdir(exist_ok=True)
    if code is not None:
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{NAMESPACE}]\n{name} = {name}:Broken\n")


def name_of(fault: str) -> str:
    # The first one of an alias has it, in the order of names.
    return "zz_" + fault.replace(" ", "_")


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], str]:
    """A service with all that is broken: the extensions that it lists, and its log."""
    site = tmp_path_factory.mktemp("site")
    for fault, code in BROKEN.items():
        install(site, name_of(fault), code)
    with running("--demo", environment={"PYTHONPATH": str(site)}) as live:
        listed = live.call("GET", "/v2.1/extensions").json["extensions"]
        assert live.call("GET", "/v2.1/things").fault[0] == 404
        for path in (f"/v2.1/servers/{DEMO}", f"/v2.1/images/{DEMO}", "/v2.1/images/detail"):
            assert live.call("GET", path).status == 200
        assert live.end() == 0
    return {item["alias"] for item in listed}, live.log


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_extension_is_logged_and_left_out(
    broken: tuple[set[str], str], fault: str
) -> None:
    aliases, log = broken
    assert aliases >= {"servers", "flavors", "images", "vietstack", "versions"}
    assert not any(alias.startswith("zz_") for alias in aliases)
    (line,) = [
        item for item in log.splitlines() if name_of(fault) in item and "is left out" in item
    ]
    assert " ERROR compute_example." in line


def test_a_disabled_extension_is_not_even_imported(tmp_path: Path) -> None:
    install(tmp_path / "site", "broken", "raise RuntimeError('imported')")
    file = write_settings(tmp_path / "s.conf", {"api": {"disabled_extensions": "broken"}})
    paths = {"PYTHONPATH": str(tmp_path / "site")}
    with running("--config-file", file, environment=paths) as live:
        assert live.end() == 0
    assert "Extension broken is disabled" in live.log
    assert "left out" not in live.log


LAMPS = """
from compute_example.api.openstack import extensions, wsgi

class LampsController(wsgi.Controller):
    def index(self, req):
        return {"lamps": []}

    @wsgi.action("blink")
    @wsgi.response(202)
    def _blink(self, req, id, body):
        self.compute.servers.get(id)

    @wsgi.extends
    def show(self, req, resp_obj, id):
        resp_obj.obj["server"]["lamp"] = "off"

    @wsgi.extends(action="blink")
    def _blinked(self, req, resp_obj, id):
        resp_obj.headers["X-Lamp"] = "on"

class Lamps(extensions.V21APIExtensionBase):
    '''Lamps on the front of hosts.'''
    name = "Lamps"
    alias = "os-lamps"

    def get_resources(self):
        return [extensions.ResourceExtension("os-lamps", LampsController(self.extension_info))]

    def get_controller_extensions(self):
        controller = LampsController(self.extension_info)
        return [extensions.ControllerExtension(self, "servers", controller)]
"""


@pytest.fixture
def contrib(tmp_path: Path) -> Path:
    """A folder with an extension, and with a module that is none."""
    folder = tmp_path / "contrib"
    folder.mkdir()
    (folder / "lamps.py").write_text(textwrap.dedent(LAMPS), encoding="utf-8")
    (folder / "helpers.py").write_text("def help(): pass\n", encoding="utf-8")
    return folder


def test_a_module_in_a_contrib_folder_is_an_extension(contrib: Path, tmp_path: Path) -> None:
    file = write_settings(tmp_path / "s.conf", {"api": {"contrib_path": contrib}})
    with running("--demo", "--config-file", file) as live:
        assert live.call("GET", "/v2.1/os-lamps").json == {"lamps": []}
        assert live.call("GET", "/v2.1/extensions/os-lamps").status == 200
        assert live.call("GET", f"/v2.1/servers/{DEMO}").json["server"]["lamp"] == "off"
        headers = {"Content-Type": "application/json"}
        path = f"/v2.1/servers/{DEMO}/action"
        answer = live.call("POST", path, b'{"blink": null}', headers)
        assert (answer.status, answer.headers["X-Lamp"]) == (202, "on")
        live.end()
    assert "helpers" not in live.log
    with running("--demo") as live:
        assert live.call("GET", "/v2.1/os-lamps").fault[0] == 404


def test_an_extension_in_a_folder_can_be_disabled_and_broken(
    contrib: Path, tmp_path: Path
) -> None:
    (contrib / "bad.py").write_text("class Bad:\n    raise OSError\n", encoding="utf-8")
    settings = {"api": {"contrib_path": contrib, "disabled_extensions": "lamps"}}
    file = write_settings(tmp_path / "s.conf", settings)
    with running("--config-file", file) as live:
        assert live.call("GET", "/v2.1/os-lamps").fault[0] == 404
        live.end()
    assert "Extension bad is left out" in live.log


FAILING = LAMPS.replace('return {"lamps": []}', 'raise RuntimeError("a secret")')


def test_a_failing_handler_is_a_fault_with_its_request_in_the_log(
    contrib: Path, tmp_path: Path
) -> None:
    (contrib / "lamps.py").write_text(FAILING, encoding="utf-8")
    file = write_settings(tmp_path / "s.conf", {"api": {"contrib_path": contrib}})
    with running("--config-file", file) as live:
        answer = live.call("GET", "/v2.1/os-lamps")
        live.end()
    code, message = answer.fault
    assert code == 500
    assert "secret" not in message
    request_id = answer.headers["X-Openstack-Request-Id"]
    assert f"[{request_id}] GET" in live.log
    assert "RuntimeError: a secret" in live.log


UNDECLARED = """
import webob.exc
from compute_example.api.openstack import extensions, wsgi

class LampsController(wsgi.Controller):
    @extensions.expected_errors(404)
    def index(self, req):
        raise webob.exc.HTTPConflict("not declared")

class Lamps(extensions.V21APIExtensionBase):
    name = "Lamps"
    alias = "os-lamps"
    def get_resources(self):
        return [extensions.ResourceExtension("os-lamps", LampsController(self.extension_info))]
    def get_controller_extensions(self):
        return []
"""


def test_an_error_that_is_not_declared_is_a_fault(contrib: Path, tmp_path: Path) -> None:
    (contrib / "lamps.py").write_text(UNDECLARED, encoding="utf-8")
    file = write_settings(tmp_path / "s.conf", {"api": {"contrib_path": contrib}})
    with running("--config-file", file) as live:
        assert live.call("GET", "/v2.1/os-lamps").fault[0] == 500
        live.end()
    assert "index answered with 409, which it doesn't declare" in live.log
