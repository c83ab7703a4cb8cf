"""Things by name or id, as people write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from compute_example.cli.errors import ClientError, NotFoundError

if TYPE_CHECKING:
    from compute_example.cli.client import Client

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)


def find_id(client: Client, noun: str, reference: str, *, filtered: bool = False) -> str:
    """The id of the server, flavor or image that a person means.

    :param noun: ``server``; its collection is the noun with an s
    :param reference: an id, which needs no call, or a name
    :param filtered: whether the collection takes the query parameter ``name``
    :raises NotFoundError: if nothing is called that
    :raises ClientError: if several are
    """
    if _UUID.fullmatch(reference):
        return reference.lower()
    query = {"name": reference} if filtered else {}
    # What a service does with the parameter is its own affair: an exact name is meant.
    found = [
        item
        for item in client.pages(f"/{noun}s", query, key=f"{noun}s")
        if item.get("name") == reference
    ]
    if not found:
        raise NotFoundError(f"no {noun} is called {reference!r}")
    if len(found) > 1:
        ids = ", ".join(sorted(item["id"] for item in found))
        raise ClientError(f"{len(found)} {noun}s are called {reference!r}; say which: {ids}")
    return str(found[0]["id"])
