"""A vendor's distribution: installing it is all it takes, and uninstalling takes it away."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest

from tests.example.calling import Said, call
from tests.example.serving import DEMO, HEADER, Live, running, write_settings

ROOT = Path(__file__).parents[2]
PLUGIN = ROOT / "examples" / "vendor-plugin"
REFERENCE = ROOT / "api-ref" / "source"
WINDOWS = "/v2.1/os-maintenance-windows"
FIELD = "vendor-maintenance:window"
ADDED = {"os-maintenance-status", "os-maintenance-windows"}
BEGIN, MIDDLE, END = (f"2099-03-01T{hour}:00:00Z" for hour in ("02", "03", "04"))
BUILD = "import sys; from pbr import build; build.build_wheel(sys.argv[1])"


def _is_installed() -> bool:
    try:
        distribution("compute-example-vendor")
    except PackageNotFoundError:
        return False
    return True


pytestmark = [
    pytest.mark.real("compute-example"),
    pytest.mark.skipif(_is_installed(), reason="the vendor's distribution is always there"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the distribution as an installer leaves it."""
    folder = tmp_path_factory.mktemp("vendor")
    shutil.copytree(
        PLUGIN, folder / "source", ignore=shutil.ignore_patterns("*.egg-info", "build")
    )
    environment = {**os.environ, "PBR_VERSION": "1.2.3"}
    command = [sys.executable, "-c", BUILD, str(folder)]
    subprocess.run(
        command, cwd=folder / "source", env=environment, check=True, capture_output=True
    )
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def start(*options: str | Path, settings: Path, path: Path | None = None) -> Any:
    """Run the service with what is in a folder, or without."""
    environment = {"PYTHONPATH": str(path or "")}
    return running("--demo", "--config-file", settings, *options, environment=environment)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Answers must be as declared, also what extensions add to them."""
    return write_settings(tmp_path_factory.mktemp("settings") / "service.conf", {})


@pytest.fixture(scope="module")
def live(site: Path, settings: Path) -> Iterator[Live]:
    """A service with the vendor's distribution."""
    with start(settings=settings, path=site) as live:
        yield live


@pytest.fixture
def empty(live: Live) -> Live:
    """The service without a single window."""
    for item in get(live, WINDOWS)["maintenance_windows"]:
        assert ask(live, "DELETE", f"{WINDOWS}/{item['id']}")[0] == 204
    return live


def ask(
    live: Live, method: str, path: str, body: Any = None, *, token: str = "admin", at: str = "2.5"
) -> tuple[int, Any]:
    """Ask the service for something, with a microversion."""
    headers = {"X-Auth-Token": token, HEADER: f"compute {at}", "Content-Type": "application/json"}
    sent = None if body is None else json.dumps(body).encode()
    answer = live.call(method, path, sent, headers)
    return answer.status, json.loads(answer.raw) if answer.raw else None


def get(live: Live, path: str) -> Any:
    """What is at a path."""
    status, body = ask(live, "GET", path)
    assert status == 200, body
    return body


def plan(live: Live, host: str, begin: str, end: str, **more: Any) -> tuple[int, Any]:
    """Plan a window."""
    options = {key: more.pop(key) for key in ("token", "at") if key in more}
    window = {"host": host, "starts_at": begin, "ends_at": end, **more}
    return ask(live, "POST", WINDOWS, {"maintenance_window": window}, **options)


def message(answer: tuple[int, Any]) -> tuple[int, str]:
    """The code and the message of an error."""
    status, body = answer
    (fault,) = body.values()
    assert fault["code"] == status
    return status, fault["message"]


def client(live: Live, *arguments: str) -> Said:
    """Call the client as an administrator."""
    return call("--os-endpoint", live.url, "--os-token", "admin", *arguments)


def apiplug(*arguments: str | Path, path: Path | None = None) -> Any:
    """What ``apiplug`` prints as JSON."""
    command = [sys.executable, "-m", "sphinxext_apiplug.cli.main", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(path or "")}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert (result.returncode, result.stderr) == (0, "")
    return json.loads(result.stdout)


def test_service_with_and_without(live: Live, settings: Path) -> None:
    """Its extensions are listed, its resource is there, and servers have its field."""
    listed = {item["alias"] for item in get(live, "/v2.1/extensions")["extensions"]}
    assert listed >= ADDED
    assert get(live, "/v2.1/servers/detail")["servers"][0][FIELD] is None
    assert get(live, f"/v2.1/servers/{DEMO}")["server"][FIELD] is None
    with start(settings=settings) as without:
        assert {
            item["alias"] for item in get(without, "/v2.1/extensions")["extensions"]
        } == listed - ADDED
        assert FIELD not in get(without, f"/v2.1/servers/{DEMO}")["server"]
        assert ask(without, "GET", WINDOWS)[0] == 404


