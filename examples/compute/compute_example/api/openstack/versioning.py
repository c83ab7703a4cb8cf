"""The microversion of a request, by its header."""

from __future__ import annotations

import webob
import webob.exc

from compute_example.api.openstack import api_version_request
from compute_example.api.openstack.api_version_request import APIVersionRequest

HEADER = "OpenStack-API-Version"
SERVICE_TYPE = "compute"


def requested(req: webob.Request) -> APIVersionRequest:
    """The version that a request asks for, by default the oldest one.

    The header has an entry for each service: ``compute 2.3, volume 3.1``.

    :raises HTTPBadRequest: if the entry can't be read
    :raises HTTPNotAcceptable: if there is no such version
    """
    for entry in req.headers.get(HEADER, "").split(","):
        service, *version = entry.split()[:3] or [""]
        if service.lower() == SERVICE_TYPE:
            return _parsed(" ".join(version))
        if service and not version:
            raise webob.exc.HTTPBadRequest(
                f"{HEADER} must be as in '{SERVICE_TYPE} 2.1', not {entry.strip()[:100]!r}."
            )
    return api_version_request.min_api_version()


def _parsed(text: str) -> APIVersionRequest:
    first, last = api_version_request.min_api_version(), api_version_request.max_api_version()
    if text == "latest":
        return last
    try:
        version = APIVersionRequest(text)
    except ValueError as error:
        raise webob.exc.HTTPBadRequest(f"{text[:100]!r} is no version of this API.") from error
    if not version.matches(first, last):
        raise webob.exc.HTTPNotAcceptable(
            f"Version {version} is not supported by the API. "
            f"Minimum is {first} and maximum is {last}."
        )
    return version


def tell(response: webob.Response, version: APIVersionRequest | None) -> None:
    """Say in an answer which version it is of, and that it depends on that."""
    response.headers["Vary"] = HEADER
    if version is not None:
        response.headers[HEADER] = f"{SERVICE_TYPE} {version}"
