"""Extensions, each on and off."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.example.serving import DEMO, Service

pytestmark = pytest.mark.real("compute-example")

MakeService = Callable[..., Service]

# Entry point, alias, and a request that only this extension serves.
ROWS = [
    ("extensions", "extensions", "GET", "/extensions", None),
    ("flavors", "flavors", "GET", "/flavors", None),
    ("images", "images", "GET", f"/images/{DEMO}", None),
    (
        "scheduler_hosts",
        "os-scheduler-hosts",
        "GET",
        f"/os-scheduler-hosts?image={DEMO}&flavor={DEMO}",
        None,
    ),
    ("servers", "servers", "GET", "/servers", None),
    ("versions", "versions", "GET", "/", None),
    ("vietstack", "vietstack", "POST", f"/servers/{DEMO}/action", {"vietstack": {}}),
]


def aliases(service: Service) -> list[str]:
    return [item["alias"] for item in service.call("GET", "/extensions").json["extensions"]]


@pytest.mark.parametrize(("name", "alias", "method", "path", "body"), ROWS)
def test_an_extension_is_there(
    service: Service, name: str, alias: str, method: str, path: str, body: object
) -> None:
    assert service.call(method, path, body).status == 200
    assert alias in aliases(service)
    shown = service.call("GET", f"/extensions/{alias}").json["extension"]
    assert shown["alias"] == alias
    assert shown["description"]


@pytest.mark.parametrize(("name", "alias", "method", "path", "body"), ROWS)
def test_a_disabled_extension_is_gone(
    make_service: MakeService, name: str, alias: str, method: str, path: str, body: object
) -> None:
    service = make_service(api={"disabled_extensions": name})
    assert service.call(method, path, body).fault[0] == 404
    if name != "extensions":
        assert alias not in aliases(service)
        assert service.call("GET", f"/extensions/{alias}").fault[0] == 404


def test_an_augmenting_extension_on_and_off(make_service: MakeService) -> None:
    field = "OS-EXT-SRV-ATTR:host"
    service = make_service()
    assert service.call("GET", f"/servers/{DEMO}").json["server"][field] == "node-2"
    detail = service.call("GET", "/servers/detail").json["servers"]
    assert [item[field] for item in detail] == ["node-2"]
    service = make_service(api={"disabled_extensions": "extended_*"})
    assert field not in service.call("GET", f"/servers/{DEMO}").json["server"]
    assert "os-extended-server-attributes" not in aliases(service)


def test_enabled_extensions_are_globs(make_service: MakeService) -> None:
    service = make_service(
        api={"enabled_extensions": "ex*, flavors, servers", "disabled_extensions": "ext*d_*"}
    )
    assert aliases(service) == ["extensions", "flavors", "servers"]


def test_what_extends_a_disabled_extension_does_no_harm(make_service: MakeService) -> None:
    service = make_service(api={"disabled_extensions": "servers"})
    assert "vietstack" in aliases(service)
    assert service.act(DEMO, "vietstack", {}).fault[0] == 404


def test_core_actions_stay_when_an_extension_goes(make_service: MakeService) -> None:
    service = make_service(api={"disabled_extensions": "vietstack"})
    assert service.act(DEMO, "start").status == 202
