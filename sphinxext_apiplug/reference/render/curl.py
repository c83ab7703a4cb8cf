"""Requests as ``curl`` calls that can be pasted into a shell."""

from __future__ import annotations

import json
import re
from typing import Any, Final
from urllib.parse import quote

import msgspec

from sphinxext_apiplug.inventory.model import Api, Example
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.reference.markup import clean

# Nothing in these means anything to a shell within double quotes, nor to
# curl's own globbing of addresses.
_URL_SAFE: Final = "/%?&=:,@~+;"
_PLAIN: Final = re.compile(r"[A-Za-z0-9 ._:/,;=+@%~-]*", re.ASCII)
_METHOD: Final = re.compile(r"[A-Za-z]+", re.ASCII)
_ONE_LINE: Final = 60
_HEADER_WITH_TYPE: Final = "openstack-api-version"


def curl(api: Api, method: str, example: Example) -> str:
    """The call that sends *example*.

    ``$ENDPOINT`` is the address below which the API's base path stands, and
    ``$TOKEN`` the caller's token.
    """
    lines = [_command(api, method, example)]
    if api.security is not None:
        lines.append(f'-H {_double(api.security.header)[:-1]}: $TOKEN"')
    if version := microversion(api, example.versions):
        lines.append(f"-H {_double(version)}")
    if example.body is not msgspec.UNSET:
        lines.append('-H "Content-Type: application/json"')
        # Between JSON's tokens alone are there line breaks, so that any may be indented.
        lines.append(f"-d {_single(json_text(example.body))}".replace("\n", "\n  "))
    return " \\\n  ".join(lines)


def microversion(api: Api, versions: VersionRange) -> str:
    """The header that asks for the newest of *versions*.

    :return: empty for an API without microversions
    """
    if api.microversions is None:
        return ""
    asked = api.microversions.intersect(versions) or api.microversions
    newest = asked.until or asked.since
    if newest is None:
        return ""
    header = api.microversion_header
    with_type = header.lower() == _HEADER_WITH_TYPE and api.service_type is not None
    return f"{header}: {api.service_type} {newest}" if with_type else f"{header}: {newest}"


def json_text(body: Any) -> str:
    """A body as JSON to read; invisible and reordering characters are escaped.

    Parsing it gives *body* again.
    """
    text = json.dumps(body, ensure_ascii=False)
    if len(text) > _ONE_LINE:
        text = json.dumps(body, ensure_ascii=False, indent=2)
    return "".join(char if _shows(char) else _escaped(char) for char in text)


def _command(api: Api, method: str, example: Example) -> str:
    name = method.upper() if _METHOD.fullmatch(method) else "GET"
    url = f'"$ENDPOINT{quote(api.base_path + example.path, safe=_URL_SAFE, errors="replace")}"'
    if name == "HEAD":
        return f"curl --head {url}"
    if name == "GET" and example.body is msgspec.UNSET:
        return f"curl {url}"
    return f"curl -X {name} {url}"


def _shows(char: str) -> bool:
    return char == "\n" or (char.isprintable() and clean(char) == char)


def _escaped(char: str) -> str:
    # Only within a string can JSON text hold such a character.
    return json.dumps(char)[1:-1] if ord(char) > 0x7F else f"\\u{ord(char):04x}"


def _single(text: str) -> str:
    """*text* as one word of a POSIX shell."""
    return "'" + text.replace("'", "'\\''") + "'"


def _double(text: str) -> str:
    """*text* in double quotes, without anything that a shell would expand there."""
    plain = "".join(char for char in text if _PLAIN.fullmatch(char))
    return f'"{plain}"'
