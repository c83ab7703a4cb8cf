"""What a person reads when the service, or the way to it, says no: one line, no traceback."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from tests.example.calling import Said, call
from tests.example.stub import Answer, Stub, serving

pytestmark = pytest.mark.real("compute-example")

UUID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
OTHER = "3f2504e0-4f89-41d3-9a0c-0305e82c3302"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the caller's own environment."""
    for name in ("ENDPOINT", "TOKEN", "AUTH_TYPE", "COMPUTE_API_VERSION", "CACERT", "CERT", "KEY"):
        monkeypatch.delenv(f"OS_{name}", raising=False)


@pytest.fixture
def stub() -> Iterator[Stub]:
    """A service that says what a test tells it to."""
    with serving() as stub:
        yield stub


def ask(stub: Stub, *arguments: str) -> Said:
    """Call the client with the stub's address."""
    return call("--os-endpoint", f"{stub.address}/v2.1", *arguments)


def fault(status: int, message: str) -> Answer:
    """An error as the service has them."""
    return Answer({"someFault": {"code": status, "message": message}}, status)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (
            fault(400, "Bad limit"),
            "the service refused (400): Bad limit.",
        ),
        (
            fault(401, "No token."),
            "the service wants to know who you are: No token. Give a token with --os-token.",
        ),
        (
            fault(403, "Policy doesn't allow it to be performed."),
            "you may not do that: Policy doesn't allow it to be performed.",
        ),
        (
            fault(404, "It could not be found."),
            "not found: It could not be found.",
        ),
        (
            fault(406, "Minimum is 2.1 and maximum is 2.4."),
            "the service doesn't speak microversion 2.5: Minimum is 2.1 and maximum is 2.4.",
        ),
        (
            fault(409, "Server is\n\n  locked."),
            "not possible now: Server is locked.",
        ),
        (
            fault(413, "Too much!"),
            "the service refused (413): Too much!",
        ),
        (
            fault(500, "Out of luck."),
            "the service failed (500): Out of luck. Its log says more.",
        ),
        (
            fault(400, "\x1b[2J\x1b]0;title\x07 evil"),
            "the service refused (400): \ufffd[2J\ufffd]0;title\ufffd evil.",
        ),
        (
            Answer("<h1>Bad gateway</h1>", 502, "text/html"),
            "the service failed (502): Bad Gateway. Its log says more.",
        ),
        (
            Answer([{"message": 1}], 400),
            "the service refused (400): Bad Request.",
        ),
        (
            Answer("<h1>Welcome</h1>", 200, "text/html"),
            (
                "the answer of {address}/v2.1/servers/detail is not JSON: "
                "is it the service you meant?"
            ),
        ),
        (
            Answer({"pets": []}),
            "the service's answer has no 'servers': is it the service you meant?",
        ),
        (
            Answer(["servers"]),
            "the service's answer has no 'servers': is it the service you meant?",
        ),
    ],
)
def test_refused(stub: Stub, answer: Answer, expected: str) -> None:
    """Its own words, after what kind of thing that is."""
    stub.answers["GET /v2.1/servers/detail"] = answer
    assert ask(stub, "server", "list").failure == expected.format(address=stub.address)


def test_traceback_only_where_it_is_wanted(stub: Stub) -> None:
    """``--debug`` has it."""
    said = call("--os-endpoint", stub.address, "--debug", "server", "show", UUID)
    assert said.code == 1
    assert "Traceback (most recent call last)" in said.err


