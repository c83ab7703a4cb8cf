"""Microversions: which one a request gets, and what each of them changed."""

from __future__ import annotations

import pytest

from tests.example.serving import DEMO, HEADER, Service

pytestmark = pytest.mark.real("compute-example")

VERSIONS = ("2.1", "2.2", "2.3", "2.4", "2.5")
NEW = {"name": "one", "flavorRef": DEMO, "imageRef": DEMO}


@pytest.mark.parametrize(
    ("header", "version"),
    [
        (None, "2.1"),
        ("", "2.1"),
        ("compute 2.3", "2.3"),
        ("COMPUTE 2.3", "2.3"),
        ("compute latest", "2.5"),
        ("volume 3.1, compute 2.4", "2.4"),
        ("volume 3.1", "2.1"),
    ],
)
def test_a_request_gets_the_version_that_it_asks_for(
    service: Service, header: str | None, version: str
) -> None:
    headers = {} if header is None else {HEADER: header}
    answer = service.call("GET", "/servers", headers=headers)
    assert answer.status == 200
    assert answer.headers[HEADER] == f"compute {version}"
    assert answer.headers["Vary"] == HEADER


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("compute 2.6", 406),
        ("compute 2.0", 406),
        ("compute 3.1", 406),
        ("compute 1.1", 406),
        ("compute", 400),
        ("2.1", 400),
        ("compute 2", 400),
        ("compute 2.x", 400),
        ("compute 2.1.1", 400),
        ("compute 2.01", 400),
        ("compute 2.99999", 400),
        ("compute ²·¹", 400),
        ("compute 2.1 2.2", 400),
        ("compute latests", 400),
    ],
)
def test_other_versions_are_refused(service: Service, header: str, status: int) -> None:
    answer = service.call("GET", "/servers", headers={HEADER: header})
    assert answer.fault[0] == status
    assert answer.headers["Vary"] == HEADER


def test_the_discovery_says_which_versions_there_are(service: Service) -> None:
    facts = service.call("GET", "/").json["version"]
    assert (facts["min_version"], facts["version"]) == (VERSIONS[0], VERSIONS[-1])


def test_2_2_adds_a_description(service: Service) -> None:
    new = {"server": {**NEW, "description": "first"}}
    assert service.call("POST", "/servers", new, version="2.1").fault[0] == 400
    made = service.call("POST", "/servers", new, version="2.2").json["server"]
    assert made["description"] == "first"
    path = f"/servers/{made['id']}"
    assert "description" not in service.call("GET", path, version="2.1").json["server"]
    change = {"server": {"description": None}}
    assert service.call("PUT", path, change, version="2.1").fault[0] == 400
    changed = service.call("PUT", path, change, version="2.2").json["server"]
    assert (changed["name"], changed["description"]) == ("one", None)


def test_2_3_changes_the_flavor_of_a_server(service: Service) -> None:
    shown = {
        version: service.call("GET", f"/servers/{DEMO}", version=version).json["server"]["flavor"]
        for version in VERSIONS
    }
    assert shown["2.1"] == shown["2.2"] == {"id": DEMO}
    assert shown["2.3"] == {"id": DEMO, "name": "demo", "vcpus": 1, "ram": 512, "disk": 1}
    assert shown["2.5"] == shown["2.3"]


def test_2_4_removes_an_operation_and_a_field(service: Service) -> None:
    statuses = [service.call("GET", "/images/detail", version=item).status for item in VERSIONS]
    assert statuses == [200, 200, 200, 404, 404]
    shown = [
        "progress" in service.call("GET", f"/images/{DEMO}", version=item).json["image"]
        for item in VERSIONS
    ]
    assert shown == [True, True, True, False, False]


def free_vcpus(service: Service) -> dict[str, int]:
    path = f"/os-scheduler-hosts?image={DEMO}&flavor={DEMO}"
    hosts = service.call("GET", path, version="2.5").json["hosts"]
    return {item["host"]: item["free"]["vcpus"] for item in hosts}


def test_2_5_says_what_is_free(service: Service) -> None:
    path = f"/os-scheduler-hosts?image={DEMO}&flavor={DEMO}"
    assert "free" not in service.call("GET", path, version="2.4").json["hosts"][0]
    free = free_vcpus(service)
    assert (free["node-1"], free["node-3"]) == (64, 32)
    service.create_server()
    assert free_vcpus(service) == {**free, "node-1": 63}


@pytest.mark.parametrize("version", VERSIONS)
def test_answers_are_as_declared_in_every_version(service: Service, version: str) -> None:
    # The service is set to answer 500 where they aren't.
    server = service.create_server()["id"]
    paths = ("/", "/servers", "/servers/detail", f"/servers/{server}", "/flavors", "/images",
             f"/flavors/{DEMO}", f"/images/{DEMO}", "/extensions", "/extensions/servers",
             f"/os-scheduler-hosts?image={DEMO}&flavor={DEMO}")  # fmt: skip
    for path in paths:
        assert service.call("GET", path, version=version).status == 200, path
    change = {"server": {"name": "other"}}
    assert service.call("PUT", f"/servers/{server}", change, version=version).status == 200


def test_the_history_tells_of_every_version() -> None:
    from compute_example.api.openstack import api_version_request

    told = api_version_request.REST_API_VERSION_HISTORY
    assert [line[2:5] for line in told.splitlines() if line.startswith("* ")] == list(VERSIONS)
