"""The operations of a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, cast

from msgspec.structs import replace

from sphinxext_apiplug.checks.diff.openapi.bodies import body_payloads
from sphinxext_apiplug.checks.diff.openapi.schemas import SchemaReader
from sphinxext_apiplug.checks.diff.openapi.tree import Node
from sphinxext_apiplug.checks.diff.openapi.versions import Versions, marked
from sphinxext_apiplug.inventory.model import (
    Header,
    Location,
    Operation,
    Parameter,
    Policy,
    Response,
    Schema,
)
from sphinxext_apiplug.inventory.problems import Source

METHODS: Final = ("get", "head", "post", "put", "patch", "delete", "options", "trace")
_LOCATIONS: Final = ("path", "query", "header", "cookie")
# What OpenAPI takes from the media types and the security schemes.
_RESERVED: Final = frozenset({"accept", "content-type", "authorization"})
_BODY_HEADER: Final = "content-type"
_GROUPS: Final = {"default": 0, "1XX": 1, "2XX": 2, "3XX": 3, "4XX": 4, "5XX": 5}


class OperationReader:
    """Reads the operations of one document."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        self._schemas = SchemaReader()

    def read(self, path: str, method: str, item: Node) -> Operation:
        """The operation of a method of a path.

        :param item: the path's object
        :raises DocumentError: if it is faulty
        """
        node = item.at(method)
        node.expect(dict)
        own = node.value.get("x-apiplug")
        origin = own if isinstance(own, dict) else {}
        operation_id = node.text("operationId") or f"{method}-{path.strip('/') or 'root'}"
        return Operation(
            id=operation_id,
            method=method.upper(),
            path=path,
            resource="",
            extension=str(origin.get("extension", "")),
            handler=_source(node, origin),
            summary=node.text("summary"),
            description=node.text("description"),
            deprecated=node.flag("deprecated"),
            versions=marked(node),
            parameters=tuple(self._parameters(item, node)),
            request=body_payloads(node.child("requestBody"), self._schemas, is_request=True),
            responses=tuple(self._responses(node, origin)),
            policies=tuple(_policies(origin)),
        )

    def _parameters(self, item: Node, node: Node) -> Iterator[Parameter]:
        """The path's parameters, and the operation's, which go before them."""
        found: dict[tuple[str, str], Parameter] = {}
        for owner in (item, node):
            for written in owner.at("parameters").items() if owner.has("parameters") else ():
                parameter = self._parameter(written.resolved())
                found[parameter.location, parameter.name] = parameter
        hidden = {*_RESERVED, self._versions.name.lower()}
        for (location, name), parameter in found.items():
            if not (location == "header" and name.lower() in hidden):
                yield parameter

    def _parameter(self, node: Node) -> Parameter:
        location = node.text("in")
        if location not in _LOCATIONS:
            node.fail(f"should say where it is: in is one of {', '.join(_LOCATIONS)}")
        name = node.text("name") or node.fail("a parameter has a name")
        is_cookie = location == "cookie"
        schema = self._schema(node)
        if node.flag("deprecated") and isinstance(schema, dict):
            schema = {**schema, "deprecated": True}
        return Parameter(
            name=f"Cookie: {name}" if is_cookie else name,
            location=cast("Location", "header" if is_cookie else location),
            required=location == "path" or node.flag("required"),
            schema=schema,
            description=node.text("description"),
            versions=marked(node),
        )

    def _schema(self, node: Node) -> Schema:
        content = node.child("content")
        media = next((item for _, item in content.members()), None) if content else node
        if media is None or not media.has("schema"):
            return True
        return self._schemas.read(media.at("schema"))

    def _responses(self, node: Node, origin: dict[str, Any]) -> Iterator[Response]:
        responses = node.child("responses")
        for code, written in responses.members() if responses else ():
            group = _GROUPS.get(code if code == "default" else code.upper())
            # Our documents say so where no code is known.
            if origin and group is not None:
                continue
            if group is None and not (code.isdecimal() and len(code) == 3):
                written.fail("is no status code")
            response = written.resolved()
            payloads = body_payloads(response, self._schemas, is_request=False)
            if f"body of response {code}" in _listed(origin, "inferred"):
                payloads = tuple(replace(item, inferred=True) for item in payloads)
            yield Response(
                status=int(code) if group is None else group,
                description=response.text("description"),
                versions=marked(response),
                headers=tuple(self._headers(response)),
                payloads=payloads,
            )

    def _headers(self, response: Node) -> Iterator[Header]:
        """The headers of an answer; what its body is, OpenAPI says elsewhere."""
        headers = response.child("headers")
        for name, written in headers.members() if headers else ():
            if name.lower() != _BODY_HEADER:
                node = written.resolved()
                yield Header(
                    name=name,
                    schema=self._schema(node),
                    description=node.text("description"),
                    versions=marked(node),
                )


def _policies(origin: dict[str, Any]) -> Iterator[Policy]:
    sometimes = _listed(origin, "policy_in_some_cases")
    for name in _listed(origin, "policy"):
        yield Policy(name=name, inferred=True, conditional=name in sometimes)


def _listed(origin: dict[str, Any], key: str) -> list[str]:
    found = origin.get(key)
    return [str(item) for item in found] if isinstance(found, list) else []


def _source(node: Node, origin: dict[str, Any]) -> Source:
    """Where the handler is, if the document says so; else where the operation stands."""
    file, _, line = str(origin.get("source", "")).rpartition(":")
    if file and line.isdecimal():
        return Source(object=str(origin.get("handler", "")), file=file, line=int(line))
    return Source(object=node.pointer, file=node.source)
