"""The settings of one API, as they are declared: names, types, defaults and help texts."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from sphinxext_apiplug.collect.checking import Checks
from sphinxext_apiplug.inventory.model import Contact, License, Security, Server
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.readers.hook import Hook

_PACKAGE: Final = r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$"
_TARGET: Final = rf"{_PACKAGE[:-1]}:[A-Za-z_]\w*$"
_COMMANDS: Final = r"^\w+([.-]\w+)*(:[A-Za-z_]\w*\*)?$"


class ServiceError(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An error that a service answers whichever extension was asked.

    :ivar when: which operations may answer so: all of them, or those that read a body
    """

    description: str
    when: Literal["always", "body"] = "always"


class ApiSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What ``apiplug_apis`` says of one API."""

    namespace: Annotated[
        str,
        Meta(
            description="The stevedore namespace (entry-point group) that the API's "
            "extensions are declared in."
        ),
    ] = ""
    inventory: Annotated[
        str | None,
        Meta(
            description="An inventory file made by `apiplug inventory`, relative to "
            "conf.py. It stands in for `namespace`: the service need not be installed."
        ),
    ] = None
    routes: Annotated[
        Annotated[str, Meta(pattern=_TARGET)] | None,
        Meta(
            description="A list of routes in the service's code, as in "
            "`package.module:ROUTE_LIST`; given in place of `namespace` for a service whose "
            "API isn't made of entry points."
        ),
    ] = None
    contrib: Annotated[
        Annotated[str, Meta(pattern=_PACKAGE)] | None,
        Meta(
            description="A package in whose modules the extensions are, each module with a "
            "class of its own name, first letter upper, as in `service.api.contrib`; given "
            "in place of `namespace` for a service that finds its extensions so, or beside it "
            "for one that has both."
        ),
    ] = None
    contrib_path: Annotated[
        tuple[str, ...],
        Meta(
            description="Folders, relative to conf.py, whose modules the service takes for part "
            "of the package that `contrib` names."
        ),
    ] = ()
    hooks: Annotated[
        tuple[Hook, ...],
        Meta(
            description="How extensions add fields to other extensions' requests: a list of "
            "`{'namespace': …, 'method': …, 'operation': …, 'target': …}`, with the entry-point "
            "group of those that do, the method that returns fields for a version, the operation "
            "as in `POST /racks` (or a list of them), and the JSON pointer into its request "
            "schema under which they go. `'targets': {'name': …}` has other pointers for some "
            "entry points."
        ),
    ] = ()
    router: Annotated[
        Annotated[str, Meta(pattern=_TARGET)] | None,
        Meta(
            description="The class of the service's router, as in `package.module:Router`, "
            "for a service that has resources without an extension; given alone for one that "
            "has no extensions. Its objects have a `routes.Mapper` as `map`, and maybe "
            "`resources`, by collection; what a route has as `controller` is the controller, or "
            "has it as an attribute of that name. What it maps is published as the extension "
            "`core`."
        ),
    ] = None
    prepare: Annotated[
        tuple[Annotated[str, Meta(pattern=_TARGET)], ...],
        Meta(
            description="What the service calls before its API can be imported, as in "
            "`package.module:function`; called in this order, without arguments."
        ),
    ] = ()
    title: Annotated[
        str, Meta(description="The API's title. Default: the distribution's name.")
    ] = ""
    version: Annotated[
        str, Meta(description="The API's version. Default: the distribution's version.")
    ] = ""
    description: Annotated[str, Meta(description="What the API is for, in a few sentences.")] = ""
    base_path: Annotated[
        str,
        Meta(
            description="What stands before every path, as in `/v1`.", pattern=r"^(/[^/{}?#\s]+)*$"
        ),
    ] = ""
    service_type: Annotated[
        Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]+$")] | None,
        Meta(
            description="The OpenStack service type, as in `instance-ha`; sent in the "
            "microversion header."
        ),
    ] = None
    microversions: Annotated[
        str | None,
        Meta(
            description="The microversions that the service accepts, as in `1.0-1.3`. "
            "Default: asked of the service's code."
        ),
    ] = None
    microversion_header: Annotated[
        str,
        Meta(
            description="The request header that carries the microversion.",
            pattern=r"^[A-Za-z0-9-]+$",
        ),
    ] = "OpenStack-API-Version"
    policies: Annotated[
        str | None,
        Meta(
            description="The entry point in `oslo.policy.policies` that lists the "
            "service's documented rules. Default: those that the service's own distribution "
            "declares. Other distributions with extensions always have theirs read."
        ),
    ] = None
    commands: Annotated[
        Annotated[str, Meta(pattern=_COMMANDS)]
        | tuple[Annotated[str, Meta(pattern=_COMMANDS)], ...],
        Meta(
            description="Where the commands of clients are, which are shown at the operations "
            "that they call: a namespace of cliff's commands, as in `openstack.ha.v1`, or the "
            "functions of a module, as in `client.v2.shell:do_*`; or a list of such."
        ),
    ] = ()
    prose: Annotated[
        str | None,
        Meta(
            description="A folder, relative to conf.py, with a reference that people wrote for "
            "os-api-ref. Its titles, texts, parameter descriptions and JSON samples are published "
            "in place of what the code says of itself; what is required, and since when, still "
            "comes from the code."
        ),
    ] = None
    checks: Annotated[
        Checks,
        Meta(
            description="What `apiplug check` and the builder `apiplug-check` look at: "
            "`{'coverage': {'policy': 90}, 'handwritten': 'api-ref/source', 'samples': "
            "'doc/api_samples', 'inventory': 'api.json', 'notes': 'PROJECT', 'ignore': "
            "['KIND SUBJECT']}`, all of it optional, paths relative to conf.py."
        ),
    ] = Checks()
    pages: Annotated[
        Annotated[str, Meta(pattern=r"^[^/\\.][^\\]*$")] | None,
        Meta(
            description="A folder, relative to conf.py, in which a page for each "
            "extension is generated. Default: no pages are generated."
        ),
    ] = None
    page_size: Annotated[
        int,
        Meta(
            description="About how many kilobytes of HTML a page in `pages` may have. An "
            "extension that needs more gets a page for each of its resources, and a resource "
            "that needs more gets one for each of its paths; the extension's own page lists "
            "them.",
            ge=50,
        ),
    ] = 400
    enabled: Annotated[
        tuple[str, ...],
        Meta(description="Glob patterns of entry-point names; only these extensions are read."),
    ] = ("*",)
    disabled: Annotated[
        tuple[str, ...],
        Meta(description="Glob patterns of entry-point names that are left out."),
    ] = ()
    mock_imports: Annotated[
        tuple[str, ...],
        Meta(
            description="Packages that are mocked while extensions are loaded, as in "
            "autodoc's `autodoc_mock_imports`."
        ),
    ] = ()
    timeout: Annotated[
        float,
        Meta(description="Seconds that collecting may take before it is stopped.", gt=0),
    ] = 120.0
    servers: Annotated[
        tuple[Server, ...],
        Meta(description="Where the API is served: a list of `{'url': …, 'description': …}`."),
    ] = ()
    contact: Annotated[
        Contact | None,
        Meta(
            description="Whom to ask: `{'name': …, 'url': …, 'email': …}`. Default: "
            "taken from the distribution's metadata."
        ),
    ] = None
    license: Annotated[
        License | None,
        Meta(
            description="The licence: `{'name': …, 'identifier': …}`. Default: taken "
            "from the distribution's metadata."
        ),
    ] = None
    security: Annotated[
        Security | None,
        Meta(
            description="How callers prove who they are: `{'header': …, 'description': "
            "…}`; `None` for an open API."
        ),
    ] = Security()
    errors: Annotated[
        dict[Annotated[int, Meta(ge=400, le=599)], str | ServiceError],
        Meta(
            description="What the service answers whichever extension was asked: status code -> "
            "why, as in `{406: 'The microversion is not supported.'}`. For one that only "
            "operations with a request body answer, write "
            "`{413: {'description': …, 'when': 'body'}}`."
        ),
    ] = {}
    fault_schema: Annotated[
        Annotated[str, Meta(pattern=_TARGET)] | None,
        Meta(
            description="The JSON Schema of the body of errors, in the service's code, as in "
            "`package.module:FAULT_SCHEMA`. It is published for every status code from 400 on "
            "that declares no body of its own."
        ),
    ] = None
    samples: Annotated[
        dict[str, Any],
        Meta(
            description="Values for published example calls: name of a parameter or field -> "
            "value. Under a path as in `/racks/{id}`, a call as in `POST /racks` or an action "
            "as in `POST /racks/{id}/action#move` stands a dict of such values for that alone. "
            "A value is used wherever it is valid."
        ),
    ] = {}
    source_url: Annotated[
        str | None,
        Meta(
            description="Template of a link to a line of source, with `{version}`, "
            "`{file}` and `{line}`, as in "
            "`https://git.example.org/src/{version}/{file}#L{line}`."
        ),
    ] = None

    @property
    def origin(self) -> str:
        """What the API's plugins are loaded from, as the settings name it; the first of two."""
        return self.namespace or self.routes or self.contrib or self.router or ""

    @property
    def command_sets(self) -> tuple[str, ...]:
        """The ``commands`` setting, as a list in any case."""
        return (self.commands,) if isinstance(self.commands, str) else self.commands

    @property
    def command_namespaces(self) -> tuple[str, ...]:
        """Those of them that are entry-point groups."""
        return tuple(item for item in self.command_sets if ":" not in item)

    def version_range(self) -> VersionRange | None:
        """The ``microversions`` setting as a range.

        :raises VersionError: if it isn't one
        """
        return None if self.microversions is None else VersionRange.parse(self.microversions)


#: The declared settings, in order: name, type, default and help text of each.
FIELDS: Final = msgspec.structs.fields(ApiSettings)
