"""Who may do what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.example.serving import DEMO, Service

pytestmark = pytest.mark.real("compute-example")

MakeService = Callable[..., Service]

FLAVOR = {"flavor": {"name": "new", "vcpus": 1, "ram": 512, "disk": 1}}
SERVER = {"server": {"name": "new", "flavorRef": DEMO, "imageRef": DEMO}}
HOSTS = f"/os-scheduler-hosts?image={DEMO}&flavor={DEMO}"

# Request, and what administrators, members and readers are answered.
ROWS = [
    ("GET", "/servers", None, (200, 200, 200)),
    ("GET", "/servers/detail", None, (200, 200, 200)),
    ("GET", "/servers?all_projects=true", None, (200, 403, 403)),
    ("GET", f"/servers/{DEMO}", None, (200, 200, 200)),
    ("POST", "/servers", SERVER, (201, 201, 403)),
    ("PUT", f"/servers/{DEMO}", {"server": {"name": "new"}}, (200, 200, 403)),
    ("POST", f"/servers/{DEMO}/action", {"start": None}, (202, 202, 403)),
    ("POST", f"/servers/{DEMO}/action", {"reboot": {"type": "HARD"}}, (202, 202, 403)),
    ("POST", f"/servers/{DEMO}/action", {"vietstack": {}}, (200, 403, 403)),
    ("DELETE", f"/servers/{DEMO}", None, (204, 204, 403)),
    ("GET", "/flavors", None, (200, 200, 200)),
    ("POST", "/flavors", FLAVOR, (201, 403, 403)),
    ("DELETE", f"/flavors/{DEMO}", None, (204, 403, 403)),
    ("GET", "/images", None, (200, 200, 200)),
    ("GET", "/extensions", None, (200, 200, 200)),
    ("GET", HOSTS, None, (200, 403, 403)),
]


@pytest.mark.parametrize(("method", "path", "body", "expected"), ROWS)
def test_roles(
    make_service: MakeService, method: str, path: str, body: object, expected: tuple[int, ...]
) -> None:
    found = []
    for token in ("admin", "member", "reader"):
        answer = make_service().call(method, path, body, token=token)
        found.append(answer.status)
        if answer.status == 403:
            assert "Policy doesn't allow compute_example:" in answer.fault[1]
    assert tuple(found) == expected


@pytest.mark.parametrize("token", [None, "", "nobody", "Admin", "admin ", "ä"])
def test_a_token_that_is_not_known(service: Service, token: str | None) -> None:
    answer = service.call("GET", "/servers", token=token)
    assert answer.fault == (401, "The request needs a valid X-Auth-Token.")
    assert answer.headers["WWW-Authenticate"]


def test_a_service_without_a_check(make_service: MakeService) -> None:
    service = make_service(auth="none")
    assert service.call("GET", HOSTS, token=None).status == 200
    assert service.call("GET", "/servers", token="nobody").status == 200


def test_other_projects_servers_are_not_there(make_service: MakeService) -> None:
    tokens = ["here:demo:ann:member,reader", "there:other:bob:member,reader", "boss:ops:eve:admin"]
    service = make_service(tokens=tokens)
    for method, path, body in (
        ("GET", f"/servers/{DEMO}", None),
        ("PUT", f"/servers/{DEMO}", {"server": {"name": "mine"}}),
        ("POST", f"/servers/{DEMO}/action", {"start": None}),
        ("DELETE", f"/servers/{DEMO}", None),
    ):
        assert service.call(method, path, body, token="there").fault[0] == 404
    assert service.call("GET", "/servers", token="there").json == {"servers": []}
    assert service.call("GET", f"/servers?marker={DEMO}", token="there").fault[0] == 400
    everything = service.call("GET", "/servers?all_projects=true", token="boss").json
    assert DEMO in {item["id"] for item in everything["servers"]}
    assert service.call("GET", "/servers", token="boss").json == {"servers": []}
    assert service.call("GET", f"/servers/{DEMO}", token="boss").status == 200


def test_a_policy_file_changes_the_rules(make_service: MakeService, tmp_path: Path) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text('"compute_example:flavors:create": "role:member"\n', encoding="utf-8")
    service = make_service(oslo_policy={"policy_file": str(file)})
    assert service.call("POST", "/flavors", FLAVOR, token="member").status == 201
    assert service.call("DELETE", f"/flavors/{DEMO}", token="member").fault[0] == 403


def test_every_rule_tells_which_operations_it_decides_on() -> None:
    from compute_example import policies
    from oslo_policy.policy import DocumentedRuleDefault

    rules = [rule for rule in policies.list_rules() if rule.name.startswith("compute_example:")]
    assert len(rules) > 15
    for rule in rules:
        assert isinstance(rule, DocumentedRuleDefault)
        assert rule.operations
        assert rule.scope_types == ["project"]
