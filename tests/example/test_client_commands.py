"""Every command against the service as it runs."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.example.calling import Said, call
from tests.example.serving import running, write_settings

pytestmark = pytest.mark.real("compute-example")

DEMO = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
MISSING = "00000000-0000-4000-8000-000000000000"
CHOSEN = "--os-compute-api-version"

Ask = Callable[..., Said]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service that asks for tokens, and whose answers are as declared."""
    settings = write_settings(tmp_path_factory.mktemp("service") / "service.conf", {})
    with running("--demo", "--config-file", settings) as live:
        yield live.url


@pytest.fixture
def ask(address: str, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Call the client as an administrator."""
    for name in ("AUTH_TYPE", "COMPUTE_API_VERSION"):
        monkeypatch.delenv(f"OS_{name}", raising=False)
    monkeypatch.setenv("OS_ENDPOINT", address)
    monkeypatch.setenv("OS_TOKEN", "admin")
    return call


@pytest.fixture
def server(ask: Ask, request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of a running server that the test has for itself."""
    name = request.node.name
    made = ask("server", "create", name, "--flavor", "demo", "--image", "demo", "-f", "json")
    assert made.json["status"] == "ACTIVE"
    yield name
    ask("server", "delete", made.json["id"])


def shown(ask: Ask, name: str) -> dict[str, Any]:
    """A server as ``server show`` has it."""
    found: dict[str, Any] = ask("server", "show", name, "-f", "json").json
    return found


def test_versions_and_extensions(ask: Ask) -> None:
    """What the service is."""
    (version,) = ask("version", "list", "-f", "json").json
    assert (version["id"], version["min_version"], version["used"]) == ("v2.1", "2.1", "2.5")
    listed = {item["alias"] for item in ask("extension", "list", "-f", "json").json}
    assert {"servers", "os-scheduler-hosts", "vietstack"} <= listed
    extension = ask("extension", "show", "vietstack", "-f", "json").json
    assert extension["name"] == "Vietstack"
    assert ask("extension", "show", "nothing").failure == (
        "not found: Extension nothing could not be found."
    )


def test_flavors(ask: Ask) -> None:
    """Made, found by name and id, listed, deleted."""
    sizes = ("--vcpus", "2", "--ram", "64", "--disk", "0")
    made = ask("flavor", "create", "mini", *sizes, "-f", "json").json
    assert (made["vcpus"], made["ram"], made["disk"]) == (2, 64, 0)
    for reference in ("mini", made["id"], made["id"].upper()):
        assert ask("flavor", "show", reference, "-f", "json").json["id"] == made["id"]
    assert "mini" in ask("flavor", "list", "-f", "value", "-c", "name").out.split()
    again = ask("flavor", "create", "mini", *sizes)
    assert again.failure.startswith("not possible now: A flavor with this name")
    assert ask("flavor", "delete", "mini") == (0, "", "")
    assert ask("flavor", "show", "mini").failure == "no flavor is called 'mini'"
    chosen = MISSING.replace("0000-4", "0001-4")
    made = ask("flavor", "create", "mini", *sizes, "--id", chosen, "-f", "json").json
    assert made["id"] == chosen
    assert ask("flavor", "delete", chosen).code == 0


def test_images(ask: Ask) -> None:
    """The long list is there in the versions that have it."""
    assert "demo" in [item["name"] for item in ask("image", "list", "-f", "json").json]
    assert ask("image", "show", "demo", "-f", "json").json["minRam"] == 64
    listed = ask(CHOSEN, "2.3", "image", "list", "--long", "-f", "json").json
    assert {"id": DEMO, "name": "demo", "status": "ACTIVE", "minRam": 64, "minDisk": 1} in listed


def test_life_of_a_server(ask: Ask) -> None:
    """From its creation to its end, by its name."""
    making = ("web", "--flavor", "tiny", "--image", "cirros", "--description", "The shop")
    made = ask("server", "create", *making, "-f", "json").json
    assert (made["status"], made["description"]) == ("ACTIVE", "The shop")
    assert made["flavor"]["name"] == "tiny"
    changed = ask("server", "update", "web", "--name", "shop", "--description", "", "-f", "json")
    assert (changed.json["name"], changed.json["description"]) == ("shop", None)
    assert ask("server", "stop", "shop") == (0, "", "")
    assert shown(ask, "shop")["status"] == "SHUTOFF"
    assert ask("server", "start", "shop") == (0, "", "")
    assert ask("server", "reboot", "shop", "--type", "hard") == (0, "", "")
    assert shown(ask, "shop")["status"] == "ACTIVE"
    assert ask("server", "delete", "shop") == (0, "", "")
    assert ask("server", "show", "shop").failure == "no server is called 'shop'"


def test_offline_migration(ask: Ask, server: str) -> None:
    """Of a stopped server; the service's words where it is refused."""
    refused = ask("vietstack", server).failure
    assert refused.startswith("not possible now: Cannot vietstack server")
    assert ask("server", "stop", server).code == 0
    before = shown(ask, server)["OS-EXT-SRV-ATTR:host"]
    moved = ask("vietstack", server, "-f", "json").json
    assert moved["source"] == before
    assert moved["host"] == shown(ask, server)["OS-EXT-SRV-ATTR:host"] != before
    back = ask("vietstack", server, "--host", before, "-f", "json").json
    assert back == {"source": moved["host"], "host": before}
    assert "Host nowhere could not be found" in ask("vietstack", server, "--host", "nowhere").err


def test_lists_of_servers(ask: Ask, server: str) -> None:
    """Picked by name and state, cut to a length, and continued."""
    listed = ask("server", "list", "--name", server[5:], "-f", "json").json
    assert [(item["name"], item["status"]) for item in listed] == [(server, "ACTIVE")]
    assert ask("server", "list", "--name", server, "--status", "shutoff", "-f", "json").json == []
    (first,) = ask("server", "list", "--limit", "1", "-f", "json").json
    rest = ask("server", "list", "--marker", first["id"], "--minimal", "-f", "json").json
    assert {"id", "name"} == set(rest[0])
    assert server in [item["name"] for item in rest]
    assert first["name"] not in [item["name"] for item in rest]


def test_all_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if the service has pages of two."""
    settings = write_settings(tmp_path / "small-pages.conf", {"api": {"max_limit": 2}})
    monkeypatch.setenv("OS_TOKEN", "member")
    with running("--demo", "--config-file", settings) as live:
        small = live.url
        for name in ("a", "b", "c", "d"):
            made = ("server", "create", name, "--flavor", "tiny", "--image", "cirros")
            assert call("--os-endpoint", small, *made).code == 0
        listed = call("--os-endpoint", small, "server", "list", "-f", "value", "-c", "name")
        assert listed.out.split() == ["demo", "a", "b", "c", "d"]
        two = call("--os-endpoint", small, "server", "list", "--limit", "2", "-f", "json")
        assert len(two.json) == 2


def test_scheduler(ask: Ask) -> None:
    """Which hosts would be chosen, by names or ids; what is free on them since 2.5."""
    asked = ("scheduler-host-list", "--image", "demo", "--flavor", DEMO)
    hosts = ask(*asked, "-f", "json").json
    assert hosts[0]["free"]["vcpus"] > 0
    assert [item["weight"] for item in hosts] == sorted(
        (item["weight"] for item in hosts), reverse=True
    )
    older = ask(CHOSEN, "2.4", *asked, "--max-count", "1", "-f", "json").json
    assert older == [{"host": hosts[0]["host"], "weight": hosts[0]["weight"]}]


def test_older_microversions(ask: Ask, server: str) -> None:
    """What the client shows is what the version has."""
    newer, older = (
        ask(CHOSEN, version, "server", "show", server, "-f", "json").json
        for version in ("2.3", "2.1")
    )
    assert newer["flavor"]["name"] == "demo"
    assert older["flavor"] == {"id": DEMO}
    assert "description" in newer
    assert "description" not in older
    assert "| demo" in ask(CHOSEN, "2.3", "server", "show", server, "-c", "flavor").out
    assert DEMO in ask(CHOSEN, "2.1", "server", "show", server, "-c", "flavor").out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ("--os-token", "nobody", "server", "list"),
            (
                "the service wants to know who you are: The request needs a valid X-Auth-Token. "
                "Give a token with --os-token."
            ),
        ),
        (
            ("--os-auth-type", "none", "server", "list"),
            (
                "the service wants to know who you are: The request needs a valid X-Auth-Token. "
                "Give a token with --os-token."
            ),
        ),
        (
            ("--os-token", "reader", "flavor", "delete", DEMO),
            (
                "you may not do that: Policy doesn't allow compute_example:flavors:delete to be "
                "performed."
            ),
        ),
        (
            ("server", "show", MISSING),
            f"not found: Server {MISSING} could not be found.",
        ),
        (
            ("server", "stop", DEMO),
            f"not possible now: Cannot stop server {DEMO} while it is SHUTOFF.",
        ),
        (
            (CHOSEN, "2.9", "server", "list"),
            (
                "the service doesn't speak microversion 2.9: Version 2.9 is not supported by the "
                "API. Minimum is 2.1 and maximum is 2.5."
            ),
        ),
        (
            ("server", "list", "--marker", MISSING),
            f"the service refused (400): Marker {MISSING} could not be found.",
        ),
        (
            ("server", "create", "x", "--flavor", MISSING, "--image", DEMO),
            f"the service refused (400): Flavor {MISSING} could not be found.",
        ),
        (
            ("server", "create", "x", "--flavor", "huge", "--image", DEMO),
            "no flavor is called 'huge'",
        ),
    ],
)
def test_refused(ask: Ask, arguments: tuple[str, ...], expected: str) -> None:
    """One line that says what to do, and exit code 1."""
    assert ask(*arguments).failure == expected


def test_without_authentication() -> None:
    """A service that asks nobody takes everybody, with a token or without."""
    with running("--demo", "--auth", "none") as live:
        for options in ((), ("--os-auth-type", "none"), ("--os-token", "anything")):
            said = call("--os-endpoint", live.url, *options, "server", "list", "-f", "json")
            assert [item["name"] for item in said.json] == ["demo"]


def test_formatters(ask: Ask) -> None:
    """People get tables, programs get all of it."""
    show = ("server", "show", "demo")
    assert ask(*show, "-f", "yaml").yaml == json.loads(ask(*show, "-f", "json").out)
    assert ask(*show, "-f", "yaml").yaml["flavor"]["ram"] == 512
    table = ask("server", "list", "--name", "demo").out.splitlines()
    assert table[1].split("|")[1].strip() == "id"
    assert [cell.strip() for cell in table[3].split("|")[2:5]] == ["demo", "SHUTOFF", "demo"]
    (row,) = csv.DictReader(
        ask("server", "list", "--name", "demo", "-f", "csv", "-c", "name", "-c", "id").out
        .splitlines()
    )  # fmt: skip
    assert row == {"name": "demo", "id": DEMO}
    assert ask(*show, "-f", "value", "-c", "id").out == f"{DEMO}\n"
    assert f'id="{DEMO}"' in ask(*show, "-f", "shell").out
    hosts = ask("scheduler-host-list", "--image", "demo", "--flavor", "demo", "--max-count", "1")
    assert "disk=" in hosts.out
    assert "{" not in hosts.out
    assert yaml.safe_load(ask("flavor", "list", "-f", "yaml").out)[0]["vcpus"] >= 1


def test_calls_are_shown_where_it_is_wanted(ask: Ask) -> None:
    """``-v`` has every call, without the token."""
    said = ask("-v", "server", "show", "demo")
    assert said.code == 0
    assert "curl -g -i -X GET" in said.err
    assert "OpenStack-API-Version: compute 2.5" in said.err
    assert "X-Auth-Token: admin" not in said.err