def test_state_outlives_the_distribution(site: Path, settings: Path, tmp_path: Path) -> None:
    """Uninstalled, its table does no harm; installed again, its windows are there."""
    database = ("--database", tmp_path / "state.sqlite")
    with start(*database, settings=settings, path=site) as live:
        status, made = plan(live, "node-1", BEGIN, END, reason="New disks")
        assert status == 201
    with start(*database, settings=settings) as live:
        assert ask(live, "GET", WINDOWS)[0] == 404
        assert get(live, "/v2.1/servers")["servers"]
    with start(*database, settings=settings, path=site) as live:
        (window,) = get(live, WINDOWS)["maintenance_windows"]
        assert window["id"] == made["maintenance_window"]["id"]
        assert window["reason"] == "New disks"


def test_switched_off(site: Path, tmp_path: Path) -> None:
    """Without uninstalling it, by the service's settings: one of the two, or both."""
    settings = write_settings(
        tmp_path / "off.conf", {"api": {"disabled_extensions": "maintenance_windows"}}
    )
    with start(settings=settings, path=site) as live:
        assert ask(live, "GET", WINDOWS)[0] == 404
        assert get(live, f"/v2.1/servers/{DEMO}")["server"][FIELD] is None


def test_windows(empty: Live) -> None:
    """Planned, listed by time and host, moved, cancelled."""
    status, made = plan(empty, "node-2", MIDDLE, END, reason="New disks")
    window = made["maintenance_window"]
    assert status == 201
    assert (window["host"], window["starts_at"], window["reason"]) == (
        "node-2", MIDDLE, "New disks",
    )  # fmt: skip
    assert plan(empty, "node-1", BEGIN, END)[0] == 201
    listed = get(empty, WINDOWS)["maintenance_windows"]
    assert [item["host"] for item in listed] == ["node-1", "node-2"]
    only = get(empty, f"{WINDOWS}?host=node-2")["maintenance_windows"]
    assert only == [window]
    path = f"{WINDOWS}/{window['id']}"
    assert get(empty, path) == made
    status, moved = ask(empty, "PUT", path, {"maintenance_window": {"starts_at": BEGIN}})
    assert (status, moved["maintenance_window"]) == (200, {**window, "starts_at": BEGIN})
    assert ask(empty, "DELETE", path) == (204, None)
    for method in ("GET", "DELETE"):
        code, text = message(ask(empty, method, path))
        assert (code, text) == (404, f"Maintenance window {window['id']} could not be found.")


def test_pages_of_windows(empty: Live) -> None:
    """Each leads to the next; windows that begin at the same time aren't lost between."""
    for number in (1, 2, 3):
        assert plan(empty, f"node-{number}", BEGIN, END)[0] == 201
    seen, path = [], f"{WINDOWS}?limit=2"
    for _ in range(2):
        body = get(empty, path)
        seen += [item["host"] for item in body["maintenance_windows"]]
        if links := body.get("maintenance_windows_links"):
            path = links[0]["href"].replace(empty.url.rstrip("/"), "")
    assert sorted(seen) == ["node-1", "node-2", "node-3"]
    marker = "00000000-0000-4000-8000-000000000000"
    assert message(ask(empty, "GET", f"{WINDOWS}?marker={marker}")) == (
        400, f"Marker {marker} could not be found.",
    )  # fmt: skip


def test_field_of_servers(empty: Live) -> None:
    """The window that the host is in, or its next one, and none that is over."""
    host = get(empty, f"/v2.1/servers/{DEMO}")["server"]["OS-EXT-SRV-ATTR:host"]
    for begin, end in (
        ("2001-01-01T00:00:00Z", "2001-01-02T00:00:00Z"),
        (MIDDLE, END),
        ("2020-01-01T00:00:00Z", BEGIN),
    ):
        assert plan(empty, host, begin, end)[0] == 201
    field = get(empty, f"/v2.1/servers/{DEMO}")["server"][FIELD]
    assert (field["starts_at"], field["ends_at"]) == ("2020-01-01T00:00:00Z", BEGIN)
    assert get(empty, "/v2.1/servers/detail")["servers"][0][FIELD] == field
    assert ask(empty, "DELETE", f"{WINDOWS}/{field['id']}")[0] == 204
    assert get(empty, f"/v2.1/servers/{DEMO}")["server"][FIELD]["starts_at"] == MIDDLE


