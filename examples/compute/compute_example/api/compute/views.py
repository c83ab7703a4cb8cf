"""What is told of servers, flavors and images."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from compute_example.api.openstack import api_version_request
from compute_example.api.openstack.wsgi import Request
from compute_example.db.models import Flavor, Image, Server


def self_link(req: Request, *path: str) -> list[dict[str, str]]:
    """Where something can be found.

    :param path: below the API's base path
    """
    return [{"rel": "self", "href": "/".join((req.application_url, *path))}]


def server_summary(req: Request, server: Server) -> dict[str, Any]:
    """What lists tell of a server."""
    return {
        "id": server.id,
        "name": server.name,
        "links": self_link(req, "servers", server.id),
    }


def server_facts(req: Request, server: Server) -> dict[str, Any]:
    """All that is told of a server."""
    facts = {
        **server_summary(req, server),
        "status": server.status,
        "project_id": server.project_id,
        "user_id": server.user_id,
        "image": {"id": server.image_id},
        "flavor": {"id": server.flavor["id"]},
        "created": _time(server.created),
        "updated": _time(server.updated),
    }
    if api_version_request.is_supported(req, min_version="2.2"):
        facts["description"] = server.description
    if api_version_request.is_supported(req, min_version="2.3"):
        facts["flavor"] = dict(server.flavor)
    return facts


def flavor_facts(req: Request, flavor: Flavor) -> dict[str, Any]:
    """What is told of a flavor."""
    return {
        "id": flavor.id,
        "name": flavor.name,
        "vcpus": flavor.vcpus,
        "ram": flavor.ram,
        "disk": flavor.disk,
        "links": self_link(req, "flavors", flavor.id),
    }


def image_summary(req: Request, image: Image) -> dict[str, Any]:
    """What lists tell of an image."""
    return {"id": image.id, "name": image.name, "links": self_link(req, "images", image.id)}


def image_facts(req: Request, image: Image) -> dict[str, Any]:
    """All that is told of an image."""
    facts = {
        **image_summary(req, image),
        "status": image.status,
        "minRam": image.min_ram,
        "minDisk": image.min_disk,
        "metadata": dict(image.properties),
        "created": _time(image.created),
    }
    if api_version_request.is_supported(req, max_version="2.3"):
        facts["progress"] = 100
    return facts


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
