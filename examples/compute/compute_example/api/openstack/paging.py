"""Pages of a list: how long they are, and where the next one is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import webob
from oslo_config import cfg


def limit_of(req: webob.Request, conf: cfg.ConfigOpts) -> int:
    """How many entries a page may have; 0 asks for as many as there may be."""
    largest: int = conf.api.max_limit
    return min(int(req.GET.get("limit", 0)) or largest, largest)


def next_link(req: webob.Request, page: Sequence[Any]) -> list[dict[str, str]]:
    """Where the page after this one is.

    :param page: entries with an ``id``; at least one
    """
    query = {**req.GET, "marker": page[-1].id}
    return [{"rel": "next", "href": f"{req.path_url}?{urlencode(query)}"}]