@pytest.mark.parametrize(
    ("begin", "end", "code", "text"),
    [
        (END, BEGIN, 400, "The maintenance window must end after it begins."),
        (BEGIN, BEGIN, 400, "The maintenance window must end after it begins."),
        ("2099-02-30T00:00:00Z", END, 400, "2099-02-30T00:00:00Z is no date and time."),
        ("0000-01-01T00:00:00Z", END, 400, "0000-01-01T00:00:00Z is no date and time."),
        ("2099-03-01", END, 400, "Invalid body at maintenance_window/starts_at: "),
        (f"{BEGIN}\n", END, 400, "Invalid body at maintenance_window/starts_at: "),
        ("2099-03-01T01:00:00Z", MIDDLE, 409, "Host node-3 has maintenance window "),
    ],
)
def test_windows_that_can_not_be(empty: Live, begin: str, end: str, code: int, text: str) -> None:
    """Refused with the reason; a window next to another one is fine."""
    assert plan(empty, "node-3", BEGIN, MIDDLE)[0] == 201
    status, told = message(plan(empty, "node-3", begin, end))
    assert (status, told[: len(text)]) == (code, text)
    assert plan(empty, "node-3", MIDDLE, END)[0] == 201
    assert message(plan(empty, "nowhere", BEGIN, END)) == (400, "Host nowhere could not be found.")


def test_moved_onto_another_window(empty: Live) -> None:
    """Refused, and the window stays where it was."""
    made = plan(empty, "node-1", BEGIN, MIDDLE)[1]
    assert plan(empty, "node-1", MIDDLE, END)[0] == 201
    path = f"{WINDOWS}/{made['maintenance_window']['id']}"
    for change, code in (({"ends_at": END}, 409), ({"ends_at": BEGIN}, 400), ({}, 400)):
        assert ask(empty, "PUT", path, {"maintenance_window": change})[0] == code
    assert get(empty, path) == made


def test_rules(empty: Live) -> None:
    """Administrators plan, everybody of a project sees it."""
    code, text = message(plan(empty, "node-1", BEGIN, END, token="member"))
    assert code == 403
    assert "compute_example_vendor:maintenance-windows:create" in text
    assert plan(empty, "node-1", BEGIN, END)[0] == 201
    status, body = ask(empty, "GET", WINDOWS, token="reader")
    assert (status, len(body["maintenance_windows"])) == (200, 1)
    path = f"{WINDOWS}/{body['maintenance_windows'][0]['id']}"
    for method in ("PUT", "DELETE"):
        sent = {"maintenance_window": {"reason": "x"}} if method == "PUT" else None
        assert ask(empty, method, path, sent, token="member")[0] == 403


def test_microversions(empty: Live) -> None:
    """What 2.2 brought is not there in 2.1."""
    assert plan(empty, "node-1", BEGIN, END, reason="x", at="2.1")[0] == 400
    status, made = plan(empty, "node-1", BEGIN, END, at="2.1")
    assert status == 201
    assert "reason" not in made["maintenance_window"]
    path = f"{WINDOWS}/{made['maintenance_window']['id']}"
    change = {"maintenance_window": {"reason": "New disks"}}
    assert ask(empty, "PUT", path, change, at="2.1")[0] in (404, 405)
    assert ask(empty, "PUT", path, change, at="2.2")[0] == 200
    assert "reason" not in ask(empty, "GET", path, at="2.1")[1]["maintenance_window"]


