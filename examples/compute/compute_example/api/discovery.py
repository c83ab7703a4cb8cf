"""Version discovery: what is served where, for callers without a token."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import webob

from compute_example.api.openstack import api_version_request
from compute_example.api.openstack.faults import fault_response


def version_facts(url: str) -> dict[str, Any]:
    """What is said of the one version that there is.

    :param url: where it is served
    """
    return {
        "id": "v2.1",
        "status": "CURRENT",
        "min_version": api_version_request.min_api_version().get_string(),
        "version": api_version_request.max_api_version().get_string(),
        "updated": "2026-01-31T00:00:00Z",
        "links": [{"rel": "self", "href": url}],
    }


class Versions:
    """Answers ``GET /``, and 404 to any path that nothing else serves."""

    @classmethod
    def factory(cls, _global: Any, **_local: str) -> Versions:
        """Make the application, for PasteDeploy."""
        return cls()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request."""
        req = webob.Request(environ)
        if environ.get("PATH_INFO", "") not in ("", "/"):
            response = fault_response(404, "The resource could not be found.")
        elif req.method not in ("GET", "HEAD"):
            response = fault_response(405, "The method must be GET.", {"Allow": "GET, HEAD"})
        else:
            versions = [version_facts(f"{req.application_url}/v2.1/")]
            response = webob.Response(body=json.dumps({"versions": versions}).encode())
            response.content_type = "application/json"
        answered: Iterable[bytes] = response(environ, start_response)
        return answered
