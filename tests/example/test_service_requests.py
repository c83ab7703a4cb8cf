"""Bad requests: each gets the documented error, as JSON, and never a traceback."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.example.serving import DEMO, Live, Service, running

pytestmark = pytest.mark.real("compute-example")

NEW = {"name": "one", "flavorRef": DEMO, "imageRef": DEMO}
JSON = {"Content-Type": "application/json"}

BAD_BODIES = [
    ({}, "'server' is a required property"),
    ([], "is not of type 'object'"),
    (None, "not JSON"),
    ("text", "is not of type 'object'"),
    ({"server": None}, "is not of type 'object'"),
    ({"server": {**NEW, "name": 1}}, "at server/name: 1 is not of type 'string'"),
    ({"server": {**NEW, "name": ""}}, "at server/name"),
    ({"server": {**NEW, "name": " one"}}, "does not match"),
    ({"server": {**NEW, "name": "o\x00e"}}, "does not match"),
    ({"server": {**NEW, "name": "one\n"}}, "does not match"),
    ({"server": {**NEW, "name": "x" * 256}}, "is too long"),
    ({"server": {**NEW, "flavorRef": "small"}}, "is not a 'uuid'"),
    ({"server": {**NEW, "flavorRef": DEMO + "\n"}}, "is not a 'uuid'"),
    ({"server": {**NEW, "size": 1}}, "'size' was unexpected"),
    ({"server": NEW, "hints": {}}, "'hints' was unexpected"),
    ({"server": {**NEW, "imageRef": DEMO[:-1] + "0"}}, "Image 3f2504e0"),
    (b"", "not JSON"),
    (b"{", "not JSON"),
    (b"{'server': 1}", "not JSON"),
    (b'{"server": NaN}', "not JSON"),
    (b'{"server": 1e999}', "not JSON"),
    (b'{"server": ' + b"9" * 5000 + b"}", "not JSON"),
    (b"\xff\xfe", "not JSON"),
    (b"\xef\xbb\xbf{}", "not JSON"),
    (b'{"server": "\\ud800"}', "not JSON"),
    (b"[" * 50_000, "not JSON"),
    (b'{"server": ' + b"[" * 900 + b"]" * 900 + b"}", "is not of type 'object'"),
    ({"server": {**NEW, "name": {"x": "y" * 50_000}}}, "is not of type 'string'"),
    ({"server": {**NEW, "name": 10**4000}}, "is not of type 'string'"),
]


@pytest.mark.parametrize(("body", "message"), BAD_BODIES, ids=lambda item: str(item)[:40])
def test_bodies(service: Service, body: object, message: str) -> None:
    sent = b"null" if body is None else body
    answer = service.call("POST", "/servers", sent)
    assert answer.fault[0] == 400
    assert message in answer.fault[1] or body is None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ([], 400),
        (b"", 400),
        ({"start": None, "stop": None}, 400),
        ({"start": {}}, 400),
        ({"reboot": {"type": "NEVER"}}, 400),
        ({"reboot": {}}, 400),
        ({"explode": None}, 404),
        ({"x" * 10_000: None}, 404),
        ({"_start": None}, 404),
        ({"__init__": None}, 404),
    ],
    ids=lambda item: str(item)[:40],
)
def test_actions(service: Service, body: object, status: int) -> None:
    answer = service.call("POST", f"/servers/{DEMO}/action", body)
    assert answer.fault[0] == status
    assert len(answer.fault[1]) < 400


@pytest.mark.parametrize(
    ("first", "action", "value", "status"),
    [
        ("SHUTOFF", "start", None, 202),
        ("SHUTOFF", "stop", None, 409),
        ("SHUTOFF", "reboot", {"type": "SOFT"}, 409),
        ("SHUTOFF", "reboot", {"type": "HARD"}, 202),
        ("ACTIVE", "start", None, 409),
        ("ACTIVE", "stop", None, 202),
        ("ACTIVE", "reboot", {"type": "SOFT"}, 202),
    ],
)
def test_states(service: Service, first: str, action: str, value: object, status: int) -> None:
    if first == "ACTIVE":
        service.act(DEMO, "start")
    answer = service.act(DEMO, action, value)
    assert answer.status == status
    if status == 409:
        assert answer.fault[1] == f"Cannot {action} server {DEMO} while it is {first}."
    else:
        assert answer.raw == b""


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("limit=-1", "does not match"),
        ("limit=1&limit=2", "is too long"),
        ("limit=9999999999", "does not match"),
        ("limit=%d9%a1", "does not match"),
        ("limit=1%0a", "does not match"),
        ("color=red", "'color' was unexpected"),
        ("status=GONE", "is not one of"),
        ("all_projects=1", "is not one of"),
        (f"marker={DEMO[:-1]}9", "could not be found"),
        ("name=%ff", "not UTF-8"),
        ("%ff=1", "not UTF-8"),
        ("name=" + "x" * 256, "is too long"),
    ],
)
def test_query_strings(service: Service, query: str, message: str) -> None:
    answer = service.call("GET", f"/servers?{query}")
    assert answer.fault[0] == 400
    assert message in answer.fault[1]


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("DELETE", "/servers", "GET, HEAD, POST"),
        ("PATCH", f"/servers/{DEMO}", "GET, HEAD, PUT, DELETE"),
        ("POST", f"/servers/{DEMO}", "GET, HEAD, PUT, DELETE"),
        ("GET", f"/servers/{DEMO}/action", "POST"),
        ("OPTIONS", "/flavors", "GET, HEAD, POST"),
        ("TRACE", "/flavors", "GET, HEAD, POST"),
        ("BREW", "/images", "GET, HEAD"),
        ("POST", "/", "GET, HEAD"),
        ("PUT", "/os-scheduler-hosts", "GET, HEAD"),
        ("POST", "/images/detail", "GET, HEAD"),
    ],
)
def test_methods(service: Service, method: str, path: str, allow: str) -> None:
    answer = service.call(method, path)
    assert answer.fault[0] == 405
    assert answer.headers["Allow"] == allow


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content-Type": "application/json; charset=utf-8"}, 201),
        ({"Content-Type": ""}, 201),
        ({"Accept": "text/html"}, 406),
        ({"Accept": "application/json;q=0"}, 406),
        ({"Accept": "text/html, application/*;q=0.1"}, 201),
        ({"Accept": "nonsense"}, 201),
    ],
)
def test_media_types(service: Service, headers: dict[str, str], status: int) -> None:
    answer = service.call("POST", "/servers", {"server": NEW}, headers=headers)
    assert answer.status == status
    if status != 201:
        assert answer.fault


def test_a_body_that_is_too_large(service: Service) -> None:
    body = {"server": {**NEW, "name": "x" * 200_000}}
    answer = service.call("POST", "/servers", body)
    assert answer.fault == (413, "The body has more than 114688 bytes.")


def test_heads_are_answered_as_gets(service: Service) -> None:
    for path in ("/", "/servers", f"/servers/{DEMO}", "/flavors", "/images", "/extensions"):
        full, head = service.call("GET", path), service.call("HEAD", path)
        assert (head.status, head.raw) == (200, b"")
        assert head.headers["Content-Length"] == str(len(full.raw))
    assert service.call("HEAD", "/nothing").status == 404


def test_what_was_created_is_where_it_is_said_to_be(service: Service) -> None:
    flavor = {"flavor": {"name": "new", "vcpus": 1, "ram": 512, "disk": 1}}
    for path, body in (("/servers", {"server": NEW}), ("/flavors", flavor)):
        made = service.call("POST", path, body)
        assert made.status == 201
        where = made.headers["Location"].partition("/v2.1")[2]
        assert service.call("GET", where).json == made.json or path == "/servers"
        assert service.call("GET", where).status == 200


def test_a_flavor_whose_name_or_id_is_taken(service: Service) -> None:
    size = {"vcpus": 1, "ram": 512, "disk": 1}
    for taken in ({"name": "demo"}, {"name": "new", "id": DEMO}):
        answer = service.call("POST", "/flavors", {"flavor": {**size, **taken}})
        assert answer.fault == (409, "A flavor with this name or id exists already.")


def test_pages_lead_through_all_servers(service: Service) -> None:
    made = [DEMO, *(service.create_server(f"server {number}")["id"] for number in range(4))]
    path, found = "/servers?limit=2&name=e", []
    while path:
        page = service.call("GET", path).json
        assert len(page["servers"]) <= 2
        found += [item["id"] for item in page["servers"]]
        links = page.get("servers_links", [{"href": ""}])
        path = links[0]["href"].partition("/v2.1")[2]
    assert found == made


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    """A service that a real server serves."""
    with running("--demo") as found:
        yield found


# What stands in the first line of a request, and what is answered.
TARGETS = [
    ("/nothing", 404),
    ("/v2.10/servers", 404),
    ("/v2", 404),
    ("/v2.1/nothing", 404),
    ("/v2.1/servers/nothing", 404),
    ("/v2.1/servers/../flavors", 404),
    ("/v2.1/servers/%2e%2e/flavors", 404),
    ("/v2.1/servers/..%2fflavors", 404),
    ("/v2.1/%2e%2e/%2e%2e/etc/passwd", 404),
    ("/v2.1//servers", 404),
    ("/v2.1/servers//", 404),
    ("/v2.1/servers/%00", 404),
    (f"/v2.1/servers/{DEMO}%00", 404),
    (f"/v2.1/servers/{DEMO}%0a", 404),
    ("/v2.1/servers%0a", 404),
    ("/v2.1/%0a", 404),
    ("/v2.1/servers?%00", 400),
    ("/v2.1/servers/%ff", 404),
    ("/v2.1/%ff", 404),
    ("/v2.1/servers/%f0%9f%90%9f", 404),
    ("/v2.1/servers/" + "x" * 8000, 404),
    ("/v2.1/servers/" + "%2f" * 4000, 404),
    ("/v2.1/servers.json", 404),
    (f"/v2.1/servers/{DEMO}.json", 404),
    ("/v2.1/servers/new", 404),
    (f"/v2.1/servers/{DEMO}/edit", 404),
    ("/v2.1/servers?limit=%", 400),
    ("/v2.1/servers/{id}", 404),
    ("/v2.1/servers/' OR 1=1 --".replace(" ", "%20"), 404),
    ("/v2.1/Servers", 404),
    ("*", 404),
]


@pytest.mark.parametrize(("target", "status"), TARGETS, ids=lambda item: str(item)[:40])
def test_path_tricks(live: Live, target: str, status: int) -> None:
    answer = live.call("GET", target)
    assert answer.fault[0] == status
    assert answer.headers["X-Openstack-Request-Id"].startswith("req-")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET /v2.1/servers HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400),
        (b"GET /v2.1/servers HTTP/1.1\r\nHost: a\r\nA: " + b"x" * 262_144 + b"\r\n\r\n", 431),
        (b"POST /v2.1/servers HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: odd\r\n\r\n", 501),
    ],
    ids=lambda item: str(item)[:40],
)
def test_what_is_hardly_a_request(live: Live, sent: bytes, status: int) -> None:
    head, _, body = live.raw(sent).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.")
    assert head.split()[1] == str(status).encode()
    assert b"Content-Type: application/json" in head
    ((_, told),) = json.loads(body).items()
    assert told["code"] == status


def test_a_body_in_chunks_is_counted(live: Live) -> None:
    chunk = b"20000\r\n" + b"x" * 0x20000 + b"\r\n"
    head = (
        b"POST /v2.1/servers HTTP/1.1\r\nHost: a\r\nX-Auth-Token: member\r\n"
        b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
        b"Connection: close\r\n\r\n"
    )
    assert live.raw(head + chunk + b"0\r\n\r\n").startswith(b"HTTP/1.1 413 ")


def test_discovery_needs_no_token(live: Live) -> None:
    answer = live.call("GET", "/", headers={"X-Auth-Token": ""})
    (version,) = answer.json["versions"]
    assert version["links"][0]["href"] == f"{live.url}v2.1/"
    assert live.call("POST", "/", b"{}", JSON).fault[0] == 405