def test_commands(empty: Live, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client has them as soon as the distribution is there."""
    assert "maintenance" not in call("--help").out
    monkeypatch.syspath_prepend(site)
    assert call("--help").out.count("\n  maintenance window ") == 5
    times = ("--starts-at", "2099-03-01T02:00", "--ends-at", "2099-03-01T05:00:00+01:00")
    planned = ("maintenance", "window", "create", "node-1", *times)
    made = client(empty, *planned, "--reason", "New disks", "-f", "json").json
    assert (made["starts_at"], made["ends_at"], made["reason"]) == (BEGIN, END, "New disks")
    assert client(empty, *planned).failure.startswith("not possible now: Host node-1 has")
    listed = client(empty, "maintenance", "window", "list", "--host", "node-1", "-f", "json")
    assert [item["id"] for item in listed.json] == [made["id"]]
    changing = ("maintenance", "window", "update", made["id"])
    changed = client(empty, *changing, "--ends-at", MIDDLE, "-f", "json").json
    assert changed["ends_at"] == MIDDLE
    assert client(empty, *changing).failure.startswith("nothing to change")
    old = ("--os-compute-api-version", "2.1")
    assert client(empty, *old, *changing, "--reason", "x").failure == (
        "maintenance window update needs microversion 2.2 or newer; 2.1 is what you asked for"
    )
    assert call(*planned, "--starts-at", "soon").err.splitlines()[-1].endswith(
        "'soon' is no date and time such as 2027-03-01T22:00:00Z"
    )  # fmt: skip
    shown = client(empty, "maintenance", "window", "show", made["id"], "-f", "yaml")
    assert shown.yaml["ends_at"] == MIDDLE
    assert client(empty, "maintenance", "window", "delete", made["id"]) == (0, "", "")
    missing = client(empty, "maintenance", "window", "show", made["id"]).failure
    assert missing == f"not found: Maintenance window {made['id']} could not be found."


def test_commands_where_the_service_lacks_it(
    site: Path, settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client's machine has it, the service's hasn't."""
    monkeypatch.syspath_prepend(site)
    with start(settings=settings) as live:
        assert client(live, "maintenance", "window", "list").failure == (
            "the service has no extension 'os-maintenance-windows': "
            "it isn't installed there, or is switched off"
        )


def test_inventory_with_and_without(site: Path) -> None:
    """Operations, rules and the field of servers, with what they come from."""
    arguments = ("inventory", "--conf-dir", REFERENCE, "compute")
    found = apiplug(*arguments, path=site)
    assert found.get("problems", []) == []
    extensions = {item["alias"]: item for item in found["extensions"]}
    assert extensions.keys() >= ADDED
    assert extensions["os-maintenance-windows"]["distribution_version"] == "1.2.3"
    operations = {item["id"]: item for item in found["operations"]}
    own = [item for item in operations.values() if item["extension"] == "os-maintenance-windows"]
    assert len(own) == 5
    for item in own:
        (rule,) = item["policies"]
        assert rule["name"].startswith("compute_example_vendor:maintenance-windows:")
        assert rule["description"]
    update = next(item for item in own if item["method"] == "PUT")
    assert update["versions"]["since"] == "2.2"
    for id in ("servers-show", "servers-detail"):
        added = operations[id]["responses"][0]["payloads"][0]["provided_by"]
        assert added[next(key for key in added if FIELD in key)] == "os-maintenance-status"
    without = apiplug(*arguments)
    assert {item["alias"] for item in without["extensions"]} == extensions.keys() - ADDED
    assert "maintenance" not in json.dumps(without)


def test_openapi_with_and_without(site: Path) -> None:
    """A valid document in both cases."""
    import openapi_spec_validator

    arguments = ("openapi", "--conf-dir", REFERENCE, "compute")
    document = apiplug(*arguments, path=site)
    openapi_spec_validator.validate(document)
    paths = {path for path in document["paths"] if "maintenance" in path}
    assert paths == {WINDOWS, f"{WINDOWS}/{{id}}"}
    assert FIELD in json.dumps(document["paths"]) + json.dumps(document["components"])
    without = apiplug(*arguments)
    openapi_spec_validator.validate(without)
    assert without["paths"].keys() == document["paths"].keys() - paths
    assert "maintenance" not in json.dumps(without)


def test_reference_with_and_without(site: Path, tmp_path: Path) -> None:
    """A page appears and disappears, in one project that is built again and again."""
    shutil.copytree(REFERENCE, tmp_path / "source", ignore=shutil.ignore_patterns("extensions"))
    command = [
        sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-D", "html_theme=alabaster",
        "-d", tmp_path / "doctrees", tmp_path / "source", tmp_path / "html",
    ]  # fmt: skip
    page = tmp_path / "html" / "extensions" / "os-maintenance-windows.html"
    servers = tmp_path / "html" / "extensions" / "servers.html"
    for path in ("", str(site), ""):
        environment = {**os.environ, "PYTHONPATH": path, "NO_COLOR": "1"}
        result = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert (result.returncode, result.stderr) == (0, "")
        index = (tmp_path / "html" / "index.html").read_text(encoding="utf-8")
        assert ("os-maintenance-windows" in index) is bool(path)
        assert (FIELD in servers.read_text(encoding="utf-8")) is bool(path)
        if path:
            assert "2027-03-01T22:00:00Z" in page.read_text(encoding="utf-8")
