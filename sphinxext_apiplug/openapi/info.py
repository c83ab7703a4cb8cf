"""The head of a document: info, servers, tags, security."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sphinxext_apiplug.openapi import names
from sphinxext_apiplug.openapi.markdown import escape

if TYPE_CHECKING:
    from sphinxext_apiplug.inventory.model import Api, Inventory, License
    from sphinxext_apiplug.openapi.versions import View

_VARIABLE: Final = re.compile(r"\{([^{}]+)\}")
# What SPDX's licence list can hold.
_IDENTIFIER: Final = re.compile(r"[A-Za-z0-9.+-]+")


def info(inventory: Inventory, view: View) -> dict[str, Any]:
    """The info object; where nothing is known it says so, it invents nothing."""
    api = inventory.api
    description = api.description or (
        f"What the extensions in the namespace `{api.namespace}` provide."
    )
    origin: dict[str, Any] = {"namespace": api.namespace}
    if api.microversions is not None:
        origin["microversion"] = "all" if view.all_versions else str(view.version)
    return {
        "title": escape(api.title or api.name),
        "version": api.version or "unknown",
        "description": escape(description),
        "contact": _contact(inventory),
        "license": _license(api.license),
        "x-apiplug": origin,
    }


def _contact(inventory: Inventory) -> dict[str, Any]:
    contact = inventory.api.contact
    if contact is None:
        packages = sorted({item.distribution for item in inventory.extensions})
        return {"name": f"The maintainers of {', '.join(packages) or inventory.api.name}"}
    fields = {"name": contact.name, "url": contact.url, "email": contact.email}
    return {key: value for key, value in fields.items() if value}


def _license(license: License | None) -> dict[str, Any]:  # noqa: A002 - the field's own name
    if license is None:
        return {"name": "Not stated", "identifier": "LicenseRef-not-stated"}
    if license.identifier:
        return {"name": license.name, "identifier": license.identifier}
    # The identifier and the URL exclude each other.
    if license.url:
        return {"name": license.name, "url": license.url}
    if _IDENTIFIER.fullmatch(license.name):
        return {"name": license.name, "identifier": license.name}
    return {"name": license.name, "identifier": f"LicenseRef-{names.slug(license.name)}"}


def servers(api: Api) -> list[dict[str, Any]]:
    """Where the API is served, without the base path, which the paths have."""
    if not api.servers:
        below = f", without `{api.base_path}`" if api.base_path else ""
        description = f"The service's endpoint as the service catalog has it{below}."
        endpoint = {"default": "http://localhost", "description": description}
        return [{"url": "{endpoint}", "variables": {"endpoint": endpoint}}]
    written = []
    for server in api.servers:
        url = server.url.rstrip("/").removesuffix(api.base_path.rstrip("/")) or "/"
        entry: dict[str, Any] = {"url": url}
        if server.description:
            entry["description"] = escape(server.description)
        variables = dict.fromkeys(_VARIABLE.findall(url))
        if variables:
            entry["variables"] = {name: {"default": name} for name in variables}
        written.append(entry)
    return written


def tags(inventory: Inventory) -> list[dict[str, str]]:
    """A tag for each extension, sorted by alias."""
    texts = {operation.extension: "" for operation in inventory.operations}
    for extension in inventory.extensions:
        texts[extension.alias] = extension.description or extension.name
    return [
        {"name": alias, "description": escape(texts[alias] or alias)} for alias in sorted(texts)
    ]


def security_schemes(api: Api) -> dict[str, Any]:
    """How callers prove who they are: name -> scheme; empty for an open API."""
    if api.security is None:
        return {}
    scheme = {"type": "apiKey", "in": "header", "name": api.security.header}
    if api.security.description:
        scheme["description"] = escape(api.security.description)
    return {names.camel(api.security.header) or "Token": scheme}
