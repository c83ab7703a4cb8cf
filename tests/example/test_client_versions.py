"""Which microversion the client asks for, of services that know more or less than it does."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata
from typing import NamedTuple

import pytest

from tests.example.calling import Said, call
from tests.example.stub import Answer, Stub, serving

pytestmark = pytest.mark.real("compute-example")

UUID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the caller's own environment."""
    for name in ("ENDPOINT", "TOKEN", "AUTH_TYPE", "COMPUTE_API_VERSION"):
        monkeypatch.delenv(f"OS_{name}", raising=False)


@pytest.fixture
def stub() -> Iterator[Stub]:
    """A service with one server."""
    with serving() as stub:
        server = {"id": UUID, "name": "web", "flavor": {"id": UUID}}
        stub.answers["GET /v2.1/servers/detail"] = Answer({"servers": [server]})
        stub.answers["POST /v2.1/servers"] = Answer({"server": server}, 202)
        stub.answers[f"PUT /v2.1/servers/{UUID}"] = Answer({"server": server})
        yield stub


def ask(stub: Stub, *arguments: str) -> Said:
    """Call the client with the stub's address."""
    return call("--os-endpoint", f"{stub.address}/v2.1", *arguments)


class Case(NamedTuple):
    """What a service speaks, what the caller asks for, and what is sent."""

    oldest: str
    newest: str
    options: tuple[str, ...]
    sent: str


CHOSEN = "--os-compute-api-version"


@pytest.mark.parametrize(
    "case",
    [
        Case("2.1", "2.5", (), "2.5"),
        Case("2.1", "2.3", (), "2.3"),
        Case("2.1", "2.1", (), "2.1"),
        Case("2.1", "2.90", (), "2.5"),
        Case("2.4", "3.0", (), "2.5"),
        Case("2.1", "2.5", (CHOSEN, "2.2"), "2.2"),
        Case("2.1", "2.3", (CHOSEN, "2.latest"), "2.3"),
        Case("2.1", "2.3", (CHOSEN, "latest"), "2.3"),
        # The service says no, if it doesn't know it.
        Case("2.1", "2.3", (CHOSEN, "2.10"), "2.10"),
    ],
)
def test_negotiated(stub: Stub, case: Case) -> None:
    """The newest that both know; what the caller asks for comes first."""
    stub.speak(case.oldest, case.newest)
    assert ask(stub, *case.options, "server", "list", "-f", "json").json[0]["name"] == "web"
    (asked,) = stub.calls
    assert asked.headers["OpenStack-API-Version"] == f"compute {case.sent}"


