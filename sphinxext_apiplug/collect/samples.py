"""Readable values for single fields: what a person would write in an example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sphinxext_apiplug.collect.patterns import matching

#: Format -> value.
_BY_FORMAT: Final[Mapping[str, str]] = {
    "base64": "IyEvYmluL3NoCg==",
    "byte": "IyEvYmluL3NoCg==",
    "cidr": "10.0.0.0/24",
    "date": "2026-01-31",
    "date-time": "2026-01-31T09:30:00Z",
    "duration": "PT1H",
    "email": "operator@example.org",
    "fqdn": "node-1.example.org",
    "hostname": "node-1.example.org",
    "idn-email": "operator@example.org",
    "idn-hostname": "node-1.example.org",
    "ip-address": "192.0.2.10",
    "ipv4": "192.0.2.10",
    "ipv6": "2001:db8::10",
    "iri": "https://example.org/",
    "json-pointer": "/name",
    "mac-address": "52:54:00:12:34:56",
    "regex": "^node-",
    "time": "09:30:00Z",
    "uri": "https://example.org/",
    "uri-reference": "/docs",
    "url": "https://example.org/",
    "uuid": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
}

#: The last words of a field's name -> text.
_BY_NAME: Final[Mapping[str, str]] = {
    "address": "192.0.2.10",
    "attributes": "ssh",
    "checksum": "d41d8cd98f00b204e9800998ecf8427e",
    "cidr": "10.0.0.0/24",
    "comment": "Planned maintenance",
    "date": "2026-01-31",
    "description": "Third rack, east hall",
    "device": "/dev/vda",
    "domain": "example.org",
    "email": "operator@example.org",
    "event": "STOPPED",
    "host": "node-1",
    "hostname": "node-1",
    "id": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "ip": "192.0.2.10",
    "key": "rack",
    "mac": "52:54:00:12:34:56",
    "message": "Planned maintenance",
    "name": "rack-7",
    "password": "correct-horse",
    "path": "/etc/motd",
    "process": "httpd",
    "reason": "Planned maintenance",
    "region": "RegionOne",
    "ref": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "state": "active",
    "status": "active",
    "tag": "east-hall",
    "time": "2026-01-31T09:30:00Z",
    "timestamp": "2026-01-31T09:30:00Z",
    "title": "Rack 7",
    "type": "COMPUTE",
    "url": "https://example.org/",
    "user": "operator",
    "uuid": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "value": "east-hall",
    "version": "1.0",
    "zone": "east",
}

#: The last word of a field's name -> number.
_NUMBERS: Final[Mapping[str, int]] = {
    "count": 2,
    "disk": 20,
    "limit": 50,
    "memory": 2048,
    "port": 8080,
    "priority": 1,
    "ram": 2048,
    "size": 10,
    "timeout": 60,
    "vcpus": 2,
}

_WORD: Final = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
# When nothing more readable fits a pattern or a length.
_GENERIC: Final = (
    "example",
    "rack-7",
    "rack7",
    "Rack 7",
    "a",
    "A",
    "1",
    "10",
    "3",
    "abc",
    "ABC",
    "ab",
    "AB",
    "1.0",
    "/",
    "/a",
    "0:0",
    "true",
    "rack_7",
    "a.b",
    "a:b",
    "a=b",
    "example.org",
    "192.0.2.10",
    "2001:db8::10",
    "10.0.0.0/24",
    "52:54:00:12:34:56",
    "https://example.org/",
    "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "3f2504e04f8941d39a0c0305e82c3301",
    "2026-01-31",
    "2026-01-31T09:30:00Z",
    "operator@example.org",
    "IyEvYmluL3NoCg==",
    "",
)


def words(name: str) -> list[str]:
    """A field's name in lower-case words: ``imageRef`` is *image*, *ref*."""
    return [word.lower() for word in _WORD.findall(name.rpartition(":")[2])]


def texts(schema: Mapping[str, Any], name: str) -> Iterator[str]:
    """Candidates for a text field, the most readable first."""
    low, high = schema.get("minLength", 0), schema.get("maxLength")
    for text in _texts(schema, name):
        yield text
        if len(text) < low:
            yield (text or "a") * low if len(text) == 1 else _stretched(text, low)
        elif high is not None and len(text) > high:
            yield text[:high].rstrip("-. ") or text[:high]


def _texts(schema: Mapping[str, Any], name: str) -> Iterator[str]:
    precise = str(schema.get("format") or schema.get("contentEncoding"))
    if precise in _BY_FORMAT:
        # No other text is known to have the format.
        yield _BY_FORMAT[precise]
        return
    said = words(name)
    for word in reversed(said[-2:]):
        for form in (word, word.removesuffix("s")):
            if form in _BY_NAME:
                yield _BY_NAME[form]
    if said:
        yield "-".join(said)
    yield from _GENERIC
    made = matching(schema["pattern"]) if "pattern" in schema else None
    if made is not None:
        yield made


def _stretched(text: str, length: int) -> str:
    """*text* over and over, up to a length that a reader can bear."""
    if length > 4096:
        return text
    text = text or "a"
    return (text * (length // len(text) + 1))[:length]


def numbers(schema: Mapping[str, Any], name: str, *, whole: bool) -> Iterator[int | float]:
    """Candidates for a number field, the most readable first."""
    last = words(name)[-1:]
    if last and last[0] in _NUMBERS:
        yield _NUMBERS[last[0]]
    yield 1
    step = schema.get("multipleOf", 1)
    for key, sign in (
        ("minimum", 1),
        ("exclusiveMinimum", 1),
        ("maximum", -1),
        ("exclusiveMaximum", -1),
    ):
        if key in schema:
            bound = schema[key]
            yield bound
            yield bound // step * step + sign * step
            if not whole:
                yield bound + sign / 2
    yield from (step, 0, 10, 100)
