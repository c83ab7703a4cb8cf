"""Inventories written by hand: one as a service has it, one hostile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from sphinxext_apiplug.inventory.model import (
    Api,
    Augmentation,
    Command,
    CommandOption,
    Example,
    Extension,
    Inventory,
    Operation,
    Parameter,
    Payload,
    Policy,
    Removal,
    Response,
    Security,
)
from sphinxext_apiplug.inventory.problems import Problem, Source
from sphinxext_apiplug.inventory.versions import VersionRange

HOSTILE: Final = (
    "<script>alert(1)</script> \u202eevil\u202c \u2066x\u2069 \x00 \x1b[31m & \"quoted\" 'single' "
    "`back` ``code`` |sub| *star* {{ jinja }} \\end{document} %s $(rm -rf) " + "W" * 10_000
)


def span(text: str) -> VersionRange:
    return VersionRange.parse(text)


def source(name: str, line: int | None = 76) -> Source:
    return Source(object=f"shop.api.segments:{name}", file="shop/api/segments.py", line=line)


def obj(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


TEXT: Final = {"type": "string", "minLength": 1, "maxLength": 255}
METHODS: Final = ["auto", "reserved_host", "auto_priority", "rh_priority"]
NETWORKS: Final = {
    "type": "array",
    "maxItems": 8,
    "items": obj(
        ("uuid",),
        uuid={"type": "string", "format": "uuid", "description": "The network."},
        fixed_ip={"type": ["string", "null"], "format": "ipv4"},
    ),
}
SEGMENT_OLD: Final = obj(
    ("name", "recovery_method"),
    name={**TEXT, "maxLength": 100, "description": "A name for people."},
    recovery_method={"type": "string", "enum": METHODS[:2]},
    colour={"type": "string", "description": "Not used any more."},
)
SEGMENT: Final = obj(
    ("name", "recovery_method", "service_type"),
    name={**TEXT, "description": "A name for people.\n\nShown in ``lists``:\n\n* short\n* plain"},
    recovery_method={"type": "string", "enum": METHODS},
    service_type={**TEXT, "pattern": "^[a-z <>&]+$"},
    description={"type": "string", "minLength": 0},
    enabled={"type": "boolean", "default": True, "description": "Whether it is acted on."},
    networks=NETWORKS,
)
BODY: Final = {
    "segment": {
        "name": "rack-7 it's <b> $HOME `x` \\ \u202e",
        "recovery_method": "auto",
        "service_type": "COMPUTE",
    }
}

CREATE: Final = Operation(
    id="segments.create",
    method="POST",
    path="/segments",
    resource="segments",
    extension="segments",
    handler=source("SegmentsController.create"),
    summary="Create a failover segment.",
    description="Creates a new segment.\n\n:param req: the request\n    and more of it\n"
    ":returns: a dict\n\nIt takes:\n\n- a ``name``\n- a *method*\n  on two lines\n",
    parameters=(
        Parameter(name="X-Trace", location="header", schema=TEXT, description="A trace."),
    ),
    request=(
        Payload(
            schema=obj(("segment",), segment={**SEGMENT_OLD, "description": "What to create."}),
            versions=span("-1.1"),
        ),
        Payload(
            schema=obj(("segment",), segment={**SEGMENT, "description": "What to create."}),
            versions=span("1.2-"),
            provided_by={"/properties/segment/properties/networks": "networks"},
        ),
    ),
    responses=(
        Response(
            status=201,
            description="The segment",
            payloads=(Payload(schema=obj((), segment=obj((), id={"type": "integer"}))),),
        ),
        Response(status=400, description="Bad Request: the body does not match the schema"),
        Response(status=401, description="Unauthorized", inferred=True),
        Response(status=403, description="Forbidden: the policy says no", inferred=True),
        Response(status=409, description="The ``name`` is taken", versions=span("1.2-")),
        Response(status=599, description="", inferred=True),
    ),
    policies=(
        Policy(
            name="shop:segments:create", check="rule:admin_api", scope_types=("project", "system")
        ),
        Policy(name="shop:segments:more", inferred=True, deprecated=True),
    ),
    augmented_by=(Augmentation(extension="networks", handler=source("add")),),
    examples=(
        Example(path="/segments", body={"segment": {"name": "a"}}, versions=span("-1.1")),
        Example(path="/segments", body=BODY, versions=span("1.2-")),
    ),
)
LIST: Final = Operation(
    id="segments.list",
    method="GET",
    path="/segments",
    resource="segments",
    extension="segments",
    handler=source("SegmentsController.index", None),
    summary="List failover segments",
    parameters=(
        Parameter(
            name="limit",
            location="query",
            schema={"type": "integer", "minimum": 0},
            inferred=True,
            description="How many at most.",
        ),
        Parameter(name="marker", location="query", versions=span("1.1-"), inferred=True),
    ),
    responses=(Response(status=200, description="OK"),),
    examples=(Example(path="/segments?limit=2&marker=a b"),),
)
REBUILD: Final = Operation(
    id="servers.rebuild",
    method="POST",
    path="/servers/{server_id}/action",
    resource="servers",
    action="rebuild",
    extension="networks",
    handler=source("ServersController.rebuild"),
    summary="Rebuild a server",
    versions=span("1.1-1.2"),
    removed=Removal(version="1.3", reason="Use <em>segments</em> instead."),
    deprecated=True,
    parameters=(
        Parameter(
            name="server_id",
            location="path",
            required=True,
            schema={"type": "string", "format": "uuid"},
            description="The server.",
        ),
    ),
    request=(Payload(schema=obj(("rebuild",), rebuild=obj()), inferred=True),),
    examples=(Example(path="/servers/1/action", body={"rebuild": {}}),),
)
SHOP: Final = Inventory(
    api=Api(
        name="shop",
        namespace="shop.extensions",
        title="Shop API",
        version="22.0.0",
        description="What the shop can do.",
        base_path="/v1",
        service_type="instance-ha",
        microversions=span("1.0-1.3"),
        security=Security(),
        source_url="https://git.example.org/{version}/{file}#L{line}",
    ),
    extensions=(
        Extension(
            alias="networks",
            name="Networks",
            entry_point="networks = shop.api.networks:Networks",
            distribution="shop",
            distribution_version="22.0.0",
        ),
        Extension(
            alias="segments",
            name="Segments",
            entry_point="segments = shop.api.segments:Segments",
            distribution="shop",
            distribution_version="22.0.0",
            description="Segments group the hosts of a cloud.\n\nThey stand in for one another.",
            version="1",
            updated="2015-01-01T00:00:00Z",
        ),
        Extension(
            alias="empty",
            name="Empty",
            entry_point="empty = shop.api.empty:Empty",
            distribution="shop",
            distribution_version="22.0.0",
        ),
    ),
    operations=(LIST, CREATE, REBUILD),
    problems=(
        Problem(
            kind="load-failed",
            subject="broken = shop.api.broken:Broken",
            message="No module named ``<nothing>``",
            source=Source(object="shop.api.broken:Broken", file="shop/api/broken.py", line=3),
            distribution="shop 22.0.0",
        ),
    ),
)


def hostile() -> Inventory:
    """The same word of mischief wherever a plugin can put one."""
    bad = HOSTILE
    place = Source(object=f"a:{bad}", file=bad, line=1)
    schema = obj(
        (bad,),
        **{bad: {"type": "string", "description": bad, "default": bad, "enum": [bad, "b"]}},
    )
    operation = Operation(
        id="hostile",
        method=bad,
        path=f"/{bad}/{{{bad}}}",
        resource=bad,
        action=bad,
        extension="hostile",
        handler=place,
        summary=bad,
        description=bad,
        removed=Removal(version=bad, reason=bad),
        deprecated=True,
        parameters=(Parameter(name=bad, location="query", schema=schema, description=bad),),
        request=(Payload(schema=schema),),
        responses=(Response(status=200, description=bad, payloads=(Payload(schema=schema),)),),
        policies=(Policy(name=bad, check=bad, scope_types=(bad,)),),
        augmented_by=(Augmentation(extension=bad, handler=place),),
        examples=(Example(path=f"/{bad}", body={bad: [bad, "\ufeff\u2028\U000e0001"]}),),
    )
    option = CommandOption(
        name=bad, flags=(bad, f"--{bad}"), metavar=bad, help=bad, choices=(bad,), default=bad
    )
    argument = CommandOption(name=bad, help=bad, required=True, multiple=True)
    command = Command(
        program=bad,
        name=bad,
        entry_point=bad,
        distribution=bad,
        distribution_version=bad,
        matched="name",
        summary=bad,
        deprecated=True,
        options=(argument, option),
        alternatives=((bad, f"--{bad}"),),
        source=place,
    )
    called = msgspec.structs.replace(
        operation, id="called", method="GET", removed=None, commands=(command,)
    )
    extension = Extension(
        alias="hostile",
        name=bad,
        entry_point=bad,
        distribution=bad,
        distribution_version=bad,
        description=bad,
        version=bad,
        updated=bad,
    )
    api = Api(
        name="h",
        namespace=bad,
        title=bad,
        version=bad,
        description=bad,
        base_path="/v1",
        service_type=bad,
        source_url="https://example.org/{version}/{file}#L{line}",
    )
    problem = Problem(kind=bad, subject=bad, message=bad, source=place, distribution=bad)
    return Inventory(
        api=api, extensions=(extension,), operations=(operation, called), problems=(problem,)
    )


def with_commands() -> Inventory:
    """The shop with commands that list its segments, as clients declare them."""
    limit = CommandOption(
        name="limit", flags=("-l", "--limit"), metavar="<limit>", help="At most so many.",
        default="20",
    )  # fmt: skip
    switch = CommandOption(name="all", flags=("--all",), help="Also --hidden ones.")
    zone = CommandOption(
        name="zone", flags=("--zone",), metavar="ZONE", required=True, multiple=True,
        choices=tuple(f"zone-{number}" for number in range(12)), versions=span("1.2-"),
    )  # fmt: skip
    future = CommandOption(name="later", flags=("--later",), versions=span("1.99-"))
    rows = CommandOption(name="row", metavar="row", required=True, multiple=True)
    cell = CommandOption(name="cell", metavar="<cell>", help="Which one.")
    facts: dict[str, Any] = {"distribution": "shop-client", "distribution_version": "2.0"}
    named = Command(
        program="shop", name="segment list", entry_point="segment_list = c:L", matched="name",
        summary="List segments", options=(limit, switch), **facts,
    )  # fmt: skip
    declared = Command(
        program="shop", name="segment find", entry_point="segment_find = c:F", deprecated=True,
        summary="Find segments.", versions=span("1.1-"), **facts,
        options=(rows, cell, zone, switch, future), alternatives=(("--limit", "--all"),),
    )  # fmt: skip
    gone = Command(
        program="shop", name="segment past", entry_point="p = c:P", versions=span("-0.9"), **facts
    )
    changed = msgspec.structs.replace(LIST, commands=(declared, named, gone))
    operations = tuple(changed if item is LIST else item for item in SHOP.operations)
    return msgspec.structs.replace(SHOP, operations=operations)


INVENTORIES: Final[dict[str, Callable[[], Inventory]]] = {
    "shop": lambda: SHOP,
    "hostile": hostile,
    "commands": with_commands,
}
