"""An OpenAPI 3.0 or 3.1 document as an inventory."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlsplit

from sphinxext_apiplug.checks.diff.openapi.errors import DocumentError
from sphinxext_apiplug.checks.diff.openapi.operations import METHODS, OperationReader
from sphinxext_apiplug.checks.diff.openapi.text import parse
from sphinxext_apiplug.checks.diff.openapi.tree import Files, Node
from sphinxext_apiplug.checks.diff.openapi.versions import Versions, versions_of
from sphinxext_apiplug.inventory.model import (
    Api,
    Contact,
    Extension,
    Inventory,
    License,
    Operation,
    Security,
    Server,
)

_SUPPORTED: Final = re.compile(r"3\.[01](\.[0-9A-Za-z.-]+)?")


def is_document(data: Any) -> bool:
    """Whether some data calls itself an OpenAPI document, of whichever version."""
    return isinstance(data, dict) and bool({"openapi", "swagger"} & data.keys())


def read_document(data: bytes, source: str) -> Inventory:
    """Read the text of a document.

    Operations, their parameters, JSON bodies and status codes are taken over, and what
    the documents that apiplug makes say of extensions, policies and microversions.
    The inventory's sources are the files that the document consists of.

    :param source: the file; named in errors, and what references to other files are
        relative to
    :raises DocumentError: if it is no document, or a faulty one
    """
    try:
        return _read(parse(data, source), source)
    except RecursionError as error:
        raise DocumentError(source, "", "is nested too deeply") from error


def _read(data: Any, source: str) -> Inventory:
    files = Files()
    files.note(source, data)
    root = Node(data, "", source, files)
    if not is_document(data):
        root.fail("is no OpenAPI document: it has no openapi")
    if root.has("swagger"):
        root.fail("is a Swagger document: convert it into OpenAPI 3 first")
    if not _SUPPORTED.fullmatch(root.at("openapi").expect(str)):
        root.at("openapi").fail("is a version that can't be read: there are 3.0 and 3.1")
    versions = versions_of(root)
    operations = tuple(_operations(root, versions))
    return Inventory(
        api=_api(root, versions),
        extensions=_extensions(root),
        operations=operations,
        sources=files.names,
    )


def _operations(root: Node, versions: Versions) -> list[Operation]:
    paths = root.child("paths")
    if paths is None:
        return []
    reader = OperationReader(versions)
    found: list[Operation] = []
    for path, written in paths.members():
        if not path.startswith("/"):
            written.fail("a path begins with a slash")
        item = written.resolved()
        found += [reader.read(path, method, item) for method in METHODS if item.has(method)]
    return found


def _api(root: Node, versions: Versions) -> Api:
    info = root.child("info")
    servers = (
        [item.resolved() for item in root.at("servers").items()] if root.has("servers") else []
    )
    contact, rights = (info.child(key) if info else None for key in ("contact", "license"))
    return Api(
        name=info.text("title") if info else "",
        namespace="",
        title=info.text("title") if info else "",
        version=info.text("version") if info else "",
        description=info.text("description") if info else "",
        base_path=_base_path(servers),
        servers=tuple(
            Server(url=item.text("url"), description=item.text("description")) for item in servers
        ),
        contact=_contact(contact) if contact else None,
        license=_license(rights) if rights else None,
        security=_security(root),
        microversions=versions.accepted,
        **versions.header,
    )


def _base_path(servers: list[Node]) -> str:
    """What the first server's URL has behind its host."""
    url = servers[0].text("url") if servers else ""
    try:
        path = urlsplit(url.replace("{", "").replace("}", "") if "://" in url else url).path
    except ValueError:
        servers[0].at("url").fail("is no URL")
    # A server that is one variable is an endpoint, of which nothing is known.
    return "" if url.startswith("{") else path.rstrip("/")


def _contact(node: Node) -> Contact:
    return Contact(name=node.text("name"), url=node.get("url", str), email=node.get("email", str))


def _license(node: Node) -> License:
    return License(
        name=node.text("name"), identifier=node.get("identifier", str), url=node.get("url", str)
    )


def _security(root: Node) -> Security | None:
    """The header of the first scheme that is asked for everywhere."""
    components = root.child("components")
    schemes = components.child("securitySchemes") if components else None
    asked = [*root.at("security").items()] if root.has("security") else []
    names = [name for item in asked for name in item.expect(dict)]
    if not names or schemes is None or not schemes.has(names[0]):
        return None
    scheme = schemes.at(names[0]).resolved()
    is_key = scheme.text("type") == "apiKey" and scheme.text("in") == "header"
    header = scheme.text("name") if is_key else "Authorization"
    return Security(header=header, description=scheme.text("description"))


def _extensions(root: Node) -> tuple[Extension, ...]:
    """The extensions that our documents name at their operations, as their tags tell."""
    tags = [item.expect(dict) for item in root.at("tags").items()] if root.has("tags") else []
    texts = {str(tag.get("name")): str(tag.get("description", "")) for tag in tags}
    found: dict[str, Extension] = {}
    for origin in _origins(root):
        alias = str(origin["extension"])
        name, _, version = str(origin.get("distribution", "")).partition(" ")
        found[alias] = Extension(
            alias=alias,
            name=alias,
            entry_point="",
            distribution=name,
            distribution_version=version,
            description=texts.get(alias, ""),
        )
    return tuple(found[alias] for alias in sorted(found))


def _origins(root: Node) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for item in (root.value.get("paths") or {}).values():
        for method in METHODS:
            own = item.get(method, {}).get("x-apiplug", {}) if isinstance(item, dict) else {}
            listed = own.get("operations", [own]) if isinstance(own, dict) else []
            found += [one for one in listed if isinstance(one, dict) and "extension" in one]
    return found
