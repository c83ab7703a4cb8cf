"""Calls that a shell understands as they are meant."""

from __future__ import annotations

import json
import shlex
import subprocess
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_apiplug.inventory.model import Api, Example, Security
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.reference.render.curl import curl, json_text
from tests.reference.render.inventories import HOSTILE, SHOP, span

API = SHOP.api
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def changed(**changes: Any) -> Api:
    return msgspec.structs.replace(API, **changes)


def words(call: str) -> list[str]:
    return shlex.split(call.replace("\\\n", ""))


def body_of(call: str) -> Any:
    found = words(call)
    return json.loads(found[found.index("-d") + 1])


def headers_of(call: str) -> list[str]:
    found = words(call)
    return [found[index + 1] for index, word in enumerate(found) if word == "-H"]


def test_whole_call() -> None:
    example = Example(path="/segments", body={"segment": {"name": "it's"}})
    assert curl(API, "POST", example) == (
        'curl -X POST "$ENDPOINT/v1/segments" \\\n'
        '  -H "X-Auth-Token: $TOKEN" \\\n'
        '  -H "OpenStack-API-Version: instance-ha 1.3" \\\n'
        '  -H "Content-Type: application/json" \\\n'
        '  -d \'{"segment": {"name": "it\'\\\'\'s"}}\''
    )


@given(JSON)
def test_any_body_arrives_as_it_is(body: Any) -> None:
    assert body_of(curl(API, "PUT", Example(path="/", body=body))) == body
    assert json.loads(json_text(body)) == body


def test_a_real_shell_agrees() -> None:
    body = {"a": HOSTILE, "b": "'; touch x; `id` $(id) $HOME \\ \n!", "c": ["'" * 3]}
    call = curl(API, "POST", Example(path="/a b/{x}/$(id)/`id`/\"'[1-3]", body=body))
    script = "curl() { for word; do printf '%s\\0' \"$word\"; done; }\n" + call
    environment = {"ENDPOINT": "http://here", "TOKEN": "secret"}
    output = subprocess.run(
        ["/bin/sh", "-c", script], env=environment, capture_output=True, check=True
    ).stdout.decode()
    arguments = output.split("\0")
    assert arguments[2] == ("http://here/v1/a%20b/%7Bx%7D/%24%28id%29/%60id%60/%22%27%5B1-3%5D")
    assert "X-Auth-Token: secret" in arguments
    assert json.loads(arguments[arguments.index("-d") + 1]) == body


def test_invisible_characters_are_escaped() -> None:
    text = json_text(["\u202e", "\x7f", "\u2028", "\ud800", "\U000e0001", "é"])
    assert text == '["\\u202e", "\\u007f", "\\u2028", "\\ud800", "\\udb40\\udc01", "é"]'


def test_get_needs_no_method() -> None:
    call = curl(API, "GET", Example(path="/segments?limit=2&marker=a"))
    assert call.startswith('curl "$ENDPOINT/v1/segments?limit=2&marker=a" \\\n')
    assert "Content-Type" not in call
    assert " -d " not in call


def test_head_asks_for_the_head_alone() -> None:
    assert words(curl(API, "HEAD", Example(path="/")))[1] == "--head"


def test_get_with_a_body_stays_a_get() -> None:
    assert words(curl(API, "GET", Example(path="/", body={})))[1:3] == ["-X", "GET"]


@pytest.mark.parametrize(
    ("changes", "versions", "expected"),
    [
        ({}, "1.0-1.1", "OpenStack-API-Version: instance-ha 1.1"),
        ({}, "1.2-", "OpenStack-API-Version: instance-ha 1.3"),
        ({"microversions": None}, "-", None),
        ({"service_type": None}, "-", "OpenStack-API-Version: 1.3"),
        ({"microversion_header": "X-Shop-Version"}, "-", "X-Shop-Version: 1.3"),
        ({"microversions": span("2.1-")}, "-", "OpenStack-API-Version: instance-ha 2.1"),
        ({"microversions": VersionRange()}, "-", None),
        ({"service_type": '$(id)"`'}, "-", "OpenStack-API-Version: id 1.3"),
    ],
)  # fmt: skip
def test_microversion(changes: dict[str, Any], versions: str, expected: str | None) -> None:
    example = Example(path="/", versions=span(versions))
    found = headers_of(curl(changed(**changes), "GET", example))
    assert [text for text in found if "Version" in text] == ([expected] if expected else [])


def test_token_header_is_the_api_s_own() -> None:
    example = Example(path="/")
    assert "X-Key: $TOKEN" in curl(changed(security=Security(header="X-Key")), "GET", example)
    assert "$TOKEN" not in curl(changed(security=None), "GET", example)