def test_nobody_answers() -> None:
    """The line says where it looked."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}"
        failure = call("--os-endpoint", address, "server", "list").failure
    assert failure == (
        f"can't reach the service at {address}: nothing answers there; is the service running?"
    )


def test_answers_too_late() -> None:
    """``--timeout`` says how long that is."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        said = call("--os-endpoint", address, "--timeout", "0.2", "server", "list")
    assert said.failure == f"can't reach the service at {address}: it doesn't answer in time"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer("<h1>Welcome</h1>", 200, "text/html"), "is not this service: "),
        (Answer({"pets": []}), "is not this service: "),
        (Answer([1, 2]), "is not this service: "),
        (Answer(3), "is not this service: "),
        (Answer({"versions": []}), "has no API of version 2.1"),
        (Answer({"version": {"id": "v3.0", "status": "CURRENT", "links": [
            {"rel": "self", "href": "/v3"}]}}), "has no API of version 2.1"),
        (Answer({"version": {"id": "v2.1", "status": "CURRENT", "links": [
            {"rel": "self", "href": "/v2.1"}]}}), "doesn't say what it speaks"),
        (Answer({"version": {"id": "first", "status": "CURRENT", "links": [
            {"rel": "self", "href": "/v2.1"}]}}), "is not this service: "),
        (fault(401, "No token."), "the service wants to know who you are: No token. "),
        (fault(503, "Busy."), "the service failed (503): Busy. "),
    ],
)  # fmt: skip
def test_something_else_answers(stub: Stub, answer: Answer, expected: str) -> None:
    """Another service, or a web site, or this one with nothing to say."""
    stub.answers["GET /v2.1/"] = answer
    assert expected in ask(stub, "server", "list").failure


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            ("--os-endpoint", "localhost:8774"),
            "--os-endpoint 'localhost:8774' is no http or https address",
        ),
        (
            ("--os-auth-type", "admin_token"),
            "--os-auth-type admin_token needs a token: --os-token or OS_TOKEN",
        ),
        (
            ("--os-auth-type", "magic"),
            "--os-auth-type 'magic' is not one of none, admin_token",
        ),
        (
            ("--os-compute-api-version", "two"),
            "--os-compute-api-version: 'two' is no microversion: one looks like 2.5",
        ),
        (
            ("--os-compute-api-version", "2.05"),
            "--os-compute-api-version: '2.05' is no microversion: one looks like 2.5",
        ),
    ],
)
def test_options_that_can_not_be_used(options: tuple[str, ...], expected: str) -> None:
    """Said before anything is sent."""
    assert call(*options, "server", "list").failure == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("server", "list", "--limit", "0"), "'0' is no whole number from 1 to 1000"),
        (("server", "list", "--limit", "many"), "'many' is no whole number from 1 to 1000"),
        (("server", "list", "--status", "asleep"), "invalid choice: 'ASLEEP'"),
        (("server", "create", "web"), "the following arguments are required: --flavor, --image"),
        (
            ("server", "create", " ", "--flavor", "f", "--image", "i"),
            "' ' is no text of 1 to 255 characters, not only blanks",
        ),
        (("flavor", "create", "x", "--vcpus", "0"), "'0' is no whole number from 1 to"),
        (("server", "delete"), "the following arguments are required: SERVER"),
        (("server", "reboot", "web", "--type", "soap"), "invalid choice: 'SOAP'"),
        (("scheduler-host-list", "--image", "x"), "the following arguments are required"),
        (("scheduler-host-list", "--max-count", "-1"), "'-1' is no whole number from 1 to"),
        ((), "no command given"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], expected: str) -> None:
    """argparse says it, with the usage, and the exit code is its own."""
    said = call(*arguments)
    assert (said.code, said.out) == (2, "")
    assert expected in said.err


@pytest.mark.parametrize("arguments", [("show", "web"), ("delete", "web"), ("stop", "web")])
def test_names_that_nobody_has(stub: Stub, arguments: tuple[str, str]) -> None:
    """Another name that merely has it inside isn't taken."""
    stub.answers["GET /v2.1/servers"] = Answer({"servers": [{"id": UUID, "name": "web2"}]})
    assert ask(stub, "server", *arguments).failure == "no server is called 'web'"
    assert [item.method for item in stub.calls] == ["GET"]


def test_names_that_several_have(stub: Stub) -> None:
    """They are told apart by their ids, and nothing is done to any."""
    servers = [{"id": UUID, "name": "web"}, {"id": OTHER, "name": "web"}]
    stub.answers["GET /v2.1/servers"] = Answer({"servers": servers})
    failure = ask(stub, "server", "delete", "web").failure
    assert failure == f"2 servers are called 'web'; say which: {UUID}, {OTHER}"
    assert [item.method for item in stub.calls] == ["GET"]


def test_some_of_several_fail(stub: Stub) -> None:
    """The others are done; the line has all failures."""
    stub.answers[f"DELETE /v2.1/servers/{UUID}"] = fault(409, "It is locked.")
    stub.answers[f"DELETE /v2.1/servers/{OTHER}"] = Answer(None, 204)
    missing = UUID.replace("3301", "3303")
    said = ask(stub, "server", "delete", UUID, missing, OTHER)
    assert said.failure == (
        f"not possible now: It is locked.; not found: No /v2.1/servers/{missing} here."
    )
    assert [item.path.rpartition("/")[2] for item in stub.calls] == [UUID, missing, OTHER]


@pytest.mark.parametrize("reference", ["..", ".", ""])
def test_references_that_lead_elsewhere(stub: Stub, reference: str) -> None:
    """Nothing is sent."""
    assert "is no name and no id" in ask(stub, "extension", "show", reference).failure
    assert stub.calls == []


def test_slashes_stay_in_a_segment(stub: Stub) -> None:
    """A reference is one segment of the path, whatever is in it."""
    assert "not found" in ask(stub, "extension", "show", "../servers?name=x#y").failure
    assert [item.path for item in stub.calls] == ["/v2.1/extensions/..%2Fservers%3Fname%3Dx%23y"]


def test_extension_that_the_service_lacks(stub: Stub) -> None:
    """Better than "not found"."""
    arguments = ("scheduler-host-list", "--image", UUID, "--flavor", UUID)
    assert ask(stub, *arguments).failure == (
        "the service has no extension 'os-scheduler-hosts': "
        "it isn't installed there, or is switched off"
    )
    stub.answers["GET /v2.1/extensions/os-scheduler-hosts"] = Answer({"extension": {}})
    assert ask(stub, *arguments).failure == "not found: No /v2.1/os-scheduler-hosts here."


def test_nothing_to_change(stub: Stub) -> None:
    """An update without anything to update isn't sent."""
    failure = ask(stub, "server", "update", UUID).failure
    assert failure == "nothing to change: give --name or --description"
    assert stub.calls == []
