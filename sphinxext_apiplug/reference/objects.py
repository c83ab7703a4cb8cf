"""What the domain knows of each described operation, extension, microversion and the like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from sphinxext_apiplug.inventory.model import Api, Operation

#: Role name -> name of its object type.
OBJECT_TYPES: Final = {
    "op": "operation",
    "ext": "extension",
    "version": "microversion",
    "errors": "errors",
}

_PARAMETER = re.compile(r"\{[^{}]*\}")


class ObjectEntry(NamedTuple):
    """One description of one object.

    :ivar docname: the document that it is in
    :ivar line: of the directive; 0 if unknown
    :ivar node_id: the anchor
    :ivar title: what references show
    :ivar call: method, full path and action; empty for all but operations
    :ivar group: heading of the index that it stands under; empty for all but operations
    """

    docname: str
    line: int
    node_id: str
    title: str
    call: str = ""
    group: str = ""


def call_of(api: Api, operation: Operation) -> str:
    """How a caller names the operation: ``POST /v1/servers/{id}/action pause``."""
    call = f"{operation.method} {api.base_path}{operation.path}"
    return f"{call} {operation.action}" if operation.action else call


def group_of(api: Api, operation: Operation) -> str:
    """The base path and first step of the operation's path."""
    step = operation.path.strip("/").partition("/")[0]
    return f"{api.base_path}/{step}"


def same_call(first: str, second: str) -> bool:
    """Whether two calls are equal but for the case of the method and names in braces."""
    return _normal(first) == _normal(second)


def _normal(call: str) -> str:
    method, _, rest = " ".join(call.split()).partition(" ")
    return f"{method.upper()} {_PARAMETER.sub('{}', rest)}"