def test_environment(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same by environment variables; an option counts for more."""
    monkeypatch.setenv("OS_ENDPOINT", stub.address)
    monkeypatch.setenv("OS_TOKEN", "sesame")
    monkeypatch.setenv("OS_COMPUTE_API_VERSION", "2.2")
    assert call("server", "list").code == 0
    assert call(CHOSEN, "2.3", "--token", "abracadabra", "server", "list").code == 0
    sent = [
        (item.headers["OpenStack-API-Version"], item.headers["X-Auth-Token"])
        for item in stub.calls
    ]
    assert sent == [("compute 2.2", "sesame"), ("compute 2.3", "abracadabra")]


@pytest.mark.parametrize("path", ["", "/", "/v2.1", "/v2.1/"])
def test_addresses(stub: Stub, path: str) -> None:
    """The API's own address will do, and that of all its versions."""
    assert call("--endpoint", stub.address + path, "server", "list").code == 0
    assert [item.path for item in stub.calls] == ["/v2.1/servers/detail"]


@pytest.mark.parametrize(("oldest", "newest"), [("2.6", "2.9"), ("1.0", "1.9"), ("2.0", "2.0")])
def test_nothing_in_common(stub: Stub, oldest: str, newest: str) -> None:
    """Both sides' versions are in the line."""
    stub.speak(oldest, newest)
    assert ask(stub, "server", "list").failure == (
        f"the service speaks microversions {oldest} to {newest}, this client 2.1 to 2.5: "
        "one of them is too old"
    )
    assert stub.calls == []


def test_option_that_is_too_new_for_the_service(stub: Stub) -> None:
    """The line names it, and nothing is sent; without it the command works."""
    stub.speak("2.1", "2.1")
    arguments = ("server", "create", "web", "--flavor", UUID, "--image", UUID)
    assert ask(stub, *arguments, "--description", "Shop").failure == (
        "--description needs microversion 2.2 or newer; 2.1 is the newest that both sides speak"
    )
    assert stub.calls == []
    assert ask(stub, *arguments).code == 0
    assert "description" not in stub.calls[0].body["server"]


def test_option_that_is_too_new_for_what_was_asked_for(stub: Stub) -> None:
    """The service knows it, but not in that version."""
    arguments = ("server", "update", UUID, "--description", "")
    assert ask(stub, CHOSEN, "2.1", *arguments).failure == (
        "--description needs microversion 2.2 or newer; 2.1 is what you asked for"
    )
    assert ask(stub, CHOSEN, "2.2", *arguments).code == 0
    assert stub.calls[-1].body == {"server": {"description": None}}


def test_option_for_what_has_been_removed(stub: Stub) -> None:
    """What the service once had is there in the versions that have it."""
    assert ask(stub, "image", "list", "--long").failure == (
        "--long needs microversion 2.3 or older; 2.5 is the newest that both sides speak"
    )
    assert stub.calls == []
    stub.answers["GET /v2.1/images/detail"] = Answer({"images": [{"id": UUID, "minRam": 64}]})
    said = ask(stub, CHOSEN, "2.3", "image", "list", "--long", "-f", "json")
    assert said.json[0]["minRam"] == 64


def test_versions_of_the_service(stub: Stub) -> None:
    """``version list`` says what discovery does, and what is used of it."""
    stub.speak("2.1", "2.3")
    (version,) = ask(stub, "version", "list", "-f", "json").json
    assert version == {
        "id": "v2.1",
        "status": "CURRENT",
        "min_version": "2.1",
        "version": "2.3",
        "used": "2.3",
        "url": f"{stub.address}/v2.1/",
    }


def test_versions_without_one_in_common(stub: Stub) -> None:
    """The command that would say why still works."""
    stub.speak("2.7", "2.9")
    (version,) = ask(stub, "version", "list", "-f", "json").json
    assert (version["min_version"], version["version"], version["used"]) == ("2.7", "2.9", None)


def page(name: str, *links: str) -> Answer:
    """A page with one server."""
    found = [{"rel": "next", "href": href} for href in links]
    return Answer({"servers": [{"id": UUID, "name": name}], "servers_links": found})


def test_pages(stub: Stub) -> None:
    """All of them, by the parameters of the links: a link's host is the service's guess."""
    stub.answers["GET /v2.1/servers/detail"] = page(
        "a", f"http://elsewhere.invalid/v2.1/servers/detail?status=ACTIVE&marker={UUID}"
    )
    stub.following["GET /v2.1/servers/detail"] = [page("b", "?marker=x%26y"), page("c")]
    listed = ask(stub, "server", "list", "--status", "active", "-f", "json").json
    assert [item["name"] for item in listed] == ["a", "b", "c"]
    assert [item.path.partition("?")[2] for item in stub.calls] == [
        "status=ACTIVE",
        f"status=ACTIVE&marker={UUID}",
        "marker=x%26y",
    ]


def test_one_page(stub: Stub) -> None:
    """A limit is the most that is shown, not the size of pages."""
    stub.answers["GET /v2.1/servers/detail"] = page("a", f"?limit=1&marker={UUID}")
    listed = ask(stub, "server", "list", "--limit", "1", "-f", "json").json
    assert [item["name"] for item in listed] == ["a"]
    assert [item.path for item in stub.calls] == ["/v2.1/servers/detail?limit=1"]


def test_calls_say_who_calls(stub: Stub) -> None:
    """With the client's version."""
    assert ask(stub, "server", "list").code == 0
    agent = stub.calls[0].headers["User-Agent"]
    assert agent.startswith(f"compute-example/{metadata.version('compute-example')} ")
