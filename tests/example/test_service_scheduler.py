"""Where servers are put, and where they would be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.example.serving import Service

pytestmark = pytest.mark.real("compute-example")

MakeService = Callable[..., Service]

FLAVOR = "11111111-0000-4000-8000-000000000009"
PLAIN = "22222222-0000-4000-8000-000000000008"
ARM = "22222222-0000-4000-8000-000000000009"
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def with_hosts(make_service: MakeService, tmp_path: Path) -> Callable[..., Service]:
    """Make a service of some hosts; each is ``name: (vcpus, ram, disk, …)``."""

    def make(hosts: dict[str, dict[str, Any]], **scheduler: object) -> Service:
        size = {"vcpus": 8, "ram": 8192, "disk": 80}
        catalog = {
            "flavors": [{"id": FLAVOR, "name": "f", "vcpus": 2, "ram": 2048, "disk": 20}],
            "images": [
                {"id": PLAIN, "name": "plain", "min_ram": 2, "min_disk": 1},
                {"id": ARM, "name": "arm", "properties": {"hw_architecture": "aarch64"}},
            ],
            "hosts": [{"name": name, **size, **facts} for name, facts in hosts.items()],
        }
        file = tmp_path / "catalog.json"
        file.write_text(json.dumps(catalog), encoding="utf-8")
        return make_service(compute={"catalog": file, "demo": False}, scheduler=scheduler)

    return make


def chosen(service: Service, image: str = PLAIN, **query: object) -> list[str]:
    extra = "".join(f"&{key}={value}" for key, value in query.items())
    path = f"/os-scheduler-hosts?image={image}&flavor={FLAVOR}{extra}"
    return [item["host"] for item in service.call("GET", path).json["hosts"]]


def create(service: Service, image: str = PLAIN) -> tuple[int, str]:
    body = {"server": {"name": "one", "flavorRef": FLAVOR, "imageRef": image}}
    answer = service.call("POST", "/servers", body)
    if answer.status != 201:
        return answer.status, answer.fault[1]
    shown = service.call("GET", f"/servers/{answer.json['server']['id']}").json["server"]
    return 201, shown["OS-EXT-SRV-ATTR:host"]


@pytest.mark.parametrize(
    "bad",
    [
        {"vcpus": 1},
        {"ram": 2047},
        {"disk": 19},
        {"enabled": False},
        {"up": False},
    ],
)
def test_each_filter_leaves_out_what_does_not_fit(
    with_hosts: Callable[..., Service], bad: dict[str, Any]
) -> None:
    assert chosen(with_hosts({"bad": bad, "good": {}})) == ["good"]


def test_a_host_must_have_what_the_image_asks_for(with_hosts: Callable[..., Service]) -> None:
    service = with_hosts(
        {
            "arm": {"properties": {"hw_architecture": "aarch64"}},
            "intel": {"properties": {"hw_architecture": "x86_64"}},
            "unknown": {},
        }
    )
    assert chosen(service, ARM) == ["arm"]
    assert chosen(service) == ["arm", "intel", "unknown"]


def test_a_filter_can_be_left_out(with_hosts: Callable[..., Service]) -> None:
    service = with_hosts({"down": {"up": False}, "up": {}}, enabled_filters="enabled,ram")
    assert chosen(service) == ["down", "up"]


def test_free_memory_and_cpus_weigh(with_hosts: Callable[..., Service]) -> None:
    hosts = {"a": {"vcpus": 16}, "b": {"ram": 16384}, "c": {"vcpus": 16, "ram": 16384}, "d": {}}
    assert chosen(with_hosts(hosts)) == ["c", "a", "b", "d"]
    assert chosen(with_hosts(hosts, ram_weight_multiplier=2)) == ["c", "b", "a", "d"]
    packed = with_hosts(hosts, ram_weight_multiplier=-1, cpu_weight_multiplier=-1)
    assert chosen(packed) == ["d", "a", "b", "c"]


def test_servers_spread_over_the_hosts_until_these_are_full(
    with_hosts: Callable[..., Service],
) -> None:
    service = with_hosts({"a": {"vcpus": 4}, "b": {"vcpus": 4}, "c": {"up": False}})
    assert [create(service) for _ in range(5)] == [
        (201, "a"),
        (201, "b"),
        (201, "a"),
        (201, "b"),
        (409, "No valid host was found. None passes all filters."),
    ]
    assert chosen(service) == []
    (first, *_) = service.call("GET", "/servers").json["servers"]
    assert service.call("DELETE", f"/servers/{first['id']}").status == 204
    assert create(service) == (201, "a")


def test_a_server_is_put_where_it_was_said_to_be(with_hosts: Callable[..., Service]) -> None:
    service = with_hosts({"a": {}, "b": {"ram": 16384}})
    for _ in range(6):
        foretold = chosen(service, max_count=1)
        assert create(service) == (201, *foretold)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (f"image={PLAIN}", "'flavor' is a required property"),
        (f"image={PLAIN}&flavor=small", "is not a 'uuid'"),
        (f"image={PLAIN}&flavor={FLAVOR}&max_count=0", "does not match"),
        (f"image={PLAIN}&flavor={FLAVOR}&flavor={FLAVOR}", "is too long"),
        (f"image={PLAIN}&flavor={FLAVOR}&zone=a", "'zone' was unexpected"),
        (f"image={PLAIN}&flavor={NOBODY}", f"Flavor {NOBODY} could not be found"),
        (f"image={NOBODY}&flavor={FLAVOR}", f"Image {NOBODY} could not be found"),
    ],
)
def test_bad_questions(with_hosts: Callable[..., Service], query: str, message: str) -> None:
    answer = with_hosts({"a": {}}).call("GET", f"/os-scheduler-hosts?{query}")
    assert answer.fault[0] == 400
    assert message in answer.fault[1]


def test_a_flavor_that_is_too_small_for_an_image(with_hosts: Callable[..., Service]) -> None:
    service = with_hosts({"a": {}})
    new = {"flavor": {"name": "mini", "vcpus": 1, "ram": 1, "disk": 0}}
    mini = service.call("POST", "/flavors", new).json["flavor"]["id"]
    body = {"server": {"name": "one", "flavorRef": mini, "imageRef": PLAIN}}
    answer = service.call("POST", "/servers", body)
    assert answer.fault == (400, f"Flavor {mini} is too small for image {PLAIN}.")


def test_an_unknown_filter_is_an_error_of_the_settings(
    with_hosts: Callable[..., Service],
) -> None:
    with pytest.raises(ValueError, match=r"enabled_filters: there is no cores; there are enabled"):
        with_hosts({"a": {}}, enabled_filters="cores")


class TestVietstack:
    """Offline migration."""

    def test_to_the_best_other_host(self, with_hosts: Callable[..., Service]) -> None:
        service = with_hosts({"a": {}, "b": {"ram": 4096}, "c": {}})
        assert create(service) == (201, "a")
        (server,) = service.call("GET", "/servers").json["servers"]
        assert service.act(server["id"], "stop").status == 202
        moved = service.act(server["id"], "vietstack", {})
        assert (moved.status, moved.json) == (200, {"vietstack": {"source": "a", "host": "c"}})
        free = service.call(
            "GET", f"/os-scheduler-hosts?image={PLAIN}&flavor={FLAVOR}", version="2.5"
        ).json["hosts"]
        assert {item["host"]: item["free"]["vcpus"] for item in free} == {"a": 8, "b": 8, "c": 6}

    @pytest.mark.parametrize(
        ("value", "status", "message"),
        [
            ({"host": "b"}, 409, "Host b does not pass the filter up."),
            ({"host": "a"}, 400, "is on host a already"),
            ({"host": "nowhere"}, 400, "Host nowhere could not be found."),
            ({"host": ""}, 400, "should be non-empty"),
            ({"host": 1}, 400, "is not of type 'string', 'null'"),
            ({"force": True}, 400, "'force' was unexpected"),
            (None, 400, "is not of type 'object'"),
            ({}, 409, "No valid host was found."),
        ],
    )
    def test_preconditions(
        self, with_hosts: Callable[..., Service], value: object, status: int, message: str
    ) -> None:
        service = with_hosts({"a": {}, "b": {"up": False}})
        assert create(service) == (201, "a")
        (server,) = service.call("GET", "/servers").json["servers"]
        service.act(server["id"], "stop")
        code, told = service.act(server["id"], "vietstack", value).fault
        assert code == status
        assert message in told

    def test_only_a_stopped_server(self, with_hosts: Callable[..., Service]) -> None:
        service = with_hosts({"a": {}, "b": {}})
        create(service)
        (server,) = service.call("GET", "/servers").json["servers"]
        code, told = service.act(server["id"], "vietstack", {}).fault
        assert (code, told) == (
            409,
            f"Cannot vietstack server {server['id']} while it is ACTIVE.",
        )
        assert service.act(NOBODY, "vietstack", {}).fault[0] == 404
